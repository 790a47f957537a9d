//! The facts of a provider's page as data, each with its line on the page.
//!
//! This module does not judge. A fact that the reader had to guess is listed in `guesses`; a line
//! that it did not understand is in the report of lines ([`Page::lines`]) as [`Reading::Unread`].

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::line_report::{Line, UnreadLine};
use payspec_model::model::Side;

/// The facts of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Page {
    /// The format in which the page was saved or rendered.
    pub rendering: Rendering,
    /// The language of its text.
    pub language: Language,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Stated<String>>,
    /// The date that the page carries, `2023-07-27`, or with a time, `2023-07-27 09:58`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Stated<String>>,
    /// The sections that were found, in the page's order.
    pub sections: Vec<SectionSpan>,
    /// The operations that the page describes; nearly always one.
    pub operations: Vec<Operation>,
    /// The objects that tables describe apart from the parameters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<SharedObject>,
    /// Every line of the page that is not blank, in its order, with its reading.
    pub lines: Vec<Line>,
    /// The lines of the parameter, example and code sections that no rule understood.
    pub unread: Vec<UnreadLine>,
}

impl Page {
    /// Returns the parameter that a reference points to.
    pub fn parameter(&self, subject: Subject) -> Option<&Parameter> {
        match subject {
            Subject::Parameter {
                operation,
                side,
                index,
            } => self.operations.get(operation)?.parameters(side).get(index),
            Subject::Field { object, index } => self.objects.get(object)?.fields.get(index),
            Subject::Page
            | Subject::Operation { .. }
            | Subject::Code { .. }
            | Subject::Example { .. } => None,
        }
    }
}

/// The format in which a page was saved or rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rendering {
    /// HTML, as a browser saves it.
    Html,
    /// The text of an HTML page: blank lines between the blocks, bullets as `•`.
    HtmlText,
    /// The text of an HTML page without blank lines; bullets may be glued together.
    FlatText,
    /// Markdown that a scraper made of a page: `#### name Type REQUIRED`.
    ScrapedMarkdown,
    /// The provider's own Markdown: `#### name (Type, REQUIRED)`, nested by heading level.
    ProviderMarkdown,
    /// Markdown or HTML with the parameters in tables.
    Tables,
}

impl Rendering {
    /// Returns the word for it, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Rendering::Html => "html",
            Rendering::HtmlText => "html_text",
            Rendering::FlatText => "flat_text",
            Rendering::ScrapedMarkdown => "scraped_markdown",
            Rendering::ProviderMarkdown => "provider_markdown",
            Rendering::Tables => "tables",
        }
    }
}

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    English,
    /// Chinese by the provider's translators: names and `REQUIRED` as in the original.
    Chinese,
    /// Chinese by a machine: type words, requirement and even names may be translated.
    MachineChinese,
}

impl Language {
    /// Returns the word for it, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Language::English => "english",
            Language::Chinese => "chinese",
            Language::MachineChinese => "machine_chinese",
        }
    }
}

/// A value and the line that states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// The line, from 1.
    pub line: u32,
}

/// A passage of prose. It is only compared or shown, never interpreted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Prose {
    /// The text, markup removed, one line per line of the page.
    pub text: String,
    /// The first line, from 1.
    pub line: u32,
    /// The last line.
    pub end_line: u32,
}

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Before the parameters: navigation, title, date, endpoint, purpose, structure.
    Head,
    /// The parameters of the request.
    Request,
    /// The parameters of the response.
    Response,
    /// Objects that tables describe apart from the parameters.
    Objects,
    /// The example messages.
    Examples,
    /// Prose about single parameters, after the examples.
    MoreInformation,
    /// The meaning of each result status.
    ResultLogic,
    /// The table of result codes.
    Codes,
    /// Everything after the last section.
    Footer,
    /// A section under a heading that no rule knows.
    Other,
}

impl Section {
    /// Returns whether every line of it has to be accounted for.
    pub const fn is_read(self) -> bool {
        match self {
            Section::Request
            | Section::Response
            | Section::Objects
            | Section::Examples
            | Section::Codes => true,
            Section::Head
            | Section::MoreInformation
            | Section::ResultLogic
            | Section::Footer
            | Section::Other => false,
        }
    }
}

/// The position of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SectionSpan {
    /// The section.
    pub section: Section,
    /// The first line.
    pub line: u32,
    /// The last line that is not blank.
    pub end_line: u32,
}

/// One operation of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Operation {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Stated<String>>,
    /// The HTTP method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Stated<String>>,
    /// The path, as printed after the method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Stated<String>>,
    /// The purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Prose>,
    /// Addresses next to the examples.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<Stated<String>>,
    /// Parameters of the request, in the page's order, children after their parent.
    pub request: Vec<Parameter>,
    /// Parameters of the response.
    pub response: Vec<Parameter>,
    /// Result codes, in the page's order.
    pub codes: Vec<Code>,
    /// The example messages.
    pub examples: Vec<Example>,
}

