//! Checks of outgoing texts that hold for every spec.

use super::url::{callable, may_open};
use crate::{Phrase, Purpose, RuleId, Severity, violation_text};

/// A flaw of an outgoing text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// A control character in an id: two systems that treat it differently see two ids, so a payment
    /// may be made twice.
    ControlInId(char),
    /// A control character in another text.
    Control(char),
    /// An address that the provider should call but that no server can call.
    NotCallable,
    /// An address of a scheme that runs a script or reads a file.
    Harmful,
}

impl Unfit {
    /// Returns the broken rule.
    pub const fn rule(self) -> RuleId {
        match self {
            Unfit::ControlInId(_) | Unfit::Control(_) => RuleId::ControlCharacter,
            Unfit::NotCallable | Unfit::Harmful => RuleId::UrlScheme,
        }
    }

    /// Returns the severity. An id with a control character must not be sent; the other flaws are
    /// warnings.
    pub const fn severity(self) -> Severity {
        match self {
            Unfit::ControlInId(_) => Severity::Error,
            Unfit::Control(_) | Unfit::NotCallable | Unfit::Harmful => Severity::Warning,
        }
    }

    /// Returns the expected value in words.
    pub fn expected(self) -> Phrase {
        match self {
            Unfit::ControlInId(_) | Unfit::Control(_) => violation_text::expected_no_control(),
            Unfit::NotCallable => violation_text::expected_callable_url(),
            Unfit::Harmful => violation_text::expected_opened_url(),
        }
    }

    /// Returns the actual value in words: only the control character of a text, and nothing of an
    /// address.
    pub fn actual(self) -> Phrase {
        match self {
            Unfit::ControlInId(found) | Unfit::Control(found) => {
                violation_text::actual_control(found)
            }
            Unfit::NotCallable | Unfit::Harmful => violation_text::actual_other_scheme(),
        }
    }
}

/// Returns the flaw of an outgoing text with this purpose, if it has one.
///
/// ```
/// use payspec_runtime::Purpose;
/// use payspec_runtime::rules::{Unfit, unfit_text};
///
/// assert_eq!(unfit_text(Some(Purpose::Id), "1\0"), Some(Unfit::ControlInId('\0')));
/// assert_eq!(unfit_text(None, "two\nlines"), None);
/// ```
pub fn unfit_text(purpose: Option<Purpose>, text: &str) -> Option<Unfit> {
    match purpose {
        Some(Purpose::Callback) if !callable(text) => return Some(Unfit::NotCallable),
        _ if !may_have_control(text) => return None,
        Some(Purpose::Id) => {
            let mut controls = text.chars().filter(|c| c.is_control());
            return controls.next().map(Unfit::ControlInId);
        }
        Some(Purpose::Callback) | None => {}
    }
    let strange = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    text.chars().find(strange).map(Unfit::Control)
}

/// Returns the flaw of a well-formed outgoing address with this purpose, if it has one.
pub fn unfit_url(purpose: Option<Purpose>, url: &str) -> Option<Unfit> {
    if callable(url) {
        return None;
    }
    match purpose {
        Some(Purpose::Callback) => Some(Unfit::NotCallable),
        Some(Purpose::Id) | None => (!may_open(url)).then_some(Unfit::Harmful),
    }
}

/// Returns whether a text may contain a control character, so that it must be examined more closely.
#[inline]
pub(crate) fn may_have_control(text: &str) -> bool {
    // Without a branch, so that one instruction compares many bytes. The characters from U+0080 to
    // U+009F begin with 0xC2.
    let control = |found, byte: u8| found | (byte < b' ') | (byte == 0x7f) | (byte == 0xc2);
    text.bytes().fold(false, control)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: Option<Purpose> = Some(Purpose::Id);
    const CALLBACK: Option<Purpose> = Some(Purpose::Callback);

    #[test]
    fn control_characters() {
        for found in ['\0', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}'] {
            let text = format!("a{found}b");
            assert_eq!(unfit_text(ID, &text), Some(Unfit::ControlInId(found)));
            assert_eq!(unfit_text(None, &text), Some(Unfit::Control(found)));
        }
        for found in ['\t', '\n', '\r'] {
            let text = format!("a{found}b");
            assert_eq!(unfit_text(ID, &text), Some(Unfit::ControlInId(found)));
            assert_eq!(unfit_text(None, &text), None);
        }
        for text in ["", "plain", "支付 ¢£", "\u{a0}", "\u{2028}"] {
            assert_eq!(unfit_text(ID, text), None, "{text:?}");
        }
    }

    #[test]
    fn addresses() {
        assert_eq!(unfit_url(CALLBACK, "https://a.example/"), None);
        for url in [
            "javascript:x",
            "ftp://a.example/",
            "alipays://x",
            "mailto:a@b",
        ] {
            assert_eq!(unfit_url(CALLBACK, url), Some(Unfit::NotCallable));
            assert_eq!(unfit_text(CALLBACK, url), Some(Unfit::NotCallable));
        }
        assert_eq!(unfit_text(CALLBACK, "https://a.example/"), None);
        assert_eq!(unfit_url(None, "alipays://x"), None);
        assert_eq!(unfit_url(None, "JavaScript:x"), Some(Unfit::Harmful));
    }
}
