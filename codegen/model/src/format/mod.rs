//! The spec format as it stands in a YAML file, one type per construct.
//!
//! These types are the format's only definition: serde reads files into them, and the JSON Schema
//! that editors and the shape check use is derived from them. They hold what a file says, with
//! names unresolved; resolving turns them into the [`crate::model`].

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
