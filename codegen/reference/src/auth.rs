//! The headers that prove who calls: those of single operations, and those of a command for `curl`.

use payspec_model::model::{Api, AuthKind, AuthScheme, HeaderPart, MessageProof, Operation};

/// Returns the options of `curl` that carry the credentials, each with its value. Their names stand for their values.
pub(crate) fn options<'a>(
    api: &'a Api,
    operation: &'a Operation,
) -> impl Iterator<Item = (&'static str, String)> + 'a {
    let auths = api.auth.iter();
    let signed = auths.clone().filter_map(|auth| auth.request.as_ref());
    let signed = signed.flat_map(MessageProof::headers);
    let signed = signed.map(|(name, value)| {
        let value = value.replace('{', "<").replace('}', ">");
        ("-H", format!("{name}: {value}"))
    });
    let token = auths.clone().filter_map(|auth| auth.token_of(operation));
    let token = token.map(|token| {
        let from = &token.operation;
        ("-H", format!("Authorization: Bearer <token of {from}>"))
    });
    let schemes = auths.flat_map(|auth| auth.schemes_of(operation));
    let schemes = schemes.map(|scheme| match &scheme.kind {
        AuthKind::Bearer { token } => ("-H", format!("Authorization: Bearer <{token}>")),
        AuthKind::Basic { user, password } => ("-u", format!("<{user}>:<{password}>")),
        AuthKind::Header { name, parts } => {
            let parts = parts.iter().map(|part| match part {
                HeaderPart::Text(text) => text.clone(),
                HeaderPart::Credential(name) => format!("<{name}>"),
            });
            ("-H", format!("{name}: {}", parts.collect::<String>()))
        }
    });
    schemes.chain(token).chain(signed)
}

/// Returns the operations with other headers than their API, each with these.
pub(crate) fn own_headers(api: &Api) -> impl Iterator<Item = (&str, Vec<(&str, String)>)> {
    api.operations.iter().filter_map(|operation| {
        let own = operation.auth.as_ref()?;
        let headers = own.schemes.iter().map(AuthScheme::header);
        Some((operation.id.as_str(), headers.collect()))
    })
}
