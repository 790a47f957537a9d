use std::collections::HashMap;

use payspec_runtime::json::{Node, lenient_text};
use payspec_runtime::{Direction, JsonType, NotJson, Pattern, rules};

use super::walk::Walk;
use super::{Findings, Verdict};
use crate::model::{
    Api, Body, Constraint, EmptyText, Field, Object, Operation, Purposes, Rule, Side, Type,
};

/// A checker of the messages of one body of one operation; it can check any number of them.
#[derive(Debug)]
pub struct Checker<'m> {
    pub(super) api: &'m Api,
    pub(super) operation: &'m Operation,
    pub(super) body: &'m Body,
    pub(super) direction: Direction,
    patterns: HashMap<&'m str, Pattern>,
    pub(super) purposes: Purposes<'m>,
    /// Paths of the values that must be readable in an incoming message.
    pub(super) decisive: Vec<Vec<String>>,
}

impl<'m> Checker<'m> {
    /// Makes a checker; [`None`] if the operation describes no such body.
    pub fn new(api: &'m Api, operation: &'m Operation, side: Side) -> Option<Self> {
        let body = operation.body(side)?;
        // A pattern that does not compile is an error of the spec, and reported there.
        let patterns = constraints(api, body)
            .filter_map(|constraint| {
                let Rule::Pattern(text) = &constraint.rule else {
                    return None;
                };
                Some((text.as_str(), Pattern::from_text(text.clone())))
            })
            .collect();
        Some(Checker {
            api,
            operation,
            body,
            direction: operation.direction(side),
            patterns,
            purposes: api.purposes(),
            decisive: operation.decisive(api),
        })
    }

    /// Returns the description of the body.
    pub fn body(&self) -> &'m Object {
        &self.body.object
    }

    /// Checks one message; returns all violations, warnings included.
    ///
    /// # Errors
    ///
    /// When the bytes are not a JSON text.
    pub fn check(&self, json: &[u8]) -> Result<Findings, NotJson> {
        self.assess(json, None).map(|(findings, _)| findings)
    }

    /// Checks one message, and judges it if it [decides](Checker::judge) something. `http_status` is that of an
    /// answer, if it is known.
    ///
    /// # Errors
    ///
    /// When the bytes are not a JSON text.
    pub fn assess(
        &self,
        json: &[u8],
        http_status: Option<u16>,
    ) -> Result<(Findings, Option<Verdict<'m>>), NotJson> {
        let json = http_status.map_or(json, |status| rules::json_of_answer(status, json));
        let text;
        let node = if self.is_strict() {
            Node::from_slice(json)?
        } else {
            text = lenient_text(json)?;
            Node::parse_lenient(&text)?
        };
        let findings = self.check_answer(&node, http_status);
        let verdict = self.judge(&node, &findings, http_status);
        Ok((findings, verdict))
    }

    /// Checks a parsed message.
    pub fn check_node(&self, message: &Node<'_>) -> Findings {
        Walk::new(self).message(message)
    }

    /// Returns whether the merchant sends the message, so that every rule applies.
    pub(super) fn is_strict(&self) -> bool {
        self.direction == Direction::Outgoing
    }

    /// Returns the JSON type in which a value travels.
    pub(super) fn json_type(&self, ty: &Type, own: Option<JsonType>) -> Option<JsonType> {
        self.api.json_type(ty, own)
    }

    pub(super) fn empty_text_is_forbidden(&self) -> bool {
        self.is_strict() && self.api.wire.empty_text == EmptyText::Forbidden
    }

    pub(super) fn pattern(&self, text: &str) -> Option<&Pattern> {
        self.patterns.get(text)
    }

    /// Returns whether a rule with this direction applies here.
    pub(super) fn holds(&self, direction: Option<Direction>) -> bool {
        direction.is_none_or(|direction| direction == self.direction)
    }
}

/// Returns all constraints that can apply to a message of this body.
fn constraints<'m>(api: &'m Api, body: &'m Body) -> impl Iterator<Item = &'m Constraint> {
    let of_field = |field: &'m Field| field.constraints.iter().chain(field.ty.inner_rules());
    let shared = api.objects.iter().flat_map(|object| &object.fields);
    shared.chain(&body.object.fields).flat_map(of_field).chain(
        body.refinements
            .iter()
            .flat_map(|refinement| &refinement.constraints),
    )
}
