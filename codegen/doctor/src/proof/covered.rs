//! The content that a proof covers, and contents that may have been covered instead.

use payspec_model::model::{Api, Object, TemplatePart};
use payspec_runtime::client::StampForm;

use super::super::parts::{Hashed, Parts, Variations};
use super::super::vary::{body, number, time};

/// The parts that a proof covers, and the template that joins them.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Covered<'a> {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) time: String,
    pub(super) nonce: String,
    pub(super) key_id: String,
    /// The credentials that are signed: the name and the value of each.
    pub(super) identifiers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// The form of the CRC-32 of the body.
    pub(super) crc32: Crc32Form,
    pub(super) template: Vec<TemplatePart<'a>>,
}

/// The text that stands for the CRC-32 of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crc32Form {
    /// A decimal number, as it should be.
    Decimal,
    /// The number as one with a sign, of 32 bits.
    Signed,
    /// Hexadecimal digits.
    Hex,
    /// Hexadecimal capitals.
    HexCapitals,
    /// The body itself.
    Body,
}

impl Crc32Form {
    fn write(self, body: &[u8]) -> Vec<u8> {
        let number = crc32fast::hash(body);
        let text = match self {
            Crc32Form::Decimal => number.to_string(),
            Crc32Form::Signed => i32::from_be_bytes(number.to_be_bytes()).to_string(),
            Crc32Form::Hex => format!("{number:08x}"),
            Crc32Form::HexCapitals => format!("{number:08X}"),
            Crc32Form::Body => return body.to_vec(),
        };
        text.into_bytes()
    }
}

/// The description of the body.
#[derive(Clone, Copy)]
pub(super) struct Described<'a> {
    pub(super) api: &'a Api,
    pub(super) object: Option<&'a Object>,
}

/// Another content, with a text about the difference.
pub(super) type Changed<'a> = (String, Covered<'a>);

impl Covered<'_> {
    /// Returns the bytes to sign.
    pub(super) fn content(&self) -> Vec<u8> {
        let crc32 = self.crc32.write(&self.body);
        let mut content = Vec::with_capacity(self.body.len() + 256);
        for part in &self.template {
            content.extend_from_slice(match part {
                TemplatePart::Text(text) => text.as_bytes(),
                TemplatePart::Method => self.method.as_bytes(),
                TemplatePart::Uri => self.target.as_bytes(),
                // A proof has no client id.
                TemplatePart::ClientId => b"",
                TemplatePart::Time => self.time.as_bytes(),
                TemplatePart::Nonce => self.nonce.as_bytes(),
                TemplatePart::KeyId => self.key_id.as_bytes(),
                TemplatePart::Body => &self.body,
                TemplatePart::BodyCrc32 => &crc32,
                TemplatePart::Credential(name) => self.identifier(name).as_bytes(),
            });
        }
        content
    }

    fn identifier(&self, name: &str) -> &str {
        let mut all = self.identifiers.iter();
        let found = all.find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Returns the contents with other bodies.
fn bodies<'a>(of: &Covered<'a>, vary: impl Fn(&mut Variations<'_, '_>)) -> Vec<Changed<'a>> {
    let parts = Parts {
        method: String::new(),
        uri: String::new(),
        client_id: String::new(),
        time: String::new(),
        body: of.body.clone(),
        template: vec![TemplatePart::Body],
        hashed: Hashed::Not,
    };
    let mut variations = Variations::of(&parts);
    vary(&mut variations);
    let found = variations.found.into_iter();
    found
        .map(|one| {
            let body = one.parts.body;
            (one.detail, Covered { body, ..of.clone() })
        })
        .collect()
}

pub(super) fn line_ends<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    bodies(of, body::line_ends)
}

pub(super) fn outer_blanks<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    bodies(of, body::outer_blanks)
}

pub(super) fn byte_order_mark<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    bodies(of, body::byte_order_mark)
}

pub(super) fn stand_in<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    bodies(of, body::stand_in)
}

pub(super) fn numbers<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    bodies(of, number::rewritten)
}

pub(super) fn rewritten<'a>(as_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    bodies(of, |to| body::spelled(as_.api, as_.object, to))
}

/// Returns the contents with the method in small letters, or another one.
pub(super) fn method<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let others = methods.iter().map(|method| (*method).to_owned());
    let all = std::iter::once(of.method.to_ascii_lowercase()).chain(others);
    let changed = all.map(|method| {
        let detail = format!("signed: `{method}`, sent: `{}`", of.method);
        (
            detail,
            Covered {
                method,
                ..of.clone()
            },
        )
    });
    changed.collect()
}

