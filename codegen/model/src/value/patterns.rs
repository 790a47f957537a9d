//! Compares sets of patterns: whether the texts that match one set all match another.
//!
//! Each pattern becomes a deterministic automaton. A breadth-first search finds the shortest text that
//! all automata of one side match and not all of the other.

use std::collections::{BTreeSet, HashMap, VecDeque};

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::util::syntax;
use regex_automata::{Anchored, MatchKind};

/// Largest size of a pattern's automaton, in bytes, and of the memory to build it.
const SIZE: usize = 1 << 20;
/// Largest number of combined states that are searched.
const PLACES: usize = 20_000;

/// A text that matches one set of patterns and not another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beyond {
    /// No such text exists: the other set allows all of them.
    Nothing,
    /// The shortest such text.
    Text(String),
    /// The search exceeded its limits.
    Unknown,
}

/// Searches for a text that all patterns of `own` match as a whole, and not all of `other`.
pub fn beyond(own: &BTreeSet<String>, other: &BTreeSet<String>) -> Beyond {
    let automata = |patterns: &BTreeSet<String>| -> Option<Vec<dense::DFA<Vec<u32>>>> {
        patterns.iter().map(|pattern| automaton(pattern)).collect()
    };
    match (automata(own), automata(other)) {
        (Some(own), Some(other)) => search(&own, &other).unwrap_or(Beyond::Unknown),
        _ => Beyond::Unknown,
    }
}

/// Builds the automaton of a pattern; [`None`] if it is too large, or if the two crates that read
/// patterns disagree about it.
fn automaton(pattern: &str) -> Option<dense::DFA<Vec<u32>>> {
    let pattern = format!(r"\A(?:{})\z", in_ascii(pattern)?);
    let config = dense::Config::new()
        .match_kind(MatchKind::All)
        .start_kind(StartKind::Anchored)
        .accelerate(false)
        .dfa_size_limit(Some(SIZE))
        .determinize_size_limit(Some(SIZE));
    dense::Builder::new()
        .configure(config)
        .syntax(syntax::Config::new().utf8(true))
        .build(&pattern)
        .ok()
}

/// Translates a pattern of `regex-lite` for `regex-syntax`: the classes of the former only know ASCII.
/// [`None`] if it cannot be translated.
fn in_ascii(pattern: &str) -> Option<String> {
    let mut written = String::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            written.push(character);
            continue;
        }
        match characters.next()? {
            'd' => written.push_str("[0-9]"),
            'w' => written.push_str("[0-9A-Za-z_]"),
            's' => written.push_str(r"[\t\n\v\f\r ]"),
            'D' | 'W' | 'S' | 'b' | 'B' | '<' | '>' => return None,
            escaped => written.extend(['\\', escaped]),
        }
    }
    // Letter case beyond ASCII, and classes and anchors that depend on flags.
    let flags =
        pattern.contains("(?") && !pattern.split("(?").skip(1).all(|at| at.starts_with(':'));
    (!flags).then_some(written)
}

/// The state of each automaton, those of one side first.
type Place = Vec<StateID>;

fn search(own: &[dense::DFA<Vec<u32>>], other: &[dense::DFA<Vec<u32>>]) -> Option<Beyond> {
    let all: Vec<&dense::DFA<Vec<u32>>> = own.iter().chain(other).collect();
    let anchored = start::Config::new().anchored(Anchored::Yes);
    let begin = all.iter().map(|one| one.start_state(&anchored).ok());
    let begin: Place = begin.collect::<Option<_>>()?;
    // The predecessor of each place, and the byte that leads from it.
    let mut seen: HashMap<Place, Option<(Place, u8)>> = HashMap::from([(begin.clone(), None)]);
    let mut next = VecDeque::from([begin]);
    while let Some(place) = next.pop_front() {
        let ends = |at: usize| all[at].is_match_state(all[at].next_eoi_state(place[at]));
        let (mut here, mut there) = (0..own.len(), own.len()..all.len());
        if here.all(ends) && !there.all(ends) {
            return text(&seen, place).map(Beyond::Text);
        }
        // Printable characters are tried first, so that the text is readable.
        for byte in (b' '..=b'~').chain(0..b' ').chain(b'\x7f'..=u8::MAX) {
            let states = all.iter().zip(&place);
            let place_behind: Place = states
                .map(|(one, state)| one.next_state(*state, byte))
                .collect();
            let is_dead = |at: usize| all[at].is_dead_state(place_behind[at]);
            if (0..own.len()).any(is_dead) || seen.contains_key(&place_behind) {
                continue;
            }
            if seen.len() >= PLACES {
                return None;
            }
            seen.insert(place_behind.clone(), Some((place.clone(), byte)));
            next.push_back(place_behind);
        }
    }
    Some(Beyond::Nothing)
}

