//! Regular expressions of `pattern` rules.

/// A regular expression that must match a whole text. It is compiled once, when it is first needed.
///
/// Only exists with the feature `pattern`; without it, no value can be made.
#[derive(Debug)]
pub struct Pattern {
    #[cfg(feature = "pattern")]
    source: std::borrow::Cow<'static, str>,
    #[cfg(feature = "pattern")]
    compiled: std::sync::OnceLock<Option<regex_lite::Regex>>,
    #[cfg(not(feature = "pattern"))]
    never: core::convert::Infallible,
}

/// Largest size of a compiled pattern, in bytes. The time of a match grows with it: at this size a text
/// of 20,000 characters takes a fraction of a second.
#[cfg(feature = "pattern")]
const MAX_SIZE: usize = 200_000;

/// The reason why a text cannot be used as a pattern.
#[cfg(feature = "pattern")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternError {
    /// It is not a regular expression in the syntax of `regex-lite`; holds the reason.
    Syntax(String),
    /// It ends inside a construct, such as a comment in a pattern with the flag `x`: text after the
    /// pattern would become part of it.
    Unclosed,
    /// The repetitions multiply to so many states that a match would take too long.
    Large,
}

#[cfg(feature = "pattern")]
impl core::fmt::Display for PatternError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            PatternError::Syntax(why) => f.write_str(why),
            PatternError::Unclosed => f.write_str(
                "the pattern ends inside a comment; with the flag `x`, a comment needs a line break after it",
            ),
            PatternError::Large => {
                f.write_str("its repetitions need too many states, so that matching would take too long")
            }
        }
    }
}

#[cfg(feature = "pattern")]
impl core::error::Error for PatternError {}

#[cfg(feature = "pattern")]
fn limited(source: &str, size: usize) -> Result<regex_lite::Regex, regex_lite::Error> {
    regex_lite::RegexBuilder::new(source)
        .size_limit(size)
        .build()
}

/// Returns the regular expression that only a whole text matches: a plain `$` would also match before a
/// final line break.
#[cfg(feature = "pattern")]
fn whole(source: &str) -> String {
    format!(r"\A(?:{source})\z")
}

#[cfg(feature = "pattern")]
impl Pattern {
    /// Makes a pattern in the syntax of the `regex-lite` crate. An invalid one matches nothing.
    pub const fn new(source: &'static str) -> Self {
        Self {
            source: std::borrow::Cow::Borrowed(source),
            compiled: std::sync::OnceLock::new(),
        }
    }

    /// Makes a pattern that is only known at run time.
    pub fn from_text(source: String) -> Self {
        Self {
            source: std::borrow::Cow::Owned(source),
            compiled: std::sync::OnceLock::new(),
        }
    }

    /// Returns the regular expression.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Checks whether the source can be used as a pattern.
    ///
    /// ```
    /// use payspec_runtime::{Pattern, PatternError};
    ///
    /// assert_eq!(Pattern::check("[0-9]{4}"), Ok(()));
    /// assert_eq!(Pattern::check("(?x) [0-9] # a digit"), Err(PatternError::Unclosed));
    /// assert_eq!(Pattern::check("(?:a{0,200}){0,200}"), Err(PatternError::Large));
    /// ```
    ///
    /// # Errors
    ///
    /// When it is not a regular expression, is only a part of one, or costs too much.
    pub fn check(source: &str) -> Result<(), PatternError> {
        if let Err(error) = limited(source, MAX_SIZE) {
            // The error has no kind, but there is only one error for size, which any pattern can raise.
            let is_large =
                limited("a", 0).is_err_and(|large| large.to_string() == error.to_string());
            return Err(match is_large {
                true => PatternError::Large,
                false => PatternError::Syntax(error.to_string()),
            });
        }
        match regex_lite::Regex::new(&whole(source)) {
            Ok(_) => Ok(()),
            Err(_) => Err(PatternError::Unclosed),
        }
    }

    /// Returns whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        let compile = || regex_lite::Regex::new(&whole(&self.source)).ok();
        let compiled = self.compiled.get_or_init(compile);
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

#[cfg(not(feature = "pattern"))]
impl Pattern {
    /// Returns the regular expression.
    pub fn source(&self) -> &str {
        match self.never {}
    }

    /// Returns whether the whole text matches.
    pub fn matches(&self, _: &str) -> bool {
        match self.never {}
    }
}
