use serde::de::DeserializeOwned;

use super::bases::{Bases, Layers};
use super::sections::{self, Sections};
use super::shape::Schema;
use super::walkable::Walkable;
use super::{At, Broken, Document, Files, SourceMap, Span, Tree};
use super::{folder, parse_yaml, shape, shape_check, shared, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::format::FileKind;

/// Reads files into documents, and keeps the files that cannot be read.
pub(super) struct Reader<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) sources: &'a mut SourceMap,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) broken: Vec<Broken>,
    /// Files that are only bases for other files.
    pub(super) parts: Vec<Tree>,
}

/// The files of one kind.
pub(super) struct Listed<'a> {
    pub(super) kind: FileKind,
    pub(super) paths: &'a [String],
    /// Those that are sections of another file.
    pub(super) sections: Vec<Walkable>,
    /// The shared half of the results of operations.
    pub(super) shared: Option<&'a Tree>,
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

    /// Reads files and sections of files, some of which extend others.
    pub(super) fn read_layered<T: DeserializeOwned>(
        &mut self,
        listed: Listed<'_>,
    ) -> Vec<Document<T>> {
        let Listed {
            kind,
            paths,
            sections: mut files,
            shared,
        } = listed;
        files.extend(paths.iter().filter_map(|path| self.walkable(kind, path)));
        let mut bases = Bases::of(kind, &files, self.sources, &self.broken);
        let mut found = Vec::new();
        let layered: Vec<_> = (files.iter())
            .map(|file| bases.under(file, self.sources, &mut found))
            .collect();
        self.diagnostics.extend(found);
        let mut documents = Vec::new();
        for (file, layered) in files.drain(..).zip(layered) {
            match layered {
                Ok(Layers::Alone) => documents.extend(self.over(shared, kind, file)),
                Ok(Layers::Over(layered)) => documents.extend(self.over(shared, kind, layered)),
                Ok(Layers::Beneath) => {
                    self.hide(&file.tree);
                    self.parts.push(file.tree);
                }
                Err(()) => self.put_aside(kind, file.tree),
            }
        }
        documents
    }

    /// Reads an operation with what its `result` inherits; a file of another kind as it is.
    fn over<T: DeserializeOwned>(
        &mut self,
        shared: Option<&Tree>,
        kind: FileKind,
        file: Walkable,
    ) -> Option<Document<T>> {
        let inherits = shared.and_then(|shared| shared::over(shared, &file.tree, self.sources));
        let tree = inherits.unwrap_or(file.tree);
        self.document(kind, Walkable { tree, ..file })
    }

    /// Returns the only one of two places that may state the same, and reports the second one.
    pub(super) fn one_of(
        &mut self,
        file: Option<Walkable>,
        section: Option<Walkable>,
    ) -> Option<Walkable> {
        if let (Some(file), Some(section)) = (&file, &section) {
            let [first, second] = [file, section].map(|one| {
                let root = At::root(&one.tree, self.sources);
                let stated = sections::RESULTS.iter().find_map(|key| root.get(key));
                stated.unwrap_or(root).key_span()
            });
            let message = "the shared results are in `api.yaml` and in `results.yaml`";
            let twice = Diagnostic::new(&codes::DECLARED_TWICE, message).at(second, "again");
            let twice = twice
                .also(first, "first")
                .help("keep all of them in one file");
            self.diagnostics.push(twice);
        }
        file.or(section)
    }

    /// Reports an API in an older version of the format, all of whose files would be wrong.
    pub(super) fn is_old(&mut self, file: &Walkable) -> bool {
        let root = At::root(&file.tree, self.sources);
        let version = root
            .get("payspec")
            .filter(|version| version.text() == Some("1"));
        if let Some(version) = version {
            let old = Diagnostic::new(
                &codes::OLD_FORMAT,
                "this spec has version 1 of the format, expected version 2",
            );
            let old = old.at(version.span(), "");
            self.diagnostics
                .push(old.help("`payspec explain E015` lists what has changed"));
        }
        version.is_some()
    }

    /// Divides `api.yaml` into its sections.
    pub(super) fn divided(&mut self, file: Walkable) -> Sections {
        let mut found = Vec::new();
        let sections = sections::divide(file, self.sources, &mut found);
        self.diagnostics.extend(found);
        sections
    }

    pub(super) fn walkable(&mut self, kind: FileKind, path: &str) -> Option<Walkable> {
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
        })
    }

    /// Reads a file; an invalid one is put aside.
    pub(super) fn document<T: DeserializeOwned>(
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
        let Walkable { file, tree, sound } = file;
        let root = At::root(&tree, self.sources);
        let mut found = Vec::new();
        shape_check::check(schema, root, &mut found);
        let clean = sound && !found.iter().any(Diagnostic::is_error);
        // An unknown key alone must not hide other errors of the file.
        let mere = |one: &Diagnostic| !one.is_error() || one.code == &codes::UNKNOWN_KEY;
        let value = (sound && found.iter().all(mere)).then(|| yaml::read(schema, root));
        self.diagnostics.extend(found);
        match value {
            Some(Ok(value)) => {
                self.hide(&tree);
                return Ok(Document { tree, value });
            }
            Some(Err(error)) if clean => {
                let message = format!("this file cannot be read: {error}");
                self.diagnostics.push(
                    Diagnostic::new(&codes::UNREADABLE_YAML, message).at(Span::new(file, 0, 0), ""),
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
