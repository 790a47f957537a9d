//! Authentication of single operations, and operations that hand out tokens: a client can carry it out.

use std::collections::BTreeMap;

use crate::diagnostic::limits::{self, Limit};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Api, Auth, Caller, Field, IssuedToken, OperationAuth, Origin, Type};
use crate::pointer::pointer;
use crate::source::SourceMap;
use payspec_runtime::{Sensitive, closest};

/// Something that a client cannot carry out.
struct Wrong {
    message: String,
    help: String,
    at: Origin,
    limit: Option<&'static Limit>,
}

impl Wrong {
    fn new(at: Origin, message: String, help: &str) -> Self {
        Self {
            message,
            help: help.to_owned(),
            at,
            limit: None,
        }
    }
}

/// Reports what a client cannot carry out.
pub(super) fn check(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let mut found = own(api);
    if let Some((auth, token)) = api
        .auth
        .as_ref()
        .and_then(|auth| Some((auth, auth.token.as_ref()?)))
    {
        found.extend(issued(api, auth, token));
    }
    for Wrong {
        message,
        help,
        at,
        limit,
    } in found
    {
        let wrong = Diagnostic::new(&codes::BAD_AUTH, message).at(sources.word_at(at), "");
        let wrong = match limit {
            Some(limit) => wrong.limit(limit),
            None => wrong,
        };
        diagnostics.extend([match help.is_empty() {
            true => wrong,
            false => wrong.help(help),
        }]);
    }
}

/// Finds authentication of single operations that cannot be carried out.
fn own(api: &Api) -> Vec<Wrong> {
    let mut found = Vec::new();
    let mut at_address: BTreeMap<(&str, &str), Option<&OperationAuth>> = BTreeMap::new();
    let operations = api.operations.iter();
    for operation in operations.filter(|one| one.caller == Caller::Merchant) {
        let address = (operation.method.as_str(), operation.path.as_str());
        let first = *at_address.entry(address).or_insert(operation.auth.as_ref());
        let kinds = |own: Option<&OperationAuth>| {
            own.map(|own| {
                own.schemes
                    .iter()
                    .map(|one| one.kind.clone())
                    .collect::<Vec<_>>()
            })
        };
        if kinds(first) != kinds(operation.auth.as_ref()) {
            let origin = operation
                .auth
                .as_ref()
                .map_or(operation.origin, |own| own.origin);
            let message = format!(
                "another operation at the address of `{}` has other authentication",
                operation.id
            );
            found.push(Wrong::new(origin, message, "state the same `auth` in both"));
        }
        let Some(own) = &operation.auth else { continue };
        match &api.auth {
            None => {
                let message = format!("`{}` has `auth`, and its API has none", operation.id);
                found.push(Wrong::new(
                    own.origin,
                    message,
                    "state `auth` in the API, too",
                ));
            }
            Some(auth) if auth.request.is_some() => {
                let message = format!("`{}` has `auth`, and its API signs requests", operation.id);
                let wrong = Wrong::new(own.origin, message, "");
                found.push(Wrong {
                    limit: Some(&limits::SIGNED_AND_OWN),
                    ..wrong
                });
            }
            Some(_) => {}
        }
    }
    found
}

/// Finds what is wrong with the operation that hands out the tokens of an API.
fn issued(api: &Api, auth: &Auth, token: &IssuedToken) -> Vec<Wrong> {
    let IssuedToken {
        operation: id,
        token: path,
        expires_in,
        origin,
    } = token;
    let calls = || {
        api.operations
            .iter()
            .filter(|one| one.caller == Caller::Merchant)
    };
    let Some(operation) = calls().find(|one| one.id == *id) else {
        let message = format!("unknown operation `{id}`");
        let near = closest(id, calls().map(|one| one.id.as_str()));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        return vec![Wrong::new(*origin, message, &help.unwrap_or_default())];
    };
    let mut found = Vec::new();
    let mut add = |at: Origin, message: String, help: &str| {
        found.push(Wrong::new(at, message, help));
    };
    if auth.token_of(operation).is_some() {
        let help = "state the `auth` of this operation, such as `auth: { request: { basic: [client_id, client_secret] } }`";
        add(
            operation.origin,
            format!("`{id}` hands out tokens, and needs one itself"),
            help,
        );
    }
    let answer = operation.response.as_ref().map(|body| &body.object);
    let has = |path: &[String], fits: &dyn Fn(&Field) -> bool| {
        answer.is_some_and(|object| api.field_at(object, path).is_some_and(fits))
    };
    let is_secret =
        |field: &Field| field.ty == Type::String && field.sensitive == Some(Sensitive::Secret);
    if !has(path, &is_secret) {
        let message = format!(
            "`{}` is not a secret text in the answer of `{id}`",
            pointer(path)
        );
        add(
            *origin,
            message,
            "describe it as `{ type: string, sensitive: secret }`",
        );
    }
    if !has(expires_in, &|field| field.ty == Type::Integer) {
        let message = format!(
            "`{}` is not an integer in the answer of `{id}`",
            pointer(expires_in)
        );
        add(
            *origin,
            message,
            "describe it as `integer`: the lifetime in seconds",
        );
    }
    if let Some(rule) = &operation.idempotency {
        let help = "remove `idempotency`: a client fetches a new token whenever it needs one";
        add(
            rule.origin,
            format!("`{id}` hands out tokens, and has an idempotency key"),
            help,
        );
    }
    for flow in &api.flows {
        if flow.operations().contains(&id.as_str()) {
            let message = format!(
                "the flow `{}` calls `{id}`, which hands out tokens",
                flow.id
            );
            add(
                flow.origin,
                message,
                "remove it: a client fetches tokens by itself",
            );
        }
    }
    if let Err(field) = operation.fixed_request() {
        let at = operation.request.object.field(field);
        let at = at.map_or(operation.origin, |field| field.origin);
        let message =
            format!("the request of `{id}` needs `{field}`, which a client cannot fill in");
        let wrong = Wrong::new(at, message, "");
        found.push(Wrong {
            limit: Some(&limits::TOKEN_REQUEST),
            ..wrong
        });
    }
    found
}
