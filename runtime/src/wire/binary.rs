use super::scalar;
use super::{FromText, text_traits};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// Bytes in base64, as [`rules::base64`](crate::rules::base64) describes it. It keeps the text.
///
/// ```
/// use payspec_runtime::Binary;
///
/// let bytes: Binary = "cGF5".parse()?;
/// assert_eq!(bytes.decode(), b"pay");
/// assert_eq!(Binary::from(b"pay".as_slice()), bytes);
/// assert!("cGF".parse::<Binary>().is_err());
/// # Ok::<(), payspec_runtime::WrongForm>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Binary(String);

impl Binary {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the bytes.
    pub fn decode(&self) -> Vec<u8> {
        // The form was checked when the value was made.
        BASE64_STANDARD.decode(&self.0).unwrap_or_default()
    }
}

impl From<&[u8]> for Binary {
    fn from(bytes: &[u8]) -> Self {
        Self(BASE64_STANDARD.encode(bytes))
    }
}

impl FromText for Binary {
    const EXPECTED: &'static str = "bytes in base64";

    fn from_text(text: &str) -> Option<Self> {
        crate::rules::base64(text).then(|| Self(text.to_owned()))
    }
}

text_traits!(Binary, Binary, Checked, scalar::read);
