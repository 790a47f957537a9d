//! The patterns of advice as data: one file per language. Pages mix languages, so all files are used
//! for each text.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::pattern::{Matched, Names, Pattern};
use super::words::Word;
use payspec_model::model::NextStep;

const FILES: [&str; 2] = [
    include_str!("../phrases/advice.en.yaml"),
    include_str!("../phrases/advice.zh.yaml"),
];

/// The content of a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    names: Names,
    steps: BTreeMap<NextStep, Vec<String>>,
    look: Vec<String>,
    repeat: Vec<String>,
    negations: Vec<String>,
    fallbacks: Vec<String>,
    conditions: Vec<String>,
    main: Vec<String>,
    before: Vec<String>,
    put_off: Vec<String>,
    until: Vec<String>,
    or: Vec<String>,
    and: Vec<String>,
    fillers: Vec<String>,
    repeats: Vec<String>,
    guards: Vec<String>,
    verbs: Vec<String>,
    objects: Vec<String>,
    remarks: Vec<String>,
    references: Vec<String>,
}

/// The meaning of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A step.
    Step(NextStep),
    /// To look at something that does not tell which step that is.
    Look,
    /// To do it once more, with the same or a new request id.
    Repeat,
    /// A negation of the step that follows.
    Negation,
    /// A condition that earlier advice did not help.
    Fallback,
    /// The beginning of any other condition.
    Condition,
    /// The beginning of the clause behind a condition.
    Main,
    /// The beginning of something that must wait.
    Before,
    /// The end of something that must wait.
    PutOff,
    /// A known end of a repetition.
    Until,
    Or,
    And,
    /// Words that change no meaning.
    Filler,
    /// Words of a repetition.
    Again,
    /// Words that may reverse or limit a meaning.
    Guard,
    /// Verbs that need a known object.
    Verb,
    /// The object of the verb of a call: `the payment`.
    Object,
    /// A statement without advice.
    Remark,
    /// An announcement of titles of pages to read.
    Reference,
}

impl Meaning {
    /// Returns whether the words neither advise nor negate nor limit anything.
    pub(super) fn is_plain(self) -> bool {
        match self {
            Meaning::Fallback
            | Meaning::Condition
            | Meaning::Main
            | Meaning::Or
            | Meaning::And
            | Meaning::Filler
            | Meaning::Verb
            | Meaning::Object
            | Meaning::Remark
            | Meaning::Reference => true,
            Meaning::Step(_)
            | Meaning::Look
            | Meaning::Repeat
            | Meaning::Negation
            | Meaning::Before
            | Meaning::PutOff
            | Meaning::Until
            | Meaning::Again
            | Meaning::Guard => false,
        }
    }
}

/// All patterns by their meaning.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    patterns: Vec<(Meaning, Pattern)>,
    /// The patterns by a word that they may begin with.
    by_word: HashMap<String, Vec<usize>>,
    /// The patterns that may begin with words that are not spelled out.
    open: Vec<usize>,
}

pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> =
        LazyLock::new(|| {
            let mut lexicon = Lexicon::default();
            for file in FILES {
                // A test checks the files and each pattern in them.
                let phrases: Phrases = serde_yaml::from_str(file).unwrap_or_default();
                let patterns = phrases.patterns();
                lexicon.add(patterns.filter_map(|(meaning, text)| {
                    Some((meaning, Pattern::of(text, &phrases.names)?))
                }));
            }
            lexicon
        });
    &LEXICON
}

impl Phrases {
    fn patterns(&self) -> impl Iterator<Item = (Meaning, &str)> {
        let steps = self.steps.iter();
        let steps = steps.map(|(step, list)| (Meaning::Step(*step), list));
        let others = [
            (Meaning::Look, &self.look),
            (Meaning::Repeat, &self.repeat),
            (Meaning::Negation, &self.negations),
            (Meaning::Fallback, &self.fallbacks),
            (Meaning::Condition, &self.conditions),
            (Meaning::Main, &self.main),
            (Meaning::Before, &self.before),
            (Meaning::PutOff, &self.put_off),
            (Meaning::Until, &self.until),
            (Meaning::Or, &self.or),
            (Meaning::And, &self.and),
            (Meaning::Filler, &self.fillers),
            (Meaning::Again, &self.repeats),
            (Meaning::Guard, &self.guards),
            (Meaning::Verb, &self.verbs),
            (Meaning::Object, &self.objects),
            (Meaning::Remark, &self.remarks),
            (Meaning::Reference, &self.references),
        ];
        let all = steps.chain(others);
        all.flat_map(|(meaning, list)| list.iter().map(move |text| (meaning, text.as_str())))
    }
}

impl Lexicon {
    fn add(&mut self, patterns: impl Iterator<Item = (Meaning, Pattern)>) {
        for (meaning, pattern) in patterns {
            let index = self.patterns.len();
            match pattern.first_words() {
                Some(words) => {
                    for word in words {
                        self.by_word.entry(word).or_default().push(index);
                    }
                }
                None => self.open.push(index),
            }
            self.patterns.push((meaning, pattern));
        }
    }

    /// Returns the longest match of each meaning at the start of some words, the best first.
    pub(super) fn at(&self, words: &[Word]) -> Vec<(Meaning, Matched)> {
        let first = words.first().map(|word| word.text.as_str());
        let named = first.and_then(|word| self.by_word.get(word));
        let candidates = named.into_iter().flatten().chain(&self.open);
        let mut found: Vec<(Meaning, Matched)> = candidates
            .filter_map(|index| {
                let (meaning, pattern) = self.patterns.get(*index)?;
                Some((*meaning, pattern.matches(words)?))
            })
            .collect();
        found.sort_by_key(|(_, matched)| std::cmp::Reverse(*matched));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_can_be_read() {
        for file in FILES {
            let phrases: Phrases = serde_yaml::from_str(file).expect("valid phrases");
            for (meaning, text) in phrases.patterns() {
                assert!(
                    Pattern::of(text, &phrases.names).is_some(),
                    "{meaning:?}: {text}"
                );
            }
        }
    }
}
