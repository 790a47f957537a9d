//! Filters for the templates.
#![expect(
    missing_docs,
    reason = "the macro writes a struct beside each function"
)]

use askama::filters::Safe;
use askama::{Result, Values};

/// Formats a sentence for a Markdown template, with the parts between backticks as code.
#[askama::filter_fn]
pub fn sentence(value: impl ToString, _: &dyn Values) -> Result<Safe<String>> {
    Ok(Safe(super::sentence(&value.to_string())))
}

/// Formats a value as code for a Markdown template; see [`code`](super::code).
#[askama::filter_fn]
pub fn code(value: impl ToString, _: &dyn Values) -> Result<Safe<String>> {
    Ok(Safe(super::code(&value.to_string())))
}
