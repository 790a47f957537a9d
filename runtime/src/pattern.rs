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

    /// Whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        // `$` would also match before a line break at the end.
        let compile = || regex_lite::Regex::new(&format!(r"\A(?:{})\z", self.source)).ok();
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

    /// Whether the whole text matches.
    pub fn matches(&self, _: &str) -> bool {
        match self.never {}
    }
}
