use std::borrow::Cow;

use indexmap::IndexMap;
use payspec_runtime::{Case, JsonType, Location, Style};
use schemars::JsonSchema;
use serde::Deserialize;

use super::constrained::constrained;
use super::{
    Deprecated, Direction, Disputed, Keys, MoneyEntry, Of, Removed, Sensitive, Severity, Since,
    Sources,
};

/// The fields of an object, by their name on the wire, in the order of the provider's page.
pub(crate) type Fields = IndexMap<String, FieldEntry>;

/// A field: its type alone, or the field.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum FieldEntry {
    /// Short form.
    Type(String),
    /// Long form.
    Field(Box<Field>),
}

impl FieldEntry {
    /// Returns the field in its long form.
    pub(crate) fn field(&self) -> Cow<'_, Field> {
        match self {
            FieldEntry::Type(ty) => Cow::Owned(Field {
                ty: ty.clone(),
                ..Field::default()
            }),
            FieldEntry::Field(field) => Cow::Borrowed(field),
        }
    }
}

constrained! {
    /// One field of an object.
    Field {
        /// A built-in type (`string`, `integer`, `decimal`, `boolean`, `datetime`, `date`, `epoch_seconds`,
        /// `epoch_millis`, `url`, `uuid`, `binary`, `country`, `currency`, `any`, `list`, `map`, `json`) or the name of an object or enum of this API.
        #[serde(rename = "type")]
        ty: String,
        /// The type of the elements of a `list` or the values of a `map`, or the object inside the text of a `json`.
        #[serde(default)]
        of: Option<Of>,
        /// The constraints of each key of a `map`.
        #[serde(default)]
        keys: Option<Box<Keys>>,
        /// The part of the HTTP request in which the field travels, for a field of a request that the merchant sends.
        /// Without it: `path` if the path of the operation names the field in braces, else `query` if the method has
        /// no body, else `body`.
        #[serde(default, rename = "in")]
        location: Option<Location>,
        /// The way in which a query or form writes the list, object or map, for a field of a request that the merchant
        /// sends; that of the API if absent.
        #[serde(default)]
        style: Option<Style>,
        /// The JSON type of the value, if it differs from `wire.scalars`: `number` or `string` for numbers, `boolean` or
        /// `string` for booleans.
        #[serde(default)]
        json_type: Option<JsonType>,
        /// The case of the letters of a `currency`; `upper` if absent.
        #[serde(default)]
        case: Option<Case>,
        /// True if `null` is a value of the field. Without it, `null` is read as an absent value.
        #[serde(default)]
        nullable: bool,
        /// The meaning of the field, in one or two sentences.
        #[serde(default)]
        #[schemars(length(min = 1))]
        description: String,
        /// The sources of this field's facts; inherited from the object if absent.
        #[serde(default)]
        source: Option<Sources>,
        /// The currency, if the value is an amount of money: an integer in minor units, or a decimal in major ones.
        #[serde(default)]
        money: Option<MoneyEntry>,
        /// The reason why it must not be logged, if any.
        #[serde(default)]
        sensitive: Option<Sensitive>,
        /// The date since when the field exists.
        #[serde(default)]
        since: Option<Box<Since>>,
        /// Set if the field should no longer be used.
        #[serde(default)]
        deprecated: Option<Box<Deprecated>>,
        /// Set if the field no longer exists.
        #[serde(default)]
        removed: Option<Box<Removed>>,
        /// The former name of the field, or `Type.field` if it was in another object.
        #[serde(default)]
        renamed_from: Option<String>,
        /// The name of the field in Rust, if its name on the wire does not suit: `three_d_secure` for `3ds`.
        #[serde(default)]
        rust_name: Option<String>,
        /// An example value.
        #[serde(default)]
        example: Option<String>,
        /// Other names of the field on documentation pages, such as translated ones.
        #[serde(default)]
        page_names: Vec<String>,
        /// The points on which sources disagree about this field.
        #[serde(default)]
        disputed: Vec<Disputed>,
    } with presence
}

constrained! {
    /// Additional constraints on the field at a path.
    Refinement {
        /// The reason, or the meaning in this place.
        #[serde(default)]
        note: Option<String>,
        /// The sources, if other than those of the operation.
        #[serde(default)]
        source: Option<Sources>,
        /// The points on which sources disagree.
        #[serde(default)]
        disputed: Vec<Disputed>,
    } with presence
}

