use super::{Alternatives, Condition, Constraint, Element, Map, Origin, Rule, SourceIds};
use crate::format::EnumType;
use payspec_runtime::{Case, JsonType, Location, Sensitive, Style};
pub use payspec_runtime::{Epoch, QuoteDirection};

/// Index of an object in [`super::Api::objects`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId(pub usize);

/// Index of an enum in [`super::Api::enums`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumId(pub usize);

/// Index of a union in [`super::Api::unions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnionId(pub usize);

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// Any text.
    String,
    /// A whole number.
    Integer,
    /// A number with exact decimals.
    Decimal,
    /// `true` or `false`.
    Boolean,
    /// ISO 8601 date and time with offset.
    DateTime,
    /// ISO 8601 date.
    Date,
    /// A time as a number since 1970-01-01T00:00:00Z.
    Timestamp(Epoch),
    /// A UUID.
    Uuid,
    /// Bytes in base64.
    Binary,
    /// An absolute URL of any scheme.
    Url,
    /// ISO 3166-1 alpha-2 code.
    Country,
    /// ISO 4217 alphabetic code, in capital or small letters.
    Currency(Case),
    /// One of a set of texts or whole numbers.
    Enum(EnumId),
    /// A shared object.
    Object(ObjectId),
    /// A list.
    List(Box<Element>),
    /// An object with free keys.
    Map(Box<Map>),
    /// One of several types: see [`super::Union`].
    Union(UnionId),
    /// A text that holds the JSON of an object.
    Json(ObjectId),
    /// Any JSON, of which nothing is checked.
    Any,
}

impl Type {
    /// Returns whether `null` is a value, and not an absent one.
    pub fn holds_null(&self) -> bool {
        match self {
            Type::Any => true,
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => false,
        }
    }
}

impl Type {
    /// Returns whether its values are texts, numbers or booleans.
    pub fn is_text(&self) -> bool {
        match self {
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
            | Type::Enum(_)
            | Type::Json(_) => true,
            Type::Object(_) | Type::List(_) | Type::Map(_) | Type::Union(_) | Type::Any => false,
        }
    }

    /// Returns the object that a value of this type contains, directly or in a JSON text.
    pub fn object(&self) -> Option<ObjectId> {
        match self {
            Type::Object(id) | Type::Json(id) => Some(*id),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Currency(_)
            | Type::Enum(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_) => None,
        }
    }

    /// Returns the letter case of a currency; [`None`] for a value of another type.
    pub fn currency_case(&self) -> Option<Case> {
        match self {
            Type::Currency(case) => Some(*case),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Any
            | Type::DateTime
            | Type::Date
            | Type::Timestamp(_)
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Enum(_)
            | Type::Object(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Union(_)
            | Type::Json(_) => None,
        }
    }
}

/// An object with fields: a shared one, or the body of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// The name in the spec: `Order`, or for a body `PayEntryCodeRequest`.
    pub name: String,
    /// The description.
    pub description: String,
    /// The fields in the page's order; those removed by the provider are left out.
    pub fields: Vec<Field>,
    /// Names, dates and notes of fields that the provider removed.
    pub removed_fields: Vec<RemovedField>,
    /// Groups of fields of which at least one must be present.
    pub at_least_one_of: Vec<Alternatives>,
    /// The fields that are amounts of money.
    pub amounts: Vec<super::Amount>,
    /// The rule that makes it an exchange rate.
    pub quote: Option<Quote>,
    /// The former name.
    pub renamed_from: Option<String>,
    /// Set if it should no longer be used.
    pub deprecated: Option<Deprecated>,
    /// The date since when it exists, if documented.
    pub since: Option<Since>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

impl Object {
    /// Returns the number of the field with this name. It tries `guess` first, because most messages
    /// have the order of the spec.
    pub fn position(&self, name: &str, guess: usize) -> Option<usize> {
        let is_it = |field: &Field| field.name == name;
        match self.fields.get(guess) {
            Some(field) if is_it(field) => Some(guess),
            Some(_) | None => self.fields.iter().position(is_it),
        }
    }

