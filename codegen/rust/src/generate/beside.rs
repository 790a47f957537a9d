//! Documents beside the source of a crate, which other crates of the toolkit write.

use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::plan::{Plan, plan};
use super::{GenerateError, Write};
use crate::emit::rust::{Options, Root};
use crate::emit::{Comment, GeneratedFile};

/// A document, to which the mark of payspec is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// A YAML document, marked by a comment.
    Yaml(String),
    /// A JSON object that is not empty, marked by a first member `$comment`.
    Json(String),
}

/// The name of the folder.
const FOLDER: &str = "openapi";

/// Returns the folder of OpenAPI documents and JSON Schemas; [`None`] unless the manifest beside the source folder `out`
/// has the setting
///
/// ```toml
/// [package.metadata.payspec]
/// openapi = true
/// ```
///
/// # Errors
///
/// When the manifest is unusable.
pub fn documents_folder(options: &Options, out: &Path) -> Result<Option<PathBuf>, GenerateError> {
    let manifest = match options.root {
        Root::Crate => Manifest::beside(out)?,
        Root::Include => None,
    };
    let Some(manifest) = manifest else {
        return Ok(None);
    };
    let is_wanted = manifest.settings()?.openapi;
    Ok(is_wanted.then(|| out.with_file_name(FOLDER)))
}

/// Adds documents in a folder beside the source to a plan. Paths are below the folder.
///
/// # Errors
///
/// When the folder cannot be read or contains files of others with these names.
pub fn add_documents(
    whole: &mut Plan,
    options: &Options,
    folder: &Path,
    documents: Vec<(String, Document)>,
) -> Result<(), GenerateError> {
    let mark = options.mark();
    let files = documents.into_iter().map(|(path, document)| {
        let contents = match document {
            Document::Yaml(text) => format!("{}\n{text}", mark.within(Comment::Hash)),
            Document::Json(text) => {
                let members = text.strip_prefix('{').unwrap_or(&text);
                format!("{},{members}", mark.within(Comment::Member))
            }
        };
        GeneratedFile { path, contents }
    });
    let Plan {
        out: _,
        writes,
        stale,
        unchanged,
    } = plan(files.collect(), &mark, folder)?;
    let beside = |path: &str| format!("../{FOLDER}/{path}");
    whole.writes.extend(writes.into_iter().map(|write| Write {
        path: beside(&write.path),
        ..write
    }));
    whole.stale.extend(stale.into_iter().map(|mut stale| {
        stale.path = beside(&stale.path);
        stale
    }));
    whole.unchanged += unchanged;
    Ok(())
}
