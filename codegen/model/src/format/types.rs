use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Deprecated, Disputed, Fields, Particulars, Removed, Since, Sources};

/// A file below `types/`: objects and enums that operations share.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TypesFile {
    /// Source of every fact in this file that names none of its own.
    #[serde(default)]
    pub source: Option<Sources>,
    /// Objects by name.
    #[serde(default)]
    pub objects: IndexMap<String, Object>,
    /// String enums by name.
    #[serde(default)]
    pub enums: IndexMap<String, Enum>,
}

/// An object that operations share. It states what holds wherever it is used; what only one
/// operation asks for is a refinement of that operation.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Object {
    /// What the object is, in one or two sentences.
    #[schemars(length(min = 1))]
    pub description: String,
    /// Where its facts come from.
    #[serde(default)]
    pub source: Option<Sources>,
    /// The fields in the page's order.
    pub fields: Fields,
    /// Groups of fields of which at least one must be present.
    #[serde(default)]
    pub at_least_one_of: Vec<Alternatives>,
    /// The object is an amount of money.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// The object is an exchange rate.
    #[serde(default)]
    pub quote: Option<Quote>,
    /// What the object was called before.
    #[serde(default)]
    pub renamed_from: Option<String>,
    /// Since when the object exists.
    #[serde(default)]
    pub since: Option<Since>,
    /// The object should no longer be used.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// Where sources disagree about it.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

/// Fields of which at least one must be present.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Alternatives {
    /// Names of the fields; the first present one wins.
    #[schemars(length(min = 2))]
    pub fields: Vec<String>,
    /// How bad it is to break the constraint, in which direction, who says so.
    #[serde(default)]
    pub particulars: Particulars,
}

/// The two fields that make an object an amount, and the provider's own rules about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Amount {
    /// Name of the field of type `currency`.
    pub currency: String,
    /// Name of the field of type `integer`: a number of the currency's minor units.
    pub value: String,
    /// Currencies whose value must be a multiple of a number of minor units.
    #[serde(default)]
    pub multiple_of: IndexMap<String, AmountStep>,
}

/// The two fields that make an object an exchange rate, and what its number says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Quote {
    /// Name of the field of type `string`: the base before the counter currency, with a slash
    /// between them, in letters or numbers of ISO 4217.
    pub pair: String,
    /// Name of the field of type `decimal`.
    pub price: String,
    /// The unit of the price.
    pub direction: QuoteDirection,
    /// Where that is said, when not the object's own source.
    #[serde(default)]
    pub source: Option<Sources>,
}

/// The unit of an exchange rate between a base and a counter currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuoteDirection {
    /// How much of the counter currency one unit of the base currency buys.
    CounterPerBase,
    /// How much of the base currency one unit of the counter currency buys.
    BasePerCounter,
}

/// A currency whose amounts come in steps.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct AmountStep {
    /// The step, in minor units.
    #[schemars(range(min = 2))]
    pub step: u32,
    /// How bad it is to break the constraint, in which direction, who says so.
    #[serde(default)]
    pub particulars: Particulars,
}

/// A set of values that a text can have.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Enum {
    /// What the enum is, in one or two sentences.
    #[schemars(length(min = 1))]
    pub description: String,
    /// Where its facts come from.
    #[serde(default)]
    pub source: Option<Sources>,
    /// True if the provider may add values; an open enum keeps an unknown value when it reads one.
    #[serde(default = "yes")]
    pub open: bool,
    /// What the enum was called before.
    #[serde(default)]
    pub renamed_from: Option<String>,
    /// The values by their spelling on the wire.
    pub values: IndexMap<String, EnumValue>,
    /// Where sources disagree about it.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}

fn yes() -> bool {
    true
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct EnumValue {
    /// What the value means.
    #[schemars(length(min = 1))]
    pub description: String,
    /// Where its facts come from, when not the enum's own source.
    #[serde(default)]
    pub source: Option<Sources>,
    /// What the value is named by in Rust, where its spelling on the wire does not suit: `minus_one` for `-1`.
    #[serde(default)]
    pub rust_name: Option<String>,
    /// What the value was called before.
    #[serde(default)]
    pub renamed_from: Option<String>,
    /// Since when the value exists.
    #[serde(default)]
    pub since: Option<Since>,
    /// The value should no longer be used.
    #[serde(default)]
    pub deprecated: Option<Deprecated>,
    /// The value no longer exists.
    #[serde(default)]
    pub removed: Option<Removed>,
    /// Where sources disagree about it.
    #[serde(default)]
    pub disputed: Vec<Disputed>,
}
