//! What may stand in a text that is sent, whatever the spec says of it.

use super::url::{callable, may_open};
use crate::{Phrase, RuleId, Severity, phrases};

/// What is wrong with a text that is sent, however it got its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// A control character in an id: two systems that treat it differently see two ids, and one of them
    /// may pay twice.
    ControlInId(char),
    /// A control character in another text.
    Control(char),
    /// An address that no server can call, though the provider is asked to.
    NotCallable,
    /// An address of a scheme that runs a script or reads a file.
    Harmful,
}

impl Unfit {
    /// The rule that is broken.
    pub const fn rule(self) -> RuleId {
        match self {
            Unfit::ControlInId(_) | Unfit::Control(_) => RuleId::ControlCharacter,
            Unfit::NotCallable | Unfit::Harmful => RuleId::UrlScheme,
        }
    }

    /// An id with a control character must not be sent; the rest is odd.
    pub const fn severity(self) -> Severity {
        match self {
            Unfit::ControlInId(_) => Severity::Error,
            Unfit::Control(_) | Unfit::NotCallable | Unfit::Harmful => Severity::Warning,
        }
    }

    /// What was expected.
    pub fn expected(self) -> Phrase {
        match self {
            Unfit::ControlInId(_) | Unfit::Control(_) => phrases::expected_no_control(),
            Unfit::NotCallable => phrases::expected_callable_url(),
            Unfit::Harmful => phrases::expected_opened_url(),
        }
    }

    /// What was found. Of a text only the control character is told, of an address nothing but that.
    pub fn actual(self) -> Phrase {
        match self {
            Unfit::ControlInId(found) | Unfit::Control(found) => phrases::actual_control(found),
            Unfit::NotCallable | Unfit::Harmful => phrases::actual_other_scheme(),
        }
    }
}

/// What is wrong with a text that is sent as the value of a field of this name.
///
/// ```
/// use payspec_runtime::rules::{Unfit, unfit_text};
///
/// assert_eq!(unfit_text("paymentRequestId", "1\0"), Some(Unfit::ControlInId('\0')));
/// assert_eq!(unfit_text("orderDescription", "two\nlines"), None);
/// ```
pub fn unfit_text(field: &str, text: &str) -> Option<Unfit> {
    if !may_have_control(text) {
        return None;
    }
    if names_id(field) {
        return text
            .chars()
            .find(|c| c.is_control())
            .map(Unfit::ControlInId);
    }
    let strange = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    text.chars().find(strange).map(Unfit::Control)
}

/// What is wrong with a well-formed address that is sent as the value of a field of this name.
pub fn unfit_url(field: &str, url: &str) -> Option<Unfit> {
    if callable(url) {
        None
    } else if names_callback(field) {
        Some(Unfit::NotCallable)
    } else {
        (!may_open(url)).then_some(Unfit::Harmful)
    }
}

/// Whether a closer look is needed to know that no control character is in a text.
#[inline]
pub(crate) fn may_have_control(text: &str) -> bool {
    // Without a branch, so that many bytes are looked at in one instruction. Those from U+0080 to U+009F
    // begin with 0xC2.
    let control = |found, byte: u8| found | (byte < b' ') | (byte == 0x7f) | (byte == 0xc2);
    text.bytes().fold(false, control)
}

/// Whether a field of this name holds an id: the last word of the name is `id`, as in `paymentId`,
/// `payment_id` and `ID`.
fn names_id(field: &str) -> bool {
    let Some(rest) = ["Id", "ID", "id"]
        .iter()
        .find_map(|ending| field.strip_suffix(ending))
    else {
        return false;
    };
    // `paid` and `MAID` are words of their own.
    let starts_a_word = field.ends_with("Id") || !rest.ends_with(|c: char| c.is_ascii_alphabetic());
    let after_lower = field.ends_with("ID") && rest.ends_with(|c: char| c.is_ascii_lowercase());
    rest.is_empty() || starts_a_word || after_lower
}

/// Whether the provider calls the address in a field of this name: `notifyUrl`, `callback_url`,
/// `webhookURL`.
fn names_callback(field: &str) -> bool {
    let field = field.to_ascii_lowercase();
    ["notify", "notification", "callback", "webhook"]
        .iter()
        .any(|word| field.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        for name in [
            "id",
            "ID",
            "paymentId",
            "payment_id",
            "orderID",
            "merchant.id",
            "ORDER_ID",
        ] {
            assert!(names_id(name), "{name}");
        }
        for name in ["paid", "MAID", "grid", "Ident", "idea", ""] {
            assert!(!names_id(name), "{name}");
        }
    }

    #[test]
    fn control_characters() {
        for found in ['\0', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}'] {
            let text = format!("a{found}b");
            assert_eq!(
                unfit_text("orderId", &text),
                Some(Unfit::ControlInId(found))
            );
            assert_eq!(unfit_text("note", &text), Some(Unfit::Control(found)));
        }
        for found in ['\t', '\n', '\r'] {
            let text = format!("a{found}b");
            assert_eq!(
                unfit_text("orderId", &text),
                Some(Unfit::ControlInId(found))
            );
            assert_eq!(unfit_text("note", &text), None);
        }
        for text in ["", "plain", "支付 ¢£", "\u{a0}", "\u{2028}"] {
            assert_eq!(unfit_text("orderId", text), None, "{text:?}");
        }
    }

    #[test]
    fn addresses() {
        assert_eq!(unfit_url("paymentNotifyUrl", "https://a.example/"), None);
        for url in [
            "javascript:x",
            "ftp://a.example/",
            "alipays://x",
            "mailto:a@b",
        ] {
            assert_eq!(unfit_url("paymentNotifyUrl", url), Some(Unfit::NotCallable));
        }
        assert_eq!(unfit_url("paymentRedirectUrl", "alipays://x"), None);
        assert_eq!(
            unfit_url("paymentRedirectUrl", "JavaScript:x"),
            Some(Unfit::Harmful)
        );
    }
}
