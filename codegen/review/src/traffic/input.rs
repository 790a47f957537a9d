//! Reads the files of recorded messages, as blocks in their order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use super::block::{Block, Lines};
use super::har::Entries;
use super::problem::{Binary, Problem};

/// The number of bytes from which the format of a file is detected.
const HEAD: usize = 64 << 10;

/// Files of recorded messages: JSON lines or HAR, distinguished by their first bytes. `-` is standard input.
#[derive(Debug, Clone)]
pub struct Input {
    files: Vec<PathBuf>,
}

impl Input {
    /// Uses these files, in this order.
    pub fn new(files: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Input {
            files: files.into_iter().map(Into::into).collect(),
        }
    }

    /// Returns the name of a file in reports.
    pub(super) fn name(&self, file: u32) -> String {
        match self.files.get(file as usize) {
            Some(path) if path.as_os_str() == "-" => "<stdin>".to_owned(),
            Some(path) => path.display().to_string(),
            None => String::new(),
        }
    }

    pub(super) fn blocks(&self) -> Blocks<'_> {
        Blocks {
            input: self,
            next: 0,
            open: None,
        }
    }
}

/// Reads one block after the other.
pub(super) struct Blocks<'i> {
    input: &'i Input,
    /// The number of the next file.
    next: u32,
    open: Option<Open>,
}

type Stream = io::Chain<io::Cursor<Vec<u8>>, Box<dyn BufRead + Send>>;

struct Open {
    file: u32,
    reader: Reader,
}

enum Reader {
    Lines(Lines<Stream>),
    Entries(Entries<Stream>),
}

impl Blocks<'_> {
    /// Returns the next block, or [`None`] after the last file. If a file breaks off, its last
    /// block has the problem.
    pub(super) fn next(&mut self) -> Option<Block> {
        loop {
            let Some(open) = &mut self.open else {
                let file = self.next;
                let path = self.input.files.get(file as usize)?;
                self.next += 1;
                match opened(path, file) {
                    Ok(open) => self.open = Some(open),
                    Err(problem) => return Some(failed(file, problem)),
                }
                continue;
            };
            let file = open.file;
            let block = match &mut open.reader {
                Reader::Lines(lines) => lines.next(file),
                Reader::Entries(entries) => entries.next(file),
            };
            match block {
                Ok(Some(block)) => return Some(block),
                Ok(None) => self.open = None,
                Err(error) => {
                    self.open = None;
                    return Some(failed(file, Problem::Io(error.to_string())));
                }
            }
        }
    }
}

/// Makes a block that only reports a problem with a file.
fn failed(file: u32, problem: Problem) -> Block {
    Block {
        file,
        problems: vec![(0, problem)],
        ..Block::default()
    }
}

fn opened(path: &PathBuf, file: u32) -> Result<Open, Problem> {
    let unread = |error: io::Error| Problem::Io(error.to_string());
    let mut stream: Box<dyn BufRead + Send> = if path.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        let opened = File::open(path).map_err(unread)?;
        if opened.metadata().map_err(unread)?.is_dir() {
            return Err(Problem::Directory);
        }
        Box::new(BufReader::with_capacity(1 << 16, opened))
    };
    let mut head = Vec::new();
    let limit = HEAD as u64;
    (&mut stream)
        .take(limit)
        .read_to_end(&mut head)
        .map_err(unread)?;
    if let Some(binary) = binary(&head) {
        return Err(Problem::Binary(binary));
    }
    if head.starts_with(MARK) {
        head.drain(..MARK.len());
    }
    let is_har = is_har(&head);
    if head.trim_ascii().is_empty() && head.len() < HEAD {
        return Err(Problem::Empty);
    }
    let stream = io::Cursor::new(head).chain(stream);
    let reader = match is_har {
        true => Reader::Entries(Entries::new(stream)),
        false => Reader::Lines(Lines::new(stream)),
    };
    Ok(Open { file, reader })
}

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

fn binary(head: &[u8]) -> Option<Binary> {
    match head {
        [0x1f, 0x8b, ..] => Some(Binary::Gzip),
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] => Some(Binary::Utf16),
        [0, b'{', ..] | [b'{', 0, ..] => Some(Binary::Utf16),
        head if head.contains(&0) => Some(Binary::Other),
        _ => None,
    }
}

/// Returns whether the first member of the first object is `log`.
fn is_har(head: &[u8]) -> bool {
    let name = head.trim_ascii_start().strip_prefix(b"{");
    let name = name.map(<[u8]>::trim_ascii_start);
    let behind = name.and_then(|name| name.strip_prefix(b"\"log\""));
    behind.is_some_and(|behind| behind.trim_ascii_start().starts_with(b":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_distinguished_by_their_first_bytes() {
        assert!(is_har(b" {\n \"log\" : {"));
        for lines in [
            "{\"operation\":\"log\"}",
            "{\"logs\":1}",
            "[]",
            "",
            "{\"log\"",
        ] {
            assert!(!is_har(lines.as_bytes()), "{lines}");
        }
        assert_eq!(binary(b"\x1f\x8b\x08"), Some(Binary::Gzip));
        assert_eq!(binary(b"\xff\xfe{\0"), Some(Binary::Utf16));
        assert_eq!(binary(b"PK\x03\0"), Some(Binary::Other));
        assert_eq!(binary("{\"é\":1}".as_bytes()), None);
    }
}
