//! Finds the lines of the spec files that a finding is about.

use std::collections::BTreeMap;

use crate::report::{Entry, SourcedValue};
use payspec_model::model::Origin;
use payspec_model::source::{FileId, SourceFile, SourceMap};
use payspec_report::{Aligned, Line, Row, SideBySide, apart};

/// The number of lines shown on each side of a change.
const MORE: usize = 2;

/// The files of the two specs that were compared.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'s> {
    /// The files of the old spec.
    pub old: &'s SourceMap,
    /// The files of the new spec.
    pub new: &'s SourceMap,
    /// The names of the two specs: a revision or a folder.
    pub names: [&'s str; 2],
}

/// Removes the indentation that all lines share.
fn outdent(rows: &mut [Row]) {
    let indent = |line: &Line| {
        let text = line.pieces.iter().map(|piece| piece.text.as_str());
        let text: String = text.collect();
        let indent = text.len() - text.trim_start_matches(' ').len();
        (indent < text.len()).then_some(indent)
    };
    let lines = |row: &'_ Row| {
        [
            row.old.as_ref().and_then(indent),
            row.new.as_ref().and_then(indent),
        ]
    };
    let shared = rows.iter().flat_map(lines).flatten().min().unwrap_or(0);
    for row in rows {
        for line in [&mut row.old, &mut row.new].into_iter().flatten() {
            let mut left = shared;
            for piece in &mut line.pieces {
                let spaces = piece.text.len() - piece.text.trim_start_matches(' ').len();
                let cut = spaces.min(left);
                piece.text.drain(..cut);
                left -= cut;
                if !piece.text.is_empty() {
                    break;
                }
            }
        }
    }
}

/// A place in a file as the tools of a repository name it.
pub(super) struct Spot {
    /// The path as the user named it.
    pub(super) file: String,
    /// Line and column, from 1.
    pub(super) line: u32,
    pub(super) column: u32,
}

/// Finds lines in the files, and keeps aligned files for reuse.
pub(super) struct Finder<'s> {
    texts: Texts<'s>,
    aligned: BTreeMap<&'s str, Aligned>,
}

fn file(map: &SourceMap, origin: Origin) -> Option<&SourceFile> {
    map.files().get(origin.file as usize)
}

fn named<'s>(map: &'s SourceMap, path: &str) -> Option<(FileId, &'s SourceFile)> {
    let mut files = map.files().iter().zip(0..);
    let (file, number) = files.find(|(file, _)| file.path() == path)?;
    Some((FileId(number), file))
}

impl<'s> Finder<'s> {
    pub(super) fn new(texts: &Texts<'s>) -> Self {
        Finder {
            texts: *texts,
            aligned: BTreeMap::new(),
        }
    }

    /// Returns the two versions of a file that both specs have.
    fn aligned(&mut self, path: &'s str) -> Option<&Aligned> {
        let (_, old) = named(self.texts.old, path)?;
        let (_, new) = named(self.texts.new, path)?;
        let aligned = self.aligned.entry(path);
        Some(aligned.or_insert_with(|| Aligned::new(&old.shown(), &new.shown())))
    }

    /// Returns the lines of a finding, before and after.
    pub(super) fn sides(&mut self, entry: &Entry) -> SideBySide {
        let texts = self.texts;
        let place = |side: &Option<SourcedValue>, map: &'s SourceMap| {
            let origin = side.as_ref()?.origin?;
            Some((file(map, origin)?, origin.line))
        };
        let old = place(&entry.old, texts.old);
        let new = place(&entry.new, texts.new);
        let line = |side: Option<(_, u32)>| side.map(|(_, line)| line);
        let one_file = match (old, new) {
            (Some((old, _)), Some((new, _))) => (old.path() == new.path()).then_some(old.path()),
            (Some((file, _)), None) | (None, Some((file, _))) => Some(file.path()),
            (None, None) => None,
        };
        let aligned = one_file.and_then(|path| self.aligned(path));
        let mut rows = match aligned {
            Some(aligned) => aligned.around(line(old), line(new), MORE),
            None => {
                let [before, after] =
                    [old, new].map(|side| side.map(|(file, line)| (file.shown(), line)));
                let [before, after] = [&before, &after]
                    .map(|side| side.as_ref().map(|(text, line)| (text.as_str(), *line)));
                apart(before, after, MORE)
            }
        };
        let name = |side: &Option<SourcedValue>| {
            side.as_ref()
                .map_or("", |value| value.spec.as_str())
                .to_owned()
        };
        outdent(&mut rows);
        SideBySide {
            old_name: name(&entry.old),
            new_name: name(&entry.new),
            rows,
        }
    }

    /// Returns the line of a finding in the new spec if that has the file, or else in the old one.
    pub(super) fn spot(&mut self, entry: &Entry) -> Option<Spot> {
        let texts = self.texts;
        let at = |map: &SourceMap, origin: Origin| {
            file(map, origin)?;
            Some(Spot {
                file: map.path(FileId(origin.file)),
                line: origin.line,
                column: origin.column,
            })
        };
        if let Some(origin) = entry.new.as_ref().and_then(|value| value.origin) {
            return at(texts.new, origin);
        }
        let old = entry.old.as_ref()?;
        let Some(origin) = old.origin else {
            let (file, line) = old.spec.rsplit_once(':')?;
            return Some(Spot {
                file: file.to_owned(),
                line: line.parse().ok()?,
                column: 1,
            });
        };
        let path = file(texts.old, origin)?.path();
        let Some((new, _)) = named(texts.new, path) else {
            return at(texts.old, origin);
        };
        Some(Spot {
            file: texts.new.path(new),
            line: self.aligned(path)?.line_in_new(origin.line),
            column: 1,
        })
    }
}
