//! Other ways to join the signed parts.

use super::super::case::Case;
use super::super::parts::{Hashed, Variations};
use payspec_model::model::{Side, TemplatePart};

/// Texts that people write in place of a separator, each with its name.
const INSTEAD: [(&str, &str); 6] = [
    ("\r\n", "CR LF"),
    ("\\n", "a backslash and an `n`"),
    ("\n", "a line end"),
    (" ", "a space"),
    ("", "nothing"),
    (".", "a dot"),
];

pub(in super::super) fn frame<'a>(case: &Case<'a>, to: &mut Variations<'_, 'a>) {
    let template = to.template_now();
    for (index, part) in template.iter().enumerate() {
        let TemplatePart::Text(text) = *part else {
            continue;
        };
        for (other, name) in INSTEAD {
            let mut changed = template.to_vec();
            changed[index] = TemplatePart::Text(other);
            let detail = format!("{name} in place of {}", shown(text));
            to.template(&detail, changed);
        }
    }
    let line_end = |part: &TemplatePart<'_>| matches!(part, TemplatePart::Text("\n"));
    if let Some(end) = template.iter().position(line_end) {
        to.template("without the first line", template[end + 1..].to_vec());
    }
    to.template("the body alone", vec![TemplatePart::Body]);
    for (leave_out, detail) in [
        (TemplatePart::ClientId, "without the client id"),
        (TemplatePart::Time, "without the time"),
    ] {
        if let Some(at) = template.iter().position(|part| *part == leave_out) {
            let mut shorter = template.to_vec();
            shorter.drain(at..(at + 2).min(template.len()));
            to.template(detail, shorter);
        }
    }
    let other = match case.side {
        Side::Request => &case.signing.response,
        Side::Response => &case.signing.request,
    };
    to.template(
        "as the other message of an exchange is signed",
        other.clone(),
    );
}

/// Adds digests of the content: a program digested it by hand, and the signature did so again.
pub(in super::super) fn hashed_twice(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    for (hashed, name) in [
        (Hashed::Bytes, "the SHA-256 was signed"),
        (Hashed::Hex, "the SHA-256 was signed, in hex digits"),
        (
            Hashed::CapitalHex,
            "the SHA-256 was signed, in capital hex digits",
        ),
        (Hashed::Base64, "the SHA-256 was signed, in base64"),
    ] {
        to.hashed(name, hashed);
    }
}

/// Describes a separator in words.
fn shown(text: &str) -> String {
    match text {
        "\n" => "the line end".to_owned(),
        " " => "the space".to_owned(),
        other => format!("`{other}`"),
    }
}
