//! Finds the calls that must wait for a step: `before you send it again, inquire`.

use super::lexicon::Meaning;
use super::sentence::{Condition, Found, Part, Reader, Stated};

impl Reader {
    /// Returns the number of words at the start that tell what must wait.
    pub(super) fn put_off(&mut self, words: &Part) -> usize {
        let found = (1..words.len()).find_map(|at| {
            let found = words.get(at)?;
            let ends = found
                .iter()
                .find(|(meaning, _)| *meaning == Meaning::PutOff);
            ends.map(|(_, matched)| (at, at + matched.count))
        });
        let Some((at, next)) = found else {
            return 0;
        };
        self.waits(words.get(..at).unwrap_or_default());
        self.condition = Condition::Unknown;
        next
    }

    /// Reads that something must wait, which the rest of the part tells.
    pub(super) fn before(&mut self, what: &[Vec<Found>]) {
        let mut actions = self.chunk.actions.iter();
        self.unsure |= actions.any(|action| action.meaning.moves_money());
        if self.chunk.actions.is_empty() {
            self.condition = Condition::Unknown;
        }
        self.waits(what);
    }

    /// A call that must wait is not safe to repeat. That goods must wait tells nothing about calls.
    fn waits(&mut self, what: &[Vec<Found>]) {
        let mut meanings = what.iter().flatten().map(|(meaning, _)| *meaning);
        if meanings.any(|meaning| meaning.moves_money() || meaning == Meaning::Again) {
            self.stated.push(Stated::PutOff);
        }
    }
}
