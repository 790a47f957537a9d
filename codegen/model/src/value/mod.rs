//! Facts that a spec states, as values that can be compared.
//!
//! A value keeps the type that it has in the model: it becomes a text only for display, and bytes only
//! as a part of a stable id.

mod bytes;
mod covers;
mod kind;
mod limit;
mod patterns;
mod show;
mod spelling;

use std::collections::{BTreeMap, BTreeSet};

pub use bytes::Bytes;
pub use kind::{Kind, TypeName};
pub use limit::Limit;
pub use patterns::{Beyond, beyond};
pub use spelling::one_spelling;

use payspec_runtime::QuoteDirection;

use crate::model::{
    AmountCurrency, AmountUnit, Decide, End, FlowKind, FormatName, NextStep, Pause, Resend, Side,
    StatusClass,
};

/// A value that a spec states.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// The form of a value on the wire.
    Kind(Kind),
    /// The type of a field.
    Type(TypeName),
    /// A limit for numbers.
    Limit(Bound, Limit),
    /// Numbers, of each of which a number is a multiple.
    Multiples(BTreeSet<Limit>),
    /// A limit for a number of characters or elements.
    Count(Bound, u32),
    /// The allowed texts.
    Texts(BTreeSet<String>),
    /// Patterns, all of which a text must match.
    Patterns(BTreeSet<String>),
    /// Forms, all of which a text must have.
    Forms(BTreeSet<FormatName>),
    /// Cases in which a field must be present, or must be absent.
    Conditions(BTreeSet<Condition>),
    /// Groups of fields; at least one of each group must be present.
    Groups(BTreeSet<BTreeSet<String>>),
    /// Groups of places that should have the same currency.
    SameCurrency(BTreeSet<Vec<Vec<String>>>),
    /// Steps of amounts, in minor units, by currency.
    Steps(BTreeMap<String, u32>),
    /// Decimal places, by currency.
    Places(BTreeMap<String, u8>),
    /// The amounts of money in an object, by the field that holds the number.
    Amounts(BTreeMap<String, Amount>),
    /// The fields that make an object an exchange rate.
    Quote {
        /// The field that holds the pair of currencies.
        pair: String,
        /// The field that holds the number.
        price: String,
        /// The unit of the number.
        direction: QuoteDirection,
    },
    /// A place in a body.
    Path(Vec<String>),
    /// Places in a body; the first one wins.
    Choice(Vec<Vec<String>>),
    /// Places in a body.
    Paths(BTreeSet<Vec<String>>),
    /// Names whose order matters.
    Order(Vec<String>),
    /// The address that calls go to.
    Address(Address),
    /// The operation by which a flow moves money, and the kind of the flow.
    Principal(FlowKind, String),
    /// Operations, by their ids.
    Operations(BTreeSet<String>),
    /// The values of answers that later requests of a flow carry.
    Carried(BTreeSet<Carried>),
    /// The target of an event in a flow.
    Target(Target),
    /// The role of a state in a flow.
    Role(Role),
    /// The pauses before each sending.
    Pauses(Vec<Pause>),
    /// A decision.
    Decide(Decide),
    /// The next step after a result code.
    NextStep(NextStep),
    /// The safety of sending the same body again.
    Resend(Resend),
    /// The class of a status.
    StatusClass(StatusClass),
    /// The signing rules: the parts of the recipe, each with its value.
    Recipe(BTreeMap<&'static str, String>),
    /// A word of the format.
    Word(&'static str),
    /// Words of the format.
    WordSet(BTreeSet<&'static str>),
    /// A name in the spec, or a text that is sent unchanged.
    Name(String),
    /// Names whose order does not matter.
    Names(BTreeSet<String>),
    /// Rules, each by the name of the property that it restricts.
    Rules(BTreeMap<&'static str, Value>),
    /// Text for readers.
    Words(String),
}

/// The meaning of a number that is an amount of money.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount {
    /// The currency.
    pub currency: AmountCurrency,
    /// The unit of the number.
    pub unit: AmountUnit,
}

/// A value of an answer that a later request of a flow carries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Carried {
    /// The operation whose request carries it.
    pub to: String,
    /// The field of that request.
    pub field: String,
    /// The operation whose message gives it.
    pub from: String,
    /// The message of that operation.
    pub side: Side,
    /// The place of the value in that message.
    pub path: Vec<String>,
}

/// The end of a range that a limit belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// Nothing smaller is allowed.
    Least,
    /// Nothing greater is allowed.
    Greatest,
}

/// A case in which a field must be present, or must be absent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// The field that decides: names from the body.
    pub path: Vec<String>,
    /// The state that it must have.
    pub is: Is,
}

/// The state of a deciding field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Is {
    /// Present, with any value.
    Present,
    /// Absent.
    Absent,
    /// This text.
    Text(String),
}

impl Is {
    /// Returns the text that the field must have, if only one text is accepted.
    pub fn text(&self) -> Option<&str> {
        match self {
            Is::Text(text) => Some(text),
            Is::Present | Is::Absent => None,
        }
    }
}

/// The address that calls go to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// A fixed path of the provider, or of the merchant.
    Fixed(String),
    /// The address that a field of a request holds.
    Field(String),
}

/// The target of an event in a flow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The state with this name.
    State(String),
    /// The same request is sent again.
    Again,
    /// The state does not change.
    Stay,
}

/// The role of a state in a flow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The state sends the request of this operation.
    Sends(String),
    /// The state is an end.
    Ends(End),
}

impl Value {
    /// Returns whether the value is a yes.
    pub fn is_true(&self) -> bool {
        *self == Value::Flag(true)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Flag(flag)
    }
}