impl Operation {
    /// Returns the parameters of one side.
    pub fn parameters(&self, side: Side) -> &[Parameter] {
        match side {
            Side::Request => &self.request,
            Side::Response => &self.response,
        }
    }
}

/// An object that a table describes apart from the parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SharedObject {
    /// The name.
    pub name: Stated<String>,
    /// The fields, in the page's order; their paths begin at the object.
    pub fields: Vec<Parameter>,
}

/// One parameter. A missing key means that the page does not state the fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Parameter {
    /// JSON Pointer of the parameter in the message; `*` matches every element of a list. A
    /// translated name appears as it is printed.
    pub path: String,
    /// The name as printed, which may be translated.
    pub name_as_printed: String,
    /// The name on the wire, when the page prints one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The line that names it.
    pub line: u32,
    /// The last line about it, without its children.
    pub end_line: u32,
    /// The nesting depth: 0 for a parameter of the body.
    pub depth: u32,
    /// The index of the parameter that contains it, in the same list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<usize>,
    /// The index among the parameters of the same parent, from 0.
    pub position: u32,
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
    /// The allowed values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Values>,
    /// The conditions under which it must be present, or absent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The line that says that it is the idempotency key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency: Option<Prose>,
    /// The line that says that it should no longer be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Prose>,
    /// The meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Prose>,
    /// Further prose under the words `Note` or `More information` that states no constraint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Prose>,
    /// The state of its children: shown or hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children: Option<Children>,
    /// The facts that are guesses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guesses: Vec<Guess>,
}

impl Parameter {
    /// Returns whether the page states this fact about it.
    pub fn states(&self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Name | Aspect::Required => true,
            Aspect::Type => self.ty.is_some(),
            Aspect::MinLength => self.min_length.is_some(),
            Aspect::MaxLength => self.max_length.is_some(),
            Aspect::Range => self.range.is_some(),
            Aspect::MaxItems => self.max_items.is_some(),
            Aspect::MultipleOf => self.multiple_of.is_some(),
            Aspect::UniqueItems => self.unique_items.is_some(),
            Aspect::Format => self.format.is_some(),
            Aspect::Values => self.values.is_some(),
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
            | Aspect::Endpoints
            | Aspect::Code
            | Aspect::Status
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
    pub printed: String,
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
}

impl TypeKind {
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

/// The allowed values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Values {
    /// The kind: one fixed value, or a choice.
    pub kind: ValuesKind,
    /// The values, in the page's order.
    pub items: Vec<Value>,
    /// The line of the first one.
    pub line: u32,
}

/// The ways in which a page states values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValuesKind {
    /// Always this one.
    Fixed,
    /// One of these.
    OneOf,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Value {
    /// The spelling.
    pub value: String,
    /// The meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// The line.
    pub line: u32,
}

/// A condition under which a parameter must be present, or absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Condition {
    /// The kind of condition.
    pub kind: ConditionKind,
    /// The condition in the page's words.
    pub text: String,
    /// The deciding parameter, as printed, if one was recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The deciding values; if empty, the presence of the parameter decides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// The first line.
    pub line: u32,
    /// The last line.
    pub end_line: u32,
}

/// The effect of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConditionKind {
    /// The parameter must be present.
    RequiredWhen,
    /// The parameter is present in a response, or has a value.
    PresentWhen,
    /// The parameter must be absent, or is empty.
    AbsentWhen,
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
pub struct Guess {
    /// The guessed fact.
    pub aspect: Aspect,
    /// The confidence of the reader.
    pub confidence: Confidence,
    /// The reason for the guess.
    pub why: String,
}

/// The confidence of a guess. A fact without a guess is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Other readings are possible.
    Low,
    /// Other readings are unlikely.
    High,
}

/// One row of the table of result codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Code {
    /// The code on the wire.
    pub code: String,
    /// The status, `S`, `F` or `U`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The message, in the page's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The advice, in the page's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// The first line of the row.
    pub line: u32,
    /// The last line of the row.
    pub end_line: u32,
    /// The facts that are guesses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guesses: Vec<Guess>,
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
    pub end_line: u32,
    /// The greatest line number beside it, if the page has any: the number of lines of the original
    /// message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gutter: Option<u32>,
    /// True if it is valid JSON without the page's escapes.
    pub parses: bool,
    /// The reason why it seems to belong to another API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign: Option<String>,
    /// The damage to it; empty if it is as its author wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub damage: Vec<Damage>,
    /// The message without the page's escapes; empty if nothing is left of it.
    pub text: String,
}

