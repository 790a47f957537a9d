//! The traits that the derives implement.

use crate::{EnumSchema, Fields, Kind, Reading, Schema, UnionSchema, UnknownJson, Value, Variant};
use serde::Deserializer;
use serde::de::MapAccess;

/// An object that travels as JSON.
///
/// Derive it. For
///
/// ```ignore
/// #[derive(Clone, PartialEq, payspec_runtime::Message)]
/// #[message(scalars = "strings", empty_text = "forbidden")]
/// #[message(at_least_one_of("osType", "userAgent"))]
/// #[non_exhaustive]
/// pub struct Env {
///     #[field(name = "terminalType")]
///     pub terminal_type: TerminalType,
///     #[field(name = "osType", required_when("/terminalType", "WAP", "APP"))]
///     pub os_type: Option<OsType>,
///     #[field(name = "userAgent", max_length(512, severity = "warning"), sensitive = "pii")]
///     pub user_agent: Option<String>,
/// }
/// ```
///
/// the derive generates the code below, with every path spelled out from `::payspec_runtime` or
/// `::core`. It reaches `serde` through `payspec_runtime::__private`, so that the deriving crate does
/// not depend on it.
///
/// ```
/// # use payspec_runtime::__private;
/// # use payspec_runtime::*;
/// # #[derive(Clone, PartialEq)] pub struct Env { pub terminal_type: String, pub os_type: Option<String>, pub user_agent: Option<String> }
/// # type TerminalType = String; type OsType = String;
/// impl Message for Env {
///     fn schema() -> &'static Schema {
///         static SCHEMA: Schema = Schema {
///             name: "Env",
///             fields: &[
///                 Field::required("terminalType", <TerminalType as Wire>::KIND),
///                 Field {
///                     required_when: &[Condition::error(&["terminalType"], Met::OneOf(&["WAP", "APP"]))],
///                     ..Field::new("osType", <OsType as Wire>::KIND)
///                 },
///                 Field {
///                     sensitive: Some(Sensitive::Pii),
///                     rules: &[RuleAt {
///                         rule: Rule::MaxLength(512),
///                         severity: Severity::Warning,
///                         direction: None,
///                     }],
///                     ..Field::new("userAgent", <String as Wire>::KIND)
///                 },
///             ],
///             strings: true,
///             empty_text: false,
///             alternatives: &[Alternatives {
///                 fields: &["osType", "userAgent"],
///                 severity: Severity::Error,
///                 direction: None,
///             }],
///             ..Schema::EMPTY
///         };
///         &SCHEMA
///     }
///
///     fn get(&self, index: usize) -> Value<'_> {
///         match index {
///             0 => Wire::value(&self.terminal_type),
///             1 => Value::option(&self.os_type),
///             2 => Value::option(&self.user_agent),
///             _ => Value::Absent,
///         }
///     }
///
///     fn read<'de, A: __private::MapAccess<'de>>(
///         fields: &mut Fields<'_, A>,
///         place: &mut Option<Self>,
///     ) -> Result<(), A::Error> {
///         let mut f0: Option<TerminalType> = None;
///         let mut f1: Option<OsType> = None;
///         let mut f2: Option<String> = None;
///         while let Some(index) = fields.next_index()? {
///             match index {
///                 0 => fields.value(&mut f0),
///                 1 => fields.value(&mut f1),
///                 2 => fields.value(&mut f2),
///                 _ => fields.skip(),
///             }?;
///         }
///         let (Some(f0),) = (f0,) else {
///             return Err(fields.missing());
///         };
///         __private::put(place, Self { terminal_type: f0, os_type: f1, user_agent: f2 });
///         Ok(())
///     }
/// }
///
/// impl __private::Serialize for Env {
///     fn serialize<S: __private::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
///         __private::write_object(self, to)
///     }
/// }
///
/// impl<'de> __private::Deserialize<'de> for Env {
///     fn deserialize<D: __private::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
///         __private::deserialize_object(from)
///     }
/// }
///
/// impl ::core::fmt::Debug for Env {
///     fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
///         __private::debug_object(self, f)
///     }
/// }
/// # fn main() {}
/// ```
///
/// Every `Message` also implements [`Wire`] and [`Validate`](crate::Validate). More parts of the table:
///
/// * `#[message(amount(currency = "currency", value = "value", multiple_of("IDR", 100)))]` is
///   `amounts: &[AmountRule { currency: AmountCurrency::Field(0), value: 1, multiple_of: &[AmountStep { .. }],
///   decimals: &[] }]`, with the indexes of the two fields. `code = "CNY"` in place of `currency` is
///   `AmountCurrency::Code("CNY")`, and `decimals("ISK", 2)` is `decimals: &[("ISK", 2)]`. A type with one such
///   attribute and no other required field has the inherent functions
///   `from_major(major: impl MajorUnits, currency: Currency) -> Result<Self, MoneyError>` (over
///   [`money::minor_from_major`](crate::money::minor_from_major) and
///   [`money::in_steps`](crate::money::in_steps)) and `to_major(&self) -> Result<Decimal,
///   MoneyError>` (over [`money::major_from_minor`](crate::money::major_from_minor)).
/// * `#[message(refine("/order/env/userAgent", required))]` is one [`Refinement`](crate::Refinement)
///   with `path: &PATH_N` and `static PATH_N: Path = Path::new(&["order", "env", "userAgent"]);`
///   beside `SCHEMA`.
/// * `#[field(in = "whole_body")]` is `location: Location::WholeBody`: the JSON of the message is the value of this field.
///   Beside fields in the path, the query or headers of a request it is a member, and the body alone once the request is
///   [taken apart](crate::Location); beside the fields of other answers, it is a list where those are an object.
/// * `pattern = "…"` is `Rule::Pattern(&PATTERN_N)` with `static PATTERN_N: Pattern =
///   Pattern::new("…");` beside `SCHEMA`.
pub trait Message: Sized + 'static {
    /// Returns the table of the object.
    fn schema() -> &'static Schema;

    /// Returns the value of the field with this index; [`Value::Absent`] beyond the last one.
    fn get(&self, index: usize) -> Value<'_>;

    /// Reads the fields in any order, and puts the object into `place`.
    ///
    /// # Errors
    ///
    /// When a value does not fit its type, or a required field is missing.
    fn read<'de, A: MapAccess<'de>>(
        fields: &mut Fields<'_, A>,
        place: &mut Option<Self>,
    ) -> Result<(), A::Error>;
}

