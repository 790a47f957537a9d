//! Patterns of words: `call [the] {api} (again|once more)`.
//!
//! `(a|b)` is one of several, `[a|b]` the same or nothing, `{name}` a named list of patterns, `inquir*`
//! a word with this beginning, `{wire}` a word that is written like a name on the wire, `{number}` a
//! number. Each Chinese character is a word.

use std::collections::BTreeMap;

use super::words::{Word, sentences};

/// A pattern.
#[derive(Debug, Clone, Default)]
pub(super) struct Pattern(Vec<Node>);

#[derive(Debug, Clone)]
enum Node {
    Word(String),
    Prefix(String),
    Suffix(String),
    /// Up to some words, without those that begin another clause.
    Gap(Vec<String>),
    Wire,
    Number,
    OneOf(Vec<Vec<Node>>),
}

/// A match at the start of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Matched {
    /// The number of matched words.
    pub(super) count: usize,
    /// The number of them that the pattern spells out.
    pub(super) literal: usize,
}

/// The named lists of patterns in a file.
pub(super) type Names = BTreeMap<String, Vec<String>>;

/// The number of words that `{gap}` can stand for.
const GAP: usize = 12;

/// The name of the words that `{gap}` does not stand for.
const STOPS: &str = "stop";

/// The depth of groups and names, which is deeper than any pattern needs.
const DEPTH: usize = 8;

impl Pattern {
    /// Reads a pattern; [`None`] if a bracket has no partner or a name is unknown.
    pub(super) fn of(text: &str, names: &Names) -> Option<Self> {
        let mut rest = text;
        let arms = arms(&mut rest, names, 0)?;
        let [only] = <[Vec<Node>; 1]>::try_from(arms).ok()?;
        (rest.is_empty() && !only.is_empty()).then_some(Pattern(only))
    }

    /// Returns the words that a match can begin with; [`None`] if that can be any word.
    pub(super) fn first_words(&self) -> Option<Vec<String>> {
        let mut words = Vec::new();
        first_words(&self.0, &mut words).then_some(words)
    }

    /// Returns the longest match at the start of some words.
    pub(super) fn matches(&self, words: &[Word]) -> Option<Matched> {
        let may_match = may_begin(&self.0, words.first());
        let found = may_match.then(|| ends(&self.0, words, Matched::default()));
        found.unwrap_or_default().into_iter().max()
    }
}

/// Reads alternatives up to a closing bracket or the end.
fn arms(rest: &mut &str, names: &Names, depth: usize) -> Option<Vec<Vec<Node>>> {
    let mut arms = vec![Vec::new()];
    if depth > DEPTH {
        return None;
    }
    loop {
        let at = rest.find(['(', ')', '[', ']', '{', '|']);
        let (plain, after) = rest.split_at(at.unwrap_or(rest.len()));
        let arm = arms.last_mut()?;
        arm.extend(plain_words(plain));
        let Some(mark) = after.chars().next() else {
            *rest = after;
            return Some(arms);
        };
        *rest = &after[1..];
        match mark {
            '|' => arms.push(Vec::new()),
            '(' => {
                let inner = self::arms(rest, names, depth + 1)?;
                *rest = rest.strip_prefix(')')?;
                arm.push(Node::OneOf(inner));
            }
            '[' => {
                let mut inner = self::arms(rest, names, depth + 1)?;
                *rest = rest.strip_prefix(']')?;
                inner.push(Vec::new());
                arm.push(Node::OneOf(inner));
            }
            '{' => {
                let (name, after) = rest.split_once('}')?;
                *rest = after;
                arm.push(match name {
                    "wire" => Node::Wire,
                    "number" => Node::Number,
                    "gap" => Node::Gap(names.get(STOPS).cloned().unwrap_or_default()),
                    name => {
                        let mut list = Vec::new();
                        for mut text in names.get(name)?.iter().map(String::as_str) {
                            list.extend(self::arms(&mut text, names, depth + 1)?);
                        }
                        Node::OneOf(list)
                    }
                });
            }
            _ => {
                *rest = after;
                return (depth > 0).then_some(arms);
            }
        }
    }
}

