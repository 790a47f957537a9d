//! Collects the rules that bind at one place of a body.

use super::walk::Walk;
use payspec_model::model::{
    Condition, Constraint, DefaultValue, Field, Refinement, Rule, Severity, Strength,
};

/// The rules for the value at one place, in the direction of the body.
#[derive(Default)]
pub(super) struct Bounds<'m> {
    pub(super) required: bool,
    pub(super) constraints: Vec<&'m Constraint>,
    pub(super) required_when: Vec<Placed<'m>>,
    pub(super) forbidden_when: Vec<Placed<'m>>,
    pub(super) default: Option<&'m DefaultValue>,
}

/// A condition, with the number of names in the field's path that lead to the start of the
/// condition's own path: to the object for a condition of a shared type, to the body for one of a
/// refinement.
pub(super) type Placed<'m> = (usize, &'m Condition);

impl<'m> Walk<'_, 'm> {
    pub(super) fn bounds(&self, field: &'m Field) -> Bounds<'m> {
        let holder = self.path.len() - 1;
        let own = |condition: &'m Condition| (holder, condition);
        let refined = |condition: &'m Condition| (0, condition);
        let mut bounds = Bounds {
            required: field.required,
            constraints: field.constraints.iter().collect(),
            required_when: field.required_when.iter().map(own).collect(),
            forbidden_when: field.forbidden_when.iter().map(own).collect(),
            default: field.default.as_ref(),
        };
        for refinement in self.refinements.iter().filter(|one| one.path == self.path) {
            let Refinement {
                path: _,
                note: _,
                constraints,
                required_when,
                forbidden_when,
                default,
                sources: _,
                origin: _,
            } = refinement;
            bounds.constraints.extend(constraints);
            bounds
                .required_when
                .extend(required_when.iter().map(refined));
            bounds
                .forbidden_when
                .extend(forbidden_when.iter().map(refined));
            bounds.default = default.as_ref().or(bounds.default);
        }
        let required = |one: &&Constraint| {
            one.rule == Rule::Required && self.force(&one.strength) == Some(Severity::Error)
        };
        bounds.required |= bounds.constraints.iter().any(required);
        bounds
    }

    /// Returns the rules that refinements state about this place.
    pub(super) fn refined(&self) -> Vec<&'m Constraint> {
        let here = self.refinements.iter().filter(|one| one.path == self.path);
        here.flat_map(|one| &one.constraints).collect()
    }

    /// Returns the severity of breaking a rule here; [`None`] if the rule does not bind here.
    pub(super) fn force(&self, strength: &Strength) -> Option<Severity> {
        let Strength {
            severity,
            direction,
            sources: _,
            reason: _,
        } = strength;
        direction
            .is_none_or(|only| only == self.direction)
            .then_some(*severity)
    }
}
