//! A quick check of a value, which is enough for nearly all of them. A value that passes satisfies all
//! its rules; a value that does not pass must be checked by the walk.

use super::direction::DirectionContext;
use crate::schema::{AmountCurrency, AmountRule, Field, Kind, Rule, RuleAt};
use crate::value::{Reflect, Variant};
use crate::{Direction, Value, rules};

impl<T: crate::Message> Reflect for T {
    fn schema(&self) -> &'static crate::Schema {
        T::schema()
    }

    fn value_at(&self, index: usize) -> Value<'_> {
        crate::Message::get(self, index)
    }

    /// A loop for each type, so that reading a field is not a dynamic call.
    fn next_suspect(&self, from: usize, direction: Direction) -> Option<(usize, Value<'_>)> {
        next_suspect(self, from, direction)
    }
}

/// Returns the first field of an object, from this index on, that must be examined more closely, with
/// its value.
#[inline]
fn next_suspect<T: crate::Message>(
    object: &T,
    from: usize,
    direction: Direction,
) -> Option<(usize, Value<'_>)> {
    let fields = T::schema().fields;
    // With a literal index, `get` compiles to the access of one field.
    macro_rules! look_at {
        ($($index:literal)*) => {$(
            if $index >= from {
                let field = fields.get($index)?;
                let value = object.get($index);
                if is_suspect(&value, field, direction) {
                    return Some(($index, value));
                }
            }
        )*};
    }
    look_at!(0 1 2 3 4 5 6 7 8 9 10 11);
    for (index, field) in fields.iter().enumerate().skip(from.max(12)) {
        let value = object.get(index);
        if is_suspect(&value, field, direction) {
            return Some((index, value));
        }
    }
    None
}

#[inline(always)]
fn is_suspect(value: &Value<'_>, field: &'static Field, direction: Direction) -> bool {
    match value {
        Value::Absent => {
            field.required || !field.required_when.is_empty() || ask_for_presence(field.rules)
        }
        value => {
            !field.forbidden_when.is_empty() || !is_fine(value, &field.kind, field.rules, direction)
        }
    }
}

/// Returns whether one of the rules is violated by an absent value.
#[inline]
pub(super) fn ask_for_presence(rules: &[RuleAt]) -> bool {
    rules.iter().any(|rule| matches!(rule.rule, Rule::Required))
}

