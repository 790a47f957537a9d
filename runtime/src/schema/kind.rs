//! The kinds of values.

use super::{Schema, UnionSchema};
use crate::{Case, JsonShape, JsonType};

/// The kind of a value.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number that fits in 64 bits.
    Integer,
    /// A number with exact decimals.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// Date and time with offset.
    DateTime,
    /// Calendar day.
    Date,
    /// Time as a number since 1970-01-01T00:00:00Z.
    Timestamp(Epoch),
    /// UUID.
    Uuid,
    /// Bytes in base64.
    Binary,
    /// Absolute URL.
    Url,
    /// ISO 3166-1 alpha-2 code.
    Country,
    /// ISO 4217 alphabetic code, in capital or small letters.
    Currency(Case),
    /// One of a set of texts or whole numbers.
    Enum(&'static EnumSchema),
    /// An object. A function, so that types can be recursive.
    Object(fn() -> &'static Schema),
    /// A list of values of one kind.
    List(&'static Kind),
    /// An object with free keys and values of one kind.
    Map(&'static Kind),
    /// One of several types: see [`Discriminator`](super::Discriminator).
    Union(&'static UnionSchema),
    /// A text that holds the JSON of an object.
    Json(fn() -> &'static Schema),
    /// Any JSON, of which nothing is checked.
    Any,
    /// An element of a list, or a value of a map, that may also be `null`. Never the kind of a field.
    Nullable(&'static Kind),
}

impl Kind {
    /// Returns whether a single value of this kind can travel in this JSON type.
    pub const fn travels_as(&self, json_type: JsonType) -> bool {
        match (self, json_type) {
            (Self::Nullable(kind), json_type) => kind.travels_as(json_type),
            (Self::Enum(EnumSchema { numbers: true, .. }), json_type) => {
                Self::Integer.travels_as(json_type)
            }
            (
                Self::Integer | Self::Decimal | Self::Timestamp(_),
                JsonType::String | JsonType::Number,
            )
            | (Self::Boolean, JsonType::String | JsonType::Boolean) => true,
            (Self::Integer | Self::Decimal | Self::Timestamp(_), JsonType::Boolean)
            | (Self::Boolean, JsonType::Number)
            | (
                Self::Text
                | Self::DateTime
                | Self::Date
                | Self::Uuid
                | Self::Binary
                | Self::Url
                | Self::Country
                | Self::Currency(_)
                | Self::Enum(_)
                | Self::Object(_)
                | Self::List(_)
                | Self::Map(_)
                | Self::Union(_)
                | Self::Json(_)
                | Self::Any,
                JsonType::String | JsonType::Number | JsonType::Boolean,
            ) => false,
        }
    }

    /// Returns the JSON type of a field of this kind.
    ///
    /// # Panics
    ///
    /// When its values cannot travel in this JSON type. The derives call it while the table is compiled.
    #[doc(hidden)]
    pub const fn travelling_as(&self, json_type: JsonType) -> Option<JsonType> {
        assert!(
            self.travels_as(json_type),
            "only numbers can be JSON numbers, only a `bool` a JSON boolean, and only these need a `json_type`"
        );
        Some(json_type)
    }

    /// Returns the JSON type of its values in a union whose types are told apart by it; [`None`] if there is not one alone.
    /// Numbers and booleans are no texts there.
    pub const fn shape(&self) -> Option<JsonShape> {
        match self {
            Self::Integer
            | Self::Decimal
            | Self::Timestamp(_)
            | Self::Enum(EnumSchema { numbers: true, .. }) => Some(JsonShape::Number),
            Self::Boolean => Some(JsonShape::Boolean),
            Self::Text
            | Self::DateTime
            | Self::Date
            | Self::Uuid
            | Self::Binary
            | Self::Url
            | Self::Country
            | Self::Currency(_)
            | Self::Enum(_) => Some(JsonShape::String),
            Self::Object(_) | Self::Map(_) => Some(JsonShape::Object),
            Self::List(_) => Some(JsonShape::List),
            // An incoming object need not be inside a text.
            Self::Json(_) | Self::Union(_) | Self::Any | Self::Nullable(_) => None,
        }
    }

    /// Returns whether its values are whole numbers of 64 bits.
    pub(crate) const fn is_whole(&self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Enum(EnumSchema { numbers: true, .. })
        )
    }

    /// Returns whether `null` is a value, and not an absent one.
    pub(crate) const fn holds_null(&self) -> bool {
        matches!(self, Self::Any | Self::Nullable(_))
    }

    /// Returns the kind of the values that are not `null`.
    pub(crate) const fn without_null(&self) -> &Self {
        match self {
            Self::Nullable(kind) => kind,
            kind => kind,
        }
    }
}

/// The unit of a time that is a number since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Epoch {
    /// Whole seconds.
    Seconds,
    /// Whole milliseconds.
    Millis,
}

impl Epoch {
    /// Returns the word of the spec format: `epoch_seconds`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Epoch::Seconds => "epoch_seconds",
            Epoch::Millis => "epoch_millis",
        }
    }
}

/// A set of texts, or of whole numbers.
#[derive(Debug, Clone, Copy)]
pub struct EnumSchema {
    /// Name of the enum.
    pub name: &'static str,
    /// The values, spelled as on the wire.
    pub values: &'static [&'static str],
    /// True if the values are whole numbers, which travel as an integer does.
    pub numbers: bool,
    /// True if there may be other values.
    pub open: bool,
}
