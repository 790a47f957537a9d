//! A parameter and what the page states about it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Aspect, Prose, Stated};

/// One parameter. A missing key means that the page does not state the fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Parameter {
    /// JSON Pointer of the parameter in the message; `*` matches every element of a list. A
    /// translated name appears as it is printed.
    pub path: String,
    /// The name as printed, which may be translated.
    pub(crate) name_as_printed: String,
    /// The name on the wire, when the page prints one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// The line that names it.
    pub line: u32,
    /// The last line about it, without its children.
    pub(crate) end_line: u32,
    /// The nesting depth: 0 for a parameter of the body.
    pub(crate) depth: u32,
    /// The index of the parameter that contains it, in the same list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<usize>,
    /// The index among the parameters of the same parent, from 0.
    pub(crate) position: u32,
    /// The type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<Stated<TypeFact>>,
    /// The requirement.
    pub required: Stated<Requirement>,
    /// Least number of characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<Stated<u32>>,
    /// Greatest number of characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<Stated<u32>>,
    /// The allowed numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Stated<Range>>,
    /// Least number of elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<Stated<u32>>,
    /// Greatest number of elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<Stated<u32>>,
    /// The number of which only multiples are allowed, as a decimal text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<Stated<String>>,
    /// The line that says that no two elements are equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unique_items: Option<Prose>,
    /// The form of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Stated<Format>>,
    /// The values that the page names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Values>,
    /// The value that the receiver assumes if it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Stated<String>>,
    /// The conditions under which it must be present, or absent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The line that says that it is the idempotency key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) idempotency: Option<Prose>,
    /// The line that says that it should no longer be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) deprecated: Option<Prose>,
    /// The meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<Prose>,
    /// Further prose under the words `Note` or `More information` that states no constraint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) notes: Vec<Prose>,
    /// The state of its children: shown or hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children: Option<Children>,
    /// The facts that are guesses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) guesses: Vec<Guess>,
}

impl Parameter {
    /// Returns whether the page states this fact about it.
    pub(crate) fn states(&self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Name | Aspect::Required => true,
            Aspect::Type => self.ty.is_some(),
            Aspect::MinLength => self.min_length.is_some(),
            Aspect::MaxLength => self.max_length.is_some(),
            Aspect::Range => self.range.is_some(),
            Aspect::MinItems => self.min_items.is_some(),
            Aspect::MaxItems => self.max_items.is_some(),
            Aspect::MultipleOf => self.multiple_of.is_some(),
            Aspect::UniqueItems => self.unique_items.is_some(),
            Aspect::Format => self.format.is_some(),
            Aspect::Values => self.values.is_some(),
            Aspect::Default => self.default.is_some(),
            Aspect::Conditions => !self.conditions.is_empty(),
            Aspect::Idempotency => self.idempotency.is_some(),
            Aspect::Deprecated => self.deprecated.is_some(),
            Aspect::Description => self.description.is_some(),
            Aspect::Notes => !self.notes.is_empty(),
            Aspect::Children => self.children.is_some(),
            Aspect::Title
            | Aspect::Date
            | Aspect::Method
            | Aspect::Path
            | Aspect::Purpose
            | Aspect::Introduction
            | Aspect::Endpoints
            | Aspect::Code
            | Aspect::Status
            | Aspect::HttpStatus
            | Aspect::Message
            | Aspect::Action
            | Aspect::Text
            | Aspect::Gutter => false,
        }
    }
}

/// The requirement of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// The page says that it must be present.
    Required,
    /// The page says that it may be absent, or only marks parameters that are required.
    Optional,
    /// The page says that it depends on a condition.
    Conditional,
    /// The page leaves the place for it empty, or has an unknown word there.
    Unstated,
}

/// The type of a parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TypeFact {
    /// The kind of value.
    pub kind: TypeKind,
    /// Name of the object, if it is printed or known by its translation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The type of an array's elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Box<TypeFact>>,
    /// The words of the page.
    pub(crate) printed: String,
}

/// The kinds of value that pages know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TypeKind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Date and time.
    Datetime,
    /// Date.
    Date,
    /// An address.
    Url,
    /// An object with fields.
    Object,
    /// A list.
    Array,
    /// Any JSON.
    Any,
}

