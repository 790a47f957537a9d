//! Objects that a text inside them tells apart.

use payspec_runtime::json::Node;
use payspec_runtime::{Phrase, RuleId, Severity, violation_text};

use super::read::{Reading, actual_kind};
use super::walk::{Members, Slot, Walk};
use crate::model::Union;

impl<'m> Walk<'_, 'm> {
    /// Reads the tag of a union, and reports what is wrong with it.
    pub(super) fn tagged<'n>(
        &mut self,
        union: &'m Union,
        slot: Slot<'_>,
        node: &'n Node<'n>,
        members: &'n Members<'n>,
    ) -> Reading<'n> {
        let mut tags = members
            .iter()
            .filter(|(name, _)| *name == *union.discriminator);
        let (rule, texts) = match (tags.next(), tags.next()) {
            (Some(_), Some(_)) => (
                RuleId::DuplicateField,
                (
                    violation_text::expected_single_field(),
                    violation_text::actual_again(),
                ),
            ),
            (Some((_, Node::String(text))), None) if !text.is_empty() => {
                return match union.variant(text) {
                    Some(variant) => Reading::Tagged(variant.object, members),
                    None => self.unknown_object(union, slot, node),
                };
            }
            (None | Some((_, Node::Null | Node::String(_))), _) => (
                RuleId::Required,
                (
                    violation_text::expected_present(),
                    violation_text::actual_absent(),
                ),
            ),
            (Some((_, tag)), None) => (
                RuleId::Type,
                (violation_text::expected_text(), actual_kind(tag)),
            ),
        };
        self.wrong_tag(union, rule, || texts, true)
    }

    /// Reads an object whose tag is not documented. The tag is not shown, because nobody knows what is in such an object.
    fn unknown_object<'n>(
        &mut self,
        union: &'m Union,
        slot: Slot<'_>,
        node: &Node<'_>,
    ) -> Reading<'n> {
        if self.checker.is_strict() || !union.open {
            let texts = || {
                let tags: Vec<&str> = union.tags().collect();
                (
                    violation_text::expected_values(&tags).to_phrase(),
                    violation_text::actual_other_text(),
                )
            };
            self.wrong_tag(union, RuleId::Values, texts, !union.open);
        }
        if union.open {
            self.any(slot, node);
        }
        Reading::Spent
    }

    fn wrong_tag<'n>(
        &mut self,
        union: &'m Union,
        rule: RuleId,
        texts: impl FnOnce() -> (Phrase, Phrase),
        is_lost: bool,
    ) -> Reading<'n> {
        if is_lost {
            self.report.lose();
        }
        self.at(&union.discriminator, |walk| {
            walk.report
                .add(rule, Severity::Error, union.discriminator_origin, texts);
        });
        Reading::Spent
    }
}
