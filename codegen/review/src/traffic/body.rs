//! The body of a recorded message.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use payspec_runtime::json::{Node, lenient_text};

use super::problem::Problem;

/// A body as it was recorded.
#[derive(Debug)]
pub(super) enum Body<'n> {
    /// JSON inside the record.
    Node(&'n Node<'n>),
    /// A text that holds JSON.
    Text(Cow<'n, [u8]>),
}

impl Body<'_> {
    /// Decodes a body in base64; [`None`] if the text is not base64.
    pub(super) fn base64(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        Some(Body::Text(Cow::Owned(bytes)))
    }

    /// Calls `visit` with the parsed message.
    pub(super) fn read<T>(&self, visit: impl FnOnce(&Node<'_>) -> T) -> Result<T, Problem> {
        match self {
            Body::Node(node) => Ok(visit(node)),
            Body::Text(bytes) => {
                let text = lenient_text(bytes).map_err(|_| Problem::BodyNotJson)?;
                let node = Node::parse_lenient(&text).map_err(|_| Problem::BodyNotJson)?;
                Ok(visit(&node))
            }
        }
    }
}
