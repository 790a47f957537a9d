//! Servers, headers and signatures.

use super::auth;
use payspec_model::model::{
    Api, Header, HeaderFormat, Host, HostRole, Operation, Server, Signature, Wire,
};
use serde::Serialize;

use crate::facts;
use crate::json::{Json, Map};
use crate::names::safe;
use crate::schema::ecma;

/// Returns the word of a value of an enum of the spec format.
pub(super) fn word(value: &impl Serialize) -> Option<Json> {
    let value = serde_json::to_value(value).ok()?;
    value.as_str().map(Json::from)
}

/// Returns the addresses by environment. A server that is only a path stands behind each host.
pub(super) fn servers(api: &Api) -> Json {
    if api.servers.is_empty() {
        let unknown = Map::new()
            .with("url", "/")
            .with("description", "No source states the address.");
        return vec![unknown].into();
    }
    let servers = api.servers.iter().map(|server| {
        let Server {
            environment,
            host,
            prefix,
            description,
            client_id_prefix,
            sources,
            origin: _,
        } = server;
        let hosts = serving(api);
        let (url, variables) = match (host, hosts.first()) {
            (Some(host), _) => (format!("https://{}{prefix}", literal(host)), None),
            (None, None) => (or_root(prefix), None),
            (None, Some(first)) => {
                let names = hosts.iter().map(|host| &host.host);
                let variable = Map::new()
                    .with("default", &first.host)
                    .with("enum", names.collect::<Json>())
                    .with("description", "The host of a region.");
                let url = format!("https://{{host}}{prefix}");
                (url, Some(Map::new().with("host", variable)))
            }
        };
        let description = match description.is_empty() {
            true => environment.clone(),
            false => format!("{environment}: {description}"),
        };
        Map::new()
            .with("url", url)
            .with("description", description)
            .with_some("variables", variables)
            .with("x-payspec-environment", environment)
            .with_some("x-payspec-client-id-prefix", client_id_prefix.as_ref())
            .and(facts::sources(api, "x-payspec-sources", sources))
    });
    servers.collect()
}

/// Returns a text of a URL without variables.
fn literal(text: &str) -> String {
    text.replace('{', "%7B").replace('}', "%7D")
}

fn or_root(prefix: &str) -> String {
    match prefix.is_empty() {
        true => "/".to_owned(),
        false => literal(prefix),
    }
}

/// Returns the hosts that still exist, recommended ones first.
fn serving(api: &Api) -> Vec<&Host> {
    let mut hosts: Vec<&Host> = Vec::new();
    let all = || api.hosts.iter().filter(|host| host.removed.is_none());
    for role in [HostRole::Recommended, HostRole::Ordinary] {
        for host in all().filter(|host| host.role == role) {
            if hosts.iter().all(|known| known.host != host.host) {
                hosts.push(host);
            }
        }
    }
    hosts
}

/// Returns the hosts with their regions.
pub(super) fn hosts(api: &Api) -> Json {
    let hosts = api.hosts.iter().map(|host| {
        let Host {
            region,
            host,
            role,
            note,
            since,
            removed,
            sources,
            origin: _,
        } = host;
        Map::new()
            .with("host", host)
            .with("region", region)
            .with_some("role", word(role))
            .with_some("note", note.as_ref())
            .with_some("since", since.as_ref())
            .with_some("removed", removed.as_ref())
            .and(facts::sources(api, "sources", sources))
    });
    hosts.collect()
}

/// Returns how values are written.
pub(super) fn wire(api: &Api) -> Map {
    let Wire {
        scalars,
        empty_text,
        lengths,
        decimals,
        description,
        sources,
    } = &api.wire;
    Map::new()
        .with_some("scalars", word(scalars))
        .with_some("empty_text", word(empty_text))
        .with_some("lengths", word(lengths))
        .with_filled(
            "decimals",
            decimals.iter().fold(Map::new(), |map, (code, places)| {
                map.with(code, u32::from(*places))
            }),
        )
        .with_some("description", description.as_ref())
        .and(facts::sources(api, "sources", sources))
}

/// The name of the security scheme.
const SCHEME: &str = "signature";

/// Returns what every message needs: a signature or credentials, if the API has them.
pub(super) fn security(api: &Api) -> Json {
    let signatures = api.signature.iter();
    let signatures = signatures.map(|_| Map::new().with(SCHEME, Vec::<Json>::new()));
    // All headers at once are one requirement.
    let auths = api.auth.iter().map(|auth| {
        let schemes = auth::names(auth).into_iter();
        schemes.fold(Map::new(), |all, name| all.with(&name, Vec::<Json>::new()))
    });
    signatures.chain(auths).collect()
}

/// Returns what the messages of operations at one address need, if other than those of the API.
pub(super) fn own_security(operations: &[&Operation]) -> Option<Json> {
    // `check` makes sure that they agree.
    let operation = operations.first()?;
    let own = operation.auth.as_ref()?;
    let schemes = own
        .schemes
        .iter()
        .map(|scheme| auth::own_name(operation, scheme));
    let names = schemes.fold(Map::new(), |all, name| all.with(&name, Vec::<Json>::new()));
    let one = (!own.schemes.is_empty()).then_some(names);
    Some(one.into_iter().collect())
}

