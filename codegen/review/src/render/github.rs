//! Writes the findings as GitHub annotations.

use super::texts::{Finder, Texts};
use super::words::{few, hazards, headlines, meaning, parts, places, rulings, values};
use crate::Level;
use crate::report::{Entry, Report};
use crate::sections::Mark;
use payspec_model::diagnostic::{Annotation, At};

/// Writes the findings as workflow commands, one per line, which GitHub shows next to the changed
/// lines: money and breaking ones as errors, risky ones as warnings, the others as notices. An
/// accepted finding is at most a notice. GitHub shows only the first ten annotations of each level
/// in a step, so the summary and the new hazards come first, then the worst findings; the log of
/// the step has all lines.
pub fn github(report: &Report, texts: &Texts<'_>) -> String {
    let mut finder = Finder::new(texts);
    let mut text = String::new();
    if !report.findings.is_empty() {
        let summary = Annotation {
            level: "notice",
            title: "spec review".to_owned(),
            message: headlines(report).join("\n"),
            at: None,
        };
        summary.write(&mut text);
    }
    let hazards = hazards(report).into_iter();
    for (name, hazard) in hazards.filter(|(_, one)| one.mark == Mark::Added) {
        let what = hazard.kind.as_str();
        let annotation = Annotation {
            level: "error",
            title: format!("new: {what}"),
            message: format!("{name}: {} ({})", hazard.message, hazard.spec),
            at: None,
        };
        annotation.write(&mut text);
    }
    for entry in &report.findings {
        annotation(entry, &mut finder).write(&mut text);
    }
    text
}

fn annotation(entry: &Entry, finder: &mut Finder<'_>) -> Annotation {
    let (first, more) = places(entry);
    let operation = entry
        .operation
        .as_deref()
        .map_or(String::new(), |id| format!("{id} "));
    let mut lines = vec![format!("{operation}{first}: {}", entry.title)];
    for (word, side) in ["old", "new"].into_iter().zip(values(entry)) {
        lines.extend(side.map(|(value, spec)| format!("{word}: {value} ({spec})")));
    }
    if !more.is_empty() {
        lines.push(format!("also: {}", few(more).join("; ")));
    }
    lines.extend(parts(entry).map(|parts| format!("with {parts}")));
    lines.push(meaning(entry));
    lines.retain(|line| !line.is_empty());
    lines.extend(rulings(entry));
    let proofs = entry.witnesses.iter().map(|proof| {
        let by = proof.taken_by;
        let (taking, refusing) = (by.as_str(), by.other().as_str());
        let (what, message) = (proof.what(), &proof.message);
        format!("the {taking} spec accepts this {what}, the {refusing} spec refuses it: {message}")
    });
    lines.extend(proofs);
    let unseen = entry.unseen.map(|reason| format!("no witness: {reason}"));
    lines.extend(unseen);
    lines.push(format!("run `payspec explain {}` for details", entry.rule));
    Annotation {
        level: match entry.level {
            _ if entry.accepted.is_some() => "notice",
            Level::Money | Level::Breaking => "error",
            Level::Risky => "warning",
            Level::Compatible | Level::Text => "notice",
        },
        title: format!("{}: {}", entry.level, entry.rule),
        message: lines.join("\n"),
        at: finder.spot(entry).map(|spot| At {
            file: spot.file,
            line: spot.line,
            column: spot.column,
            end: None,
        }),
    }
}
