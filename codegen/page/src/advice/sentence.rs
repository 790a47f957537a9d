//! Reads one sentence: its steps, the negations and conditions around them, and what is left over.

use super::lexicon::{Lexicon, Meaning};
use super::pattern::Matched;
use super::words::{Sentence, Word};
use payspec_model::model::NextStep;

/// The reading of a sentence.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The statements of a sentence that is understood.
    Sure(Vec<Stated>),
    /// It may say something else than its known words do.
    Unsure,
}

#[derive(Debug, Clone)]
pub(super) enum Stated {
    Advised {
        steps: Vec<NextStep>,
        link: Link,
        conditional: bool,
    },
    Never(Vec<NextStep>),
    /// Nothing may be sent before a step is done.
    PutOff,
}

/// The relation of advice to the advice before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    And,
    Or,
}

/// The condition of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    None,
    /// The advice before it does not help.
    Fallback,
    Unknown,
}

/// One step between conjunctions.
pub(super) struct Action {
    pub(super) meaning: Meaning,
    negated: bool,
    conditional: bool,
}

/// A meaning of some words.
pub(super) type Found = (Meaning, Matched);

/// The meanings of the words at each place of a part, the best first.
pub(super) type Part = Vec<Vec<Found>>;

pub(super) struct Reader {
    pub(super) stated: Vec<Stated>,
    pub(super) unsure: bool,
    /// True for an advised step that moves money, in the part.
    part_money: bool,
    /// True if the last step is negated.
    negated: bool,
    /// True if the object of the last step may be any words.
    free: bool,
    pub(super) condition: Condition,
    /// True in the last part.
    is_last: bool,
    pub(super) chunk: Chunk,
}

/// The words between two conjunctions.
pub(super) struct Chunk {
    link: Link,
    pub(super) actions: Vec<Action>,
    /// True for an unknown word.
    leftover: bool,
    /// True for a word that may reverse the meaning.
    guard: bool,
    /// True for a verb without a known object.
    verb: bool,
    /// True behind a step whose object may be any words.
    free: bool,
    /// True if the step before it, joined by *or*, is negated.
    negated_before: bool,
    /// True if the step before it, joined by *and*, is negated.
    unclear: bool,
    /// True behind a conjunction.
    joined: bool,
}

impl Chunk {
    fn new(link: Link) -> Self {
        Chunk {
            link,
            actions: Vec::new(),
            leftover: false,
            guard: false,
            verb: false,
            free: false,
            negated_before: false,
            unclear: false,
            joined: false,
        }
    }

    /// Returns whether the reader shall look at something that does not tell the step. To ask the user
    /// to look at something is no such advice.
    fn looks_at_unknown(&self) -> bool {
        let mut actions = self.actions.iter();
        actions
            .by_ref()
            .take_while(|one| one.meaning != Meaning::Step(NextStep::TellUser))
            .any(|one| one.meaning == Meaning::Look)
    }
}

pub(super) fn read(lexicon: &Lexicon, sentence: &Sentence) -> Verdict {
    let mut reader = Reader {
        stated: Vec::new(),
        unsure: sentence.asks,
        part_money: false,
        negated: false,
        free: false,
        condition: Condition::None,
        is_last: false,
        chunk: Chunk::new(Link::And),
    };
    for (index, part) in sentence.parts.iter().enumerate() {
        let listed = sentence.listed.contains(&index);
        reader.chunk.negated_before = reader.negated && listed;
        reader.chunk.free = reader.free && (listed || sentence.aside.contains(&index));
        let places = 0..part.len();
        let part = places.map(|at| lexicon.at(part.get(at..).unwrap_or_default()));
        let part: Part = part.collect();
        let refers = part
            .iter()
            .flatten()
            .any(|(meaning, _)| *meaning == Meaning::Reference);
        if refers {
            let rest = sentence.parts.iter().skip(index);
            reader.unsure |= !rest.into_iter().all(|part| is_title(lexicon, part));
            break;
        }
        reader.is_last = index + 1 == sentence.parts.len();
        reader.part(&part);
        reader.close(Link::And, false);
    }
    if reader.unsure {
        Verdict::Unsure
    } else {
        Verdict::Sure(reader.stated)
    }
}

