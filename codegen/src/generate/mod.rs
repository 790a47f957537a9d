//! Brings a folder to the state that a model asks for.
//!
//! [`plan`] compares, [`apply`] writes. Files that payspec did not write, to be told by their first
//! line, are never touched; nothing is written before everything has been put together and every
//! place has been looked at.

mod apply;
mod diff;
mod error;
mod manifest;
mod plan;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use error::GenerateError;
pub use plan::{Plan, Stale, Write, plan};

use std::path::Path;

use crate::emit::rust::{Options, Root, emit};
use crate::model::Model;

/// What has to change below `out` so that it holds the source of a model. When `out` is the source
/// folder of a crate, its documentation shows examples under the name of that crate.
///
/// # Errors
///
/// When the model cannot be written, or the folder cannot be read or holds files of others.
///
/// ```
/// use payspec_codegen::emit::rust::{Options, Root};
/// use payspec_codegen::{generate, load};
/// use std::path::Path;
///
/// # let folder = tempfile::tempdir()?;
/// # let out = folder.path();
/// let spec = Path::new("../spec");
/// let model = load(spec).model.ok_or("the spec has errors")?;
/// let plan = generate::prepare(&model, &Options::new(spec, Root::Crate), out)?;
/// generate::apply(&plan)?;
/// assert!(out.join("lib.rs").is_file());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prepare(model: &Model, options: &Options, out: &Path) -> Result<Plan, GenerateError> {
    let named = match (options.root, &options.crate_name) {
        (Root::Crate, None) => manifest::crate_name(out),
        (Root::Crate | Root::Include, name) => name.clone(),
    };
    let options = Options {
        crate_name: named,
        ..options.clone()
    };
    plan(emit(model, &options)?, out)
}
