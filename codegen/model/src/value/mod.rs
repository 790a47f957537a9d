//! Facts that a spec states, as values that can be compared.
//!
//! A value keeps the type that it has in the model: it becomes text only where it is shown, and bytes where
//! it is part of a stable id.

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

use crate::model::{Decide, End, FlowKind, FormatName, NextStep, Pause, Resend, StatusClass};

/// A value that a spec states.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// The form of a value on the wire.
    Kind(Kind),
    /// The type of a field.
    Type(TypeName),
    /// A number that bounds others.
    Limit(Bound, Limit),
    /// Numbers, of each of which a number is a multiple.
    Multiples(BTreeSet<Limit>),
    /// A number of characters or elements that bounds others.
    Count(Bound, u32),
    /// The texts allowed.
    Texts(BTreeSet<String>),
    /// Patterns, all of which a text matches.
    Patterns(BTreeSet<String>),
    /// Forms, all of which a text has.
    Forms(BTreeSet<FormatName>),
    /// Cases, in each of which something must be there, or must not.
    Conditions(BTreeSet<Condition>),
    /// Groups of fields, of each of which at least one must be there.
    Groups(BTreeSet<BTreeSet<String>>),
    /// Groups of places that should hold one currency.
    SameCurrency(BTreeSet<Vec<Vec<String>>>),
    /// Steps of amounts, in minor units, by currency.
    Steps(BTreeMap<String, u32>),
    /// The fields that make an object an amount.
    Amount {
        /// The field that holds the currency.
        currency: String,
        /// The field that holds the number of minor units.
        value: String,
    },
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
    /// Places in a body, the first of which wins.
    Choice(Vec<Vec<String>>),
    /// Places in a body.
    Paths(BTreeSet<Vec<String>>),
    /// Names in an order that means something.
    Order(Vec<String>),
    /// The address that calls go to.
    Address(Address),
    /// The operation by which a flow moves money, and what for.
    Principal(FlowKind, String),
    /// Operations, by their ids.
    Operations(BTreeSet<String>),
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
    /// How messages are signed: the parts of the recipe, each with what it is.
    Recipe(BTreeMap<&'static str, String>),
    /// A word of the format.
    Word(&'static str),
    /// Words of the format.
    WordSet(BTreeSet<&'static str>),
    /// A name that the spec gives, or a text that is sent as it stands.
    Name(String),
    /// Names whose order means nothing.
    Names(BTreeSet<String>),
    /// Rules, each by the name of the property that it bounds.
    Rules(BTreeMap<&'static str, Value>),
    /// Text for people.
    Words(String),
}

/// Which end of a range a limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// Nothing smaller is allowed.
    Least,
    /// Nothing greater is allowed.
    Greatest,
}

/// A case in which a field must be there, or must not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// The field that decides: names from the body.
    pub path: Vec<String>,
    /// The text that it has; [`None`]: it is there.
    pub is: Option<String>,
}

/// The address that calls go to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// A path of the provider, or of the merchant, that is always the same.
    Fixed(String),
    /// The address that a field of a request holds.
    Field(String),
}

/// The target of an event in a flow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// To the state of this name.
    State(String),
    /// The same is sent again.
    Again,
    /// Nothing changes.
    Stay,
}

/// The role of a state in a flow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It sends the request of this operation.
    Sends(String),
    /// It is an end.
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
