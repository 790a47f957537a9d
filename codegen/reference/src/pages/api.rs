//! The page of an API: addresses, headers, signing, and its operations, flows and types.

use askama::Template;
use payspec_model::describe;
use payspec_model::model::{Auth, Credential, CredentialKind, Header, Side, Signature, Wire};
use payspec_review::Item;

use super::shell;
use crate::auth;
use crate::context::{ApiSite, Site};
use crate::links::header_anchor;
use crate::parts::{ChangeView, DisputeView, Link, Prose, Sources, Words, disputes};
use crate::{File, links};

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage<'s> {
    title: &'s str,
    description: Prose,
    disputes: Vec<DisputeView<'s>>,
    operations: Vec<Row>,
    flows: Vec<Row>,
    servers: Vec<ServerRow<'s>>,
    hosts: Vec<HostRow<'s>>,
    headers: Vec<(Side, Vec<HeaderView<'s>>)>,
    wire: Vec<(&'static str, Words)>,
    wire_sources: Sources<'s>,
    wire_disputes: Vec<DisputeView<'s>>,
    signature: Option<SignatureView<'s>>,
    auth: Option<AuthView<'s>>,
    statuses: Vec<StatusRow<'s>>,
    types: Vec<Row>,
}

/// A line of a list of pages.
struct Row {
    link: Link,
    id: String,
    text: Words,
    changes: usize,
}

struct ServerRow<'s> {
    environment: &'s str,
    address: String,
    description: Words,
    sources: Sources<'s>,
}

struct HostRow<'s> {
    region: &'s str,
    host: &'s str,
    role: &'static str,
    note: Words,
    sources: Sources<'s>,
}

struct HeaderView<'s> {
    anchor: String,
    name: &'s str,
    required: bool,
    description: Prose,
    facts: Vec<(&'static str, Words)>,
    sources: Sources<'s>,
    disputes: Vec<DisputeView<'s>>,
    changes: Vec<ChangeView<'s>>,
}

/// The headers that prove who calls, and their credentials.
struct AuthView<'s> {
    headers: Vec<(&'s str, String)>,
    /// The operation that hands out the token, if one does.
    token: Option<&'s str>,
    /// The operations with other headers, each with these.
    own: Vec<(&'s str, Vec<(&'s str, String)>)>,
    /// True if answers have a proof.
    signed: bool,
    /// The proofs of messages: a title, and the facts of each.
    proofs: Vec<(&'static str, Vec<(&'static str, String)>)>,
    credentials: Vec<CredentialView<'s>>,
    sources: Sources<'s>,
    disputes: Vec<DisputeView<'s>>,
    changes: Vec<ChangeView<'s>>,
}

struct CredentialView<'s> {
    name: &'s str,
    kind: &'static str,
    description: Words,
}

struct SignatureView<'s> {
    facts: Vec<(&'static str, Words)>,
    content: [(&'static str, &'s str); 2],
    notes: Vec<Words>,
    sources: Sources<'s>,
    disputes: Vec<DisputeView<'s>>,
    changes: Vec<ChangeView<'s>>,
}

struct StatusRow<'s> {
    anchor: String,
    name: &'s str,
    class: &'static str,
    description: Words,
    sources: Sources<'s>,
}

pub(super) fn page<'s>(site: &'s Site<'_>, one: &'s ApiSite<'_>) -> File {
    let api = one.api;
    let path = &one.index;
    let headers = [
        (Side::Request, &api.request_headers),
        (Side::Response, &api.response_headers),
    ];
    let headers = headers.into_iter().filter(|(_, all)| !all.is_empty());
    let headers = headers.map(|(side, all)| {
        let views = all.iter().map(|header| of_header(site, one, side, header));
        (side, views.collect())
    });
    let about_wire = api.disputes.iter().filter(|one| one.place == "wire");
    let page = ApiPage {
        title: &api.title,
        description: Prose::new(&api.description),
        disputes: disputes(one, path, &[api.origin], None),
        operations: operations(site, one),
        flows: flows(one),
        servers: servers(one),
        hosts: hosts(one),
        headers: headers.collect(),
        wire: of_wire(&api.wire),
        wire_sources: Sources::new(one, path, &api.wire.sources),
        wire_disputes: about_wire
            .map(|dispute| DisputeView::new(one, path, dispute))
            .collect(),
        signature: (api.signature.as_ref()).map(|signature| of_signature(site, one, signature)),
        auth: (api.auth.as_ref()).map(|auth| of_auth(site, one, auth)),
        statuses: statuses(one),
        types: types(one),
    };
    shell::page(site, Some(one), path, &api.title, &page)
}