/// Returns whether words are a title, to which a sentence refers.
fn is_title(lexicon: &Lexicon, words: &[Word]) -> bool {
    let mut rest = words;
    while !rest.is_empty() {
        let best = lexicon.at(rest).first().copied();
        if best.is_some_and(|(meaning, _)| meaning.advises() || meaning == Meaning::Negation) {
            return false;
        }
        let count = best.map_or(1, |(_, matched)| matched.count.max(1));
        rest = rest.get(count..).unwrap_or_default();
    }
    true
}

/// Returns the end of a part, if nothing but an object of a verb is before it.
fn last_object(words: &Part, at: usize) -> Option<usize> {
    let mut found = words.get(at)?.iter();
    let is_last = |matched: &Matched| at + matched.count == words.len();
    found
        .any(|(meaning, matched)| *meaning == Meaning::Object && is_last(matched))
        .then_some(words.len())
}

impl Reader {
    fn part(&mut self, words: &Part) {
        self.part_money = false;
        let mut at = self.put_off(words);
        while let Some(found) = words.get(at) {
            let best = found.first().copied();
            let Some((meaning, matched)) = best.filter(|(one, _)| *one != Meaning::Object) else {
                self.chunk.leftover = true;
                at += 1;
                continue;
            };
            let next = at + matched.count.max(1);
            at = match meaning {
                Meaning::Step(_) | Meaning::Look | Meaning::Repeat => {
                    let negated = self.chunk.negated_before;
                    self.act(meaning, negated);
                    next
                }
                Meaning::Negation => self.negation(words, next),
                Meaning::Or | Meaning::And => {
                    // In `do not a, b, or c` the negation reaches over the commas.
                    self.unsure |= at == 0 && meaning == Meaning::Or && self.forbids();
                    let link = if meaning == Meaning::Or {
                        Link::Or
                    } else {
                        Link::And
                    };
                    self.close(link, true);
                    next
                }
                Meaning::Fallback => {
                    if self.chunk.actions.is_empty() {
                        // `Once a retry failed` does not advise the retry.
                        self.unsure |= self.part_money && self.chunk.joined;
                        self.condition = Condition::Fallback;
                        self.chunk.link = Link::Or;
                    }
                    next
                }
                Meaning::Condition => self.condition(words, next),
                Meaning::Before => {
                    self.before(words.get(next..).unwrap_or_default());
                    words.len()
                }
                Meaning::PutOff => {
                    self.chunk.guard = true;
                    next
                }
                Meaning::Main => {
                    if self.chunk.leftover && self.chunk.actions.is_empty() {
                        self.close(Link::And, true);
                    }
                    next
                }
                Meaning::Until
                | Meaning::Filler
                | Meaning::Object
                | Meaning::Remark
                | Meaning::Reference => next,
                Meaning::Again => {
                    self.chunk.guard = true;
                    next
                }
                Meaning::Guard => {
                    self.chunk.guard |= !self.chunk.free;
                    self.chunk.leftover = true;
                    next
                }
                Meaning::Verb => {
                    self.chunk.verb = true;
                    self.chunk.leftover = true;
                    next
                }
            };
        }
    }

    /// Returns whether an earlier clause of the sentence forbids something.
    fn forbids(&self) -> bool {
        let mut stated = self.stated.iter();
        stated.any(|one| matches!(one, Stated::Never(_)))
    }

    fn act(&mut self, meaning: Meaning, negated: bool) {
        let conditional = self.condition != Condition::None;
        if meaning.moves_money() {
            self.unsure |= self.condition == Condition::Unknown
                || self.chunk.leftover
                || self.chunk.unclear && !negated
                || meaning == Meaning::Repeat && !negated;
        }
        self.chunk.actions.push(Action {
            meaning,
            negated,
            conditional,
        });
        self.chunk.free = meaning.takes_any_object();
    }

