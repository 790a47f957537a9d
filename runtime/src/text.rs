//! Comparing short texts.

/// Whether two texts are the same. Names and codes are mostly shorter than what makes a call to the
/// system's comparison worthwhile: they are compared eight bytes at once, in place.
#[inline]
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && has_same_bytes(a.as_bytes(), b.as_bytes())
}

fn has_same_bytes(a: &[u8], b: &[u8]) -> bool {
    match (a.split_last_chunk::<8>(), b.split_last_chunk::<8>()) {
        // The chunks of the front overlap the last one: what they leave out, that one has.
        (Some((_, a_last)), Some((_, b_last))) => {
            a_last == b_last
                && core::iter::zip(a.chunks_exact(8), b.chunks_exact(8))
                    .all(|(a, b)| a.first_chunk::<8>() == b.first_chunk::<8>())
        }
        _ => match (a.split_first_chunk::<4>(), b.split_first_chunk::<4>()) {
            (Some((a_first, _)), Some((b_first, _))) => {
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
