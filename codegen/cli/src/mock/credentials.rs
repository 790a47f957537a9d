//! The credentials that the mock gateway demands.

use payspec_mock::TestCredentials;
use payspec_model::model::{Auth, AuthScheme, Credential, CredentialKind, Model};

use crate::args;
use crate::credential::in_environment;
use crate::failure::Failure;
use crate::output::note;

/// Collects the credentials from the options and the environment. An option counts more.
pub(super) fn given(model: &Model, args: &args::Mock) -> Result<TestCredentials, Failure> {
    let mut given = TestCredentials::default();
    for Credential { name, .. } in texts(model) {
        if let Some(value) = in_environment(name) {
            given = given.with(name, value);
        }
    }
    for args::Credential { name, value } in &args.credential {
        if !texts(model).any(|one| one.name == *name) {
            let known: Vec<&str> = texts(model).map(|one| one.name.as_str()).collect();
            let why = match known.as_slice() {
                [] => "this spec has no credentials".to_owned(),
                known => format!("expected NAME=VALUE with one of {}", known.join(", ")),
            };
            return Err(Failure::Usage(format!("invalid `--credential`: {why}")));
        }
        given = given.with(name, value.clone());
    }
    Ok(given)
}

/// Tells the user what a client needs. A credential that was given is not shown.
pub(super) fn introduce(model: &Model, given: &TestCredentials) {
    let mut lines = Vec::new();
    for api in &model.apis {
        let headers = api.auth.iter().flat_map(Auth::headers);
        lines.extend(headers.map(|(name, value)| format!("  {name}: {value}")));
        for operation in &api.operations {
            let own = operation.auth.iter().flat_map(|own| &own.schemes);
            let own = own.map(AuthScheme::header);
            let id = &operation.id;
            lines.extend(own.map(|(name, value)| format!("  {name}: {value} (instead, in {id})")));
        }
    }
    if lines.is_empty() {
        return;
    }
    let mut text = format!("requests need these headers:\n{}", lines.join("\n"));
    let own = texts(model).filter(|one| !given.has(&one.name));
    let own: Vec<String> = own
        .map(|one| {
            let value = TestCredentials::test_value_of(model, one);
            format!("  {}: {value}", one.name)
        })
        .collect();
    if !own.is_empty() {
        text += &format!(
            "\nwith these test values, which are no secrets:\n{}",
            own.join("\n")
        );
    }
    note(text);
}

/// Returns the credentials that are texts. Keys come from `--keys` and `--client-key`.
fn texts(model: &Model) -> impl Iterator<Item = &Credential> {
    let all = model.apis.iter().flat_map(|api| &api.credentials);
    all.filter(|one| match one.kind {
        CredentialKind::Id | CredentialKind::Secret => true,
        CredentialKind::PrivateKey | CredentialKind::PublicKeys => false,
    })
}
