use super::{distinct, quoted};
use crate::ast::{Enum, Union};
use crate::attr::code::CodeAttribute;
use crate::attr::value::ValueAttribute;
use crate::attr::words::{self, CODE_USAGE};
use crate::errors::Errors;
use syn::LitStr;

/// Checks an enum of texts or numbers.
pub(crate) fn open_enum(input: &Enum<Option<ValueAttribute>>, errors: &mut Errors) {
    // A variant with a wrong value was reported already.
    if input.variants.is_empty() && errors.is_empty() {
        errors.at(input.ident.span(), "the enum documents no value");
    }
    distinct(
        input
            .variants
            .iter()
            .filter_map(|variant| Some(&variant.said.as_ref()?.text)),
        errors,
    );
    let mut values = input.variants.iter().filter_map(|one| one.said.as_ref());
    if let Some(first) = values.next() {
        if let Some(other) = values.find(|value| value.is_number != first.is_number) {
            let message = "the values are all texts, or all numbers";
            errors.at(other.text.span(), message);
        }
    }
}

/// Checks an enum of messages, or of types that their JSON types tell apart.
pub(crate) fn union(input: &Union<'_>, errors: &mut Errors) {
    if input.types.is_empty() && errors.is_empty() {
        errors.at(input.ident.span(), "the union documents no type");
    }
    match (&input.attributes.tag, input.attributes.json_type) {
        (Some(_), Some(json_type)) => {
            let message = "either a tag or the JSON type tells the variants apart";
            errors.at(json_type, message);
        }
        (Some(tag), None) => distinct([tag], errors),
        // A wrong one was reported already.
        (None, None) if errors.is_empty() => {
            let message =
                "missing the name of the tag: `#[union(tag = \"type\")]`; or `#[union(json_type)]`";
            errors.at(input.ident.span(), message);
        }
        (None, None | Some(_)) => {}
    }
    distinct(
        input.types.iter().filter_map(|one| one.tag.as_ref()),
        errors,
    );
}

/// Checks an enum of result codes.
pub(crate) fn result_code(input: &Enum<CodeAttribute>, errors: &mut Errors) {
    if input.variants.is_empty() && errors.is_empty() {
        errors.at(input.ident.span(), "the enum documents no code");
    }
    if input.unknown.is_none() {
        let message = "undocumented codes may arrive: add \
                       `#[unknown] Unknown(::payspec_runtime::UnknownValue)`";
        errors.at(input.ident.span(), message);
    }
    distinct(
        input
            .variants
            .iter()
            .filter_map(|variant| variant.said.code.as_ref()),
        errors,
    );
    for (index, variant) in input.variants.iter().enumerate() {
        let said = &variant.said;
        for word in ["status", "class", "next_step", "resend"] {
            if !said.said.iter().any(|one| one == word) {
                let usage = words::usage(&[CODE_USAGE], word);
                let message = format!("missing `{word}`, such as `{usage}`");
                errors.at(variant.ident.span(), message);
            }
        }
        if let Some(status) = &said.status {
            distinct([status], errors);
            one_class(said, status, &input.variants[..index], errors);
        }
    }
}

/// Checks that a status has one class, whichever code it comes with.
fn one_class(
    said: &CodeAttribute,
    status: &LitStr,
    earlier: &[crate::ast::Variant<CodeAttribute>],
    errors: &mut Errors,
) {
    let Some(class) = said.class else { return };
    let mut earlier = earlier.iter().map(|variant| &variant.said);
    let other = earlier
        .find(|one| {
            one.status
                .as_ref()
                .is_some_and(|other| other.value() == status.value())
        })
        .and_then(|one| one.class)
        .filter(|other| *other != class);
    if let Some(other) = other {
        let status = quoted(&status.value());
        errors.at(
            class.span,
            format!("status {status} is `{}` above", other.word),
        );
    }
}
