//! Result codes and example messages.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Advice, Guess};
use payspec_model::model::Side;

/// A row of a table of result codes, or several with the same code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Code {
    /// The code on the wire.
    pub code: String,
    /// The status, `S`, `F` or `U`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The status of the HTTP response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_status: Option<u16>,
    /// The message, in the page's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The advice, in the page's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) action: Option<String>,
    /// The steps that the action advises.
    #[serde(skip_serializing_if = "Advice::is_empty")]
    pub(crate) advice: Advice,
    /// The first line of the row.
    pub line: u32,
    /// The last line of the row.
    pub(crate) end_line: u32,
    /// The facts that are guesses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) guesses: Vec<Guess>,
}

/// The meaning of a result status; without a status, the words around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct StatusLogic {
    /// The statuses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) statuses: Vec<String>,
    /// The words behind the status.
    pub(crate) text: String,
    /// The steps that they advise.
    #[serde(skip_serializing_if = "Advice::is_empty")]
    pub(crate) advice: Advice,
    /// The first line.
    pub(crate) line: u32,
    /// The last line.
    pub(crate) end_line: u32,
}

/// An example message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Example {
    /// The side of the message, if the page states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// The first line of the message.
    pub line: u32,
    /// The last line.
    pub(crate) end_line: u32,
    /// The greatest line number beside it, if the page has any: the number of lines of the original
    /// message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gutter: Option<u32>,
    /// True if it is valid JSON without the page's escapes.
    pub(crate) parses: bool,
    /// The reason why it seems to belong to another API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign: Option<String>,
    /// The damage to it; empty if it is as its author wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<Damage>,
    /// The message without the page's escapes; empty if nothing is left of it.
    pub(crate) text: String,
}

/// One reason not to rely on an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Damage {
    /// The kind of damage.
    pub(crate) kind: DamageKind,
    /// A description, with the expected state.
    pub why: String,
    /// The line where it shows.
    pub line: u32,
}

/// The kinds of damage to an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DamageKind {
    /// It is not valid JSON.
    Syntax,
    /// The number of lines differs from the line numbers beside it.
    Gutter,
    /// The keys were translated.
    TranslatedKeys,
    /// Lines inside a string were wrapped.
    Wrapped,
    /// Parts were left out.
    Elided,
    /// Nothing is left of it.
    Lost,
}
