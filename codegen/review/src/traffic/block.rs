//! Pieces of a file that one thread judges at a time.

use std::io::{self, BufRead, Read};

use super::problem::Problem;

/// Greatest number of bytes of a line or of an entry.
pub(super) const LIMIT: usize = 8 << 20;

/// The number of bytes read at a time.
const BLOCK: usize = 512 << 10;

/// Whole records of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Number of the file.
    pub(super) file: u32,
    /// The bytes of the records.
    pub(super) bytes: Vec<u8>,
    /// The places of the records.
    pub(super) records: Records,
    /// Problems after the records: the line, from 1, or 0 for the whole file, and the reason.
    pub(super) problems: Vec<(u64, Problem)>,
}

/// The places of a block's records.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Records {
    /// One record per line, with the number of the first line.
    Lines(u64),
    /// Entries of a HAR file: the line on which each begins, and where it ends in the bytes.
    Entries(Vec<(u64, usize)>),
}

impl Default for Records {
    fn default() -> Self {
        Records::Lines(1)
    }
}

impl Block {
    /// Calls `visit` with each record and its line. Blank lines are skipped.
    pub(super) fn each(&self, mut visit: impl FnMut(u64, &[u8])) {
        match &self.records {
            Records::Lines(first) => {
                let mut rest = self.bytes.as_slice();
                let mut number = *first;
                while !rest.is_empty() {
                    let (line, behind) = split_line(rest);
                    if !line.is_empty() {
                        visit(number, line);
                    }
                    rest = behind;
                    number += 1;
                }
            }
            Records::Entries(entries) => {
                let mut start = 0;
                for (line, end) in entries {
                    if let Some(entry) = self.bytes.get(start..*end) {
                        visit(*line, entry);
                    }
                    start = *end;
                }
            }
        }
    }
}

/// Splits off the first line, without white space around it.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut behind = bytes;
    // `skip_until` scans whole machine words at a time, and reading from a slice cannot fail.
    let length = behind.skip_until(b'\n').unwrap_or(bytes.len());
    let line = bytes.get(..length).unwrap_or(bytes);
    (line.trim_ascii(), behind)
}

/// Counts the line ends in the bytes, in short pieces so that the compiler can vectorise it.
fn line_ends(bytes: &[u8]) -> u64 {
    let pieces = bytes.chunks(usize::from(u8::MAX));
    let ends = pieces.map(|piece| {
        piece
            .iter()
            .map(|byte| u8::from(*byte == b'\n'))
            .sum::<u8>()
    });
    ends.map(u64::from).sum()
}

/// Reads blocks of whole lines in constant memory.
pub(super) struct Lines<R> {
    stream: R,
    /// The beginning of a line whose end is not read yet.
    rest: Vec<u8>,
    /// The number of the next line, from 1.
    line: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(stream: R) -> Self {
        Lines {
            stream,
            rest: Vec::new(),
            line: 1,
        }
    }

    /// Returns the next lines, or [`None`] at the end.
    pub(super) fn next(&mut self, file: u32) -> io::Result<Option<Block>> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut block = Block {
            file,
            records: Records::Lines(self.line),
            ..Block::default()
        };
        loop {
            let known = bytes.len();
            bytes.reserve(BLOCK);
            let read = (&mut self.stream)
                .take(BLOCK as u64)
                .read_to_end(&mut bytes)?;
            if read == 0 {
                if bytes.is_empty() {
                    return Ok(None);
                }
                break;
            }
            let fresh = bytes.get(known..).unwrap_or_default();
            if let Some(end) = fresh.iter().rposition(|byte| *byte == b'\n') {
                self.rest = bytes.split_off(known + end + 1);
                break;
            }
            if bytes.len() > LIMIT {
                bytes.clear();
                self.stream.skip_until(b'\n')?;
                block.problems.push((self.line, Problem::TooLong));
                self.line += 1;
                return Ok(Some(block));
            }
        }
        self.line += line_ends(&bytes);
        block.bytes = bytes;
        Ok(Some(block))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn read(bytes: &[u8]) -> Vec<(u64, String)> {
        let mut lines = Lines::new(BufReader::new(bytes));
        let mut all = Vec::new();
        while let Some(block) = lines.next(0).expect("memory cannot fail") {
            block.each(|line, record| {
                let record = String::from_utf8_lossy(record).chars().take(20).collect();
                all.push((line, record));
            });
            let problems = block.problems.iter();
            all.extend(problems.map(|(line, problem)| (*line, problem.to_string())));
        }
        all
    }

    fn at(line: u64, text: &str) -> (u64, String) {
        (line, text.to_owned())
    }

    #[test]
    fn lines_have_their_numbers() {
        assert_eq!(read(b""), []);
        assert_eq!(read(b"\n\r\n  \n"), []);
        assert_eq!(read(b"a"), [at(1, "a")]);
        assert_eq!(read(b"a\r\n\n b \nc"), [at(1, "a"), at(3, "b"), at(4, "c")]);
    }

    #[test]
    fn a_line_over_several_blocks_is_whole() {
        let long = "x".repeat(3 * BLOCK + 7);
        let text = format!("a\n{long}\nb\n");
        let found = read(text.as_bytes());
        assert_eq!(found, [at(1, "a"), at(2, &"x".repeat(20)), at(3, "b")]);
    }

    #[test]
    fn a_line_without_end_is_skipped() {
        let mut text = b"a\n".to_vec();
        text.resize(LIMIT + 2 * BLOCK, b'x');
        text.extend_from_slice(b"\nb\n");
        assert_eq!(
            read(&text),
            [at(1, "a"), at(2, &Problem::TooLong.to_string()), at(3, "b")]
        );
    }
}
