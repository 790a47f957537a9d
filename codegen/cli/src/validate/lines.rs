//! Reads a stream line by line in constant memory.

use std::io::{self, BufRead};

/// The largest size of a message, in bytes.
pub(super) const LIMIT: usize = 8 << 20;

/// A line of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The line is in the buffer, without its end.
    Read,
    /// The line is longer than the limit and was skipped.
    TooLong,
    /// The stream has ended.
    End,
}

/// Reads the next line into the buffer.
pub(super) fn next_line(
    stream: &mut impl BufRead,
    line: &mut Vec<u8>,
    limit: usize,
) -> io::Result<Line> {
    line.clear();
    let mut too_long = false;
    let mut any = false;
    loop {
        let chunk = match stream.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() && !any {
            return Ok(Line::End);
        }
        any = true;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        too_long |= line.len() + part.len() > limit;
        if !too_long {
            line.extend_from_slice(part);
        }
        let done = end.is_some() || chunk.is_empty();
        let used = part.len() + usize::from(end.is_some());
        stream.consume(used);
        if done {
            return Ok(if too_long { Line::TooLong } else { Line::Read });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn read(text: &str, chunk: usize) -> Vec<String> {
        let mut stream = BufReader::with_capacity(chunk, text.as_bytes());
        let mut line = Vec::new();
        let mut all = Vec::new();
        loop {
            match next_line(&mut stream, &mut line, 4).expect("memory cannot fail") {
                Line::Read => all.push(String::from_utf8_lossy(&line).into_owned()),
                Line::TooLong => all.push("too long".to_owned()),
                Line::End => return all,
            }
        }
    }

    #[test]
    fn lines_of_any_length() {
        for chunk in 1..8 {
            assert_eq!(
                read("ab\n\nabcde\nabcd\nx", chunk),
                ["ab", "", "too long", "abcd", "x"]
            );
            assert_eq!(read("", chunk), Vec::<String>::new());
            assert_eq!(read("a\n", chunk), ["a"]);
            assert_eq!(read("abcdefghi", chunk), ["too long"]);
        }
    }
}
