//! Lists the folders below `cases/` for `tests/all/cases.rs`: each with the module that is generated
//! from its spec, and with the sides that this module has types for.

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
    fs::write(Path::new(&env::var("OUT_DIR")?).join("cases.rs"), list)?;
    Ok(())
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
