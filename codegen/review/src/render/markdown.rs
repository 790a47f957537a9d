//! Writes the report as Markdown, for a comment on a pull request.

use askama::Template;

use super::section::Section;
use super::sections::sections;
use super::traffic::recorded;
use super::words::{
    NOTHING, counts, few, groups, hazards, headlines, meaning, parts, places, rulings, tone, values,
};
use crate::Level;
use crate::report::{Entry, Report};
use crate::sections::proof::Proof;
use crate::sections::{Hazard, Mark};
use payspec_model::counted;
use payspec_report::{code, filters, written};

/// Greatest number of bytes of the report. GitHub accepts comments of 65,536 characters, of which
/// there are never more than bytes; the rest is for a line before it, by which a workflow finds its
/// comment.
const LIMIT: usize = 65_400;

/// The number of bytes reserved for the note about what was cut.
const NOTE: usize = 400;

/// The greatest number of findings that are all shown unfolded, whatever their level.
const SHORT: usize = 4;

/// Writes the report as a comment on a pull request. Whole rows and tables that do not fit are left
/// out, the least important first, and a note says so.
pub fn markdown(report: &Report) -> String {
    let mut blocks = match report.findings.is_empty() {
        true => vec![nothing()],
        false => vec![top(report)],
    };
    let is_short = report.findings.len() <= SHORT;
    for (name, entries) in groups(report) {
        blocks.extend(findings(name, &entries, is_short));
    }
    blocks.extend(sections(report).iter().filter_map(folded_section));
    fit(blocks)
}

/// A part of the comment that is complete by itself: it closes every element that it opens.
struct Block {
    /// The importance; the lowest rank is left out last.
    rank: u8,
    head: String,
    rows: Vec<String>,
    tail: String,
}

/// Joins as many blocks as fit, the lower ranks first.
fn fit(blocks: Vec<Block>) -> String {
    let mut room = LIMIT - NOTE;
    let mut kept: Vec<usize> = vec![0; blocks.len()];
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|at| blocks[*at].rank);
    for at in order {
        let Block {
            head, rows, tail, ..
        } = &blocks[at];
        let Some(mut left) = room.checked_sub(head.len() + tail.len()) else {
            continue;
        };
        let fitting = rows.iter().take_while(|row| {
            let rest = left.checked_sub(row.len());
            left = rest.unwrap_or(left);
            rest.is_some()
        });
        kept[at] = fitting.count();
        if kept[at] > 0 {
            room = left;
        }
    }
    let mut text = String::new();
    for (
        Block {
            head, rows, tail, ..
        },
        kept,
    ) in blocks.iter().zip(&kept)
    {
        if *kept > 0 {
            text += head;
            text.extend(rows[..*kept].iter().map(String::as_str));
            text += tail;
        }
    }
    let cut: usize = blocks
        .iter()
        .zip(&kept)
        .map(|(block, kept)| block.rows.len() - kept)
        .sum();
    if cut > 0 {
        text += &written(&Cut {
            rows: counted(cut, "row"),
        });
    }
    text
}

#[derive(Template)]
#[template(
    ext = "md",
    source = "
> **Cut:** {{ rows }} of the tables did not fit into a comment. \
`payspec diff --format html` shows all of it.
"
)]
struct Cut {
    rows: String,
}

#[derive(Template)]
#[template(path = "diff/top.md")]
struct Top<'r> {
    sign: &'static str,
    worst: &'static str,
    headlines: Vec<String>,
    hazards: Vec<(&'static str, String, &'r Hazard)>,
}

/// Returns the top of a report without findings.
fn nothing() -> Block {
    let sign = payspec_report::Tone::Good.sign();
    Block {
        rank: 0,
        head: String::new(),
        rows: vec![format!("## {sign} Spec review\n\n{NOTHING}\n")],
        tail: String::new(),
    }
}

fn top(report: &Report) -> Block {
    let hazards = hazards(report).into_iter().map(|(owner, hazard)| {
        let word = match hazard.mark {
            Mark::Removed => "gone",
            Mark::Same | Mark::Added | Mark::Changed => "new",
        };
        (word, owner, hazard)
    });
    let level = report.summary.level;
    let top = Top {
        sign: level.map_or("", |level| tone(level).sign()),
        worst: level.map_or(NOTHING, Level::as_str),
        headlines: headlines(report).to_vec(),
        hazards: hazards.take(20).collect(),
    };
    Block {
        rank: 0,
        head: String::new(),
        rows: vec![written(&top) + "\n"],
        tail: String::new(),
    }
}

/// Returns the blocks of an operation: risky and worse findings unfolded, the others folded unless
/// the report is short, then the witnesses.
fn findings(name: &str, entries: &[&Entry], is_short: bool) -> Vec<Block> {
    let loud =
        |entry: &&Entry| is_short || (entry.level >= Level::Risky && entry.accepted.is_none());
    let (open, folded): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|entry| loud(entry));
    let mut blocks = Vec::new();
    let table = |entries: &[&Entry]| entries.iter().map(|entry| row(entry)).collect();
    let heading = written(&Heading {
        name,
        counts: counts(entries.iter().copied()),
    });
    if !open.is_empty() {
        blocks.push(Block {
            rank: 1,
            head: format!("\n{heading}\n\n{HEAD}"),
            rows: table(&open),
            tail: String::new(),
        });
    }
    if !folded.is_empty() {
        let summary = match open.is_empty() {
            true => format!("{name}: {}", counts(folded.iter().copied())),
            false => counts(folded.iter().copied()),
        };
        blocks.push(Block {
            rank: 3,
            head: format!("\n{}\n\n{HEAD}", written(&Fold { summary })),
            rows: table(&folded),
            tail: FOLD_END.to_owned(),
        });
    }
    let proved = entries.iter().filter(|entry| !entry.witnesses.is_empty());
    let mut witnesses: Vec<String> = proved.map(|entry| witnesses(entry)).collect();
    let count = witnesses.len();
    let unseen = entries.iter().filter_map(|entry| {
        let place = places(entry).0;
        Some(format!(
            "\n{} {}: no witness: {}.\n",
            code(place),
            entry.title,
            entry.unseen?
        ))
    });
    witnesses.extend(unseen);
    if !witnesses.is_empty() {
        let summary = format!(
            "{name}: {} of {} proved",
            count,
            counted(witnesses.len(), "finding")
        );
        blocks.push(Block {
            rank: 4,
            head: format!("\n{}\n", written(&Fold { summary })),
            rows: witnesses,
            tail: FOLD_END.to_owned(),
        });
    }
    blocks
}

