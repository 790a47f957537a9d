//! Traits, wire types and rules for payspec's derives and generated code.
//!
//! The messages of a payment API are JSON objects with rules: a field is required in outgoing messages,
//! a text has at most 64 characters, an amount comes in steps of 100. A type states its rules once, as
//! attributes, and [`Message`] derives from them how it is read, written, checked and printed:
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use payspec_runtime::{Currency, Message, OpenEnum, UnknownValue, Url, Validate, decode};
//!
//! #[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
//! pub enum Terminal {
//!     #[value("WEB")]
//!     Web,
//!     #[value("APP")]
//!     App,
//!     #[unknown]
//!     Unknown(UnknownValue),
//! }
//!
//! #[derive(Clone, PartialEq, Message)]
//! #[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
//! pub struct Order {
//!     #[field(name = "orderId", max_length = 8)]
//!     pub order_id: String,
//!     pub currency: Currency,
//!     #[field(min = "1")]
//!     pub value: i64,
//!     pub terminal: Terminal,
//!     #[field(name = "appLink", required_when("/terminal", "APP"))]
//!     pub app_link: Option<Url>,
//!     #[field(sensitive = "pii")]
//!     pub buyer: Option<String>,
//! }
//!
//! let json = br#"{"orderId":"123456789","currency":"USD","value":"0","terminal":"APP","buyer":"Li"}"#;
//! let order: Order = decode(json)?;
//! assert_eq!(order.value, 0);
//! assert!(format!("{order:?}").ends_with(r#"terminal: "APP", buyer: [pii] }"#));
//!
//! let violations = order.violations();
//! let lines: Vec<String> = violations.iter().map(|violation| violation.to_string()).collect();
//! assert_eq!(
//!     lines,
//!     [
//!         "/orderId: error [max_length]: expected at most 8 characters, found 9 characters",
//!         "/value: error [min]: expected at least 1, found \"0\"",
//!         "/appLink: error [required_when]: expected present, because /terminal is `APP`, found absent",
//!     ]
//! );
//! # }
//! # Ok::<(), payspec_runtime::DecodeError>(())
//! ```
//!
//! * [`decode()`], [`check`] and [`encode`] work on whole messages; every message is an ordinary serde
//!   type as well.
//! * [`Validate`] returns all [`Violations`] of a typed message; [`Valid`] proves that none is an
//!   error.
//! * The wire types hold the values of texts on the wire: [`Decimal`], [`DateTime`], [`Date`], [`EpochSeconds`],
//!   [`EpochMillis`], [`Url`], [`Uuid`], [`Binary`], [`Country`], [`Currency`], [`JsonText`], [`Json`]; [`Map`] holds an object with free keys, [`Nullable`] a value or `null`, [`UnknownJson`] an undocumented object of a [`Union`]. No value is ever a float.
//! * [`agreed`], [`Failed`], [`Pending`], [`Undecided`] and [`Sent`] prevent an unknown outcome from
//!   being taken for a success, a failure, or a reason to pay twice.
//! * [`flow`] runs a payment from start to end: send, wait, inquire, cancel, done.
//! * [`schema`], [`rules`], [`violation_text`] and [`json`] are shared with tools.
//!
//! # Features
//!
//! | Feature | Default | Adds |
//! | --- | --- | --- |
//! | `derive` | yes | The derive macros [`Message`], [`OpenEnum`], [`Union`] and [`ResultCode`] |
//! | `pattern` | no | The constraint `pattern` |
//! | `rust_decimal` | no | Conversions between [`Decimal`] and `rust_decimal::Decimal` |
//! | `request` | no | The module `request`: a request as path, query, headers and body of HTTP |
//! | `client` | no | The module `client`: signing, verifying, journals, clients over any transport |
//! | `ureq` | no | The transport `client::Ureq`, which blocks (with `client`) |
//! | `reqwest` | no | The transport `client::Reqwest` and `client::TokioClock`, for tokio (with `client`) |
//! | `tracing` | no | Spans and events of a client's calls (with `client`) |
//! | `schema` | no | JSON Schema of the vocabulary, for the toolkit |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod visit;

