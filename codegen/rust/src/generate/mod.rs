//! Updates a folder to the generated source of a model.
//!
//! [`prepare`] compares, [`apply()`] writes. Files that payspec did not write, as their beginning shows,
//! are never touched; nothing is written before all texts are generated and all places are checked.

mod apply;
mod beside;
mod diff;
mod error;
mod manifest;
mod plan;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use apply::{replace, replace_all};
pub use beside::{Document, add_documents, documents_folder};
pub use diff::file_diff;
pub use error::GenerateError;
pub use plan::{Plan, Stale, Write};

use std::path::Path;

use self::manifest::Manifest;
use self::plan::{MANIFEST, plan};
use crate::emit::rust::{ClientCode, Options, Root, emit};
use payspec_model::model::Model;

/// Returns the name that a generated crate has in other crates, by the folder of its package; [`None`] if it has no
/// manifest, or no usable name.
///
/// # Errors
///
/// When the manifest is unusable.
pub fn crate_name(package: &Path) -> Result<Option<String>, GenerateError> {
    let manifest = Manifest::beside(&package.join("src"))?;
    Ok(manifest.and_then(|manifest| manifest.crate_name()))
}

/// Returns the changes below `out` that are needed for the source of a model.
///
/// If `out` is the source folder of a crate, which is a folder `src` beside a `Cargo.toml`, its
/// documentation shows examples under the name of that crate. If the manifest has the settings
///
/// ```toml
/// [package.metadata.payspec]
/// operation-features = true
/// client-feature = true
/// ```
///
/// each operation and each flow becomes a cargo feature of the crate, on by default, clients are
/// generated behind a feature `client`, off by default, and the manifest's table `[features]` is part
/// of the plan. A crate can also have [documents](documents_folder) beside its source.
///
/// # Errors
///
/// When the model cannot be generated, when the folder cannot be read or contains files that payspec did not write, or
/// when the manifest is unusable.
///
/// ```
/// use payspec_codegen::emit::rust::{Options, Root};
/// use payspec_codegen::generate;
/// use payspec_model::load;
/// use std::path::Path;
///
/// # let folder = tempfile::tempdir()?;
/// # let out = folder.path();
/// let spec = Path::new("../../spec");
/// let model = load(spec).model.ok_or("the spec has errors")?;
/// let plan = generate::prepare(&model, &Options::new(spec, Root::Crate), out)?;
/// generate::apply(&plan)?;
/// assert!(out.join("lib.rs").is_file());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prepare(model: &Model, options: &Options, out: &Path) -> Result<Plan, GenerateError> {
    let manifest = match options.root {
        Root::Crate => Manifest::beside(out)?,
        Root::Include => None,
    };
    let Some(manifest) = manifest else {
        return plan(emit(model, options)?, &options.mark(), out);
    };
    let settings = manifest.settings()?;
    let options = Options {
        crate_name: options.crate_name.clone().or_else(|| manifest.crate_name()),
        package: options.package.clone().or_else(|| manifest.package()),
        operation_features: options.operation_features || settings.operation_features,
        client: match settings.client_feature {
            true => ClientCode::Feature,
            false => options.client,
        },
        ..options.clone()
    };
    let mut plan = plan(emit(model, &options)?, &options.mark(), out)?;
    if settings.operation_features || settings.client_feature {
        let new = manifest.with_features(&settings.features(model))?;
        plan.add(MANIFEST, manifest.text, new);
    }
    Ok(plan)
}
