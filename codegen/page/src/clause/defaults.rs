//! Tells a default that always holds from one of a case.

use super::{Clause, sentence};
use crate::condition::About;
use crate::lexicon::Lexicon;
use crate::template::Found;
use crate::text::norm;

impl Clause {
    /// Returns whether a default holds only in a case: `defaults to A when X is true`. That the parameter is left out
    /// is none.
    pub(super) fn is_default_of_a_case(
        &self,
        lexicon: &Lexicon,
        about: Option<About<'_>>,
        found: &Found,
    ) -> bool {
        let (start, end) = sentence(&self.text, found.start);
        let before = self.text.get(start..found.start).unwrap_or_default().trim();
        let behind = self.text.get(found.end..end.max(found.end));
        let behind = behind.unwrap_or_default();
        let behind = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
        let own = about.map(|about| about.own).unwrap_or_default();
        [before, behind].into_iter().any(|part| {
            let text = part.to_lowercase();
            let mut words = lexicon.tied.iter();
            let is_case = words.any(|word| {
                let rest = text.strip_prefix(word.as_str());
                let is_word = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
                rest.is_some_and(|rest| is_word(rest) || !word.is_ascii())
            });
            is_case && !is_left_out(lexicon, own, part)
        })
    }
}

/// Returns whether a condition only says that the parameter is absent.
fn is_left_out(lexicon: &Lexicon, own: &[String], condition: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let mut words = condition.split(|c: char| !is_part(c));
    let names_another = words.any(|word| {
        let word = word.trim_matches(['_', '.']);
        let has_capital = word.chars().skip(1).any(|c| c.is_ascii_uppercase());
        (has_capital || word.contains(['_', '.'])) && !own.iter().any(|own| own == word)
    });
    let text = norm(condition);
    let mut words = lexicon.left_out.iter();
    !names_another && words.any(|word| text.contains(word.as_str()))
}
