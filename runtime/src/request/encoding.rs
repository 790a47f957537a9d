//! Percent-encoding of texts in a path or query.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3: every reader takes the rest for the same text, in a path
/// as in a query.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends a text.
pub(super) fn encode(to: &mut String, text: &str) {
    to.extend(utf8_percent_encode(text, ENCODED));
}

/// Returns the text of a segment of a path; [`None`] if it is not UTF-8.
pub(super) fn decode_segment(segment: &str) -> Option<String> {
    let decoded = percent_decode(segment.as_bytes()).decode_utf8();
    decoded.ok().map(Into::into)
}

/// Returns the text of a name or value in a query, where `+` is a space; [`None`] if it is not UTF-8.
pub(super) fn decode_query(text: &str) -> Option<String> {
    decode_segment(&text.replace('+', " "))
}
