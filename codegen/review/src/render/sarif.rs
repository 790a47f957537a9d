//! Writes the report as SARIF.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::texts::{Finder, Texts};
use super::words::{few, meaning, places, rule_words, rulings, values};
use crate::Level;
use crate::report::{Entry, Report};
use payspec_model::diagnostic::{sarif_log, sarif_uri};

/// Writes the findings in the Static Analysis Results Interchange Format (SARIF), version 2.1.0,
/// the format of code scanners.
pub fn sarif(report: &Report, texts: &Texts<'_>) -> String {
    let mut finder = Finder::new(texts);
    let ids: BTreeSet<&str> = report
        .findings
        .iter()
        .map(|one| one.rule.as_str())
        .collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let results = report
        .findings
        .iter()
        .map(|entry| result(entry, &ids, &mut finder));
    sarif_log(ids.iter().map(|id| rule(id)).collect(), results.collect())
}

fn rule(id: &str) -> Value {
    let mut rule = json!({
        "id": id,
        "help": {"text": format!("Run `payspec explain {id}` for details.")},
    });
    if let Some((title, explanation)) = rule_words(id) {
        rule["shortDescription"] = json!({"text": title});
        rule["fullDescription"] = json!({"text": explanation});
        let help = format!("{explanation} Run `payspec explain {id}` for details.");
        rule["help"] = json!({"text": help});
    }
    rule
}

fn result(entry: &Entry, ids: &[&str], finder: &mut Finder<'_>) -> Value {
    let (first, more) = places(entry);
    let operation = entry.operation.as_deref();
    let operation = operation.map_or(String::new(), |id| format!("{id} "));
    let [old, new] =
        values(entry).map(|side| side.map_or("nothing".to_owned(), |(value, _)| value));
    let mut message = format!("{operation}{first}: {}: {old} → {new}", entry.title);
    if !more.is_empty() {
        message += &format!("; also: {}", few(more).join("; "));
    }
    message.push('.');
    let meaning = meaning(entry);
    if !meaning.is_empty() {
        message += &format!(" {meaning}.");
    }
    let mut result = json!({
        "ruleId": entry.rule,
        "ruleIndex": ids.iter().position(|id| *id == entry.rule),
        "level": match entry.level {
            Level::Money | Level::Breaking => "error",
            Level::Risky => "warning",
            Level::Compatible | Level::Text => "note",
        },
        "message": {"text": message},
        "locations": [],
        "partialFingerprints": {"payspecFinding/v1": entry.fingerprint},
        "properties": {"level": entry.level, "wire": entry.wire, "rust": entry.rust},
    });
    if let Some(spot) = finder.spot(entry) {
        result["locations"] = json!([{
            "physicalLocation": {
                "artifactLocation": {"uri": sarif_uri(&spot.file)},
                "region": {"startLine": spot.line, "startColumn": spot.column},
            },
            "logicalLocations": entry.places.iter().map(|place| json!({"fullyQualifiedName": place}))
                .collect::<Vec<_>>(),
        }]);
    }
    if entry.accepted.is_some() {
        result["suppressions"] = json!([{
            "kind": "external",
            "status": "accepted",
            "justification": rulings(entry).join("; "),
        }]);
    }
    if !entry.witnesses.is_empty() {
        result["properties"]["witnesses"] = json!(entry.witnesses);
    }
    if !entry.parts.is_empty() {
        result["properties"]["parts"] = json!(entry.parts);
    }
    if let Some(reason) = entry.unseen {
        result["properties"]["unseen"] = json!(reason);
    }
    result
}
