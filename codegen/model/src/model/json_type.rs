//! The JSON types in which single values travel.

use super::{Api, Type, Wire};
use crate::format::{EnumType, Scalars};
use payspec_runtime::JsonType;

impl Type {
    /// Returns whether a single value written as this type can travel in this JSON type: see
    /// [`Kind::travels_as`](payspec_runtime::Kind::travels_as).
    pub fn travels_as(&self, json_type: JsonType) -> bool {
        self.json_types().contains(&json_type)
    }

    /// Returns the JSON types between which a `json_type` can choose; none for a type that has only one.
    pub fn json_types(&self) -> &'static [JsonType] {
        match self {
            Type::Integer | Type::Decimal | Type::Timestamp(_) => {
                &[JsonType::Number, JsonType::String]
            }
            Type::Boolean => &[JsonType::Boolean, JsonType::String],
            Type::String
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_)
            | Type::Any => &[],
        }
    }
}

impl Api {
    /// Returns the type in whose form values of a type are written: an enum of whole numbers is written as an integer.
    pub fn written_as<'t>(&self, ty: &'t Type) -> &'t Type {
        match ty {
            Type::Enum(id) => match self.enumeration(*id).ty {
                EnumType::Integer => &Type::Integer,
                EnumType::String => ty,
            },
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_)
            | Type::Any => ty,
        }
    }

    /// Returns the JSON type in which a value of this type travels, where `own` is that of its field or element; [`None`] if
    /// the wire format permits several, or if it is not a number or boolean.
    pub fn json_type(&self, ty: &Type, own: Option<JsonType>) -> Option<JsonType> {
        self.wire.json_type(self.written_as(ty), own)
    }
}

impl Wire {
    fn json_type(&self, ty: &Type, own: Option<JsonType>) -> Option<JsonType> {
        match ty {
            Type::Integer | Type::Timestamp(_) => Some(own.unwrap_or(match self.scalars {
                Scalars::Native => JsonType::Number,
                Scalars::Strings => JsonType::String,
            })),
            Type::Boolean => Some(own.unwrap_or(match self.scalars {
                Scalars::Native => JsonType::Boolean,
                Scalars::Strings => JsonType::String,
            })),
            // Decimals are texts so that no reader makes floats of them; numbers are read, too.
            Type::Decimal => match self.scalars {
                Scalars::Native => own,
                Scalars::Strings => own.or(Some(JsonType::String)),
            },
            Type::String
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_)
            | Type::Any => None,
        }
    }
}
