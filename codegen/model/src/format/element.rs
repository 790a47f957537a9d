use schemars::JsonSchema;
use serde::Deserialize;

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

/// The elements of a list, or the values of a map.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Element {
    /// A built-in type, or the name of an object or enum of this API, as for a field.
    #[serde(rename = "type")]
    pub(crate) ty: String,
    /// The type of the elements of a `list` or the values of a `map`, or the object inside the text of a `json`.
    #[serde(default)]
    pub(crate) of: Option<Of>,
    /// The constraints of each key of a `map`.
    #[serde(default)]
    pub(crate) keys: Option<Box<Keys>>,
    /// The only allowed value.
    #[serde(default, rename = "const")]
    pub(crate) constant: Option<Text>,
    /// The allowed values, out of those of the type.
    #[serde(default)]
    pub(crate) values: Option<Values>,
    /// Least number of characters.
    #[serde(default)]
    pub(crate) min_length: Option<Limit>,
    /// Greatest number of characters; `unknown` if no source states it.
    #[serde(default)]
    pub(crate) max_length: Option<Limit>,
    /// A regular expression that the whole value must match.
    #[serde(default)]
    pub(crate) pattern: Option<Text>,
    /// Least number allowed.
    #[serde(default)]
    pub(crate) min: Option<Text>,
    /// Greatest number allowed.
    #[serde(default)]
    pub(crate) max: Option<Text>,
    /// The number of which only multiples are allowed.
    #[serde(default)]
    pub(crate) multiple_of: Option<Text>,
    /// Least number of elements of a list, or of entries of a map.
    #[serde(default)]
    pub(crate) min_items: Option<Limit>,
    /// Greatest number of elements of a list, or of entries of a map; `unknown` if no source states it.
    #[serde(default)]
    pub(crate) max_items: Option<Limit>,
    /// No two elements of a list are equal.
    #[serde(default)]
    pub(crate) unique_items: Option<Flag>,
    /// A form that a text must have.
    #[serde(default)]
    pub(crate) format: Option<FormatRule>,
}

impl Element {
    /// Returns the constraints of the value.
    pub(crate) fn constraints(&self) -> Constraints<'_> {
        Constraints {
            required: None,
            required_when: &[],
            forbidden_when: &[],
            constant: self.constant.as_ref(),
            values: self.values.as_ref(),
            min_length: self.min_length.as_ref(),
            max_length: self.max_length.as_ref(),
            pattern: self.pattern.as_ref(),
            min: self.min.as_ref(),
            max: self.max.as_ref(),
            min_items: self.min_items.as_ref(),
            multiple_of: self.multiple_of.as_ref(),
            max_items: self.max_items.as_ref(),
            unique_items: self.unique_items.as_ref(),
            format: self.format.as_ref(),
            default: None,
        }
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
