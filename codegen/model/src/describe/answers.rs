//! The answers by HTTP status in words.

use crate::model::{Body, Operation};

/// Returns a sentence about the answers that have a field of the body of an operation: "In answers with HTTP status `200`
/// (required) and `402`." [`None`] if the body is not that of answers that differ by HTTP status.
pub fn with_field(operation: &Operation, body: &Body, field: &str) -> Option<String> {
    let statuses = statuses_with_field(operation, body, field)?;
    Some(format!("In answers with HTTP status {statuses}."))
}

/// Returns the HTTP statuses of the answers that have a field of the body of an operation: "`200` (required) and `402`".
/// [`None`] if the body is not that of answers that differ by HTTP status.
pub fn statuses_with_field(operation: &Operation, body: &Body, field: &str) -> Option<String> {
    let responses = operation.responses_of(body);
    let having = responses.iter().filter_map(|response| {
        let own = response.field(field)?;
        let status = match response.status.as_str() {
            "default" => "any other".to_owned(),
            status => format!("`{status}`"),
        };
        Some(match own.required {
            true => format!("{status} (required)"),
            false => status,
        })
    });
    let having: Vec<String> = having.collect();
    let (last, others) = having.split_last()?;
    Some(match others {
        [] => last.clone(),
        others => format!("{} and {last}", others.join(", ")),
    })
}
