//! Fields that must agree with the request can be compared with it.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Agreement, Api, Caller, Incomparable, Object, Operation, Origin};
use crate::pointer::pointer;
use crate::source::SourceMap;

/// Reports each field that cannot be compared with a request.
pub(super) fn check(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    // Operations that extend the same one share its errors.
    let mut said: BTreeSet<Origin> = BTreeSet::new();
    for operation in &api.operations {
        let Some((result, body)) = operation.result.as_ref().zip(operation.judged()) else {
            continue;
        };
        for agreement in &result.agrees {
            let Err(message) = compare(api, operation, agreement, &body.object) else {
                continue;
            };
            if said.insert(agreement.origin) {
                let at = sources.word_at(agreement.origin);
                diagnostics.extend([Diagnostic::new(&codes::NO_AGREEMENT, message).at(at, "")]);
            }
        }
    }
}

/// Compares a field with every request that it can be compared with.
fn compare(
    api: &Api,
    operation: &Operation,
    agreement: &Agreement,
    body: &Object,
) -> Result<(), String> {
    let path = pointer(&agreement.path);
    let own = agreement
        .parts(api, body)
        .map_err(|why| wrong(&path, &operation.id, why))?;
    let flows = api.flows.iter();
    let flows = flows.filter(|flow| flow.operations().contains(&operation.id.as_str()));
    let principals: Vec<&Operation> = flows
        .filter_map(|flow| api.operation(&flow.principal))
        .collect();
    let itself = match operation.caller {
        Caller::Merchant => agreement.parts(api, &operation.request.object).ok(),
        Caller::Provider => None,
    };
    if principals.is_empty() && itself.is_none() {
        return Err(format!(
            "`{path}` of `{}` cannot be compared: neither its own request nor that of a flow has a \
             field at this path",
            operation.id
        ));
    }
    for principal in principals {
        let theirs = agreement
            .parts(api, &principal.request.object)
            .map_err(|why| wrong(&path, &principal.id, why))?;
        if theirs != own {
            return Err(differs(&path, &operation.id, &principal.id));
        }
    }
    match itself {
        Some(itself) if itself != own => Err(differs(&path, &operation.id, &operation.id)),
        Some(_) | None => Ok(()),
    }
}

fn wrong(path: &str, operation: &str, why: Incomparable) -> String {
    match why {
        Incomparable::Missing => format!("the request of `{operation}` has no field `{path}`"),
        Incomparable::Kind => format!(
            "`{path}` of `{operation}` cannot be compared: expected a text, a number, a boolean or an \
             object of these"
        ),
        Incomparable::Sensitive => {
            format!(
                "`{path}` of `{operation}` cannot be compared: it is sensitive, and reports show both values"
            )
        }
    }
}

fn differs(path: &str, operation: &str, request: &str) -> String {
    format!("`{path}` of `{operation}` has a different type in the request of `{request}`")
}
