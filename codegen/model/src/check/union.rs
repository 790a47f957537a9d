//! Values of unions: the tag or the JSON type says of which type they are.

use payspec_runtime::json::Node;
use payspec_runtime::{JsonShape, Phrase, RuleId, Severity, violation_text};

use super::read::{Reading, actual_kind};
use super::walk::{Members, Slot, Walk};
use crate::model::{Discriminator, Origin, Type, Union, Variant};

impl<'m> Walk<'_, 'm> {
    /// Reads a value of a union, and reports what is wrong with its tag or JSON type.
    pub(super) fn union<'n>(
        &mut self,
        ty: &'m Type,
        union: &'m Union,
        slot: Slot<'_>,
        node: &'n Node<'n>,
    ) -> Reading<'n> {
        match (&union.discriminator, node) {
            (Discriminator::Field { name, origin }, Node::Object(members)) => {
                self.tagged(union, (name, *origin), slot, (node, members))
            }
            (Discriminator::Field { .. }, _) => self.wrong_type(ty, slot, node),
            (Discriminator::JsonType, _) => self.by_shape(ty, union, slot, node),
        }
    }

    fn by_shape<'n>(
        &mut self,
        ty: &'m Type,
        union: &'m Union,
        slot: Slot<'_>,
        node: &'n Node<'n>,
    ) -> Reading<'n> {
        let shape = node.shape();
        let Some(variant) = union.variant_of_node(node) else {
            // `null` is no value of another type: an element of a list must have one.
            let is_open = union.open && *node != Node::Null;
            return match (is_open, self.checker.is_strict()) {
                (true, false) => self.any(slot, node),
                (true, true) => {
                    self.report
                        .add(RuleId::Type, Severity::Error, slot.origin, || {
                            (
                                violation_text::expected_shapes(union.shapes()),
                                actual_kind(node),
                            )
                        });
                    Reading::Spent
                }
                (false, _) => self.wrong_type(ty, slot, node),
            };
        };
        let slot = Slot {
            // An empty text is not an absent value here.
            optional: false,
            nullable: false,
            ty: &variant.ty,
            json_type: shape.and_then(JsonShape::json_type),
            ..slot
        };
        if let (Some(id), Node::Object(members)) = (variant.object(), node) {
            return Reading::Tagged(id, members);
        }
        self.read(&variant.ty, slot, node)
    }

    /// Reads the tag of an object, and reports what is wrong with it.
    fn tagged<'n>(
        &mut self,
        union: &'m Union,
        at: (&'m str, Origin),
        slot: Slot<'_>,
        (node, members): (&'n Node<'n>, &'n Members<'n>),
    ) -> Reading<'n> {
        let mut tags = members.iter().filter(|(name, _)| *name == *at.0);
        let (rule, texts) = match (tags.next(), tags.next()) {
            (Some(_), Some(_)) => (
                RuleId::DuplicateField,
                (
                    violation_text::expected_single_field(),
                    violation_text::actual_again(),
                ),
            ),
            (Some((_, Node::String(text))), None) if !text.is_empty() => {
                return match union.variant(text).and_then(Variant::object) {
                    Some(object) => Reading::Tagged(object, members),
                    None => self.unknown_object(union, at, slot, node),
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
        self.wrong_tag(at, rule, || texts, true)
    }

    /// Reads an object whose tag is not documented. The tag is not shown, because nobody knows what is in such an object.
    fn unknown_object<'n>(
        &mut self,
        union: &'m Union,
        at: (&'m str, Origin),
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
            self.wrong_tag(at, RuleId::Values, texts, !union.open);
        }
        if union.open {
            self.any(slot, node);
        }
        Reading::Spent
    }

    fn wrong_tag<'n>(
        &mut self,
        (name, origin): (&str, Origin),
        rule: RuleId,
        texts: impl FnOnce() -> (Phrase, Phrase),
        is_lost: bool,
    ) -> Reading<'n> {
        if is_lost {
            self.report.lose();
        }
        self.at(name, |walk| {
            walk.report.add(rule, Severity::Error, origin, texts);
        });
        Reading::Spent
    }
}
