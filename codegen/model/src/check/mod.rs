//! Checks a JSON message against the model, without compiling anything.
//!
//! This walk over the [`crate::model`] is independent of the generated validators, which walk static
//! tables, so that each can prove the other. They share only the leaf predicates and the texts of
//! [`payspec_runtime`].

mod agreement;
mod amount;
mod checker;
mod currency;
mod decision;
mod findings;
mod header;
mod map;
mod read;
mod refine;
mod response;
mod rules;
mod union;
mod walk;

pub use checker::Checker;
pub use decision::{Because, Verdict};
pub use findings::{Finding, Findings};
pub use header::{HeaderViolation, check_header};

use crate::model::{Api, Operation, Side};
use payspec_runtime::NotJson;

/// Checks one message; returns all violations, warnings included, each with its line in the spec.
///
/// To check many messages of one kind, make a [`Checker`] once. If an operation has no body for this
/// side, nothing is checked.
///
/// ```
/// use payspec_model::{check::check_message, load, model::Side};
/// use std::path::Path;
///
/// let model = load(Path::new("../../spec")).model.ok_or("the spec has errors")?;
/// let (api, operation) = model.operation("pay_entry_code").ok_or("no such operation")?;
/// let findings = check_message(api, operation, Side::Request, b"{}")?;
/// assert!(!findings.is_valid());
/// for finding in findings.iter() {
///     println!("{}: {}", model.place(finding.origin), finding.violation);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the bytes are not a JSON text.
pub fn check_message(
    api: &Api,
    operation: &Operation,
    side: Side,
    json: &[u8],
) -> Result<Findings, NotJson> {
    match Checker::new(api, operation, side) {
        Some(checker) => checker.check(json),
        None => Ok(Findings::default()),
    }
}