/// A type of a field of a [`Message`], or of an element of a list.
#[diagnostic::on_unimplemented(
    message = "no field of a message can be of type `{Self}`",
    label = "not a type that travels as JSON",
    note = "derive `Message` for a struct, `OpenEnum` for an enum of texts, and `Union` for an enum of messages"
)]
pub trait Wire: Sized {
    /// The kind of its values.
    const KIND: Kind;

    /// Returns a view of the value.
    fn value(&self) -> Value<'_>;

    /// Reads a value into its place; leaves the place empty for `null`, and for `""` if the kind is
    /// written as a text but is not [`Kind::Text`]. The place is that of the field, so that a large
    /// value is not moved.
    ///
    /// # Errors
    ///
    /// When the value has another JSON type or does not have the form of the type. The error does not
    /// show the value.
    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error>;
}

/// An enum of texts.
///
/// Derive it. For
///
/// ```ignore
/// #[derive(Clone, PartialEq, Eq, Hash, payspec_runtime::OpenEnum)]
/// pub enum OsType {
///     #[value("IOS")]
///     Ios,
///     #[value("ANDROID")]
///     Android,
///     #[unknown]
///     Unknown(payspec_runtime::UnknownValue),
/// }
/// ```
///
/// the derive generates
///
/// ```
/// # use payspec_runtime::__private;
/// # use payspec_runtime::*;
/// # #[derive(Clone, PartialEq, Eq, Hash)] pub enum OsType { Ios, Android, Unknown(UnknownValue) }
/// impl OsType {
///     /// The documented values.
///     pub const VALUES: &'static [&'static str] = &["IOS", "ANDROID"];
///
///     /// The text of the value.
///     pub fn as_str(&self) -> &str {
///         match self {
///             Self::Ios => "IOS",
///             Self::Android => "ANDROID",
///             Self::Unknown(value) => __private::unknown_text(value),
///         }
///     }
/// }
///
/// impl OpenEnum for OsType {
///     const SCHEMA: EnumSchema = EnumSchema { name: "OsType", values: Self::VALUES, numbers: false, open: true };
///     fn parse(text: &str) -> Option<Self> {
///         match text {
///             "IOS" => Some(Self::Ios),
///             "ANDROID" => Some(Self::Android),
///             // A closed enum has `_ => None` here.
///             _ => Some(Self::Unknown(__private::unknown_value(text))),
///         }
///     }
///     fn as_str(&self) -> &str {
///         Self::as_str(self)
///     }
///     fn is_known(&self) -> bool {
///         // A closed enum has `true` here.
///         !matches!(self, Self::Unknown(_))
///     }
/// }
///
/// impl Wire for OsType {
///     const KIND: Kind = Kind::Enum(&<OsType as OpenEnum>::SCHEMA);
///     fn value(&self) -> Value<'_> {
///         __private::enum_value(self)
///     }
///     fn read<'de, D: __private::Deserializer<'de>>(
///         from: D,
///         place: &mut Option<Self>,
///         reading: &mut Reading,
///     ) -> Result<(), D::Error> {
///         __private::read_enum(from, place, reading)
///     }
/// }
///
/// impl __private::Serialize for OsType {
///     fn serialize<S: __private::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
///         to.serialize_str(self.as_str())
///     }
/// }
///
/// impl<'de> __private::Deserialize<'de> for OsType {
///     fn deserialize<D: __private::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
///         __private::deserialize_enum(from)
///     }
/// }
/// # fn main() {}
/// ```
///
/// and `Debug` (the text without quotes for a known value), `Display`, and for an open enum
/// `From<&str>`, `From<String>` and `FromStr` with `Err = Infallible`, for a closed one `FromStr`,
/// `TryFrom<&str>` and `TryFrom<String>` with [`NotAValue`](crate::NotAValue). An enum of numbers has `From<i64>` or
/// `TryFrom<i64>` in place of the conversions from texts.
pub trait OpenEnum: Sized {
    /// The name and the documented texts.
    const SCHEMA: EnumSchema;