/// Returns a line that links to a page, if the thing has one.
fn row(one: &ApiSite<'_>, page: Option<&str>, title: &str, id: &str, text: &str) -> Row {
    Row {
        link: Link::new(title, page.map(|page| links::link(&one.index, page))),
        id: id.to_owned(),
        text: Words::new(text),
        changes: 0,
    }
}

fn operations(site: &Site<'_>, one: &ApiSite<'_>) -> Vec<Row> {
    let all = one.api.operations.iter().map(|operation| {
        let page = one.operation(&operation.id);
        let about = &operation.description;
        Row {
            changes: site.changes.count_in(&one.api.id, &operation.id),
            ..row(one, page, &operation.title, &operation.id, about)
        }
    });
    all.collect()
}

fn flows(one: &ApiSite<'_>) -> Vec<Row> {
    let all = one.api.flows.iter().map(|flow| {
        let page = one.flow(&flow.id);
        row(one, page, &flow.title, &flow.id, &flow.description)
    });
    all.collect()
}

/// Returns the objects, enums and unions in the order of their names.
fn types(one: &ApiSite<'_>) -> Vec<Row> {
    let objects = one.api.objects.iter();
    let objects = objects.map(|object| (&object.name, &object.description));
    let enums = one.api.enums.iter();
    let enums = enums.map(|all| (&all.name, &all.description));
    let unions = one.api.unions.iter();
    let unions = unions.map(|all| (&all.name, &all.description));
    let mut types: Vec<Row> = objects
        .chain(enums)
        .chain(unions)
        .map(|(name, text)| row(one, one.type_page(name), name, "", text))
        .collect();
    types.sort_by(|one, other| one.link.text.cmp(&other.link.text));
    types
}

fn servers<'s>(one: &'s ApiSite<'_>) -> Vec<ServerRow<'s>> {
    let all = one.api.servers.iter().map(|server| ServerRow {
        environment: &server.environment,
        address: match &server.host {
            Some(host) => format!("https://{host}{}", server.prefix),
            None => format!("https://HOST{}", server.prefix),
        },
        description: Words::new(&server.description),
        sources: Sources::new(one, &one.index, &server.sources),
    });
    all.collect()
}

fn hosts<'s>(one: &'s ApiSite<'_>) -> Vec<HostRow<'s>> {
    let all = one.api.hosts.iter().map(|host| HostRow {
        region: &host.region,
        host: &host.host,
        role: describe::host_role(host.role),
        note: {
            let since = host.since.as_ref().map(|date| format!("Since {date}."));
            let removed = host.removed.as_ref().map(|date| format!("Removed {date}."));
            let parts: Vec<String> = [since, removed, host.note.clone()]
                .into_iter()
                .flatten()
                .collect();
            Words::new(&parts.join(" "))
        },
        sources: Sources::new(one, &one.index, &host.sources),
    });
    all.collect()
}

fn of_wire(wire: &Wire) -> Vec<(&'static str, Words)> {
    let Wire {
        scalars,
        empty_text,
        lengths,
        decimals,
        description,
        // Shown apart.
        sources: _,
    } = wire;
    let mut facts = vec![
        ("Numbers and booleans", describe::scalars(*scalars)),
        ("Empty texts", describe::empty_text(*empty_text)),
        ("Lengths", describe::lengths(*lengths)),
    ];
    let decimals = describe::decimals(decimals);
    facts.extend(decimals.as_deref().map(|text| ("Decimal places", text)));
    facts.extend(description.as_deref().map(|text| ("In words", text)));
    let facts = facts.into_iter();
    facts.map(|(name, text)| (name, Words::new(text))).collect()
}

fn statuses<'s>(one: &'s ApiSite<'_>) -> Vec<StatusRow<'s>> {
    let all = one.api.statuses.iter().map(|status| StatusRow {
        anchor: links::anchor("status", &status.name),
        name: &status.name,
        class: status.class.as_str(),
        description: Words::new(&status.description),
        sources: Sources::new(one, &one.index, &status.sources),
    });
    all.collect()
}

