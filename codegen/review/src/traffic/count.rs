//! Counts messages by what they contain, with the first places of each.

use std::hash::Hash;

use indexmap::{Equivalent, IndexMap};

/// The number of samples kept for each key.
const SAMPLES: usize = 3;

/// The greatest number of separate keys; further ones share one count.
const THINGS: usize = 1000;

/// The place of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    /// Number of the file.
    pub(super) file: u32,
    /// Line, from 1; 0 for the file.
    pub(super) line: u64,
    /// Number of the message in its record: an entry has two, and a batch of notifications each.
    pub(super) message: u32,
}

/// One of the first places of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) at: At,
    /// The masked value, or the column if that is more useful.
    pub(super) value: String,
}

/// The number of messages with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Count<V> {
    pub(super) messages: u64,
    pub(super) samples: Vec<Sample>,
    /// Further facts about the key.
    pub(super) about: V,
    last: At,
}

/// Counts by key, in the order of their first places.
#[derive(Debug)]
pub(super) struct Counts<K, V = ()> {
    things: IndexMap<K, Count<V>>,
    /// Messages with keys beyond the limit.
    pub(super) others: u64,
}

impl<K, V> Default for Counts<K, V> {
    fn default() -> Self {
        Counts {
            things: IndexMap::new(),
            others: 0,
        }
    }
}

impl<K: Hash + Eq, V> Counts<K, V> {
    /// Counts a message for a key, once. `about` and `value` run only when their results are kept.
    pub(super) fn add(
        &mut self,
        at: At,
        thing: K,
        about: impl FnOnce() -> V,
        value: impl FnOnce() -> String,
    ) {
        let count = self.things.entry(thing);
        let mut is_new = false;
        let count = count.or_insert_with(|| {
            is_new = true;
            Count {
                messages: 0,
                samples: Vec::new(),
                about: about(),
                last: at,
            }
        });
        if !is_new && count.last == at {
            return;
        }
        count.last = at;
        count.messages += 1;
        if count.samples.len() < SAMPLES {
            count.samples.push(Sample { at, value: value() });
        }
    }

    /// Counts a message for a known key that has all its samples. Returns false if
    /// [`add`](Self::add) has to count it.
    pub(super) fn again(&mut self, at: At, thing: &(impl Hash + Equivalent<K>)) -> bool {
        let Some(count) = self.things.get_mut(thing) else {
            return false;
        };
        if count.last == at {
            return true;
        }
        if count.samples.len() < SAMPLES {
            return false;
        }
        count.last = at;
        count.messages += 1;
        true
    }

    /// Adds the counts of a later block.
    pub(super) fn merge(&mut self, later: Self) {
        self.others += later.others;
        for (thing, count) in later.things {
            let has_room = self.things.len() < THINGS;
            match self.things.get_mut(&thing) {
                Some(known) => {
                    known.messages += count.messages;
                    let room = SAMPLES - known.samples.len();
                    known.samples.extend(count.samples.into_iter().take(room));
                }
                None if has_room => {
                    self.things.insert(thing, count);
                }
                None => self.others += count.messages,
            }
        }
    }

    /// Returns the keys, the most frequent first, then by their first places.
    pub(super) fn ranked(self) -> Vec<(K, Count<V>)> {
        let mut things: Vec<(K, Count<V>)> = self.things.into_iter().collect();
        things.sort_by_key(|(_, count)| std::cmp::Reverse(count.messages));
        things
    }

    /// Keeps only the keys for which `keeps` is true.
    pub(super) fn retain(&mut self, keeps: impl Fn(&K) -> bool) {
        self.things.retain(|thing, _| keeps(thing));
    }

    /// Returns the keys, in the order of their first places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &Count<V>)> {
        self.things.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u64) -> At {
        At {
            file: 0,
            line,
            message: 0,
        }
    }

    fn counted(things: impl IntoIterator<Item = (u64, usize)>) -> Counts<usize> {
        let mut counts = Counts::default();
        for (line, thing) in things {
            counts.add(at(line), thing, || (), || line.to_string());
        }
        counts
    }

    #[test]
    fn a_message_counts_once_and_the_first_places_are_kept() {
        let mut counts = counted([(1, 7), (1, 7), (2, 7), (2, 8)]);
        counts.merge(counted([(3, 8), (4, 7), (5, 7), (6, 7)]));
        let ranked = counts.ranked();
        let shown = ranked.iter().map(|(thing, count)| {
            let lines: Vec<u64> = count.samples.iter().map(|one| one.at.line).collect();
            (*thing, count.messages, lines)
        });
        assert!(shown.eq([(7, 5, vec![1, 2, 4]), (8, 2, vec![2, 3])]));
    }

    #[test]
    fn what_is_known_counts_again() {
        let mut counts = counted([(1, 7), (2, 7)]);
        assert!(counts.again(at(2), &7) && !counts.again(at(3), &7) && !counts.again(at(3), &8));
        counts.merge(counted([(3, 7)]));
        assert!(counts.again(at(4), &7) && counts.again(at(4), &7));
        assert_eq!(counts.things[&7].messages, 4);
    }

    #[test]
    fn what_is_too_much_to_tell_apart_is_counted_in_one() {
        let mut counts = Counts::default();
        counts.merge(counted((0..).zip(0..THINGS - 1)));
        counts.merge(counted((0..).zip(0..THINGS + 3)));
        counts.merge(counted([(1, THINGS - 1), (2, THINGS + 9)]));
        assert_eq!(counts.others, 3 + 1);
        assert_eq!(counts.things.len(), THINGS);
        assert_eq!(counts.things[&(THINGS - 1)].messages, 2);
    }
}
