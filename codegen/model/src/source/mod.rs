//! The files of a spec folder: found, parsed, checked for shape, read.
//!
//! `read_api` takes one API from bytes to the types of [`crate::format`], with a tree beside each file
//! that has the position of everything.

mod bases;
mod elsewhere;
mod files;
mod folder;
mod git;
mod indentation;
mod io_reason;
mod keys;
mod layer;
mod parse_yaml;
mod reader;
mod scalar;
pub(crate) mod sections;
mod shape;
mod shape_check;
mod shared;
mod tree;
mod walkable;
mod yaml;

pub use crate::source_map::{FileId, SourceFile, SourceMap, Span};
pub use files::{Disk, Files, Memory, OneApi};
pub use git::{
    Commit, Git, GitError, default_branch, is_modified, merge_base, repository, upwards,
};

pub use io_reason::io_reason;

pub(crate) use folder::{ApiFolder, MAX_EXAMPLE_BYTES, discover};
pub use keys::Keys;
pub use tree::{At, Tree};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use self::reader::{Listed, Reader};
use crate::diagnostic::Diagnostics;
use crate::format::{
    ApiFile, ApprovalsFile, FileKind, FlowFile, OperationFile, ResultsFile, TypesFile,
};

/// The content of a file with its positions. A file that extends another one includes the content of
/// that one.
pub struct Document<T> {
    /// Every value of the file, with its position.
    pub tree: Tree,
    /// The file as its type.
    pub value: T,
}

/// A file that could not be read. A tree contains at least a part of its declarations.
pub(crate) struct Broken {
    kind: FileKind,
    tree: Option<Tree>,
}

impl Broken {
    pub(crate) fn is(&self, kind: FileKind) -> bool {
        self.kind == kind
    }

    /// Returns whether it may declare a name in a section.
    pub(crate) fn may_declare(&self, map: &SourceMap, section: &str, name: &str) -> bool {
        let Some(tree) = &self.tree else {
            return true;
        };
        let declared = At::root(tree, map).get(section);
        declared.is_some_and(|section| section.get(name).is_some())
    }
}

/// The files of one API. Files that could not be read are in `broken` instead.
pub(crate) struct ApiSource {
    pub(crate) folder: String,
    pub(crate) api: Option<Document<ApiFile>>,
    pub(crate) results: Option<Document<ResultsFile>>,
    pub(crate) types: Vec<Document<TypesFile>>,
    pub(crate) operations: Vec<Document<OperationFile>>,
    pub(crate) flows: Vec<Document<FlowFile>>,
    /// Files that are only bases for other files, and incomplete.
    pub(crate) parts: Vec<Tree>,
    pub(crate) broken: Vec<Broken>,
}

impl ApiSource {
    /// Returns an API of which nothing was read.
    fn empty(folder: &ApiFolder) -> Self {
        ApiSource {
            folder: folder.name.clone(),
            api: None,
            results: None,
            types: Vec::new(),
            operations: Vec::new(),
            flows: Vec::new(),
            parts: Vec::new(),
            broken: Vec::new(),
        }
    }
}

/// Reads the file of approvals at a path. Errors are added to `diagnostics`.
pub fn read_approvals(
    files: &dyn Files,
    path: &str,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Document<ApprovalsFile>> {
    let mut reader = Reader {
        files,
        sources,
        diagnostics,
        broken: Vec::new(),
        parts: Vec::new(),
    };
    reader.read(FileKind::Approvals, path)
}

/// Reads a file of another crate's format, which has the same rules of YAML and the same checks as a
/// file of a spec. Errors are added to `diagnostics`.
pub fn read_as<T: DeserializeOwned + JsonSchema>(
    files: &dyn Files,
    path: &str,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Document<T>> {
    let mut reader = Reader {
        files,
        sources,
        diagnostics,
        broken: Vec::new(),
        parts: Vec::new(),
    };
    let file = reader.load(path)?;
    let schema = shape::compile(&crate::format::schema_of::<T>());
    reader.shaped(&schema, file).ok()
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
        parts: Vec::new(),
    };
    let sections = match reader.walkable(FileKind::Api, &folder.api) {
        Some(file) if reader.is_old(&file) => return ApiSource::empty(folder),
        Some(file) => reader.divided(file),
        None => sections::Sections::default(),
    };
    let api = (sections.api).and_then(|file| reader.document(FileKind::Api, file));
    let in_file =
        (folder.results.as_ref()).and_then(|path| reader.walkable(FileKind::Results, path));
    let shared = reader.one_of(in_file, sections.results);
    let results = shared.and_then(|file| reader.document(FileKind::Results, file));
    let types = (sections.types).and_then(|file| reader.document(FileKind::Types, file));
    let read = (folder.types.iter()).filter_map(|path| reader.read(FileKind::Types, path));
    let types = types.into_iter().chain(read).collect();
    let operations = Listed {
        kind: FileKind::Operation,
        paths: &folder.operations,
        sections: sections.operations,
        shared: (results.as_ref()).map(|results: &Document<ResultsFile>| &results.tree),
    };
    let operations = reader.read_layered(operations);
    let flows = reader.read_layered(Listed {
        kind: FileKind::Flow,
        paths: &folder.flows,
        sections: Vec::new(),
        shared: None,
    });
    ApiSource {
        folder: folder.name.clone(),
        api,
        results,
        types,
        operations,
        flows,
        parts: reader.parts,
        broken: reader.broken,
    }
}
