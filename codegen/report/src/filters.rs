//! Filters of the templates.
#![expect(
    missing_docs,
    reason = "the macro writes a struct beside each function"
)]

use askama::filters::Safe;
use askama::{Result, Values};

/// A sentence of ours, with what stands between backticks in the look of code. In a Markdown template.
#[askama::filter_fn]
pub fn sentence(value: impl ToString, _: &dyn Values) -> Result<Safe<String>> {
    Ok(Safe(super::sentence(&value.to_string())))
}

/// In a Markdown template: the value in the look of code; see [`code`](super::code).
#[askama::filter_fn]
pub fn code(value: impl ToString, _: &dyn Values) -> Result<Safe<String>> {
    Ok(Safe(super::code(&value.to_string())))
}
