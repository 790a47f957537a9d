//! The effects of a change on the parties that exchange messages.

use schemars::JsonSchema;
use serde::Serialize;

use super::relation::Relation;
use payspec_model::model::Direction;

/// The impact of a change on one of two parties that use different versions of a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// No message changes.
    None,
    /// Messages change, and every reader can still read them.
    Compatible,
    /// Legal, but a strict reader fails, or a value is lost silently.
    Risky,
    /// Messages that used to pass are refused or misread.
    Breaking,
}

impl Impact {
    /// Returns the word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Impact::None => "none",
            Impact::Compatible => "compatible",
            Impact::Risky => "risky",
            Impact::Breaking => "breaking",
        }
    }
}

/// The effect of a change on the wire while only one party has moved to the new spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct WireImpact {
    /// A caller with the old crate, against a provider at the new spec.
    pub old_caller: Impact,
    /// A caller with the new crate, against a provider that still uses the old spec.
    pub new_caller: Impact,
}

impl WireImpact {
    /// No message changes for either party.
    pub(crate) const NONE: WireImpact = WireImpact {
        old_caller: Impact::None,
        new_caller: Impact::None,
    };

    /// Combines two changes: the worse impact for each party.
    pub fn and(self, other: WireImpact) -> WireImpact {
        WireImpact {
            old_caller: self.old_caller.max(other.old_caller),
            new_caller: self.new_caller.max(other.new_caller),
        }
    }

    /// Returns the worse impact of the two parties.
    pub fn worst(self) -> Impact {
        self.old_caller.max(self.new_caller)
    }
}

/// The part of the exchange that depends on the property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Meaning {
    /// The set of allowed messages.
    Values,
    /// The set of allowed messages, but readers tolerate the others.
    Tolerated,
    /// No message depends on it.
    Text,
}

/// Returns the effect of a change on the wire. A sender that sends less breaks nobody; a sender
/// that sends more, or a receiver that accepts less, breaks the party that has not moved.
pub(crate) fn class(relation: Relation, direction: Direction, meaning: Meaning) -> WireImpact {
    let bad = match meaning {
        Meaning::Values => Impact::Breaking,
        Meaning::Tolerated => Impact::Risky,
        Meaning::Text => Impact::None,
    };
    let fine = bad.min(Impact::Compatible);
    let (old_caller, new_caller) = match (relation, direction) {
        (Relation::Same, _) => (Impact::None, Impact::None),
        (Relation::Narrows, Direction::Outgoing) | (Relation::Widens, Direction::Incoming) => {
            (bad, fine)
        }
        (Relation::Widens, Direction::Outgoing) | (Relation::Narrows, Direction::Incoming) => {
            (fine, bad)
        }
        (Relation::Incomparable, _) => (bad, bad),
    };
    WireImpact {
        old_caller,
        new_caller,
    }
}
