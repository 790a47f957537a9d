//! Operations with the same method and path.

use payspec_model::model::{Api, Caller, Method, Operation};

/// Operations that are one operation of an OpenAPI document.
pub(super) struct Group<'m> {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) operations: Vec<&'m Operation>,
    /// The abstract operation that all of them extend.
    base: Option<&'m Operation>,
}

impl<'m> Group<'m> {
    /// Returns an operation as a group of its own.
    pub(super) fn alone(operation: &'m Operation) -> Self {
        Group {
            id: operation.id.clone(),
            title: operation.title.clone(),
            method: operation.method,
            path: operation.path.clone(),
            operations: vec![operation],
            base: None,
        }
    }

    fn several(api: &'m Api, operations: Vec<&'m Operation>) -> Option<Self> {
        let first = *operations.first()?;
        if operations.len() == 1 {
            return Some(Group::alone(first));
        }
        let same = operations.iter().all(|one| one.extends == first.extends);
        let base = api
            .bases
            .iter()
            .find(|base| same && first.extends.as_ref() == Some(&base.id));
        let joined = |part: fn(&Operation) -> &str, between: &str| {
            let parts: Vec<&str> = operations.iter().map(|one| part(one)).collect();
            parts.join(between)
        };
        let (id, title) = match base {
            Some(base) => (base.id.clone(), base.title.clone()),
            None => (
                joined(|one| &one.id, "_or_"),
                joined(|one| &one.title, ", or "),
            ),
        };
        Some(Group {
            id,
            title,
            method: first.method,
            path: first.path.clone(),
            operations,
            base,
        })
    }

    /// Returns the side that calls.
    pub(super) fn caller(&self) -> Caller {
        let first = self.operations.first();
        first.map_or(Caller::Merchant, |first| first.caller)
    }

    /// Returns the description of the operations: that of what they extend, or of each.
    pub(super) fn description(&self) -> String {
        match (self.base, self.operations.as_slice()) {
            (Some(base), _) => base.description.clone(),
            (None, [only]) => only.description.clone(),
            (None, several) => {
                let each = several.iter();
                let each: Vec<String> = each
                    .map(|one| format!("{}: {}", one.title, one.description))
                    .collect();
                each.join("\n\n")
            }
        }
    }
}

/// Returns the operations that the merchant calls, by method and path, in the order of the first of each.
pub(super) fn by_path(api: &Api) -> Vec<Group<'_>> {
    let mut groups: Vec<Vec<&Operation>> = Vec::new();
    for operation in api
        .operations
        .iter()
        .filter(|one| one.caller == Caller::Merchant)
    {
        let same = |group: &&mut Vec<&Operation>| {
            group.first().is_some_and(|first| {
                (first.method, &first.path) == (operation.method, &operation.path)
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(operation),
            None => groups.push(vec![operation]),
        }
    }
    let groups = groups.into_iter();
    groups
        .filter_map(|operations| Group::several(api, operations))
        .collect()
}
