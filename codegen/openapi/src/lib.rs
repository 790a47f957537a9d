//! OpenAPI documents and JSON Schemas of a described API.
//!
//! [`document`] returns the OpenAPI document of an API, for people and for generators of code in other languages.
//! [`message_schema`] and [`api_schema`] return JSON Schemas, which validate messages as the message checker of
//! `payspec-model` does. [`text`] writes either as JSON or YAML.
//!
//! Start at `document/mod.rs` for a part of a document, at `schema/mod.rs` for a type, a rule or a condition.
//! `docs/openapi.md` describes the `x-payspec-` keywords.
//!
//! This crate only reads the model: it knows neither spec files nor folders, and no other output knows it. It applies
//! no rule to a message: what a schema says of a rule follows from the rule's definition in `payspec-runtime`, and the
//! tests hold the two against each other.

mod choose_names;
mod document;
mod facts;
pub mod json;
mod message;
mod names;
mod print;
mod scalar;
mod schema;

use payspec_model::model::Api;

pub use message::{MessageSchema, api_schema, message_schema};
pub use print::{Form, text};
pub use schema::{Unsaid, Why};

/// A version of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 3.1, whose schemas are JSON Schema 2020-12.
    V31,
    /// 3.0, which has neither webhooks nor conditions.
    V30,
}

/// Returns the OpenAPI document of an API.
///
/// ```
/// use payspec_model::load;
/// use payspec_openapi::{Form, Version, document, text};
/// use std::path::Path;
///
/// let model = load(Path::new("../../spec")).model.ok_or("the spec has errors")?;
/// let api = model.api("ams_instore").ok_or("no such API")?;
/// let yaml = text(&document(api, Version::V31), Form::Yaml)?;
/// assert!(yaml.starts_with("openapi: '3.1.1'\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn document(api: &Api, version: Version) -> json::Map {
    document::document(api, version)
}
