//! References to single facts of a page.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use payspec_model::model::Side;

/// The subject of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// The page.
    Page,
    /// An operation.
    Operation {
        /// The index in [`Page::operations`](crate::Page::operations).
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
        /// The index in [`Page::objects`](crate::Page::objects).
        object: usize,
        /// The index in [`SharedObject::fields`](crate::SharedObject::fields).
        index: usize,
    },
    /// The meaning of a result status.
    Logic {
        /// The operation.
        operation: usize,
        /// The index in [`Operation::result_logic`](crate::Operation::result_logic).
        index: usize,
    },
    /// A result code.
    Code {
        /// The operation.
        operation: usize,
        /// The index in [`Operation::codes`](crate::Operation::codes).
        index: usize,
    },
    /// An example.
    Example {
        /// The operation.
        operation: usize,
        /// The index in [`Operation::examples`](crate::Operation::examples).
        index: usize,
    },
}

/// The kinds of facts about a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Aspect {
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
    /// Further prose before the parameters.
    Introduction,
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
    /// The least number of elements.
    MinItems,
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
    /// The value that the receiver assumes.
    Default,
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
    /// The status of an HTTP response.
    HttpStatus,
    /// A message.
    Message,
    /// A further action.
    Action,
    /// The text of an example, or about a status.
    Text,
    /// The line numbers beside an example.
    Gutter,
}

impl Aspect {
    /// Returns the key of the fact in the JSON of its subject.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Aspect::Title => "title",
            Aspect::Date => "date",
            Aspect::Method => "method",
            Aspect::Path => "path",
            Aspect::Purpose => "purpose",
            Aspect::Introduction => "introduction",
            Aspect::Endpoints => "endpoints",
            Aspect::Name => "name_as_printed",
            Aspect::Type => "type",
            Aspect::Required => "required",
            Aspect::MinLength => "min_length",
            Aspect::MaxLength => "max_length",
            Aspect::Range => "range",
            Aspect::MinItems => "min_items",
            Aspect::MaxItems => "max_items",
            Aspect::MultipleOf => "multiple_of",
            Aspect::UniqueItems => "unique_items",
            Aspect::Format => "format",
            Aspect::Values => "values",
            Aspect::Default => "default",
            Aspect::Conditions => "conditions",
            Aspect::Idempotency => "idempotency",
            Aspect::Deprecated => "deprecated",
            Aspect::Description => "description",
            Aspect::Notes => "notes",
            Aspect::Children => "children",
            Aspect::Code => "code",
            Aspect::Status => "status",
            Aspect::HttpStatus => "http_status",
            Aspect::Message => "message",
            Aspect::Action => "action",
            Aspect::Text => "text",
            Aspect::Gutter => "gutter",
        }
    }
}

/// A fact of a page, shown as its JSON Pointer: `/operations/0/request/3/max_length`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FactRef {
    /// The subject.
    pub(crate) subject: Subject,
    /// The kind of fact.
    pub(crate) aspect: Aspect,
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
            Subject::Logic { operation, index } => {
                write!(f, "/operations/{operation}/result_logic/{index}")?;
            }
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
