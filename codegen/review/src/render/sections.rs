//! The sections of a report next to its findings.

use super::section::{Section, SectionRow};
use super::traffic;
use crate::report::Report;
use crate::rules::SemverBump;
use crate::sections::Mark;
use crate::sections::life::Life;
use crate::sections::outcomes::{OutcomeCells, OutcomeTable};
use crate::sections::rust::{RustReview, Words};

/// Returns all sections of a report, in the order in which they are shown.
pub(super) fn sections(report: &Report) -> Vec<Section<'_>> {
    let traffic = report.traffic.iter();
    let traffic = traffic.map(|one| traffic::section(report, one));
    if report.findings.is_empty() {
        return traffic.collect();
    }
    let outcomes = report.outcomes.iter().map(of_outcomes);
    let lives = report.lives.iter().map(of_life);
    let generated = report.generated.iter().map(of_rust);
    folded(
        traffic
            .chain(outcomes)
            .chain(lives)
            .chain(generated)
            .collect(),
    )
}

/// Leaves out sections with the same changes as an earlier one, so that a code that operations
/// share, or a state that flows inherit, is shown once.
fn folded(sections: Vec<Section<'_>>) -> Vec<Section<'_>> {
    let changes = |section: &Section<'_>| -> Vec<(Mark, String, String, String)> {
        let rows = section.changed().into_iter().cloned();
        rows.map(|row| (row.mark, row.what, row.old, row.new))
            .collect()
    };
    let mut kept: Vec<(Section<'_>, Vec<&str>)> = Vec::new();
    for section in sections {
        let own = changes(&section);
        let known = kept.iter_mut().find(|(known, _)| {
            let quiet = known.hazards.is_empty() && section.hazards.is_empty();
            quiet && !own.is_empty() && known.head == section.head && changes(known) == own
        });
        match known {
            Some((_, others)) => others.push(section.name),
            None => kept.push((section, Vec::new())),
        }
    }
    let noted = kept.into_iter().map(|(mut section, others)| {
        if !others.is_empty() {
            let note = format!("The same changes apply to {}.", others.join(", "));
            section.notes.push(note);
        }
        section
    });
    noted.collect()
}

fn of_outcomes(table: &OutcomeTable) -> Section<'_> {
    Section {
        name: &table.operation,
        title: format!("Outcomes of {}", table.operation),
        notes: Vec::new(),
        head: "code or status",
        value: "judgement",
        rest: "",
        rows: rows(table),
        hazards: &table.hazards,
        diagram: table.diagram.as_deref(),
        drawings: Some(&table.drawings),
    }
}

fn rows(table: &OutcomeTable) -> Vec<SectionRow> {
    let cells = |cells: &Option<OutcomeCells>| cells.as_ref().map(shown).unwrap_or_default();
    let rows = table.rows.iter().map(|row| {
        let any = row.new.as_ref().or(row.old.as_ref());
        let status = |cells: &OutcomeCells| match &cells.when {
            Some(when) => format!("status {} when {when}", cells.status),
            None => format!("status {}", cells.status),
        };
        SectionRow {
            mark: row.mark,
            what: match &row.code {
                Some(code) => code.clone(),
                None => any.map(status).unwrap_or_default(),
            },
            old: cells(&row.old),
            new: cells(&row.new),
        }
    });
    rows.collect()
}

/// Writes the cells of a row: `U · pending · inquire · resend safe`.
fn shown(cells: &OutcomeCells) -> String {
    let outcomes = cells
        .outcomes
        .iter()
        .map(|word| match word.name == word.decides {
            true => word.name.clone(),
            false => format!("{} ({})", word.name, word.decides),
        });
    let outcomes: Vec<String> = outcomes.collect();
    let mut parts = vec![cells.status.clone(), outcomes.join(" or ")];
    parts.extend(cells.next_step.map(str::to_owned));
    parts.extend(cells.resend.map(|word| format!("resend {word}")));
    if !cells.actions.is_empty() {
        parts.push(format!("may {}", cells.actions.join(", ")));
    }
    parts.join(" · ")
}

fn of_life(life: &Life) -> Section<'_> {
    let row = |mark, what: String, old: &Option<String>, new: &Option<String>| SectionRow {
        mark,
        what,
        old: old.clone().unwrap_or_default(),
        new: new.clone().unwrap_or_default(),
    };
    let terms = life.terms.iter();
    let terms = terms.map(|term| row(term.mark, term.name.to_owned(), &term.old, &term.new));
    let states = life.states.iter().flat_map(|state| {
        let own = Mark::of(state.old.as_ref(), state.new.as_ref(), |old, new| {
            old == new
        });
        let itself = row(own, format!("state {}", state.name), &state.old, &state.new);
        let events = state.events.iter().map(move |event| {
            let what = format!("{} on {}", state.name, event.event);
            row(event.mark, what, &event.old, &event.new)
        });
        std::iter::once(itself).chain(events)
    });
    let rows: Vec<SectionRow> = terms.chain(states).collect();
    let notes = match life.operations.as_slice() {
        [] => Vec::new(),
        operations => vec![format!(
            "It uses operations whose answers are now judged differently: {}.",
            operations.join(", ")
        )],
    };
    Section {
        name: &life.flow,
        title: format!("Flow of a {}: {}", life.kind.noun(), life.flow),
        notes,
        head: "state or event",
        value: "leads to",
        rest: "",
        rows,
        hazards: &life.hazards,
        diagram: None,
        drawings: Some(&life.drawings),
    }
}

fn of_rust(review: &RustReview) -> Section<'_> {
    let rows: Vec<SectionRow> = review
        .items
        .iter()
        .map(|item| SectionRow {
            mark: item.mark,
            what: item.path.clone(),
            old: item.old.clone().unwrap_or_default(),
            new: item.new.clone().unwrap_or_default(),
        })
        .collect();
    let touched = rows
        .iter()
        .filter(|row| matches!(row.mark, Mark::Removed | Mark::Changed));
    let touched = touched.count();
    let note = match &review.words {
        Words::Proved => {
            "Only texts changed: apart from comments, the generated code is the same.".to_owned()
        }
        Words::Refuted { module } => format!(
            "According to the findings, only texts changed, but the generated code differs, first in `{module}`. This is \
             a bug in the rules; please report it."
        ),
        Words::NotOnly if touched == 0 => "Code that uses the crate need not change.".to_owned(),
        Words::NotOnly => {
            let items = match touched {
                1 => "the removed or changed item".to_owned(),
                _ => format!("one of the {touched} removed or changed items"),
            };
            match review.level {
                SemverBump::Major => format!("Code that names {items} must change."),
                SemverBump::None | SemverBump::Patch | SemverBump::Minor => {
                    format!("Code that names {items} compiles as before, perhaps with a warning.")
                }
            }
        }
    };
    Section {
        name: "",
        title: format!("Rust: the generated crate ({})", review.level.as_str()),
        notes: vec![note],
        head: "item",
        value: "code",
        rest: "",
        rows,
        hazards: &[],
        diagram: None,
        drawings: None,
    }
}
