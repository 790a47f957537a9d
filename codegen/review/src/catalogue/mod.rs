//! The documentation of each rule besides its words: an example, the equivalents in other tools, and
//! one page with all of it.

mod equivalents;
mod example;
mod page;
#[cfg(test)]
mod tests;

pub use equivalents::Equivalents;
pub use example::Example;
pub use page::{MARK, markdown};

use super::rules::Rule;

impl Rule {
    /// Describes the semver bump that such a change requires of a crate that uses the generated
    /// one.
    pub fn rust_words(&self) -> &'static str {
        words(RUST, self.rust_by)
    }

    /// Describes when such a change is about money.
    pub fn money_words(&self) -> &'static str {
        words(MONEY, self.money_by)
    }

    /// Returns the nearest rules of other tools; [`None`] if they have none.
    pub fn equivalents(&self) -> Option<Equivalents> {
        let id = self.id();
        let mut all = equivalents::EQUIVALENTS.iter();
        all.find(|(rule, _)| *rule == id)
            .map(|(_, equivalents)| *equivalents)
    }
}

/// The words for how the Rust class of a rule is decided, by the name of the function.
const RUST: &[(&str, &str)] = &[
    ("none", "none"),
    ("patch", "patch"),
    ("minor", "minor"),
    ("major", "major"),
    ("by_requirement", "major if it is required, else minor"),
    (
        "by_conversions",
        "major if conversions are removed, minor if they are added, else patch",
    ),
    ("by_closedness", "major if the enum is closed, else minor"),
];

/// The words for how a rule decides whether it is about money, by the name of the function.
const MONEY: &[(&str, &str)] = &[
    ("safe", "no"),
    ("money", "yes"),
    ("money_of_amounts", "in an amount"),
    (
        "money_of_calls",
        "unless the call failed before and after, and no flow depends on the code",
    ),
    (
        "money_of_defaults",
        "in an amount or an exchange rate, and where the field decides whether money moves, or what a caller \
         believes",
    ),
    (
        "money_if_decisive",
        "where it decides whether money moves, how much, or what a caller believes",
    ),
    ("money_of_schedules", "if the number of attempts changes"),
    ("money_of_steps", "unless both steps are for people"),
];

/// Returns the words for a function's name, or the name itself if it has none; a test makes sure
/// that all have some.
fn words(table: &[(&'static str, &'static str)], name: &'static str) -> &'static str {
    let found = table.iter().find(|(known, _)| *known == name);
    found.map_or(name, |(_, words)| words)
}
