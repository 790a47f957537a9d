use super::Context;
use super::types::Named;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::FileKind;
use crate::model::{Api, Operation};

impl Context<'_> {
    /// Reports declarations that nothing uses, unless a file could not be read, because it might use
    /// them.
    pub(super) fn unused(&mut self, api: &Api) {
        if FileKind::ALL.iter().any(|kind| !self.complete(*kind)) {
            return;
        }
        let bodies = api.operations.iter().flat_map(Operation::bodies);
        let reach = api.reach(bodies.map(|body| &body.object));
        let mut found = Vec::new();
        for (name, named, span) in self.types.iter() {
            let used = match named {
                Named::Object(id) => reach.objects.contains(&id),
                Named::Enum(id) => reach.enums.contains(&id),
            };
            if !used {
                let message = format!("the type `{name}` is never used");
                found.push(
                    Diagnostic::new(&codes::UNUSED_TYPE, message)
                        .at(span, "no message holds a value of it"),
                );
            }
        }
        for base in &api.bases {
            let mut operations = api.operations.iter();
            if !operations.any(|operation| operation.extends.as_ref() == Some(&base.id)) {
                let message = format!("nothing extends the abstract operation `{}`", base.id);
                let span = self.map.word_at(base.origin);
                found.push(Diagnostic::new(&codes::UNUSED_BASE, message).at(span, ""));
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
