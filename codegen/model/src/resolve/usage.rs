use super::Context;
use super::type_names::Named;
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
        let reach = api.reach_of_bodies(bodies);
        let mut found = Vec::new();
        for (name, named, span) in self.types.iter() {
            let used = match named {
                Named::Object(id) => reach.objects.contains(&id) || self.included.contains(&id),
                Named::Enum(id) => reach.enums.contains(&id),
                Named::Union(id) => reach.unions.contains(&id),
            };
            if !used {
                let message = format!("the type `{name}` is never used");
                found.push(
                    Diagnostic::new(&codes::UNUSED_TYPE, message)
                        .at(span, "no message contains it"),
                );
            }
        }
        for base in &api.bases {
            let mut operations = api.operations.iter();
            if !operations.any(|operation| operation.extends.as_ref() == Some(&base.id)) {
                let message = format!("no operation extends the abstract operation `{}`", base.id);
                let span = self.map.word_at(base.origin);
                found.push(Diagnostic::new(&codes::UNUSED_BASE, message).at(span, ""));
            }
        }
        for (tag, span) in self.tags.unused() {
            let message = format!("the source `{tag}` is never used");
            found
                .push(Diagnostic::new(&codes::UNUSED_SOURCE, message).at(span, "no fact names it"));
        }
        for code in self.results.unused() {
            let message = format!("the shared code `{}` is never used", code.name);
            let span = self.map.word_at(code.origin);
            found.push(
                Diagnostic::new(&codes::UNUSED_CODE, message).at(span, "no operation lists it"),
            );
        }
        self.found.extend(found);
    }
}
