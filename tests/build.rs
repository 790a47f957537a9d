//! Lists the folders below `cases/` for `tests/all/cases.rs`: each with the module that is generated
//! from its spec, and with the sides that this module has types for. Lists those below `providers/` for
//! `tests/all/providers`, with the operations that the merchant calls.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=cases");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("cases");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    folders.sort();

    let mut list = String::new();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let module = name.replace('-', "_");
        let root_file = folder.join("expected/mod.rs");
        // A folder that is new has no source yet; its test fails until it is written.
        let sides = if root_file.exists() {
            writeln!(list, "#[path = {root_file:?}]\npub mod {module};")?;
            sides(&folder)?
        } else {
            String::new()
        };
        writeln!(list, "case! {{ {module}: {name:?}{sides} }}")?;
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("cases.rs"), list)?;
    println!("cargo::rerun-if-changed=providers");
    fs::write(Path::new(&out).join("providers.rs"), providers()?)?;
    Ok(())
}

/// Lists the providers: a module for each, and a table of their operations.
fn providers() -> Result<String, Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("providers");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    folders.sort();
    let (mut list, mut table) = (String::new(), String::new());
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let root_file = folder.join("expected/mod.rs");
        let mut rows = String::new();
        if root_file.exists() {
            writeln!(list, "#[path = {root_file:?}]\npub mod {name};")?;
            for id in operations(&folder.join(format!("expected/{name}")))? {
                let stem = pascal(&id);
                writeln!(
                    rows,
                    "typed!({name}::{name}::{id}, {id:?}, {stem}Request, {stem}Response),"
                )?;
            }
        }
        writeln!(table, "({name:?}, &[{rows}]),")?;
    }
    writeln!(
        list,
        "pub(crate) const PROVIDERS: &[(&str, &[super::Typed])] = &[{table}];"
    )?;
    Ok(list)
}

/// Returns the operations of a generated API whose answers the HTTP status decides.
fn operations(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let source = fs::read_to_string(&path).unwrap_or_default();
        if source.contains("fn outcome(&self, http_status: u16)") {
            found.extend(
                path.file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned()),
            );
        }
    }
    found.sort();
    Ok(found)
}

/// Returns the name of an operation's types: `create_payment` is `CreatePayment`.
fn pascal(id: &str) -> String {
    let words = id.split('_').map(|word| {
        let (first, rest) = word.split_at(1.min(word.len()));
        first.to_uppercase() + rest
    });
    words.collect()
}

/// The bodies that a case has types for. An answer that decides something is an `outcome`, or an
/// `outcome_by_http_status`; a request of the provider that does is `judged`.
fn sides(folder: &Path) -> std::io::Result<String> {
    let source = fs::read_to_string(folder.join("expected/demo/send.rs"))?;
    let request = match is_judged(&source) {
        true => ", judged",
        false => ", request",
    };
    let answer = if source.contains("fn outcome(&self, http_status: u16)") {
        ", outcome_by_http_status"
    } else if source.contains("impl SendResponse {") {
        ", outcome"
    } else if source.contains("pub struct SendResponse") {
        ", response"
    } else {
        ""
    };
    Ok(format!("{request}{answer}"))
}

/// Returns whether a request has an outcome: what it implements beside the values of fixed fields.
fn is_judged(source: &str) -> bool {
    let mut blocks = source.split("impl SendRequest {").skip(1);
    blocks.any(|block| !block.trim_start().starts_with("fn fixed_"))
}
