//! The front page of a generated crate: from nothing to a first payment.

mod examples;

use payspec_model::model::{Api, Callable, Caller, Flow, FlowKind, Model, Operation};
use payspec_model::naming::{CLIENT_FEATURE, OperationNames};

use self::examples::{Begun, Example, PageNames};
use super::client::{
    ClientCode, Proof, RawCalls, documented_reply, has_client, has_status_replies, receives,
};
use super::docs::{Docs, code, prose};
use super::fixed;
use super::flow::{self, Drive};
use super::operation::names;
use super::package::Package;
use super::{EmitError, Options, api};
use crate::emit::features;

/// Returns the documentation of the crate. It has only those sections that one of its APIs has.
pub(super) fn page(model: &Model, options: &Options) -> Result<Docs, EmitError> {
    let mut docs = Docs::default();
    docs.own("Types, validators and result codes of payment APIs, one module for each API:");
    let mut modules = Vec::new();
    for api in &model.apis {
        let about = api.title.trim().trim_end_matches('.');
        modules.push(format!("[`{}`]: {}.", api::module(api)?, prose(about)));
    }
    docs.list(modules);
    docs.paragraph().own(
        "Requests are validated strictly before they are sent, and responses are read tolerantly. A response is a \
         decision; a result that is not known stays pending and cannot become a new payment.",
    );
    if let Some(package) = &options.package {
        manifests(&mut docs, package, options);
    }
    if let Some(crate_name) = &options.crate_name {
        if let Some(first) = first_with_client(model, options) {
            sections(&mut docs, crate_name, first, options)?;
        }
    }
    feature_table(&mut docs, model, options);
    Ok(docs)
}

/// Adds the lines of a `Cargo.toml` that depends on the crate.
fn manifests(docs: &mut Docs, package: &Package, options: &Options) {
    let runtime = env!("CARGO_PKG_VERSION");
    let Package { name, version, .. } = package;
    let dependency = |feature: Option<&str>, transport: Option<&str>| {
        let line = |name: &str, version: &str, feature: Option<&str>| match feature {
            None => format!("{name} = \"{version}\""),
            Some(feature) => {
                format!("{name} = {{ version = \"{version}\", features = [\"{feature}\"] }}")
            }
        };
        vec![
            line(name, version, feature),
            line("payspec-runtime", runtime, transport),
        ]
    };
    let feature = match options.client {
        ClientCode::Absent => None,
        ClientCode::Always => Some(None),
        ClientCode::Feature => Some(Some(CLIENT_FEATURE)),
    };
    let toml = |lines: Vec<String>| {
        let fence = |mark: &str| vec![mark.to_owned()];
        let head = ["```toml", "[dependencies]"].map(str::to_owned);
        [head.to_vec(), lines, fence("```")].concat()
    };
    docs.heading("In `Cargo.toml`");
    if feature.is_some() {
        docs.own("Messages without a client:");
    }
    docs.verbatim(toml(dependency(None, None)));
    if let Some(feature) = feature {
        docs.paragraph().own("A client that blocks, over `ureq`:");
        docs.verbatim(toml(dependency(feature, Some("ureq"))));
        docs.paragraph()
            .own("An async client, over `reqwest` and a runtime of `tokio`:");
        docs.verbatim(toml(dependency(feature, Some("reqwest"))));
    }
}

/// Returns the first API that has a client and a payment that the client carries to its end, else the first
/// one that has a client.
fn first_with_client<'a>(model: &'a Model, options: &Options) -> Option<&'a Api> {
    if options.client == ClientCode::Absent {
        return None;
    }
    let with_client = || model.apis.iter().filter(|api| has_client(api));
    with_client()
        .find(|api| payment(api).is_some())
        .or_else(|| with_client().next())
}

/// Returns the first flow of a payment that a client can run.
fn payment(api: &Api) -> Option<(&Flow, Drive<'_>)> {
    let payments = api
        .flows
        .iter()
        .filter(|flow| flow.kind == FlowKind::Payment);
    { payments }.find_map(|flow| Some((flow, Drive::of(api, flow)?)))
}

/// Returns the operation of the first example of a call.
fn first_call(api: &Api) -> Option<&Operation> {
    let callables = || api.operations.iter().filter_map(Callable::of);
    let is_idempotent = |callable: &Callable<'_>| callable.operation.idempotency.is_some();
    let first = callables().find(is_idempotent);
    first
        .or_else(|| callables().next())
        .map(|callable| callable.operation)
}

/// Returns the first message that the provider sends and that is replied to.
fn notification(api: &Api) -> Option<&Operation> {
    let is_notification = |operation: &&Operation| {
        let is_replied_to = operation.response.is_some() || has_status_replies(api, operation);
        operation.caller == Caller::Provider && is_replied_to
    };
    api.operations.iter().find(is_notification)
}

