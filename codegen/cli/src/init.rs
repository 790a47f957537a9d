//! `payspec init`: creates a small working spec.

use std::fs;
use std::io;
use std::path::Path;

use super::failure::{Failure, spec_option};
use super::output::note;
use super::{Outcome, args, schema};
use payspec_model::format::FileKind;

/// The files of the starter, below the new folder.
const FILES: &[(&str, &str)] = &[
    ("shop/api.yaml", include_str!("starter/api.yaml")),
    ("shop/results.yaml", include_str!("starter/results.yaml")),
    (
        "shop/types/order.yaml",
        include_str!("starter/types/order.yaml"),
    ),
    (
        "shop/operations/place_order.yaml",
        include_str!("starter/operations/place_order.yaml"),
    ),
    (
        "shop/operations/find_order.yaml",
        include_str!("starter/operations/find_order.yaml"),
    ),
    (
        "shop/operations/notify_order.yaml",
        include_str!("starter/operations/notify_order.yaml"),
    ),
    (
        "shop/flows/order_payment.yaml",
        include_str!("starter/flows/order_payment.yaml"),
    ),
    (
        "shop/examples/place-order.request.json",
        include_str!("starter/examples/place-order.request.json"),
    ),
    (
        "shop/examples/place-order.response.json",
        include_str!("starter/examples/place-order.response.json"),
    ),
    (
        "shop/examples/find-order.response.json",
        include_str!("starter/examples/find-order.response.json"),
    ),
    (
        "shop/examples/notify-order.request.json",
        include_str!("starter/examples/notify-order.request.json"),
    ),
];

pub(super) fn run(args: &args::Init) -> Result<Outcome, Failure> {
    let dir = args.dir.as_path();
    refuse_what_is_there(dir)?;
    for (path, text) in FILES {
        let path = dir.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Failure::of(folder))?;
        }
        fs::write(&path, text).map_err(Failure::of(&path))?;
        note(format_args!("written {}", path.display()));
    }
    schema::write_kinds(&dir.join(".schema"), FileKind::ALL)?;
    note(format_args!("written {}", dir.join(".schema").display()));
    note(format_args!(
        "help: check it with `payspec check{}`",
        spec_option(dir)
    ));
    note(format_args!(
        "help: generate a crate with `payspec generate{} --out CRATE/src`; the crate depends on `payspec-runtime`",
        spec_option(dir)
    ));
    Ok(Outcome::Fine)
}

/// Refuses a folder that has files, because they may be somebody's work.
fn refuse_what_is_there(dir: &Path) -> Result<(), Failure> {
    match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Failure::Usage(format!("{} is not empty", dir.display()))),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::of(dir)(error)),
    }
}
