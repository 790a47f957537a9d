//! Facts about an operation that both a page and a spec can state, in one vocabulary.

use std::collections::BTreeMap;

use super::condition::Group;
use super::place::Place;
use super::value::Value;
use crate::{Advice, Section};
use payspec_model::model::{Origin, PageFact, Side, SourceIds};

/// An operation as stated by a page or by a spec.
#[derive(Debug, Clone, Default)]
pub(crate) struct FactSheet {
    /// The endpoint.
    pub(crate) endpoint: Facts,
    /// The parameters of both bodies, children after their parent.
    pub(crate) fields: Vec<Field>,
    /// Groups of fields of which one must be present.
    pub(crate) groups: Vec<Group>,
    /// The meaning of each result status.
    pub(crate) logic: Vec<Logic>,
    /// The result codes.
    pub(crate) codes: Vec<Code>,
    /// True if the list of codes is complete; false if a table could not be read.
    pub(crate) whole_table: bool,
    /// The section in which a page ends.
    pub(crate) ends: Option<Section>,
    /// True if a page ends in a row of a table that lacks cells.
    pub(crate) ends_in_row: bool,
    /// The last line of a page.
    pub(crate) last_line: Option<u32>,
}

/// A parameter.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) side: Side,
    /// The name; from a page, as printed.
    pub(crate) name: String,
    /// True if the name is the one on the wire.
    pub(crate) on_wire: bool,
    /// Other names under which a page may print it.
    pub(crate) aliases: Vec<String>,
    /// The index of the field that contains it.
    pub(crate) parent: Option<usize>,
    /// `request/order/env`, in the names of this fact sheet; elements of a list as `*`.
    pub(crate) path: String,
    /// True if the fields inside it are listed, so that an unlisted field does not exist.
    pub(crate) open: bool,
    pub(crate) facts: Facts,
    pub(crate) place: Place,
    /// The sources that state its existence.
    pub(crate) sources: SourceIds,
    /// The origins in the spec that a dispute about it may concern.
    pub(crate) origins: Vec<Origin>,
    /// The date of its removal, if it was removed.
    pub(crate) removed: Option<String>,
}

/// A result status.
#[derive(Debug, Clone)]
pub(crate) struct Logic {
    pub(crate) status: String,
    pub(crate) facts: Facts,
    pub(crate) advice: Advice,
    pub(crate) words: String,
    pub(crate) place: Place,
    pub(crate) origins: Vec<Origin>,
}

impl Logic {
    pub(crate) fn subject(&self) -> String {
        format!("logic/{}", self.status)
    }
}

/// A result code.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) name: String,
    pub(crate) facts: Facts,
    pub(crate) place: Place,
    /// The further action of a page, in its words.
    pub(crate) action: Option<String>,
    /// The steps that the action advises.
    pub(crate) advice: Advice,
    /// The status of the HTTP response, if it is from a page that has it.
    pub(crate) http_status: Option<u16>,
    pub(crate) sources: SourceIds,
    /// True if pages may leave it out: a code that all operations share.
    pub(crate) is_common: bool,
    pub(crate) origins: Vec<Origin>,
    pub(crate) removed: Option<String>,
}

/// The facts about one item.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts(BTreeMap<PageFact, Claim>);

/// One fact.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) value: Value,
    pub(crate) place: Place,
    /// The sources of the fact, if it is from a spec.
    pub(crate) sources: SourceIds,
    /// True if it follows from the type, wherever the field is used, so that a page need not repeat
    /// it.
    pub(crate) implied: bool,
}

impl Facts {
    /// Adds a fact, or replaces it.
    pub(crate) fn state(&mut self, fact: PageFact, claim: Claim) {
        self.0.insert(fact, claim);
    }

    /// Changes a fact, if it is stated.
    pub(crate) fn amend(&mut self, fact: PageFact, change: impl FnOnce(&Value) -> Value) {
        if let Some(claim) = self.0.get_mut(&fact) {
            claim.value = change(&claim.value);
        }
    }

    /// Removes a fact.
    pub(crate) fn take(&mut self, fact: PageFact) -> Option<Claim> {
        self.0.remove(&fact)
    }

    pub(crate) fn get(&self, fact: PageFact) -> Option<&Claim> {
        self.0.get(&fact)
    }

    pub(crate) fn value(&self, fact: PageFact) -> Option<&Value> {
        self.0.get(&fact).map(|claim| &claim.value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (PageFact, &Claim)> {
        self.0.iter().map(|(fact, claim)| (*fact, claim))
    }
}

impl Claim {
    /// Makes a fact of a page.
    pub(crate) fn of_page(value: Value, line: u32) -> Self {
        Claim {
            value,
            place: Place::Line(line),
            sources: SourceIds::new(),
            implied: false,
        }
    }

    /// Makes a fact of a spec.
    pub(crate) fn of_spec(value: Value, origin: Origin, sources: &SourceIds) -> Self {
        Claim {
            value,
            place: Place::Spec(origin),
            sources: sources.clone(),
            implied: false,
        }
    }
}

impl FactSheet {
    /// Returns the fields inside a field, or those of a body, with their indices.
    pub(crate) fn inside(
        &self,
        side: Side,
        parent: Option<usize>,
    ) -> impl Iterator<Item = (usize, &Field)> {
        let fields = self.fields.iter().enumerate();
        fields.filter(move |(_, field)| field.side == side && field.parent == parent)
    }
}