    /// Reads a negation, with the step behind it; returns the next place.
    fn negation(&mut self, words: &Part, mut at: usize) -> usize {
        loop {
            let found = words.get(at).and_then(|found| found.first());
            let Some((meaning, matched)) = found.copied() else {
                break;
            };
            match meaning {
                Meaning::Step(_) | Meaning::Look | Meaning::Repeat => {
                    let looks = |action: &Action| action.meaning == Meaning::Look;
                    if self.chunk.free && self.chunk.actions.last().is_some_and(looks) {
                        // `Make sure not to` only stresses what follows.
                        self.chunk.actions.pop();
                    }
                    self.act(meaning, true);
                    let next = at + matched.count;
                    let resends = meaning == Meaning::Step(NextStep::ResendSame);
                    let object = last_object(words, next).filter(|_| resends);
                    return object.unwrap_or(next);
                }
                Meaning::Filler => at += matched.count.max(1),
                Meaning::Negation
                | Meaning::Fallback
                | Meaning::Condition
                | Meaning::Main
                | Meaning::Before
                | Meaning::PutOff
                | Meaning::Until
                | Meaning::Or
                | Meaning::And
                | Meaning::Again
                | Meaning::Guard
                | Meaning::Verb
                | Meaning::Object
                | Meaning::Remark
                | Meaning::Reference => break,
            }
        }
        self.chunk.guard |= !self.chunk.free;
        self.chunk.leftover = true;
        at
    }

    /// Reads a condition; returns the next place.
    fn condition(&mut self, words: &Part, at: usize) -> usize {
        let behind_money = self
            .chunk
            .actions
            .iter()
            .any(|action| action.meaning.moves_money());
        if !self.chunk.actions.is_empty() {
            self.unsure |= behind_money;
            return words.len();
        }
        self.condition = Condition::Unknown;
        let main = (at..words.len()).find_map(|at| {
            let (meaning, matched) = words.get(at)?.first()?;
            (*meaning == Meaning::Main).then_some(at + matched.count)
        });
        // Without a word between them, nothing shows where the condition ends and advice begins.
        let moves_money = |found: &Vec<Found>| {
            let first = found.first();
            first.is_some_and(|(meaning, _)| meaning.moves_money())
        };
        self.unsure |= main.is_none() && words.iter().skip(at).any(moves_money);
        let is_alone = main.is_none() && self.is_last && self.stated.is_empty();
        let advises = |found: &Vec<Found>| found.first().is_some_and(|(one, _)| one.advises());
        self.unsure |= is_alone && words.iter().skip(at).any(advises);
        main.unwrap_or(words.len())
    }

    /// Ends a chunk. `joined` is true if the next one is behind a conjunction.
    fn close(&mut self, link: Link, joined: bool) {
        let next = Chunk::new(link);
        let chunk = std::mem::replace(&mut self.chunk, next);
        let money = chunk
            .actions
            .iter()
            .any(|action| action.meaning.moves_money());
        self.unsure |= chunk.guard
            || money && chunk.leftover
            || chunk.looks_at_unknown()
            || (chunk.verb || chunk.leftover) && chunk.actions.is_empty() && !chunk.free;
        let advised = |one: &Action| !one.negated && one.meaning.moves_money();
        self.part_money |= chunk.actions.iter().any(advised);
        let negated = chunk
            .actions
            .last()
            .map_or(chunk.negated_before, |one| one.negated);
        self.chunk.joined = joined;
        self.free = chunk.free;
        self.negated = negated;
        if joined {
            self.chunk.negated_before = negated && link == Link::Or;
            self.chunk.unclear = negated && link == Link::And;
            self.chunk.free = chunk.free && !negated;
        }
        let mut asks_user = false;
        for (index, action) in chunk.actions.into_iter().enumerate() {
            // `Ask the user to try again`: the user's next try is not the caller's.
            if asks_user && !action.negated && action.meaning == Meaning::Step(NextStep::ResendSame)
            {
                continue;
            }
            asks_user |= action.meaning == Meaning::Step(NextStep::TellUser);
            let steps = action.meaning.steps();
            // What is forbidden in a case may be right in another one.
            self.unsure |= action.negated && action.conditional;
            self.stated.push(if action.negated {
                Stated::Never(steps)
            } else {
                Stated::Advised {
                    steps,
                    link: if index == 0 { chunk.link } else { Link::And },
                    conditional: action.conditional,
                }
            });
        }
    }
}
