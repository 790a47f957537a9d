//! Describes parts of the model for the reader of an explanation.

use payspec_runtime::{Phrase, RuleId, violation_text};

use super::body::ConstraintFact;
use crate::facts::Facts;
use payspec_model::model::{
    Alternatives, Amount, Api, Body, Condition, Constraint, Direction, Field, Object, Operation,
    Origin, Refinement, Side, Strength, Type,
};

/// Returns a type in words: `list of Goods`.
pub(super) fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::String => "string".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Decimal => "decimal".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::DateTime => "datetime".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Url => "url".to_owned(),
        Type::Country => "country".to_owned(),
        Type::Currency => "currency".to_owned(),
        Type::Any => "any JSON".to_owned(),
        Type::Enum(id) => api.enumeration(*id).name.clone(),
        Type::Object(id) => api.object(*id).name.clone(),
        Type::List(element) => format!("list of {}", type_name(api, element)),
        Type::Map(map) => format!("map of {}", type_name(api, &map.values)),
        Type::Json(id) => format!("text with the JSON of {}", api.object(*id).name),
    }
}

/// Returns the constraints on a field that hold wherever the field is used.
pub(super) fn of_field<'m>(facts: Facts<'m>, field: &'m Field) -> Vec<ConstraintFact<'m>> {
    let mut list = Vec::new();
    if field.required {
        list.push(ConstraintFact {
            rule: "required",
            expected: violation_text::expected_present(),
            severity: "error",
            direction: None,
            at: None,
            reason: None,
            sources: facts.sources(&field.sources),
            spec: facts.place(field.origin),
        });
    }
    list.extend(
        field
            .constraints
            .iter()
            .map(|constraint| of_constraint(facts, constraint, None)),
    );
    list.extend(field.ty.key_rules().iter().filter_map(|constraint| {
        let (rule, expected) = constraint.rule.of_keys()?;
        let strength = &constraint.strength;
        Some(fact(
            facts,
            rule.as_str(),
            expected,
            strength,
            None,
            constraint.origin,
        ))
    }));
    list.extend(conditions(
        facts,
        &field.required_when,
        "required_when",
        None,
    ));
    list.extend(conditions(
        facts,
        &field.forbidden_when,
        "forbidden_when",
        None,
    ));
    list
}

/// Returns the constraints that an operation adds at a path.
pub(super) fn of_refinement<'m>(
    facts: Facts<'m>,
    refinement: &'m Refinement,
    at: &str,
) -> Vec<ConstraintFact<'m>> {
    let constraints = refinement.constraints.iter();
    let mut list: Vec<_> = constraints
        .map(|constraint| of_constraint(facts, constraint, Some(at)))
        .collect();
    list.extend(conditions(
        facts,
        &refinement.required_when,
        "required_when",
        Some(at),
    ));
    list.extend(conditions(
        facts,
        &refinement.forbidden_when,
        "forbidden_when",
        Some(at),
    ));
    list
}

/// Returns the rules of a body that concern several of its values.
pub(super) fn of_body<'m>(facts: Facts<'m>, body: &'m Body) -> Vec<ConstraintFact<'m>> {
    let groups = body.same_currency.iter().map(|group| {
        let paths: Vec<String> = group
            .paths
            .iter()
            .map(|path| payspec_model::pointer::pointer(path))
            .collect();
        let expected = format!("one currency at {}", paths.join(" and ")).into();
        fact(
            facts,
            "same_currency",
            expected,
            &group.strength,
            None,
            group.origin,
        )
    });
    groups.collect()
}

/// Returns the rules of an object that concern several of its fields.
pub(super) fn of_object<'m>(facts: Facts<'m>, object: &'m Object) -> Vec<ConstraintFact<'m>> {
    let group = |group: &'m Alternatives| {
        let expected = violation_text::expected_at_least_one_of(&group.fields).to_phrase();
        fact(
            facts,
            "at_least_one_of",
            expected,
            &group.strength,
            None,
            group.origin,
        )
    };
    let mut list: Vec<_> = object.at_least_one_of.iter().map(group).collect();
    if let Some(Amount { multiple_of, .. }) = &object.amount {
        list.extend(multiple_of.iter().map(|step| {
            let expected =
                violation_text::expected_amount_step(step.step, &step.currency).to_phrase();
            fact(
                facts,
                RuleId::AmountStep.as_str(),
                expected,
                &step.strength,
                None,
                object.origin,
            )
        }));
    }
    list
}

fn of_constraint<'m>(
    facts: Facts<'m>,
    constraint: &'m Constraint,
    at: Option<&str>,
) -> ConstraintFact<'m> {
    fact(
        facts,
        constraint.rule.name(),
        constraint.rule.expected(),
        &constraint.strength,
        at,
        constraint.origin,
    )
}

fn conditions<'m>(
    facts: Facts<'m>,
    conditions: &'m [Condition],
    rule: &'static str,
    at: Option<&str>,
) -> Vec<ConstraintFact<'m>> {
    let describe = |condition: &'m Condition| {
        let expected = match (&condition.test, rule) {
            (Some(test), "required_when") => {
                violation_text::expected_required_when(&test.path, test.met.as_runtime())
            }
            (Some(test), _) => {
                violation_text::expected_forbidden_when(&test.path, test.met.as_runtime())
            }
            // A condition in words has no test: only people can decide it.
            (None, _) => format!("when {}", condition.text.as_deref().unwrap_or("?")).into(),
        };
        fact(
            facts,
            rule,
            expected,
            &condition.strength,
            at,
            condition.origin,
        )
    };
    conditions.iter().map(describe).collect()
}

fn fact<'m>(
    facts: Facts<'m>,
    rule: &'static str,
    expected: Phrase,
    strength: &'m Strength,
    at: Option<&str>,
    origin: Origin,
) -> ConstraintFact<'m> {
    ConstraintFact {
        rule,
        expected,
        severity: strength.severity.as_str(),
        direction: strength.direction.map(Direction::as_str),
        at: at.map(str::to_owned),
        reason: strength.reason.as_deref(),
        sources: facts.sources(&strength.sources),
        spec: facts.place(origin),
    }
}

/// Returns the bodies of an operation, each with its side.
pub(super) fn bodies(operation: &Operation) -> impl Iterator<Item = (Side, &Body)> {
    Side::ALL
        .iter()
        .filter_map(|side| Some((*side, operation.body(*side)?)))
}
