//! Two states of a spec to compare.

use std::path::Path;
use std::{panic, thread};

use super::failure::Failure;
use super::{read, require_spec};
use payspec_model::diagnostic;
use payspec_model::model::Model;
use payspec_model::source::{Git, SourceMap};
use payspec_model::{Loaded, load_from};
use payspec_review::Report;

/// A spec that can be read.
pub(super) struct Side {
    /// What it says.
    pub(super) model: Model,
    /// What `payspec check` prints of it, where it has errors all the same: it contradicts itself, or
    /// has a flow that is not sound.
    pub(super) errors: Option<String>,
    /// The files that were read.
    pub(super) sources: SourceMap,
}

/// The spec in a folder.
pub(super) fn in_folder(spec: &Path) -> Result<Side, Failure> {
    side(read(spec)?)
}

/// The spec as it stands at a revision.
pub(super) fn at_revision(spec: &Path, revision: &str) -> Result<Side, Failure> {
    let files = Git::open(spec, revision).map_err(Failure::Git)?;
    let loaded = require_spec(load_from(&files))?;
    side(loaded).map_err(|failure| failure.at_revision(revision))
}

/// Reads two specs at the same time. Of two failures that of the old one is told.
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

/// Compares two specs, and what is generated from them where both can be built.
pub(super) fn review(old: &Side, new: &Side) -> Result<Report, Failure> {
    let sound = old.errors.is_none() && new.errors.is_none();
    if !sound {
        return Ok(Report::new(&old.model, &new.model));
    }
    let report = Report::with_generated(&old.model, &new.model);
    report.map_err(|error| Failure::Generate(error.into()))
}
