//! The places of the fields of a request.

use super::whole_body;
use crate::ast::{Container, Field, Leaf, Message, Shape};
use crate::errors::Errors;

/// Checks the form of a body.
pub(super) fn message(message: &Message, errors: &mut Errors) {
    let Some(body) = message.attributes.body else {
        return;
    };
    if !is_sent(message) {
        let text = "only a message with `direction = \"outgoing\"` chooses the form of its body";
        errors.at(body.span, text);
    }
}

pub(super) fn is_sent(message: &Message) -> bool {
    let direction = message.attributes.direction;
    direction.is_some_and(|direction| direction.word == "outgoing")
}

/// Checks the place and the style of a field. An object that its place cannot contain is found when the table is compiled.
pub(super) fn field(field: &Field, message: &Message, errors: &mut Errors) {
    let place = field.attributes.location;
    let is_misplaced = !is_sent(message) && !whole_body::is_it(field);
    if let Some(place) = place.filter(|_| is_misplaced) {
        let text =
            "only a field of a message with `direction = \"outgoing\"` has a place in a request";
        errors.at(place.span, text);
    }
    let shape = &field.shape;
    let place = place.map_or("body", |place| place.word);
    let is_in_pairs = match place {
        "query" => true,
        "body" => message.attributes.is_form(),
        _ => false,
    };
    if let Some(style) = field.attributes.style {
        if !is_in_pairs {
            errors.at(
                style.span,
                "`style` fits a field in the query or in a form only",
            );
        } else if shape.container.is_none() && is_text(shape.leaf) && shape.leaf != Leaf::Other {
            errors.at(
                style.span,
                "`style` fits a list, a map, an object or `Json` only",
            );
        }
    }
    let is_scalar = shape.container.is_none();
    let expected = match place {
        "path" if shape.optional => Some("a field in the path is always there: no `Option`"),
        "path" | "header" if !(is_scalar && is_text(shape.leaf) && shape.leaf != Leaf::Json) => {
            Some("a field in the path or a header is a text, number or boolean")
        }
        "path" | "header" if shape.nullable => {
            Some("a path or header cannot contain `null`: no `Nullable`")
        }
        _ if is_in_pairs && (shape.nullable || shape.holds_null) => Some(
            "a query or form cannot contain `null`: no `Nullable`, no `Option` inside a list or map",
        ),
        _ if is_in_pairs => in_pairs(field, shape),
        _ => None,
    };
    if let Some(expected) = expected {
        errors.on(field.ty, expected);
    }
}

/// Returns what a query or form can contain, if it cannot contain the field.
fn in_pairs(field: &Field, shape: &Shape) -> Option<&'static str> {
    let style = field.attributes.style.map_or("repeat", |style| style.word);
    let element = shape.of_element();
    let is_flat = element.is_none_or(|element| element.container.is_none());
    let is_list = shape.container == Some(Container::List) && is_flat;
    let is_one = shape.container.is_none() || is_list;
    match style {
        "repeat" | "comma" if !(is_text(shape.leaf) && is_one) => Some(
            "a field in the query or in a form is a text, number or boolean, or a list of these: another one needs a \
             `style`",
        ),
        "brackets" | "empty_brackets" if shape.leaf == Leaf::Any => {
            Some("only the style `json` writes any JSON")
        }
        _ => None,
    }
}

/// Returns whether values of this type are texts, numbers or booleans.
fn is_text(leaf: Leaf) -> bool {
    match leaf {
        Leaf::String
        | Leaf::Integer
        | Leaf::Boolean
        | Leaf::Decimal
        | Leaf::DateTime
        | Leaf::Date
        | Leaf::Timestamp
        | Leaf::Uuid
        | Leaf::Binary
        | Leaf::Url
        | Leaf::Country
        | Leaf::Currency
        | Leaf::Json
        | Leaf::Other
        | Leaf::Wrong => true,
        Leaf::Any => false,
    }
}
