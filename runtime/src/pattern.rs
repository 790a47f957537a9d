//! Regular expressions of `pattern` rules.

/// A regular expression that a whole text matches. It is compiled when it is first needed, once.
///
/// Exists with the feature `pattern` only; without it there is no way to make one.
#[derive(Debug)]
pub struct Pattern {
    #[cfg(feature = "pattern")]
    source: std::borrow::Cow<'static, str>,
    #[cfg(feature = "pattern")]
    compiled: std::sync::OnceLock<Option<regex_lite::Regex>>,
    #[cfg(not(feature = "pattern"))]
    never: core::convert::Infallible,
}

/// The most bytes that a compiled pattern may take. A text is matched in time that grows with them: at
/// this size a text of 20,000 characters takes a fraction of a second.
#[cfg(feature = "pattern")]
const MAX_SIZE: usize = 200_000;

/// Why a text cannot be used as a pattern.
#[cfg(feature = "pattern")]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternError {
    /// It is not a regular expression in the syntax of `regex-lite`, for this reason.
    Syntax(String),
    /// It ends inside of something, such as a comment in a pattern with the flag `x`: what a pattern is
    /// put into would become part of it.
    Unclosed,
    /// The repetitions multiply to so many states that matching would take too long.
    Large,
}

#[cfg(feature = "pattern")]
impl core::fmt::Display for PatternError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            PatternError::Syntax(why) => f.write_str(why),
            PatternError::Unclosed => f.write_str(
                "it does not end where the pattern ends: a comment of `(?x)` needs a line break behind it",
            ),
            PatternError::Large => {
                f.write_str("its repetitions multiply to more states than a text can be matched with in time")
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

/// The regular expression that only a whole text matches: `$` would also match before a line break at
/// the end.
#[cfg(feature = "pattern")]
fn whole(source: &str) -> String {
    format!(r"\A(?:{source})\z")
}

#[cfg(feature = "pattern")]
impl Pattern {
    /// A pattern in the syntax of the `regex-lite` crate. One that is not valid matches nothing.
    pub const fn new(source: &'static str) -> Self {
        Self {
            source: std::borrow::Cow::Borrowed(source),
            compiled: std::sync::OnceLock::new(),
        }
    }

    /// A pattern that is known at run time only.
    pub fn from_text(source: String) -> Self {
        Self {
            source: std::borrow::Cow::Owned(source),
            compiled: std::sync::OnceLock::new(),
        }
    }

    /// The regular expression.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns whether the source can be used as a pattern.
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
    /// When it is not a regular expression, only part of one, or costs too much.
    pub fn check(source: &str) -> Result<(), PatternError> {
        if let Err(error) = limited(source, MAX_SIZE) {
            // The error has no kind, but there is only one that any pattern can raise.
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
    /// The regular expression.
    pub fn source(&self) -> &str {
        match self.never {}
    }

    /// Returns whether the whole text matches.
    pub fn matches(&self, _: &str) -> bool {
        match self.never {}
    }
}
