//! Fields of a message that must equal those of the request.

#[cfg(feature = "client")]
use crate::OtherRequest;
use crate::json::Node;
use crate::wire::FromText;
use crate::{Decimal, rules};
use core::fmt;

/// A field of an incoming message that, when present, must equal the field at the same path of the
/// request.
///
/// Values are compared, not texts: `10` and `"10"` are the same amount, but `USD` and `usd` are
/// different currencies. A value that is unreadable or occurs twice equals nothing.
///
/// ```
/// use payspec_runtime::json::Node;
/// use payspec_runtime::{Agreed, AgreedKind, AgreedPart};
///
/// let amount = Agreed {
///     pointer: "/amount",
///     path: &["amount"],
///     parts: &[
///         AgreedPart { path: &["currency"], kind: AgreedKind::Text },
///         AgreedPart { path: &["value"], kind: AgreedKind::Integer },
///     ],
/// };
/// let request = Node::parse(r#"{"amount": {"currency": "USD", "value": "10"}}"#)?;
/// let same = Node::parse(r#"{"amount": {"value": 10, "currency": "USD"}, "status": "S"}"#)?;
/// assert_eq!(amount.compare(&request, &same), Ok(()));
/// assert_eq!(amount.compare(&request, &Node::parse(r#"{"status": "S"}"#)?), Ok(()));
///
/// let other = Node::parse(r#"{"amount": {"currency": "USD", "value": "1"}}"#)?;
/// let contradiction = amount.compare(&request, &other).unwrap_err();
/// assert_eq!(contradiction.field(), "/amount");
/// assert_eq!(contradiction.expected(), r#"{"currency":"USD","value":"10"}"#);
/// assert_eq!(contradiction.found(), r#"{"currency":"USD","value":"1"}"#);
/// # Ok::<(), payspec_runtime::NotJson>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreed<'a> {
    /// JSON Pointer of the field.
    pub pointer: &'a str,
    /// Names from the body to the field.
    pub path: &'a [&'a str],
    /// The single values of the field.
    pub parts: &'a [AgreedPart<'a>],
}

/// A single value that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreedPart<'a> {
    /// Names from the field inwards; none where the field is a single value itself.
    pub path: &'a [&'a str],
    /// The kind of comparison.
    pub kind: AgreedKind,
}

/// The way a single value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreedKind {
    /// A text, letter by letter.
    Text,
    /// A whole number, by its value.
    Integer,
    /// A number, by its value.
    Decimal,
    /// `true` or `false`.
    Boolean,
}

/// A value of a message that contradicts the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    field: String,
    expected: String,
    found: String,
}

/// Characters of a value that are kept.
const KEPT: usize = 64;

impl Agreed<'_> {
    /// Compares the field of a message with the same field of the request. If it is absent on either
    /// side, there is no contradiction.
    ///
    /// # Errors
    ///
    /// Returns a [`Contradiction`] with both values when they differ.
    pub fn compare(&self, request: &Node<'_>, message: &Node<'_>) -> Result<(), Contradiction> {
        let (expected, found) = (Found::at(request, self.path), Found::at(message, self.path));
        let (expected, found) = match (expected, found) {
            (Found::None, _) | (_, Found::None) => return Ok(()),
            found => found,
        };
        let same = self.parts.iter().all(|part| {
            let (expected, found) = (expected.inside(part.path), found.inside(part.path));
            match (expected, found) {
                (Found::None, Found::None) => true,
                (Found::One(expected), Found::One(found)) => part.kind.same(expected, found),
                (Found::None | Found::One(_) | Found::Several, _) => false,
            }
        });
        match same {
            true => Ok(()),
            false => Err(Contradiction {
                field: self.pointer.to_owned(),
                expected: self.show(&expected),
                found: self.show(&found),
            }),
        }
    }

    /// Returns the field as JSON with its single values as texts; other members are left out.
    fn show(&self, found: &Found<'_>) -> String {
        let mut shown = serde_json::Map::new();
        for part in self.parts {
            let Some((last, parents)) = part.path.split_last() else {
                return json(&found.shown());
            };
            let value = found.inside(part.path);
            let mut holder = Some(&mut shown);
            for name in parents {
                let next = holder.map(|holder| {
                    let empty = || serde_json::Map::new().into();
                    holder.entry((*name).to_owned()).or_insert_with(empty)
                });
                holder = next.and_then(serde_json::Value::as_object_mut);
            }
            if let (Some(holder), Found::One(_) | Found::Several) = (holder, &value) {
                holder.insert((*last).to_owned(), value.shown().into());
            }
        }
        match found {
            Found::One(Node::Object(_)) => serde_json::Value::Object(shown).to_string(),
            found => json(&found.shown()),
        }
    }
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The nodes found at a path.
#[derive(Debug, Clone, Copy)]
enum Found<'n> {
    /// Nothing, or `null`.
    None,
    One(&'n Node<'n>),
    /// The path leads to several values, or through something that is not an object: none of them
    /// counts.
    Several,
}

