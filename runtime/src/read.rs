//! Reading: a visitor that looks names up in the table of the object.

mod enums;
mod whole_body;

pub use enums::{deserialize_enum, read_enum};
pub use whole_body::deserialize_object;
pub(crate) use whole_body::read_message;

use crate::schema::MAX_FIELDS;
use crate::wire::LowerCurrency;
use crate::{Currency, Message, Schema, Wire};
use core::fmt;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The way a message is read, and whether something was lost.
///
/// An incoming message is read field by field: a value that cannot be read is dropped, and its field is
/// absent. Only [`decode()`](crate::decode()) reads like that; other deserializers stop at the first value
/// that does not fit. A hand-written [`Wire`] type must pass this value on to its inner values
/// unchanged.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    lenient: bool,
    has_lost: bool,
}

impl Reading {
    /// Makes a reading in which everything must fit.
    pub(crate) const fn strict() -> Self {
        Self {
            lenient: false,
            has_lost: false,
        }
    }

    /// Makes a reading that drops values that do not fit. Only for a deserializer that can read a value
    /// again.
    pub(crate) const fn lenient() -> Self {
        Self {
            lenient: true,
            has_lost: false,
        }
    }

    pub(crate) fn is_lenient(self) -> bool {
        self.lenient
    }

    /// Returns whether something was dropped, or a value that every such message has is absent.
    pub(crate) fn has_lost(self) -> bool {
        self.has_lost
    }

    pub(crate) fn lose(&mut self) {
        self.has_lost = true;
    }
}

/// The fields of an object, while it is read.
///
/// The derived [`Message::read`] requests the index of the next field and then its value. Fields that
/// are not in the table are skipped. A value that does not fit and a duplicate field are errors; in an
/// incoming message, their field is absent instead.
pub struct Fields<'r, A> {
    map: A,
    reading: &'r mut Reading,
    schema: &'static Schema,
    /// The next index if the message has the order of the table.
    next: usize,
    /// One bit per field that was read.
    seen: Bits,
    /// One bit per field that was read without a value.
    empty: Bits,
    /// True if the field whose index was returned last occurred before.
    is_again: bool,
    /// The index of a field that is not a member of this object.
    hidden: Option<usize>,
}

impl<'de, A: MapAccess<'de>> Fields<'_, A> {
    /// Returns the index of the next field that is in the table; [`None`] at the end of the object.
    ///
    /// # Errors
    ///
    /// When the message is not JSON, or the field is duplicate.
    #[inline]
    pub fn next_index(&mut self) -> Result<Option<usize>, A::Error> {
        loop {
            let key = Key {
                schema: self.schema,
                hint: self.next,
            };
            match self.map.next_key_seed(key)? {
                None => return Ok(None),
                Some(index) if index.is_none() || index == self.hidden => {
                    self.map.next_value::<IgnoredAny>()?;
                }
                Some(Some(index)) => {
                    if self.seen.set(index) {
                        self.again(index)?;
                    }
                    self.next = index + 1;
                    return Ok(Some(index));
                }
                Some(None) => {}
            }
        }
    }

    /// Reads the value of the field whose index was returned last into its place; leaves the place
    /// empty if the value denotes an absent one.
    ///
    /// # Errors
    ///
    /// When the value does not fit the type.
    #[inline]
    pub fn value<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), A::Error> {
        let read = self.map.next_value_seed(Seed(place, self.reading));
        if read.is_err() || self.is_again {
            *place = None;
            self.lost(read)?;
        }
        if place.is_none() {
            self.empty.set(self.next - 1);
        }
        Ok(())
    }

    /// Works like `value`, for a currency in small letters.
    #[doc(hidden)]
    pub fn lower_currency(&mut self, place: &mut Option<Currency>) -> Result<(), A::Error> {
        let mut currency = None::<LowerCurrency>;
        self.value(&mut currency)?;
        *place = currency.map(|currency| currency.0);
        Ok(())
    }

    /// Handles a duplicate field: it is unknown which of the values counts.
    #[cold]
    fn again(&mut self, index: usize) -> Result<(), A::Error> {
        if !self.reading.lenient {
            return Err(Error::duplicate_field(self.schema.fields[index].name));
        }
        self.is_again = true;
        Ok(())
    }

    /// Handles the last value, which is dropped.
    #[cold]
    fn lost(&mut self, read: Result<(), A::Error>) -> Result<(), A::Error> {
        if let Err(error) = read {
            if !self.reading.lenient {
                return Err(error);
            }
            // A lenient reading always has a map whose values can be requested again.
            self.map.next_value::<IgnoredAny>()?;
        }
        self.is_again = false;
        self.reading.lose();
        Ok(())
    }

    /// Notes whether a value is absent that every such message has, although its field is an
    /// [`Option`].
    #[inline]
    pub fn expect<T>(&mut self, place: &Option<T>) {
        if place.is_none() {
            self.reading.lose();
        }
    }

    /// Skips the value of the field whose index was returned last.
    ///
    /// # Errors
    ///
    /// When the message is not JSON.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.is_again = false;
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    /// Makes the error that names every required field without a value.
    pub fn missing(&self) -> A::Error {
        Error::custom(Missing {
            schema: self.schema,
            seen: self.seen,
            empty: self.empty,
        })
    }
}

/// A set of field indexes.
#[derive(Clone, Copy, Default)]
struct Bits([u64; MAX_FIELDS / 64]);

