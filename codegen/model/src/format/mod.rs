//! The spec format, with one type for each construct of a YAML file.
//!
//! These types are the format's only definition: serde reads files into them, and the JSON Schema for
//! editors and the shape check is derived from them. They have the content of a file with unresolved
//! names; resolving turns them into the [`crate::model`].

mod api;
mod approvals;
mod auth;
mod common;
mod constrained;
mod element;
mod extending;
mod field;
mod flow;
mod judging;
mod operation;
mod page;
mod results;
mod schema;
mod types;
mod union;

pub(crate) use api::*;
pub(crate) use auth::*;
pub(crate) use common::*;
pub(crate) use element::*;
pub(crate) use field::*;
pub(crate) use flow::*;
pub(crate) use judging::*;
pub(crate) use operation::*;
pub(crate) use page::*;
pub(crate) use results::*;
pub(crate) use types::*;
pub(crate) use union::*;

// The words of the format, which the model has as they are.
pub use api::{
    EmptyText, HeaderFormat, HostRole, Lengths, Read, Scalars, SignatureAlgorithm,
    SignatureEncoding, SourceKind,
};
pub use auth::CredentialKind;
pub use common::Contradiction;
pub use field::FormatName;
pub use flow::End;
pub use judging::{Decide, PendingAction, SharedCodes};
pub use operation::{Caller, HTTP_STATUS, Method};
pub use page::PageFact;
pub use payspec_runtime::Sensitive;
pub use results::Refusal;
pub use types::EnumType;

// The file of approvals, which the model does not hold.
pub use approvals::*;

pub use schema::printed;
pub(crate) use schema::whole_schema;
pub use schema::{FileKind, schema, schema_of};
