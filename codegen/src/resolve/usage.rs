use super::Context;
use super::types::Named;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::FileKind;
use crate::model::{Api, Object, Type};

impl Context<'_> {
    /// What nothing uses. Where a file could not be read, it might have used it.
    pub(super) fn unused(&mut self, api: &Api) {
        if FileKind::ALL.iter().any(|kind| !self.complete(*kind)) {
            return;
        }
        let mut seen = Seen {
            api,
            objects: vec![false; api.objects.len()],
            enums: vec![false; api.enums.len()],
        };
        seen.follow();
        let mut found = Vec::new();
        for (name, named, span) in self.types.iter() {
            let used = match named {
                Named::Object(id) => seen.objects.get(id.0),
                Named::Enum(id) => seen.enums.get(id.0),
            };
            if used == Some(&false) {
                let message = format!("the type `{name}` is never used");
                found.push(
                    Diagnostic::new(&codes::UNUSED_TYPE, message)
                        .at(span, "no message holds a value of it"),
                );
            }
        }
        for (tag, span) in self.tags.unused() {
            let message = format!("no fact comes from the source `{tag}`");
            found.push(Diagnostic::new(&codes::UNUSED_SOURCE, message).at(span, "never named"));
        }
        for code in self.results.unused() {
            let message = format!("no operation has the shared code `{}`", code.name);
            let span = self.map.word_at(code.origin);
            found.push(Diagnostic::new(&codes::UNUSED_CODE, message).at(span, "never used"));
        }
        self.found.extend(found);
    }
}

/// The types that bodies reach.
struct Seen<'a> {
    api: &'a Api,
    objects: Vec<bool>,
    enums: Vec<bool>,
}

impl<'a> Seen<'a> {
    fn follow(&mut self) {
        let operations = self.api.operations.iter();
        let mut open: Vec<&'a Object> = operations
            .flat_map(|operation| std::iter::once(&operation.request).chain(&operation.response))
            .map(|body| &body.object)
            .collect();
        while let Some(object) = open.pop() {
            for field in &object.fields {
                self.see(&field.ty, &mut open);
            }
        }
    }

    fn see(&mut self, ty: &Type, open: &mut Vec<&'a Object>) {
        match ty {
            Type::Object(id) | Type::Json(id) => {
                if !std::mem::replace(&mut self.objects[id.0], true) {
                    open.push(self.api.object(*id));
                }
            }
            Type::Enum(id) => self.enums[id.0] = true,
            Type::List(element) => self.see(element, open),
            Type::String
            | Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Url
            | Type::Country
            | Type::Currency => {}
        }
    }
}
