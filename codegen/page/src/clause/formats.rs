//! Finds the form of a text that a passage names.

use std::ops::Range;

use super::Clause;
use crate::facts::Format;
use crate::lexicon::FactKind;
use crate::template::Template;
use crate::text::Norm;

impl Clause {
    /// Returns the formats that it names. The pattern of a date decides over the standard, which has dates with and
    /// without a time.
    pub(super) fn formats(
        &self,
        phrases: &[(FactKind, &Template)],
        norm: &Norm,
    ) -> Vec<(Format, Range<usize>)> {
        let mut found = Vec::new();
        let mut has_date = false;
        for (kind, phrase) in phrases {
            let FactKind::Format(format) = kind else {
                continue;
            };
            let Some((start, end)) = phrase.find_words(norm) else {
                continue;
            };
            let range = norm.origin(start)..norm.origin(end);
            if *format == Format::Date {
                let behind = norm.text.get(end..).unwrap_or_default();
                if behind.trim_start_matches('t').starts_with("hh") {
                    continue;
                }
                has_date = true;
                // Other marks between its parts are another format.
                let pattern = self.text.get(range.clone()).unwrap_or_default();
                if pattern.trim_end().matches('-').count() < 2 {
                    continue;
                }
            }
            found.push((*format, range));
        }
        found.retain(|(format, _)| *format != Format::Datetime || !has_date);
        found
    }
}