/// Returns the text that leads to a place.
fn text(seen: &HashMap<Place, Option<(Place, u8)>>, place: Place) -> Option<String> {
    let (mut bytes, mut at) = (Vec::new(), place);
    while let Some(Some((before, byte))) = seen.get(&at) {
        bytes.push(*byte);
        at = before.clone();
    }
    bytes.reverse();
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(patterns: &[&str]) -> BTreeSet<String> {
        patterns.iter().map(|&pattern| pattern.to_owned()).collect()
    }

    fn told(own: &[&str], other: &[&str]) -> Beyond {
        beyond(&set(own), &set(other))
    }

    #[test]
    fn what_means_the_same_is_the_same() {
        for (one, other) in [
            (r"[0-9]{4}-[0-9]{2}", r"\d\d\d\d-\d{2}"),
            (r"[0-9]{4}-[0-9]{2}", r"[\d]{4}(-[0-9][0-9])"),
            ("a|b|c", "[a-c]"),
            ("(ab)*", "(?:ab(?:ab)*)?"),
            ("^a+$", "a+"),
            (r"\w*", "[A-Za-z0-9_]*"),
            ("é|x", "[éx]"),
        ] {
            assert_eq!(told(&[one], &[other]), Beyond::Nothing, "{one} {other}");
            assert_eq!(told(&[other], &[one]), Beyond::Nothing, "{other} {one}");
        }
    }

    #[test]
    fn the_text_that_tells_two_patterns_apart() {
        let text = |text: &str| Beyond::Text(text.to_owned());
        assert_eq!(told(&["[a-z]+"], &["[a-z0-9]+"]), Beyond::Nothing);
        assert_eq!(told(&["[a-z0-9]+"], &["[a-z]+"]), text("0"));
        assert_eq!(told(&["a{1,9}"], &["a{1,5}"]), text("aaaaaa"));
        assert_eq!(told(&["[éa]"], &["a"]), text("é"));
        assert_eq!(told(&[], &["a"]), text(""));
        assert_eq!(told(&["[a-m]*", "[g-z]*"], &["[g-m]*"]), Beyond::Nothing);
        assert_eq!(told(&["[g-m]*"], &["[a-m]*", "[g-z]*"]), Beyond::Nothing);
    }

    #[test]
    fn what_the_two_crates_read_otherwise_is_unknown() {
        for pattern in [r"\D", r"a\b", "(?i)a", "(?s:.)", "["] {
            assert_eq!(told(&[pattern], &["a"]), Beyond::Unknown, "{pattern}");
        }
        let long = "(?:a{0,99}b{0,99}){0,99}";
        assert_eq!(told(&[long], &["a"]), Beyond::Unknown);
    }

    /// The runtime matches every text that is found.
    #[test]
    fn the_runtime_agrees() {
        let patterns = [
            "[a-z]+",
            "[a-y]*",
            r"\d{1,3}",
            ".",
            "a.c",
            "a|bc",
            "[^a]",
            r"\s",
            r"[\w-]{2}",
            "x?y?",
            "(a|b)*c",
            r"\.",
        ];
        let reads = |pattern: &str, text: &str| {
            payspec_runtime::Pattern::from_text(pattern.to_owned()).matches(text)
        };
        let mut apart = 0;
        for one in patterns {
            for other in patterns {
                match told(&[one], &[other]) {
                    Beyond::Text(text) => {
                        assert!(
                            reads(one, &text) && !reads(other, &text),
                            "{one} {other} {text:?}"
                        );
                        apart += 1;
                    }
                    Beyond::Nothing => {
                        for text in [
                            "", "a", "b", "y", "z", "1", "12", "a-", "abc", ".", " ", "xy", "é",
                        ] {
                            assert!(
                                !reads(one, text) || reads(other, text),
                                "{one} {other} {text}"
                            );
                        }
                    }
                    Beyond::Unknown => panic!("{one} {other}"),
                }
            }
        }
        assert!(apart > 80, "{apart}");
    }
}