fn plain_words(text: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    for part in text.split_whitespace() {
        if let Some(suffix) = part.strip_prefix('*') {
            nodes.push(Node::Suffix(suffix.to_lowercase()));
            continue;
        }
        let (part, is_prefix) = match part.strip_suffix('*') {
            Some(part) => (part, true),
            None => (part, false),
        };
        let words = sentences(part).into_iter().flat_map(|one| one.parts);
        let mut words: Vec<Node> = words.flatten().map(|word| Node::Word(word.text)).collect();
        if let (true, Some(Node::Word(word))) = (is_prefix, words.last_mut()) {
            let prefix = Node::Prefix(std::mem::take(word));
            words.pop();
            words.push(prefix);
        }
        nodes.extend(words);
    }
    nodes
}

/// Collects the words at the beginning; returns false if others are possible.
fn first_words(nodes: &[Node], into: &mut Vec<String>) -> bool {
    let Some((first, rest)) = nodes.split_first() else {
        return false;
    };
    match first {
        Node::Word(word) => {
            into.push(word.clone());
            true
        }
        Node::Prefix(_) | Node::Suffix(_) | Node::Gap(_) | Node::Wire | Node::Number => false,
        Node::OneOf(arms) => arms.iter().all(|arm| {
            if arm.is_empty() {
                first_words(rest, into)
            } else {
                first_words(arm, into)
            }
        }),
    }
}

/// Returns whether a word may begin an alternative, which most do not.
fn may_begin(nodes: &[Node], next: Option<&Word>) -> bool {
    match (nodes.first(), next) {
        (Some(Node::Word(word)), Some(next)) => next.text == *word,
        (Some(Node::OneOf(arms)), Some(_)) => {
            let mut arms = arms.iter();
            arms.any(|arm| {
                let is_blank = arm.is_empty();
                is_blank && may_begin(nodes.get(1..).unwrap_or_default(), next)
                    || !is_blank && may_begin(arm, next)
            })
        }
        (
            Some(Node::Word(_) | Node::Prefix(_) | Node::Suffix(_) | Node::Wire | Node::Number),
            None,
        ) => false,
        (
            None
            | Some(
                Node::Prefix(_)
                | Node::Suffix(_)
                | Node::Wire
                | Node::Number
                | Node::Gap(_)
                | Node::OneOf(_),
            ),
            _,
        ) => true,
    }
}

fn ends(nodes: &[Node], words: &[Word], so_far: Matched) -> Vec<Matched> {
    let Some((first, rest)) = nodes.split_first() else {
        return vec![so_far];
    };
    let next = words.get(so_far.count);
    let one = |fits: bool, literal: usize| {
        if !fits {
            return Vec::new();
        }
        let so_far = Matched {
            count: so_far.count + 1,
            literal: so_far.literal + literal,
        };
        ends(rest, words, so_far)
    };
    match first {
        Node::Word(word) => one(next.is_some_and(|next| next.text == *word), 1),
        Node::Prefix(start) => one(next.is_some_and(|next| next.text.starts_with(start)), 1),
        Node::Suffix(end) => one(next.is_some_and(|next| next.text.ends_with(end)), 1),
        Node::Gap(stops) => {
            let left = words.get(so_far.count..).unwrap_or_default();
            let stop = left.iter().position(|word| stops.contains(&word.text));
            let most = stop.unwrap_or(left.len()).min(GAP);
            let mut found = Vec::new();
            for skipped in 0..=most {
                let so_far = Matched {
                    count: so_far.count + skipped,
                    ..so_far
                };
                found.extend(ends(rest, words, so_far));
            }
            found.sort_unstable();
            found.dedup();
            found
        }
        Node::Wire => one(next.is_some_and(|next| next.is_name), 0),
        Node::Number => {
            let is_number = |next: &Word| next.text.chars().all(|c| c.is_numeric());
            one(next.is_some_and(is_number), 0)
        }
        Node::OneOf(arms) => {
            let mut found = Vec::new();
            for arm in arms.iter().filter(|arm| may_begin(arm, next)) {
                for end in ends(arm, words, so_far) {
                    found.extend(ends(rest, words, end));
                }
            }
            found.sort_unstable();
            found.dedup();
            found
        }
    }
}
