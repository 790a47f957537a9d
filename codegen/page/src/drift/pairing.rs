//! The conditions of two sides that state the same.

mod named;

use self::named::Named;
use super::condition::{Condition, Test};
use super::letters::letters;
use super::todo::TODO;

/// The conditions of two sides that have no counterpart.
#[derive(Debug, Default)]
pub(crate) struct Unpaired<'c> {
    pub(crate) page: Vec<&'c Condition>,
    pub(crate) spec: Vec<&'c Condition>,
}

/// The way in which two sides are compared.
pub(crate) struct Pairing<'p, F> {
    /// True if both are in one language, so that conditions in words are compared by their letters.
    pub(crate) same_words: bool,
    /// The field that the conditions are about, by the name of the spec.
    pub(crate) own: &'p str,
    /// Returns the name that the spec has for a field of the page.
    pub(crate) name: F,
}

impl<F: Fn(&str) -> String> Pairing<'_, F> {
    fn named(&self, condition: &Condition) -> Named {
        Named::of(&condition.words, self.own, &self.name)
    }

    /// Returns whether a condition of the spec says what one of the page says. With `surely`, those
    /// in words must also name the same, and something.
    fn is_pair(&self, page: &Condition, spec: &Condition, surely: bool) -> bool {
        if quotes(spec, page) {
            return true;
        }
        page.has_kind_of(spec)
            && match (&page.test, &spec.test) {
                (Test::Field(field, met), Test::Field(other, same)) => {
                    (self.name)(field) == *other && met == same
                }
                (Test::Words, Test::Words) if self.same_words => {
                    letters(&page.words) == letters(&spec.words)
                }
                (Test::Words, Test::Words) => {
                    let (page, spec) = (self.named(page), self.named(spec));
                    match surely {
                        true => page.is_same(&spec),
                        false => page.agrees_with(&spec),
                    }
                }
                (Test::Group(page), Test::Group(spec)) => page == spec,
                (Test::Field(..) | Test::Group(_) | Test::Words, _) => false,
            }
    }
}

/// Finds the conditions without a counterpart: those on fields are compared by field and test, those
/// in words by their letters if both sides are in one language, and otherwise by the fields and
/// values that they name.
pub(crate) fn unpaired<'c>(
    page: &'c [Condition],
    spec: Vec<&'c Condition>,
    pairing: &Pairing<'_, impl Fn(&str) -> String>,
) -> Unpaired<'c> {
    let mut found = Unpaired {
        page: page.iter().collect(),
        spec,
    };
    for surely in [true, false] {
        let Unpaired { page, spec } = &mut found;
        page.retain(|one| {
            let mut others = spec.iter();
            let pair = others.position(|other| pairing.is_pair(one, other, surely));
            if let Some(at) = pair {
                spec.remove(at);
            }
            pair.is_none()
        });
    }
    found
}

/// Returns whether the words of a draft are those of the page.
fn quotes(spec: &Condition, page: &Condition) -> bool {
    let drafted = spec.words.strip_prefix(TODO);
    let drafted = drafted.and_then(|rest| rest.strip_prefix(':'));
    let is_quoted = |words| letters(words) == letters(&page.words);
    spec.is_in_words() && drafted.is_some_and(is_quoted)
}

impl Unpaired<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.page.is_empty() && self.spec.is_empty()
    }

    /// Returns whether both sides state a condition in words that name other fields or values.
    pub(crate) fn names_others(&self) -> bool {
        let in_words = |one: &&&Condition| one.is_in_words();
        let mut page = self.page.iter().filter(in_words);
        page.any(|one| {
            let mut spec = self.spec.iter().filter(in_words);
            spec.any(|other| other.has_kind_of(one))
        })
    }

    /// Returns whether a test on one side contradicts the other. In another language, words may
    /// say the same as a test.
    pub(crate) fn contradicts(&self, same_language: bool) -> bool {
        let lost = |one: &&Condition, others: &[&Condition]| {
            let in_words = |other: &&Condition| other.is_in_words() && other.has_kind_of(one);
            !one.is_in_words() && (same_language || !others.iter().any(in_words))
        };
        let page = self.page.iter().any(|one| lost(one, &self.spec));
        page || self.spec.iter().any(|one| lost(one, &self.page))
    }
}