    /// Returns the field with this name on the wire.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// A field that the provider removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedField {
    /// The name on the wire.
    pub name: String,
    /// Day or month of the removal.
    pub date: String,
    /// The reason, or the replacement.
    pub note: Option<String>,
    /// The place in the spec.
    pub origin: Origin,
}

/// One field of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// The meaning.
    pub description: String,
    /// The type.
    pub ty: Type,
    /// The place of a field of a request that the merchant sends, or [`Location::WholeBody`]; [`Location::Body`] for all
    /// others.
    pub location: Location,
    /// The way in which a query or form writes the list, object or map; [`Style::Repeat`] for all others.
    pub style: Style,
    /// The JSON type of its value, if it differs from that of the API's other values.
    pub json_type: Option<JsonType>,
    /// True if it must always be present, in both directions, with severity error. A weaker requirement
    /// is a [`Constraint`].
    pub required: bool,
    /// True if the generated field is not an `Option`: it is required, and an incoming message cannot
    /// be judged without it, or the object is useless without it.
    pub plain: bool,
    /// True if `null` is a value, and not an absent one.
    pub nullable: bool,
    /// The rules for its value, in the order of [`super::Rule`].
    pub constraints: Vec<Constraint>,
    /// The conditions under which it must be present.
    pub required_when: Vec<Condition>,
    /// The conditions under which it must be absent.
    pub forbidden_when: Vec<Condition>,
    /// Limits that no source states: `max_length`, `max_items`.
    pub unknown_limits: Vec<&'static str>,
    /// The reason why it must not be logged.
    pub sensitive: Option<Sensitive>,
    /// The former name: a name of the same object, or `Type.field`.
    pub renamed_from: Option<String>,
    /// The date since when it exists, if documented.
    pub since: Option<Since>,
    /// Set if it should no longer be used.
    pub deprecated: Option<Deprecated>,
    /// The value that the receiver assumes if it is absent.
    pub default: Option<DefaultValue>,
    /// An example value.
    pub example: Option<String>,
    /// The name to use in Rust, if it differs.
    pub rust_name: Option<String>,
    /// Other names of it on documentation pages, such as translated ones.
    pub page_names: Vec<String>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

impl Field {
    /// Returns the name to use in Rust.
    pub fn spelling(&self) -> &str {
        self.rust_name.as_deref().unwrap_or(&self.name)
    }

    /// Returns whether its absence alone can violate a rule.
    pub(crate) fn is_ever_required(&self) -> bool {
        self.required
            || self
                .constraints
                .iter()
                .any(|one| one.rule == Rule::Required)
    }
}

/// The value that the receiver of a message assumes for an absent field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultValue {
    /// The value, in the spelling of the wire.
    pub text: String,
    /// The place in the spec.
    pub origin: Origin,
}

/// The rule that makes an object an exchange rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Name of the field that holds the base and the counter currency.
    pub pair: String,
    /// Name of the field that holds the number.
    pub price: String,
    /// The unit of the number.
    pub direction: QuoteDirection,
    /// The sources that state it.
    pub sources: SourceIds,
}

/// The date since when a construct exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// Day or month.
    pub date: String,
    /// The change.
    pub note: Option<String>,
}

/// A construct that should no longer be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecated {
    /// The reason.
    pub reason: String,
    /// The replacement.
    pub replacement: Option<String>,
    /// Day or month.
    pub date: Option<String>,
    /// Day or month from which it may no longer work.
    pub sunset: Option<String>,
}

/// A set of texts or whole numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The name in the spec.
    pub name: String,
    /// The description.
    pub description: String,
    /// The former name.
    pub renamed_from: Option<String>,
    /// The type of its values.
    pub ty: EnumType,
    /// True if the provider may add values.
    pub open: bool,
    /// The values in the page's order; those removed by the provider are left out.
    pub values: Vec<EnumValue>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// The spelling on the wire.
    pub name: String,
    /// The name to use in Rust, if it differs.
    pub rust_name: Option<String>,
    /// The meaning.
    pub description: String,
    /// The former name.
    pub renamed_from: Option<String>,
    /// Set if it should no longer be used.
    pub deprecated: Option<Deprecated>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

impl EnumValue {
    /// Returns the name to use in Rust.
    pub fn spelling(&self) -> &str {
        self.rust_name.as_deref().unwrap_or(&self.name)
    }
}