/// Returns the signature as a security scheme. OpenAPI has none for signatures, so it is a header.
pub(super) fn security_schemes(api: &Api) -> Map {
    let Some(signature) = &api.signature else {
        return auth::schemes(api);
    };
    let Signature {
        algorithm,
        algorithm_name,
        key_bits,
        request_content,
        response_content,
        uri,
        encoding,
        header,
        header_keys,
        notes,
        sources,
        origin,
    } = signature;
    let text = request_header(api, header).map(|header| header.description.clone());
    let rules = Map::new()
        .with_some("algorithm", word(algorithm))
        .with("algorithm_name", algorithm_name)
        .with("key_bits", *key_bits)
        .with("request_content", request_content)
        .with("response_content", response_content)
        .with("uri", uri)
        .with(
            "encoding",
            encoding.iter().filter_map(word).collect::<Json>(),
        )
        .with("header", header)
        .with("header_keys", header_keys.clone())
        .with_filled("notes", notes.clone())
        .and(facts::sources(api, "sources", sources))
        .and(facts::disputes(api, "disputes", &[*origin]));
    let scheme = Map::new()
        .with("type", "apiKey")
        .with("in", "header")
        .with("name", header)
        .with_filled("description", text.unwrap_or_default())
        .with("x-payspec-signature", rules);
    Map::new().with(SCHEME, scheme)
}

fn request_header<'m>(api: &'m Api, name: &str) -> Option<&'m Header> {
    let mut headers = api.request_headers.iter();
    headers.find(|header| header.name.eq_ignore_ascii_case(name))
}

/// Headers that OpenAPI documents elsewhere: a parameter with such a name is ignored.
const ELSEWHERE: [&str; 3] = ["Content-Type", "Accept", "Authorization"];

fn is_elsewhere(header: &Header) -> bool {
    let mut names = ELSEWHERE.iter();
    names.any(|name| header.name.eq_ignore_ascii_case(name))
}

/// Returns the headers of requests that are parameters. The signature is a security scheme.
fn parameter_headers(api: &Api) -> impl Iterator<Item = &Header> {
    let is_signature = |header: &Header| {
        let signature = api.signature.iter();
        { signature }.any(|signature| signature.header.eq_ignore_ascii_case(&header.name))
    };
    api.request_headers
        .iter()
        .filter(move |header| !is_elsewhere(header) && !is_signature(header))
}

/// Returns the headers of requests as parameters, by name.
pub(super) fn parameters(api: &Api) -> Map {
    let headers = parameter_headers(api).map(|one| {
        let parameter = Map::new().with("name", &one.name).with("in", "header");
        (safe(&one.name), Json::from(parameter.and(header(api, one))))
    });
    headers.collect()
}

/// Returns the headers of responses, by name.
pub(super) fn response_headers(api: &Api) -> Map {
    let headers = documented_responses(api);
    headers
        .map(|one| (safe(&one.name), Json::from(header(api, one))))
        .collect()
}

fn documented_responses(api: &Api) -> impl Iterator<Item = &Header> {
    api.response_headers
        .iter()
        .filter(|header| !is_elsewhere(header))
}

pub(super) fn parameter_references(api: &Api) -> Vec<Json> {
    let headers = parameter_headers(api);
    headers
        .map(|header| reference("parameters", &header.name).into())
        .collect()
}

pub(super) fn response_header_references(api: &Api) -> Map {
    let headers = documented_responses(api);
    headers
        .map(|header| {
            (
                header.name.clone(),
                reference("headers", &header.name).into(),
            )
        })
        .collect()
}

fn reference(kind: &str, name: &str) -> Map {
    Map::new().with("$ref", format!("#/components/{kind}/{}", safe(name)))
}

/// Returns the media type that the spec documents for a body, if it does: parameters as the charset included.
fn content_type(headers: &[Header]) -> Option<&Header> {
    headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("Content-Type"))
}

fn header(api: &Api, header: &Header) -> Map {
    let Header {
        name: _,
        required,
        description,
        format,
        max_length,
        pattern,
        example,
        sources,
        origin,
    } = header;
    let schema = Map::new().with("type", "string");
    let schema = match format {
        HeaderFormat::EpochMillis => schema.with("pattern", "^[0-9]{13}$"),
        HeaderFormat::Datetime => schema.with("format", "date-time"),
        HeaderFormat::KeyValueList => schema.with("pattern", "^[^,=]*=[^,]*(?:,[^,=]*=[^,]*)*$"),
        HeaderFormat::MediaType => schema.with("pattern", "/"),
        HeaderFormat::Text => schema.with_some("pattern", pattern.as_deref().and_then(ecma)),
    };
    Map::new()
        .with_filled("description", description)
        .with("required", *required)
        .with("schema", schema.with_some("maxLength", *max_length))
        .with_some("example", example.as_ref())
        .with_some("x-payspec-format", word(format))
        .with_some("x-payspec-pattern", pattern.as_ref())
        .and(facts::provenance(api, sources, &[*origin]))
}

/// Returns the notes about the documented media type of a body.
pub(super) fn content_type_notes(api: &Api, headers: &[Header]) -> Map {
    let Some(header) = content_type(headers) else {
        return Map::new();
    };
    let notes = Map::new()
        .with_filled("description", &header.description)
        .with_some("example", header.example.as_ref())
        .and(facts::sources(api, "sources", &header.sources))
        .and(facts::disputes(api, "disputes", &[header.origin]));
    Map::new().with("x-payspec-content-type", notes)
}