/// Returns the content without the query.
pub(super) fn query<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    let without = of.target.split_once('?');
    let changed = without.map(|(path, _)| {
        let target = path.to_owned();
        (
            "signed without the query".to_owned(),
            Covered {
                target,
                ..of.clone()
            },
        )
    });
    changed.into_iter().collect()
}

/// Returns the content with or without a slash at the end of the path.
pub(super) fn slash<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    let (path, query) = match of.target.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (of.target.as_str(), String::new()),
    };
    let (detail, path) = match path.strip_suffix('/') {
        Some(path) => ("signed without the slash", path.to_owned()),
        None => ("signed with a slash", format!("{path}/")),
    };
    vec![(
        detail.to_owned(),
        Covered {
            target: path + &query,
            ..of.clone()
        },
    )]
}

/// Returns the contents with the time in other forms.
pub(super) fn time_form<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    let Some(at) = time::read(&of.time) else {
        return Vec::new();
    };
    let since = at.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let iso = StampForm::DateTime.write(at).unwrap_or_default();
    let forms = [
        since.as_secs().to_string(),
        since.as_millis().to_string(),
        iso,
    ];
    let forms = forms.into_iter().filter(|time| *time != of.time);
    let changed = forms.map(|time| {
        let detail = format!("signed: `{time}`, in the header: `{}`", of.time);
        (detail, Covered { time, ..of.clone() })
    });
    changed.collect()
}

/// Returns the contents with the CRC-32 of the body in other forms.
pub(super) fn crc32_form<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    let forms = [
        (Crc32Form::Signed, "as a number with a sign"),
        (Crc32Form::Hex, "in hexadecimal digits"),
        (Crc32Form::HexCapitals, "in hexadecimal capitals"),
        (Crc32Form::Body, "replaced by the body itself"),
    ];
    let is_signed = of.template.contains(&TemplatePart::BodyCrc32);
    let forms = forms.into_iter().filter(|_| is_signed);
    let changed = forms.map(|(crc32, form)| {
        let detail = format!("the CRC-32 of the body was signed {form}");
        (
            detail,
            Covered {
                crc32,
                ..of.clone()
            },
        )
    });
    changed.collect()
}

/// Returns the contents that lack a part beside the body, with the text behind or before it.
pub(super) fn left_out<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    let mut changed = vec![(
        "the body alone was signed".to_owned(),
        Covered {
            template: vec![TemplatePart::Body],
            ..of.clone()
        },
    )];
    for (at, part) in of.template.iter().enumerate() {
        let name = match part {
            TemplatePart::Method => "method",
            TemplatePart::Uri => "target",
            TemplatePart::Time => "time",
            TemplatePart::Nonce => "nonce",
            TemplatePart::KeyId => "id of the key",
            TemplatePart::Credential(name) => name,
            TemplatePart::Text(_)
            | TemplatePart::ClientId
            | TemplatePart::Body
            | TemplatePart::BodyCrc32 => continue,
        };
        let mut template = of.template.clone();
        let is_text = |at: usize| matches!(of.template.get(at), Some(TemplatePart::Text(_)));
        let end = if is_text(at + 1) { at + 2 } else { at + 1 };
        template.drain(at..end);
        changed.push((
            format!("signed without the {name}"),
            Covered {
                template,
                ..of.clone()
            },
        ));
    }
    changed
}

/// Other separators, with their names.
const INSTEAD: [(&str, &str); 7] = [
    ("", "nothing"),
    (".", "a dot"),
    ("\n", "a line end"),
    ("\r\n", "CR LF"),
    ("\\n", "a backslash and an `n`"),
    (" ", "a space"),
    (":", "a colon"),
];

/// Returns the contents whose parts are joined in another way.
pub(super) fn separators<'a>(_: Described<'a>, of: &Covered<'a>) -> Vec<Changed<'a>> {
    let mut changed = Vec::new();
    let mut add = |detail: String, template: Vec<TemplatePart<'a>>| {
        changed.push((
            detail,
            Covered {
                template,
                ..of.clone()
            },
        ));
    };
    for (text, name) in INSTEAD {
        // A program has one separator, or one mistake.
        let all = of.template.iter().map(|part| match part {
            TemplatePart::Text(_) => TemplatePart::Text(text),
            other => *other,
        });
        add(format!("{name} between all parts"), all.collect());
        for (at, part) in of.template.iter().enumerate() {
            if matches!(part, TemplatePart::Text(_)) {
                let mut template = of.template.clone();
                template[at] = TemplatePart::Text(text);
                add(
                    format!("{name} in place of separator {}", at.div_ceil(2)),
                    template,
                );
            }
        }
        let mut longer = of.template.clone();
        longer.push(TemplatePart::Text(text));
        add(format!("{name} at the end"), longer);
    }
    changed
}
