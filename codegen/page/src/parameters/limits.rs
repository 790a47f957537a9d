//! Writes limits into a parameter.

use crate::facts::{Aspect, Confidence, Guess, Parameter, Range, Stated, TypeKind};
use crate::lexicon::Limit;

/// Adds a limit; the first one of its kind is kept. [`None`] if a later one differs, or if the
/// parameter cannot have it.
pub(super) fn limited(
    parameter: &mut Parameter,
    limit: Limit,
    min: Option<&str>,
    max: Option<&str>,
    line: u32,
) -> Option<Aspect> {
    let ty = parameter.ty.as_ref().map(|ty| &ty.value);
    let kind = ty.map(|ty| ty.kind);
    let of = ty.and_then(|ty| ty.of.as_ref()).map(|of| of.kind);
    let is_object = [kind, of].contains(&Some(TypeKind::Object));
    match limit {
        // It is the length of one of the fields.
        Limit::MaxLength | Limit::MinLength | Limit::Length if is_object => None,
        Limit::MaxLength => count(parameter, Count::MaxLength, min, line),
        Limit::MinLength => count(parameter, Count::MinLength, min, line),
        // It may be the number of something else.
        Limit::MaxItems | Limit::MinItems | Limit::Items if !may_be_list(kind) => None,
        Limit::MaxItems => count(parameter, Count::MaxItems, min, line),
        Limit::MinItems => count(parameter, Count::MinItems, min, line),
        Limit::Length => {
            // `exactly 3 characters` has one number for both.
            let greatest = count(parameter, Count::MaxLength, max.or(min), line)?;
            count(parameter, Count::MinLength, min, line)?;
            Some(greatest)
        }
        Limit::Items => {
            let greatest = count(parameter, Count::MaxItems, max.or(min), line)?;
            count(parameter, Count::MinItems, min, line)?;
            Some(greatest)
        }
        Limit::MultipleOf => {
            let first = parameter.multiple_of.get_or_insert_with(|| Stated {
                value: min.unwrap_or_default().to_owned(),
                line,
            });
            (Some(first.value.as_str()) == min).then_some(Aspect::MultipleOf)
        }
        Limit::Range => range(parameter, min, max, line),
        Limit::AtMost if kind == Some(TypeKind::Array) => {
            count(parameter, Count::MaxItems, min, line)
        }
        Limit::AtLeast if kind == Some(TypeKind::Array) => {
            count(parameter, Count::MinItems, min, line)
        }
        Limit::AtMost if is_number(kind) => range(parameter, None, min, line),
        Limit::AtLeast if is_number(kind) => range(parameter, min, None, line),
        // A text with a range is a number in a text.
        Limit::Between if is_number(kind) || kind == Some(TypeKind::String) => {
            range(parameter, min, max, line)
        }
        Limit::AtMost | Limit::AtLeast | Limit::Between => None,
    }
}

/// Returns whether a parameter of this type may be a list.
fn may_be_list(kind: Option<TypeKind>) -> bool {
    matches!(kind, Some(TypeKind::Array | TypeKind::Any) | None)
}

fn is_number(kind: Option<TypeKind>) -> bool {
    matches!(kind, Some(TypeKind::Integer | TypeKind::Number))
}

/// The limits that are a number of characters or elements.
#[derive(Debug, Clone, Copy)]
enum Count {
    MinLength,
    MaxLength,
    MinItems,
    MaxItems,
}

/// Adds a number of characters or elements.
fn count(
    parameter: &mut Parameter,
    count: Count,
    number: Option<&str>,
    line: u32,
) -> Option<Aspect> {
    let (aspect, slot) = match count {
        Count::MinLength => (Aspect::MinLength, &mut parameter.min_length),
        Count::MaxLength => (Aspect::MaxLength, &mut parameter.max_length),
        Count::MinItems => (Aspect::MinItems, &mut parameter.min_items),
        Count::MaxItems => (Aspect::MaxItems, &mut parameter.max_items),
    };
    let value = number?.parse::<u32>().ok()?;
    let first = slot.get_or_insert(Stated { value, line });
    if first.value != value {
        let why = format!(
            "line {} says {}, line {line} says {value}",
            first.line, first.value
        );
        parameter.guesses.push(Guess {
            aspect,
            confidence: Confidence::Low,
            why,
        });
        return None;
    }
    Some(aspect)
}

/// Adds a range. `minimum` and `maximum` may be in two sentences.
fn range(
    parameter: &mut Parameter,
    min: Option<&str>,
    max: Option<&str>,
    line: u32,
) -> Option<Aspect> {
    let range = Range {
        min: min.map(str::to_owned),
        max: max.map(str::to_owned),
    };
    let first = parameter.range.get_or_insert_with(|| Stated {
        value: range.clone(),
        line,
    });
    let old = &mut first.value;
    let same =
        |old: &Option<String>, new: &Option<String>| old.is_none() || new.is_none() || old == new;
    if !same(&old.min, &range.min) || !same(&old.max, &range.max) {
        return None;
    }
    old.min = old.min.take().or(range.min);
    old.max = old.max.take().or(range.max);
    Some(Aspect::Range)
}
