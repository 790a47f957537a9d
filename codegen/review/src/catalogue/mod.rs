//! What there is to say of each rule beside its words: an example, what others call it, and all of it on
//! one page.

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
    /// Returns what such a change asks of a crate that depends on the generated one, in words.
    pub fn rust_words(&self) -> &'static str {
        words(RUST, self.rust_by)
    }

    /// Returns when such a change is about money, in words.
    pub fn money_words(&self) -> &'static str {
        words(MONEY, self.money_by)
    }

    /// The nearest rules of other tools; [`None`] where they have none.
    pub fn anchors(&self) -> Option<Equivalents> {
        let id = self.id();
        let mut all = equivalents::ANCHORS.iter();
        all.find(|(rule, _)| *rule == id)
            .map(|(_, anchors)| *anchors)
    }
}

/// What decides the class in Rust.
const RUST: &[(&str, &str)] = &[
    ("none", "none"),
    ("patch", "patch"),
    ("minor", "minor"),
    ("major", "major"),
    ("by_requirement", "major if it must be given, else minor"),
    (
        "by_conversions",
        "major if conversions go, minor if they come, else patch",
    ),
    ("by_closedness", "major if the enum is closed, else minor"),
];

/// What decides whether it is about money.
const MONEY: &[(&str, &str)] = &[
    ("safe", "no"),
    ("money", "yes"),
    ("money_of_amounts", "in an amount"),
    (
        "money_of_calls",
        "unless the call failed before and after, and no flow goes by the code",
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
    ("money_of_schedules", "if the number of sendings changes"),
    ("money_of_steps", "unless people take both steps"),
];

/// The words for what decides; its name where there are none, which a test does not let pass.
fn words(table: &[(&'static str, &'static str)], name: &'static str) -> &'static str {
    let found = table.iter().find(|(known, _)| *known == name);
    found.map_or(name, |(_, words)| words)
}