mod agreement;
#[cfg(feature = "client")]
pub mod client;
mod decode;
pub mod flow;
mod iso;
pub mod json;
mod lazy;
mod message;
pub mod money;
mod open_enum;
mod path;
mod pattern;
mod phrase;
mod pointer;
pub mod quote;
mod read;
mod reference;
#[cfg(feature = "request")]
pub mod request;
mod result;
pub mod rules;
pub mod schema;
mod sent;
mod show;
mod similar;
mod text;
mod travel;
mod valid;
mod value;
mod violation;
pub mod violation_text;
mod vocabulary;
mod walk;
mod wire;
mod write;

/// The form of generated code that this version of the runtime supports.
///
/// Generated code compares it with its own, so that a mismatch is one clear error of the compiler. It grows
/// when code that an earlier payspec generated would no longer compile or mean the same.
pub const GENERATED_CODE: u32 = 1;

pub use agreement::{Agreed, AgreedKind, AgreedPart, Contradiction};
pub use decode::{
    DecodeError, Decoded, EncodeError, Undecidable, check, check_answer, decode, decode_answer,
    decode_reporting, encode,
};
pub use json::NotJson;
pub use message::{Message, OpenEnum, Union, Wire};
pub use money::{MajorUnits, MoneyAmount, MoneyError};
pub use open_enum::{NotAValue, UnknownValue};
pub use path::Path;
pub use pattern::Pattern;
#[cfg(feature = "pattern")]
pub use pattern::PatternError;
#[cfg(feature = "derive")]
pub use payspec_macros::*;
pub use phrase::{Phrase, Words};
pub use pointer::Pointer;
pub use quote::{QuoteError, Rounding};
pub use read::{Fields, Reading};
pub use reference::{Issuer, PaymentReference, Reference};
pub use result::{
    CodeMeaning, Failed, OtherRequest, Pending, ResultCode, Undecided, agreed, agreed_http,
    first_code,
};
pub use schema::{
    Alternatives, AmountCurrency, AmountRule, AmountStep, Condition, Discriminator, EnumSchema,
    Epoch, Field, Inside, Kind, Limit, Met, Refinement, ResponseFields, Rule, RuleAt, SameCurrency,
    Schema, Shapes, Tags, UnionSchema,
};
pub use sent::{Idempotent, Sent};
pub use similar::closest;
pub use valid::{Valid, Validate, Validated};
pub use value::{Entries, List, Reflect, Tagged, Value, Variant};
pub use violation::{Violation, Violations};
pub use vocabulary::{
    AeadAlgorithm, Case, Direction, JsonShape, JsonType, Location, MediaType, NextStep,
    ProofAlgorithm, Purpose, QuoteDirection, Resend, RuleId, Sensitive, Severity, StatusClass,
    Style, TextEncoding, TimeForm,
};
pub use wire::{
    Binary, Country, Currency, Date, DateTime, Decimal, EpochMillis, EpochSeconds, Json, JsonText,
    Map, NotACode, Nullable, UnknownJson, Url, Uuid, WrongForm,
};

/// Items that derived code calls. They are not a public API and may change with every version.
#[doc(hidden)]
pub mod __private {
    pub use crate::money::{decimal_places, major_number, major_units, minor_number, minor_units};
    pub use crate::open_enum::{enum_value, is_number, unknown_text, unknown_value, write_number};
    pub use crate::read::{deserialize_enum, deserialize_object, put, read_enum, read_object};
    pub use crate::show::{debug_object, debug_union};
    pub use crate::wire::{
        LowerCurrency, deserialize_union, read_object_of_union, read_union, read_value_of_union,
    };
    pub use crate::write::{write_object, write_union};
    pub use serde::de::MapAccess;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
}
