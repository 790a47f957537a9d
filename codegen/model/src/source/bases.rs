//! Files that extend others.

use std::collections::BTreeMap;

use super::walkable::Walkable;
use super::{At, Broken, SourceMap, layer};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::FileKind;
use payspec_runtime::closest;

/// The relation of a file to its base.
pub(super) enum Layers {
    /// It is complete on its own.
    Alone,
    /// It extends another one; this is the result of merging both.
    Over(Walkable),
    /// It is only a base for other files, and may be incomplete.
    Beneath,
}

/// Largest number of keys and values of bases that are copied: a thousand small files must not make a
/// thousand copies of a large one.
const MOST_REPEATED: usize = 1 << 21;

/// The files of one kind by the id that they declare.
pub(super) struct Bases<'a> {
    kind: FileKind,
    by_id: BTreeMap<&'a str, &'a Walkable>,
    /// Number of keys and values that may still be copied.
    room: usize,
    /// True if all files can be read, so that an unknown id does not exist.
    complete: bool,
}

impl<'a> Bases<'a> {
    pub(super) fn of(
        kind: FileKind,
        files: &'a [Walkable],
        map: &'a SourceMap,
        broken: &[Broken],
    ) -> Self {
        let ids = files.iter().filter_map(|file| {
            let id = At::root(&file.tree, map).get("id")?;
            Some((id.text()?, file))
        });
        let mut by_id = BTreeMap::new();
        for (id, file) in ids {
            by_id.entry(id).or_insert(file);
        }
        let lost = |broken: &Broken| broken.is(kind);
        Bases {
            kind,
            by_id,
            room: MOST_REPEATED,
            complete: !broken.iter().any(lost),
        }
    }

    /// Merges a file with the one that it extends, if any; an error if it cannot extend that one.
    pub(super) fn under(
        &mut self,
        file: &Walkable,
        map: &SourceMap,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Layers, ()> {
        let what = self.kind.as_str();
        let root = At::root(&file.tree, map);
        let Some(extends) = root.get("extends") else {
            // A flow without its beginning is only a part.
            let part = self.kind == FileKind::Flow && is_abstract(root);
            return Ok(if part { Layers::Beneath } else { Layers::Alone });
        };
        if is_abstract(root) {
            let twofold = Diagnostic::new(
                &codes::BASE_EXTENDS,
                format!("an abstract {what} cannot extend another one"),
            );
            found.push(
                twofold
                    .at(extends.key_span(), "")
                    .help("extend a single base, or repeat the shared keys here"),
            );
            return Err(());
        }
        // If it is not a text, the shape check reports it.
        let Some(id) = extends.text() else {
            return Ok(Layers::Alone);
        };
        let Some(base) = self.by_id.get(id) else {
            if self.complete {
                let message = format!("unknown abstract {what} `{id}`");
                let unknown = Diagnostic::new(&codes::UNKNOWN_BASE, message);
                let unknown = unknown.at(extends.span(), "");
                found.push(match closest(id, self.by_id.keys().copied()) {
                    Some(word) => unknown.help(format!("did you mean `{word}`?")),
                    None => unknown,
                });
            }
            return Err(());
        };
        let beneath = At::root(&base.tree, map);
        // It has been reported that this is not allowed.
        if is_abstract(beneath) && beneath.get("extends").is_some() {
            return Err(());
        }
        if !is_abstract(beneath) {
            let message = format!("the {what} `{id}` is not abstract");
            found.push(
                Diagnostic::new(&codes::BASE_NOT_ABSTRACT, message)
                    .at(extends.span(), "")
                    .also(beneath.at("id").span(), "this one")
                    .help(format!(
                        "write `abstract: true` in the file of `{id}`; then no code is generated \
                         for it alone"
                    )),
            );
            return Err(());
        }
        let Some(room) = self.room.checked_sub(base.tree.nodes.len()) else {
            let message = format!("the {what}s expand to more than two million keys and values");
            found.push(
                Diagnostic::new(&codes::FILE_TOO_LARGE, message)
                    .at(extends.span(), "of this base")
                    .help("let fewer of them extend it, or make it smaller"),
            );
            return Err(());
        };
        self.room = room;
        Ok(Layers::Over(Walkable {
            file: file.file,
            tree: layer::lay(&base.tree, &file.tree, map),
            sound: file.sound && base.sound,
        }))
    }
}

fn is_abstract(root: At<'_>) -> bool {
    root.get("abstract")
        .is_some_and(|at| at.text() == Some("true"))
}
