//! Draws the outcomes of an operation's answers, one small diagram for each spec.

use std::collections::BTreeMap;

use super::outcome_table::{OutcomeCells, OutcomeRow, OutcomeWord};
use super::{HazardKind, Mark, RiskKey, shown_as};
use payspec_codegen::emit::flow::{self, Hue, OutcomeDiagram, Way};
use payspec_model::format::Decide;

/// The rows of one spec with a hazard that the other spec does not have.
pub(super) type Hazardous = BTreeMap<RiskKey, HazardKind>;

/// Draws the outcomes of one side; `own` is the mark of what only this side has.
pub(super) fn outcome_diagram(
    operation: &str,
    rows: &[OutcomeRow],
    own: Mark,
    hazardous: &Hazardous,
) -> Option<OutcomeDiagram> {
    let mut ways: Vec<Way> = Vec::new();
    for row in rows {
        let (mine, other) = match own {
            Mark::Removed => (&row.old, &row.new),
            Mark::Same | Mark::Added | Mark::Changed => (&row.new, &row.old),
        };
        let Some(cells) = mine else { continue };
        let known = other.as_ref().map(|cells| cells.outcomes.as_slice());
        for word in &cells.outcomes {
            let way = way(&mut ways, word, own, rows);
            let hazard = hazardous.get(&RiskKey::Outcome(row.key(cells)));
            let stays = known.is_some_and(|known| known.contains(word));
            let mark = match (hazard, row.mark) {
                (Some(_), _) => Some(DANGER),
                (None, Mark::Same) => None,
                (None, mark) if mark == own => Some(shown_as(own)),
                (None, _) if stays => Some(shown_as(Mark::Changed)),
                (None, _) => Some(shown_as(own)),
            };
            add(way, row.code.as_deref(), cells, mark, hazard.copied());
        }
    }
    for way in &mut ways {
        for (line, mark) in &mut way.lines {
            if mark.is_none() {
                *line = shortened(line);
            }
        }
    }
    let diagram = OutcomeDiagram {
        title: format!("Outcomes of {operation}"),
        name: operation.to_owned(),
        does: "an answer by its status, then by its code".to_owned(),
        ways,
    };
    (!diagram.ways.is_empty()).then_some(diagram)
}

/// The number of codes listed by name on one line: the table has them all.
const NAMED: usize = 3;

/// Shortens a line to its first few codes.
fn shortened(line: &str) -> String {
    let Some((head, codes)) = line.split_once(": ") else {
        return line.to_owned();
    };
    let codes: Vec<&str> = codes.split(", ").collect();
    match codes.len().checked_sub(NAMED) {
        Some(more) if more > 1 => {
            format!("{head}: {}, {more} more", codes[..NAMED].join(", "))
        }
        Some(_) | None => line.to_owned(),
    }
}

/// A new way to pay twice, a dead end, or an outcome that can be misread.
const DANGER: flow::Mark = flow::Mark {
    sign: '!',
    hue: Hue::Bad,
    word: "hazard",
};

/// Returns the branch of an outcome, and adds it if it is missing.
fn way<'w>(
    ways: &'w mut Vec<Way>,
    word: &OutcomeWord,
    own: Mark,
    rows: &[OutcomeRow],
) -> &'w mut Way {
    let at = match ways.iter().position(|way| way.to == word.name) {
        Some(at) => at,
        None => {
            let elsewhere = rows.iter().any(|row| {
                let other = match own {
                    Mark::Removed => &row.new,
                    Mark::Same | Mark::Added | Mark::Changed => &row.old,
                };
                let names = other.iter().flat_map(|cells| &cells.outcomes);
                names.into_iter().any(|other| other.name == word.name)
            });
            ways.push(Way {
                to: word.name.clone(),
                hue: hue(word.decides),
                mark: (!elsewhere).then(|| shown_as(own)),
                lines: Vec::new(),
            });
            ways.len() - 1
        }
    };
    &mut ways[at]
}

/// Adds a code or a status to a branch. Codes with the same cells share one line, unless they are
/// marked.
fn add(
    way: &mut Way,
    code: Option<&str>,
    cells: &OutcomeCells,
    mark: Option<flow::Mark>,
    hazard: Option<HazardKind>,
) {
    let mut head = cells.status.clone();
    if let Some(when) = &cells.when {
        head.push_str(&format!(" when {when}"));
    }
    if let Some(next) = cells.next_step {
        head.push_str(&format!(" → {next}"));
    }
    if cells.resend == Some("safe") {
        head.push_str(" (resend safe)");
    }
    let mut text = match code {
        Some(code) => format!("{head}: {code}"),
        None => head.clone(),
    };
    if let Some(kind) = hazard {
        text.push_str(&format!(", {}", kind.as_str()));
    }
    let alike = format!("{head}: ");
    let mut lines = way.lines.iter_mut();
    let same = lines.find(|(line, own)| own.is_none() && line.starts_with(&alike));
    match (same, code, mark) {
        (Some((line, _)), Some(code), None) => line.push_str(&format!(", {code}")),
        (_, _, _) => way.lines.push((text, mark)),
    }
}

/// Returns the colour of a decision, as for the ends of a flow.
fn hue(decides: &str) -> Hue {
    let decides = Decide::ALL.iter().find(|one| one.as_str() == decides);
    match decides {
        Some(Decide::Done) => Hue::Good,
        Some(Decide::Redirect | Decide::Waiting) => Hue::Calm,
        Some(Decide::Ended | Decide::Failed) => Hue::Bad,
        Some(Decide::Pending) | None => Hue::Warn,
    }
}
