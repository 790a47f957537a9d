//! Lays the `result` of an operation over the half that all operations share.

use super::SourceMap;
use super::layer::Layers;
use super::tree::{At, Kind, Tree};

/// The keys of the shared half, beside the cases, that an operation inherits unless it has its own.
const INHERITED: &[&str] = &[BY, "code", "message", "shared_codes"];
const RESULT: &str = "result";
const RESPONSE: &str = "response";
const RESPONSES: &str = "responses";
const BY: &str = "by";
const CASES: &str = "cases";
const DEFAULT: &str = "default";
/// The keys that make a case anew. Any other key overrides that of the shared case.
const ANEW: &[&str] = &["decide", BY];
/// A dispute belongs to the shared case.
const DISPUTED: &str = "disputed";

/// Returns an operation with what its `result` inherits; [`None`] if that is nothing. Every node keeps
/// its place in its file.
pub(super) fn over(shared: &Tree, operation: &Tree, map: &SourceMap) -> Option<Tree> {
    let (shared, root) = (At::root(shared, map), At::root(operation, map));
    let result = root.get(RESULT)?;
    if result.kind() != Kind::Mapping || shared.kind() != Kind::Mapping || !is_alike(shared, result)
    {
        return None;
    }
    let mut layers = Layers::default();
    let whole = layers.open(root);
    // An operation with one body for all statuses inherits no other.
    let responses = shared
        .get(RESPONSES)
        .filter(|all| all.kind() == Kind::Mapping && root.get(RESPONSE).is_none());
    for entry in root.entries() {
        match (entry.key(), responses) {
            (Some(RESULT), _) => {
                layers.copy_key(entry);
                layers.result(shared, entry);
            }
            (Some(RESPONSES), Some(shared)) if entry.kind() == Kind::Mapping => {
                layers.responses(shared, entry);
            }
            (Some(_) | None, _) => layers.copy_entry(entry),
        }
    }
    if let (Some(shared), None) = (responses, root.get(RESPONSES)) {
        layers.copy_entry(shared);
    }
    layers.close(whole);
    Some(layers.tree)
}

impl Layers {
    fn result(&mut self, shared: At<'_>, own: At<'_>) {
        let index = self.open(own);
        for key in INHERITED.iter().filter(|key| own.get(key).is_none()) {
            shared
                .get(key)
                .into_iter()
                .for_each(|entry| self.copy_entry(entry));
        }
        let cases = shared
            .get(CASES)
            .filter(|cases| cases.kind() == Kind::Mapping);
        for entry in own
            .entries()
            .filter(|entry| cases.is_none() || entry.key() != Some(CASES))
        {
            self.copy_entry(entry);
        }
        if let Some(cases) = cases {
            let own = own.get(CASES);
            self.copy_key(own.unwrap_or(cases));
            match own {
                Some(own) if own.kind() != Kind::Mapping => self.copy(own),
                Some(_) | None => self.cases(cases, own),
            }
        }
        self.close(index);
    }

    /// Adds the shared answers that an operation does not replace, and its own.
    fn responses(&mut self, shared: At<'_>, own: At<'_>) {
        self.copy_key(own);
        let index = self.open(own);
        let is_own = |key: Option<&str>| key.is_some_and(|key| own.get(key).is_some());
        let inherited = shared.entries().filter(|entry| !is_own(entry.key()));
        inherited
            .chain(own.entries())
            .for_each(|entry| self.copy_entry(entry));
        self.close(index);
    }

    /// Adds the shared cases, as the operation overrides them, and its own.
    fn cases(&mut self, shared: At<'_>, own: Option<At<'_>>) {
        let index = self.open(own.unwrap_or(shared));
        let of = |key: Option<&str>| own.and_then(|own| own.get(key?));
        for case in shared.entries() {
            match of(case.key()) {
                Some(own) if is_anew(own) => self.copy_entry(own),
                own => {
                    self.copy_key(own.unwrap_or(case));
                    self.case(case, own);
                }
            }
        }
        let entries = own.into_iter().flat_map(|own| own.entries());
        for case in entries.filter(|case| case.key().is_none_or(|key| shared.get(key).is_none())) {
            self.copy_entry(case);
        }
        self.close(index);
    }

    /// Adds a shared case with the keys that an operation overrides.
    fn case(&mut self, shared: At<'_>, own: Option<At<'_>>) {
        let index = self.open(own.unwrap_or(shared));
        let has = |key: Option<&str>| {
            own.is_some_and(|own| key.is_some_and(|key| own.get(key).is_some()))
        };
        let kept = shared.entries();
        for entry in kept.filter(|entry| entry.key() != Some(DISPUTED) && !has(entry.key())) {
            self.copy_entry(entry);
        }
        own.into_iter()
            .flat_map(|own| own.entries())
            .for_each(|entry| self.copy_entry(entry));
        self.close(index);
    }
}

/// Returns whether an operation judges by the shared field.
fn is_alike(shared: At<'_>, own: At<'_>) -> bool {
    let by = |at: At<'_>| at.get(BY)?.text().map(str::to_owned);
    own.get(DEFAULT).is_none() && by(own).is_none_or(|own| by(shared) == Some(own))
}

/// Returns whether a case of an operation replaces the shared one.
fn is_anew(case: At<'_>) -> bool {
    case.kind() != Kind::Mapping || ANEW.iter().any(|key| case.get(key).is_some())
}
