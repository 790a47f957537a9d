//! Types of which a value is one, and what tells them apart.

use super::{Kind, Schema};
use crate::JsonShape;
use crate::text::is_same;

/// Several types, of which a value is one.
#[derive(Debug, Clone, Copy)]
pub struct UnionSchema {
    /// Name of the union.
    pub name: &'static str,
    /// The types, and what tells them apart.
    pub discriminator: Discriminator,
    /// True if there may be other ones.
    pub open: bool,
}

/// The types of a union, and what tells them apart.
#[derive(Debug, Clone, Copy)]
pub enum Discriminator {
    /// A text inside the object.
    Tag(Tags),
    /// The JSON type of the value.
    Shape(Shapes),
}

/// Objects that a field tells apart, the tag, which none of them declares.
#[derive(Debug, Clone, Copy)]
pub struct Tags {
    /// Name of the tag on the wire.
    pub name: &'static str,
    /// The text of the tag for each of the objects.
    pub texts: &'static [&'static str],
    /// The objects, in the order of their texts.
    pub objects: &'static [fn() -> &'static Schema],
}

impl Tags {
    /// Returns the index of the object with this tag.
    pub(crate) fn position(&self, tag: &str) -> Option<usize> {
        self.texts.iter().position(|one| is_same(one, tag))
    }

    /// Returns the object with this tag.
    pub(crate) fn object(&self, tag: &str) -> Option<&'static Schema> {
        let object = self.objects.get(self.position(tag)?)?;
        Some(object())
    }
}

/// Types that their JSON types tell apart.
#[derive(Debug, Clone, Copy)]
pub struct Shapes(&'static [Kind]);

impl Shapes {
    /// Makes a set of types.
    ///
    /// # Panics
    ///
    /// When two of them have the same JSON type, or one has none of its own. The derives call it while the table is
    /// compiled.
    pub const fn new(kinds: &'static [Kind]) -> Self {
        let mut index = 0;
        while index < kinds.len() {
            let Some(shape) = kinds[index].shape() else {
                panic!("this type has no JSON type of its own that tells its values apart");
            };
            let mut before = 0;
            while before < index {
                if let Some(other) = kinds[before].shape() {
                    assert!(
                        other as u8 != shape as u8,
                        "two variants have the same JSON type, so nothing tells them apart"
                    );
                }
                before += 1;
            }
            index += 1;
        }
        Self(kinds)
    }

    /// Returns the index of the type with this JSON type.
    pub(crate) fn position(&self, shape: JsonShape) -> Option<usize> {
        self.0.iter().position(|kind| kind.shape() == Some(shape))
    }

    /// Returns the type with this JSON type.
    pub(crate) fn kind(&self, shape: JsonShape) -> Option<&'static Kind> {
        self.0.get(self.position(shape)?)
    }

    /// Returns the JSON types, in the order of the types.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = JsonShape> {
        self.0.iter().filter_map(Kind::shape)
    }
}