/// Adds the programs: a first payment or call, a restart, a notification, a test.
fn sections(
    docs: &mut Docs,
    crate_name: &str,
    api: &Api,
    options: &Options,
) -> Result<(), EmitError> {
    let folder = api::module(api)?;
    let page = PageNames::new(crate_name, &folder, RawCalls::of(api), Proof::of(api));
    let crates = options.package.as_ref().map(|package| package.examples);
    let crates = crates.unwrap_or_default();
    let (flow, life, first): (Option<&Flow>, Option<String>, &Operation) = match payment(api) {
        Some((flow, drive)) => (Some(flow), Some(flow::module(flow)?), drive.principal),
        None => match first_call(api) {
            Some(operation) => (None, None, operation),
            None => return Ok(()),
        },
    };
    let first_names: OperationNames = names(first)?;
    let begun = Begun {
        names: &first_names,
        has_required: fixed::has_required_fields(api, &first.request),
        life: life.as_deref(),
    };
    let ids: Vec<&str> = match flow {
        Some(flow) => vec![&flow.id],
        None => vec![&first.id],
    };
    let gate = gate(options, &ids);
    let noun = flow.map_or("call", |_| "payment");
    docs.heading(&format!("A first {noun}"));
    if life.is_some() {
        docs.own(
            "`settle` sends the request, resends the same bytes while the result is unknown, inquires and cancels as \
             the flow describes, and returns how the payment ended. Every step is in the journal before it is taken.",
        );
    }
    let path = [&folder, &first_names.module, &first_names.request].map(String::as_str);
    // No link: the request may be behind a feature that is off.
    docs.own(&format!(
        "The request is a {}: its page lists the fields and their rules.",
        code(&path.join("::"))
    ));
    docs.verbatim(Example::compiled(crates.ureq, &gate).lines(page.first(&begun))?);
    docs.paragraph().own("The same without blocking:");
    docs.verbatim(Example::compiled(crates.reqwest, &gate).lines(page.first_async(&begun))?);
    if let (Some(flow), Some(life)) = (flow, &life) {
        docs.heading("After a restart");
        docs.own(
            "A journal returns what an earlier run left unfinished, with its ids and bytes. Finish it before new \
             payments begin.",
        );
        let restart = page.restart((&flow.id, life))?;
        docs.verbatim(Example::compiled(true, &gate).lines(restart)?);
    }
    if let Some(operation) = notification(api).filter(|_| receives(api)) {
        let gate = self::gate(options, &[&operation.id]);
        let is_documented =
            has_status_replies(api, operation) || documented_reply(operation, true).is_some();
        docs.heading("Receiving a notification");
        let auth = api.auth.as_ref();
        let is_unproved = auth.is_some_and(|auth| auth.unproved.is_some());
        docs.own(match Proof::of(api) {
            Proof::Credentials if is_unproved => {
                "Nothing proves who sent it. It prompts an inquiry, whose answer decides."
            }
            Proof::Signature => {
                "Path, query, headers and body must be exactly those that arrived: all of them are signed. Without a \
                 proof that the notification comes from the provider, reply with an error and do nothing."
            }
            Proof::Credentials => {
                "Headers and body must be exactly those that arrived: the body is signed as bytes. Without a proof \
                 that the notification comes from the provider, reply with an error and do nothing."
            }
        });
        let is_batch = operation.each.is_some();
        let lines = page.notified(&names(operation)?, is_documented, is_batch);
        docs.verbatim(Example::compiled(true, &gate).lines(lines)?);
    }
    docs.heading("Testing");
    docs.own(
        "`payspec_mock::MockGateway` plays the provider inside of the test, from the description alone: with \
         `payspec-mock` and `payspec-model` as dev-dependencies.",
    );
    docs.verbatim(Example::compiled(crates.mock && crates.ureq, &gate).lines(page.tested())?);
    Ok(())
}

/// Returns the features that an example needs.
fn gate<'a>(options: &Options, ids: &[&'a str]) -> Vec<&'a str> {
    let client = (options.client == ClientCode::Feature).then_some(CLIENT_FEATURE);
    let ids = ids.iter().filter(|_| options.operation_features);
    client.into_iter().chain(ids.copied()).collect()
}

/// Adds the table of the features.
fn feature_table(docs: &mut Docs, model: &Model, options: &Options) {
    let mut rows = Vec::new();
    let row =
        |name: &str, default: &str, adds: &str| format!("| {} | {default} | {adds} |", code(name));
    if options.client == ClientCode::Feature {
        rows.push(row(
            CLIENT_FEATURE,
            "no",
            "Clients: they sign, send, verify, and resend without paying twice.",
        ));
    }
    if options.operation_features {
        let titles = |api: &Api| -> Vec<(String, String)> {
            let operations = api
                .operations
                .iter()
                .map(|one| (one.id.clone(), one.title.clone()));
            let flows = api
                .flows
                .iter()
                .map(|one| (one.id.clone(), one.title.clone()));
            operations.chain(flows).collect()
        };
        let titles: Vec<(String, String)> = model.apis.iter().flat_map(titles).collect();
        for feature in features::features(model) {
            let title = titles.iter().find(|(id, _)| *id == feature.name);
            let mut adds = title.map_or_else(String::new, |(_, title)| prose(title));
            if !feature.implies.is_empty() {
                let implied: Vec<String> = feature.implies.iter().map(|name| code(name)).collect();
                adds = format!("{adds} (with {})", implied.join(", "));
            }
            rows.push(row(&feature.name, "yes", &adds));
        }
    }
    if rows.is_empty() {
        return;
    }
    docs.heading("Features");
    if options.operation_features {
        docs.own(
            "Each operation and each flow has a feature of its name. With `default-features = false`, only the \
             enabled ones are compiled, with the shared types that they use.",
        );
    }
    let head = ["| Feature | Default | Adds |", "| --- | --- | --- |"].map(str::to_owned);
    docs.verbatim([head.to_vec(), rows].concat());
}

#[cfg(test)]
mod tests;
