//! The files of a spec folder: found, gated, checked for shape, read.
//!
//! `read_api` is the whole way of one API from bytes to the types of [`crate::format`], with a
//! located tree beside each file that says where everything stands.

mod files;
mod folder;
mod gate;
mod git;
mod map;
mod scalar;
mod shape;
mod shape_check;
mod tree;
mod yaml;

pub use files::{Disk, Files, Memory};
pub use git::{Git, GitError};
pub use map::{FileId, Position, SourceFile, SourceMap, Span};

pub(crate) use folder::{ApiFolder, MAX_EXAMPLE_BYTES, discover};
pub(crate) use payspec_runtime::phrases::closest;
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

/// A file that could not be read. A tree says at least what it declares.
pub(crate) struct Broken {
    kind: FileKind,
    tree: Option<(FileId, Tree)>,
}

impl Broken {
    pub(crate) fn is(&self, kind: FileKind) -> bool {
        self.kind == kind
    }

    /// Whether it declares a name in a section, as far as one can tell.
    pub(crate) fn may_declare(&self, map: &SourceMap, section: &str, name: &str) -> bool {
        let Some((file, tree)) = &self.tree else {
            return true;
        };
        let declared = At::root(*file, tree, map.text(*file)).get(section);
        declared.is_some_and(|section| section.get(name).is_some())
    }
}

/// The files of one API. A file that could not be read is among `broken` instead.
pub(crate) struct ApiSource {
    pub(crate) folder: String,
    pub(crate) api: Option<Document<ApiFile>>,
    pub(crate) results: Option<Document<ResultsFile>>,
    pub(crate) types: Vec<Document<TypesFile>>,
    pub(crate) operations: Vec<Document<OperationFile>>,
    pub(crate) broken: Vec<Broken>,
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
    broken: Vec<Broken>,
}

impl Reader<'_> {
    fn read<T: DeserializeOwned>(&mut self, kind: FileKind, path: &str) -> Option<Document<T>> {
        match self.try_read(kind, path) {
            Ok(document) => Some(document),
            Err(tree) => {
                self.broken.push(Broken { kind, tree });
                None
            }
        }
    }

    /// Reads a file; one that is not what it should be leaves its tree, if it has one.
    fn try_read<T: DeserializeOwned>(
        &mut self,
        kind: FileKind,
        path: &str,
    ) -> Result<Document<T>, Option<(FileId, Tree)>> {
        let file = folder::load_text(self.files, path, self.sources, self.diagnostics);
        let file = file.ok_or(None)?;
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
            (Some(tree), Some(Ok(value))) => Ok(Document { file, tree, value }),
            (tree, Some(Err(error))) if clean => {
                let text = self.sources.text(file);
                let at = error.offset.min(text.len()) as u32;
                self.diagnostics.push(
                    Diagnostic::new(
                        &codes::UNREADABLE_YAML,
                        format!("this file cannot be read: {}", error.message),
                    )
                    .at(Span::new(file, at, at), ""),
                );
                Err(tree.map(|tree| (file, tree)))
            }
            (tree, _) => Err(tree.map(|tree| (file, tree))),
        }
    }
}
