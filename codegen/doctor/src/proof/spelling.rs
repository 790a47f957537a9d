//! The texts of signatures in other encodings than the documented one.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use payspec_model::model::MessageProof;
use payspec_runtime::TextEncoding;
use percent_encoding::percent_decode_str;

use super::secret::decoded;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// Bytes that a text may stand for, with a text about the encoding.
pub(super) type Spelled = (String, Vec<u8>);

/// Returns the bytes of a text in the documented encoding.
pub(super) fn expected(proof: &MessageProof, text: &str) -> Option<Vec<u8>> {
    match proof.percent_encoded {
        true if text.contains(BARE) => None,
        true => decoded(proof.encoding, &percent_decoded(text)?),
        false => decoded(proof.encoding, text),
    }
}

/// Returns the bytes that a text in another encoding may stand for.
pub(super) fn other_encodings(proof: &MessageProof, text: &str) -> Vec<Spelled> {
    let once = percent_decoded(text).filter(|once| once != text);
    let twice = once.as_deref().and_then(percent_decoded);
    let twice = twice.filter(|twice| Some(twice) != once.as_ref());
    let read = |text: Option<&str>| decoded(proof.encoding, text?);
    let wrong = match proof.percent_encoded {
        true => [
            ("it is percent-encoded twice", read(twice.as_deref())),
            (
                "it is not percent-encoded",
                read(Some(text).filter(|text| text.contains(BARE))),
            ),
        ],
        false => [
            ("it is percent-encoded", read(once.as_deref())),
            ("it is percent-encoded twice", read(twice.as_deref())),
        ],
    };
    let wrong = wrong.into_iter();
    let mut found: Vec<Spelled> = wrong
        .filter_map(|(detail, bytes)| Some((detail.to_owned(), bytes?)))
        .collect();
    let text = match proof.percent_encoded {
        true => once.as_deref().unwrap_or(text),
        false => text,
    };
    found.extend(other_texts(proof.encoding, text));
    found
}

/// The characters of base64 that percent-encoding replaces.
const BARE: [char; 3] = ['+', '/', '='];

/// Decodes percent-encoding once.
fn percent_decoded(text: &str) -> Option<String> {
    let text = percent_decode_str(text).decode_utf8().ok()?;
    Some(text.into_owned())
}

fn other_texts(expected: TextEncoding, text: &str) -> Vec<Spelled> {
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
