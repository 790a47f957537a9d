//! Splits a HAR file into its entries without holding the file in memory.

use std::io::{self, BufRead};

use super::block::{Block, LIMIT, Records};
use super::problem::Problem;

/// The number of bytes of entries that make a block.
const BLOCK: usize = 512 << 10;

/// Reads blocks of whole entries.
pub(super) struct Entries<R> {
    stream: R,
    scanner: Scanner,
    is_over: bool,
}

/// Tracks brackets and strings, and finds the members `log` and `entries`.
#[derive(Debug)]
struct Scanner {
    /// The number of open brackets.
    depth: usize,
    /// The depth of the array of entries, once it is open.
    entries: Option<usize>,
    has_seen_entries: bool,
    text: Text,
    /// The last string above the entries, which may be a member name.
    name: Vec<u8>,
    /// True if the member open at depth 1 is `log`.
    in_log: bool,
    /// The line of the next byte, from 1.
    line: u64,
    /// The line on which the open entry begins.
    start: u64,
    /// True if the open entry is longer than the limit.
    too_long: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    Outside,
    Inside,
    Escape,
}

/// The number of bytes kept of a name, enough for `log` and `entries`.
const NAME: usize = 16;

impl<R: BufRead> Entries<R> {
    pub(super) fn new(stream: R) -> Self {
        let scanner = Scanner {
            depth: 0,
            entries: None,
            has_seen_entries: false,
            text: Text::Outside,
            name: Vec::new(),
            in_log: false,
            line: 1,
            start: 1,
            too_long: false,
        };
        Entries {
            stream,
            scanner,
            is_over: false,
        }
    }

    /// Returns the next entries, or [`None`] at the end.
    pub(super) fn next(&mut self, file: u32) -> io::Result<Option<Block>> {
        if self.is_over {
            return Ok(None);
        }
        let mut ends = Vec::new();
        let mut block = Block {
            file,
            ..Block::default()
        };
        // The start of the open entry in the bytes.
        while block.bytes.len() < BLOCK || self.scanner.is_in_entry() {
            let chunk = match self.stream.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                self.is_over = true;
                let at = self.scanner.line;
                let problem = if !self.scanner.has_seen_entries {
                    Some((0, Problem::NoEntries))
                } else {
                    (self.scanner.depth > 0).then_some((at, Problem::Truncated))
                };
                block.problems.extend(problem);
                let whole = ends.last().map_or(0, |(_, end)| *end);
                block.bytes.truncate(whole);
                break;
            }
            let used = self.scanner.chunk(chunk, &mut block, &mut ends);
            self.stream.consume(used);
        }
        block.records = Records::Entries(ends);
        Ok(Some(block))
    }
}

impl Scanner {
    fn is_in_entry(&self) -> bool {
        self.entries.is_some_and(|entries| self.depth > entries)
    }

    /// Reads bytes up to the end of one entry, and returns how many it read.
    fn chunk(&mut self, chunk: &[u8], block: &mut Block, ends: &mut Vec<(u64, usize)>) -> usize {
        let mut from = self.is_in_entry().then_some(0);
        for (at, byte) in chunk.iter().enumerate() {
            let was_in = self.is_in_entry();
            let line = self.line;
            self.byte(*byte);
            match (was_in, self.is_in_entry()) {
                (false, true) => {
                    self.start = line;
                    from = Some(at);
                }
                (true, false) => {
                    self.keep(chunk.get(from.unwrap_or(at)..=at), block, ends);
                    if std::mem::take(&mut self.too_long) {
                        block.problems.push((self.start, Problem::TooLong));
                    } else {
                        ends.push((self.start, block.bytes.len()));
                    }
                    return at + 1;
                }
                (true, true) | (false, false) => {}
            }
        }
        if let Some(from) = from {
            self.keep(chunk.get(from..), block, ends);
        }
        chunk.len()
    }