impl TypeKind {
    /// Returns whether its values have parts: fields or elements.
    pub(crate) const fn has_parts(self) -> bool {
        match self {
            TypeKind::Object | TypeKind::Array => true,
            TypeKind::String
            | TypeKind::Integer
            | TypeKind::Number
            | TypeKind::Boolean
            | TypeKind::Datetime
            | TypeKind::Date
            | TypeKind::Url
            | TypeKind::Any => false,
        }
    }

    /// Returns the word for it, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            TypeKind::String => "string",
            TypeKind::Integer => "integer",
            TypeKind::Number => "number",
            TypeKind::Boolean => "boolean",
            TypeKind::Datetime => "datetime",
            TypeKind::Date => "date",
            TypeKind::Url => "url",
            TypeKind::Object => "object",
            TypeKind::Array => "array",
            TypeKind::Any => "any",
        }
    }
}

/// The allowed numbers, as decimal texts; an absent bound is unlimited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Range {
    /// The least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// The greatest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
}

/// The forms that pages name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// ISO 8601 date and time.
    Datetime,
    /// ISO 8601 date.
    Date,
    /// An address.
    Url,
    /// ISO 3166 country code.
    Country,
    /// ISO 4217 currency code.
    Currency,
    /// ISO 18245 merchant category code.
    Mcc,
    /// JSON in a text.
    Json,
    /// ASCII letters, digits or a subset of them.
    Alphanumeric,
}

impl Format {
    /// Returns the word for it, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Datetime => "datetime",
            Format::Date => "date",
            Format::Url => "url",
            Format::Country => "country",
            Format::Currency => "currency",
            Format::Mcc => "mcc",
            Format::Json => "json",
            Format::Alphanumeric => "alphanumeric",
        }
    }
}

/// The values that a page names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Values {
    /// The kind: one fixed value, a choice, or examples.
    pub kind: ValuesKind,
    /// The values, in the page's order.
    pub items: Vec<Value>,
    /// The line of the first one.
    pub(crate) line: u32,
}

/// The ways in which a page states values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValuesKind {
    /// Always this one.
    Fixed,
    /// One of these.
    OneOf,
    /// These are examples; others are allowed.
    Examples,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Value {
    /// The spelling.
    pub value: String,
    /// The meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) meaning: Option<String>,
    /// The line.
    pub(crate) line: u32,
}

/// A condition under which a parameter must be present, or absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Condition {
    /// The kind of condition.
    pub(crate) kind: ConditionKind,
    /// The condition in the page's words.
    pub(crate) text: String,
    /// The test of a message that decides.
    #[serde(flatten)]
    pub(crate) test: Test,
    /// True if the page says when the parameter may be left out.
    #[serde(skip)]
    pub(crate) exempts: bool,
    /// The first line.
    pub(crate) line: u32,
    /// The last line.
    pub(crate) end_line: u32,
}

/// The effect of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConditionKind {
    /// The parameter must be present.
    RequiredWhen,
    /// The parameter may be absent. What it tests is only in words: another test says when the
    /// parameter is required.
    OptionalWhen,
    /// The parameter is present in a response, or has a value.
    PresentWhen,
    /// The parameter must be absent, or is empty.
    AbsentWhen,
    /// One of several parameters must be present.
    AtLeastOneOf,
}

/// The test of a message that decides a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "test", rename_all = "snake_case")]
pub(crate) enum Test {
    /// Another parameter decides.
    Field {
        /// The parameter, as printed.
        field: String,
        /// The state or the values that the parameter must have.
        met: Met,
    },
    /// At least one of these parameters must be present.
    Group {
        /// The parameters, as printed.
        fields: Vec<String>,
    },
    /// Only the words of the page state it: they say no test, or one that is not understood wholly.
    Words,
}

/// The state or the values of a parameter for which a condition holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Met {
    /// Present, with any value.
    Present,
    /// Absent, or empty.
    Absent,
    /// One of these values.
    OneOf {
        /// The values.
        values: Vec<String>,
    },
}

/// The state of an object's fields on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Children {
    /// They are on the page.
    Shown,
    /// The page says that they exist, but does not show them.
    Hidden,
}

/// A fact that was guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Guess {
    /// The guessed fact.
    pub(crate) aspect: Aspect,
    /// The confidence of the reader.
    pub(crate) confidence: Confidence,
    /// The reason for the guess.
    pub(crate) why: String,
}

/// The confidence of a guess. A fact without a guess is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Confidence {
    /// Other readings are possible.
    Low,
    /// Other readings are unlikely.
    High,
}
