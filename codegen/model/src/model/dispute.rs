use super::{Origin, SourceIds};
use crate::format::Contradiction;
pub use crate::format::PageFact;

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
    /// The same in operations that inherit the dispute, where it stands at another place.
    pub inherited_by: Vec<Origin>,
    /// What is in question.
    pub question: String,
    /// The sides.
    pub sides: Vec<DisputeSide>,
    /// Index of the side taken.
    pub takes: usize,
    /// Why.
    pub because: String,
    /// The tensions that the ruling settles.
    pub settles: Vec<Contradiction>,
    /// Where it stands.
    pub origin: Origin,
}

impl Dispute {
    /// Returns whether it is about what stands here.
    pub fn concerns(&self, origin: Origin) -> bool {
        self.subject == origin || self.inherited_by.contains(&origin)
    }
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeSide {
    /// What it states.
    pub says: String,
    /// Who states it.
    pub sources: SourceIds,
    /// The same as facts that a page can state, each as reports write it.
    pub states: Vec<(PageFact, String)>,
}
