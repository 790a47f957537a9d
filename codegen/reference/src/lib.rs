//! The reference site of a described API: static pages that work from a disk, from a server and on paper.
//!
//! [`site`] turns a model into the files of a site: a page for each operation, type and flow, the tables of codes, the
//! sources, and an index for the search. [`write`](write()) updates a folder to them. With the model of another
//! revision, each page also shows what changed at the place where it changed.
//!
//! Start at `pages/operation.rs` for a page, at `fields.rs` for a field, and at `links.rs` for the address of
//! anything. A page is a struct with a template in `templates/`; `templates/site.css` and `templates/site.js` are the
//! looks and the script, which pages can do without.
//!
//! This crate only reads the model: it knows no YAML, no files of a spec and no command line. It makes up no words for
//! a rule: these are those of violations, as `payspec_model::describe` returns them. Diagrams and programs in Rust come
//! from `payspec-codegen`, which draws and writes them for the generated crate; changes come from `payspec-review`.

mod auth;
mod changes;
mod context;
mod fields;
mod links;
mod pages;
mod parts;
mod request;
mod search;
mod types;
mod write;

use payspec_model::model::Model;

pub use write::{WriteError, write};

use self::changes::Changes;
use self::context::Site;

/// The settings of a site.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'m> {
    /// The name of the generated crate. If present, requests are also shown in Rust.
    pub crate_name: Option<&'m str>,
    /// The revision to compare with.
    pub since: Option<Since<'m>>,
}

/// An older revision of the spec.
#[derive(Debug, Clone, Copy)]
pub struct Since<'m> {
    /// The name for readers: a tag or a commit.
    pub name: &'m str,
    /// The model of the revision.
    pub model: &'m Model,
}

/// A file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path below the folder of the site, with `/` between the parts.
    pub path: String,
    /// The content.
    pub text: String,
}

/// Returns the files of the site of a model. The same model gives the same files.
///
/// ```
/// use payspec_model::load;
/// use payspec_reference::{Options, site};
/// use std::path::Path;
///
/// let model = load(Path::new("../../spec")).model.ok_or("the spec has errors")?;
/// let files = site(&model, &Options::default());
/// assert!(files.iter().any(|file| file.path == "ams_instore/operations/cancel.html"));
/// # Ok::<(), &str>(())
/// ```
pub fn site(model: &Model, options: &Options<'_>) -> Vec<File> {
    let changes = Changes::of(model, options.since);
    pages::all(&Site::new(model, options.crate_name, &changes))
}
