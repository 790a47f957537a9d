//! Messages that prove what a change does: one spec takes them, the other refuses them.

mod beside;
mod field;
mod header;
mod near;
mod unseen;
mod values;
mod wire;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

pub(crate) use self::field::is_against;
pub(crate) use self::header::violation;
pub use self::unseen::unseen;
use super::change::Change;
use super::location::Item;
use payspec_model::model::{Model, Side};

/// A part of a message on which two specs disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The operation; [`None`] for headers, which are those of all operations.
    pub operation: Option<String>,
    /// Who sends the message.
    pub side: Side,
    /// Which part of the message it is.
    pub part: Part,
    /// Where the message shows it, as a JSON Pointer.
    pub pointer: String,
    /// The body; of headers an object of names and values.
    pub message: Json,
    /// True if it is the old spec that takes it, and the new one that refuses.
    pub lost: bool,
}

/// A part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The body.
    Body,
    /// The header that changed.
    Headers,
}

/// Messages that prove a change: one that the new spec refuses, and one that the old one refused. Either is
/// missing where there is none, or none was found. [`unseen`] gives the reason why some kinds of changes have none.
pub fn witnesses(old: &Model, new: &Model, change: &Change) -> Vec<Witness> {
    match &change.place.subject {
        Item::Field(side, pointer) => field::witnesses(old, new, change, (*side, pointer)),
        Item::Header(side, name) => header::witnesses(old, new, change, (*side, name)),
        Item::Wire => wire::witnesses(old, new, change),
        _ => Vec::new(),
    }
}