const HEAD: &str = "| level | what | before | after |\n| --- | --- | --- | --- |\n";
const FOLD_END: &str = "\n</details>\n";

#[derive(Template)]
#[template(ext = "md", source = "### {{ name|code }} — {{ counts }}")]
struct Heading<'r> {
    name: &'r str,
    counts: String,
}

/// The summary is inside an HTML element, where Markdown is not parsed.
#[derive(Template)]
#[template(ext = "html", source = "<details><summary>{{ summary }}</summary>")]
struct Fold {
    summary: String,
}

#[derive(Template)]
#[template(path = "diff/row.md")]
struct Row<'r> {
    entry: &'r Entry,
    sign: &'static str,
    place: &'r str,
    more: Vec<String>,
    parts: Option<String>,
    meaning: String,
    rulings: Vec<String>,
    old: Option<(String, &'r str)>,
    new: Option<(String, &'r str)>,
}

fn row(entry: &Entry) -> String {
    let (place, more) = places(entry);
    let [old, new] = values(entry);
    let row = Row {
        entry,
        sign: tone(entry.level).sign(),
        place,
        more: few(more),
        parts: parts(entry),
        meaning: meaning(entry),
        rulings: rulings(entry).into_iter().chain(recorded(entry)).collect(),
        old,
        new,
    };
    written(&row) + "\n"
}

#[derive(Template)]
#[template(path = "diff/witness.md")]
struct Witness<'r> {
    entry: &'r Entry,
    place: &'r str,
    proof: &'r Proof,
    message: String,
    fence: String,
}

fn witnesses(entry: &Entry) -> String {
    let proofs = entry.witnesses.iter().map(|proof| {
        let message = format!("{:#}", proof.message);
        // Makes the fence longer than any in the message.
        let mut fence = "```".to_owned();
        while message.contains(&fence) {
            fence.push('`');
        }
        let place = places(entry).0;
        let witness = Witness {
            entry,
            place,
            proof,
            message,
            fence,
        };
        written(&witness) + "\n"
    });
    proofs.collect()
}

/// Returns a section of the report, folded.
fn folded_section(section: &Section<'_>) -> Option<Block> {
    let changed = section.changed();
    if changed.is_empty() && section.notes.is_empty() {
        return None;
    }
    let summary = match changed.len() {
        0 => section.title.clone(),
        count => format!("{}: {} changed", section.title, counted(count, "row")),
    };
    let note = written(&Notes {
        notes: &section.notes,
    });
    let mut rows: Vec<String> = changed
        .iter()
        .map(|row| {
            let cells = [row.mark.as_str(), &row.what, &row.old, &row.new];
            written(&Cells { cells }) + "\n"
        })
        .collect();
    let mut head = format!("\n{}\n\n{note}", written(&Fold { summary }));
    if rows.is_empty() {
        rows.push("\n".to_owned());
    } else {
        head += &format!(
            "\n| | {} | before | after |\n| --- | --- | --- | --- |\n",
            section.head
        );
    }
    // Labels hold no backtick, so nothing in the diagram ends the fence.
    let diagram = section
        .diagram
        .map(|text| format!("\n```mermaid\n{text}```\n"));
    Some(Block {
        rank: 2,
        head,
        rows,
        tail: diagram.unwrap_or_default() + FOLD_END,
    })
}

#[derive(Template)]
#[template(
    ext = "md",
    source = "{% for note in notes %}{% if notes.len() > 1 %}- {% endif %}{{ note|sentence }}\n{% endfor %}"
)]
struct Notes<'r> {
    notes: &'r [String],
}

#[derive(Template)]
#[template(
    ext = "md",
    source = "|{% for cell in cells %} {% if !cell.is_empty() %}{{ cell|code }} {% endif %}|{% endfor %}"
)]
struct Cells<'r> {
    cells: [&'r str; 4],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_cut_between_rows() {
        let block = |rank, size: usize| Block {
            rank,
            head: "<details>\n\n".to_owned(),
            rows: (0..size)
                .map(|row| format!("| {rank} {row} é |\n"))
                .collect(),
            tail: FOLD_END.to_owned(),
        };
        let text = fit(vec![block(3, 5_000), block(1, 3_000), block(2, 10)]);
        assert!(text.len() <= LIMIT, "{}", text.len());
        assert_eq!(
            text.matches("<details>").count(),
            text.matches("</details>").count()
        );
        // The most important table is complete, and the rest ends with a complete row.
        assert!(text.contains("| 1 2999 é |") && text.contains("| 2 9 é |"));
        let cut = 5_000 - text.matches("| 3 ").count();
        assert!(
            cut > 0 && text.contains(&format!("{cut} rows of the tables")),
            "{cut}"
        );
        assert!(!fit(vec![block(1, 10)]).contains("Cut"));
    }
}
