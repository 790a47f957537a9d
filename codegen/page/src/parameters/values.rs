//! Judges the values of a parameter: which of them its type allows, which one is the default, and which list is open.

use super::rows::is_value;
use crate::facts::{Parameter, TypeKind, ValuesKind};
use crate::lexicon::Lexicon;
use crate::text::norm;

/// Returns whether a field of a type may have a value: `such as KWD` behind a number names other things.
pub(super) fn may_have(ty: Option<TypeKind>, value: &str) -> bool {
    match ty {
        Some(TypeKind::Integer) => value.parse::<i64>().is_ok(),
        Some(TypeKind::Number) => value.parse::<f64>().is_ok(),
        Some(TypeKind::Boolean) => matches!(value.to_lowercase().as_str(), "true" | "false"),
        Some(
            TypeKind::String
            | TypeKind::Datetime
            | TypeKind::Date
            | TypeKind::Url
            | TypeKind::Array
            | TypeKind::Object
            | TypeKind::Any,
        )
        | None => true,
    }
}

/// Returns the text behind the words in brackets that make a listed value the default one: `(default)`.
pub(super) fn after_default_mark<'t>(lexicon: &Lexicon, text: &'t str) -> Option<&'t str> {
    let inner = text.strip_prefix(['(', '（'])?;
    let (words, rest) = inner.split_once([')', '）'])?;
    (words.len() <= 40 && lexicon.default_marks.contains(&norm(words))).then_some(rest)
}

/// Opens the list of values of a boolean that has one of the two: the other is on a line that was not understood.
pub(super) fn open_half_lists(parameter: &mut Parameter) {
    let is_boolean = parameter.ty.as_ref().map(|ty| ty.value.kind) == Some(TypeKind::Boolean);
    if let Some(values) = &mut parameter.values
        && is_boolean
        && values.kind == ValuesKind::OneOf
        && values.items.len() == 1
    {
        values.kind = ValuesKind::Examples;
    }
}

/// Returns whether an item of a list that nothing announces is a value of a parameter: one with its meaning, one of a
/// boolean, or one that goes on with the values of the line above.
pub(super) fn lists_value(parameter: &Parameter, text: &str, line: u32) -> bool {
    let Some((value, rest)) = text.strip_prefix('`').and_then(|text| text.split_once('`')) else {
        return false;
    };
    let ends = rest.trim().is_empty();
    if !(ends || is_value(text)) || value.contains(char::is_whitespace) {
        return false;
    }
    match &parameter.values {
        Some(values) if values.kind != ValuesKind::Examples => {
            let last = values.items.last();
            values.kind == ValuesKind::OneOf && last.is_some_and(|last| last.line + 1 == line)
        }
        Some(_) | None => match parameter.ty.as_ref().map(|ty| ty.value.kind) {
            Some(TypeKind::Boolean) => matches!(value, "true" | "false"),
            Some(TypeKind::String | TypeKind::Integer) => !ends,
            Some(
                TypeKind::Number
                | TypeKind::Datetime
                | TypeKind::Date
                | TypeKind::Url
                | TypeKind::Object
                | TypeKind::Array
                | TypeKind::Any,
            )
            | None => false,
        },
    }
}
