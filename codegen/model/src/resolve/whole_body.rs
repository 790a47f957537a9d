//! Bodies that are an object as a whole: `body: TypeName`. The body has the fields of the object.

use payspec_runtime::Location;

use super::Context;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, Caller, FileKind, OperationFile};
use crate::model::{Object, ObjectId, Side};
use crate::source::At;

impl Context<'_> {
    /// Gives a body the fields of the object that it is, after its own, which travel elsewhere. Returns the object, if
    /// the body names one.
    pub(super) fn whole_body(
        &mut self,
        file: &OperationFile,
        body: &format::Body,
        (side, at): (Side, At<'_>),
        object: &mut Object,
    ) -> Option<ObjectId> {
        let Some(name) = &body.body else {
            if at.get("fields").is_none() {
                let missing = Diagnostic::new(&codes::MISSING_KEY, "missing key `fields`");
                self.report(missing.at(at.key_span(), "`fields` or `body` is required here"));
            }
            return None;
        };
        let name_at = at.at("body");
        let is_sent = (side, file.caller()) == (Side::Request, Caller::Merchant);
        if is_sent && !file.method.has_body() {
            let message = format!("a {} request cannot have a body", file.method.as_str());
            let wrong = Diagnostic::new(&codes::BODY_NOT_SENT, message).at(name_at.key_span(), "");
            let help = "list its fields in `fields`: they travel in the query";
            self.report(wrong.help(help).limit(&limits::BODY_OF_GET));
        }
        self.beside_whole_body(object, name, at);
        let Some(id) = self.types.object(name) else {
            self.not_a_body(name, name_at);
            return None;
        };
        let named = self.objects.get(id.0).cloned()?;
        let copied = self.copied(&[(&named, name_at)]);
        let position = object.fields.len();
        self.add_copied(copied, object, (position, name_at.span()));
        object.removed_fields.extend(named.removed_fields);
        Some(id)
    }

    /// Reports fields in the body beside the object that is the whole body.
    fn beside_whole_body(&mut self, object: &Object, name: &str, at: At<'_>) {
        for field in &object.fields {
            let listed = at.at("fields").get(&field.name);
            if let (Location::Body, Some(listed)) = (field.location, listed) {
                let message = format!("`{}` is in the body, but `body` is all of it", field.name);
                let help =
                    format!("add the field to `{name}`, or list all fields in place of `body`");
                self.report(
                    Diagnostic::new(&codes::WRONG_PLACE, message)
                        .at(listed.key_span(), "")
                        .help(help),
                );
            }
        }
    }

    /// Reports a whole body that is not an object.
    fn not_a_body(&mut self, name: &str, at: At<'_>) {
        if self.may_exist(FileKind::Types, "objects", name) {
            return;
        }
        match self.is_type(name) {
            true => {
                let message = format!("`{name}` is not an object");
                let wrong = Diagnostic::new(&codes::UNKNOWN_TYPE, message)
                    .at(at.span(), "expected the name of an object");
                self.report(wrong.limit(&limits::WHOLE_BODY));
            }
            false => self.not_an_object(name, at),
        }
    }
}
