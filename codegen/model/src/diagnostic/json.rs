use serde_json::{Value, json as object};

use super::{Diagnostics, Label, place};
use crate::source_map::SourceMap;

/// Renders the diagnostics as a JSON value of a stable shape:
///
/// ```json
/// {
///   "errors": 1,
///   "warnings": 0,
///   "omitted": 0,
///   "diagnostics": [{
///     "code": "E020",
///     "level": "error",
///     "message": "unknown key `requierd`",
///     "file": "spec/demo/operations/ping.yaml",
///     "line": 12, "column": 7, "end_line": 12, "end_column": 15,
///     "label": "unknown key",
///     "related": [],
///     "help": ["did you mean `required`?"]
///   }]
/// }
/// ```
///
/// Lines and columns count from 1, columns in characters; the end is the position after the last
/// character. A diagnostic that concerns no file has `null` for its place. An entry of `related` has
/// the place and `label` of a related part of the spec.
pub fn json(diagnostics: &Diagnostics, sources: &SourceMap) -> Value {
    let list = diagnostics.shown().into_iter().map(|diagnostic| {
        let mut entry = object!({
            "code": diagnostic.code.id,
            "level": diagnostic.level().as_str(),
            "message": diagnostic.message,
            "help": diagnostic.help,
            "related": diagnostic
                .secondary
                .iter()
                .map(|label| located(sources, Some(label)))
                .collect::<Vec<_>>(),
        });
        let at = located(sources, diagnostic.primary.as_ref());
        if let (Value::Object(entry), Value::Object(at)) = (&mut entry, at) {
            entry.extend(at);
        }
        entry
    });
    object!({
        "errors": diagnostics.errors(),
        "warnings": diagnostics.warnings(),
        "omitted": diagnostics.omitted(),
        "diagnostics": list.collect::<Vec<_>>(),
    })
}

fn located(sources: &SourceMap, label: Option<&Label>) -> Value {
    let Some((file, place)) = label.map(|label| place(sources, label)) else {
        return object!({
            "file": null, "line": null, "column": null, "end_line": null, "end_column": null,
            "label": null,
        });
    };
    object!({
        "file": file,
        "line": place.start.line,
        "column": place.start.column,
        "end_line": place.end.line,
        "end_column": place.end.column,
        "label": if place.text.is_empty() { Value::Null } else { place.text.into() },
    })
}
