//! Bodies that were escaped for HTML or encoded as forms, on one side only.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

use super::super::case::Case;
use super::super::parts::Variations;

/// The entities that programs write for a quotation mark; [`None`] leaves it as it is.
const QUOTES: [Option<&str>; 3] = [Some("&quot;"), Some("&#34;"), None];
/// The entities that programs write for an apostrophe.
const APOSTROPHES: [Option<&str>; 5] = [
    Some("&#39;"),
    Some("&#039;"),
    Some("&#x27;"),
    Some("&apos;"),
    None,
];
/// The entities that programs write for a slash.
const SLASHES: [Option<&str>; 2] = [None, Some("&#x2F;")];

pub(in super::super) fn html(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    let Ok(text) = std::str::from_utf8(to.body_now()) else {
        return;
    };
    // A quotation mark inside of a JSON string has a backslash before it, unless it was escaped first.
    for (mark, whose) in [("\"", "the body"), ("\\\"", "its texts")] {
        for quote in QUOTES {
            for apostrophe in APOSTROPHES {
                for slash in SLASHES {
                    let mut escaped = text
                        .replace('&', "&amp;")
                        .replace('<', "&lt;")
                        .replace('>', "&gt;");
                    for (plain, entity) in [(mark, quote), ("'", apostrophe), ("/", slash)] {
                        if let Some(entity) = entity {
                            escaped = escaped.replace(plain, entity);
                        }
                    }
                    let detail = format!("{whose} signed with HTML escapes, sent without them");
                    to.body(detail, escaped.into());
                }
            }
        }
    }
    for mark in ["\"", "\\\""] {
        let detail = "signed without HTML escapes, sent with them";
        to.body(detail, unescaped(text, mark).into());
    }
}

/// Replaces the entities in a text. `&amp;` comes last, so that nothing is replaced twice.
fn unescaped(text: &str, mark: &str) -> String {
    let mut text = text.to_owned();
    let quotes = QUOTES.into_iter().flatten().map(|entity| (entity, mark));
    let apostrophes = APOSTROPHES
        .into_iter()
        .flatten()
        .map(|entity| (entity, "'"));
    let slashes = SLASHES.into_iter().flatten().map(|entity| (entity, "/"));
    let others = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    for (entity, plain) in quotes.chain(apostrophes).chain(slashes).chain(others) {
        text = text.replace(entity, plain);
    }
    text
}

/// The characters that forms do not encode, beside letters and digits.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');
/// The characters that `encodeURIComponent` does not encode.
const COMPONENT: &AsciiSet = &FORM
    .remove(b'!')
    .remove(b'~')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');
/// The characters that `encodeURI` does not encode.
const ADDRESS: &AsciiSet = &COMPONENT
    .remove(b';')
    .remove(b'/')
    .remove(b'?')
    .remove(b':')
    .remove(b'@')
    .remove(b'&')
    .remove(b'=')
    .remove(b'+')
    .remove(b'$')
    .remove(b',')
    .remove(b'#');
/// The characters that RFC 3986 does not encode.
const UNRESERVED: &AsciiSet = &FORM.remove(b'~').add(b'*');

pub(in super::super) fn form(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    let body = to.body_now();
    let decoded = |body: &[u8]| percent_decode(body).collect::<Vec<u8>>();
    // The body was taken for the name of a field without a value.
    if let Some(name) = body.strip_suffix(b"=") {
        let spaces: Vec<u8> = name
            .iter()
            .map(|byte| if *byte == b'+' { b' ' } else { *byte })
            .collect();
        to.body(
            "signed decoded as a form, sent as the name of a field",
            decoded(&spaces),
        );
    }
    let spaces: Vec<u8> = body
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    let detail = "signed decoded as a form, sent as it is";
    to.body(detail, decoded(&spaces));
    to.body("signed percent-decoded, sent as it is", decoded(body));
    to.body("signed with `+` turned into a space", spaces);
    let Ok(text) = std::str::from_utf8(body) else {
        return;
    };
    for set in [FORM, COMPONENT, ADDRESS, UNRESERVED, NON_ALPHANUMERIC] {
        let encoded = utf8_percent_encode(text, set).to_string();
        for encoded in [encoded.replace("%20", "+"), encoded] {
            for end in ["", "="] {
                let detail = "signed encoded as a form, sent as it is";
                to.body(detail, format!("{encoded}{end}").into());
            }
        }
    }
    for (detail, pairs) in [
        (
            "signed as a form of its fields, sent as JSON",
            fields(text, false),
        ),
        (
            "signed as a form of its fields, sorted, sent as JSON",
            fields(text, true),
        ),
    ] {
        if let Some(pairs) = pairs {
            for set in [FORM, COMPONENT] {
                let write = |text: &str| utf8_percent_encode(text, set).to_string();
                let encoded = pairs
                    .iter()
                    .map(|(name, value)| format!("{}={}", write(name), write(value)));
                let encoded = encoded.collect::<Vec<_>>().join("&");
                to.body(detail, encoded.replace("%20", "+").into());
                to.body(detail, encoded.into());
            }
            let plain = pairs.iter().map(|(name, value)| format!("{name}={value}"));
            to.body(detail, plain.collect::<Vec<_>>().join("&").into());
        }
    }
}

/// Returns the fields of a JSON object; values other than texts become JSON.
fn fields(text: &str, are_sorted: bool) -> Option<Vec<(String, String)>> {
    let node = payspec_runtime::json::Node::parse(text).ok()?;
    let payspec_runtime::json::Node::Object(fields) = node else {
        return None;
    };
    let mut fields: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| (name.to_string(), super::spelling::plain(value)))
        .collect();
    if are_sorted {
        fields.sort();
    }
    Some(fields)
}
