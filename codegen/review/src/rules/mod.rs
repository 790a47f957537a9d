//! The table of rules: the effects of each property and edit beyond the wire.

mod fields;
mod flows;
mod results;
mod texts;
mod transport;
mod types;

use schemars::JsonSchema;
use serde::Serialize;

use super::change::{Change, Point};
use super::class::{Impact, Meaning, WireImpact, class};
use super::edit::Edit;
use super::property::Property;
use super::relation::{Comparison, Relation};
use payspec_model::model::{Direction, NextStep, StatusClass};
use payspec_model::value::Value;

/// The version bump that a change requires of a crate that uses the generated one, by cargo's
/// semver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SemverBump {
    /// Only comments change in the generated code.
    None,
    /// It compiles and behaves as documented.
    Patch,
    /// It compiles, and has more to use.
    Minor,
    /// It may not compile, or may behave differently.
    Major,
}

impl SemverBump {
    /// Returns the word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            SemverBump::None => "none",
            SemverBump::Patch => "patch",
            SemverBump::Minor => "minor",
            SemverBump::Major => "major",
        }
    }
}

/// The meaning of one kind of change.
#[derive(Debug)]
pub struct Rule {
    /// The property that changes.
    pub property: Property,
    /// The edit of the property.
    pub edit: Edit,
    /// A description in a few words.
    pub title: &'static str,
    /// The meaning of the change, who is affected, and what to do.
    pub explanation: &'static str,
    /// The part of the exchange that depends on the property.
    pub(crate) meaning: Meaning,
    /// The least impact, if the set of messages does not show it.
    pub(crate) least: WireImpact,
    /// The effect in Rust.
    pub(crate) rust: fn(&Change) -> SemverBump,
    /// The name of `rust`, by which the catalogue finds its words.
    pub(super) rust_by: &'static str,
    /// Returns true if money can move twice or an outcome can be misread.
    pub(crate) money: fn(&Change) -> bool,
    /// The name of `money`, by which the catalogue finds its words.
    pub(super) money_by: &'static str,
}

impl Rule {
    /// Returns its stable name: `max-length-narrowed`.
    pub fn id(&self) -> String {
        format!("{}-{}", self.property.as_str(), self.edit.as_str())
    }

    /// Returns the rule with this id, in any letter case.
    pub fn find(id: &str) -> Option<&'static Rule> {
        rules().find(|rule| rule.id().eq_ignore_ascii_case(id))
    }

    /// Returns the effect on the wire of a plain change of this kind; [`None`] for a property that
    /// is only sent in the other direction. If a field was added or removed, the effect also
    /// depends on whether it is required.
    pub fn usual_class(&self, direction: Direction) -> Option<WireImpact> {
        let only = self.property.direction();
        if only.is_some_and(|only| only != direction) || self.meaning == Meaning::Text {
            return None;
        }
        let is_demand = self.property.comparison() == Comparison::Demand;
        let relation = match self.edit {
            Edit::Added if is_demand => Relation::Narrows,
            Edit::Removed if is_demand => Relation::Widens,
            Edit::Added | Edit::Widened => Relation::Widens,
            Edit::Removed | Edit::Narrowed => Relation::Narrows,
            Edit::Changed | Edit::Renamed | Edit::Moved => Relation::Incomparable,
        };
        let meaning = match self.meaning {
            Meaning::Values
                if direction == Direction::Incoming && self.property.is_read_tolerantly() =>
            {
                Meaning::Tolerated
            }
            meaning => meaning,
        };
        Some(class(relation, direction, meaning).and(self.least))
    }

    /// Returns the effect of a change on the wire.
    pub fn class(&self, change: &Change) -> WireImpact {
        let meaning = match self.meaning {
            Meaning::Values if change.tolerated => Meaning::Tolerated,
            meaning => meaning,
        };
        let class = match self.edit {
            Edit::Added | Edit::Removed if self.property.comparison() == Comparison::Presence => {
                self.class_of_presence(change, meaning)
            }
            Edit::Added
            | Edit::Removed
            | Edit::Narrowed
            | Edit::Widened
            | Edit::Changed
            | Edit::Renamed
            | Edit::Moved => class(change.relation, change.direction, meaning),
        };
        class.and(self.least)
    }

    /// Returns the effect of a changed presence. A reader ignores an item that it does not know,
    /// but refuses a message without an item that it requires.
    fn class_of_presence(&self, change: &Change, meaning: Meaning) -> WireImpact {
        let (comes, goes) = (Relation::Widens, Relation::Narrows);
        let (may, must) = match self.edit {
            Edit::Added => (comes, goes),
            Edit::Removed
            | Edit::Narrowed
            | Edit::Widened
            | Edit::Changed
            | Edit::Renamed
            | Edit::Moved => (goes, comes),
        };
        let may = match change.direction {
            Direction::Outgoing => may,
            Direction::Incoming => Relation::Same,
        };
        let mut points = [&change.old, &change.new].into_iter().flatten();
        let must = match points.any(|point| point.value.is_true()) {
            true => must,
            false => Relation::Same,
        };
        let strict = match meaning {
            Meaning::Values | Meaning::Tolerated => Meaning::Values,
            Meaning::Text => Meaning::Text,
        };
        class(may, change.direction, meaning).and(class(must, change.direction, strict))
    }
}

