//! Keeps in words when an optional parameter may be left out.

use crate::facts::{ConditionKind, Parameter, Requirement, Test};

/// Takes the test from the exemptions of an optional parameter: `can be left empty if X is given` does not say that
/// it is required otherwise.
pub(super) fn open_needless(parameter: &mut Parameter) {
    if parameter.required.value != Requirement::Optional {
        return;
    }
    for condition in parameter.conditions.iter_mut().filter(|one| one.exempts) {
        condition.kind = ConditionKind::OptionalWhen;
        condition.test = Test::Words;
    }
}
