use super::{Origin, SourceIds};
use crate::format::Tension;

/// A point on which sources disagree, and the ruling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Short stable name.
    pub id: String,
    /// What it is about: `ams_instore`, `Order.extendInfo`, `pay_entry_code/request/order/env`,
    /// `pay_entry_code code SUCCESS`.
    pub place: String,
    /// Where the thing that it is about stands: an API, a type, a field, a refinement, a code, …
    pub subject: Origin,
    /// What is in question.
    pub question: String,
    /// The sides.
    pub sides: Vec<DisputeSide>,
    /// Index of the side taken.
    pub takes: usize,
    /// Why.
    pub because: String,
    /// The tensions that the ruling settles.
    pub settles: Vec<Tension>,
    /// Where it stands.
    pub origin: Origin,
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeSide {
    /// What it states.
    pub says: String,
    /// Who states it.
    pub sources: SourceIds,
}
