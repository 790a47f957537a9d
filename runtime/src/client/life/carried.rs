//! The values of earlier messages that later requests of a flow carry.

use crate::Contradiction;
use aws_lc_rs::digest::{Context, SHA256};
use core::fmt;
use std::collections::BTreeMap;

/// Values of earlier messages that later requests of a flow carry, such as the provider's id of a
/// payment, by the names that the description of the flow gives them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Carried(BTreeMap<String, String>);

impl Carried {
    /// Returns the value with this name: `create_payment:/id`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter();
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Keeps the values of a message, and returns whether one of them is new.
    ///
    /// # Errors
    ///
    /// When a value differs from that of an earlier answer to the same call: there may be two payments.
    pub(super) fn keep(&mut self, values: &[(&'static str, &str)]) -> Result<bool, Contradiction> {
        let mut is_new = false;
        for (name, value) in values {
            match self.0.get(*name) {
                None => {
                    self.0.insert((*name).to_owned(), (*value).to_owned());
                    is_new = true;
                }
                Some(known) if known == value => {}
                Some(known) => {
                    let place = name.split_once(':').map_or(*name, |(_, place)| place);
                    return Err(Contradiction::of_texts(place.to_owned(), known, value));
                }
            }
        }
        Ok(is_new)
    }
}

impl<'a> FromIterator<(&'static str, &'a str)> for Carried {
    fn from_iter<I: IntoIterator<Item = (&'static str, &'a str)>>(values: I) -> Self {
        let values = values.into_iter();
        values
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

impl FromIterator<(String, String)> for Carried {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl fmt::Debug for Carried {
    /// Shows the names only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Returns the idempotency key of a later request of a flow: a UUID that follows from the key of the
/// request that moves the money and from the name of the operation. So each run of the program sends a
/// request again with the same key, and no two operations have one key.
pub fn own_key(key: &str, operation: &str) -> String {
    let mut context = Context::new(&SHA256);
    for part in [operation.as_bytes(), b"\0", key.as_bytes()] {
        context.update(part);
    }
    let digest = context.finish();
    let mut hex = String::with_capacity(36);
    for (index, byte) in digest.as_ref().iter().take(16).enumerate() {
        // Version 8: made by a rule of one's own; variant 10.
        let byte = match index {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if [4, 6, 8, 10].contains(&index) {
            hex.push('-');
        }
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_keys_differ_by_operation_and_by_key_and_are_always_the_same() {
        let key = own_key("order-1", "confirm_payment");
        assert_eq!(key, own_key("order-1", "confirm_payment"));
        assert_ne!(key, own_key("order-1", "capture_payment"));
        assert_ne!(key, own_key("order-2", "confirm_payment"));
        let parts: Vec<usize> = key.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{key}");
        assert!(
            key.as_bytes()[14] == b'8' && b"89ab".contains(&key.as_bytes()[19]),
            "{key}"
        );
    }

    #[test]
    fn another_value_is_a_contradiction_and_changes_nothing() {
        let mut carried = Carried::default();
        assert_eq!(carried.keep(&[("pay:/id", "P1")]), Ok(true));
        assert_eq!(carried.keep(&[("pay:/id", "P1")]), Ok(false));
        let contradiction = carried.keep(&[("pay:/id", "P2")]).expect_err("another id");
        let found = (
            contradiction.field(),
            contradiction.expected(),
            contradiction.found(),
        );
        assert_eq!(found, ("/id", r#""P1""#, r#""P2""#));
        assert_eq!(carried.get("pay:/id"), Some("P1"));
        assert_eq!(format!("{carried:?}"), r#"{"pay:/id"}"#);
    }
}