    /// Keeps bytes of the open entry, unless there are too many.
    fn keep(&mut self, bytes: Option<&[u8]>, block: &mut Block, ends: &[(u64, usize)]) {
        let whole = ends.last().map_or(0, |(_, end)| *end);
        let bytes = bytes.unwrap_or_default();
        self.too_long |= block.bytes.len() - whole + bytes.len() > LIMIT;
        if self.too_long {
            block.bytes.truncate(whole);
        } else {
            block.bytes.extend_from_slice(bytes);
        }
    }

    fn byte(&mut self, byte: u8) {
        if byte == b'\n' {
            self.line += 1;
        }
        let is_above = !self.is_in_entry();
        match (self.text, byte) {
            (Text::Escape, _) => self.text = Text::Inside,
            (Text::Inside, b'\\') => self.text = Text::Escape,
            (Text::Inside, b'"') => self.text = Text::Outside,
            (Text::Inside, _) => {
                if is_above && self.name.len() < NAME {
                    self.name.push(byte);
                }
            }
            (Text::Outside, b'"') => {
                self.text = Text::Inside;
                self.name.clear();
            }
            (Text::Outside, b'{' | b'[') => {
                if is_above {
                    self.open(byte);
                }
                self.depth += 1;
            }
            (Text::Outside, b'}' | b']') => {
                self.depth = self.depth.saturating_sub(1);
                if self.entries.is_some_and(|entries| self.depth < entries) {
                    self.entries = None;
                }
            }
            (Text::Outside, _) => {}
        }
    }

    /// Handles an opening bracket above the entries: remembers whether it opens `log` or `entries`.
    fn open(&mut self, bracket: u8) {
        match self.depth {
            1 => self.in_log = bracket == b'{' && self.name == b"log",
            2 if self.in_log && bracket == b'[' && self.name == b"entries" => {
                self.entries = Some(3);
                self.has_seen_entries = true;
            }
            _ => {}
        }
        self.name.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn read(text: &str, chunk: usize) -> Vec<(u64, String)> {
        let mut entries = Entries::new(BufReader::with_capacity(chunk, text.as_bytes()));
        let mut all = Vec::new();
        while let Some(block) = entries.next(0).expect("memory cannot fail") {
            block.each(|line, entry| {
                all.push((line, String::from_utf8_lossy(entry).into_owned()));
            });
            let problems = block.problems.iter();
            all.extend(problems.map(|(line, problem)| (*line, problem.to_string())));
        }
        all
    }

    #[test]
    fn entries_are_cut_out() {
        let har = "{\"log\": {\"pages\": [{\"entries\": [{}]}], \"creator\": {\"name\": \"entries\"},\n\
                   \"entries\": [\n {\"a\": \"}]\\\"\"},\n {\"b\": [{}]}], \"x\": [{}]}}\n";
        for chunk in [1, 2, 7, 1024] {
            let entries = [
                (3, "{\"a\": \"}]\\\"\"}".to_owned()),
                (4, "{\"b\": [{}]}".to_owned()),
            ];
            assert_eq!(read(har, chunk), entries, "{chunk}");
        }
    }

    #[test]
    fn what_is_not_whole_is_reported() {
        let cut = "{\"log\":{\"entries\":[{\"a\":1},\n{\"b\":";
        let found = read(cut, 5);
        assert_eq!(found[0], (1, "{\"a\":1}".to_owned()));
        assert_eq!(found[1], (2, "the file ends within an entry".to_owned()));
        let none = read("{\"log\":{}}", 3);
        assert_eq!(
            none,
            [(
                0,
                "the file is not HAR: `log.entries` is missing".to_owned()
            )]
        );
    }

    #[test]
    fn an_entry_without_end_is_skipped() {
        let long = "x".repeat(LIMIT + 10);
        let har = format!("{{\"log\":{{\"entries\":[{{\"a\":\"{long}\"}},{{}}]}}}}");
        let found = read(&har, 1 << 16);
        assert!(found.contains(&(1, "{}".to_owned())), "{}", found.len());
        assert!(found.contains(&(1, "the line or entry is longer than 8 MiB".to_owned())));
        assert_eq!(found.len(), 2);
    }
}