/// Returns whether the object and everything in it satisfy their rules.
fn is_quiet(object: &dyn Reflect, direction: Direction) -> bool {
    let schema = object.schema();
    let here = DirectionContext { direction };
    let mut next = 0;
    while let Some((index, value)) = object.next_suspect(next, direction) {
        let Some(field) = schema.fields.get(index) else {
            break;
        };
        // Evaluate conditions only if it is clear whether the value is present.
        let conditions = match &value {
            Value::Absent if !field.required && !ask_for_presence(field.rules) => {
                field.required_when
            }
            Value::Text(_)
            | Value::Checked(_)
            | Value::Integer(_)
            | Value::Boolean(_)
            | Value::Json(_)
                if is_fine(&value, &field.kind, field.rules, direction) =>
            {
                field.forbidden_when
            }
            Value::Absent
            | Value::Text(_)
            | Value::Checked(_)
            | Value::Integer(_)
            | Value::Boolean(_)
            | Value::Object(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Union(_)
            | Value::Json(_)
            | Value::Node(_) => return false,
        };
        if conditions.iter().any(|one| here.is_met(one, object)) {
            return false;
        }
        next = index + 1;
    }
    let has_one = |group| !here.lacks_all(group, object, schema);
    schema.alternatives.iter().all(has_one)
        && (schema.amounts.iter()).all(|amount| is_plain_amount(amount, object))
}

/// Returns whether an amount of money is absent, or has no step and not too many decimal places.
fn is_plain_amount(amount: &AmountRule, object: &dyn Reflect) -> bool {
    let value = object.value_at(amount.value);
    if matches!(value, Value::Absent) {
        return true;
    }
    let code = match amount.currency {
        AmountCurrency::Code(code) => Value::Checked(code),
        AmountCurrency::Field(index) => object.value_at(index),
    };
    let Value::Checked(code) = code else {
        return false;
    };
    let fits = match value {
        Value::Integer(_) => true,
        Value::Checked(text) => amount
            .decimal_places(code)
            .is_none_or(|places| rules::within_places(text, places)),
        Value::Absent
        | Value::Text(_)
        | Value::Boolean(_)
        | Value::Object(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Union(_)
        | Value::Json(_)
        | Value::Node(_) => false,
    };
    // Currencies that come in steps are rare.
    let mut steps = amount.multiple_of.iter();
    fits && steps.all(|step| !rules::same_currency(step.currency, code))
}

/// Returns whether the value is present, is of its kind, and satisfies the rules.
#[inline(always)]
pub(super) fn is_fine(
    value: &Value<'_>,
    kind: &Kind,
    rules: &[RuleAt],
    direction: Direction,
) -> bool {
    // Most values are texts, and few of them have a rule other than a maximum length.
    if let (Value::Text(text), Kind::Text) = (value, kind) {
        let is_plain = direction == Direction::Incoming || !rules::may_have_control(text);
        return !text.is_empty() && is_plain && keeps(text, rules, direction);
    }
    if let Value::Checked(text) = value {
        return keeps(text, rules, direction);
    }
    is_fine_other(value, kind, rules, direction)
}

#[inline(never)]
fn is_fine_other(value: &Value<'_>, kind: &Kind, rules: &[RuleAt], direction: Direction) -> bool {
    match value {
        Value::Integer(number) => rules.iter().all(|rule| is_within(*number, &rule.rule)),
        Value::Boolean(_) => rules.is_empty(),
        // No rule is about the value.
        Value::Json(_) => matches!(kind, Kind::Any),
        Value::Object(object) => {
            let is_object = matches!(kind, Kind::Object(_) | Kind::Json(_));
            is_object && rules.is_empty() && is_quiet(*object, direction)
        }
        Value::Union(value) => match value.variant() {
            Variant::Tagged(_, object) => rules.is_empty() && is_quiet(object, direction),
            Variant::Value(kind, value) => {
                rules.is_empty() && is_fine(&value, kind, &[], direction)
            }
            Variant::Unknown(_) => direction == Direction::Incoming,
        },
        Value::Text(text) => {
            let is_plain = || direction == Direction::Incoming || rules::callable(text);
            matches!(kind, Kind::Url)
                && rules::url(text)
                && is_plain()
                && keeps(text, rules, direction)
        }
        Value::Checked(text) => keeps(text, rules, direction),
        Value::Absent | Value::List(_) | Value::Map(_) | Value::Node(_) => false,
    }
}

/// Returns whether the text satisfies the rules.
#[inline(always)]
fn keeps(text: &str, rules: &[RuleAt], direction: Direction) -> bool {
    rules.iter().all(|rule| {
        // Characters are only counted in the full check.
        if let Rule::MaxLength(limit) = rule.rule {
            return text.len() <= limit as usize;
        }
        keeps_other(text, rule, direction)
    })
}

#[inline(never)]
fn keeps_other(text: &str, rule: &RuleAt, direction: Direction) -> bool {
    super::rule::holds(&rule.rule, text) || rule.direction.is_some_and(|other| other != direction)
}

/// Returns whether the rule is a limit in whole numbers, and the number satisfies it.
fn is_within(number: i64, rule: &Rule) -> bool {
    match rule {
        Rule::Min(limit) => limit.whole().is_some_and(|limit| number >= limit),
        Rule::Max(limit) => limit.whole().is_some_and(|limit| number <= limit),
        Rule::MultipleOf(step) => step
            .whole()
            .is_some_and(|step| step > 0 && number % step == 0),
        Rule::Required
        | Rule::Const(_)
        | Rule::Values(_)
        | Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::Pattern(_)
        | Rule::MinItems(_)
        | Rule::MaxItems(_)
        | Rule::UniqueItems
        | Rule::Mcc
        | Rule::Json => false,
    }
}
