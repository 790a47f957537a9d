use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Code, Diagnostic, Diagnostics, Label, Level, place};
use crate::source_map::SourceMap;

/// Renders the diagnostics in the Static Analysis Results Interchange Format (SARIF), the format of code scanners.
pub fn sarif(diagnostics: &Diagnostics, sources: &SourceMap) -> String {
    let shown = diagnostics.shown();
    let codes: BTreeMap<&str, &Code> = shown.iter().map(|one| (one.code.id, one.code)).collect();
    let rules = codes.values().map(|code| rule(code)).collect();
    let index = |id: &str| codes.keys().position(|known| *known == id);
    let results = shown.iter().map(|one| {
        let mut result = result(one, sources);
        result["ruleIndex"] = json!(index(one.code.id));
        result
    });
    sarif_log(rules, results.collect())
}

/// Writes a log in SARIF 2.1.0 with these rules and results. Columns count characters.
pub fn sarif_log(rules: Vec<Value>, results: Vec<Value>) -> String {
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "payspec",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document:#}\n")
}

/// Writes a path as a URI reference.
pub fn sarif_uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri += &format!("%{byte:02X}");
        }
    }
    uri
}

fn rule(code: &Code) -> Value {
    let Code {
        id,
        title,
        explanation,
        example: _,
    } = code;
    json!({
        "id": id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": explanation},
        "help": {"text": format!("{explanation} Run `payspec explain {id}` for details.")},
    })
}

fn result(diagnostic: &Diagnostic, sources: &SourceMap) -> Value {
    let Diagnostic {
        code,
        message,
        primary,
        secondary,
        help,
    } = diagnostic;
    let mut text = format!("{message}.");
    for one in help {
        text += &format!(" Help: {one}.");
    }
    let mut result = json!({
        "ruleId": code.id,
        "level": match diagnostic.level() {
            Level::Error => "error",
            Level::Warning => "warning",
        },
        "message": {"text": text},
        "locations": primary.iter().map(|label| location(label, sources)).collect::<Vec<_>>(),
    });
    if !secondary.is_empty() {
        let related: Vec<Value> = secondary.iter().map(|one| location(one, sources)).collect();
        result["relatedLocations"] = json!(related);
    }
    result
}

fn location(label: &Label, sources: &SourceMap) -> Value {
    let (file, place) = place(sources, label);
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": {"uri": sarif_uri(&file)},
            "region": {
                "startLine": place.start.line,
                "startColumn": place.start.column,
                "endLine": place.end.line,
                "endColumn": place.end.column,
            },
        },
    });
    if !place.text.is_empty() {
        location["message"] = json!({"text": place.text});
    }
    location
}
