//! Renders the section about recorded messages, in the form of the other sections.

use super::section::{Section, SectionRow};
use crate::report::{Entry, Report};
use crate::sections::Mark;
use crate::sections::traffic::{Redecided, Refusals, Sample, Share, Traffic, Unjudged};
use payspec_model::counted;

/// Describes how many recorded messages have the subject of a finding; [`None`] if it was not
/// counted.
pub(super) fn recorded(entry: &Entry) -> Option<String> {
    entry.recorded.map(|messages| match messages {
        0 => "in no recorded message".to_owned(),
        messages => format!("in {}", messages_of(messages)),
    })
}

fn messages_of(messages: u64) -> String {
    counted(
        usize::try_from(messages).unwrap_or(usize::MAX),
        "recorded message",
    )
}

/// Makes the section about recorded messages.
pub(super) fn section<'r>(report: &'r Report, traffic: &'r Traffic) -> Section<'r> {
    let refused = traffic.refusals.iter().map(|one| row(one, true));
    let accepted = traffic.acceptances.iter().map(|one| row(one, false));
    let decided = traffic.decisions.iter().map(decision);
    let operations = traffic.operations.iter().map(|one| {
        let count = messages_of(one.judged);
        SectionRow {
            mark: Mark::Same,
            what: format!("{} {}", one.operation, one.side),
            old: String::new(),
            new: match (one.refused, one.accepted, one.refused_by_both) {
                (0, 0, 0) => count,
                (refused, accepted, both) => format!(
                    "{count}: {refused} refused, {accepted} accepted, {both} refused by both specs"
                ),
            },
        }
    });
    Section {
        name: "",
        title: "Recorded messages".to_owned(),
        notes: notes(report, traffic),
        head: "messages",
        value: "judged",
        rest: "Messages of each operation",
        rows: refused
            .chain(accepted)
            .chain(decided)
            .chain(operations)
            .collect(),
        hazards: &[],
        diagram: None,
        drawings: None,
    }
}

/// The greatest number of reasons listed for messages that could not be judged.
const PROBLEMS: usize = 5;

fn notes(report: &Report, traffic: &Traffic) -> Vec<String> {
    let Traffic {
        judged,
        not_judged,
        refused,
        accepted,
        refused_by_both,
        decided_differently,
        operations: _,
        refusals: _,
        acceptances: _,
        decisions: _,
        problems,
        omitted,
    } = traffic;
    let mut notes = vec![format!("{} judged.", messages_of(*judged))];
    let counts = [
        (*refused, "refused by the new spec only"),
        (*accepted, "refused by the old spec only"),
        (*refused_by_both, "refused by both specs"),
        (*decided_differently, "decided differently"),
    ];
    let shares = counts.into_iter().filter(|(messages, _)| *messages > 0);
    notes.extend(
        shares.map(|(messages, what)| {
            format!("{messages} ({}) {what}.", Share::of(messages, *judged))
        }),
    );
    if notes.len() == 1 && *judged > 0 {
        notes.push("Both specs judge all of them the same way.".to_owned());
    }
    let counted_findings = report.findings.iter().filter_map(|entry| entry.recorded);
    let untouched = counted_findings.filter(|messages| *messages == 0).count();
    if untouched > 0 && *judged > 0 {
        let verb = if untouched == 1 { "occurs" } else { "occur" };
        let findings = counted(untouched, "finding");
        notes.push(format!("{findings} {verb} in no recorded message."));
    }
    if *omitted > 0 {
        notes.push(format!("{omitted} more reasons are not listed."));
    }
    if *not_judged > 0 || !problems.is_empty() {
        let mut shown: Vec<String> = problems.iter().take(PROBLEMS).map(problem).collect();
        if let Some(others) = problems.get(PROBLEMS..).filter(|others| !others.is_empty()) {
            let others: u64 = others.iter().map(|problem| problem.count).sum();
            shown.push(format!("{others} for other reasons"));
        }
        notes.push(format!("Not judged: {}.", shown.join("; ")));
    }
    notes
}

fn problem(problem: &Unjudged) -> String {
    let Unjudged {
        reason,
        count,
        places,
    } = problem;
    format!("{count} × {reason} ({})", places.join(", "))
}

fn row(refusals: &Refusals, is_refused_now: bool) -> SectionRow {
    let Refusals {
        operation,
        side,
        path,
        rule,
        messages,
        share,
        expected,
        spec,
        samples,
    } = refusals;
    let spec = spec
        .as_ref()
        .map_or_else(String::new, |spec| format!(" ({spec})"));
    let refused = format!(
        "{} ({share}) refused: expected {expected}{spec}; {}",
        messages_of(*messages),
        first(samples)
    );
    let (old, new) = match is_refused_now {
        true => ("accepted".to_owned(), refused),
        false => (refused, "accepted".to_owned()),
    };
    SectionRow {
        mark: Mark::Changed,
        what: format!(
            "{} [{rule}]",
            format!("{operation} {side} {path}").trim_end()
        ),
        old,
        new,
    }
}

fn decision(redecided: &Redecided) -> SectionRow {
    let Redecided {
        operation,
        side,
        old,
        new,
        messages,
        share,
        samples,
    } = redecided;
    SectionRow {
        mark: Mark::Changed,
        what: format!("{operation} {side}: the decision"),
        old: old.clone(),
        new: format!(
            "{new}: {} ({share}); {}",
            messages_of(*messages),
            first(samples)
        ),
    }
}

/// Lists the places of samples, with their masked values.
fn first(samples: &[Sample]) -> String {
    let samples: Vec<String> = samples.iter().map(ToString::to_string).collect();
    format!("first at {}", samples.join(", "))
}
