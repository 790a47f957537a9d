//! What a change means to those who exchange messages.

use schemars::JsonSchema;
use serde::Serialize;

use super::relation::Relation;
use payspec_model::model::Direction;

/// How bad a change is for one of two parties that stand at different versions of a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// No message changes.
    None,
    /// Messages change, and everybody can read them.
    Compatible,
    /// Legal, but a strict reader fails, or something is lost in silence.
    Risky,
    /// Messages that used to pass are refused or misread.
    Breaking,
}

impl Impact {
    /// Returns its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Impact::None => "none",
            Impact::Compatible => "compatible",
            Impact::Risky => "risky",
            Impact::Breaking => "breaking",
        }
    }
}

/// What a change does on the wire while only one party has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
pub struct WireImpact {
    /// A caller with the old crate, against a provider at the new spec.
    pub old_caller: Impact,
    /// A caller with the new crate, against a provider still at the old spec.
    pub new_caller: Impact,
}

impl WireImpact {
    /// Nothing that is sent changes for anybody.
    pub const NONE: WireImpact = WireImpact {
        old_caller: Impact::None,
        new_caller: Impact::None,
    };

    /// Returns what two changes at once mean: the worse for each party.
    pub fn and(self, other: WireImpact) -> WireImpact {
        WireImpact {
            old_caller: self.old_caller.max(other.old_caller),
            new_caller: self.new_caller.max(other.new_caller),
        }
    }

    /// The worse of the two.
    pub fn worst(self) -> Impact {
        self.old_caller.max(self.new_caller)
    }
}

/// What depends on the property that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// Which messages are allowed.
    Values,
    /// Which messages are allowed, where readers tolerate the others.
    Tolerated,
    /// Nothing that is sent.
    Text,
}

/// Returns what a change means on the wire. Who sends less breaks nobody; who sends more, or takes less,
/// breaks the party that has not moved.
pub fn class(relation: Relation, direction: Direction, meaning: Meaning) -> WireImpact {
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
