//! Recognises titles of sections, labels and notes.

use super::{Label, Lexicon, Title};
use crate::text::{is_compound_name, norm};

impl Lexicon {
    pub(crate) fn title(&self, text: &str) -> Option<Title> {
        // Titles are short, so whole paragraphs need not be normalised.
        // A field may have the words of a title as its name.
        let is_short = text.len() <= 100 && !is_compound_name(text);
        is_short.then(|| self.titles.get(&norm(text)).copied())?
    }

    /// Returns whether a heading names parameters, and not whose.
    pub(crate) fn is_bare_title(&self, text: &str) -> bool {
        text.len() <= 100 && self.bare_titles.contains(&norm(text))
    }

    pub(crate) fn label(&self, text: &str) -> Option<Label> {
        let is_short = text.len() <= 100 && !is_compound_name(text);
        is_short.then(|| self.labels.get(&norm(text)).copied())?
    }

    /// Returns the text after the word for a note and a colon.
    pub(crate) fn note<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.note.iter().find_map(|word| {
            let start = text.get(..word.len())?;
            if !start.eq_ignore_ascii_case(word) {
                return None;
            }
            let rest = text[word.len()..].trim_start();
            let after = rest.strip_prefix([':', '：']);
            after
                .or_else(|| rest.is_empty().then_some(rest))
                .map(str::trim_start)
        })
    }

    /// Returns whether a sentence begins as an example, which states no rule.
    pub(crate) fn begins_example(&self, text: &str) -> bool {
        let mut places = self.example_starts.places(text).into_iter();
        places.any(|place| place.start == 0)
    }

    pub(crate) fn is_footer(&self, text: &str) -> bool {
        let start: String = text.chars().take(60).collect();
        let start = norm(&start);
        self.footer.iter().any(|phrase| start.starts_with(phrase))
    }
}
