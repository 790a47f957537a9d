//! The resolved description, which emitters, the message checker and every report read.
//!
//! The model does not depend on YAML or on its readers. Names are resolved to ids, facts have their
//! sources, and everything has an [`Origin`] for reports. Vectors have the order of the spec.

mod agreement;
mod amount;
mod api;
mod auth;
mod body_proof;
mod constraint;
mod decision;
mod decisive;
mod dispute;
mod drive;
mod element;
mod flow;
mod json_type;
mod layout;
mod message_proof;
mod operation;
mod outcome;
mod pagination;
mod purpose;
mod reachable;
mod refined;
mod response;
mod side;
mod template;
mod token_request;
mod types;
mod union;
mod whole_body;

pub use agreement::*;
pub use amount::*;
pub use api::*;
pub(crate) use auth::AUTHORIZATION;
pub use auth::{
    Auth, AuthKind, AuthScheme, Credential, CredentialKind, Encryption, HeaderPart, IssuedToken,
    OperationAuth,
};
pub use body_proof::BodyProof;
pub use constraint::*;
pub use decision::*;
pub use dispute::*;
pub use drive::{Filled, Obstacle};
pub use element::{Element, Map};
pub use flow::*;
pub use message_proof::{
    MessageProof, ProofKeyId, ProofList, ProofNonce, ProofOf, ProofPlace, ProofTime,
};
pub use operation::*;
pub use outcome::*;
pub use pagination::{Cursor, Pagination};
pub use purpose::Purposes;
pub use reachable::*;
pub use refined::Refined;
pub(crate) use response::responses_of_case;
pub use response::{Response, ResponseField};
pub use side::Side;
pub use template::TemplatePart;
pub(crate) use template::{NotTemplate, Piece, TemplateOf, pieces};
pub use types::*;
pub use union::{Discriminator, Union, Variant, is_step, without_steps};
pub use whole_body::WHOLE_BODY;

/// All APIs of a spec folder.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    /// The files that were read, indexed by [`Origin::file`]; paths are relative to the parent of the
    /// spec folder as the user named it, with `/` between the parts.
    pub files: Vec<String>,
    /// The APIs, sorted by id.
    pub apis: Vec<Api>,
}

impl Model {
    /// Returns the API with this id.
    pub fn api(&self, id: &str) -> Option<&Api> {
        self.apis.iter().find(|api| api.id == id)
    }

    /// Returns the operation with this id, and its API.
    pub fn operation(&self, id: &str) -> Option<(&Api, &Operation)> {
        self.apis.iter().find_map(|api| {
            let operation = api.operations.iter().find(|operation| operation.id == id)?;
            Some((api, operation))
        })
    }

    /// Returns `file:line` of an origin.
    pub fn place(&self, origin: Origin) -> String {
        let file = self
            .files
            .get(origin.file as usize)
            .map_or("?", String::as_str);
        format!("{file}:{}", origin.line)
    }
}

/// A place in the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// Index into [`Model::files`].
    pub file: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Ids of the sources of a fact: indices into [`Api::sources`], the most trusted first.
pub type SourceIds = Vec<usize>;
