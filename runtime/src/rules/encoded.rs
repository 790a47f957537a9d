//! The forms of bytes as texts.

/// Returns whether the text is a UUID as RFC 9562 writes it: 32 hexadecimal digits of any case, in groups of 8, 4, 4, 4 and
/// 12 with hyphens between them.
///
/// ```
/// use payspec_runtime::rules::uuid;
///
/// assert!(uuid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
/// assert!(!uuid("f81d4fae7dec11d0a76500a0c91e6bf6"));
/// ```
pub fn uuid(text: &str) -> bool {
    const HYPHENS: [usize; 4] = [8, 13, 18, 23];
    let mut bytes = text.bytes().enumerate();
    let fits = |(at, byte): (usize, u8)| match HYPHENS.contains(&at) {
        true => byte == b'-',
        false => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && bytes.all(fits)
}

/// Returns whether the text is at least one byte in base64 with padding, in the alphabet with `+` and `/` (RFC 4648,
/// section 4).
///
/// ```
/// use payspec_runtime::rules::base64;
///
/// assert!(base64("cGF5") && base64("cGE="));
/// assert!(!base64("cGE") && !base64("cG_5"));
/// ```
pub fn base64(text: &str) -> bool {
    let digits = text.strip_suffix('=').unwrap_or(text);
    let digits = digits.strip_suffix('=').unwrap_or(digits);
    let mut bytes = digits.bytes();
    let are_digits = bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    // The last digit before the padding has bits that belong to no byte; they are zero.
    let last = digits.bytes().last().and_then(value).unwrap_or(0);
    let spare = match text.len() - digits.len() {
        0 => 0,
        1 => last & 0b11,
        _ => last & 0b1111,
    };
    !text.is_empty() && text.len() % 4 == 0 && are_digits && spare == 0
}

/// Returns the six bits of a digit.
fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::base64::{Engine, prelude::BASE64_STANDARD};

    #[test]
    fn uuids() {
        for text in [
            "00000000-0000-0000-0000-000000000000",
            "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6",
        ] {
            assert!(uuid(text), "{text}");
        }
        for text in [
            "",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf60",
            "g81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "f81d4fae--7dec11d0-a765-00a0c91e6bf6",
            "{f81d4fae-7dec-11d0-a765-00a0c91e6b}",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bé",
        ] {
            assert!(!uuid(text), "{text}");
        }
    }

    /// Every text of up to six of these characters, and the same with a good start, is judged as by a library.
    #[test]
    fn a_library_agrees() {
        let letters = ["A", "B", "Q", "g", "9", "+", "/", "=", "-", "é"];
        let mut texts = vec![String::new()];
        let mut longest = texts.clone();
        for _ in 0..5 {
            longest = longest
                .iter()
                .flat_map(|text| letters.map(|letter| format!("{text}{letter}")))
                .collect();
            texts.extend(longest.iter().cloned());
        }
        let mut good = 0;
        for text in texts {
            for text in [format!("TWFu{text}"), text] {
                let decoded = BASE64_STANDARD.decode(&text);
                let expected = decoded.is_ok() && !text.is_empty();
                assert_eq!(base64(&text), expected, "{text}");
                good += u32::from(decoded.is_ok());
            }
        }
        assert!(good > 1_000, "{good}");
    }
}
