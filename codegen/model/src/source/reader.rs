use serde::de::DeserializeOwned;

use super::bases::{Bases, Layers};
use super::shape::Schema;
use super::{At, Broken, Document, FileId, Files, SourceMap, Span, Tree};
use super::{folder, parse_yaml, shape, shape_check, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::format::FileKind;

/// Reads files into documents, and keeps the files that cannot be read.
pub(super) struct Reader<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) sources: &'a mut SourceMap,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) broken: Vec<Broken>,
    /// Files that are only bases of others.
    pub(super) parts: Vec<Tree>,
}

/// A file whose tree can be read.
pub(super) struct Walkable {
    pub(super) file: FileId,
    pub(super) tree: Tree,
    /// True if `parse_yaml` accepts it.
    pub(super) sound: bool,
    /// True if a part of it is in another file, so that its own text is incomplete.
    pub(super) layered: bool,
}

impl Reader<'_> {
    /// Reads a file that is complete on its own.
    pub(super) fn read<T: DeserializeOwned>(
        &mut self,
        kind: FileKind,
        path: &str,
    ) -> Option<Document<T>> {
        let walkable = self.walkable(kind, path)?;
        self.document(kind, walkable)
    }

    /// Reads files, some of which extend others.
    pub(super) fn read_layered<T: DeserializeOwned>(
        &mut self,
        kind: FileKind,
        paths: &[String],
    ) -> Vec<Document<T>> {
        let files = paths.iter().filter_map(|path| self.walkable(kind, path));
        let mut files: Vec<Walkable> = files.collect();
        let mut bases = Bases::of(kind, &files, self.sources, &self.broken);
        let mut found = Vec::new();
        let layered: Vec<_> = (files.iter())
            .map(|file| bases.under(file, self.sources, &mut found))
            .collect();
        self.diagnostics.extend(found);
        let mut documents = Vec::new();
        for (file, layered) in files.drain(..).zip(layered) {
            match layered {
                Ok(Layers::Alone) => documents.extend(self.document(kind, file)),
                Ok(Layers::Over(layered)) => documents.extend(self.document(kind, layered)),
                Ok(Layers::Beneath) => {
                    self.hide(&file.tree);
                    self.parts.push(file.tree);
                }
                Err(()) => self.put_aside(kind, file.tree),
            }
        }
        documents
    }

    fn walkable(&mut self, kind: FileKind, path: &str) -> Option<Walkable> {
        let walkable = self.load(path);
        if walkable.is_none() {
            self.broken.push(Broken { kind, tree: None });
        }
        walkable
    }

    /// Loads a file and parses its YAML.
    pub(super) fn load(&mut self, path: &str) -> Option<Walkable> {
        let file = folder::load_text(self.files, path, self.sources, self.diagnostics);
        let mut found = Vec::new();
        let tree = file.and_then(|file| parse_yaml::parse_yaml(file, self.sources, &mut found));
        let sound = !found.iter().any(Diagnostic::is_error);
        self.diagnostics.extend(found);
        Some(Walkable {
            file: file?,
            tree: tree?,
            sound,
            layered: false,
        })
    }

    /// Reads a file; an invalid one is put aside.
    fn document<T: DeserializeOwned>(
        &mut self,
        kind: FileKind,
        file: Walkable,
    ) -> Option<Document<T>> {
        match self.shaped(shape::Shapes::get().of(kind), file) {
            Ok(document) => Some(document),
            Err(tree) => {
                self.put_aside(kind, tree);
                None
            }
        }
    }

    /// Checks a file against a schema and reads it. Returns the tree of an invalid file.
    pub(super) fn shaped<T: DeserializeOwned>(
        &mut self,
        schema: &Schema,
        file: Walkable,
    ) -> Result<Document<T>, Tree> {
        let Walkable {
            file,
            tree,
            sound,
            layered,
        } = file;
        let root = At::root(&tree, self.sources);
        let mut found = Vec::new();
        shape_check::check(schema, root, &mut found);
        let clean = sound && !found.iter().any(Diagnostic::is_error);
        // An unknown key alone must not hide other errors of the file.
        let mere = |one: &Diagnostic| !one.is_error() || one.code == &codes::UNKNOWN_KEY;
        let value = (sound && found.iter().all(mere)).then(|| match layered {
            true => yaml::read_tree(root),
            false => yaml::read(self.sources.text(file)),
        });
        self.diagnostics.extend(found);
        match value {
            Some(Ok(value)) => {
                self.hide(&tree);
                return Ok(Document { tree, value });
            }
            Some(Err(error)) if clean => {
                let at = error.offset.min(self.sources.text(file).len()) as u32;
                let message = format!("this file cannot be read: {}", error.message);
                self.diagnostics.push(
                    Diagnostic::new(&codes::UNREADABLE_YAML, message)
                        .at(Span::new(file, at, at), ""),
                );
            }
            Some(Err(_)) | None => {}
        }
        Err(tree)
    }

    fn put_aside(&mut self, kind: FileKind, tree: Tree) {
        self.hide(&tree);
        // A line that is in the wrong place may declare anything, and seem to declare it twice.
        let file = At::root(&tree, self.sources).span().file;
        let shift = |one: &Diagnostic| {
            let place = one.primary.as_ref().map(|label| label.span);
            place.filter(|at| one.code == &codes::INDENTATION && at.file == file)
        };
        let shifted = self.diagnostics.iter().find_map(shift);
        if let Some(from) = shifted {
            self.diagnostics.retain(|one| {
                let place = one.primary.as_ref().map(|label| label.span);
                let is_behind = place.is_some_and(|at| at.file == file && at.start > from.start);
                one.code != &codes::DUPLICATE_KEY || !is_behind
            });
        }
        let tree = shifted.is_none().then_some(tree);
        self.broken.push(Broken { kind, tree });
    }

    fn hide(&mut self, tree: &Tree) {
        for span in tree.sensitive(self.sources) {
            self.sources.hide(span);
        }
    }
}
