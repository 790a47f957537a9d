use super::{Origin, SourceIds};
use crate::format::Contradiction;
pub use crate::format::PageFact;

/// A point on which sources disagree, with the ruling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Short stable name.
    pub id: String,
    /// The place of its subject: `ams_instore`, `Order.extendInfo`, `pay_entry_code/request/order/env`,
    /// `pay_entry_code code SUCCESS`.
    pub place: String,
    /// The origin of its subject: an API, a type, a field, a refinement, a code, …
    pub subject: Origin,
    /// The origins of its subject in operations that inherit the dispute.
    pub inherited_by: Vec<Origin>,
    /// The question.
    pub question: String,
    /// The sides.
    pub sides: Vec<DisputeSide>,
    /// Index of the side that the ruling takes.
    pub takes: usize,
    /// The reason.
    pub because: String,
    /// The contradictions that the ruling settles.
    pub settles: Vec<Contradiction>,
    /// The place in the spec.
    pub origin: Origin,
}

impl Dispute {
    /// Returns whether its subject has this origin.
    pub fn concerns(&self, origin: Origin) -> bool {
        self.subject == origin || self.inherited_by.contains(&origin)
    }
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeSide {
    /// The statement.
    pub says: String,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The statement as facts of a documentation page, each with the value as reports show it.
    pub states: Vec<(PageFact, String)>,
}
