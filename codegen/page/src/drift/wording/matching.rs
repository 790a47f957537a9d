//! Matches the lines of two copies.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;

use super::{Lines, Subjected};
use crate::Section;

/// The greatest number of bytes that are searched for lines that end at other places.
const MOST_WORK: usize = 500_000_000;

/// The lines about a subject in a section.
pub(super) type Block<'l> = (Section, &'l str);

/// Returns the lines of each copy that the other one does not have.
pub(super) fn unmatched(
    old: &Lines<'_>,
    new: &Lines<'_>,
    renderings_differ: bool,
) -> [Vec<usize>; 2] {
    let same = same_blocks(old, new);
    let [mut only_old, mut only_new] = only(old, new, &same, renderings_differ);
    if !renderings_differ {
        for (one, other) in moved(old, new, &same, [&only_old, &only_new]) {
            only_old.push(one);
            only_new.push(other);
        }
        only_old.sort_unstable();
        only_new.sort_unstable();
    }
    [only_old, only_new]
}

/// Returns the blocks that are the same in both copies, wherever their lines end.
fn same_blocks<'l>(old: &'l Lines<'_>, new: &'l Lines<'_>) -> HashSet<Block<'l>> {
    let [old, new] = [old, new].map(|lines| {
        let mut blocks: HashMap<Block<'l>, String> = HashMap::new();
        for line in &lines.all {
            blocks.entry(line.block()).or_default().push_str(&line.key);
        }
        blocks
    });
    let same = old
        .into_iter()
        .filter(|(block, text)| new.get(block) == Some(text));
    same.map(|(block, _)| block).collect()
}

/// Returns the first line that moved in each block that has the same lines in another order.
fn moved(
    old: &Lines<'_>,
    new: &Lines<'_>,
    same: &HashSet<Block<'_>>,
    [only_old, only_new]: [&[usize]; 2],
) -> Vec<(usize, usize)> {
    let changed = only_old.iter().map(|at| old.all[*at].block());
    let changed = changed.chain(only_new.iter().map(|at| new.all[*at].block()));
    let changed: HashSet<Block<'_>> = changed.collect();
    let mut others: HashMap<Block<'_>, VecDeque<usize>> = HashMap::new();
    for (at, line) in new.all.iter().enumerate() {
        others.entry(line.block()).or_default().push_back(at);
    }
    let mut found = HashSet::new();
    let mut moved = Vec::new();
    for (at, line) in old.all.iter().enumerate() {
        let block = line.block();
        let other = others.get_mut(&block).and_then(VecDeque::pop_front);
        let Some(other) = other.filter(|other| new.all[*other].key != line.key) else {
            continue;
        };
        if !same.contains(&block) && !changed.contains(&block) && found.insert(block) {
            moved.push((at, other));
        }
    }
    moved
}

/// Returns the lines that only one copy has: in their block, or in their section if the other copy does
/// not have the block.
fn only(
    old: &Lines<'_>,
    new: &Lines<'_>,
    same: &HashSet<Block<'_>>,
    renderings_differ: bool,
) -> [Vec<usize>; 2] {
    let left = |lines: &Lines<'_>| -> Vec<usize> {
        let all = lines.all.iter().enumerate();
        let left = all.filter(|(_, line)| !same.contains(&line.block()));
        left.map(|(at, _)| at).collect()
    };
    let [old_blocks, new_blocks] = [old, new]
        .map(|lines| -> HashSet<Block<'_>> { lines.all.iter().map(Subjected::block).collect() });
    let mut found = [left(old), left(new)];
    pair_off([old, new], &mut found, |line| {
        (line.block(), line.key.as_str())
    });
    let is_alone = |line: &Subjected<'_>| {
        let block = line.block();
        !(old_blocks.contains(&block) && new_blocks.contains(&block))
    };
    let has_others = found[0].iter().any(|at| is_alone(&old.all[*at]))
        || found[1].iter().any(|at| is_alone(&new.all[*at]));
    if has_others {
        pair_off([old, new], &mut found, |line| {
            (line.line.section, line.key.as_str())
        });
    }
    let [mut only_old, mut only_new] = found;
    if renderings_differ {
        // Another rendering ends its lines at other places.
        let streams = [old.stream(), new.stream()];
        let work = only_old.len() * streams[1].len() + only_new.len() * streams[0].len();
        if work > MOST_WORK {
            return [only_old, only_new];
        }
        only_old.retain(|at| !streams[1].contains(&old.all[*at].key));
        only_new.retain(|at| !streams[0].contains(&new.all[*at].key));
    }
    [only_old, only_new]
}

/// Removes the lines that both lists have by this key, the first ones first.
fn pair_off<'l, K: Eq + Hash>(
    [old, new]: [&'l Lines<'_>; 2],
    [only_old, only_new]: &mut [Vec<usize>; 2],
    key: impl Fn(&'l Subjected<'_>) -> K,
) {
    let mut left: HashMap<K, Vec<usize>> = HashMap::new();
    for at in only_new.iter().rev() {
        left.entry(key(&new.all[*at])).or_default().push(*at);
    }
    only_old.retain(|at| {
        let same = left.get_mut(&key(&old.all[*at]));
        same.and_then(Vec::pop).is_none()
    });
    *only_new = left.into_values().flatten().collect();
    only_new.sort_unstable();
}
