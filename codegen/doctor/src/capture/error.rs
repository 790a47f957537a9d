//! The errors of captures.

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
