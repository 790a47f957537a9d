//! Comparing short texts.

/// Returns whether two texts are the same. Names and codes are mostly too short for a call of the
/// system's comparison, so they are compared in place, eight bytes at once.
#[inline]
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && has_same_bytes(a.as_bytes(), b.as_bytes())
}

#[inline]
fn has_same_bytes(a: &[u8], b: &[u8]) -> bool {
    match (a.first_chunk::<8>(), b.first_chunk::<8>()) {
        (Some(a_first), Some(b_first)) => {
            // Up to sixteen bytes, the first and the last eight cover the text.
            a_first == b_first
                && a.last_chunk::<8>() == b.last_chunk::<8>()
                && (a.len() <= 16 || a == b)
        }
        _ => match (a.first_chunk::<4>(), b.first_chunk::<4>()) {
            (Some(a_first), Some(b_first)) => {
                a_first == b_first && a.last_chunk::<4>() == b.last_chunk::<4>()
            }
            _ => core::iter::zip(a, b).all(|(a, b)| a == b),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn differs_at_any_byte() {
        for length in 0..40 {
            let text = "x".repeat(length);
            assert!(is_same(&text, &text.clone()));
            assert!(!is_same(&text, &"x".repeat(length + 1)));
            for at in 0..length {
                let mut other = text.clone();
                other.replace_range(at..=at, "y");
                assert!(!is_same(&text, &other), "{text} {other}");
            }
        }
    }
}
