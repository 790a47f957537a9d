use super::{Alternatives, Condition, Constraint, Origin, Rule, SourceIds};
pub use payspec_runtime::QuoteDirection;
use payspec_runtime::Sensitive;

/// Index of an object in [`super::Api::objects`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId(pub usize);

/// Index of an enum in [`super::Api::enums`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumId(pub usize);

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
    /// An absolute URL of any scheme.
    Url,
    /// ISO 3166-1 alpha-2 code.
    Country,
    /// ISO 4217 alphabetic code.
    Currency,
    /// One of a set of texts.
    Enum(EnumId),
    /// A shared object.
    Object(ObjectId),
    /// A list.
    List(Box<Type>),
    /// A text that holds the JSON of an object.
    Json(ObjectId),
}

impl Type {
    /// The object that a value of this type holds, as it is or in a JSON text.
    pub fn object(&self) -> Option<ObjectId> {
        match self {
            Type::Object(id) | Type::Json(id) => Some(*id),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Url
            | Type::Country
            | Type::Currency
            | Type::Enum(_)
            | Type::List(_) => None,
        }
    }
}

/// An object with fields: a shared one, or the body of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// The name in the spec: `Order`, or for a body `PayEntryCodeRequest`.
    pub name: String,
    /// What it is.
    pub description: String,
    /// The fields in the page's order; those removed by the provider are left out.
    pub fields: Vec<Field>,
    /// Names, dates and notes of fields that the provider removed.
    pub removed_fields: Vec<RemovedField>,
    /// Groups of fields of which at least one must be present.
    pub at_least_one_of: Vec<Alternatives>,
    /// What makes it an amount of money.
    pub amount: Option<Amount>,
    /// What makes it an exchange rate.
    pub quote: Option<Quote>,
    /// What it was called before.
    pub renamed_from: Option<String>,
    /// It should no longer be used.
    pub deprecated: Option<Deprecated>,
    /// Since when it exists.
    pub since: Option<Since>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

impl Object {
    /// The number of the field with this name, which is likely the one at `guess`: most messages follow the
    /// order of the spec.
    pub fn position(&self, name: &str, guess: usize) -> Option<usize> {
        let is_it = |field: &Field| field.name == name;
        match self.fields.get(guess) {
            Some(field) if is_it(field) => Some(guess),
            Some(_) | None => self.fields.iter().position(is_it),
        }
    }

    /// The field with this name on the wire.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// A field that once was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedField {
    /// The name on the wire.
    pub name: String,
    /// Day or month of the removal.
    pub date: String,
    /// Why, or what took its place.
    pub note: Option<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// One field of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// What it means.
    pub description: String,
    /// The type.
    pub ty: Type,
    /// True if it must always be present, in both directions, on pain of error. Any weaker requirement
    /// is a [`Constraint`].
    pub required: bool,
    /// True if the generated field is no `Option`: it is required, and a message that comes in cannot be
    /// judged without it, or is not what the object is for.
    pub plain: bool,
    /// What its value must obey, in the order of [`super::Rule`].
    pub constraints: Vec<Constraint>,
    /// When it must be present.
    pub required_when: Vec<Condition>,
    /// When it must be absent.
    pub forbidden_when: Vec<Condition>,
    /// Limits that no source states: `max_length`, `max_items`.
    pub unknown_limits: Vec<&'static str>,
    /// What must not reach a log.
    pub sensitive: Option<Sensitive>,
    /// What it was called before: a name of the same object, or `Type.field`.
    pub renamed_from: Option<String>,
    /// Since when it exists.
    pub since: Option<Since>,
    /// It should no longer be used.
    pub deprecated: Option<Deprecated>,
    /// The value that the receiver assumes when it is absent.
    pub default: Option<DefaultValue>,
    /// A value that shows the form.
    pub example: Option<String>,
    /// Other names under which pages print it, such as translated ones.
    pub page_names: Vec<String>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

impl Field {
    /// Returns whether its absence alone can break a rule.
    pub fn is_ever_required(&self) -> bool {
        self.required
            || self
                .constraints
                .iter()
                .any(|one| one.rule == Rule::Required)
    }
}

/// The value that the receiver of a message assumes for a field that is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultValue {
    /// The value, as the wire spells it.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

/// What makes an object an amount of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Name of the field that holds the currency.
    pub currency: String,
    /// Name of the field that holds the number of minor units.
    pub value: String,
    /// Currencies whose value must be a multiple of a number of minor units.
    pub multiple_of: Vec<AmountStep>,
}

/// What makes an object an exchange rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Name of the field that holds the base and the counter currency.
    pub pair: String,
    /// Name of the field that holds the number.
    pub price: String,
    /// The unit of the number.
    pub direction: QuoteDirection,
    /// Who says so.
    pub sources: SourceIds,
}

/// A currency whose amounts come in steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountStep {
    /// ISO 4217 code.
    pub currency: String,
    /// The step, in minor units.
    pub step: u32,
    /// How bad, in which direction, who says so.
    pub strength: super::Strength,
}

/// Since when a thing exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// Day or month.
    pub date: String,
    /// What changed.
    pub note: Option<String>,
}

/// A thing that should no longer be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecated {
    /// Why.
    pub reason: String,
    /// What to use instead.
    pub replacement: Option<String>,
    /// Day or month.
    pub date: Option<String>,
}

/// A set of texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The name in the spec.
    pub name: String,
    /// What it is.
    pub description: String,
    /// What it was called before.
    pub renamed_from: Option<String>,
    /// True if the provider may add values.
    pub open: bool,
    /// The values in the page's order; those removed by the provider are left out.
    pub values: Vec<EnumValue>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// The spelling on the wire.
    pub name: String,
    /// What it is named by in Rust, if not by that.
    pub rust_name: Option<String>,
    /// What it means.
    pub description: String,
    /// What it was called before.
    pub renamed_from: Option<String>,
    /// It should no longer be used.
    pub deprecated: Option<Deprecated>,
    /// Who says so.
    pub sources: SourceIds,
    /// Where it stands.
    pub origin: Origin,
}

impl EnumValue {
    /// Returns what it is named by in Rust.
    pub fn spelling(&self) -> &str {
        self.rust_name.as_deref().unwrap_or(&self.name)
    }
}
