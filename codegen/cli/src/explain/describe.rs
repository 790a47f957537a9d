//! Describes parts of the model for the reader of an explanation.

use super::body::ConstraintFact;
use crate::facts::Facts;
use payspec_model::describe::{self, Statement};
use payspec_model::model::{Body, Direction, Field, Object, Operation, Refinement, Side};

/// Returns the constraints on a field that hold wherever the field is used.
pub(super) fn of_field<'m>(facts: Facts<'m>, field: &'m Field) -> Vec<ConstraintFact<'m>> {
    all(facts, describe::of_field(field), None)
}

/// Returns the constraints that an operation adds at a path.
pub(super) fn of_refinement<'m>(
    facts: Facts<'m>,
    refinement: &'m Refinement,
    at: &str,
) -> Vec<ConstraintFact<'m>> {
    all(facts, describe::of_refinement(refinement), Some(at))
}

/// Returns the rules of a body that concern several of its values.
pub(super) fn of_body<'m>(facts: Facts<'m>, body: &'m Body) -> Vec<ConstraintFact<'m>> {
    all(facts, describe::of_body(body), None)
}

/// Returns the rules of an object that concern several of its fields.
pub(super) fn of_object<'m>(facts: Facts<'m>, object: &'m Object) -> Vec<ConstraintFact<'m>> {
    all(facts, describe::of_object(object), None)
}

fn all<'m>(
    facts: Facts<'m>,
    statements: Vec<Statement<'m>>,
    at: Option<&str>,
) -> Vec<ConstraintFact<'m>> {
    let fact = |statement| {
        let Statement {
            rule,
            inside,
            expected,
            severity,
            direction,
            reason,
            sources,
            origin,
        } = statement;
        ConstraintFact {
            rule,
            expected,
            severity: severity.as_str(),
            direction: direction.map(Direction::as_str),
            at: match (at, inside.as_str()) {
                (None, "") => None,
                (at, inside) => Some(format!("{}{inside}", at.unwrap_or_default())),
            },
            reason,
            sources: facts.sources(sources),
            spec: facts.place(origin),
        }
    };
    statements.into_iter().map(fact).collect()
}

/// Returns the bodies of an operation, each with its side.
pub(super) fn bodies(operation: &Operation) -> impl Iterator<Item = (Side, &Body)> {
    Side::ALL
        .iter()
        .filter_map(|side| Some((*side, operation.body(*side)?)))
}
