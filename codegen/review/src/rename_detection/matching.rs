//! Matches two lists of items of one kind.

use std::collections::HashMap;

use super::{MatchedBy, similarity};

/// The name of an item, and its former name.
pub(super) struct Named<'m> {
    pub(super) name: &'m str,
    pub(super) former: Option<&'m str>,
}

/// Lists the names of items of one kind.
macro_rules! named {
    ($things:expr, $name:ident) => {
        $things
            .iter()
            .map(|one| $crate::rename_detection::matching::Named {
                name: one.$name.as_str(),
                former: one.renamed_from.as_deref(),
            })
            .collect::<Vec<_>>()
    };
}
pub(super) use named;

/// Two matched lists of items of one kind.
pub(super) struct Matched {
    /// Items of the same name.
    same: Vec<[usize; 2]>,
    renamed: Vec<([usize; 2], MatchedBy)>,
    /// The unmatched items of each side.
    lone: [Vec<usize>; 2],
}

impl Matched {
    pub(super) fn renamed(&self) -> impl Iterator<Item = ([usize; 2], MatchedBy)> + use<'_> {
        self.renamed.iter().copied()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = [usize; 2]> + use<'_> {
        let renamed = self.renamed.iter().map(|(at, _)| *at);
        self.same.iter().copied().chain(renamed)
    }

    pub(super) fn lone(&self, side: usize) -> impl Iterator<Item = usize> + use<'_> {
        self.lone[side].iter().copied()
    }
}

/// Matches two lists: by name, as declared, by similarity. Swapping the lists gives the same
/// matches.
pub(super) fn pair(
    old: &[Named<'_>],
    new: &[Named<'_>],
    alike: impl Fn([usize; 2]) -> Option<u32>,
) -> Matched {
    let mut matched = Matched {
        same: Vec::new(),
        renamed: Vec::new(),
        lone: [Vec::new(), Vec::new()],
    };
    let mut names = old.iter().zip(new);
    if old.len() == new.len() && names.all(|(old, new)| old.name == new.name) {
        matched.same = (0..old.len()).map(|at| [at, at]).collect();
        return matched;
    }
    let places = |list: &[Named<'_>]| -> HashMap<String, usize> {
        let names = list.iter().enumerate();
        names.map(|(at, one)| (one.name.to_owned(), at)).collect()
    };
    let (olds, news) = (places(old), places(new));
    let mut gone: Vec<usize> = Vec::new();
    for (at, one) in old.iter().enumerate() {
        match news.get(one.name) {
            Some(to) => matched.same.push([at, *to]),
            None => gone.push(at),
        }
    }
    let mut come: Vec<usize> = (0..new.len())
        .filter(|at| !olds.contains_key(new[*at].name))
        .collect();
    let mut take = |gone: &mut Vec<usize>, come: &mut Vec<usize>, at: [usize; 2], matched_by| {
        let free = gone.contains(&at[0]) && come.contains(&at[1]);
        if free {
            gone.retain(|one| *one != at[0]);
            come.retain(|one| *one != at[1]);
            matched.renamed.push((at, matched_by));
        }
    };
    for one in gone.clone() {
        for other in come.clone() {
            let (from, to) = (&old[one], &new[other]);
            if to.former == Some(from.name) || from.former == Some(to.name) {
                take(&mut gone, &mut come, [one, other], MatchedBy::Declared);
            }
        }
    }
    if gone.len() * come.len() <= similarity::MOST_PAIRS {
        let candidates = gone
            .iter()
            .flat_map(|one| come.iter().map(|other| [*one, *other]));
        let mut found: Vec<(u32, [usize; 2])> = candidates
            .filter_map(|at| {
                Some((
                    alike(at).filter(|points| *points >= similarity::ENOUGH)?,
                    at,
                ))
            })
            .collect();
        // The most similar pairs come first. Ties go to the earliest pair, regardless of which spec
        // is the old one.
        found.sort_by_key(|(points, [one, other])| {
            (std::cmp::Reverse(*points), *one.min(other), *one.max(other))
        });
        for (points, at) in found {
            take(&mut gone, &mut come, at, MatchedBy::Similar(points));
        }
    }
    matched.lone = [gone, come];
    matched
}