fn of_header<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    side: Side,
    header: &'s Header,
) -> HeaderView<'s> {
    let Header {
        name,
        required,
        description,
        format,
        max_length,
        pattern,
        example,
        sources,
        origin,
    } = header;
    let mut facts = vec![("Format", Words::new(describe::header_format(*format)))];
    let mut fact = |name, text: &str| facts.push((name, Words::new(text)));
    if let Some(length) = max_length {
        fact("Greatest length", &length.to_string());
    }
    if let Some(pattern) = pattern {
        fact("Pattern", pattern);
    }
    if let Some(example) = example {
        fact("Example", example);
    }
    let item = Item::Header(side, name.to_lowercase());
    HeaderView {
        anchor: header_anchor(side, name),
        name,
        required: *required,
        description: Prose::new(description),
        facts,
        sources: Sources::new(api, &api.index, sources),
        disputes: disputes(api, &api.index, &[*origin], None),
        changes: ChangeView::all(site.changes.at(&api.api.id, None, item)),
    }
}

fn of_auth<'s>(site: &'s Site<'s>, one: &'s ApiSite<'s>, auth: &'s Auth) -> AuthView<'s> {
    let Auth {
        schemes: _,
        token,
        request,
        response,
        notification,
        body_proof,
        unproved,
        encryption,
        sources,
        origin,
    } = auth;
    let api = one.api;
    let credentials = api.credentials.iter().map(|credential| {
        let Credential {
            name,
            kind,
            encoding: _,
            bits: _,
            description,
            sources: _,
            origin: _,
        } = credential;
        CredentialView {
            name,
            kind: match kind {
                CredentialKind::Id => "identifier",
                CredentialKind::Secret => "secret",
                CredentialKind::PrivateKey => "private key",
                CredentialKind::PublicKeys => "public keys",
            },
            description: Words::new(description),
        }
    });
    let items = api.credentials.iter();
    let items = items.map(|one| Item::Credential(one.name.clone()));
    let items = [Item::Auth].into_iter().chain(items);
    let changes = items.flat_map(|item| site.changes.at(&api.id, None, item));
    AuthView {
        headers: auth.headers(),
        token: token.as_ref().map(|token| token.operation.as_str()),
        own: auth::own_headers(api).collect(),
        signed: response.is_some(),
        proofs: [
            ("A signature proves requests", request),
            ("A signature proves answers", response),
            ("A signature proves notifications", notification),
        ]
        .into_iter()
        .filter_map(|(title, proof)| Some((title, proof.as_ref()?.facts())))
        .chain(
            body_proof
                .iter()
                .map(|one| ("A signature in each proves notifications", one.facts())),
        )
        .chain(unproved.map(|_| {
            let fact = (
                "proof",
                "none: each prompts an inquiry and decides nothing".to_owned(),
            );
            ("Nothing proves notifications", vec![fact])
        }))
        .chain(
            encryption
                .iter()
                .map(|one| ("Objects of notifications are encrypted", one.facts())),
        )
        .collect(),
        credentials: credentials.collect(),
        sources: Sources::new(one, &one.index, sources),
        disputes: disputes(one, &one.index, &[*origin], None),
        changes: ChangeView::all(changes.collect()),
    }
}

fn of_signature<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    signature: &'s Signature,
) -> SignatureView<'s> {
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
    let algorithm = format!(
        "{}, called `{algorithm_name}`, keys of {key_bits} bits",
        describe::signature_algorithm(*algorithm)
    );
    let facts = [
        ("Algorithm", algorithm),
        ("Encoding", describe::encoding(encoding)),
        (
            "Header",
            format!("`{header}` with {}", header_keys.join(", ")),
        ),
        ("{uri} means", uri.clone()),
    ];
    SignatureView {
        facts: facts.map(|(name, text)| (name, Words::new(&text))).into(),
        content: [("request", request_content), ("response", response_content)],
        notes: notes.iter().map(|note| Words::new(note)).collect(),
        sources: Sources::new(api, &api.index, sources),
        disputes: disputes(api, &api.index, &[*origin], None),
        changes: ChangeView::all(site.changes.at(&api.api.id, None, Item::Signature)),
    }
}
