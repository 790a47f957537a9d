use super::inline::Inline;
use super::scalar;
use super::{FromText, text_traits};

/// A UUID, as [`rules::uuid`](crate::rules::uuid) describes it.
///
/// It keeps the text and prints it unchanged. So two values that differ in the case of their letters are not equal; compare
/// [`Uuid::as_u128`] instead.
///
/// ```
/// use payspec_runtime::Uuid;
///
/// let id: Uuid = "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6".parse()?;
/// assert_eq!(id.as_u128(), 0xf81d4fae_7dec_11d0_a765_00a0c91e6bf6);
/// assert!("f81d4fae".parse::<Uuid>().is_err());
/// # Ok::<(), payspec_runtime::WrongForm>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid(Inline<36>);

impl Uuid {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the value, the first digit of the text as the highest.
    pub fn as_u128(&self) -> u128 {
        let digits = self.as_str().chars().filter_map(|char| char.to_digit(16));
        digits.fold(0, |value, digit| value << 4 | u128::from(digit))
    }
}

impl FromText for Uuid {
    const EXPECTED: &'static str = "a UUID";

    fn from_text(text: &str) -> Option<Self> {
        let inline = Inline::new(text)?;
        crate::rules::uuid(text).then_some(Self(inline))
    }
}

text_traits!(Uuid, Uuid, Checked, scalar::read);