/// Returns all rules.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let parts = [
        fields::TABLE,
        flows::TABLE,
        results::TABLE,
        transport::TABLE,
        types::TABLE,
        texts::TABLE,
    ];
    parts.into_iter().flatten()
}

/// Returns the rule for a change. Every edit that the property's comparison can produce has one.
pub fn rule(change: &Change) -> Option<&'static Rule> {
    rules().find(|rule| rule.property == change.property && rule.edit == change.edit)
}

fn none(_: &Change) -> SemverBump {
    SemverBump::None
}

fn patch(_: &Change) -> SemverBump {
    SemverBump::Patch
}

fn minor(_: &Change) -> SemverBump {
    SemverBump::Minor
}

fn major(_: &Change) -> SemverBump {
    SemverBump::Major
}

fn safe(_: &Change) -> bool {
    false
}

fn money(_: &Change) -> bool {
    true
}

/// Returns whether the change of a code is about money. A code of a failed call only says why, and
/// its next step moves no money. A code of another status stands for money that moved or may have,
/// and a code that moves a flow on decides what is sent next.
fn money_of_calls(change: &Change) -> bool {
    let mut classes = change.classes.iter();
    change.decisive || classes.any(|class| *class != Some(StatusClass::Failed))
}

/// Returns whether the dispute, the code or the header decides about money.
fn money_if_decisive(change: &Change) -> bool {
    change.decisive
}

/// Returns whether the field is one of an amount or an exchange rate, or decides about money.
fn money_of_defaults(change: &Change) -> bool {
    change.amount || change.decisive
}

/// Returns whether the number of sendings changed, so that the schedule gives up at another time. A
/// schedule that only waits longer between two sendings is not about money.
fn money_of_schedules(change: &Change) -> bool {
    let count = |point: &Option<Point>| match point.as_ref().map(|point| &point.value) {
        Some(Value::Pauses(pauses)) => pauses.len(),
        Some(_) | None => 0,
    };
    count(&change.old) != count(&change.new)
}

/// Returns whether one of the next steps moves money. Steps that end a payment, or that people
/// take, do not.
fn money_of_steps(change: &Change) -> bool {
    let mut points = [&change.old, &change.new].into_iter().flatten();
    points.any(|point| {
        let Value::NextStep(step) = &point.value else {
            return true;
        };
        moves_money(*step)
    })
}

/// Returns whether a program that takes the step pays, asks for the state of a payment, or treats
/// it as done. The other steps are for people, who fix or report something.
fn moves_money(step: NextStep) -> bool {
    match step {
        NextStep::Done
        | NextStep::Redirect
        | NextStep::LowerAmount
        | NextStep::NewRequestId
        | NextStep::ResendSame
        | NextStep::Inquire
        | NextStep::Refund => true,
        NextStep::FixRequest
        | NextStep::FixCredentials
        | NextStep::CheckContract
        | NextStep::RegisterMerchant
        | NextStep::ContactSupport
        | NextStep::TellUser => false,
    }
}

fn money_of_amounts(change: &Change) -> bool {
    change.amount
}

/// The least impact of a kind of change, by its name in the tables.
#[allow(
    non_upper_case_globals,
    reason = "the tables name them next to enum variants"
)]
mod least {
    use super::{Impact, WireImpact};

    pub(super) const None: WireImpact = WireImpact::NONE;
    /// Risky for a caller that still uses the old crate.
    pub(super) const Risky: WireImpact = WireImpact {
        old_caller: Impact::Risky,
        new_caller: Impact::None,
    };
    /// Breaking for a caller that still uses the old crate.
    pub(super) const Breaking: WireImpact = WireImpact {
        old_caller: Impact::Breaking,
        new_caller: Impact::None,
    };
    /// Risky for callers with the old and with the new crate.
    pub(super) const RiskyForAll: WireImpact = WireImpact {
        old_caller: Impact::Risky,
        new_caller: Impact::Risky,
    };
}

/// Rows: property, edit, what depends on it, the least impact, Rust, money, title, explanation.
macro_rules! table {
    ($($property:ident $edit:ident: $meaning:ident, $least:ident, $rust:ident, $money:ident,
        $title:literal, $explanation:literal;)+) => {
        pub(super) static TABLE: &[super::Rule] = &[$(super::Rule {
            property: super::Property::$property,
            edit: super::Edit::$edit,
            title: $title,
            explanation: $explanation,
            meaning: super::Meaning::$meaning,
            least: super::least::$least,
            rust: $rust,
            rust_by: stringify!($rust),
            money: $money,
            money_by: stringify!($money),
        }),+];
    };
}
use table;
