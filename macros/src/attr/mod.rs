//! Turns attributes into data.

pub(crate) mod amount;
pub(crate) mod code;
pub(crate) mod field;
pub(crate) mod inside;
pub(crate) mod message;
pub(crate) mod path;
pub(crate) mod quote;
pub(crate) mod rule;
mod syntax;
pub(crate) mod union;
pub(crate) mod value;
pub(crate) mod words;

use crate::errors::Errors;
use proc_macro2::Ident;
use syn::{Attribute, Lit, LitStr, Meta};
use syntax::{Argument, Item, Tail};
use words::{Chosen, Vocabulary};

/// Sets a value that may be given only once; reports a duplicate.
fn set_once<T>(slot: &mut Option<T>, value: T, word: &Ident, errors: &mut Errors) {
    if slot.is_some() {
        errors.at(word.span(), format!("duplicate `{word}`"));
    } else {
        *slot = Some(value);
    }
}

/// Returns the text of `word = "text"`.
fn text_value(
    item: &Item,
    usage: &[&[(&'static str, &'static str)]],
    errors: &mut Errors,
) -> Option<LitStr> {
    match &item.tail {
        Tail::Value(Lit::Str(text)) => Some(text.clone()),
        Tail::Value(other) => {
            written_like(other.span(), &item.word, usage, errors);
            None
        }
        Tail::Nothing | Tail::Arguments(_) => {
            written_like(item.word.span(), &item.word, usage, errors);
            None
        }
    }
}

/// Reads `word = "one of a vocabulary"`.
fn choose(slot: &mut Option<Chosen>, vocabulary: &Vocabulary, item: &Item, errors: &mut Errors) {
    let usage = &[words::MESSAGE_USAGE, words::FIELD_USAGE];
    let Some(text) = text_value(item, usage, errors) else {
        return;
    };
    let Some(chosen) = vocabulary.choose(&text, errors) else {
        return;
    };
    set_once(slot, chosen, &item.word, errors);
}

/// Reports a word with the wrong syntax.
fn written_like(
    span: proc_macro2::Span,
    word: &Ident,
    tables: &[&[(&'static str, &'static str)]],
    errors: &mut Errors,
) {
    let usage = words::usage(tables, &word.to_string());
    errors.at(span, format!("`{word}` is written like `{usage}`"));
}

/// Returns the attributes that document or deprecate a field, to be repeated on its setter.
pub(crate) fn repeated(attributes: &[Attribute]) -> Vec<&Attribute> {
    let is_repeated =
        |attribute: &&Attribute| is_doc(attribute) || attribute.path().is_ident("deprecated");
    attributes.iter().filter(is_repeated).collect()
}

pub(crate) fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc") && matches!(attribute.meta, Meta::NameValue(_))
}

/// Returns the arguments of `word(…)`.
fn group(item: Item, errors: &mut Errors) -> Option<(Ident, Vec<Argument>)> {
    match item.tail {
        Tail::Arguments(arguments) => Some((item.word, arguments)),
        Tail::Nothing | Tail::Value(_) => {
            let usage = &[words::MESSAGE_USAGE, words::AMOUNT_USAGE];
            written_like(item.word.span(), &item.word, usage, errors);
            None
        }
    }
}
