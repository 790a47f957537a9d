//! Finds the findings of a review that a message touches.

use std::collections::{BTreeMap, HashMap};

use payspec_runtime::json::Node;
use payspec_runtime::rules;

use super::routes::{Lane, Spec};
use crate::{Finding, Item, Location, Property};
use payspec_model::check::Verdict;
use payspec_model::model::{Direction, ResultHandling, Side};
use payspec_model::pointer::names;

/// The findings that the messages of one lane can touch, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Touched by every message.
    always: Vec<usize>,
    /// Touched by messages with a status or a code.
    statuses: HashMap<String, Vec<usize>>,
    codes: HashMap<String, Vec<usize>>,
    /// Touched by messages with a field.
    fields: Tree,
}

/// Fields by their names, `*` for each element of a list.
#[derive(Debug, Default)]
struct Tree {
    findings: Vec<usize>,
    /// Findings about the meaning of an absent field.
    absent: Vec<usize>,
    inside: BTreeMap<String, Tree>,
}

/// Returns the places of a finding, including those before a rename.
fn places(finding: &Finding) -> impl Iterator<Item = &Location> {
    finding.places.iter().chain(&finding.change.was)
}

/// The part of a spec that the body of a message shows.
enum Shown<'p> {
    Operation,
    Request,
    Result,
    Body(Side),
    Status(&'p str),
    Code(&'p str),
    /// The name of the decision: a status, and the case if there are several.
    Decision(&'p str),
    /// The field, by its JSON Pointer.
    Field(Side, &'p str),
}

impl<'p> Shown<'p> {
    /// Returns the part of a spec that shows a place; [`None`] for a place that no body shows.
    fn of(place: &'p Location) -> Option<Self> {
        Some(match &place.subject {
            Item::Operation => Shown::Operation,
            Item::Idempotency => Shown::Request,
            Item::Result => Shown::Result,
            Item::Body(side) => Shown::Body(*side),
            Item::Status(status) => Shown::Status(status),
            Item::Code(code) => Shown::Code(code),
            Item::Decision(name) => Shown::Decision(name),
            Item::Field(side, pointer) => Shown::Field(*side, pointer),
            Item::Responses | Item::Response(_) | Item::ResponseField(..) => {
                Shown::Body(Side::Response)
            }
            Item::Api
            | Item::Signature
            | Item::Auth
            | Item::Credential(_)
            | Item::Wire
            | Item::Header(..)
            | Item::Host(_)
            | Item::Prefix(_)
            | Item::Object(_)
            | Item::Member(..)
            | Item::Enum(_)
            | Item::EnumValue(..)
            | Item::Union(_)
            | Item::UnionObject(..)
            | Item::Flow(_)
            | Item::FlowState(..)
            | Item::FlowEvent(..)
            | Item::Example(_)
            | Item::Dispute(_)
            | Item::Source(_) => return None,
        })
    }
}

/// Returns whether a message body can show the subject of a finding.
pub(super) fn is_shown_by_messages(finding: &Finding) -> bool {
    places(finding).any(|place| Shown::of(place).is_some())
}

impl Watch {
    /// Makes the watch for the findings that messages of this lane can touch.
    pub(super) fn new(lane: &Lane<'_>, findings: &[Finding]) -> Self {
        let mut watch = Watch::default();
        for (number, finding) in findings.iter().enumerate() {
            for place in places(finding) {
                watch.add(lane, (number, finding.change.property), place);
            }
        }
        watch
    }

    fn add(&mut self, lane: &Lane<'_>, (finding, property): (usize, Property), place: &Location) {
        let described = || {
            Spec::BOTH
                .into_iter()
                .filter_map(|spec| lane.described(spec))
        };
        let is_of_lane = match &place.operation {
            Some(id) => {
                let mut known = described().map(|described| described.operation.id.as_str());
                lane.operation == id || known.any(|known| known == id)
            }
            None => described().any(|described| described.api.id == place.api),
        };
        if !is_of_lane {
            return;
        }
        let is_judged = described().any(|described| {
            described.operation.direction(lane.side) == Direction::Incoming
                && described.operation.result.is_some()
        });
        let Some(shown) = Shown::of(place) else {
            return;
        };
        match shown {
            Shown::Operation => self.always.push(finding),
            Shown::Request if lane.side == Side::Request => self.always.push(finding),
            Shown::Result if is_judged => self.always.push(finding),
            Shown::Body(side) if side == lane.side => self.always.push(finding),
            Shown::Status(status) if is_judged => {
                let findings = self.statuses.entry(status.to_owned());
                findings.or_default().push(finding);
            }
            Shown::Code(code) if is_judged => {
                let findings = self.codes.entry(code.to_owned());
                findings.or_default().push(finding);
            }
            Shown::Decision(name) if is_judged => {
                let handlings = described().filter_map(|one| one.operation.result.as_ref());
                for status in handlings.flat_map(|handling| statuses(handling, name)) {
                    let findings = self.statuses.entry(status.to_owned());
                    findings.or_default().push(finding);
                }
            }
            Shown::Field(side, pointer) if side == lane.side => {
                let mut tree = &mut self.fields;
                for name in names(pointer) {
                    tree = tree.inside.entry(name).or_default();
                }
                let found = if property == Property::Default {
                    &mut tree.absent
                } else {
                    &mut tree.findings
                };
                found.push(finding);
            }
            // Belongs to the other side.
            Shown::Request
            | Shown::Result
            | Shown::Body(_)
            | Shown::Status(_)
            | Shown::Code(_)
            | Shown::Decision(_)
            | Shown::Field(..) => {}
        }
    }

    /// Calls `mark` with each finding that a message touches by its fields, perhaps more than once.
    pub(super) fn touched(&self, message: &Node<'_>, mark: &mut impl FnMut(usize)) {
        self.always.iter().copied().for_each(&mut *mark);
        self.fields.visit(message, mark);
    }

    /// Calls `mark` with each finding that a message touches by its status and its code.
    pub(super) fn judged(&self, verdict: &Verdict<'_>, mark: &mut impl FnMut(usize)) {
        let status = verdict.status.as_deref();
        // A change of the case of a class concerns each HTTP status of it.
        let class = status
            .filter(|status| rules::is_http_status_case(status))
            .and_then(|status| Some(format!("{}XX", status.get(..1)?)));
        let statuses = status.into_iter().chain(class.as_deref());
        let status = statuses.filter_map(|status| self.statuses.get(status));
        let code = verdict
            .code
            .as_deref()
            .and_then(|code| self.codes.get(code));
        let findings = status.chain(code).flatten();
        findings.copied().for_each(mark);
    }

    /// Calls `mark` with each finding about the field at a folded pointer.
    pub(super) fn at(&self, pointer: &str, mark: &mut impl FnMut(usize)) {
        let mut names = names(pointer).into_iter();
        let tree = names.try_fold(&self.fields, |tree, name| tree.inside.get(&name));
        let findings = tree.into_iter().flat_map(|tree| &tree.findings);
        findings.copied().for_each(mark);
    }
}

/// Returns the statuses of the decisions with this name in a finding: a status, and the case if
/// there are several.
fn statuses<'h>(handling: &'h ResultHandling, name: &str) -> impl Iterator<Item = &'h str> {
    let status = name.split(' ').next().unwrap_or_default().to_owned();
    let decisions = handling.decisions.iter().map(|one| one.status.as_str());
    decisions.filter(move |known| *known == status)
}

impl Tree {
    fn visit(&self, node: &Node<'_>, mark: &mut impl FnMut(usize)) {
        if self.inside.is_empty() {
            return;
        }
        match node {
            Node::Object(_) => {
                for (name, inside) in &self.inside {
                    match node.get(name).filter(|value| **value != Node::Null) {
                        Some(value) => inside.found(value, mark),
                        None => inside.absent.iter().copied().for_each(&mut *mark),
                    }
                }
            }
            Node::Array(elements) => {
                if let Some(inside) = self.inside.get("*") {
                    elements
                        .iter()
                        .for_each(|element| inside.found(element, mark));
                }
            }
            // A text may hold an object.
            Node::String(text) => {
                if let Ok(node @ Node::Object(_)) = Node::parse_lenient(text) {
                    self.visit(&node, mark);
                }
            }
            Node::Null | Node::Boolean(_) | Node::Number(_) | Node::Damaged(_) => {}
        }
    }

    fn found(&self, value: &Node<'_>, mark: &mut impl FnMut(usize)) {
        if *value != Node::Null {
            self.findings.iter().copied().for_each(&mut *mark);
            self.visit(value, mark);
        }
    }
}
