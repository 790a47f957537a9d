//! Reads captures in the forms that people have them.

mod curl;
mod har;
mod raw;

use super::message::{Exchange, Message};

/// Reads a capture: raw HTTP (a request, a response, or a response after its request), the output of `curl -v`,
/// a HAR file or one of its entries.
///
/// ```
/// use payspec_doctor::{Start, read};
///
/// let capture = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}\n";
/// let exchanges = read(capture)?;
/// let response = exchanges[0].response.as_ref().ok_or("no response")?;
/// assert_eq!(response.start, Start::Response { status: 200 });
/// assert_eq!(response.body.as_deref(), Some(&b"{}"[..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the capture has none of these forms.
pub fn read(capture: &[u8]) -> Result<Vec<Exchange>, CaptureError> {
    let capture = capture.strip_prefix(b"\xef\xbb\xbf").unwrap_or(capture);
    let first = capture.iter().find(|byte| !byte.is_ascii_whitespace());
    match first {
        None => Err(CaptureError::Empty),
        Some(b'{' | b'[') => har::read(capture),
        Some(b'*' | b'>' | b'<') => curl::read(capture).map(|one| vec![one]),
        Some(_) => raw::read(capture).map(|one| vec![one]),
    }
}

/// A capture cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaptureError {
    /// The capture is empty.
    #[error("the capture is empty")]
    Empty,
    /// The first line is not a line of HTTP.
    #[error(
        "line {0} is neither `METHOD PATH HTTP/1.1` nor `HTTP/1.1 STATUS`: a capture is raw HTTP, the \
         output of `curl -v`, or a HAR file"
    )]
    Start(usize),
    /// A line of the head is not a header.
    #[error("line {0} is not a header: expected `Name: value` before the blank line")]
    Header(usize),
    /// The JSON is not a HAR file.
    #[error("not a HAR file: expected `log.entries`, or one entry with `request`")]
    NoHar,
    /// The output of curl shows no message.
    #[error("the output of curl shows neither a request nor a response: it needs `-v`")]
    NoCurl,
}

/// Removes a line end after the body if the stated length shows that it was not sent: files often end with one.
fn settle(message: &mut Message) {
    let stated = message.stated_length();
    let Some(body) = &mut message.body else {
        return;
    };
    let surplus = stated.and_then(|length| body.get(length..));
    if let Some(surplus @ (b"\n" | b"\r\n")) = surplus {
        body.truncate(body.len() - surplus.len());
    }
}

/// Converts bytes to a text of the same length, with one character per byte.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
