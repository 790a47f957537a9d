//! Bodies that are one value as a whole, and the JSON of their messages.

use std::borrow::Cow;

use payspec_runtime::json::Node;
use payspec_runtime::rules::BodyForm;
use payspec_runtime::{Location, Pointer};
use serde_json::Value;

use super::{Body, Field, Object, Operation};

/// The name of the field that is the whole body.
pub const WHOLE_BODY: &str = "body";

impl Field {
    /// Returns whether it is the whole body, and not a member of it.
    pub fn is_whole_body(&self) -> bool {
        self.location == Location::WholeBody
    }
}

impl Object {
    /// Returns the field that is the whole body, if this has the fields of a body.
    pub fn whole_body(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.is_whole_body())
    }

    /// Returns the relation between the JSON of a message and its fields.
    pub fn form(&self) -> BodyForm {
        // Beside a whole body, only the fields of other answers are in the body.
        let differ = self
            .fields
            .iter()
            .any(|field| field.location == Location::Body);
        BodyForm::of(self.whole_body().is_some(), self.fields.len(), differ)
    }
}

impl Body {
    /// Returns the JSON of a message with these fields.
    pub(crate) fn json_of(&self, mut members: Value) -> Value {
        match (self.object.form(), self.object.whole_body()) {
            (BodyForm::Members, _) | (_, None) => members,
            (BodyForm::Value | BodyForm::ListOrMembers, Some(field)) => {
                match members.get_mut(&field.name) {
                    Some(value) => value.take(),
                    None => members,
                }
            }
        }
    }

    /// Returns the JSON Pointer, in the JSON of a message, of the value at a path of names from the body.
    pub fn pointer_in_message<'p>(&self, pointer: &'p str) -> &'p str {
        match (self.object.form(), self.object.whole_body()) {
            (BodyForm::Members, _) | (_, None) => pointer,
            (BodyForm::Value | BodyForm::ListOrMembers, Some(field)) => {
                let name = pointer.strip_prefix('/');
                let rest = name.and_then(|rest| rest.strip_prefix(&*Pointer::escape(&field.name)));
                rest.filter(|rest| rest.is_empty() || rest.starts_with('/'))
                    .unwrap_or(pointer)
            }
        }
    }
}

impl Operation {
    /// Returns the fields of a message in its JSON, where `body` is one of this operation.
    pub(crate) fn members<'n>(&self, body: &'n Body, message: &'n Node<'n>) -> Cow<'n, Node<'n>> {
        let Some(field) = body.object.whole_body() else {
            return Cow::Borrowed(message);
        };
        let differ = !self.responses_of(body).is_empty();
        let form = BodyForm::of(true, body.object.fields.len(), differ);
        Cow::Owned(form.members(&field.name, message.clone()))
    }
}
