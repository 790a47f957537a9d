//! Finds out from its structure what a pattern can match.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Returns whether no text at all matches a pattern as a whole. Anchors of lines and words count as
/// satisfied, so some such patterns are not recognised.
pub(super) fn matches_nothing(pattern: &str) -> bool {
    // Patterns that `regex-lite` accepts but `regex-syntax` does not are not examined.
    regex_syntax::parse(pattern).is_ok_and(|hir| Ways::of(&hir).0 == 0)
}

/// A way in which an expression can match a part of a text.
#[derive(Clone, Copy)]
struct Way {
    /// True if only at the start of the text.
    start: bool,
    /// True if only at the end of the text.
    end: bool,
    /// True if it consumes at least one character.
    takes: bool,
}

/// A set of ways: a bit for each of the eight.
#[derive(Clone, Copy, PartialEq)]
struct Ways(u8);

impl Ways {
    const NONE: Ways = Ways(0);

    fn one(way: Way) -> Self {
        let Way { start, end, takes } = way;
        Ways(1 << (u8::from(start) | u8::from(end) << 1 | u8::from(takes) << 2))
    }

    const fn empty() -> Way {
        Way {
            start: false,
            end: false,
            takes: false,
        }
    }

    fn each(self) -> impl Iterator<Item = Way> {
        (0..8u8)
            .filter(move |index| self.0 & (1 << index) != 0)
            .map(|index| Way {
                start: index & 1 != 0,
                end: index & 2 != 0,
                takes: index & 4 != 0,
            })
    }

    fn or(self, other: Ways) -> Ways {
        Ways(self.0 | other.0)
    }

    /// Returns the ways of one after the other.
    fn then(self, next: Ways) -> Ways {
        let mut ways = Ways::NONE;
        for a in self.each() {
            for b in next.each() {
                // A position after a character is not the start, and one before a character is not the
                // end.
                if !(a.takes && b.start || a.end && b.takes) {
                    ways = ways.or(Ways::one(Way {
                        start: a.start || b.start,
                        end: a.end || b.end,
                        takes: a.takes || b.takes,
                    }));
                }
            }
        }
        ways
    }

    fn of(hir: &Hir) -> Ways {
        let empty = Ways::one(Ways::empty());
        let character = Ways::one(Way {
            takes: true,
            ..Ways::empty()
        });
        match hir.kind() {
            HirKind::Empty => empty,
            HirKind::Literal(_) => character,
            HirKind::Class(class) => match class {
                Class::Unicode(class) if class.ranges().is_empty() => Ways::NONE,
                Class::Bytes(class) if class.ranges().is_empty() => Ways::NONE,
                Class::Unicode(_) | Class::Bytes(_) => character,
            },
            HirKind::Look(Look::Start) => Ways::one(Way {
                start: true,
                ..Ways::empty()
            }),
            HirKind::Look(Look::End) => Ways::one(Way {
                end: true,
                ..Ways::empty()
            }),
            HirKind::Look(_) => empty,
            HirKind::Repetition(repetition) => {
                let once = Ways::of(&repetition.sub);
                // More repetitions than two beyond the minimum add no new ways.
                let least = repetition.min.min(2);
                let most = repetition.max.unwrap_or(u32::MAX).min(least + 2);
                let mut ways = Ways::NONE;
                let mut repeated = empty;
                for count in 0..=most {
                    if count >= least {
                        ways = ways.or(repeated);
                    }
                    repeated = repeated.then(once);
                }
                ways
            }
            HirKind::Capture(capture) => Ways::of(&capture.sub),
            HirKind::Concat(parts) => parts
                .iter()
                .fold(empty, |ways, part| ways.then(Ways::of(part))),
            HirKind::Alternation(parts) => parts
                .iter()
                .fold(Ways::NONE, |ways, part| ways.or(Ways::of(part))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::matches_nothing;

    #[test]
    fn nothing() {
        for pattern in [
            r"a^b",
            r"a$b",
            r"\z.",
            r".\A",
            r"[^\s\S]",
            r"(a|b)^c",
            r"(?:^a){2}",
            r"a(?:b$)+c",
            r"$a|b^",
        ] {
            assert!(matches_nothing(pattern), "{pattern}");
            // The second witness: no short text matches either.
            let compiled = payspec_runtime::Pattern::from_text(pattern.to_owned());
            for text in ["", "a", "b", "c", "ab", "abc", "aa", "a\n", "abbc"] {
                assert!(!compiled.matches(text), "{pattern} matches {text:?}");
            }
        }
    }

    #[test]
    fn something() {
        for pattern in [
            "",
            "^a$",
            "^$",
            r"(?:^a|b)c",
            r"(?m)a$\n^b",
            r"\ba\b",
            r"(?:^)*a",
            r"a(?:$)?b",
            r"^^a$$",
            "[0-9]{4}",
            r"(?:a$)?b",
            r"(?:^a){1}",
            "(?:b|a^)+",
        ] {
            assert!(!matches_nothing(pattern), "{pattern}");
        }
    }
}
