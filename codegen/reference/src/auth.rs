//! Credentials in a command for `curl`.

use payspec_model::model::{Api, AuthKind, HeaderPart};

/// Returns the options of `curl` that carry the credentials, each with its value. Their names stand for their values.
pub(crate) fn options(api: &Api) -> impl Iterator<Item = (&'static str, String)> {
    let schemes = api.auth.iter().flat_map(|auth| &auth.schemes);
    schemes.map(|scheme| match &scheme.kind {
        AuthKind::Bearer { token } => ("-H", format!("Authorization: Bearer <{token}>")),
        AuthKind::Basic { user, password } => ("-u", format!("<{user}>:<{password}>")),
        AuthKind::Header { name, parts } => {
            let parts = parts.iter().map(|part| match part {
                HeaderPart::Text(text) => text.clone(),
                HeaderPart::Credential(name) => format!("<{name}>"),
            });
            ("-H", format!("{name}: {}", parts.collect::<String>()))
        }
    })
}
