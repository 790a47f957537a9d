//! Masks sensitive values of recorded messages. The masked values keep their length and form, and so most rules of the spec.

use std::borrow::Cow;

use payspec_model::model::{Api, Object, Operation, Side, Type};
use payspec_model::pointer::EACH;
use payspec_runtime::json::Node;
use serde_json::Value;

/// Returns a message with its sensitive values masked, and those that the spec does not have. What is not JSON or belongs
/// to no operation is masked as a whole.
pub(super) fn masked(message: &str, about: Option<(&Api, &Operation)>, side: Side) -> String {
    let Ok(node) = Node::parse(message) else {
        return form(message);
    };
    let mut out = String::new();
    let body = about.and_then(|(api, operation)| Some((api, operation, operation.body(side)?)));
    match body {
        None => all(&mut out, &node),
        Some((api, operation, body)) => {
            let each = operation.each.iter().filter(|_| side == Side::Request);
            let path = each.flat_map(|each| each.path()).collect::<Vec<_>>();
            let encrypted = operation.encrypted.as_ref();
            let encrypted = encrypted.filter(|_| side == Side::Request);
            let masker = Masker {
                api,
                encrypted: encrypted.map(|encrypted| encrypted.field.as_str()),
            };
            masker.batch(&mut out, &node, &path, &body.object);
        }
    }
    out
}

#[derive(Clone, Copy)]
struct Masker<'m> {
    api: &'m Api,
    /// The field of the message itself that travels encrypted. It is recorded as it is: reading it takes a key.
    encrypted: Option<&'m str>,
}

impl<'m> Masker<'m> {
    /// Writes a message whose notifications are at a path.
    fn batch(self, out: &mut String, node: &Node<'_>, path: &[String], object: &'m Object) {
        match (path.split_first(), node) {
            (None, Node::Object(members)) => self.object(out, members, object, None),
            (Some((step, rest)), Node::Array(elements)) if step == EACH => {
                list(out, elements, |out, element| {
                    self.batch(out, element, rest, object);
                });
            }
            (Some((step, rest)), Node::Object(members)) => {
                map(out, members, |out, name, member| match name == step {
                    true => self.batch(out, member, rest, object),
                    false => all(out, member),
                });
            }
            (None | Some(_), _) => all(out, node),
        }
    }

    fn object(
        self,
        out: &mut String,
        members: &[(Cow<'_, str>, Node<'_>)],
        object: &'m Object,
        tag: Option<&str>,
    ) {
        let inner = Masker {
            encrypted: None,
            ..self
        };
        map(out, members, |out, name, member| match object.field(name) {
            Some(field) if field.sensitive.is_some() => all(out, member),
            Some(_) if self.encrypted == Some(name) => inner.value(out, member, &Type::Any),
            Some(field) => inner.value(out, member, &field.ty),
            None if tag == Some(name) => inner.value(out, member, &Type::String),
            None => all(out, member),
        });
    }

    fn value(self, out: &mut String, node: &Node<'_>, ty: &'m Type) {
        match (ty, node) {
            (Type::Object(id), Node::Object(members)) => {
                self.object(out, members, self.api.object(*id), None);
            }
            (Type::Union(id), _) => {
                let union = self.api.union(*id);
                let variant = union.variant_of_node(node).map(|variant| &variant.ty);
                match (variant, node) {
                    (Some(Type::Object(id)), Node::Object(members)) => {
                        let tag = union.discriminator.field();
                        self.object(out, members, self.api.object(*id), tag);
                    }
                    (Some(ty), _) => self.value(out, node, ty),
                    (None, _) => all(out, node),
                }
            }
            (Type::Map(map_type), Node::Object(members)) => {
                map(out, members, |out, _, member| {
                    self.value(out, member, &map_type.values.ty);
                });
            }
            (Type::List(element), Node::Array(elements)) => {
                list(out, elements, |out, node| {
                    self.value(out, node, &element.ty);
                });
            }
            (Type::Json(id), Node::String(text)) => {
                let mut inner = String::new();
                match Node::parse(text) {
                    Ok(node) => self.batch(&mut inner, &node, &[], self.api.object(*id)),
                    Err(_) => inner = form(text),
                }
                quote(out, &inner);
            }
            (Type::Any, Node::Object(members)) => {
                map(out, members, |out, _, member| self.value(out, member, ty));
            }
            (Type::Any, Node::Array(elements)) => {
                list(out, elements, |out, node| self.value(out, node, ty));
            }
            // A value of another type than the field's could be anything.
            (_, Node::Object(_) | Node::Array(_)) => all(out, node),
            (_, Node::String(text)) => quote(out, text),
            (_, Node::Number(digits)) => out.push_str(digits),
            (_, Node::Boolean(value)) => out.push_str(if *value { "true" } else { "false" }),
            (_, Node::Null | Node::Damaged(_)) => out.push_str("null"),
        }
    }
}

/// Masks everything in a value.
fn all(out: &mut String, node: &Node<'_>) {
    match node {
        Node::Object(members) => map(out, members, |out, _, member| all(out, member)),
        Node::Array(elements) => list(out, elements, all),
        Node::String(text) => quote(out, &form(text)),
        Node::Number(digits) => {
            out.push_str(&digits.replace(|char: char| char.is_ascii_digit(), "1"))
        }
        Node::Boolean(_) => out.push_str("false"),
        Node::Null | Node::Damaged(_) => out.push_str("null"),
    }
}

/// Returns a text with other letters and digits: a date stays a date.
fn form(text: &str) -> String {
    let chars = text.chars().map(|char| match char {
        char if char.is_uppercase() => 'A',
        char if char.is_alphabetic() => 'a',
        char if char.is_numeric() => '1',
        '\n' | '\r' | '\t' | ' '..='~' => char,
        _ => '?',
    });
    chars.collect()
}

fn map<'j>(
    out: &mut String,
    members: &[(Cow<'_, str>, Node<'j>)],
    mut write: impl FnMut(&mut String, &str, &Node<'j>),
) {
    out.push('{');
    for (number, (name, member)) in members.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        quote(out, name);
        out.push(':');
        write(out, name, member);
    }
    out.push('}');
}

fn list<'j>(
    out: &mut String,
    elements: &[Node<'j>],
    mut write: impl FnMut(&mut String, &Node<'j>),
) {
    out.push('[');
    for (number, element) in elements.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        write(out, element);
    }
    out.push(']');
}

fn quote(out: &mut String, text: &str) {
    out.push_str(&Value::from(text).to_string());
}
