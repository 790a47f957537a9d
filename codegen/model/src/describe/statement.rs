//! The rules of the model as statements: what is expected, how strictly, and who says so.

use payspec_runtime::{JsonType, Phrase, RuleId, violation_text};

use crate::model::{
    Amount, Body, Condition, Constraint, Direction, Element, Field, Object, Origin, Refinement,
    Severity, SourceIds, Strength, Type,
};
use crate::pointer::pointer;

/// A rule of a field, an object or a body.
#[derive(Debug, Clone)]
pub struct Statement<'m> {
    /// The word of the rule: `max_length`.
    pub rule: &'static str,
    /// The place inside the value: `/*` for each element; empty for the value itself.
    pub inside: String,
    /// The expectation in words, as a violation reports it; of a condition, what it tests.
    pub expected: Phrase,
    /// The severity of a violation.
    pub severity: Severity,
    /// The direction in which it applies; [`None`] for both.
    pub direction: Option<Direction>,
    /// The reason for its strength.
    pub reason: Option<&'m str>,
    /// The sources that state it.
    pub sources: &'m SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// Returns the rules of a field that hold wherever the field is used.
pub fn of_field(field: &Field) -> Vec<Statement<'_>> {
    let mut list = Vec::new();
    if field.required {
        list.push(Statement {
            rule: RuleId::Required.as_str(),
            inside: String::new(),
            expected: violation_text::expected_present(),
            severity: Severity::Error,
            direction: None,
            reason: None,
            sources: &field.sources,
            origin: field.origin,
        });
    }
    let home = (&field.sources, field.origin);
    list.extend(field.json_type.map(|one| encoding(one, home)));
    list.extend(field.constraints.iter().map(of_constraint));
    inside(&field.ty, "", home, &mut list);
    list.extend(conditions(&field.required_when, &field.forbidden_when));
    list
}

/// The sources and the place of a field.
type Home<'m> = (&'m SourceIds, Origin);

/// Returns the statement of the JSON type of a value.
fn encoding<'m>(json_type: JsonType, (sources, origin): Home<'m>) -> Statement<'m> {
    Statement {
        rule: RuleId::Encoding.as_str(),
        inside: String::new(),
        expected: violation_text::expected_encoding(json_type),
        severity: Severity::Warning,
        direction: None,
        reason: None,
        sources,
        origin,
    }
}

/// Adds the rules of what a list or map contains.
fn inside<'m>(ty: &'m Type, at: &str, home: Home<'m>, list: &mut Vec<Statement<'m>>) {
    list.extend(ty.key_rules().iter().filter_map(|constraint| {
        let (rule, expected) = constraint.rule.of_keys()?;
        let strength = &constraint.strength;
        Some(Statement {
            inside: at.to_owned(),
            ..statement(rule.as_str(), expected, strength, constraint.origin)
        })
    }));
    if let Some(element) = ty.element() {
        let Element {
            ty,
            json_type,
            // The name of the type says it.
            nullable: _,
            constraints,
        } = element;
        let at = format!("{at}/*");
        list.extend(json_type.map(|one| Statement {
            inside: at.clone(),
            ..encoding(one, home)
        }));
        list.extend(constraints.iter().map(|constraint| Statement {
            inside: at.clone(),
            ..of_constraint(constraint)
        }));
        inside(ty, &at, home, list);
    }
}

/// Returns the rules that an operation adds to a field.
pub fn of_refinement(refinement: &Refinement) -> Vec<Statement<'_>> {
    let constraints = refinement.constraints.iter().map(of_constraint);
    let conditions = conditions(&refinement.required_when, &refinement.forbidden_when);
    constraints.chain(conditions).collect()
}

/// Returns the rules of a body that concern several of its values.
pub fn of_body(body: &Body) -> Vec<Statement<'_>> {
    let groups = body.same_currency.iter().map(|group| {
        let paths: Vec<String> = group.paths.iter().map(|path| pointer(path)).collect();
        let expected = format!("one currency at {}", paths.join(" and ")).into();
        let rule = RuleId::SameCurrency.as_str();
        statement(rule, expected, &group.strength, group.origin)
    });
    groups.collect()
}

/// Returns the rules of an object that concern several of its fields.
pub fn of_object(object: &Object) -> Vec<Statement<'_>> {
    let groups = object.at_least_one_of.iter().map(|group| {
        let expected = violation_text::expected_at_least_one_of(&group.fields).to_phrase();
        let rule = RuleId::AtLeastOneOf.as_str();
        statement(rule, expected, &group.strength, group.origin)
    });
    let mut list: Vec<_> = groups.collect();
    list.extend(
        object
            .amounts
            .iter()
            .flat_map(|amount| steps(object, amount)),
    );
    list
}

/// Returns the steps of an amount of money.
fn steps<'m>(object: &'m Object, amount: &'m Amount) -> impl Iterator<Item = Statement<'m>> {
    let Amount {
        value: _,
        currency: _,
        unit: _,
        multiple_of,
    } = amount;
    multiple_of.iter().map(|step| {
        let expected = violation_text::expected_amount_step(step.step, &step.currency).to_phrase();
        let rule = RuleId::AmountStep.as_str();
        statement(rule, expected, &step.strength, object.origin)
    })
}

fn of_constraint(constraint: &Constraint) -> Statement<'_> {
    statement(
        constraint.rule.name(),
        constraint.rule.expected(),
        &constraint.strength,
        constraint.origin,
    )
}

fn conditions<'m>(
    required: &'m [Condition],
    forbidden: &'m [Condition],
) -> impl Iterator<Item = Statement<'m>> {
    let of = |rule| move |condition| of_condition(rule, condition);
    let required = required.iter().map(of(RuleId::RequiredWhen));
    required.chain(forbidden.iter().map(of(RuleId::ForbiddenWhen)))
}

fn of_condition(rule: RuleId, condition: &Condition) -> Statement<'_> {
    let expected = match &condition.test {
        Some(test) => violation_text::condition(&test.path, test.met.as_runtime()),
        // A condition in words has no test: only people can decide it.
        None => condition.text.clone().unwrap_or_default().into(),
    };
    statement(
        rule.as_str(),
        expected,
        &condition.strength,
        condition.origin,
    )
}

fn statement<'m>(
    rule: &'static str,
    expected: Phrase,
    strength: &'m Strength,
    origin: Origin,
) -> Statement<'m> {
    Statement {
        rule,
        inside: String::new(),
        expected,
        severity: strength.severity,
        direction: strength.direction,
        reason: strength.reason.as_deref(),
        sources: &strength.sources,
        origin,
    }
}
