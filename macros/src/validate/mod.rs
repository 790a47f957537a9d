//! Checks of input that can be read but makes no sense.

mod amount;
mod enums;
mod message;
// The runtime compares numbers in the same way. This crate cannot depend on it, so it includes the file.
#[path = "../../../runtime/src/rules/decimal.rs"]
mod decimal;
// For the same reason.
#[path = "../../../runtime/src/rules/http_status.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the runtime judges statuses with it"
)]
mod http_status;
mod path;
mod places;
mod rules;
mod whole_body;

pub(crate) use enums::{open_enum, result_code, union};
pub(crate) use message::message;

use crate::closest;
use crate::errors::Errors;
use syn::LitStr;

/// Reports texts that are empty or duplicate.
fn distinct<'a>(texts: impl IntoIterator<Item = &'a LitStr>, errors: &mut Errors) {
    let mut seen: Vec<String> = Vec::new();
    for literal in texts {
        let text = literal.value();
        if text.is_empty() {
            errors.at(literal.span(), "empty text");
        } else if seen.contains(&text) {
            errors.at(literal.span(), format!("duplicate {}", quoted(&text)));
        } else {
            seen.push(text);
        }
    }
}

/// Returns the field of a message; reports a name that it does not have.
fn named<'a>(
    name: &LitStr,
    message: &'a crate::ast::Message<'a>,
    errors: &mut Errors,
) -> Option<&'a crate::ast::Field<'a>> {
    let field = message.field(&name.value());
    if field.is_none() {
        errors.at(name.span(), no_field(&name.value(), message));
    }
    field
}

/// Returns the error for an unknown field.
fn no_field(name: &str, message: &crate::ast::Message) -> String {
    let names: Vec<String> = message
        .fields
        .iter()
        .map(|field| field.wire_name())
        .collect();
    let hint = closest::hint(name, names.iter().map(String::as_str));
    format!("`{}` has no field {}{hint}", message.ident, quoted(name))
}

/// Formats a text from an attribute for an error.
fn quoted(text: &str) -> String {
    format!("`{}`", text.escape_debug())
}
