//! Declares the source of a draft in the file of its API.

use std::path::PathBuf;

use serde_yaml::{Mapping, Value};

use super::Role;
use super::target::read_from;
use payspec_model::model::{Api, Origin};

/// A source that a draft cites and its API does not have yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The file to declare it in, as a path from the spec folder.
    pub path: PathBuf,
    /// The declaration, as lines to add below `sources`.
    pub lines: String,
    /// The tag and the place of the API's last source, if it has any.
    last: Option<(String, Origin)>,
}

impl Declaration {
    /// Declares the sources of a part of an `api.yaml`.
    pub(super) fn new(api: &Api, part: &Mapping) -> Self {
        let sources = part.get("sources").and_then(Value::as_mapping);
        // Serializing a mapping of texts cannot fail.
        let lines = sources.map(|sources| serde_yaml::to_string(sources).unwrap_or_default());
        let last = api.sources.last();
        Declaration {
            path: PathBuf::from(&api.folder).join(read_from(Role::Api, "")),
            lines: lines.unwrap_or_default(),
            last: last.map(|source| (source.tag.clone(), source.origin)),
        }
    }

    /// Returns the text of the API's file with the declaration behind its other sources, and
    /// everything else as it was. Returns [`None`] if the sources are not written one below another.
    pub fn add_to(&self, text: &str) -> Option<String> {
        let Some((tag, origin)) = &self.last else {
            let has_sources = text.lines().any(|line| line.starts_with("sources"));
            let gap = if text.ends_with('\n') { "" } else { "\n" };
            let lines = self.indented(2);
            return (!has_sources).then(|| format!("{text}{gap}\nsources:\n{lines}"));
        };
        let indent = usize::try_from(origin.column).ok()?.checked_sub(1)?;
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let at = usize::try_from(origin.line).ok()?.checked_sub(1)?;
        let margin = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let first = lines.get(at)?;
        let key = first
            .trim_start_matches(' ')
            .trim_start_matches(['"', '\'']);
        if indent == 0 || margin(first) != indent || !key.starts_with(tag.as_str()) {
            return None;
        }
        let is_inside = |line: &&&str| !line.trim().is_empty() && margin(line) > indent;
        let below = lines.iter().skip(at + 1).take_while(is_inside).count();
        let (before, behind) = lines.split_at(at + 1 + below);
        let before = before.concat();
        let gap = if before.ends_with('\n') { "" } else { "\n" };
        Some(before + gap + &self.indented(indent) + &behind.concat())
    }

    fn indented(&self, by: usize) -> String {
        let lines = self.lines.lines();
        lines.map(|line| format!("{:by$}{line}\n", "")).collect()
    }
}
