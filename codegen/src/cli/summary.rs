//! How much a spec holds, in words and for programs.

use serde_json::{Value, json};

use crate::Summary;

/// `1 API, 2 operations, ...`
pub(super) fn words(summary: &Summary) -> String {
    let counts = [
        (summary.apis, "API"),
        (summary.operations, "operation"),
        (summary.types, "type"),
        (summary.fields, "field"),
        (summary.codes, "result code"),
        (summary.constraints, "constraint"),
        (summary.disputes, "dispute"),
    ];
    counts.map(|(count, word)| counted(count, word)).join(", ")
}

/// The counts by name.
pub(super) fn json(summary: &Summary) -> Value {
    json!({
        "apis": summary.apis,
        "operations": summary.operations,
        "types": summary.types,
        "fields": summary.fields,
        "codes": summary.codes,
        "constraints": summary.constraints,
        "disputes": summary.disputes,
    })
}

/// `1 error`, `2 errors`.
pub(super) fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
