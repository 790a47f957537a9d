//! Reads raw HTTP/1.1, with line ends of either kind.

use super::super::message::{Exchange, Field, Message, Start};
use super::bytes::{latin1, settle};
use super::error::CaptureError;

/// Reads a request, a response, or a response after its request.
pub(super) fn read(capture: &[u8]) -> Result<Exchange, CaptureError> {
    let mut exchange = Exchange::default();
    let mut rest = Some(capture);
    let mut line = 1;
    while let Some(bytes) = rest {
        let mut head = head(bytes, line)?;
        let body = &bytes[head.length..];
        line += head.lines;
        let end = next_message(&head.message, body);
        rest = end.map(|end| &body[end..]);
        let own = end.map_or(body, |end| &body[..end]);
        line += own.iter().filter(|byte| **byte == b'\n').count();
        let is_chunked = head.message.value("transfer-encoding");
        let is_chunked = is_chunked.is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
        let whole = is_chunked.then(|| unchunked(own)).flatten();
        head.message.body = Some(whole.unwrap_or_else(|| own.to_vec()));
        settle(&mut head.message);
        match head.message.start {
            Start::Request { .. } => exchange.request = Some(head.message),
            // An interim response, such as `100 Continue`, does not count.
            Start::Response { status: 100..200 } => {}
            Start::Response { .. } => exchange.response = Some(head.message),
        }
    }
    Ok(exchange)
}

struct Head {
    message: Message,
    /// The number of bytes, including the blank line.
    length: usize,
    lines: usize,
}

/// Reads the first line and the headers; `number` is the line of the file at which they begin.
fn head(bytes: &[u8], number: usize) -> Result<Head, CaptureError> {
    let (mut length, mut lines) = (0, 0);
    let mut start = None;
    let mut headers: Vec<Field> = Vec::new();
    for raw in bytes.split_inclusive(|byte| *byte == b'\n') {
        length += raw.len();
        let at = number + lines;
        lines += 1;
        let text = latin1(raw);
        let text = text.trim_end_matches(['\r', '\n']);
        if start.is_none() {
            match text.trim() {
                // Blank lines may precede a message.
                "" => {}
                line => start = Some(first_line(line).ok_or(CaptureError::Start(at))?),
            }
        } else if text.is_empty() {
            break;
        } else {
            add_header(text, &mut headers).ok_or(CaptureError::Header(at))?;
        }
    }
    let start = start.ok_or(CaptureError::Start(number))?;
    let message = Message {
        start,
        headers,
        body: None,
    };
    Ok(Head {
        message,
        length,
        lines,
    })
}

/// Parses the first line of a message. A request may lack the version, because people leave it out.
pub(super) fn first_line(line: &str) -> Option<Start> {
    let mut words = line.split_ascii_whitespace();
    let (first, second) = (words.next()?, words.next()?);
    if first.starts_with("HTTP/") {
        let status = second.parse().ok()?;
        return Some(Start::Response { status });
    }
    let is_target = second.starts_with('/') || second.contains("://");
    let is_method = first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_end = match words.next() {
        None => true,
        Some(version) => version.starts_with("HTTP/") && words.next().is_none(),
    };
    (is_target && is_method && is_end).then(|| Start::Request {
        method: first.to_owned(),
        target: second.to_owned(),
    })
}

/// Adds a line of the head to the headers: a new header, or the continuation of the last one.
pub(super) fn add_header(line: &str, headers: &mut Vec<Field>) -> Option<()> {
    if line.starts_with([' ', '\t']) {
        let last = headers.last_mut()?;
        last.value += " ";
        last.value += line.trim();
        last.folded = true;
        return Some(());
    }
    // In HTTP/2, names that begin with a colon hold the parts of the first line.
    let name_end = line.get(1..)?.find(':')? + 1;
    let (name, value) = line.split_at(name_end);
    headers.push(Field {
        name: name.trim().to_owned(),
        value: value[1..].trim().to_owned(),
        folded: false,
    });
    Some(())
}

/// Returns the start of the next message, after a body whose length is stated.
fn next_message(message: &Message, body: &[u8]) -> Option<usize> {
    let length = message.stated_length().unwrap_or(0);
    let behind = body.get(length..)?;
    let blank = behind.iter().take_while(|byte| byte.is_ascii_whitespace());
    let start = length + blank.count();
    body.get(start..)?.starts_with(b"HTTP/").then_some(start)
}

/// Decodes a body that was sent in chunks, if the capture shows the chunks.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    let mut rest = body;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let size = latin1(&rest[..end]);
        let size = size.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n")?;
    }
}
