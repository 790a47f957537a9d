//! The parameters that a page names, to which a condition may refer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::tokens::Token;
use crate::facts::{Parameter, Requirement, ValuesKind};
use crate::text::is_wire_name;

/// The parameters of a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// The values that the page states, by each spelling of a parameter.
    known: HashMap<String, Known>,
    /// The lengths of the names in Chinese, in characters, by their first character.
    translated: BTreeMap<char, BTreeSet<usize>>,
}

/// The values of the parameters with a name.
#[derive(Debug, Clone, Default)]
struct Known {
    listed: Vec<String>,
    /// All values that a message can have; [`None`] if it may have another one, or none.
    all: Option<Vec<String>>,
}

impl Names {
    /// Adds the parameters of a section.
    pub(crate) fn add(&mut self, parameters: &[Parameter]) {
        for one in parameters {
            let listed = one.values.iter().flat_map(|values| &values.items);
            let listed: Vec<String> = listed.map(|item| item.value.clone()).collect();
            let kind = one.values.as_ref().map(|values| values.kind);
            let is_closed = kind == Some(ValuesKind::OneOf);
            let is_present = one.required.value == Requirement::Required;
            let all = (is_closed && is_present).then(|| listed.clone());
            let path = one.path.replace("/*", "");
            let dotted = path.trim_start_matches('/').replace('/', ".");
            let spellings = [Some(&one.name_as_printed), one.name.as_ref(), Some(&dotted)];
            for spelling in spellings.into_iter().flatten() {
                match self.known.get_mut(spelling) {
                    None => {
                        let (listed, all) = (listed.clone(), all.clone());
                        self.known.insert(spelling.clone(), Known { listed, all });
                    }
                    Some(known) => {
                        // Of two parameters with a name, a sentence may mean either.
                        known.all = known.all.take().filter(|one| all.as_ref() == Some(one));
                        known.listed.extend(listed.iter().cloned());
                    }
                }
                if let Some(first) = spelling.chars().next().filter(|_| !spelling.is_ascii()) {
                    let lengths = self.translated.entry(first).or_default();
                    lengths.insert(spelling.chars().count());
                }
            }
        }
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// Returns whether the page lists this value for a parameter.
    pub(super) fn has_value(&self, name: &str, value: &str) -> bool {
        let known = self.known.get(name);
        known.is_some_and(|known| known.listed.iter().any(|one| one == value))
    }

    /// Returns the values that a parameter has if it has none of these; [`None`] unless the page lists all of
    /// them, and the parameter is always there.
    pub(super) fn other_values(&self, name: &str, values: &[String]) -> Option<Vec<String>> {
        let all = self.known.get(name)?.all.as_ref()?;
        let (these, others): (Vec<&String>, Vec<&String>) =
            all.iter().partition(|one| values.contains(one));
        let is_listed = values.iter().all(|value| these.contains(&value));
        (is_listed && !others.is_empty()).then(|| others.into_iter().cloned().collect())
    }

    /// Returns whether a name is in Chinese.
    pub(super) fn has_translated(&self) -> bool {
        !self.translated.is_empty()
    }

    /// Returns the longest name in Chinese at the start of these words, with the number of its
    /// characters.
    pub(super) fn translated(&self, words: &[Token<'_>]) -> Option<(usize, &str)> {
        let first = words.first()?.raw.chars().next()?;
        let lengths = self.translated.get(&first).filter(|_| !first.is_ascii())?;
        lengths.iter().rev().copied().find_map(|count| {
            let start = words.get(..count)?.iter().map(|word| &*word.raw);
            let is_char = |one: &str| one.chars().nth(1).is_none();
            let is_spelled = start.clone().all(is_char);
            let name = is_spelled.then(|| start.collect::<String>())?;
            let (name, _) = self.known.get_key_value(&name)?;
            Some((count, name.as_str()))
        })
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
