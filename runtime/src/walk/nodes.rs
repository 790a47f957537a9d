//! Arrays and objects of JSON as lists and maps.

use crate::json::{Node, is_damaged_name};
use crate::value::{Entries, List};
use crate::{Direction, Value, rules};
use std::borrow::Cow;

/// The members of a JSON object.
pub(super) type Fields<'a> = [(Cow<'a, str>, Node<'a>)];

/// A JSON array.
pub(super) struct Elements<'a>(pub(super) &'a [Node<'a>]);

impl List for Elements<'_> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn value_at(&self, index: usize) -> Value<'_> {
        self.0.get(index).map_or(Value::Absent, Value::Node)
    }
}

/// The entries of a JSON object with free keys. It shows the first of two with the same key, and none whose key is
/// damaged.
pub(super) struct Members<'a> {
    entries: Vec<&'a (Cow<'a, str>, Node<'a>)>,
}

impl<'a> Members<'a> {
    pub(super) fn new(fields: &'a Fields<'a>, direction: Direction) -> Self {
        let mut again = rules::repeated(fields.iter().map(|(name, _)| &**name))
            .into_iter()
            .peekable();
        let entries = fields.iter().enumerate().filter(|(index, (name, _))| {
            let is_damaged = direction == Direction::Incoming && is_damaged_name(name);
            again.next_if_eq(index).is_none() && !is_damaged
        });
        Self {
            entries: entries.map(|(_, entry)| entry).collect(),
        }
    }
}

impl Entries for Members<'_> {
    fn count(&self) -> usize {
        self.entries.len()
    }

    fn entry_at(&self, index: usize) -> Option<(&str, Value<'_>)> {
        let (name, node) = self.entries.get(index)?;
        Some((name, Value::Node(node)))
    }
}