/// One reason not to rely on an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Damage {
    /// The kind of damage.
    pub kind: DamageKind,
    /// A description, with the expected state.
    pub why: String,
    /// The line where it shows.
    pub line: u32,
}

/// The kinds of damage to an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DamageKind {
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

/// The subject of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The page.
    Page,
    /// An operation.
    Operation {
        /// The index in [`Page::operations`].
        operation: usize,
    },
    /// A parameter.
    Parameter {
        /// The operation.
        operation: usize,
        /// The body.
        side: Side,
        /// The index in its list.
        index: usize,
    },
    /// A field of an object that a table describes.
    Field {
        /// The index in [`Page::objects`].
        object: usize,
        /// The index in [`SharedObject::fields`].
        index: usize,
    },
    /// A result code.
    Code {
        /// The operation.
        operation: usize,
        /// The index in [`Operation::codes`].
        index: usize,
    },
    /// An example.
    Example {
        /// The operation.
        operation: usize,
        /// The index in [`Operation::examples`].
        index: usize,
    },
}

/// The kinds of facts about a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// The title.
    Title,
    /// The date.
    Date,
    /// The HTTP method.
    Method,
    /// The path of the endpoint.
    Path,
    /// The purpose of an operation.
    Purpose,
    /// An address next to the examples.
    Endpoints,
    /// The name of a parameter.
    #[serde(rename = "name_as_printed")]
    Name,
    /// The type.
    Type,
    /// The requirement.
    Required,
    /// The least number of characters.
    MinLength,
    /// The greatest number of characters.
    MaxLength,
    /// The allowed numbers.
    Range,
    /// The greatest number of elements.
    MaxItems,
    /// The number of which only multiples are allowed.
    MultipleOf,
    /// That no two elements are equal.
    UniqueItems,
    /// The form of the text.
    Format,
    /// The allowed values.
    Values,
    /// A condition.
    Conditions,
    /// The idempotency key.
    Idempotency,
    /// The deprecation.
    Deprecated,
    /// The description.
    Description,
    /// Further prose.
    Notes,
    /// The state of the children: shown or hidden.
    Children,
    /// A code.
    Code,
    /// A status.
    Status,
    /// A message.
    Message,
    /// A further action.
    Action,
    /// The text of an example.
    Text,
    /// The line numbers beside an example.
    Gutter,
}

impl Aspect {
    /// Returns the key of the fact in the JSON of its subject.
    pub const fn as_str(self) -> &'static str {
        match self {
            Aspect::Title => "title",
            Aspect::Date => "date",
            Aspect::Method => "method",
            Aspect::Path => "path",
            Aspect::Purpose => "purpose",
            Aspect::Endpoints => "endpoints",
            Aspect::Name => "name_as_printed",
            Aspect::Type => "type",
            Aspect::Required => "required",
            Aspect::MinLength => "min_length",
            Aspect::MaxLength => "max_length",
            Aspect::Range => "range",
            Aspect::MaxItems => "max_items",
            Aspect::MultipleOf => "multiple_of",
            Aspect::UniqueItems => "unique_items",
            Aspect::Format => "format",
            Aspect::Values => "values",
            Aspect::Conditions => "conditions",
            Aspect::Idempotency => "idempotency",
            Aspect::Deprecated => "deprecated",
            Aspect::Description => "description",
            Aspect::Notes => "notes",
            Aspect::Children => "children",
            Aspect::Code => "code",
            Aspect::Status => "status",
            Aspect::Message => "message",
            Aspect::Action => "action",
            Aspect::Text => "text",
            Aspect::Gutter => "gutter",
        }
    }
}

/// A fact of a page, shown as its JSON Pointer: `/operations/0/request/3/max_length`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactRef {
    /// The subject.
    pub subject: Subject,
    /// The kind of fact.
    pub aspect: Aspect,
}

impl fmt::Display for FactRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.subject {
            Subject::Page => {}
            Subject::Operation { operation } => write!(f, "/operations/{operation}")?,
            Subject::Parameter {
                operation,
                side,
                index,
            } => write!(f, "/operations/{operation}/{side}/{index}")?,
            Subject::Field { object, index } => write!(f, "/objects/{object}/fields/{index}")?,
            Subject::Code { operation, index } => {
                write!(f, "/operations/{operation}/codes/{index}")?;
            }
            Subject::Example { operation, index } => {
                write!(f, "/operations/{operation}/examples/{index}")?;
            }
        }
        write!(f, "/{}", self.aspect.as_str())
    }
}

impl Serialize for FactRef {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for FactRef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FactRef".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "JSON Pointer of the fact in this document.",
            "pattern": "^(/[a-z_0-9]+)+$"
        })
    }
}
