//! Reads the section that tells what each result status means and what to do then.

use super::advice;
use super::annotations::Annotations;
use super::facts::{Advice, Aspect, Code, StatusLogic, Subject};
use super::item::{Item, Kind};
use super::lexicon::{Lexicon, type_norm};
use super::line_report::FrameKind;
use super::tables::is_ruler;

/// The statuses that pages use without a table of codes.
const USUAL: [&str; 3] = ["S", "F", "U"];

pub(super) fn logic(
    lexicon: &Lexicon,
    items: &[Item],
    own: &[usize],
    codes: &[Code],
    operation: usize,
    names: &[String],
    annotations: &mut Annotations,
) -> Vec<StatusLogic> {
    let of_codes = codes.iter().filter_map(|code| code.status.as_deref());
    let mut known: Vec<&str> = USUAL.into_iter().chain(of_codes).collect();
    known.sort_unstable();
    known.dedup();
    let mut logic: Vec<StatusLogic> = Vec::new();
    let mut paragraph = None;
    let mut announces = false;
    for index in own {
        let Some(item) = items.get(*index).filter(|_| annotations.is_open(*index)) else {
            continue;
        };
        let found = match &item.kind {
            Kind::Heading(_) | Kind::Code | Kind::Fence => continue,
            Kind::Row(row) => {
                let status = row.cells.first().map_or("", |cell| bare(cell));
                let translated = lexicon.status.get(&type_norm(status)).map(String::as_str);
                let status = translated.or(known.iter().copied().find(|one| *one == status));
                let Some(status) = status.filter(|_| !is_ruler(row)) else {
                    annotations.frame(*index, FrameKind::TableHead);
                    continue;
                };
                let rest = row.cells.get(1..).unwrap_or_default().join("\n");
                (vec![status.to_owned()], advice::read(&rest, names), rest)
            }
            Kind::Text | Kind::Bullet | Kind::Term(_) => {
                let found = of_line(&item.text, &known, names);
                let is_same = paragraph == Some(item.paragraph) && item.kind == Kind::Text;
                if !found.0.is_empty() {
                    announces = !found.2.contains(char::is_alphanumeric);
                }
                // Lines below a status that has no words of its own are about it.
                let belongs = found.0.is_empty() && (is_same || announces);
                let last = logic.last_mut().filter(|_| belongs);
                if let Some(last) = last {
                    // A sentence may go on from one line of a paragraph to the next.
                    last.text.push(if is_same { ' ' } else { '\n' });
                    last.text.push_str(&item.text);
                    last.end_line = item.line;
                    last.advice = advice::read(&last.text, names);
                    paragraph = Some(item.paragraph);
                    let index_of = logic.len() - 1;
                    annotations.fact(*index, subject(operation, index_of), Aspect::Text);
                    continue;
                }
                let ends_open = item.text.trim_end().ends_with([':', '：']);
                if found.0.is_empty() && ends_open && advice::is_plain(&item.text) {
                    annotations.frame(*index, FrameKind::Label);
                    continue;
                }
                found
            }
        };
        let (statuses, advice, text) = found;
        paragraph = Some(item.paragraph);
        annotations.fact(*index, subject(operation, logic.len()), Aspect::Text);
        logic.push(StatusLogic {
            statuses,
            text,
            advice,
            line: item.line,
            end_line: item.line,
        });
    }
    logic
}

fn subject(operation: usize, index: usize) -> Subject {
    Subject::Logic { operation, index }
}

fn bare(cell: &str) -> &str {
    cell.trim().trim_matches('`').trim()
}

/// Reads a line about one or several statuses: the statuses, the advice, and the words behind them.
fn of_line(text: &str, known: &[&str], names: &[String]) -> (Vec<String>, Advice, String) {
    let places = places(text, known);
    let Some((first, mut end)) = places.first().copied() else {
        let advice = match advice::is_plain(text) {
            true => Advice::default(),
            false => advice::read(text, names),
        };
        return (Vec::new(), advice, text.to_owned());
    };
    let mut statuses = vec![text[first..end].to_owned()];
    let mut others = places.iter().skip(1);
    for (start, next_end) in others.by_ref() {
        if !joins(&text[end..*start]) {
            break;
        }
        statuses.push(text[*start..*next_end].to_owned());
        end = *next_end;
    }
    let count = statuses.len();
    let behind = without_when(&text[end..]).trim_start_matches(|c: char| !c.is_alphanumeric());
    let before = &text[..first];
    let (before, rest) = match (behind.is_empty(), advice::is_plain(before)) {
        // The lines below are about the status.
        (true, true) => (before, ""),
        // The status is at the end: `Call again if the status is U`.
        (true, false) => ("", text),
        (false, _) => (before, behind),
    };
    let mut advice = advice::read(rest, names);
    if places.len() > count || !advice::is_plain(before) {
        advice = Advice {
            unsure: vec![text.to_owned()],
            ..Advice::default()
        };
    }
    (statuses, advice, rest.to_owned())
}

/// Drops the end of a condition behind the status: `当状态为 S 时，…`.
fn without_when(behind: &str) -> &str {
    let rest = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    let ends = ["的情况下", "的时候", "时"];
    let rest = ends.iter().find_map(|end| rest.strip_prefix(end));
    let is_end = |rest: &&str| rest.starts_with(|c: char| !c.is_alphanumeric());
    rest.filter(is_end).unwrap_or(behind)
}

/// Returns the places of statuses.
fn places(text: &str, known: &[&str]) -> Vec<(usize, usize)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '\'';
    let mut places = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_part(char)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                if known.contains(&&text[from..at]) {
                    places.push((from, at));
                }
                start = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    places
}

/// Returns whether the words between two statuses only join them.
fn joins(between: &str) -> bool {
    let kept: String = between.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(
        kept.to_lowercase().as_str(),
        "" | "or" | "and" | "或" | "和" | "与" | "或者" | "以及"
    ) && !between.contains([':', '：', '.', '。', ';', '；'])
}
