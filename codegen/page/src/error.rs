//! Errors about pages that cannot be read.

use std::borrow::Cow;

/// The reason why a page cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The page is empty.
    #[error(
        "the page is empty\nhelp: save the page with its text, as HTML, Markdown or plain text"
    )]
    Empty,
    /// The page is HTML whose elements are nested too deeply.
    #[error("the page nests more than 500 elements\nhelp: save the page as plain text")]
    TooDeep,
    /// The file is not text.
    #[error(
        "the file is not text\nhelp: save the page as HTML, Markdown or plain text; `iconv -f UTF-16LE -t UTF-8` converts one in UTF-16"
    )]
    Binary,
    /// The text has another encoding.
    #[error(
        "line {line} is not UTF-8\nhelp: save the page as UTF-8: `iconv -f GB18030 -t UTF-8` converts one in Chinese, `-f WINDOWS-1252` one in English"
    )]
    Encoding {
        /// The first line with the error.
        line: usize,
    },
}

/// Decodes the text of a file: UTF-8, or UTF-16 after a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    let (is_little, wide) = match bytes {
        [0xff, 0xfe, rest @ ..] => (true, Some(rest)),
        [0xfe, 0xff, rest @ ..] => (false, Some(rest)),
        _ => (false, None),
    };
    if let Some(bytes) = wide {
        let unit = if is_little {
            u16::from_le_bytes
        } else {
            u16::from_be_bytes
        };
        let (units, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|pair| unit(*pair)).collect();
        let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
        return text.map(Cow::Owned).ok_or(ReadError::Binary);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(ReadError::Binary);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        ReadError::Encoding {
            line: good.iter().filter(|byte| **byte == b'\n').count() + 1,
        }
    });
    text.map(Cow::Borrowed)
}