impl<'n> Found<'n> {
    fn at(node: &'n Node<'n>, path: &[&str]) -> Self {
        let mut node = node;
        for name in path {
            let fields = match node {
                Node::Object(fields) => fields,
                Node::Null => return Self::None,
                Node::Boolean(_)
                | Node::Number(_)
                | Node::String(_)
                | Node::Array(_)
                | Node::Damaged(_) => return Self::Several,
            };
            let mut named = fields.iter().filter(|(field, _)| field == name);
            node = match (named.next(), named.next()) {
                (None, _) => return Self::None,
                (Some((_, value)), None) => value,
                (Some(_), Some(_)) => return Self::Several,
            };
        }
        match node {
            Node::Null => Self::None,
            node => Self::One(node),
        }
    }

    fn inside(self, path: &[&str]) -> Self {
        match self {
            Self::One(node) => Self::at(node, path),
            found => found,
        }
    }

    fn shown(self) -> String {
        match self {
            Self::None => "nothing".to_owned(),
            Self::Several => "several values".to_owned(),
            Self::One(Node::String(text)) => shorten(text),
            Self::One(Node::Number(digits)) => shorten(digits),
            Self::One(Node::Boolean(value)) => value.to_string(),
            Self::One(Node::Null) => "null".to_owned(),
            Self::One(Node::Array(_)) => "a list".to_owned(),
            Self::One(Node::Object(_)) => "an object".to_owned(),
            Self::One(Node::Damaged(_)) => "a value that is not JSON".to_owned(),
        }
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

impl AgreedKind {
    fn same(self, expected: &Node<'_>, found: &Node<'_>) -> bool {
        let text = |node: &Node<'_>| match node {
            Node::String(text) => Some(text.clone().into_owned()),
            // A native number may have an exponent.
            Node::Number(digits) => Some(rules::exact(digits)?.into_owned()),
            Node::Boolean(value) => Some(value.to_string()),
            Node::Null | Node::Array(_) | Node::Object(_) | Node::Damaged(_) => None,
        };
        let (Some(expected_text), Some(found_text)) = (text(expected), text(found)) else {
            return false;
        };
        match self {
            Self::Text => {
                let are_texts = matches!((expected, found), (Node::String(_), Node::String(_)));
                are_texts && expected_text == found_text
            }
            Self::Integer => equal::<i64>(&expected_text, &found_text),
            Self::Decimal => equal::<Decimal>(&expected_text, &found_text),
            Self::Boolean => rules::boolean(&found_text) && expected_text == found_text,
        }
    }
}

fn equal<T: FromText + PartialEq>(expected: &str, found: &str) -> bool {
    let expected = T::from_text(expected);
    // Incoming numbers may have an exponent.
    let found = T::from_text(found).or_else(|| T::from_exponent(found));
    expected.is_some() && expected == found
}

impl Contradiction {
    /// Makes a contradiction from an answer that names another id than the request.
    #[cfg(feature = "client")]
    pub(crate) fn of_id(other: &OtherRequest) -> Self {
        Self::of_texts(format!("/{}", other.name()), other.sent(), other.answered())
    }

    /// Makes a contradiction from two texts.
    #[cfg(feature = "client")]
    pub(crate) fn of_texts(field: String, expected: &str, found: &str) -> Self {
        Self::restored(field, json(expected), json(found))
    }

    /// Restores a contradiction that was saved.
    #[cfg(feature = "client")]
    pub(crate) fn restored(field: String, expected: String, found: String) -> Self {
        Self {
            field,
            expected,
            found,
        }
    }

    /// Returns the JSON Pointer of the field.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Returns the value in the request, as JSON whose single values are texts.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// Returns the value in the message, in the same form. It is untrusted input; long texts are cut.
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} contradicts the request: expected {}, found {}",
            self.field, self.expected, self.found
        )
    }
}

impl core::error::Error for Contradiction {}
