//! JSON between the parts of a request: members, scalars and their texts.

use super::TextForm;
use super::error::{RequestError, RequestProblem};
use crate::Location;
use crate::json::Node;
use std::borrow::Cow;

/// The members of a JSON object.
pub(super) type Members<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

/// Returns the members of a JSON object.
pub(super) fn members(json: &[u8]) -> Result<Members<'_>, RequestError> {
    match node_of(json)? {
        Node::Object(members) => Ok(members),
        _ => Err(RequestError::whole(
            Location::Body,
            RequestProblem::NotAnObject,
        )),
    }
}

/// Parses JSON.
pub(super) fn node_of(json: &[u8]) -> Result<Node<'_>, RequestError> {
    let wrong = |error| RequestError::whole(Location::Body, RequestProblem::NotJson(error));
    Node::from_slice(json).map_err(wrong)
}

/// Writes JSON.
pub(super) fn written(node: &Node<'_>) -> Result<Vec<u8>, RequestError> {
    // Everything that the strict reader made, and every text, can be written.
    let wrong = |_| RequestError::whole(Location::Body, RequestProblem::NotAnObject);
    serde_json::to_vec(node).map_err(wrong)
}

/// Returns the text of a scalar.
pub(super) fn text<'m>(value: &'m Node<'_>) -> Option<Cow<'m, str>> {
    match value {
        Node::String(text) => Some(Cow::Borrowed(text)),
        Node::Number(digits) => Some(Cow::Borrowed(digits)),
        Node::Boolean(true) => Some(Cow::Borrowed("true")),
        Node::Boolean(false) => Some(Cow::Borrowed("false")),
        Node::Null | Node::Array(_) | Node::Object(_) | Node::Damaged(_) => None,
    }
}

/// Returns the JSON that a text denotes: a string, if it does not have the form.
pub(super) fn node(form: TextForm, text: &str) -> Node<'_> {
    let read = match form {
        TextForm::Text => None,
        TextForm::Number => Node::parse(text)
            .ok()
            .filter(|node| *node == Node::Number(text)),
        TextForm::Boolean => match text {
            "true" => Some(Node::Boolean(true)),
            "false" => Some(Node::Boolean(false)),
            _ => None,
        },
    };
    read.unwrap_or(Node::String(Cow::Borrowed(text)))
}
