//! How the answers of an operation are judged, before and after.

use serde::Serialize;

use super::{Hazard, Mark};

/// The table of an operation whose judging changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeTable {
    /// The operation.
    pub operation: String,
    /// What became of the judging as a whole.
    pub mark: Mark,
    /// What each status decides, then what each code asks for; rows that are gone stand last in
    /// their part.
    pub rows: Vec<OutcomeRow>,
    /// What a reviewer must not overlook: new hazards first.
    pub hazards: Vec<Hazard>,
}

/// A row: what a status decides, or what a code asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeRow {
    /// What became of it.
    pub mark: Mark,
    /// The code; absent in a row that speaks of all codes of a status.
    pub code: Option<String>,
    /// What the old spec says.
    pub old: Option<OutcomeCells>,
    /// What the new spec says.
    pub new: Option<OutcomeCells>,
}

/// What one spec says in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeCells {
    /// The status.
    pub status: String,
    /// The value of another field that is asked for, as in `/paymentStatus = SUCCESS`.
    pub when: Option<String>,
    /// The ways in which the call can come out: one, or several where other fields decide.
    pub outcomes: Vec<OutcomeWord>,
    /// What a program does next: of a code.
    pub next_step: Option<&'static str>,
    /// Whether the same may be sent again: of a code.
    pub resend: Option<&'static str>,
    /// What may be done while nobody knows: of a pending decision.
    pub actions: Vec<&'static str>,
    /// `file:line`.
    pub spec: String,
}

/// A way in which a call can come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeWord {
    /// Its name, a variant of the generated outcome: `paid`.
    pub name: String,
    /// What it decides: `done`.
    pub decides: &'static str,
}
