//! Names that the pages mention and nothing runs: options of payspec, tests and steps, links.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::page::{Page, without_variables};
use super::pages;
use crate::support::{root, with};

/// Every command that a page shows or mentions: the lines of its blocks, and code in its text.
fn mentioned(page: &Page) -> impl Iterator<Item = &str> {
    let lines = page.blocks.iter().flat_map(|block| block.text.lines());
    let code = page.code.iter().map(String::as_str);
    lines.chain(code).map(|line| {
        let line = line.trim_start_matches("$ ");
        line.split(" #").next().unwrap_or(line).trim()
    })
}

#[test]
fn options_exist() {
    let mut help: BTreeMap<String, String> = BTreeMap::new();
    let mut looked_at = 0;
    let mut missing = Vec::new();
    for page in pages() {
        for line in mentioned(&page) {
            let Some(rest) = line.strip_prefix("payspec ") else {
                continue;
            };
            let mut words = rest.split(|c: char| c.is_whitespace() || "|)".contains(c));
            let Some(command) = words.next().filter(|word| !word.starts_with(['-', '…'])) else {
                continue;
            };
            // `COMMAND` and the like stand for any.
            if command.chars().all(char::is_uppercase) || command == "help" {
                continue;
            }
            let text = help.entry(command.to_owned()).or_insert_with(|| {
                let help = with(&[command, "--help"]);
                if help.code == Some(0) {
                    help.stdout
                } else {
                    String::new()
                }
            });
            if text.is_empty() {
                missing.push(format!("{}: `{line}`: no command {command}", page.path));
                continue;
            }
            for option in words.filter(|word| word.starts_with("--") && word.len() > 2) {
                let name = option.split(['=', '`', '/', ',']).next().unwrap_or(option);
                looked_at += 1;
                let stands = text.match_indices(name).any(|(at, _)| {
                    !text[at + name.len()..].starts_with(|c: char| c == '-' || c.is_alphanumeric())
                });
                if !stands {
                    missing.push(format!("{}: `{line}`: no option {name}", page.path));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(looked_at > 40, "{looked_at} options");
}

/// The packages of the workspace and their folders.
fn packages() -> BTreeMap<String, PathBuf> {
    let folders = ["codegen", "."].into_iter().flat_map(|parent| {
        let entries = fs::read_dir(root().join(parent)).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path())
    });
    folders
        .filter_map(|folder| {
            let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
            let manifest: toml_edit::DocumentMut = manifest.parse().expect("a manifest");
            let name = manifest.get("package")?.get("name")?.as_str()?.to_owned();
            Some((name, folder))
        })
        .collect()
}

/// The text of all Rust files below a folder.
fn sources(folder: &Path) -> String {
    let mut text = String::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                text += &fs::read_to_string(path).expect("a file");
            }
        }
    }
    text
}

/// Returns what a `cargo` command names that is not there.
fn unknown_to_cargo(line: &str, packages: &BTreeMap<String, PathBuf>) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let value = |option: &str| {
        words
            .windows(2)
            .find(|pair| pair[0] == option)
            .map(|pair| pair[1])
    };
    // Capitals stand for any name.
    let stands_for_any = |name: &str| name.chars().all(|c| c.is_uppercase() || c == '_');
    let folder = match value("-p").or_else(|| value("--bin")) {
        Some(name) if stands_for_any(name) => return None,
        Some(name) => match packages.get(name) {
            Some(folder) => folder.clone(),
            None => return Some(format!("no package {name}")),
        },
        None => root().join("tests"),
    };
    for (option, place) in [
        ("--test", "tests"),
        ("--bench", "benches"),
        ("--example", "examples"),
    ] {
        let Some(name) = value(option) else { continue };
        // Without a package, cargo looks for an example in all of them.
        let mut folders = match value("-p") {
            Some(_) => vec![folder.clone()],
            None => packages.values().cloned().collect(),
        };
        folders.retain(|folder| {
            let file = folder.join(place).join(name);
            file.is_dir() || file.with_extension("rs").exists()
        });
        if folders.is_empty() {
            return Some(format!("no {place}/{name}"));
        }
    }
    if words.get(1) != Some(&"test") {
        return None;
    }
    // What is no option, nor the value of one, is a part of the path of a test.
    let mut takes = false;
    let filters = words.iter().skip(2).filter(|word| {
        let filter = !takes && !word.starts_with('-');
        takes = ["-p", "--test", "--profile"].contains(word);
        filter
    });
    let text = sources(&folder);
    for filter in filters {
        for part in filter.split("::").filter(|part| !part.is_empty()) {
            let named = [format!("mod {part}"), format!("fn {part}")];
            let within = text
                .lines()
                .any(|line| line.contains("fn ") && line.contains(part));
            if !named.iter().any(|name| text.contains(name.as_str())) && !within {
                return Some(format!("no test {filter}"));
            }
        }
    }
    None
}

#[test]
fn tests_and_steps_exist() {
    let packages = packages();
    let more = fs::read_to_string(root().join(".ci/more")).expect("a script");
    let mut missing = Vec::new();
    let mut looked_at = 0;
    for page in pages() {
        for line in mentioned(&page) {
            let line = without_variables(line.trim_start_matches("bash "));
            let fault = if line.starts_with("cargo ") {
                unknown_to_cargo(line, &packages)
            } else if let Some(step) = line.strip_prefix(".ci/more ") {
                let step = step.split(' ').next().unwrap_or_default();
                let stands = more.contains(&format!("\n    {step})"));
                (!stands).then(|| format!("no step {step}"))
            } else if line.starts_with(".ci/") || line.starts_with("tests/") {
                let path = line.split([' ', '*']).next().unwrap_or_default();
                (!path.contains('<') && !path.ends_with('/') && !root().join(path).exists())
                    .then(|| format!("no file {path}"))
            } else {
                continue;
            };
            looked_at += 1;
            missing.extend(fault.map(|fault| format!("{}: `{line}`: {fault}", page.path)));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(looked_at > 40, "{looked_at} commands");
}

#[test]
fn a_command_that_is_stale_is_found() {
    let packages = packages();
    for (line, wanted) in [
        (
            "cargo test -p payspec-nothing",
            "no package payspec-nothing",
        ),
        (
            "cargo bench -p payspec-tests --bench nothing",
            "no benches/nothing",
        ),
        (
            "cargo test -p payspec-tests --test all life::nowhere",
            "no test life::nowhere",
        ),
    ] {
        assert_eq!(unknown_to_cargo(line, &packages).as_deref(), Some(wanted));
    }
    let good = "cargo test -p payspec-tests --test all life::explorer -- --ignored";
    assert_eq!(unknown_to_cargo(good, &packages), None);
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    let mut looked_at = 0;
    for page in pages() {
        let here = root().join(&page.path);
        let folder = here.parent().expect("a folder");
        for link in page.links.iter().filter(|link| !link.contains("://")) {
            looked_at += 1;
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if path.is_empty() {
                here.clone()
            } else {
                folder.join(path)
            };
            if !file.exists() {
                broken.push(format!("{}: {link}", page.path));
            } else if !anchor.is_empty() {
                let text = fs::read_to_string(&file).expect("a page");
                let there = Page::parse(link, &text).anchors;
                if !there.iter().any(|one| one == anchor) {
                    broken.push(format!("{}: {link}: no such heading", page.path));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(looked_at > 60, "{looked_at} links");
}
