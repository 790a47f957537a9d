//! The life of a payment, before and after.

use serde::Serialize;

use super::{Hazard, Mark};

/// A flow that changed, or one of whose operations is judged in another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Life {
    /// The flow.
    pub flow: String,
    /// What became of it as a whole: `same` where only an operation that it uses changed.
    pub mark: Mark,
    /// Operations of it whose outcomes changed.
    pub operations: Vec<String>,
    /// What holds of the flow as a whole: what pays, where it begins, what is heard, what bounds it.
    pub terms: Vec<Term>,
    /// Its states, in the order of the new spec; those that are gone stand last.
    pub states: Vec<LifeState>,
    /// What a reviewer must not overlook: new hazards first.
    pub hazards: Vec<Hazard>,
    /// The states as drawings, for a page. Not part of the JSON.
    #[serde(skip)]
    pub drawings: Drawings,
}

/// Something that holds of a flow as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// What became of it.
    pub mark: Mark,
    /// What it is: `pays`, `starts`, `heard`, `expires`.
    pub name: &'static str,
    /// What the old spec says.
    pub old: Option<String>,
    /// What the new spec says.
    pub new: Option<String>,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LifeState {
    /// What became of it, its events included.
    pub mark: Mark,
    /// Its name.
    pub name: String,
    /// What it did: `sends pay_entry_code at once, once`, `ends paid`.
    pub old: Option<String>,
    /// What it does.
    pub new: Option<String>,
    /// Where events lead from it; those that are gone stand last.
    pub events: Vec<LifeEvent>,
}

/// Where an event leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LifeEvent {
    /// What became of it.
    pub mark: Mark,
    /// The event, as the spec spells it: `inquiry_payment.paid`.
    pub event: String,
    /// Where it led: the name of a state, `again` or `stay`.
    pub old: Option<String>,
    /// Where it leads.
    pub new: Option<String>,
}

/// SVG texts without an empty line; what changed is marked in them. They have the colour of the text
/// around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawings {
    /// The flow as it was.
    pub old: Option<String>,
    /// The flow as it is.
    pub new: Option<String>,
}
