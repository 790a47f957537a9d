//! Values as the walks over a message see them.

use crate::json::Node;
use crate::{Direction, Json, Kind, UnionSchema, UnknownJson};

/// A borrowed view of one value.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// The field is absent.
    Absent,
    /// A text whose form is not checked yet.
    Text(&'a str),
    /// A text whose form its type guarantees, such as a date or a documented enum value.
    Checked(&'a str),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// An object; also the one inside a text that holds JSON.
    Object(&'a dyn Reflect),
    /// A list.
    List(&'a dyn List),
    /// An object with free keys.
    Map(&'a dyn Entries),
    /// A value of a union.
    Union(&'a dyn Tagged),
    /// Any JSON.
    Json(&'a Json),
    /// A value of a JSON message.
    Node(&'a Node<'a>),
}

impl<'a> Value<'a> {
    /// Returns the view of an optional value.
    #[inline]
    pub fn option<T: crate::Wire>(value: &'a Option<T>) -> Self {
        match value {
            Some(value) => value.value(),
            None => Self::Absent,
        }
    }

    /// Returns whether the field is absent. A JSON `null` counts as absent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent | Self::Node(Node::Null))
    }

    /// Returns whether it is a JSON `null`.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Node(Node::Null))
    }

    /// Returns whether its Rust type guarantees its form.
    pub(crate) fn has_its_form(&self) -> bool {
        match self {
            Self::Checked(_) | Self::Integer(_) | Self::Boolean(_) => true,
            Self::Absent
            | Self::Text(_)
            | Self::Object(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Union(_)
            | Self::Json(_)
            | Self::Node(_) => false,
        }
    }

    /// Returns whether a value of this kind is absent. A JSON `null` is a value of some kinds.
    pub(crate) fn is_absent_as(&self, kind: &Kind) -> bool {
        match self {
            Self::Node(Node::Null) => !kind.holds_null(),
            value => value.is_absent(),
        }
    }
}

/// An object, accessed by the indexes of its schema's fields.
pub trait Reflect {
    /// Returns the schema of the object.
    fn schema(&self) -> &'static crate::Schema;

    /// Returns the value of the field with this index; [`Value::Absent`] beyond the last one.
    fn value_at(&self, index: usize) -> Value<'_>;

    /// Returns the first field, from this index on, that must be examined more closely in this
    /// direction, with its value. The fields before it satisfy all their rules.
    fn next_suspect(&self, from: usize, direction: Direction) -> Option<(usize, Value<'_>)> {
        let _ = direction;
        (from < self.schema().fields.len()).then(|| (from, self.value_at(from)))
    }
}

/// A value of a union.
pub trait Tagged {
    /// Returns the schema of the union.
    fn schema(&self) -> &'static UnionSchema;

    /// Returns the value, with what tells its type apart.
    fn variant(&self) -> Variant<'_>;
}

/// A value of a union, with what tells its type apart.
#[derive(Clone, Copy)]
pub enum Variant<'a> {
    /// A documented object, with its tag.
    Tagged(&'static str, &'a dyn Reflect),
    /// A value of a documented type, which its JSON type tells apart.
    Value(&'static Kind, Value<'a>),
    /// A value whose tag or JSON type is not documented.
    Unknown(&'a UnknownJson),
}

/// A list, accessed by index.
pub trait List {
    /// Returns the number of elements.
    fn count(&self) -> usize;

    /// Returns the element with this index; [`Value::Absent`] beyond the last one.
    fn value_at(&self, index: usize) -> Value<'_>;
}

/// An object with free keys, accessed by the index of an entry.
pub trait Entries {
    /// Returns the number of entries.
    fn count(&self) -> usize;

    /// Returns the key and the value of the entry with this index; [`None`] beyond the last one.
    fn entry_at(&self, index: usize) -> Option<(&str, Value<'_>)>;
}

impl<T: crate::Wire> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn value_at(&self, index: usize) -> Value<'_> {
        match self.get(index) {
            Some(value) => value.value(),
            None => Value::Absent,
        }
    }
}
