//! Finds the operations at a path.

use std::cmp::Reverse;

use payspec_runtime::request::PathPattern;

use payspec_model::model::{Api, Caller, Method, Model, Operation, Server};

/// The result of a lookup by path.
pub(super) enum Route<'m> {
    /// Operations with the same path; the request decides when there are several.
    Found {
        api: &'m Api,
        environment: Option<&'m Server>,
        operations: Vec<&'m Operation>,
    },
    /// Operations that take another method.
    OtherMethod { api: &'m Api, allowed: Method },
    /// No operation. The API is the first one whose prefix the path has, or else the first one of all.
    Invalid { api: Option<&'m Api> },
}

/// Returns the APIs with operations that a merchant calls.
pub(super) fn called(model: &Model) -> impl Iterator<Item = &Api> {
    model.apis.iter().filter(|api| operations(api).count() > 0)
}

/// Returns the operations that a merchant calls.
pub(super) fn operations(api: &Api) -> impl Iterator<Item = &Operation> {
    let operations = api.operations.iter();
    operations.filter(|operation| operation.caller == Caller::Merchant)
}

/// Finds the operations that take this method at a path.
pub(super) fn find<'m>(model: &'m Model, method: &str, path: &str) -> Route<'m> {
    let mut other = None;
    let mut nearest = None;
    for api in called(model) {
        for environment in by_prefix(api) {
            let prefix = environment.map_or("", |environment| environment.prefix.as_str());
            let Some(rest) = path.strip_prefix(prefix) else {
                continue;
            };
            let here: Vec<&Operation> = operations(api)
                .filter(|one| PathPattern::new(&one.path).matches(rest))
                .collect();
            let (mut fitting, unfit): (Vec<_>, Vec<_>) = here
                .into_iter()
                .partition(|operation| operation.method.as_str() == method);
            let first = fitting.iter().copied().min_by(|one, two| {
                PathPattern::new(&one.path).precedence(PathPattern::new(&two.path))
            });
            if let Some(first) = first {
                fitting.retain(|one| one.path == first.path);
                return Route::Found {
                    api,
                    environment,
                    operations: fitting,
                };
            }
            if let Some(operation) = unfit.first() {
                other = other.or(Some((api, operation.method)));
            }
            nearest = nearest.or(Some(api));
        }
    }
    match other {
        Some((api, allowed)) => Route::OtherMethod { api, allowed },
        None => Route::Invalid {
            api: nearest.or_else(|| called(model).next()),
        },
    }
}

/// Returns the environments of an API, those with the longest prefixes first, because a field of a path can look like a
/// prefix.
fn by_prefix(api: &Api) -> Vec<Option<&Server>> {
    let mut all: Vec<_> = environments(api).collect();
    all.sort_by_key(|one| Reverse(one.map_or(0, |server| server.prefix.len())));
    all
}

/// Returns the environments of an API; an API without any has one without a prefix.
fn environments(api: &Api) -> impl Iterator<Item = Option<&Server>> {
    let bare = api.servers.is_empty().then_some(None);
    api.servers.iter().map(Some).chain(bare)
}

/// Returns the paths of an operation in all environments.
pub(super) fn addresses<'m>(
    api: &'m Api,
    operation: &'m Operation,
) -> impl Iterator<Item = String> + 'm {
    environments(api).map(|environment| {
        let prefix = environment.map_or("", |environment| environment.prefix.as_str());
        format!("{prefix}{}", operation.path)
    })
}
