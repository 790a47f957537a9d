//! Finds the fields that have another name or another object.

use std::collections::{BTreeMap, HashSet};

use super::matching::{named, pair};
use super::pair::{Holder, PairFinder};
use super::uses::Uses;
use super::{Identity, MatchedBy, Pair, similarity};
use crate::edit::Edit;
use crate::location::{Item, Location};
use payspec_model::model::{Field, Operation};

/// The similarity of two items that differ only in their names.
const CERTAIN: u32 = 100;

/// Finds pairs of fields that exchanged their descriptions.
fn swapped<'f>(old: &'f [Field], new: &'f [Field]) -> impl Iterator<Item = [usize; 2]> + 'f {
    let at = |fields: &[Field], name: &str| fields.iter().position(|field| field.name == name);
    let described = |fields: &'f [Field], words: &str| {
        let mut found = (0..fields.len()).filter(|one| fields[*one].description == words);
        // A description that several fields share identifies none of them.
        found.next().filter(|_| found.next().is_none())
    };
    let differs = |one: &usize| {
        let same = new.get(*one).filter(|new| new.name == old[*one].name);
        same.is_none_or(|new| new.description != old[*one].description)
    };
    (0..old.len()).filter(differs).filter_map(move |one| {
        let to = described(new, &old[one].description)?;
        let (before, after) = (&old[one], &new[to]);
        let back = described(new, &old[at(old, &after.name)?].description)?;
        (before.name != after.name && new[back].name == before.name).then_some([one, to])
    })
}

/// A field that only one of the specs has.
struct Lone<'m> {
    place: Location,
    field: &'m Field,
    /// True if its object is in both specs.
    stays: bool,
}

impl<'m> PairFinder<'m> {
    /// Adds the fields that have another name or object, and then their places of use.
    pub(super) fn fields(&mut self, holders: &[Holder<'m>], operations: &[[&'m Operation; 2]]) {
        let mut lone: [Vec<Lone<'m>>; 2] = [Vec::new(), Vec::new()];
        let mut members = Vec::new();
        for Holder { places, objects } in holders {
            let [old, new] = objects.map(|object| object.fields.as_slice());
            let apis = self.apis;
            let found = pair(&named!(old, name), &named!(new, name), |at| {
                similarity::fields(apis, [old, new], at)
            });
            let member = |side: usize, at: usize| places[side].member(&[old, new][side][at].name);
            let swapped = swapped(old, new).map(|at| (at, MatchedBy::Similar(CERTAIN)));
            for ([one, other], matched_by) in found.renamed().chain(swapped) {
                members.push(Pair {
                    old: member(0, one),
                    new: member(1, other),
                    edit: Edit::Renamed,
                    matched_by,
                });
            }
            for side in [0, 1] {
                let fields = [old, new][side];
                lone[side].extend(found.lone(side).map(|at| Lone {
                    place: member(side, at),
                    field: &fields[at],
                    stays: true,
                }));
            }
        }
        if lone.iter().any(|list| !list.is_empty()) {
            self.lone_objects(holders, &mut lone);
        }
        let moved = self.moved(&lone);
        let identity = |pairs: &[Pair], more: &[Pair]| {
            let all = pairs.iter().chain(more);
            Identity::new(all.map(|pair| (pair.old.clone(), pair.new.clone())))
        };
        if members.is_empty() && moved.is_empty() {
            return;
        }
        self.pairs.extend(members);
        // A moved field is only accepted if an operation uses it before and after, because nothing
        // else shows where it went.
        let uses = Uses::new(self.apis, operations, &moved);
        let (moved, _): (Vec<Pair>, Vec<Pair>) = moved
            .into_iter()
            .partition(|pair| pair.matched_by == MatchedBy::Declared || uses.knows(pair));
        let places = uses.pairs(&identity(&self.pairs, &moved), &self.pairs, &moved);
        self.pairs.extend(moved);
        self.pairs.extend(places);
    }

    /// Adds the fields of objects that only one of the specs has. A declared field can move out of
    /// such an object, or into it.
    fn lone_objects(&self, holders: &[Holder<'m>], lone: &mut [Vec<Lone<'m>>; 2]) {
        for side in [0, 1] {
            let known: HashSet<&str> = holders
                .iter()
                .filter(|holder| holder.places[side].operation.is_none())
                .map(|holder| holder.objects[side].name.as_str())
                .collect();
            for object in &self.apis[side].objects {
                if known.contains(object.name.as_str()) {
                    continue;
                }
                let place = self.shared(Item::Object(object.name.clone()));
                lone[side].extend(object.fields.iter().map(|field| Lone {
                    place: place.member(&field.name),
                    field,
                    stays: false,
                }));
            }
        }
    }

    /// Finds fields that moved to another object: declared ones, and a removed and an added field
    /// of one name that are similar.
    fn moved(&self, lone: &[Vec<Lone<'m>>; 2]) -> Vec<Pair> {
        let [gone, come] = lone;
        let mut pairs = Vec::new();
        let mut used: [HashSet<usize>; 2] = [HashSet::new(), HashSet::new()];
        let calls = |from: &Lone<'_>, to: &Lone<'_>| {
            let former = to.field.renamed_from.as_deref();
            former.and_then(|former| former.split_once('.')) == from.place.as_member()
        };
        for (at, one) in gone.iter().enumerate() {
            let declared = |other: &Lone<'_>| calls(one, other) || calls(other, one);
            let found = come.iter().position(declared);
            let Some(to) = found.filter(|to| !used[1].contains(to)) else {
                continue;
            };
            used[0].insert(at);
            used[1].insert(to);
            pairs.push((at, to, MatchedBy::Declared));
        }
        let by_name = |list: &[Lone<'m>], used: &HashSet<usize>| {
            let mut names: BTreeMap<&'m str, Vec<usize>> = BTreeMap::new();
            for (at, one) in list.iter().enumerate() {
                if !used.contains(&at) {
                    names.entry(one.field.name.as_str()).or_default().push(at);
                }
            }
            names
        };
        let (gone_names, come_names) = (by_name(gone, &used[0]), by_name(come, &used[1]));
        for (name, from) in &gone_names {
            let (&[at], Some(&[to])) = (from.as_slice(), come_names.get(name).map(Vec::as_slice))
            else {
                continue;
            };
            let bodies = [&gone[at], &come[to]].map(|one| one.place.operation.is_some());
            let alike = similarity::moved(self.apis, gone[at].field, come[to].field);
            // A field of an object that was added or removed as a whole must be very similar.
            let enough = match gone[at].stays && come[to].stays {
                true => similarity::ENOUGH,
                false => similarity::NEARLY_ALL,
            };
            // Fields do not move between bodies, because these are different messages, nor between
            // two objects that are each in one spec only.
            if let Some(points) = alike.filter(|points| *points >= enough)
                && bodies != [true, true]
                && (gone[at].stays || come[to].stays)
            {
                pairs.push((at, to, MatchedBy::Similar(points)));
            }
        }
        let pairs = pairs.into_iter().map(|(at, to, matched_by)| {
            let [old, new] = [&gone[at].place, &come[to].place];
            let holder = |place: &Location| place.as_member().map(|(object, _)| object.to_owned());
            let stays = old.operation == new.operation && holder(old) == holder(new);
            Pair {
                old: old.clone(),
                new: new.clone(),
                edit: if stays { Edit::Renamed } else { Edit::Moved },
                matched_by,
            }
        });
        pairs.collect()
    }
}
