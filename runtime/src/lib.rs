//! Traits, wire types and rules that payspec's derives and generated code name.

#[macro_use]
mod visit;

mod decode;
mod iso;
pub mod json;
mod message;
pub mod money;
mod open_enum;
mod pattern;
pub mod phrases;
mod read;
mod result;
pub mod rules;
pub mod schema;
mod sent;
mod show;
mod valid;
mod value;
mod violation;
mod vocabulary;
mod walk;
mod wire;
mod write;

pub use decode::{DecodeError, EncodeError, check, decode, encode};
pub use json::NotJson;
pub use message::{Message, OpenEnum, Wire};
pub use money::MoneyError;
pub use open_enum::{NotAValue, UnknownValue};
pub use pattern::Pattern;
#[cfg(feature = "derive")]
pub use payspec_macros::*;
pub use read::Fields;
pub use result::{CodeMeaning, Failed, Pending, ResultCode, judge};
pub use schema::{
    Alternatives, AmountRule, Condition, EnumSchema, Field, Kind, MultipleOf, Refinement, Rule,
    RuleAt, Schema,
};
pub use sent::{Idempotent, PaymentReference, Sent};
pub use valid::{Valid, Validate};
pub use value::{List, Reflect, Value};
pub use violation::{Violation, Violations};
pub use vocabulary::{NextStep, Resend, RuleId, Sensitive, Severity, Side, StatusClass};
pub use wire::{Country, Currency, Date, DateTime, Decimal, JsonText, NotACode, Url, WrongForm};

/// What derived code calls. Not for people: it may change with every version.
#[doc(hidden)]
pub mod __private {
    pub use crate::money::minor_units;
    pub use crate::open_enum::{enum_value, unknown_text, unknown_value};
    pub use crate::read::{deserialize_enum, deserialize_object, read_enum, read_object};
    pub use crate::show::debug_object;
    pub use crate::write::write_object;
    pub use serde::de::MapAccess;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}