/// The constraints of a [`Field`], a [`Refinement`] or an [`Element`](super::Element).
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)] // Each is documented in the structs that a spec uses.
pub(crate) struct Constraints<'a> {
    pub(crate) required: Option<&'a Flag>,
    pub(crate) required_when: &'a [Condition],
    pub(crate) forbidden_when: &'a [Condition],
    pub(crate) constant: Option<&'a Text>,
    pub(crate) values: Option<&'a Values>,
    pub(crate) min_length: Option<&'a Limit>,
    pub(crate) max_length: Option<&'a Limit>,
    pub(crate) pattern: Option<&'a Text>,
    pub(crate) min: Option<&'a Text>,
    pub(crate) max: Option<&'a Text>,
    pub(crate) min_items: Option<&'a Limit>,
    pub(crate) multiple_of: Option<&'a Text>,
    pub(crate) max_items: Option<&'a Limit>,
    pub(crate) unique_items: Option<&'a Flag>,
    pub(crate) format: Option<&'a FormatRule>,
    pub(crate) default: Option<&'a str>,
}

/// A constraint without a value: `true`, or its particulars.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Flag {
    /// Short form.
    Short(bool),
    /// Long form.
    Long(Box<Particulars>),
}

/// A numeric limit: a number, `unknown`, or a number with its particulars.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Limit {
    /// Short form.
    Short(u32),
    /// No source states the limit.
    Unknown(Unknown),
    /// Long form.
    Long(Box<LimitParticulars>),
}

/// The word `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unknown {
    /// No source states it.
    Unknown,
}

/// A constraint with a text: the text, or the text with its particulars.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Text {
    /// Short form.
    Short(String),
    /// Long form.
    Long(Box<TextParticulars>),
}

/// A list of allowed values: the list, or the list with its particulars.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Values {
    /// Short form.
    Short(Vec<String>),
    /// Long form.
    Long(Box<ValuesParticulars>),
}

/// A form: its name, or its name with its particulars.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum FormatRule {
    /// Short form.
    Short(FormatName),
    /// Long form.
    Long(Box<FormatParticulars>),
}

/// A form that a text can have beyond its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FormatName {
    /// A merchant category code: four digits (ISO 18245).
    Mcc,
    /// A JSON text.
    Json,
}

impl FormatName {
    /// The word in a spec.
    pub const fn as_str(self) -> &'static str {
        match self {
            FormatName::Mcc => "mcc",
            FormatName::Json => "json",
        }
    }
}

/// Severity, direction, sources and reason of a constraint.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Particulars {
    /// The severity of a violation.
    #[serde(default)]
    pub(crate) severity: Severity,
    /// The direction in which it applies.
    #[serde(default)]
    pub(crate) direction: Direction,
    /// The sources, if other than those of the field.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The reason for the constraint.
    #[serde(default)]
    pub(crate) reason: Option<String>,
}

macro_rules! with_particulars {
    ($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident: $ty:ty }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
        #[schemars(deny_unknown_fields)]
        pub(crate) struct $name {
            $(#[$field_doc])*
            pub(crate) $field: $ty,
            /// The severity of a violation.
            #[serde(default)]
            pub(crate) severity: Severity,
            /// The direction in which it applies.
            #[serde(default)]
            pub(crate) direction: Direction,
            /// The sources, if other than those of the field.
            #[serde(default)]
            pub(crate) source: Option<Sources>,
            /// The reason for the constraint.
            #[serde(default)]
            pub(crate) reason: Option<String>,
        }

        impl $name {
            /// Returns everything but the value.
            pub(crate) fn particulars(&self) -> Particulars {
                Particulars {
                    severity: self.severity,
                    direction: self.direction,
                    source: self.source.clone(),
                    reason: self.reason.clone(),
                }
            }
        }
    };
}

with_particulars! {
    /// Long form of a [`Limit`].
    LimitParticulars {
        /// The limit.
        value: u32
    }
}
with_particulars! {
    /// Long form of a [`Text`].
    TextParticulars {
        /// The text.
        value: String
    }
}
with_particulars! {
    /// Long form of [`Values`].
    ValuesParticulars {
        /// The values.
        value: Vec<String>
    }
}
with_particulars! {
    /// Long form of a [`FormatRule`].
    FormatParticulars {
        /// The form's name.
        value: FormatName
    }
}

/// The condition of a conditional constraint.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Condition {
    /// JSON Pointer, from the object that has the field, to the deciding field; after a list, a final
    /// `*` matches one of its elements. Absent if a message does not show the condition; then `text`
    /// states it.
    #[serde(default)]
    pub(crate) path: Option<String>,
    /// The condition is met if the field at `path` has one of these values; without values, if the
    /// field is present.
    #[serde(default)]
    pub(crate) values: Vec<String>,
    /// The condition is met if the field at `path`, or an object on the way to it, is absent. Not
    /// together with `values`.
    #[serde(default)]
    pub(crate) absent: bool,
    /// The condition in words; required without a `path`.
    #[serde(default)]
    pub(crate) text: Option<String>,
    /// The severity of a violation.
    #[serde(default)]
    pub(crate) severity: Severity,
    /// The direction in which it applies.
    #[serde(default)]
    pub(crate) direction: Direction,
    /// The sources, if other than those of the field.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The reason for the constraint.
    #[serde(default)]
    pub(crate) reason: Option<String>,
}
