use payspec_runtime::JsonType;
use schemars::JsonSchema;
use serde::Deserialize;

use super::constrained::constrained;
use super::{Constraints, Flag, FormatRule, Limit, Text, Values};

/// The type of elements or values: its name, or the type with constraints.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Of {
    /// Short form.
    Name(String),
    /// Long form.
    Element(Box<Element>),
}

constrained! {
    /// The elements of a list, or the values of a map.
    Element {
        /// A built-in type, or the name of an object or enum of this API, as for a field.
        #[serde(rename = "type")]
        ty: String,
        /// The type of the elements of a `list` or the values of a `map`, or the object inside the text of a `json`.
        #[serde(default)]
        of: Option<Of>,
        /// The constraints of each key of a `map`.
        #[serde(default)]
        keys: Option<Box<Keys>>,
        /// The JSON type of each value, if it differs from `wire.scalars`: `number` or `string` for numbers, `boolean` or
        /// `string` for booleans.
        #[serde(default)]
        json_type: Option<JsonType>,
        /// True if `null` is a value of an element, or of the value of an entry.
        #[serde(default)]
        nullable: bool,
    }
}

/// The constraints of each key of a map.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Keys {
    /// Greatest number of characters; `unknown` if no source states it.
    #[serde(default)]
    pub(crate) max_length: Option<Limit>,
    /// A regular expression that the whole key must match.
    #[serde(default)]
    pub(crate) pattern: Option<Text>,
}
