//! Tests of the reference site.

mod hostile;
mod programs;
mod rust;
mod since;
mod site;
mod size;
mod write;

use std::path::Path;

use payspec_model::model::Model;
use payspec_model::source::OneApi;
use payspec_model::{load, load_from};
use payspec_reference::{File, Options, site};

/// The name of the generated crate of the real spec.
const CRATE: &str = "alipay_instore";

/// Returns the model of the repository's spec.
fn real() -> Model {
    load(Path::new("../../spec"))
        .model
        .expect("the spec is valid")
}

/// Returns the model of the small API that `payspec init` writes.
fn small() -> Model {
    let loaded = load_from(&OneApi::new(Path::new("../cli/src"), "starter"));
    loaded.model.expect("the spec is valid")
}

/// Returns the site of a model.
fn made(model: &Model) -> Vec<File> {
    let options = Options {
        crate_name: Some(CRATE),
        since: None,
    };
    site(model, &options)
}

/// Returns a file of a site.
fn page<'f>(files: &'f [File], path: &str) -> &'f str {
    let file = files.iter().find(|file| file.path == path);
    &file.unwrap_or_else(|| panic!("no {path}")).text
}
