//! Finds the items that have another name or place.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::uses::Uses;
use super::{Identity, MatchedBy, Pair, similarity};
use crate::edit::Edit;
use crate::location::{Item, Location};
use payspec_model::model::{Api, Field, Model, Object, Operation, Side};

/// Returns the items of two specs that are the same, though their places differ.
pub(super) fn pairs(old: &Model, new: &Model) -> Vec<Pair> {
    let apis = old.apis.iter().filter_map(|old| {
        let new = new.api(&old.id)?;
        Some([old, new])
    });
    apis.flat_map(|apis| {
        let mut finder = PairFinder {
            apis,
            pairs: Vec::new(),
        };
        finder.all();
        finder.pairs
    })
    .collect()
}

/// The name of an item, and its former name.
struct Named<'m> {
    name: &'m str,
    former: Option<&'m str>,
}

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

/// Lists the names of items of one kind.
macro_rules! named {
    ($things:expr, $name:ident) => {
        $things
            .iter()
            .map(|one| Named {
                name: one.$name.as_str(),
                former: one.renamed_from.as_deref(),
            })
            .collect::<Vec<_>>()
    };
}

/// An object of both specs, with its place in each.
struct Holder<'m> {
    places: [Location; 2],
    objects: [&'m Object; 2],
}

/// A field that only one of the specs has.
struct Lone<'m> {
    place: Location,
    field: &'m Field,
    /// True if its object is in both specs.
    stays: bool,
}

struct PairFinder<'m> {
    apis: [&'m Api; 2],
    pairs: Vec<Pair>,
}

impl<'m> PairFinder<'m> {
    fn all(&mut self) {
        let [old, new] = self.apis;
        let operations = self.operations();
        let objects = pair(
            &named!(old.objects, name),
            &named!(new.objects, name),
            |[one, other]| similarity::objects(&old.objects[one], &new.objects[other]),
        );
        self.renamed(objects.renamed(), |side, at| {
            Item::Object([old, new][side].objects[at].name.clone())
        });
        let enums = pair(
            &named!(old.enums, name),
            &named!(new.enums, name),
            |[one, other]| similarity::enums(&old.enums[one], &new.enums[other]),
        );
        self.renamed(enums.renamed(), |side, at| {
            Item::Enum([old, new][side].enums[at].name.clone())
        });
        for [one, other] in enums.all() {
            let (one, other) = (&old.enums[one], &new.enums[other]);
            let values = pair(
                &named!(one.values, name),
                &named!(other.values, name),
                |at| similarity::values([&one.values, &other.values], at),
            );
            let enums = [one, other];
            self.renamed(values.renamed(), |side, at| {
                let one = enums[side];
                Item::EnumValue(one.name.clone(), one.values[at].name.clone())
            });
        }
        for operations in &operations {
            self.codes(*operations);
        }
        self.headers();
        self.states();
        let shared = objects.all().map(|[one, other]| Holder {
            places: [&old.objects[one], &new.objects[other]]
                .map(|object| self.shared(Item::Object(object.name.clone()))),
            objects: [&old.objects[one], &new.objects[other]],
        });
        let mut holders: Vec<Holder<'m>> = shared.collect();
        for operations in &operations {
            holders.extend(self.bodies(*operations));
        }
        self.fields(&holders, &operations);
    }

    fn shared(&self, subject: Item) -> Location {
        Location {
            api: self.apis[0].id.clone(),
            operation: None,
            subject,
        }
    }

    fn add(&mut self, old: Location, new: Location, edit: Edit, matched_by: MatchedBy) {
        self.pairs.push(Pair {
            old,
            new,
            edit,
            matched_by,
        });
    }

    /// Adds renamed items of the API itself.
    fn renamed(
        &mut self,
        found: impl Iterator<Item = ([usize; 2], MatchedBy)>,
        subject: impl Fn(usize, usize) -> Item,
    ) {
        for (at, matched_by) in found {
            let [old, new] = [0, 1].map(|side| self.shared(subject(side, at[side])));
            self.add(old, new, Edit::Renamed, matched_by);
        }
    }

    /// Matches the operations of both specs; the types of their bodies are named after them.
    fn operations(&mut self) -> Vec<[&'m Operation; 2]> {
        let [old, new] = self.apis;
        let found = pair(
            &named!(old.operations, id),
            &named!(new.operations, id),
            |[one, other]| similarity::operations(&old.operations[one], &new.operations[other]),
        );
        for ([one, other], matched_by) in found.renamed() {
            let operations = [&old.operations[one], &new.operations[other]];
            let places = operations.map(|one| Location::operation(&old.id, &one.id));
            for side in Side::ALL.iter().copied() {
                let [Some(one), Some(other)] = operations.map(|one| one.body(side)) else {
                    continue;
                };
                let body = |place: &Location, object: &Object| {
                    place.with(Item::Object(object.name.clone()))
                };
                let (one, other) = (
                    body(&places[0], &one.object),
                    body(&places[1], &other.object),
                );
                self.add(one, other, Edit::Renamed, matched_by);
            }
            let [one, other] = places;
            self.add(one, other, Edit::Renamed, matched_by);
        }
        let all = found.all();
        all.map(|[one, other]| [&old.operations[one], &new.operations[other]])
            .collect()
    }

