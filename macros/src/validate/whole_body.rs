//! The field that is the whole body of a message.

use super::places::is_sent;
use crate::ast::{Container, Field, Message};
use crate::errors::Errors;

/// Returns whether a field is the whole body.
pub(super) fn is_it(field: &Field) -> bool {
    place(field) == "whole_body"
}

fn place(field: &Field) -> &'static str {
    field.attributes.location.map_or("body", |place| place.word)
}

/// Checks that a message with a whole body has a form in JSON.
pub(super) fn message(message: &Message, errors: &mut Errors) {
    let mut bodies = message.fields.iter().filter(|field| is_it(field));
    let Some(body) = bodies.next() else {
        return;
    };
    for again in bodies {
        errors.on(again.ty, "another field is the whole body");
    }
    if body.shape.nullable {
        errors.on(body.ty, "a whole body is not `null`: no `Nullable`");
    }
    let differs = !message.attributes.responses.is_empty();
    if differs && body.shape.container != Some(Container::List) {
        let text = "where answers differ, only a list is a whole body: a `Vec`";
        errors.on(body.ty, text);
    }
    let mut members = message.fields.iter();
    let member = members.find(|field| place(field) == "body" || !is_sent(message) && !is_it(field));
    if let Some(member) = member.filter(|_| !differs) {
        let text = "another field is the whole body, so this one is in the path, the query or a header of a request";
        errors.on(member.ty, text);
    }
}
