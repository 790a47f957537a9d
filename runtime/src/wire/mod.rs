//! The types of fields.

mod binary;
mod code;
mod date;
mod datetime;
mod decimal;
mod inline;
mod json;
mod json_text;
mod lower_currency;
mod map;
mod nested;
mod nullable;
mod option;
mod scalar;
mod timestamp;
mod union;
mod url;
mod uuid;

pub use binary::Binary;
pub use code::{Country, Currency, NotACode};
pub use date::Date;
pub use datetime::DateTime;
pub use decimal::Decimal;
pub use json::Json;
pub use json_text::JsonText;
pub use lower_currency::LowerCurrency;
pub use map::Map;
pub use nullable::Nullable;
pub use scalar::WrongForm;
pub use timestamp::{EpochMillis, EpochSeconds};
pub use union::{
    UnknownJson, deserialize_union, read_object_of_union, read_union, read_value_of_union,
};
pub use url::Url;
pub use uuid::Uuid;

pub(crate) use scalar::{FromText, text_traits};
