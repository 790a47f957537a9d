//! The settings of a project, as its `payspec.toml` states them.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use payspec_runtime::closest;
use toml_edit::{Document, Item};

use super::args::FailOn;
use super::failure::Failure;

/// Name of the file.
pub(super) const FILE_NAME: &str = "payspec.toml";

/// The settings. Paths are relative to the folder of the file.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// Folder of the spec.
    pub(super) spec: Option<PathBuf>,
    /// Folder of the generated crate.
    pub(super) package: Option<PathBuf>,
    /// Approvals file.
    pub(super) approvals: Option<PathBuf>,
    /// Lowest level that fails `payspec diff`.
    pub(super) fail_on: Option<FailOn>,
}

/// The keys of the file.
const KEYS: &[&str] = &["spec", "package", "approvals", "fail-on"];

impl Settings {
    /// Reads a file; [`None`] if it does not exist.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, Failure> {
        match std::fs::read_to_string(path) {
            Ok(text) => Settings::parse(&text, path).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::of(path)(error)),
        }
    }

    fn parse(text: &str, path: &Path) -> Result<Self, Failure> {
        let wrong = |at: Option<std::ops::Range<usize>>, message: String| {
            let (line, column) = position(text, at.map_or(0, |at| at.start));
            Failure::Usage(format!("{}:{line}:{column}: {message}", path.display()))
        };
        let document = Document::parse(text)
            .map_err(|error| wrong(error.span(), error.message().trim_end().to_owned()))?;
        let mut settings = Settings::default();
        for (name, item) in document.iter() {
            let key = document.key(name).and_then(toml_edit::Key::span);
            let folder = path.parent().unwrap_or(Path::new(""));
            let value = || word(item).map_err(|message| wrong(item.span(), message));
            match name {
                "spec" => settings.spec = Some(folder.join(value()?)),
                "package" => settings.package = Some(folder.join(value()?)),
                "approvals" => settings.approvals = Some(folder.join(value()?)),
                "fail-on" => {
                    let level = FailOn::from_str(value()?, false)
                        .map_err(|_| wrong(item.span(), unknown_level(item)))?;
                    settings.fail_on = Some(level);
                }
                other => {
                    let hint = match closest(other, KEYS.iter().copied()) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!("expected one of: {}", KEYS.join(", ")),
                    };
                    let other = super::output::plain(other);
                    return Err(wrong(key, format!("unknown key `{other}`\nhelp: {hint}")));
                }
            }
        }
        Ok(settings)
    }
}

/// Returns the text of a value.
fn word(item: &Item) -> Result<&str, String> {
    match item.as_str() {
        Some("") => Err("expected a text, found an empty one".to_owned()),
        Some(word) => Ok(word),
        None => Err(format!(
            "expected a text in quotes, found {}",
            with_article(item.type_name())
        )),
    }
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

fn unknown_level(item: &Item) -> String {
    let levels = FailOn::value_variants().iter();
    let levels = levels.filter_map(FailOn::to_possible_value);
    let levels: Vec<String> = levels.map(|one| one.get_name().to_owned()).collect();
    let given = item.as_str().unwrap_or_default();
    let hint = match closest(given, levels.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("expected one of: {}", levels.join(", ")),
    };
    let given = super::output::plain(given);
    format!("unknown level `{given}`\nhelp: {hint}")
}

/// Returns line and column of an offset, counted from 1, columns in characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}