    fn bodies(&self, operations: [&'m Operation; 2]) -> Vec<Holder<'m>> {
        let sides = Side::ALL.iter().copied().filter_map(|side| {
            let [Some(one), Some(other)] = operations.map(|operation| operation.body(side)) else {
                return None;
            };
            let objects = [&one.object, &other.object];
            let place = |at: usize| {
                let operation = Location::operation(&self.apis[0].id, &operations[at].id);
                operation.with(Item::Object(objects[at].name.clone()))
            };
            Some(Holder {
                places: [place(0), place(1)],
                objects,
            })
        });
        sides.collect()
    }

    fn codes(&mut self, operations: [&Operation; 2]) {
        let [Some(old), Some(new)] = operations.map(|one| one.result.as_ref()) else {
            return;
        };
        let lists = [old.codes.as_slice(), &new.codes];
        let found = pair(&named!(lists[0], name), &named!(lists[1], name), |at| {
            similarity::codes(lists, at)
        });
        for (at, matched_by) in found.renamed() {
            let [old, new] = [0, 1].map(|side| {
                let operation = Location::operation(&self.apis[0].id, &operations[side].id);
                operation.with(Item::Code(lists[side][at[side]].name.clone()))
            });
            self.add(old, new, Edit::Renamed, matched_by);
        }
    }

    fn headers(&mut self) {
        let [old, new] = self.apis;
        let sides = [
            (Side::Request, [&old.request_headers, &new.request_headers]),
            (
                Side::Response,
                [&old.response_headers, &new.response_headers],
            ),
        ];
        for (side, lists) in sides {
            // HTTP compares header names case-insensitively.
            let names = lists.map(|list| -> Vec<String> {
                list.iter()
                    .map(|one| one.name.to_ascii_lowercase())
                    .collect()
            });
            let lists = lists.map(Vec::as_slice);
            let [before, after] = names.each_ref().map(|names| -> Vec<Named<'_>> {
                let named = |name| Named { name, former: None };
                names.iter().map(String::as_str).map(named).collect()
            });
            let found = pair(&before, &after, |at| similarity::headers(lists, at));
            self.renamed(found.renamed(), |at_side, at| {
                Item::Header(side, names[at_side][at].clone())
            });
        }
    }

    fn states(&mut self) {
        let [old, new] = self.apis;
        for one in &old.flows {
            let Some(other) = new.flows.iter().find(|other| other.id == one.id) else {
                continue;
            };
            let names = |states: &'m [payspec_model::model::State]| -> Vec<Named<'m>> {
                let named = |state: &'m payspec_model::model::State| Named {
                    name: &state.name,
                    former: None,
                };
                states.iter().map(named).collect()
            };
            let lists = [&one.states, &other.states];
            let found = pair(&names(lists[0]), &names(lists[1]), |[one, other]| {
                similarity::states(&lists[0][one], &lists[1][other])
            });
            self.renamed(found.renamed(), |side, at| {
                Item::FlowState(one.id.clone(), lists[side][at].name.clone())
            });
        }
    }

    /// Adds the fields that have another name or object, and then their places of use.
    fn fields(&mut self, holders: &[Holder<'m>], operations: &[[&'m Operation; 2]]) {
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

/// Two matched lists of items of one kind.
struct Matched {
    /// Items of the same name.
    same: Vec<[usize; 2]>,
    renamed: Vec<([usize; 2], MatchedBy)>,
    /// The unmatched items of each side.
    lone: [Vec<usize>; 2],
}

impl Matched {
    fn renamed(&self) -> impl Iterator<Item = ([usize; 2], MatchedBy)> + use<'_> {
        self.renamed.iter().copied()
    }

    fn all(&self) -> impl Iterator<Item = [usize; 2]> + use<'_> {
        let renamed = self.renamed.iter().map(|(at, _)| *at);
        self.same.iter().copied().chain(renamed)
    }

    fn lone(&self, side: usize) -> impl Iterator<Item = usize> + use<'_> {
        self.lone[side].iter().copied()
    }
}

/// Matches two lists: by name, as declared, by similarity. Swapping the lists gives the same
/// matches.
fn pair(
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
