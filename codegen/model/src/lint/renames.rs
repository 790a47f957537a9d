//! Checks renames: the old name must be gone, and no two constructs may claim it.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Api, Object, Origin};
use crate::source::SourceMap;

/// Reports each construct whose old name still exists, or is claimed twice.
pub(super) fn check(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let mut look = Look {
        sources,
        diagnostics,
    };
    let objects = api.objects.iter();
    look.named(objects.map(|one| (one.name.as_str(), one.renamed_from.as_deref(), one.origin)));
    let enums = api.enums.iter();
    look.named(enums.map(|one| (one.name.as_str(), one.renamed_from.as_deref(), one.origin)));
    let unions = api.unions.iter();
    look.named(unions.map(|one| (one.name.as_str(), one.renamed_from.as_deref(), one.origin)));
    for one in &api.enums {
        let values = one.values.iter();
        look.named(values.map(|one| (one.name.as_str(), one.renamed_from.as_deref(), one.origin)));
    }
    let operations = api.operations.iter();
    look.named(operations.map(|one| (one.id.as_str(), one.renamed_from.as_deref(), one.origin)));
    for result in api.operations.iter().filter_map(|one| one.result.as_ref()) {
        let codes = result.codes.iter();
        look.named(codes.map(|one| (one.name.as_str(), one.renamed_from.as_deref(), one.origin)));
    }
    look.fields(api);
}

struct Look<'a> {
    sources: &'a SourceMap,
    diagnostics: &'a mut Diagnostics,
}

impl Look<'_> {
    /// Checks constructs of one kind in one scope: name, old name, place.
    fn named<'m>(&mut self, things: impl Iterator<Item = (&'m str, Option<&'m str>, Origin)>) {
        let things: Vec<_> = things.collect();
        let standing: BTreeMap<&str, Origin> =
            things.iter().map(|(name, _, at)| (*name, *at)).collect();
        let mut claimed = BTreeMap::new();
        for (name, old, at) in things {
            if let Some(old) = old {
                self.judge(
                    (name, at),
                    old,
                    standing.get(old).copied(),
                    claimed.insert(old, at),
                );
            }
        }
    }

    /// Checks the fields of all objects and bodies together, because a field can come from another
    /// object.
    fn fields(&mut self, api: &Api) {
        let bodies = api
            .operations
            .iter()
            .flat_map(|operation| operation.bodies());
        let objects: Vec<&Object> = api
            .objects
            .iter()
            .chain(bodies.map(|body| &body.object))
            .collect();
        let by_name: BTreeMap<&str, &Object> = objects
            .iter()
            .map(|object| (object.name.as_str(), *object))
            .collect();
        let mut claimed = BTreeMap::new();
        for object in objects {
            for field in &object.fields {
                let Some(old) = field.renamed_from.as_deref() else {
                    continue;
                };
                let (holder, name) = old.split_once('.').unwrap_or((&object.name, old));
                let standing = by_name.get(holder).and_then(|holder| holder.field(name));
                let standing = standing.map(|field| field.origin);
                let twice = claimed.insert((holder, name), field.origin);
                // Operations that extend one base share its fields.
                let twice = twice.filter(|first| *first != field.origin);
                self.judge((&field.name, field.origin), old, standing, twice);
            }
        }
    }

    fn judge(
        &mut self,
        (name, at): (&str, Origin),
        old: &str,
        standing: Option<Origin>,
        claimed: Option<Origin>,
    ) {
        let (message, also, word) = match (standing, claimed) {
            (Some(standing), _) => (
                format!("`{name}` was renamed from `{old}`, but `{old}` still exists"),
                standing,
                "this one",
            ),
            (None, Some(first)) => (
                format!("`{name}` was renamed from `{old}`, but so was another item"),
                first,
                "this one as well",
            ),
            (None, None) => return,
        };
        self.diagnostics.push(
            Diagnostic::new(&codes::STILL_THERE, message)
                .at(self.sources.word_at(at), "")
                .also(self.sources.word_at(also), word)
                .help("remove `renamed_from` here, or correct the other item"),
        );
    }
}
