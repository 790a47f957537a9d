//! Credentials in the environment.

use payspec_runtime::client::Secret;

/// The beginning of the environment variables that hold credentials.
const VARIABLE: &str = "PAYSPEC_CREDENTIAL_";

/// Returns the variable that holds a credential.
pub(super) fn variable(name: &str) -> String {
    format!("{VARIABLE}{}", name.to_ascii_uppercase())
}

/// Returns the value of a credential in the environment.
pub(super) fn in_environment(name: &str) -> Option<Secret> {
    std::env::var(variable(name)).ok().map(Secret::new)
}
