use super::FromText;
use super::scalar;
use crate::read::deserialize;
use crate::{Kind, Reading, Value, Wire};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An absolute URL of any scheme, as a text.
///
/// It keeps any text; [`Validate`](crate::Validate) reports a text that is not a URL, see
/// [`rules::url`](crate::rules::url). So a response with a damaged link can still be read.
///
/// ```
/// use payspec_runtime::Url;
///
/// let url = Url::from("alipays://platformapi/startapp?appId=20000067");
/// assert!(url.is_well_formed());
/// assert_eq!(url.scheme(), Some("alipays"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Url(String);

impl Url {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text, without a copy.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Returns whether the text is a URL by [`rules::url`](crate::rules::url).
    pub fn is_well_formed(&self) -> bool {
        crate::rules::url(&self.0)
    }

    /// Returns whether a payer may be sent there, by [`rules::may_open`](crate::rules::may_open): never
    /// to `javascript:`, `data:` or `file:`.
    pub fn may_be_opened(&self) -> bool {
        crate::rules::may_open(&self.0)
    }

    /// Returns the part before the first colon; [`None`] if the text is not a URL.
    pub fn scheme(&self) -> Option<&str> {
        if self.is_well_formed() {
            self.0.split_once(':').map(|(scheme, _)| scheme)
        } else {
            None
        }
    }
}

impl From<String> for Url {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Url {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromText for Url {
    const EXPECTED: &'static str = "a URL";

    fn from_text(text: &str) -> Option<Self> {
        Some(text.into())
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Wire for Url {
    const KIND: Kind = Kind::Url;

    #[inline]
    fn value(&self) -> Value<'_> {
        Value::Text(&self.0)
    }

    fn read<'de, D: Deserializer<'de>>(
        from: D,
        place: &mut Option<Self>,
        reading: &mut Reading,
    ) -> Result<(), D::Error> {
        scalar::read(from, place, reading)
    }
}

impl Serialize for Url {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Url {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        deserialize(from, Self::EXPECTED)
    }
}

impl core::str::FromStr for Url {
    type Err = core::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}
