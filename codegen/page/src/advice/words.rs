//! Splits advice into sentences, and these into words.

use crate::text::is_chinese;

/// A word in Latin letters or digits, or one Chinese character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The word in lower case.
    pub(super) text: String,
    /// True if it is written like a name on the wire, or in backticks.
    pub(super) is_name: bool,
}

/// A text up to a full stop, a semicolon or a question mark.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    /// The text.
    pub(super) text: String,
    /// The parts between commas and colons.
    pub(super) parts: Vec<Vec<Word>>,
    /// The parts that continue a list: those behind `、`.
    pub(super) listed: Vec<usize>,
    /// The parts that go on with the part before them: those inside and behind parentheses.
    pub(super) aside: Vec<usize>,
    /// True if it is a question.
    pub(super) asks: bool,
}

/// The word for the operation itself in patterns.
const OWN: &str = "api";

impl Sentence {
    /// Replaces the names of the operation, unless they are verbs: `call pay again`, not `pay again`.
    pub(super) fn mark_own(&mut self, own: &[String]) {
        const BEFORE: [&str; 7] = ["call", "calling", "invoke", "invoking", "use", "the", "of"];
        const BEHIND: [&str; 3] = ["api", "interface", "method"];
        for words in &mut self.parts {
            for at in 0..words.len() {
                let beside = |at: Option<usize>, list: &[&str]| {
                    let word = at.and_then(|at| words.get(at));
                    word.is_some_and(|word| {
                        list.contains(&word.text.as_str()) || word.text.chars().all(is_chinese)
                    })
                };
                let is_noun = beside(at.checked_sub(1), &BEFORE) || beside(Some(at + 1), &BEHIND);
                if let Some(word) = words.get_mut(at)
                    && own.contains(&word.text)
                    && (word.is_name || is_noun)
                {
                    OWN.clone_into(&mut word.text);
                }
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    Sentence,
    Question,
    Part,
}

pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let char = if char == '’' { '\'' } else { char };
        let next = chars.peek().copied();
        let inside = !word.is_empty()
            && next.is_some_and(|next| next.is_alphanumeric() && !is_chinese(next));
        if is_chinese(char) {
            end(&mut word, quoted, &mut words);
            words.push(Word {
                text: char.to_string(),
                is_name: false,
            });
        } else if char.is_alphanumeric() || (matches!(char, '\'' | '_') && inside) {
            word.push(char);
        } else if let Some(ends) = break_at(char, next) {
            end(&mut word, quoted, &mut words);
            if !words.is_empty() {
                sentence.parts.push(std::mem::take(&mut words));
            }
            if char == '、' {
                sentence.listed.push(sentence.parts.len());
            }
            if matches!(char, '(' | ')' | '（' | '）') && !sentence.parts.is_empty() {
                sentence.aside.push(sentence.parts.len());
            }
            if ends != Break::Part {
                sentence.asks = ends == Break::Question;
                sentences.push(std::mem::take(&mut sentence));
                continue;
            }
        } else {
            end(&mut word, quoted, &mut words);
            if char == '`' {
                quoted = !quoted;
            }
        }
        sentence.text.push(char);
    }
    end(&mut word, quoted, &mut words);
    if !words.is_empty() {
        sentence.parts.push(words);
    }
    sentences.push(sentence);
    sentences.retain(|sentence| !sentence.parts.is_empty());
    sentences
}

fn end(word: &mut String, quoted: bool, words: &mut Vec<Word>) {
    let text = std::mem::take(word);
    if text.is_empty() {
        return;
    }
    let lower = text.starts_with(|c: char| c.is_ascii_lowercase());
    let camel = lower && text.contains(|c: char| c.is_ascii_uppercase());
    words.push(Word {
        is_name: camel || quoted || text.contains('_'),
        text: text.to_lowercase(),
    });
}

fn break_at(char: char, next: Option<char>) -> Option<Break> {
    match char {
        '。' | '；' | ';' | '！' | '!' => Some(Break::Sentence),
        '？' | '?' => Some(Break::Question),
        '.' if next.is_none_or(|next| !next.is_ascii_alphanumeric()) => Some(Break::Sentence),
        ',' | '，' | '、' | ':' | '：' | '\n' | '(' | ')' | '（' | '）' | '–' | '—' => {
            Some(Break::Part)
        }
        _ => None,
    }
}
