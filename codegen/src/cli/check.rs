//! `payspec check`: every problem of the spec, or the register of disputes.

use std::io::Write;
use std::path::Path;

use serde_json::json;

use super::facts::{DisputeFact, Facts};
use super::failure::Failure;
use super::output::{Output, bold, dim, green, note, plain};
use super::summary::Summary;
use super::{Outcome, args};
use crate::args::Format;
use crate::diagnostic;
use crate::model::Model;

pub(super) fn run(spec: &Path, args: &args::Check, out: &mut Output) -> Result<Outcome, Failure> {
    let loaded = super::read(spec)?;
    let outcome = Outcome::fine_if(!loaded.diagnostics.has_errors());
    Ok(outcome)
}
