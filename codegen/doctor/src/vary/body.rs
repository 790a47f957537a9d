//! Other bodies with the same meaning that may have been signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use payspec_runtime::json::Node;

use super::super::case::Case;
use super::super::parts::Variations;
use super::spelling;
use payspec_model::model::{Api, Object, ObjectId, Type};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Adds the body with other line ends.
pub(in super::super) fn line_ends(to: &mut Variations<'_, '_>) {
    let body = to.body_now();
    let unix = replaced(body, b"\r\n", b"\n");
    let windows = replaced(&unix, b"\n", b"\r\n");
    to.body(
        "signed with CR LF at the end of lines, sent with LF",
        windows,
    );
    to.body("signed with LF at the end of lines, sent with CR LF", unix);
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut changed = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(first) = rest.first() {
        match rest.strip_prefix(from) {
            Some(behind) => {
                changed.extend_from_slice(to);
                rest = behind;
            }
            None => {
                changed.push(*first);
                rest = &rest[1..];
            }
        }
    }
    changed
}

/// Adds the body with or without a line end or other blanks around it.
pub(in super::super) fn outer_blanks(to: &mut Variations<'_, '_>) {
    let body = to.body_now();
    for (end, name) in [("\n", "LF"), ("\r\n", "CR LF"), (" ", "a space")] {
        if let Some(shorter) = body.strip_suffix(end.as_bytes()) {
            let detail = format!("signed without {name} at the end, sent with it");
            to.body(detail, shorter.to_vec());
        }
        let longer = [body, end.as_bytes()].concat();
        to.body(
            format!("signed with {name} at the end, sent without it"),
            longer,
        );
    }
    let trimmed = body.trim_ascii().to_vec();
    to.body("signed without the blanks around it", trimmed);
}

pub(in super::super) fn byte_order_mark(to: &mut Variations<'_, '_>) {
    let body = to.body_now();
    match body.strip_prefix(MARK) {
        Some(rest) => to.body("sent with the mark, signed without it", rest.to_vec()),
        None => to.body(
            "signed with the mark, sent without it",
            [MARK, body].concat(),
        ),
    }
}

/// Adds the body up to the length that its header states.
pub(in super::super) fn cut(case: &Case<'_>, to: &mut Variations<'_, '_>) {
    let body = to.body_now();
    let stated = case.message.stated_length();
    if let Some(cut) = stated.and_then(|length| body.get(..length)) {
        let detail = format!(
            "the first {} of {} bytes were signed",
            cut.len(),
            body.len()
        );
        to.body(detail, cut.to_vec());
    }
}

/// Adds contents that some programs sign in place of the body.
pub(in super::super) fn stand_in(to: &mut Variations<'_, '_>) {
    let body = to.body_now();
    to.body("an empty body was signed", Vec::new());
    to.body("`null` was signed", b"null".to_vec());
    to.body("`{}` was signed", b"{}".to_vec());
    to.body(
        "the body was signed in base64",
        STANDARD.encode(body).into(),
    );
    for digest in [
        &aws_lc_rs::digest::SHA256,
        &aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY,
    ] {
        let digest = aws_lc_rs::digest::digest(digest, body);
        let hex: String = digest
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        to.body("the digest of the body was signed", hex.into());
        let base64 = STANDARD.encode(digest.as_ref());
        to.body(
            "the digest of the body was signed, in base64",
            base64.into(),
        );
    }
    let Ok(text) = std::str::from_utf8(body) else {
        return;
    };
    for escapes in spelling::ESCAPES {
        let quoted = escapes.string(text);
        to.body(
            "the body was signed as a JSON string, encoded once too often",
            quoted.into(),
        );
    }
    if let Ok(inner) = serde_json::from_str::<String>(text) {
        to.body(
            "the body was sent as a JSON string, encoded once too often",
            inner.into(),
        );
    }
}

/// Adds other spellings of the same JSON.
pub(in super::super) fn rewritten(case: &Case<'_>, to: &mut Variations<'_, '_>) {
    let body = case
        .operation
        .and_then(|operation| operation.body(case.side));
    spelled(case.api, body.map(|body| &body.object), to);
}

/// Adds other spellings of the same JSON; `object` describes the order of its fields.
pub(in super::super) fn spelled(api: &Api, object: Option<&Object>, to: &mut Variations<'_, '_>) {
    let body = to.body_now();
    let bare = body.strip_prefix(MARK).unwrap_or(body);
    spelling::each(
        bare,
        |node| described(node, api, object),
        |detail, body| to.body(detail, body),
    );
}

/// Puts the fields of a value into the order of the description, as a program does that fills an object and
/// writes it. Fields that are not described come last.
fn described<'n>(node: &Node<'n>, api: &Api, object: Option<&Object>) -> Node<'n> {
    match node {
        Node::Null | Node::Boolean(_) | Node::Number(_) | Node::String(_) | Node::Damaged(_) => {
            node.clone()
        }
        Node::Array(items) => {
            let items = items.iter().map(|item| described(item, api, object));
            Node::Array(items.collect())
        }
        Node::Object(fields) => {
            let place = |name: &str| {
                let mut known = object
                    .into_iter()
                    .flat_map(|object| &object.fields)
                    .enumerate();
                known.find(|(_, field)| field.name == name)
            };
            let mut fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| {
                    let inner = place(name).and_then(|(_, field)| inner(&field.ty));
                    let value = described(value, api, inner.map(|id| api.object(id)));
                    (name.clone(), value)
                })
                .collect();
            fields.sort_by_key(|(name, _)| place(name).map_or(usize::MAX, |(index, _)| index));
            Node::Object(fields)
        }
    }
}

/// Returns the object type of a value or of its elements. An object inside a text is written on its own.
fn inner(ty: &Type) -> Option<ObjectId> {
    match ty {
        Type::Object(id) => Some(*id),
        Type::List(of) => inner(&of.ty),
        Type::String
        | Type::Integer
        | Type::Decimal
        | Type::Boolean
        | Type::Any
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Timestamp(_)
        | Type::Url
        | Type::Country
        | Type::Currency(_)
        | Type::Enum(_)
        // Nothing documents the order of its keys.
        | Type::Map(_)
        | Type::Union(_)
        | Type::Json(_) => None,
    }
}
