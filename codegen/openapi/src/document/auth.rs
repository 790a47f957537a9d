//! Credentials as security schemes.

use payspec_model::model::{
    Api, Auth, AuthKind, AuthScheme, HeaderPart, IssuedToken, MessageProof, Operation,
};
use payspec_model::pointer::pointer;

use crate::facts;
use crate::json::{Json, Map};

/// Returns the name of a security scheme. Names of components have fewer characters than those of headers.
fn name(kind: &AuthKind) -> String {
    match kind {
        AuthKind::Bearer { .. } => "bearer".to_owned(),
        AuthKind::Basic { .. } => "basic".to_owned(),
        AuthKind::Header { name, .. } => of_header(name),
    }
}

fn of_header(name: &str) -> String {
    let is_allowed = |char: char| char.is_ascii_alphanumeric() || "-_.".contains(char);
    name.replace(|char| !is_allowed(char), "_")
}

/// Returns the headers that prove who calls.
pub(super) fn schemes(api: &Api) -> Map {
    let schemes = api.auth.iter().flat_map(|auth| {
        let Auth {
            schemes,
            token,
            request,
            // A security scheme is about requests of the client.
            response: _,
            notification: _,
            body_proof: _,
            unproved: _,
            // The operation that is encrypted has it.
            encryption: _,
            sources,
            origin,
        } = auth;
        let own = api.operations.iter().flat_map(|operation| {
            let schemes = operation.auth.iter().flat_map(|own| &own.schemes);
            schemes.map(move |scheme| (own_name(operation, scheme), scheme_of(api, scheme)))
        });
        let schemes = schemes.iter();
        let schemes = schemes.map(|scheme| (name(&scheme.kind), scheme_of(api, scheme)));
        let schemes = schemes.chain(own);
        let token = token.iter().filter_map(|one| token_of(api, one));
        let schemes = schemes.chain(token.map(|scheme| (TOKEN.to_owned(), scheme)));
        let signed = request.iter().flat_map(|proof| signed(api, proof));
        schemes.chain(signed).map(|(name, written)| {
            let written = written
                .and(facts::sources(api, "x-payspec-sources", sources))
                .and(facts::disputes(api, "x-payspec-disputes", &[*origin]));
            (name, written)
        })
    });
    schemes.fold(Map::new(), |all, (name, scheme)| all.with(&name, scheme))
}

/// Returns the name of a security scheme that only one operation has.
pub(super) fn own_name(operation: &Operation, scheme: &AuthScheme) -> String {
    format!("{}_{}", operation.id, name(&scheme.kind))
}

/// Returns the names of the security schemes of an API, which hold at once.
pub(super) fn names(auth: &Auth) -> Vec<String> {
    let schemes = auth.schemes.iter().map(|scheme| name(&scheme.kind));
    let token = auth.token.iter().map(|_| TOKEN.to_owned());
    let schemes = schemes.chain(token);
    let signed = auth.request.iter().flat_map(MessageProof::headers);
    schemes
        .chain(signed.map(|(header, _)| of_header(header)))
        .collect()
}

/// Returns the headers of a signature. OpenAPI has no security scheme for signatures, so each is a header.
fn signed(api: &Api, proof: &MessageProof) -> Vec<(String, Map)> {
    let credentials = named(api, &proof.credential_names().collect::<Vec<_>>());
    let headers = proof.headers().into_iter();
    let headers = headers.map(|(header, value)| {
        let text = format!(
            "The value is `{value}`. The signature is `{}` in {} over `{}`.",
            proof.algorithm.as_str(),
            proof.encoding_steps(),
            proof.content.escape_debug(),
        );
        let written = Map::new()
            .with("type", "apiKey")
            .with("in", "header")
            .with("name", header)
            .with("description", text)
            .with("x-payspec-credentials", credentials.clone());
        (of_header(header), written)
    });
    headers.collect()
}

/// The name of the security scheme of tokens that an operation hands out.
const TOKEN: &str = "token";

/// Returns the security scheme of tokens that an operation hands out: OAuth 2.0 with client credentials. The URL is that of
/// the first environment.
fn token_of(api: &Api, token: &IssuedToken) -> Option<Map> {
    let IssuedToken {
        operation: id,
        token,
        expires_in,
        origin: _,
    } = token;
    let operation = api.operation(id)?;
    let server = api.servers.first();
    let url = match server {
        Some(server) => {
            let host = server.host.as_ref().map(|host| format!("https://{host}"));
            format!(
                "{}{}{}",
                host.unwrap_or_default(),
                server.prefix,
                operation.path
            )
        }
        None => operation.path.clone(),
    };
    let flow = Map::new().with("tokenUrl", url).with("scopes", Map::new());
    let from = Map::new()
        .with("operation", id.as_str())
        .with("token", pointer(token))
        .with("expires_in", pointer(expires_in));
    Some(
        Map::new()
            .with("type", "oauth2")
            .with("flows", Map::new().with("clientCredentials", flow))
            .with("x-payspec-token", from),
    )
}

fn scheme_of(api: &Api, scheme: &AuthScheme) -> Map {
    let AuthScheme { kind, origin: _ } = scheme;
    let scheme = match kind {
        AuthKind::Bearer { .. } => Map::new().with("type", "http").with("scheme", "bearer"),
        AuthKind::Basic { .. } => Map::new().with("type", "http").with("scheme", "basic"),
        AuthKind::Header { name, .. } => Map::new()
            .with("type", "apiKey")
            .with("in", "header")
            .with("name", name),
    };
    scheme
        .with_filled("description", description(api, kind))
        .with("x-payspec-credentials", credentials(api, kind))
}

/// Returns the descriptions of the credentials, and the form of a value that is not a credential alone.
fn description(api: &Api, kind: &AuthKind) -> String {
    let names = kind.credentials();
    let credentials = api.credentials.iter();
    let credentials = credentials.filter(|one| names.contains(&one.name.as_str()));
    let texts = credentials.map(|one| one.description.clone());
    let form = match kind {
        AuthKind::Header { parts, .. } => match parts.as_slice() {
            [HeaderPart::Credential(_)] => None,
            _ => Some(format!("The value is `{}`.", kind.template())),
        },
        AuthKind::Bearer { .. } | AuthKind::Basic { .. } => None,
    };
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).chain(form).collect();
    texts.join(" ")
}

fn credentials(api: &Api, kind: &AuthKind) -> Json {
    named(api, &kind.credentials())
}

fn named(api: &Api, names: &[&str]) -> Json {
    let all = names.iter().copied().filter_map(|name| {
        let mut credentials = api.credentials.iter();
        let credential = credentials.find(|one| one.name == name)?;
        Some(
            Map::new()
                .with("name", name)
                .with("kind", credential.kind.as_str()),
        )
    });
    all.collect()
}
