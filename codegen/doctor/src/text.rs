//! Repairs the text of a signature, so that it can be read.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use payspec_runtime::client::{BadSignatureHeader, SignatureHeader};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::case::Case;
use payspec_model::signing::PairKeys;

/// Base64 with or without its padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A text that is closer to the documented spelling, and a description of the repair; [`None`] if it needs no
/// repair.
pub(super) type Repair = Option<(String, String)>;

/// Returns the values of the pairs with this key.
pub(super) fn pairs<'t>(header: &'t str, key: &str) -> Vec<&'t str> {
    let pairs = header.split(',').filter_map(|pair| pair.split_once('='));
    let named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case(key));
    named.map(|(_, value)| value.trim()).collect()
}

/// Returns the text of the signature in its header: the value of its pair, or the whole header if it has no
/// pairs.
pub(super) fn of_header<'t>(header: &'t str, keys: &PairKeys<'_>) -> Option<&'t str> {
    match pairs(header, keys.signature).first() {
        Some(text) => Some(*text),
        None if pairs(header, keys.algorithm).is_empty() => Some(header.trim()),
        None => None,
    }
}

/// Decodes a text in the documented spelling.
pub(super) fn read(case: &Case<'_>, text: &str) -> Result<Vec<u8>, BadSignatureHeader> {
    let keys = case.signing.pair_keys();
    let header = format!("{}=x,{}={text}", keys.algorithm, keys.signature);
    SignatureHeader::parse(&header, &keys).map(|header| header.signature)
}

fn changed(text: &str, repaired: String, detail: impl Into<String>) -> Repair {
    (repaired != text).then(|| (repaired, detail.into()))
}

/// Decodes percent-encoding once.
fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

pub(super) fn quoted(_: &Case<'_>, text: &str) -> Repair {
    let bare = text.trim_matches(['"', '\'']);
    changed(text, bare.to_owned(), "it is in quotation marks")
}

pub(super) fn encoded_twice(_: &Case<'_>, text: &str) -> Repair {
    let mut once = text.to_owned();
    let mut times = 1;
    while once.contains("%25") && times < 8 {
        once = once.replace("%25", "%");
        times += 1;
    }
    changed(text, once, format!("it was percent-encoded {times} times"))
}

pub(super) fn broken_lines(case: &Case<'_>, text: &str) -> Repair {
    let mut fields = case.message.all(&case.signing.signature.header);
    let is_folded = fields.any(|field| field.folded);
    let is_kept = |c: &char| match c {
        '\r' | '\n' => false,
        other => !is_folded || !other.is_whitespace(),
    };
    let whole = decoded(text);
    if whole.chars().all(|c| is_kept(&c)) {
        return None;
    }
    let joined: String = whole.chars().filter(is_kept).collect();
    changed(text, encoded(&joined), "it contains line ends")
}

pub(super) fn plus_as_space(_: &Case<'_>, text: &str) -> Repair {
    let whole = decoded(text);
    let repaired = encoded(&whole.replace(' ', "+"));
    let detail = "it contains spaces: each was a `+` of base64";
    whole.contains(' ').then(|| (repaired, detail.to_owned()))
}

pub(super) fn not_encoded(_: &Case<'_>, text: &str) -> Repair {
    let is_bare = text.contains(['+', '/', '=']);
    // Some characters may be encoded already: their `%` does not occur in base64, so it stays.
    let repaired = text.chars().map(|c| match c {
        '+' | '/' | '=' => encoded(&c.to_string()),
        other => other.to_string(),
    });
    let detail = "it contains `+`, `/` or `=` without percent-encoding";
    is_bare.then(|| (repaired.collect(), detail.to_owned()))
}

pub(super) fn url_alphabet(_: &Case<'_>, text: &str) -> Repair {
    let whole = decoded(text);
    let repaired = encoded(&whole.replace('-', "+").replace('_', "/"));
    let detail = "it has `-` and `_` in place of `+` and `/`";
    whole
        .contains(['-', '_'])
        .then(|| (repaired, detail.to_owned()))
}

pub(super) fn hexadecimal(_: &Case<'_>, text: &str) -> Repair {
    let is_hex = text.len() >= 256 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
    let bytes = bytes.filter(|_| is_hex)?;
    Some((
        encoded(&STANDARD.encode(bytes)),
        "it is written in hex digits".to_owned(),
    ))
}

pub(super) fn unpadded(_: &Case<'_>, text: &str) -> Repair {
    let whole = decoded(text);
    let bytes = LENIENT.decode(&whole).ok()?;
    let padded = STANDARD.encode(bytes);
    let detail = format!(
        "{} `=` are missing at its end",
        padded.len() - whole.len().min(padded.len())
    );
    (padded.trim_end_matches('=') == whole.trim_end_matches('='))
        .then(|| changed(&whole, padded, detail))
        .flatten()
        .map(|(repaired, detail)| (encoded(&repaired), detail))
}

pub(super) fn base64_twice(_: &Case<'_>, text: &str) -> Repair {
    let once = STANDARD.decode(decoded(text)).ok()?;
    let inner = String::from_utf8(once).ok()?;
    STANDARD.decode(&inner).ok()?;
    Some((encoded(&inner), "it was encoded as base64 twice".to_owned()))
}
