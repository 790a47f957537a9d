//! The spec format, with one type for each construct of a YAML file.
//!
//! These types are the format's only definition: serde reads files into them, and the JSON Schema for
//! editors and the shape check is derived from them. They have the content of a file with unresolved
//! names; resolving turns them into the [`crate::model`].

mod api;
mod approvals;
mod common;
mod extending;
mod field;
mod flow;
mod operation;
mod page;
mod results;
mod schema;
mod types;

pub use api::*;
pub use approvals::*;
pub use common::*;
pub use field::*;
pub use flow::*;
pub use operation::*;
pub use page::*;
pub use results::*;
pub use schema::printed;
pub(crate) use schema::whole_schema;
pub use schema::{FileKind, schema};
pub use types::*;
