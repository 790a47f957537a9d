use super::WrongForm;
use crate::json::{NotJson, Reader};
use crate::read::deserialize;
use crate::{EncodeError, JsonShape, Kind, Reading, Value, Wire};
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

/// Any JSON value, kept as the text that came: digits, order of members and white space included.
///
/// Nothing is checked, and `null` is a value. Two values are equal if their texts are. `Debug` does not
/// show the text, because nobody knows what is in it.
///
/// ```
/// use payspec_runtime::Json;
///
/// let json: Json = r#"{"rate": 1.10}"#.parse()?;
/// assert_eq!(json.as_str(), r#"{"rate": 1.10}"#);
/// assert_eq!(format!("{json:?}"), "[json]");
/// assert!("{rate: 1.10}".parse::<Json>().is_err());
/// # Ok::<(), payspec_runtime::NotJson>(())
/// ```
#[derive(Clone)]
pub struct Json(pub(super) Box<RawValue>);

impl Json {
    /// Writes a value as JSON.
    ///
    /// ```
    /// use payspec_runtime::Json;
    ///
    /// let json = Json::new(&["a", "b"])?;
    /// assert_eq!(json.as_str(), r#"["a","b"]"#);
    /// # Ok::<(), payspec_runtime::EncodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the value has no JSON, such as a map whose keys are not texts.
    pub fn new<T: Serialize + ?Sized>(value: &T) -> Result<Self, EncodeError> {
        let json = serde_json::value::to_raw_value(value);
        json.map(Self).map_err(EncodeError::new)
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Returns the JSON type; [`None`] for `null`.
    pub(crate) fn shape(&self) -> Option<JsonShape> {
        let start = self.as_str().trim_start().bytes().next();
        start.and_then(JsonShape::of_start)
    }

    /// Reads the JSON into a type, such as `serde_json::Value`.
    ///
    /// ```
    /// use payspec_runtime::Json;
    ///
    /// let json: Json = "[1, 2]".parse()?;
    /// assert_eq!(json.read::<Vec<u8>>().ok(), Some(vec![1, 2]));
    /// assert!(json.read::<String>().is_err());
    /// # Ok::<(), payspec_runtime::NotJson>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the JSON does not have the form of the type. The error does not show the JSON.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, WrongForm> {
        serde_json::from_str(self.as_str())
            .map_err(|_| WrongForm::new("JSON in the form of the type"))
    }
}

/// Returns whether a text is one JSON value.
pub(super) fn is_json(text: &str) -> bool {
    let mut reader = Reader::new(text);
    reader.skip().is_ok() && reader.finish().is_ok()
}

impl FromStr for Json {
    type Err = NotJson;

    fn from_str(text: &str) -> Result<Self, NotJson> {
        let mut reader = Reader::new(text);
        let value = reader.skip().and_then(|value| {
            reader.finish()?;
            RawValue::from_string(value.to_owned()).map_err(|_| reader.mistake("expected a value"))
        });
        value
            .map(Self)
            .map_err(|mistake| NotJson::new(text, mistake))
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[json]")
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

impl Hash for Json {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Wire for Json {
    const KIND: Kind = Kind::Any;

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Json(self)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        let json = Box::<RawValue>::deserialize(from)?;
        // A lenient reader skips what is not JSON.
        if reading.is_lenient() && !is_json(json.get()) {
            return Err(D::Error::custom("a value that is not JSON"));
        }
        *place = Some(Self(json));
        Ok(())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        deserialize(from, "a JSON value")
    }
}
