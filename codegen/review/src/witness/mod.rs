//! Makes messages that prove a change: one spec accepts them, the other refuses them.

mod field;
mod header;
mod near;
mod neighbours;
mod probe;
mod response;
mod union;
mod unseen;
mod values;
mod whole_body;
mod wire;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

pub(crate) use self::field::is_against;
pub(crate) use self::header::violation;
pub use self::unseen::unseen;
use super::change::Change;
use super::location::Item;
use super::property::Property;
use payspec_model::model::{Model, Side};

/// A part of a message on which two specs disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The operation; [`None`] for headers, which apply to all operations.
    pub(crate) operation: Option<String>,
    /// The side of the operation: request or response.
    pub(crate) side: Side,
    /// The part of the message.
    pub(crate) part: Part,
    /// The HTTP status of an answer, if the specs disagree on answers with this status alone.
    pub(crate) http_status: Option<u16>,
    /// The JSON Pointer of the value that shows the change.
    pub(crate) pointer: String,
    /// The body; for headers, an object of names and values.
    pub message: Json,
    /// True if the old spec accepts the message and the new one refuses it.
    pub lost: bool,
}

/// A part of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// The body.
    Body,
    /// The header that changed.
    Headers,
}

/// Returns messages that prove a change: one that only the old spec accepts, and one that only the
/// new spec accepts. Either is missing if none exists or none was found. [`unseen()`] gives the
/// reason why some kinds of changes have none.
pub fn witnesses(old: &Model, new: &Model, change: &Change) -> Vec<Witness> {
    match &change.place.subject {
        Item::Field(side, pointer) => field::witnesses(old, new, change, (*side, pointer)),
        Item::Header(side, name) => header::witnesses(old, new, change, (*side, name)),
        Item::Body(side) if change.property == Property::WholeBody => {
            whole_body::witnesses(old, new, change, *side)
        }
        Item::Wire => wire::witnesses(old, new, change),
        Item::ResponseField(status, name) => response::witnesses(old, new, change, (status, name)),
        Item::Api
        | Item::Operation
        | Item::Signature
        | Item::Auth
        | Item::Credential(_)
        | Item::Idempotency
        | Item::Result
        | Item::Responses
        | Item::Response(..)
        | Item::Decision(..)
        | Item::Code(..)
        | Item::Body(..)
        | Item::Status(..)
        | Item::Host(..)
        | Item::Prefix(..)
        | Item::Object(..)
        | Item::Member(..)
        | Item::Enum(..)
        | Item::EnumValue(..)
        | Item::Union(..)
        | Item::UnionObject(..)
        | Item::Flow(..)
        | Item::FlowState(..)
        | Item::FlowEvent(..)
        | Item::Example(..)
        | Item::Dispute(..)
        | Item::Source(..) => Vec::new(),
    }
}
