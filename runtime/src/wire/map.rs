//! Objects with free keys.

use crate::read::{deserialize, read_value, wrong};
use crate::value::Entries;
use crate::{Kind, Reading, Value, Wire, json, rules};
use core::fmt;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, Serializer};

/// An object whose keys the sender chooses, with values of one type.
///
/// Keeps the order of the entries. Two maps are equal if they have the same entries, in any order. Meant
/// for dozens of entries: a key is searched for from the first entry on.
///
/// ```
/// use payspec_runtime::Map;
///
/// let mut metadata = Map::from([("order", "17".to_owned())]);
/// metadata.insert("shop", "Basel".to_owned());
/// assert_eq!(metadata.get("order").map(String::as_str), Some("17"));
/// assert_eq!(metadata.keys().collect::<Vec<_>>(), ["order", "shop"]);
/// ```
#[derive(Clone)]
pub struct Map<T> {
    entries: Vec<(String, T)>,
}

impl<T> Map<T> {
    /// Makes a map without entries.
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether the map has no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        let index = self.position(key)?;
        self.entries.get(index).map(|(_, value)| value)
    }

    /// Returns the value of a key, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        let index = self.position(key)?;
        self.entries.get_mut(index).map(|(_, value)| value)
    }

    /// Sets the value of a key, and returns the value that it had. A new key comes last.
    pub fn insert(&mut self, key: impl Into<String>, value: T) -> Option<T> {
        let key = key.into();
        match self.get_mut(&key) {
            Some(old) => Some(core::mem::replace(old, value)),
            None => {
                self.entries.push((key, value));
                None
            }
        }
    }

    /// Removes a key, and returns the value that it had. The others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        let index = self.position(key)?;
        Some(self.entries.remove(index).1)
    }

    /// Iterates over the entries, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &T)> {
        self.entries
            .iter()
            .map(|(key, value)| (key.as_str(), value))
    }

    /// Iterates over the keys, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// Iterates over the values, in order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &T> {
        self.entries.iter().map(|(_, value)| value)
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.keys().position(|one| one == key)
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: PartialEq> PartialEq for Map<T> {
    fn eq(&self, other: &Self) -> bool {
        let is_there = |(key, value)| other.get(key) == Some(value);
        self.len() == other.len() && self.iter().all(is_there)
    }
}

impl<T: Eq> Eq for Map<T> {}

impl<T: fmt::Debug> fmt::Debug for Map<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Into<String>, T> Extend<(K, T)> for Map<T> {
    fn extend<I: IntoIterator<Item = (K, T)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Into<String>, T> FromIterator<(K, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Into<String>, T, const N: usize> From<[(K, T); N]> for Map<T> {
    fn from(entries: [(K, T); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<T: Wire> Entries for Map<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn entry_at(&self, index: usize) -> Option<(&str, Value<'_>)> {
        let (key, value) = self.entries.get(index)?;
        Some((key, value.value()))
    }
}

impl<T: Wire> Wire for Map<T> {
    const KIND: Kind = Kind::Map(&T::KIND);

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Map(self)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        from.deserialize_any(MapVisitor(place, reading))
    }
}

/// Reads a map, or `null`.
struct MapVisitor<'a, T>(&'a mut Option<Map<T>>, &'a mut Reading);

impl<'de, T: Wire> Visitor<'de> for MapVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(place, reading) = self;
        // Keys without a value are kept for now: each may occur once.
        let mut read = Vec::new();
        while let Some(key) = map.next_key_seed(Key(*reading))? {
            let mut value = None;
            match key {
                Some(key) => {
                    read_value(&mut map, &mut value, reading)?;
                    read.push((key, value));
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                    reading.lose();
                }
            }
        }
        let again = rules::repeated(read.iter().map(|(key, _)| key.as_str()));
        if !again.is_empty() {
            if !reading.is_lenient() {
                return Err(A::Error::custom("a key that occurs twice"));
            }
            // It is unknown which of the values counts.
            let lost: Vec<String> = again
                .iter()
                .filter_map(|index| read.get(*index).map(|(key, _)| key.clone()))
                .collect();
            read.retain(|(key, _)| !lost.contains(key));
            reading.lose();
        }
        let entries = read.into_iter();
        *place = Some(Map {
            entries: entries
                .filter_map(|(key, value)| Some((key, value?)))
                .collect(),
        });
        Ok(())
    }

    absent_is_none!();
    scalars_are_wrong!();
    texts_are_wrong!();
    lists_are_wrong!();
}

/// Reads a key; [`None`] for one that a lenient reader cannot read.
struct Key(Reading);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        let is_damaged = self.0.is_lenient() && json::is_damaged_name(key);
        Ok((!is_damaged).then(|| key.to_owned()))
    }

    fn visit_bytes<E: Error>(self, key: &[u8]) -> Result<Self::Value, E> {
        match core::str::from_utf8(key) {
            Ok(key) => self.visit_str(key),
            Err(_) if self.0.is_lenient() => Ok(None),
            Err(_) => Err(wrong("bytes", &self)),
        }
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

impl<'de, T: Wire> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        deserialize(from, "an object")
    }
}
