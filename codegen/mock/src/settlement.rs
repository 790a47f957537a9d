//! The settlement of a resource that an answer leaves open.

use std::fmt;
use std::time::Duration;

/// The way a payment, a refund or a registration ends that an answer leaves open: the payer acts after a while,
/// or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// `succeeds` or `succeeds=SECONDS`: it ends well, the payer pays.
    Succeeds(Duration),
    /// `fails` or `fails=SECONDS`: it ends badly, the payer declines.
    Fails(Duration),
    /// `waits`: it stays open until it expires or is ended by hand.
    Waits,
}

impl Default for Settlement {
    /// It ends well at once.
    fn default() -> Self {
        Settlement::Succeeds(Duration::ZERO)
    }
}

/// The longest delay in seconds: a day.
const LONGEST: u64 = 86_400;

impl std::str::FromStr for Settlement {
    type Err = String;

    /// ```
    /// use payspec_mock::Settlement;
    /// use std::time::Duration;
    ///
    /// assert_eq!("succeeds=30".parse(), Ok(Settlement::Succeeds(Duration::from_secs(30))));
    /// assert_eq!("fails".parse(), Ok(Settlement::Fails(Duration::ZERO)));
    /// assert!("perhaps".parse::<Settlement>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, String> {
        let (word, seconds) = match text.trim().split_once('=') {
            Some((word, seconds)) => (word, seconds.parse().ok()),
            None => (text.trim(), Some(0)),
        };
        let after = seconds.filter(|seconds| *seconds <= LONGEST);
        let after = after.map(Duration::from_secs);
        match (word, after) {
            ("succeeds", Some(after)) => Ok(Settlement::Succeeds(after)),
            ("fails", Some(after)) => Ok(Settlement::Fails(after)),
            ("waits", Some(Duration::ZERO)) => Ok(Settlement::Waits),
            (_, _) => Err(format!(
                "invalid settlement `{}`: expected succeeds, succeeds=SECONDS, fails, fails=SECONDS (up to \
                 {LONGEST}) or waits",
                text.escape_debug()
            )),
        }
    }
}

impl fmt::Display for Settlement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Settlement::Succeeds(after) => write!(f, "succeeds={}", after.as_secs()),
            Settlement::Fails(after) => write!(f, "fails={}", after.as_secs()),
            Settlement::Waits => f.write_str("waits"),
        }
    }
}
