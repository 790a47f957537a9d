//! The texts of the files of a spec, and positions in them.

use std::sync::OnceLock;

use crate::model::Origin;

/// Number of a file in a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A span of a file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// Makes the span from `start` up to `end`.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Span {
            file,
            start,
            end: end.max(start),
        }
    }
}

/// A position for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// Line, from 1.
    pub(crate) line: u32,
    /// Column in characters, from 1.
    pub(crate) column: u32,
}

/// One file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: String,
    text: String,
    line_starts: Vec<u32>,
    /// The number of characters before every [`STEP`]th byte, to find columns quickly in long lines
    /// too. Counted when a position is first asked for.
    marks: OnceLock<Vec<u32>>,
    hidden: Vec<(u32, u32)>,
}

impl SourceFile {
    /// Returns its path from the spec folder.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the text with every byte of a sensitive value replaced by `*`.
    pub fn shown(&self) -> String {
        let mut text = self.text.clone().into_bytes();
        for &(start, end) in &self.hidden {
            for byte in &mut text[start as usize..end as usize] {
                if *byte != b'\n' && *byte != b'\r' {
                    *byte = b'*';
                }
            }
        }
        String::from_utf8(text).unwrap_or_default()
    }

    fn line(&self, offset: u32) -> usize {
        self.line_starts.partition_point(|start| *start <= offset) - 1
    }

    fn position(&self, offset: u32) -> Position {
        let offset = offset.min(self.text.len() as u32);
        let line = self.line(offset);
        let start = self.line_starts[line];
        let column = match self.text.as_bytes().get(start as usize..offset as usize) {
            Some(before) if before.len() < STEP => starts(before),
            _ => self.characters(offset) - self.characters(start),
        };
        Position {
            line: line as u32 + 1,
            column: column + 1,
        }
    }

    /// Returns the number of characters that start before a byte.
    fn characters(&self, offset: u32) -> u32 {
        let offset = offset as usize;
        let mark = offset / STEP;
        self.marks()[mark] + starts(&self.text.as_bytes()[mark * STEP..offset])
    }

    fn marks(&self) -> &[u32] {
        self.marks.get_or_init(|| {
            let mut marks = vec![0];
            for chunk in self.text.as_bytes().chunks_exact(STEP) {
                let before = marks.last().copied().unwrap_or_default();
                marks.push(before + starts(chunk));
            }
            marks
        })
    }

    /// Returns the byte at a position, or the end of the text.
    fn offset(&self, line: u32, column: u32) -> usize {
        let line = line.max(1) as usize - 1;
        let start = self.line_starts.get(line).copied().unwrap_or_default();
        let wanted = self.characters(start) + column.max(1) - 1;
        let mark = self.marks().partition_point(|before| *before <= wanted) - 1;
        let mut before = self.marks()[mark];
        for (at, byte) in self.text.bytes().enumerate().skip(mark * STEP) {
            if is_start(byte) {
                if before == wanted {
                    return at;
                }
                before += 1;
            }
        }
        self.text.len()
    }
}

/// Distance of the marks in a file, in bytes.
const STEP: usize = 1024;

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| is_start(**byte)).count() as u32
}

/// The files that were read, by number.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    root: String,
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Makes a map of the files in the folder that the user names `root`.
    pub fn new(root: String) -> Self {
        SourceMap {
            root,
            files: Vec::new(),
        }
    }

    /// Adds a file by its path from the spec folder.
    pub fn add(&mut self, path: &str, text: String) -> FileId {
        let lines = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
        let line_starts = std::iter::once(0).chain(lines).collect();
        self.files.push(SourceFile {
            path: path.to_owned(),
            text,
            line_starts,
            marks: OnceLock::new(),
            hidden: Vec::new(),
        });
        FileId(self.files.len() as u32 - 1)
    }

    /// Hides a span in all output. It must end at character boundaries.
    pub(crate) fn hide(&mut self, span: Span) {
        let file = &mut self.files[span.file.0 as usize];
        let (start, end) = (span.start as usize, span.end as usize);
        if file.text.is_char_boundary(start) && file.text.is_char_boundary(end) {
            file.hidden.push((span.start, span.end));
        }
    }

    /// Returns the file with this number.
    pub fn file(&self, file: FileId) -> &SourceFile {
        &self.files[file.0 as usize]
    }

    /// Returns the files in the order in which they were read.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Returns the text of a file.
    pub fn text(&self, file: FileId) -> &str {
        &self.file(file).text
    }

    /// Returns the path of a file as the user would write it: below the spec folder as they named it.
    pub fn path(&self, file: FileId) -> String {
        format!("{}/{}", self.root, self.file(file).path)
    }

    /// Returns the paths from the spec folder's own name on, by file number: the same wherever the
    /// folder is.
    pub fn names(&self) -> Vec<String> {
        let name = self.root.rsplit('/').next().unwrap_or_default();
        let name = if matches!(name, "" | "." | "..") {
            "spec"
        } else {
            name
        };
        let paths = self
            .files
            .iter()
            .map(|file| format!("{name}/{}", file.path));
        paths.collect()
    }

    /// Returns the positions of the start and the end of a span.
    pub(crate) fn positions(&self, span: Span) -> (Position, Position) {
        let file = self.file(span.file);
        (file.position(span.start), file.position(span.end))
    }

    /// Returns the origin of the start of a span.
    pub fn origin(&self, span: Span) -> Origin {
        let position = self.file(span.file).position(span.start);
        Origin {
            file: span.file.0,
            line: position.line,
            column: position.column,
        }
    }

    /// Returns the span of the word at an origin: a key without its colon, or the rest of the line.
    pub(crate) fn word_at(&self, origin: Origin) -> Span {
        let id = FileId(origin.file);
        let Some(file) = self.files.get(origin.file as usize) else {
            return Span::new(id, 0, 0);
        };
        let start = file.offset(origin.line, origin.column);
        let rest = file.text[start..].lines().next().unwrap_or_default();
        let word = match rest
            .find(": ")
            .or_else(|| rest.strip_suffix(':').map(str::len))
        {
            Some(end) => &rest[..end],
            None => rest.trim_end(),
        };
        Span::new(id, start as u32, (start + word.len()) as u32)
    }
}
