//! The parameters that a page names, to which a condition may refer.

use std::collections::BTreeMap;

use crate::facts::Parameter;
use crate::text::is_wire_name;

/// The parameters of a page, by each of their spellings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(BTreeMap<String, Vec<String>>);

impl Names {
    /// Adds the parameters of a section.
    pub(crate) fn add(&mut self, parameters: &[Parameter]) {
        for one in parameters {
            let values = one.values.iter().flat_map(|values| &values.items);
            let values: Vec<String> = values.map(|item| item.value.clone()).collect();
            let path = one.path.replace("/*", "");
            let dotted = path.trim_start_matches('/').replace('/', ".");
            let spellings = [Some(&one.name_as_printed), one.name.as_ref(), Some(&dotted)];
            for spelling in spellings.into_iter().flatten() {
                let known = self.0.entry(spelling.clone()).or_default();
                known.extend(values.iter().cloned());
            }
        }
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Returns whether the page lists this value for a parameter.
    pub(super) fn has_value(&self, name: &str, value: &str) -> bool {
        let values = self.0.get(name);
        values.is_some_and(|values| values.iter().any(|one| one == value))
    }

    /// Returns the longest name in Chinese at the start of these characters.
    pub(super) fn translated(&self, chars: &[&str]) -> Option<(usize, &str)> {
        let names = self.0.keys().filter(|name| !name.is_ascii());
        let fits = |name: &&String| {
            let mut letters = name
                .char_indices()
                .map(|(at, c)| &name[at..at + c.len_utf8()]);
            let count = name.chars().count();
            let start = chars.get(..count)?;
            letters.by_ref().eq(start.iter().copied()).then_some(count)
        };
        let found = names.filter_map(|name| fits(&name).map(|count| (count, name.as_str())));
        found.max_by_key(|(count, _)| *count)
    }
}

/// Returns whether a word is spelled like a name on the wire, not like a word of a language.
pub(super) fn is_name(word: &str) -> bool {
    let path = word.trim_start_matches('/');
    let mut parts = path
        .split(['.', '/'])
        .map(|part| part.trim_end_matches("[]"));
    let lower = path.starts_with(|c: char| c.is_ascii_lowercase());
    let shaped = path.contains(|c: char| c.is_ascii_uppercase()) || path.contains(['_', '.', '/']);
    lower && shaped && parts.all(|part| is_wire_name(part) || part == "*")
}
