//! The texts of signatures in other encodings than the documented one.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use payspec_runtime::TextEncoding;

use super::secret::decoded;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// Bytes that a text may stand for, with a text about the encoding.
pub(super) type Spelled = (String, Vec<u8>);

/// Returns the bytes that a text may stand for.
pub(super) fn other_encodings(expected: TextEncoding, text: &str) -> Vec<Spelled> {
    let standard = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
    let url_safe = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);
    let mut found = Vec::new();
    let mut add = |detail: &str, bytes: Option<Vec<u8>>| {
        found.extend(bytes.map(|bytes| (detail.to_owned(), bytes)));
    };
    if expected == TextEncoding::Base64 {
        add(
            "it is written in hex digits",
            decoded(TextEncoding::Hex, text),
        );
    }
    add("it is written in base64", standard.decode(text).ok());
    add(
        "it is written in the URL-safe alphabet of base64",
        url_safe.decode(text).ok(),
    );
    let quoted = text.trim_matches(['"', '\'', ' ']);
    let named = quoted.split_once('=').map_or(quoted, |(_, rest)| rest);
    for bare in [quoted, named] {
        if bare != text {
            add("it has other characters around it", decoded(expected, bare));
        }
    }
    // The text of hex digits was encoded once more.
    let inner = standard.decode(text).ok();
    let inner = inner.and_then(|bytes| String::from_utf8(bytes).ok());
    add(
        "it is base64 of hex digits",
        inner.and_then(|inner| decoded(TextEncoding::Hex, &inner)),
    );
    found
}
