//! Shows the form of a value without the value itself.

use payspec_runtime::json::Node;
use payspec_runtime::{Sensitive, violation_text};

/// The number of characters whose form is shown.
const SHOWN: usize = 24;

/// The greatest number of digits in a word: a text with more may be an id or a number.
const DIGITS: usize = 4;

/// Returns a value for a sample: its form, or the mask of a sensitive one.
pub(super) fn value(node: Option<&Node<'_>>, sensitive: Option<Sensitive>) -> String {
    let Some(node) = node else {
        return violation_text::actual_absent().to_string();
    };
    if let Some(sensitive) = sensitive {
        return sensitive.mask().to_owned();
    }
    match node {
        Node::String(text) => quoted(text),
        Node::Number(digits) => form(digits),
        Node::Array(elements) => violation_text::actual_items(elements.len()).to_string(),
        Node::Null => violation_text::actual_null().to_string(),
        Node::Boolean(_) => violation_text::actual_boolean().to_string(),
        Node::Object(_) => violation_text::actual_object().to_string(),
        Node::Damaged(damage) => violation_text::actual_damage(*damage).to_string(),
    }
}

/// Returns the form of a text in quotation marks, and its length.
fn quoted(text: &str) -> String {
    format!(
        "\"{}\", {}",
        form(text),
        violation_text::actual_length(text)
    )
}

/// Masks a text: `A` or `a` for each letter and `9` for each digit; ASCII punctuation stays.
fn form(text: &str) -> String {
    let mut chars = text.chars();
    let mut form: String = chars.by_ref().take(SHOWN).map(masked).collect();
    if chars.next().is_some() {
        form.push('…');
    }
    form
}

fn masked(char: char) -> char {
    match char {
        char if char.is_uppercase() => 'A',
        char if char.is_alphabetic() => 'a',
        char if char.is_numeric() => '9',
        ' ' | '!'..='~' => char,
        _ => '?',
    }
}

/// Returns the text if it is a word of the protocol, such as a name, a code or an enum value, which
/// may be shown: ASCII letters, `_`, `-` and `.`, and a few digits.
pub(super) fn word(text: &str) -> Option<&str> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let starts = text.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_');
    (starts && text.len() <= 64 && digits <= DIGITS && text.bytes().all(is_word)).then_some(text)
}

/// Returns an unknown name unchanged if it is a [word], else `*`.
pub(super) fn name(text: &str) -> &str {
    word(text).unwrap_or("*")
}

/// Returns an unknown text of the protocol: the [word], or its form.
pub(super) fn text(text: &str, sensitive: Option<Sensitive>) -> String {
    match (sensitive, word(text)) {
        (Some(sensitive), _) => sensitive.mask().to_owned(),
        (None, Some(word)) => word.to_owned(),
        (None, None) => quoted(text),
    }
}

/// Masks an unknown path, with `*` for each segment that may be an id.
pub(super) fn path(path: &str) -> String {
    let segment = |segment: &str| {
        let version = segment.strip_prefix('v').is_some_and(|number| {
            (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        let digits = segment.bytes().any(|byte| byte.is_ascii_digit());
        let shown = segment.is_empty() || version || (!digits && word(segment).is_some());
        if shown { segment } else { "*" }.to_owned()
    };
    let segments: Vec<String> = path.split('/').take(16).map(segment).collect();
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_and_no_digit_stays() {
        let shown = |text: &str| value(Some(&Node::String(text.into())), None);
        assert_eq!(shown("Zoë-17 @x"), "\"Aaa-99 @a\", 9 characters");
        assert_eq!(shown("汉字\u{202e}\n"), "\"aa??\", 4 characters");
        assert_eq!(
            shown(&"x".repeat(25)),
            format!("\"{}…\", 25 characters", "a".repeat(24))
        );
        assert_eq!(value(Some(&Node::Number("-10.5e3")), None), "-99.9a9");
        let pii = Some(Sensitive::Pii);
        assert_eq!(value(Some(&Node::Number("1")), pii), "[pii]");
        assert_eq!(value(None, pii), "absent");
    }

    #[test]
    fn words_of_the_protocol_are_shown() {
        for shown in ["RISK_REJECT", "payMethod2", "_links", "a.b-c"] {
            assert_eq!(text(shown, None), shown);
            assert_eq!(name(shown), shown);
        }
        for hidden in [
            "4111111111111111",
            "",
            "a b",
            "user12345",
            "Zoë",
            "a@b.example",
        ] {
            assert_eq!(word(hidden), None, "{hidden}");
            assert_eq!(name(hidden), "*");
        }
        assert_eq!(text("SECRET", Some(Sensitive::Secret)), "[secret]");
    }

    #[test]
    fn a_path_keeps_its_names() {
        assert_eq!(path("/v1/users/42/pay"), "/v1/users/*/pay");
        assert_eq!(path("/v123/a%20b/user7"), "/*/*/*");
    }
}
