//! The OpenAPI document of an API.
//!
//! Operations with the same method and path are one operation of the document ([`group`]). `payload` has bodies and
//! their examples, `transport` servers, headers and signatures, `result` and `flow` what OpenAPI has no words for.

mod auth;
mod flow;
mod group;
mod operation;
mod parameters;
mod payload;
mod responses;
mod result;
mod styles;
mod transport;

use payspec_model::format::SourceKind;
use payspec_model::model::{Api, Caller, Side};

use self::group::Group;
use self::payload::Payloads;
use crate::Version;
use crate::facts;
use crate::json::{Json, Map};
use crate::schema::Dialect;

/// Returns the OpenAPI document of an API.
pub(crate) fn document(api: &Api, version: Version) -> Map {
    let dialect = match version {
        Version::V31 => Dialect::OpenApi31,
        Version::V30 => Dialect::OpenApi30,
    };
    let number = match version {
        Version::V31 => "3.1.1",
        Version::V30 => "3.0.4",
    };
    let mut payloads = Payloads::new(api, dialect);
    let mut paths = Map::new();
    for group in group::by_path(api) {
        let item = item(api, &group, &mut payloads);
        let mut methods = match paths.take(&group.path) {
            Some(Json::Object(methods)) => methods,
            Some(_) | None => Map::new(),
        };
        methods.set(group.method.as_str().to_ascii_lowercase(), item);
        paths.set(&group.path, methods);
    }
    let mut webhooks = Map::new();
    for operation in api
        .operations
        .iter()
        .filter(|one| one.caller == Caller::Provider)
    {
        let group = Group::alone(operation);
        let method = operation.method.as_str().to_ascii_lowercase();
        let item = item(api, &group, &mut payloads);
        webhooks.set(&operation.id, Map::new().with(&method, item));
    }
    let webhooks_key = match version {
        Version::V31 => "webhooks",
        Version::V30 => "x-webhooks",
    };
    let components = Map::new()
        .with_filled("schemas", payloads.components())
        .with_filled("parameters", transport::parameters(api))
        .with_filled("headers", transport::response_headers(api))
        .with_filled("securitySchemes", transport::security_schemes(api));
    Map::new()
        .with("openapi", number)
        .with("info", info(api))
        .with("servers", transport::servers(api))
        .with("security", transport::security(api))
        .with("tags", tags(api))
        .with("paths", paths)
        .with_filled(webhooks_key, webhooks)
        .with_filled("components", components)
        .with("x-payspec-api", api.id.as_str())
        .with("x-payspec-wire", transport::wire(api))
        .with_filled("x-payspec-hosts", transport::hosts(api))
        .with_filled("x-payspec-flows", flow::flows(api))
        .with_filled("x-payspec-statuses", result::statuses(api))
        .with_filled("x-payspec-codes", result::shared_codes(api))
        .with_filled("x-payspec-sources", facts::all_sources(api))
        .with_filled("x-payspec-disputes", facts::all_disputes(api))
}

fn info(api: &Api) -> Map {
    Map::new()
        .with("title", api.title.as_str())
        .with_filled("description", api.description.as_str())
        .with("version", version_of(api))
}

/// Returns the day of the provider's newest source about the API, which tells two documents of one API apart.
fn version_of(api: &Api) -> &str {
    let is_day = |date: &&str| payspec_runtime::rules::date(date);
    let sources = api.sources.iter();
    let own = sources.filter(|source| match source.kind {
        SourceKind::Page | SourceKind::Sdk => true,
        SourceKind::OtherProduct | SourceKind::ThirdParty => false,
    });
    let days = own.map(|source| source.date.as_str()).filter(is_day);
    days.max().unwrap_or("unknown")
}

/// Returns the name of the operations of a caller, by which generators of code group them.
fn tag(caller: Caller) -> &'static str {
    match caller {
        Caller::Merchant => "operations",
        Caller::Provider => "notifications",
    }
}

/// Returns the groups of operations.
fn tags(api: &Api) -> Json {
    let tags = [
        (Caller::Merchant, "The merchant calls the provider."),
        (Caller::Provider, "The provider calls the merchant."),
    ];
    let used = tags.into_iter().filter(|(caller, _)| {
        let mut operations = api.operations.iter();
        operations.any(|operation| operation.caller == *caller)
    });
    used.map(|(caller, description)| {
        Map::new()
            .with("name", tag(caller))
            .with("description", description)
    })
    .collect()
}

/// Returns the operations of a group as one operation of the document.
fn item<'m>(api: &Api, group: &Group<'m>, payloads: &mut Payloads<'m>) -> Map {
    let request = payloads.side(group, Side::Request);
    let response = payloads.side(group, Side::Response);
    let responses = payloads.responses(group);
    let description = group.description();
    let parameters: Json = match group.caller() {
        Caller::Merchant => {
            let own = payloads.parameters(group);
            let shared = transport::parameter_references(api);
            own.into_iter().chain(shared).collect()
        }
        // Generators of code do not follow references in webhooks.
        Caller::Provider => transport::parameters(api).into_values().collect(),
    };
    let body = request.map(|payload| {
        Map::new()
            .with("required", true)
            .with("content", payload.content())
            .and(payload.notes)
    });
    let operation = Map::new()
        .with("operationId", group.id.as_str())
        .with("tags", vec![tag(group.caller())])
        .with_filled("summary", group.title.as_str())
        .with_filled("description", description)
        .with_true(
            "deprecated",
            group.operations.iter().all(|one| one.deprecated.is_some()),
        )
        .with_filled("parameters", parameters)
        .with_some("requestBody", body)
        .with_some("security", transport::own_security(&group.operations))
        .with(
            "responses",
            responses::of_group(api, group, response.as_ref(), &responses),
        );
    match group.operations.as_slice() {
        [only] => operation.and(operation::notes(api, only)),
        several => {
            let notes = several.iter().map(|one| {
                operation::heading(one)
                    .with_some("request", payloads.reference(one, Side::Request))
                    .with_some("response", payloads.reference(one, Side::Response))
                    .and(operation::notes(api, one))
            });
            operation.with("x-payspec-operations", notes.collect::<Json>())
        }
    }
}
