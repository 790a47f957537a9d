//! The sections of a page.

use schemars::JsonSchema;
use serde::Serialize;

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Section {
    /// Before the parameters: navigation, title, date, endpoint, purpose, structure.
    Head,
    /// The parameters of the request.
    Request,
    /// The parameters of the response.
    Response,
    /// Objects that tables describe apart from the parameters.
    Objects,
    /// The example messages.
    Examples,
    /// Prose about single parameters, after the examples.
    MoreInformation,
    /// The meaning of each result status.
    ResultLogic,
    /// The table of result codes.
    Codes,
    /// Everything after the last section.
    Footer,
    /// A section under a heading that no rule knows.
    Other,
}

impl Section {
    /// Returns whether every line of it has to be accounted for.
    pub(crate) const fn is_read(self) -> bool {
        match self {
            Section::Request
            | Section::Response
            | Section::Objects
            | Section::Examples
            | Section::Codes => true,
            Section::Head
            | Section::MoreInformation
            | Section::ResultLogic
            | Section::Footer
            | Section::Other => false,
        }
    }

    /// Returns whether it lists parameters.
    pub(crate) const fn has_parameters(self) -> bool {
        match self {
            Section::Request | Section::Response | Section::Objects => true,
            Section::Head
            | Section::Examples
            | Section::MoreInformation
            | Section::ResultLogic
            | Section::Codes
            | Section::Footer
            | Section::Other => false,
        }
    }
}
