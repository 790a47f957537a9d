//! The short facts about a field.

use payspec_model::model::{Field, Refined};

use crate::parts::{Words, beginning, deprecation};

/// A short fact about a field: an example, a default.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) text: Words,
    pub(super) is_code: bool,
}

impl Fact {
    /// Returns the facts about a field that is refined here.
    pub(super) fn of(field: &Field, refined: Option<&Refined<'_>>) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut fact = |name: &'static str, text: &str, is_code: bool| {
            facts.push(Fact {
                name,
                text: Words::new(text),
                is_code,
            });
        };
        let here = refined.and_then(|refined| refined.default);
        if let Some(default) = here.or(field.default.as_ref()) {
            fact("Default", &default.text, true);
        }
        if let (Some(example), None) = (&field.example, field.sensitive) {
            fact("Example", example, true);
        }
        if !field.unknown_limits.is_empty() {
            fact("Not documented", &field.unknown_limits.join(", "), true);
        }
        if let Some(since) = &field.since {
            fact("", &beginning(since), false);
        }
        if let Some(deprecated) = &field.deprecated {
            fact("", &deprecation(deprecated), false);
        }
        if let Some(renamed) = &field.renamed_from {
            fact("Formerly", renamed, true);
        }
        if !field.page_names.is_empty() {
            fact("Also called", &field.page_names.join(", "), false);
        }
        facts
    }
}