    /// Returns the value for this text. [`None`] only from a closed enum, and for a text that is not a whole number from
    /// an enum of numbers.
    fn parse(text: &str) -> Option<Self>;

    /// Returns the text of the value.
    fn as_str(&self) -> &str;

    /// Returns whether the value is one of the documented ones.
    fn is_known(&self) -> bool;
}

/// An enum of messages, of which a value is one. A text, the tag, says which. With `#[union(json_type)]`, an enum of types
/// that travel as JSON, of which the JSON type of a value says which.
///
/// Derive it. For
///
/// ```ignore
/// #[derive(Clone, PartialEq, payspec_runtime::Union)]
/// #[union(tag = "type")]
/// pub enum PaymentMethod {
///     #[variant("scheme")]
///     Scheme(Card),
///     #[unknown]
///     Unknown(payspec_runtime::UnknownJson),
/// }
/// ```
///
/// the derive generates
///
/// ```
/// # use payspec_runtime::__private;
/// # use payspec_runtime::*;
/// # #[derive(Clone, PartialEq, payspec_runtime::Message)] pub struct Card { pub number: String }
/// # #[derive(Clone, PartialEq)] pub enum PaymentMethod { Scheme(Card), Unknown(UnknownJson) }
/// impl Union for PaymentMethod {
///     const SCHEMA: UnionSchema = UnionSchema {
///         name: "PaymentMethod",
///         discriminator: Discriminator::Tag(Tags {
///             name: "type",
///             texts: &["scheme"],
///             objects: &[<Card as Message>::schema],
///         }),
///         open: true,
///     };
///     fn variant(&self) -> Variant<'_> {
///         match self {
///             Self::Scheme(object) => Variant::Tagged("scheme", object),
///             Self::Unknown(json) => Variant::Unknown(json),
///         }
///     }
///     fn read<'de, D: __private::Deserializer<'de>>(
///         index: usize,
///         from: D,
///         place: &mut Option<Self>,
///         reading: &mut Reading,
///     ) -> Result<(), D::Error> {
///         match index {
///             0 => __private::read_object_of_union(from, place, reading, Self::Scheme),
///             _ => Ok(()),
///         }
///     }
///     fn unknown(json: UnknownJson) -> Option<Self> {
///         // A closed union has `None` here.
///         Some(Self::Unknown(json))
///     }
/// }
///
/// impl Wire for PaymentMethod {
///     const KIND: Kind = Kind::Union(&<PaymentMethod as Union>::SCHEMA);
///     fn value(&self) -> Value<'_> {
///         Value::Union(self)
///     }
///     fn read<'de, D: __private::Deserializer<'de>>(
///         from: D,
///         place: &mut Option<Self>,
///         reading: &mut Reading,
///     ) -> Result<(), D::Error> {
///         __private::read_union(from, place, reading)
///     }
/// }
///
/// impl __private::Serialize for PaymentMethod {
///     fn serialize<S: __private::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
///         __private::write_union(self, to)
///     }
/// }
///
/// impl<'de> __private::Deserialize<'de> for PaymentMethod {
///     fn deserialize<D: __private::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
///         __private::deserialize_union(from)
///     }
/// }
/// # fn main() {}
/// ```
///
/// and `Debug`, which masks what is sensitive and shows nothing of an unknown value. For
///
/// ```ignore
/// #[derive(Clone, PartialEq, payspec_runtime::Union)]
/// #[union(json_type)]
/// pub enum Customer {
///     Id(String),
///     Object(CustomerObject),
/// }
/// ```
///
/// the discriminator is `Discriminator::Shape(Shapes::new(&[<String as Wire>::KIND, <CustomerObject as Wire>::KIND]))`, and
/// an arm of `variant` is `Self::Id(value) => Variant::Value(&<String as Wire>::KIND, Wire::value(value))`.
pub trait Union: Sized + 'static {
    /// The name, the types, and what tells them apart.
    const SCHEMA: UnionSchema;

    /// Returns the value, with what tells its type apart.
    fn variant(&self) -> Variant<'_>;

    /// Reads a value of the type with this index, and puts it into `place`.
    ///
    /// # Errors
    ///
    /// When a value does not fit its type, or a required field is missing.
    fn read<'de, D: Deserializer<'de>>(
        index: usize,
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error>;

    /// Keeps a value whose tag or JSON type is not documented. [`None`] only from a closed union.
    fn unknown(json: UnknownJson) -> Option<Self>;
}
