//! Reads captures in the forms that people have them.

mod bytes;
mod curl;
mod error;
mod har;
mod raw;

pub use error::CaptureError;

use super::message::Exchange;

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
