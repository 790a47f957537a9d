use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Disputed, Sources};

/// A credential: what a merchant is given to prove who calls. A spec has its name, never its value.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Credential {
    /// The kind.
    #[serde(default)]
    pub(crate) kind: CredentialKind,
    /// The description, in one or two sentences.
    #[serde(default)]
    #[schemars(length(min = 1))]
    pub(crate) description: String,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The kinds of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// An identifier, which may be shown.
    Id,
    /// A secret: no log, error or report shows it.
    #[default]
    Secret,
}

impl CredentialKind {
    /// Returns the word for it in a spec.
    pub fn as_str(self) -> &'static str {
        match self {
            CredentialKind::Id => "id",
            CredentialKind::Secret => "secret",
        }
    }
}

/// The proof of the sender of messages that are not signed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Auth {
    /// The headers of every request.
    pub(crate) request: AuthScheme,
    /// The sources, if other than those of the file.
    #[serde(default)]
    pub(crate) source: Option<Sources>,
    /// The points on which sources disagree.
    #[serde(default)]
    pub(crate) disputed: Vec<Disputed>,
}

/// The headers that prove who calls.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct AuthScheme {
    /// The credential that is the token in `Authorization: Bearer TOKEN`.
    #[serde(default)]
    pub(crate) bearer: Option<String>,
    /// The credentials that are the user name and the password of basic authentication.
    #[serde(default)]
    #[schemars(length(min = 2, max = 2))]
    pub(crate) basic: Option<Vec<String>>,
    /// Other headers, by name: each a text with the names of credentials in braces.
    #[serde(default)]
    pub(crate) headers: IndexMap<String, String>,
}
