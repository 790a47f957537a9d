//! Checks the phrases of conditions.

use std::collections::BTreeSet;

use payspec_model::source::At;

use super::Fault;

/// The placeholders in patterns.
const HOLES: [&str; 8] = [
    "self", "this", "field", "fields", "both", "either", "values", "any",
];

/// The groups whose phrases are patterns, alone or below a key.
const PATTERNS: [&str; 10] = [
    "effects",
    "tests",
    "groups",
    "exclusive",
    "vague_groups",
    "vague",
    "always",
    "at_times",
    "exceptions",
    "asides",
];

/// Calls `each` with every phrase and its fault. `inherited` are the classes of the extended profile.
pub(super) fn check<'t>(
    group: At<'t>,
    inherited: &BTreeSet<String>,
    mut each: impl FnMut(At<'t>, Option<Fault>),
) {
    let mut classes = inherited.clone();
    let own = group.entries().filter(|part| part.key() == Some("classes"));
    classes.extend(own.flat_map(|part| {
        let names: Vec<String> = part
            .entries()
            .filter_map(|class| class.key().map(str::to_owned))
            .collect();
        names
    }));
    for part in group.entries() {
        let key = part.key().unwrap_or_default();
        let is_pattern = PATTERNS.contains(&key);
        let lists = part.entries().flat_map(|list| list.items());
        for phrase in part.items().chain(lists) {
            let text = phrase.text().unwrap_or_default();
            let fault = if is_pattern {
                fault(text, &classes)
            } else {
                text.trim().is_empty().then(no_words)
            };
            each(phrase, fault);
        }
    }
}

fn no_words() -> Fault {
    (
        "this phrase has no words",
        "write the words of the page".to_owned(),
    )
}

fn fault(text: &str, classes: &BTreeSet<String>) -> Option<Fault> {
    let mut rest = text;
    let mut words = String::new();
    let mut holes = 0;
    while let Some(at) = rest.find(['{', '<']) {
        let (before, from) = rest.split_at(at);
        words.push_str(before);
        let is_class = from.starts_with('<');
        let close = if is_class { '>' } else { '}' };
        let Some((name, after)) = from.get(1..).and_then(|inner| inner.split_once(close)) else {
            let help = format!("close it with `{close}`");
            return Some(("unclosed placeholder", help));
        };
        if is_class && !classes.contains(name) {
            let help = format!("add `{name}` to `classes`");
            return Some(("unknown class", help));
        }
        if !is_class && !HOLES.contains(&name) {
            let help = format!("expected one of `{{{}}}`", HOLES.join("}`, `{"));
            return Some(("unknown placeholder", help));
        }
        if is_class {
            words.push_str(name);
        }
        holes += 1;
        rest = after;
    }
    words.push_str(rest);
    // `{field}{values}` has no words, but is no single word either.
    (words.trim().is_empty() && holes < 2).then(no_words)
}
