//! Credentials in files and in the environment.

use std::path::Path;

use super::failure::Failure;

/// The beginning of the environment variables that hold credentials.
const VARIABLE: &str = "PAYSPEC_CREDENTIAL_";

/// Returns the variable that holds a credential.
pub(super) fn variable(name: &str) -> String {
    format!("{VARIABLE}{}", name.to_ascii_uppercase())
}

/// Returns the value of a credential in the environment.
pub(super) fn in_environment(name: &str) -> Option<String> {
    std::env::var(variable(name)).ok()
}

/// Reads a secret from a file, without the line end at its end.
pub(super) fn text(file: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(Failure::of(file))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}
