//! Why a page cannot be read.

/// Why a page cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error(
        "the page is empty\nhelp: save the page with its text, as HTML, Markdown or plain text"
    )]
    Empty,
    /// It is HTML in which elements are nested as in no page.
    #[error("the page nests more than 500 elements\nhelp: save the page as plain text")]
    TooDeep,
    /// It is another kind of file.
    #[error("the file is no text\nhelp: save the page as HTML, Markdown or plain text")]
    Binary,
    /// It is text in another encoding.
    #[error(
        "line {line} is not UTF-8\nhelp: save the page as UTF-8: `iconv -f GB18030 -t UTF-8` converts one in Chinese"
    )]
    Encoding {
        /// The first line that is not.
        line: usize,
    },
}

/// The text of a file.
pub(super) fn text(bytes: &[u8]) -> Result<&str, ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(ReadError::Binary);
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        ReadError::Encoding {
            line: good.iter().filter(|byte| **byte == b'\n').count() + 1,
        }
    })
}
