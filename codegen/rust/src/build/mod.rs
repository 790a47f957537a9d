//! Generates from a build script.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), payspec_codegen::build::BuildError> {
//!     payspec_codegen::build::Builder::new().spec("spec").generate()?;
//!     Ok(())
//! }
//! ```
//!
//! ```ignore
//! // src/lib.rs
//! include!(concat!(env!("OUT_DIR"), "/mod.rs"));
//! ```
//!
//! The crate needs `payspec-runtime` as a dependency, and `payspec-codegen` as a build dependency,
//! preferably without its default features: the command line is not needed here.

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::{env, fmt};

use crate::emit::rust::{ClientCode, Options, Root};
use crate::generate::{self, GenerateError};
use payspec_model::diagnostic;

/// Generates Rust source from a spec folder.
#[derive(Debug, Clone)]
pub struct Builder {
    spec: PathBuf,
    out_dir: Option<PathBuf>,
    client: ClientCode,
}

/// The result of [`Builder::generate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// The folder that holds the source; its `mod.rs` is the file to include.
    pub out_dir: PathBuf,
    /// Number of files written.
    pub written: usize,
    /// Number of files removed.
    pub removed: usize,
    /// Number of files that were up to date.
    pub unchanged: usize,
    /// The warnings of the spec, as `payspec check` prints them; empty if there are none.
    pub warnings: String,
}

/// The reason why nothing was generated. `Debug` and `Display` show the same text, so that a build
/// script may return it from `main`.
#[derive(thiserror::Error)]
pub enum BuildError {
    /// No output folder was given, and `OUT_DIR` is not set, as it is in a build script.
    #[error("no output folder: call `out_dir`, or run in a build script, where OUT_DIR is set")]
    NoOutDir,
    /// The spec has errors. Holds the output of `payspec check`.
    #[error("the spec in {} has errors\n\n{report}", spec.display())]
    Spec {
        /// The spec folder.
        spec: PathBuf,
        /// All diagnostics.
        report: String,
    },
    /// The output folder cannot be updated.
    #[error(transparent)]
    Generate(#[from] GenerateError),
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Builder {
    /// Makes a builder that reads the folder `spec` and writes to `OUT_DIR`.
    pub fn new() -> Self {
        Builder {
            spec: PathBuf::from("spec"),
            out_dir: None,
            client: ClientCode::Absent,
        }
    }

    /// Sets the spec folder. In a build script, the path is relative to the crate's own folder.
    pub fn spec(mut self, spec: impl Into<PathBuf>) -> Self {
        self.spec = spec.into();
        self
    }

    /// Sets the output folder.
    pub fn out_dir(mut self, out_dir: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(out_dir.into());
        self
    }

    /// Sets whether clients are generated (default: no). With clients, the crate needs
    /// `payspec-runtime` with its feature `client`.
    pub fn client(mut self, wanted: bool) -> Self {
        self.client = match wanted {
            true => ClientCode::Always,
            false => ClientCode::Absent,
        };
        self
    }

    /// Loads and checks the spec and updates the output folder. In a build script, makes cargo run it
    /// again when a file of the spec changes.
    ///
    /// # Errors
    ///
    /// When there is no output folder, when the spec has errors, or when the output cannot be written.
    pub fn generate(&self) -> Result<Generated, BuildError> {
        if is_build_script() {
            println!("cargo::rerun-if-changed={}", self.spec.display());
        }
        let out_dir = match &self.out_dir {
            Some(out_dir) => out_dir.clone(),
            None => env::var_os("OUT_DIR")
                .map(PathBuf::from)
                .ok_or(BuildError::NoOutDir)?,
        };
        let loaded = payspec_model::load(&self.spec);
        let report = diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
        let Some(model) = loaded.model else {
            return Err(BuildError::Spec {
                spec: self.spec.clone(),
                report,
            });
        };
        let options = Options {
            client: self.client,
            ..Options::new(&self.spec, Root::Include)
        };
        let plan = generate::prepare(&model, &options, &out_dir)?;
        generate::apply(&plan)?;
        Ok(Generated {
            out_dir,
            written: plan.writes.len(),
            removed: plan.stale.len(),
            unchanged: plan.unchanged,
            warnings: report,
        })
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

/// Cargo sets these together for build scripts only.
fn is_build_script() -> bool {
    ["OUT_DIR", "HOST", "NUM_JOBS"]
        .iter()
        .all(|name| env::var_os(name).is_some())
}
