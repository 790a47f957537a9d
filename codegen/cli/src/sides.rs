//! The two specs of a comparison.

use std::path::Path;
use std::{panic, thread};

use super::failure::Failure;
use super::{read_whole, require_spec};
use payspec_model::diagnostic;
use payspec_model::model::Model;
use payspec_model::source::{Git, SourceMap};
use payspec_model::{Loaded, load_from};
use payspec_review::Report;

/// A spec of a comparison.
pub(super) struct Side {
    /// The model of the spec.
    pub(super) model: Model,
    /// The diagnostics, if the spec has errors that still allow a comparison: it contradicts itself, or a flow
    /// is unsound.
    pub(super) errors: Option<String>,
    /// The files of the spec.
    pub(super) sources: SourceMap,
}

/// Reads the spec in a folder.
pub(super) fn in_folder(spec: &Path) -> Result<Side, Failure> {
    side(read_whole(spec)?)
}

/// Reads the spec at a revision.
pub(super) fn at_revision(spec: &Path, revision: &str) -> Result<Side, Failure> {
    let files = Git::open(spec, revision).map_err(Failure::Git)?;
    let loaded = require_spec(load_from(&files))?;
    side(loaded).map_err(|failure| failure.at_revision(revision))
}

/// Reads two specs at the same time. If both fail, the error of the old one is returned.
pub(super) fn at_once(
    old: impl FnOnce() -> Result<Side, Failure> + Send,
    new: impl FnOnce() -> Result<Side, Failure>,
) -> Result<(Side, Side), Failure> {
    let (old, new) = thread::scope(|scope| {
        let old = scope.spawn(old);
        let new = new();
        (old.join(), new)
    });
    let old = old.unwrap_or_else(|panic| panic::resume_unwind(panic));
    Ok((old?, new?))
}

fn side(loaded: Loaded) -> Result<Side, Failure> {
    let text = || {
        let text = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
        text.trim_end().to_owned()
    };
    let errors = loaded.model.is_none().then(text);
    match loaded.model.or(loaded.unsound) {
        Some(model) => Ok(Side {
            model,
            errors,
            sources: loaded.sources,
        }),
        None => Err(Failure::Spec(errors.unwrap_or_default())),
    }
}

/// Compares two specs, and also the generated code if both specs are free of errors.
pub(super) fn review(old: &Side, new: &Side) -> Result<Report, Failure> {
    let sound = old.errors.is_none() && new.errors.is_none();
    if !sound {
        return Ok(Report::new(&old.model, &new.model));
    }
    let report = Report::with_generated(&old.model, &new.model);
    report.map_err(|error| Failure::Generate(error.into()))
}
