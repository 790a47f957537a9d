//! The judging of answers before and after a change, as a table.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Drawings, Hazard, Mark};

/// The table of an operation whose judging changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutcomeTable {
    /// The operation.
    pub(crate) operation: String,
    /// The change of the judging as a whole.
    pub(crate) mark: Mark,
    /// The decision of each status, then the meaning of each code; removed rows come last in their
    /// part.
    pub(crate) rows: Vec<OutcomeRow>,
    /// The hazards that a reviewer must not overlook, new ones first.
    pub(crate) hazards: Vec<Hazard>,
    /// The outcomes as drawings, for a page. Not part of the JSON.
    #[serde(skip)]
    pub(crate) drawings: Drawings,
    /// The outcomes in the new spec, in Mermaid. Not part of the JSON.
    #[serde(skip)]
    pub(crate) diagram: Option<String>,
}

/// A row: the decision of a status, or the meaning of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct OutcomeRow {
    /// The change of the row.
    pub(crate) mark: Mark,
    /// The code; absent in a row about all codes of a status.
    pub(crate) code: Option<String>,
    /// The cells in the old spec.
    pub(crate) old: Option<OutcomeCells>,
    /// The cells in the new spec.
    pub(crate) new: Option<OutcomeCells>,
}

/// The cells of a row in one spec.
#[derive(Debug, Clone, Eq, Serialize, JsonSchema)]
pub(crate) struct OutcomeCells {
    /// The status.
    pub(crate) status: String,
    /// The required value of another field, as in `/paymentStatus = SUCCESS`.
    pub(crate) when: Option<String>,
    /// The possible outcomes of the call: one, or several if other fields decide.
    pub(crate) outcomes: Vec<OutcomeWord>,
    /// The next step for a program; only for a code.
    pub(crate) next_step: Option<&'static str>,
    /// The rule for sending the same body again; only for a code.
    pub(crate) resend: Option<&'static str>,
    /// The actions that are allowed while the result is unknown; only for a pending decision.
    pub(crate) actions: Vec<&'static str>,
    /// `file:line`.
    pub(crate) spec: String,
}

/// A possible outcome of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct OutcomeWord {
    /// The name, a variant of the generated outcome: `paid`.
    pub(crate) name: String,
    /// The decision of the outcome: `done`.
    pub(crate) decides: &'static str,
}

/// The key by which a row is the same in both specs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A status, and the case if it has several.
    Decision(String, Option<String>),
    /// A code.
    Code(String),
}

impl OutcomeRow {
    /// Returns the key of the row, given its cells in one spec.
    pub(super) fn key(&self, cells: &OutcomeCells) -> Key {
        match &self.code {
            Some(code) => Key::Code(code.clone()),
            None => Key::Decision(cells.status.clone(), cells.when.clone()),
        }
    }
}

impl PartialEq for OutcomeCells {
    /// Compares everything but the position in the spec.
    fn eq(&self, other: &Self) -> bool {
        let state = |cells: &Self| {
            let OutcomeCells {
                status,
                when,
                outcomes,
                next_step,
                resend,
                actions,
                spec: _,
            } = cells;
            let words = (status.clone(), when.clone(), outcomes.clone());
            (words, *next_step, *resend, actions.clone())
        };
        state(self) == state(other)
    }
}