impl Bits {
    /// Adds an index. Returns whether it was in the set already.
    #[inline]
    fn set(&mut self, index: usize) -> bool {
        let bit = 1 << (index % 64);
        // The derive refuses objects with more fields.
        let Some(word) = self.0.get_mut(index / 64) else {
            return false;
        };
        let was_set = *word & bit != 0;
        *word |= bit;
        was_set
    }

    fn has(&self, index: usize) -> bool {
        self.0
            .get(index / 64)
            .is_some_and(|word| word & (1 << (index % 64)) != 0)
    }
}

/// Names the required fields without a value.
struct Missing {
    schema: &'static Schema,
    seen: Bits,
    empty: Bits,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = (self.schema.fields.iter().enumerate())
            .filter(|(index, field)| {
                field.required && (!self.seen.has(*index) || self.empty.has(*index))
            })
            .map(|(_, field)| field.name)
            .peekable();
        f.write_str("missing field")?;
        let mut count = 0;
        while let Some(name) = names.next() {
            if count == 0 && names.peek().is_some() {
                f.write_str("s")?;
            }
            f.write_str(if count == 0 { " " } else { ", " })?;
            write!(f, "`{name}`")?;
            count += 1;
        }
        Ok(())
    }
}

/// Looks a name up in the table, the expected field first.
struct Key {
    schema: &'static Schema,
    hint: usize,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<usize>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    #[inline(always)]
    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.schema.position_from(self.hint, name))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Self::Value, E> {
        match core::str::from_utf8(name) {
            Ok(name) => self.visit_str(name),
            Err(_) => Ok(None),
        }
    }
}

/// Reads one value into its place.
struct Seed<'a, T>(&'a mut Option<T>, &'a mut Reading);

impl<'de, T: Wire> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        T::read(from, self.0, self.1)
    }
}

/// Reads the value of the entry whose key was read last; a lenient reading leaves the place empty if the value does not
/// fit.
pub(crate) fn read_value<'de, T: Wire, A: MapAccess<'de>>(
    map: &mut A,
    place: &mut Option<T>,
    reading: &mut Reading,
) -> Result<(), A::Error> {
    match map.next_value_seed(Seed(place, reading)) {
        Err(error) if !reading.lenient => Err(error),
        Err(_) => {
            *place = None;
            reading.lose();
            // A lenient reading always has a map whose values can be requested again.
            map.next_value::<IgnoredAny>().map(drop)
        }
        Ok(()) => Ok(()),
    }
}

/// Reads an object, or `null`.
struct ObjectVisitor<'a, T>(&'a mut Option<T>, &'a mut Reading);

impl<'de, T: Message> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        read_fields(map, self.0, self.1, None)
    }

    absent_is_none!();
    scalars_are_wrong!();
    texts_are_wrong!();
    lists_are_wrong!();
}

/// Reads the fields of an object, without a `hidden` one.
#[inline]
fn read_fields<'de, T: Message, A: MapAccess<'de>>(
    map: A,
    place: &mut Option<T>,
    reading: &mut Reading,
    hidden: Option<usize>,
) -> Result<(), A::Error> {
    let mut fields = Fields {
        map,
        reading,
        schema: T::schema(),
        next: 0,
        seen: Bits::default(),
        empty: Bits::default(),
        is_again: false,
        hidden,
    };
    T::read(&mut fields, place)
}

/// Puts a message into its place, which must be empty. To drop an old value, an assignment would have
/// to build the message elsewhere first and move it once more.
#[inline(always)]
pub fn put<T>(place: &mut Option<T>, message: T) {
    core::mem::forget(place.replace(message));
}

/// Reads an object, or `null`.
pub fn read_object<'de, T: Message, D: Deserializer<'de>>(
    from: D,
    place: &mut Option<T>,
    reading: &mut Reading,
) -> Result<(), D::Error> {
    from.deserialize_any(ObjectVisitor(place, reading))
}

/// Reads a value that must be present.
pub(crate) fn deserialize<'de, T: Wire, D: Deserializer<'de>>(
    from: D,
    expected: &str,
) -> Result<T, D::Error> {
    let mut place = None;
    T::read(from, &mut place, &mut Reading::strict())?;
    present(place, expected)
}

/// Returns the value, or an error that names the expected value.
fn present<T, E: Error>(value: Option<T>, expected: &str) -> Result<T, E> {
    value.ok_or_else(|| E::custom(format_args!("no value, expected {expected}")))
}

/// Makes the error for a value that does not fit. It names the type of the value, but never shows the
/// value.
pub(crate) fn wrong<'de, E: Error>(actual: &str, expected: &impl Visitor<'de>) -> E {
    E::custom(format_args!(
        "{actual}, expected {}",
        expected as &dyn serde::de::Expected
    ))
}

/// Reads a list, or `null`.
pub(crate) struct ListVisitor<'a, T>(
    pub(crate) &'a mut Option<Vec<T>>,
    pub(crate) &'a mut Reading,
);

impl<'de, T: Wire> Visitor<'de> for ListVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut values = Vec::new();
        loop {
            let mut place = None;
            if list.next_element_seed(Seed(&mut place, self.1))?.is_none() {
                break;
            }
            values.push(present(place, "an element")?);
        }
        *self.0 = Some(values);
        Ok(())
    }

    absent_is_none!();
    scalars_are_wrong!();
    objects_are_wrong!();
    texts_are_wrong!();
}
