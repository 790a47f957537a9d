//! The files of a spec folder: found, gated, checked for shape, read.
//!
//! [`read_api`] is the whole way of one API from bytes to the types of [`crate::format`], with a
//! located tree beside each file that says where everything stands.

mod files;
mod folder;
mod gate;
mod map;
mod scalar;
mod shape;
mod shape_check;
mod similar;
mod tree;
mod yaml;

pub use files::{Disk, Files, Memory};
pub use map::{FileId, Position, SourceFile, SourceMap, Span};

pub(crate) use folder::{ApiFolder, MAX_EXAMPLE_BYTES, discover};
pub(crate) use similar::closest;
pub(crate) use tree::{At, Tree};

use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::format::{ApiFile, FileKind, OperationFile, ResultsFile, TypesFile};

/// One file: what it says, and where.
pub(crate) struct Document<T> {
    pub(crate) file: FileId,
    pub(crate) tree: Tree,
    pub(crate) value: T,
}

/// The files of one API. A file that could not be read is absent and counted in `broken`.
pub(crate) struct ApiSource {
    pub(crate) folder: String,
    pub(crate) api: Option<Document<ApiFile>>,
    pub(crate) results: Option<Document<ResultsFile>>,
    pub(crate) types: Vec<Document<TypesFile>>,
    pub(crate) operations: Vec<Document<OperationFile>>,
    /// Kinds of which at least one file could not be read: what refers to them cannot be judged.
    pub(crate) broken: Vec<FileKind>,
}

/// Reads all files of one API.
pub(crate) fn read_api(
    files: &dyn Files,
    folder: &ApiFolder,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> ApiSource {
    let mut reader = Reader {
        files,
        sources,
        diagnostics,
        broken: Vec::new(),
    };
    let api = reader.read(FileKind::Api, &folder.api);
    let results = folder
        .results
        .as_ref()
        .and_then(|path| reader.read(FileKind::Results, path));
    let types = folder
        .types
        .iter()
        .filter_map(|path| reader.read(FileKind::Types, path))
        .collect();
    let operations = folder
        .operations
        .iter()
        .filter_map(|path| reader.read(FileKind::Operation, path))
        .collect();
    ApiSource {
        folder: folder.name.clone(),
        api,
        results,
        types,
        operations,
        broken: reader.broken,
    }
}

struct Reader<'a> {
    files: &'a dyn Files,
    sources: &'a mut SourceMap,
    diagnostics: &'a mut Diagnostics,
    broken: Vec<FileKind>,
}

impl Reader<'_> {
    fn read<T: DeserializeOwned>(&mut self, kind: FileKind, path: &str) -> Option<Document<T>> {
        let document = self.try_read(kind, path);
        if document.is_none() {
            self.broken.push(kind);
        }
        document
    }

    fn try_read<T: DeserializeOwned>(&mut self, kind: FileKind, path: &str) -> Option<Document<T>> {
        let file = folder::load_text(self.files, path, self.sources, self.diagnostics)?;
        let text = self.sources.text(file);
        let mut found = Vec::new();
        let tree = gate::gate(file, text, &mut found);
        if let Some(tree) = &tree {
            shape_check::check(
                shape::Shapes::get().of(kind),
                At::root(file, tree, text),
                &mut found,
            );
        }
        let hidden = tree.as_ref().map(|tree| tree.sensitive(text));
        let clean = !found.iter().any(Diagnostic::is_error);
        // A mere unknown key must not hide what else is to be said about the file.
        let readable = found
            .iter()
            .all(|one| !one.is_error() || one.code == &codes::UNKNOWN_KEY);
        let value = (tree.is_some() && readable).then(|| yaml::read::<T>(text));
        self.diagnostics.extend(found);
        for span in hidden.into_iter().flatten() {
            self.sources.hide(Span::new(file, span.start, span.end));
        }
        match (tree, value) {
            (Some(tree), Some(Ok(value))) => Some(Document { file, tree, value }),
            (_, Some(Err(error))) if clean => {
                let text = self.sources.text(file);
                let at = error.offset.min(text.len()) as u32;
                self.diagnostics.push(
                    Diagnostic::new(
                        &codes::UNREADABLE_YAML,
                        format!("this file cannot be read: {}", error.message),
                    )
                    .at(Span::new(file, at, at), ""),
                );
                None
            }
            _ => None,
        }
    }
}
