//! Checks the phrases of a profile beyond their shape: a phrase that can never match, or that matches
//! everything, is an error.

mod conditions;

use std::collections::{BTreeSet, HashMap};

use payspec_model::diagnostic::{Diagnostic, codes};
use payspec_model::source::At;

use crate::lexicon::type_norm;
use crate::text::norm;

/// The greatest number of phrases.
const MOST: usize = 10_000;
/// The greatest number of characters in a phrase.
const LONGEST: usize = 200;

/// A message, and a hint.
type Fault = (&'static str, String);

/// Returns the errors of a file that has the right shape. `classes` are those of the extended profile.
pub(super) fn check(root: At<'_>, classes: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut checker = Checker {
        found: Vec::new(),
        count: 0,
    };
    for group in root.entries() {
        if group.key() == Some("conditions") {
            conditions::check(group, classes, |phrase, fault| {
                checker.count += 1;
                let text = phrase.text().unwrap_or_default();
                checker.report(phrase, too_long(text).or(fault));
            });
        } else {
            checker.group(group);
        }
    }
    if checker.count > MOST {
        let message = format!("this profile has more than {MOST} phrases");
        checker.found.push(
            Diagnostic::new(&codes::FILE_TOO_LARGE, message)
                .at(root.span(), "")
                .help("keep the phrases that the pages use"),
        );
    }
    checker.found
}

/// The ways in which phrases are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    /// By letters and digits.
    Words,
    /// By everything but spaces and full stops.
    Cell,
    /// As they are.
    Exactly,
}

impl Compared {
    fn of(group: &str) -> Self {
        match group {
            "requirement_marks" | "child_marks" | "note" | "child_labels" => Compared::Exactly,
            "types" | "object" | "array" | "bare_array" | "objects" | "requirement"
            | "requirement_cells" | "parameter_columns" | "code_columns" | "status" | "units" => {
                Compared::Cell
            }
            _ => Compared::Words,
        }
    }

    fn form(self, text: &str) -> String {
        match self {
            Compared::Words => norm(text),
            Compared::Cell => type_norm(text),
            Compared::Exactly => text.trim().to_owned(),
        }
    }
}

struct Checker {
    found: Vec<Diagnostic>,
    count: usize,
}

impl Checker {
    fn group(&mut self, group: At<'_>) {
        let name = group.key().unwrap_or_default();
        let compared = Compared::of(name);
        if matches!(name, "objects" | "status") {
            for key in group.entries().filter_map(|entry| entry.key_node()) {
                self.phrase(name, "", compared, key);
            }
            return;
        }
        for phrase in group.items() {
            self.phrase(name, "", compared, phrase);
        }
        let mut meanings = HashMap::new();
        for part in group.entries() {
            let key = part.key().unwrap_or_default();
            for phrase in part.items() {
                self.phrase(name, key, compared, phrase);
                let form = compared.form(phrase.text().unwrap_or_default());
                let (first, at) = *meanings.entry(form).or_insert((key, phrase));
                // A word may begin a line and be before a date, or begin a circumstance and be behind a value.
                let is_shared = name == "chrome" || key == "circumstances";
                if first != key && !is_shared {
                    let message = format!("this phrase is also in `{first}`");
                    self.found.push(
                        Diagnostic::new(&codes::DUPLICATE_KEY, message)
                            .at(phrase.span(), "")
                            .also(at.span(), "the first one")
                            .help("keep one of them"),
                    );
                }
            }
        }
    }

    fn phrase(&mut self, group: &str, key: &str, compared: Compared, at: At<'_>) {
        self.count += 1;
        let text = at.text().unwrap_or_default();
        self.report(at, fault(group, key, compared, text));
    }

    fn report(&mut self, at: At<'_>, fault: Option<Fault>) {
        if let Some((message, help)) = fault {
            self.found.push(
                Diagnostic::new(&codes::OUT_OF_RANGE, message)
                    .at(at.span(), "")
                    .help(help),
            );
        }
    }
}

fn too_long(text: &str) -> Option<Fault> {
    let help = || format!("keep at most {LONGEST} characters that every page has");
    (text.chars().count() > LONGEST).then(|| ("this phrase is too long", help()))
}

/// Returns the reason why a phrase is of no use, and a hint.
fn fault(group: &str, key: &str, compared: Compared, text: &str) -> Option<Fault> {
    if let Some(fault) = too_long(text) {
        return Some(fault);
    }
    let holes: &[&str] = match (group, key) {
        ("constraints", _) => &["{n}", "{min}", "{max}"],
        ("values", "fixed" | "one_of" | "examples") => &["{values}"],
        ("default", _) => &["{value}"],
        ("child_labels", _) => &["{name}"],
        ("sections", "request_sentences" | "response_sentences") => &["{any}"],
        ("array", _) => &["*"],
        _ => &[],
    };
    let without = |text: String, hole: &&str| text.replacen(hole, "", 1);
    let words = holes.iter().fold(text.to_owned(), without);
    let listed = holes.join("` or `");
    if words.contains(['{', '}']) {
        let help = match holes {
            [] => "this phrase takes no placeholder".to_owned(),
            _ => format!("expected `{listed}`, once"),
        };
        return Some(("unknown placeholder", help));
    }
    if !holes.is_empty() && words == text {
        let help = format!("write `{listed}` in place of what differs from page to page");
        return Some(("missing placeholder", help));
    }
    let begins_with_words = || !norm(text.split('{').next().unwrap_or_default()).is_empty();
    // Only a number shows where a sentence begins.
    let is_sentence = matches!(group, "values" | "default") && !holes.is_empty();
    if is_sentence && !begins_with_words() {
        let help = "begin it with words instead of a placeholder".to_owned();
        return Some(("this sentence never matches", help));
    }
    if group != "child_labels" && compared.form(&words).is_empty() {
        let help = "write the words of the page, with a letter or a digit".to_owned();
        return Some(("this phrase has no words", help));
    }
    None
}
