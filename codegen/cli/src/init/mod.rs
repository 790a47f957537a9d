//! `payspec init`: creates a crate with a small working spec.

mod package;
mod stage;

use std::path::Path;

use self::stage::Stage;
use super::args::Starter;
use super::failure::{Failure, shell_word, spec_option};
use super::output::note;
use super::{Outcome, args, schema};
use payspec_model::format::FileKind;

/// The files of the small REST API, below the new folder.
const REST: &[(&str, &str)] = &[("shop/api.yaml", include_str!("../starter/rest/api.yaml"))];

/// The file of the API whose messages are signed.
const SIGNED: &[(&str, &str)] = &[("shop/api.yaml", include_str!("../starter/signed/api.yaml"))];

/// The files of the API with result codes and a flow.
const FULL: &[(&str, &str)] = &[
    ("shop/api.yaml", include_str!("../starter/api.yaml")),
    ("shop/results.yaml", include_str!("../starter/results.yaml")),
    (
        "shop/types/order.yaml",
        include_str!("../starter/types/order.yaml"),
    ),
    (
        "shop/operations/place_order.yaml",
        include_str!("../starter/operations/place_order.yaml"),
    ),
    (
        "shop/operations/find_order.yaml",
        include_str!("../starter/operations/find_order.yaml"),
    ),
    (
        "shop/operations/notify_order.yaml",
        include_str!("../starter/operations/notify_order.yaml"),
    ),
    (
        "shop/flows/order_payment.yaml",
        include_str!("../starter/flows/order_payment.yaml"),
    ),
    (
        "shop/examples/place-order.request.json",
        include_str!("../starter/examples/place-order.request.json"),
    ),
    (
        "shop/examples/place-order.response.json",
        include_str!("../starter/examples/place-order.response.json"),
    ),
    (
        "shop/examples/find-order.response.json",
        include_str!("../starter/examples/find-order.response.json"),
    ),
    (
        "shop/examples/notify-order.request.json",
        include_str!("../starter/examples/notify-order.request.json"),
    ),
];

pub(super) fn run(args: &args::Init) -> Result<Outcome, Failure> {
    let dir = args.dir.as_path();
    let stage = Stage::begin(dir)?;
    let spec = match args.spec_only {
        true => "",
        false => "spec/",
    };
    let files = match args.style {
        Starter::Full => FULL,
        Starter::Rest => REST,
        Starter::Signed => SIGNED,
    };
    for (path, text) in files {
        stage.write(&format!("{spec}{path}"), text)?;
    }
    let schemas = format!("{spec}.schema");
    schema::write_kinds(&stage.path(&schemas), FileKind::ALL)?;
    stage.note(&schemas);
    if !args.spec_only {
        package::write(dir, args, &stage)?;
    }
    for path in stage.finish()? {
        note(format_args!("written {}", path.display()));
    }
    next_steps(dir, args);
    Ok(Outcome::Fine)
}

/// Tells what to do with the new folder.
fn next_steps(dir: &Path, args: &args::Init) {
    let word = shell_word(dir);
    if args.spec_only {
        let option = spec_option(dir);
        note(format_args!("help: check it with `payspec check{option}`"));
        note(format_args!(
            "help: generate code into a crate with `payspec generate{option} --out CRATE/src/api`"
        ));
        return;
    }
    note(format_args!("help: run it with `cd {word} && cargo run`"));
    let then = match args.committed {
        true => {
            "describe your API in `spec`, then run `payspec check` and `payspec generate --out src/api`"
        }
        false => {
            "describe your API in `spec`, then run `payspec check`; `build.rs` generates the code"
        }
    };
    note(format_args!("help: {then}"));
}
