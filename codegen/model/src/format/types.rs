use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Deprecated, Disputed, Fields, Particulars, Removed, Since, Sources, Union};

/// A file below `types/`: objects, enums and unions that operations share.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct TypesFile {
    /// The sources of every fact in this file that names none of its own.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// Objects by name.
    #[serde(default)]
    pub(crate) objects: IndexMap<String, Object>,
    /// Enums by name.
    #[serde(default)]
    pub(crate) enums: IndexMap<String, Enum>,
    /// Unions by name.
    #[serde(default)]
    pub(crate) unions: IndexMap<String, Union>,
}

/// An object that operations share. It states the rules that apply wherever it is used; a rule of only
/// one operation is a refinement of that operation.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Object {
    /// The description of the object, in one or two sentences.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// Other objects whose fields and groups the object has, before its own.
    #[serde(default)]
    pub(crate) all_of: Vec<String>,
    /// The fields in the page's order.
    pub(crate) fields: Fields,
    /// Groups of fields of which at least one must be present.
    #[serde(default)]
    pub(crate) at_least_one_of: Vec<Alternatives>,
    /// Set if the object is an exchange rate.
    #[serde(default)]
    pub(crate) quote: Option<Quote>,
    /// The former name of the object.
    #[serde(default)]
    pub(crate) renamed_from: Option<String>,
    /// The date since when the object exists.
    #[serde(default)]
    pub(crate) since: Option<Since>,
    /// Set if the object should no longer be used.
    #[serde(default)]
    pub(crate) deprecated: Option<Deprecated>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// Fields of which at least one must be present.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Alternatives {
    /// Names of the fields; the first present one wins.
    #[schemars(length(min = 2))]
    pub(crate) fields: Vec<String>,
    /// Severity, direction, sources and reason.
    #[serde(default)]
    pub(crate) particulars: Particulars,
}

/// The currency of an amount of money: its JSON Pointer or its code alone, or the money.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum MoneyEntry {
    /// Short form.
    Currency(String),
    /// Long form.
    Money(Box<Money>),
}

impl MoneyEntry {
    /// Returns the JSON Pointer or the code of the currency.
    pub(crate) fn currency(&self) -> &str {
        match self {
            MoneyEntry::Currency(currency) => currency,
            MoneyEntry::Money(money) => &money.currency,
        }
    }
}

/// The currency of an amount of money, and the provider's own rules about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Money {
    /// JSON Pointer, from the object, of the field of type `currency` beside it: `/currency`; or the code of the only
    /// currency: `CNY`.
    pub(crate) currency: String,
    /// Currencies whose value must be a multiple of a number of minor units.
    #[serde(default)]
    pub(crate) multiple_of: IndexMap<String, AmountStep>,
}

/// The two fields that make an object an exchange rate, and the meaning of its number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Quote {
    /// Name of the field of type `string`: the base before the counter currency, with a slash
    /// between them, in letters or numbers of ISO 4217.
    pub(crate) pair: String,
    /// Name of the field of type `decimal`.
    pub(crate) price: String,
    /// The unit of the price.
    pub(crate) direction: QuoteDirection,
    /// The sources, if other than those of the object.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
}

/// The unit of an exchange rate between a base and a counter currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QuoteDirection {
    /// The amount of the counter currency that one unit of the base currency buys.
    CounterPerBase,
    /// The amount of the base currency that one unit of the counter currency buys.
    BasePerCounter,
}

/// A currency whose amounts come in steps.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct AmountStep {
    /// The step, in minor units.
    #[schemars(range(min = 2))]
    pub(crate) step: u32,
    /// Severity, direction, sources and reason.
    #[serde(default)]
    pub(crate) particulars: Particulars,
}

/// A set of values that a text or a whole number can have.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Enum {
    /// The description of the enum, in one or two sentences.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// `integer` if the values are whole numbers.
    #[serde(default, rename = "type")]
    pub(crate) ty: EnumType,
    /// True if the provider may add values; an open enum keeps an unknown value when it reads one.
    #[serde(default = "yes")]
    pub(crate) open: bool,
    /// The former name of the enum.
    #[serde(default)]
    pub(crate) renamed_from: Option<String>,
    /// The values by their spelling on the wire.
    pub(crate) values: IndexMap<String, EnumValue>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The type of an enum's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EnumType {
    /// Texts.
    #[default]
    String,
    /// Whole numbers.
    Integer,
}

fn yes() -> bool {
    true
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct EnumValue {
    /// The meaning of the value.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The sources, if other than those of the enum.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The name of the value in Rust, if its spelling on the wire does not suit: `minus_one` for `-1`.
    #[serde(default)]
    pub(crate) rust_name: Option<String>,
    /// The former name of the value.
    #[serde(default)]
    pub(crate) renamed_from: Option<String>,
    /// The date since when the value exists.
    #[serde(default)]
    pub(crate) since: Option<Since>,
    /// Set if the value should no longer be used.
    #[serde(default)]
    pub(crate) deprecated: Option<Deprecated>,
    /// Set if the value no longer exists.
    #[serde(default)]
    pub(crate) removed: Option<Removed>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}
