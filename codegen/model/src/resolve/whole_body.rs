//! Whole bodies: `body: TYPE`. A body that is an object has its fields; any other value is the value of one field.

use std::borrow::Cow;

use payspec_runtime::Location;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::limits::{self, Limit};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, Caller, OperationFile};
use crate::model::{Field, Object, ObjectId, Side, Type, WHOLE_BODY};
use crate::source::At;

/// Keys of a field that a whole body cannot have, and the reason.
const MISFITS: &[(&str, &str)] = &[
    ("in", "it is the body"),
    ("style", "it is JSON"),
    ("money", "it has no currency beside it"),
    ("nullable", "it is always there, and not null"),
    ("required", "it is always there"),
    ("required_when", "it is always there"),
    ("forbidden_when", "it is always there"),
    ("default", "it is always there"),
    ("since", "it is as old as the operation"),
    ("deprecated", "mark the operation"),
    ("removed", "remove `body`"),
    ("renamed_from", "it has no name in a message"),
    ("page_names", "it has no name in a message"),
];

/// The key of an object that is the whole body. The others say what its own declaration says.
const TYPE: &str = "type";

impl Context<'_> {
    /// Gives a body the field that it is as a whole, or the fields of the object that it is, after its own, which travel
    /// elsewhere. Returns the object.
    pub(super) fn whole_body(
        &mut self,
        file: &OperationFile,
        body: &format::Body,
        (side, at): (Side, At<'_>),
        object: &mut Object,
        sources: &Cited,
    ) -> Option<ObjectId> {
        let Some(said) = &body.body else {
            if at.get("fields").is_none() {
                let missing = Diagnostic::new(&codes::MISSING_KEY, "missing key `fields`");
                self.report(missing.at(at.key_span(), "`fields` or `body` is required here"));
            }
            return None;
        };
        let said = said.field();
        let body_at = at.at("body");
        let is_sent = (side, file.caller()) == (Side::Request, Caller::Merchant);
        if is_sent && !file.method.has_body() {
            let message = format!("a {} request cannot have a body", file.method.as_str());
            let wrong = Diagnostic::new(&codes::BODY_NOT_SENT, message).at(body_at.key_span(), "");
            let help = "list its fields in `fields`: they travel in the query";
            self.report(wrong.help(help).limit(&limits::BODY_OF_GET));
        }
        self.beside_whole_body(object, &said.ty, at);
        let Some(id) = self.types.object(&said.ty) else {
            self.whole_value(file, said, body_at, object, sources);
            return None;
        };
        for key in body_at.entries().filter(|one| one.key() != Some(TYPE)) {
            let message = format!("the body is the object `{}`", said.ty);
            let wrong = Diagnostic::new(&codes::MISFIT, message).at(key.key_span(), "");
            let help = format!("remove the key: the declaration of `{}` has it", said.ty);
            self.report(wrong.help(help));
        }
        let named = self.objects.get(id.0).cloned()?;
        let copied = self.copied(&[(&named, body_at)]);
        let position = object.fields.len();
        self.add_copied(copied, object, (position, body_at.span()));
        object.removed_fields.extend(named.removed_fields);
        Some(id)
    }

    /// Gives a body the field that it is as a whole.
    fn whole_value(
        &mut self,
        file: &OperationFile,
        said: Cow<'_, format::Field>,
        at: At<'_>,
        object: &mut Object,
        sources: &Cited,
    ) {
        for (key, why) in MISFITS {
            if let Some(key_at) = at.get(key) {
                let message = format!("`{key}` does not apply to a whole body");
                let wrong = Diagnostic::new(&codes::MISFIT, message).at(key_at.key_span(), *why);
                self.report(wrong.help("remove the key"));
            }
        }
        let origin = self.origin(at);
        let place = format!("{}/{WHOLE_BODY}", file.id);
        self.disputes(&said.disputed, at, origin, || place);
        let field = self.field(WHOLE_BODY, &said, at, sources, &mut Vec::new());
        if let Some(own) = object.field(WHOLE_BODY) {
            let message = format!("the field `{WHOLE_BODY}` has the name of the whole body");
            let taken = Diagnostic::new(&codes::DECLARED_TWICE, message)
                .at(self.map.word_at(own.origin), "")
                .also(at.key_span(), "the whole body");
            self.report(taken);
            return;
        }
        if file
            .notification
            .as_ref()
            .is_some_and(|one| one.each.is_some())
        {
            self.not_as_a_whole(&limits::WHOLE_IN_BATCH, at);
        }
        object.fields.push(Field {
            location: Location::WholeBody,
            required: true,
            plain: true,
            ..field
        });
    }

    /// Checks the whole body of one of several answers: a list is told apart from the object that others are.
    pub(super) fn whole_body_of_answer(&mut self, answer: &Object, at: At<'_>) {
        let whole = answer.fields.iter().find(|field| field.is_whole_body());
        let is_list = |field: &Field| matches!(field.ty, Type::List(_));
        if whole.is_some_and(|field| !is_list(field) && !self.opaque.contains(&field.origin)) {
            self.not_as_a_whole(&limits::WHOLE_IN_ANSWERS, at.at("body"));
        }
    }

    fn not_as_a_whole(&mut self, limit: &Limit, at: At<'_>) {
        let wrong = Diagnostic::new(&codes::MISFIT, "this cannot be the whole body");
        self.report(wrong.at(at.span(), "").limit(limit));
    }

    /// Reports fields in the body beside the object that is the whole body.
    fn beside_whole_body(&mut self, object: &Object, name: &str, at: At<'_>) {
        for field in &object.fields {
            let listed = at.at("fields").get(&field.name);
            if let (Location::Body, Some(listed)) = (field.location, listed) {
                let message = format!("`{}` is in the body, but `body` is all of it", field.name);
                let help = match self.types.object(name) {
                    Some(_) => {
                        format!("add the field to `{name}`, or list all fields in place of `body`")
                    }
                    None => "list all fields in place of `body`".to_owned(),
                };
                self.report(
                    Diagnostic::new(&codes::WRONG_PLACE, message)
                        .at(listed.key_span(), "")
                        .help(help),
                );
            }
        }
    }
}
