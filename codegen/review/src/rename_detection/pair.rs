//! Finds the items that have another name or place.

use super::matching::{Named, named, pair};
use super::{MatchedBy, Pair, similarity};
use crate::edit::Edit;
use crate::location::{Item, Location};
use payspec_model::model::{Api, Model, Object, Operation, Side};

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

/// An object of both specs, with its place in each.
pub(super) struct Holder<'m> {
    pub(super) places: [Location; 2],
    pub(super) objects: [&'m Object; 2],
}

/// Finds the pairs of one API.
pub(super) struct PairFinder<'m> {
    pub(super) apis: [&'m Api; 2],
    pub(super) pairs: Vec<Pair>,
}

impl<'m> PairFinder<'m> {
    fn all(&mut self) {
        let [old, new] = self.apis;
        let operations = self.operations();
        let objects = pair(
            &named!(old.objects, name),
            &named!(new.objects, name),
            |[one, other]| similarity::objects([old, new], &old.objects[one], &new.objects[other]),
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
        let unions = pair(
            &named!(old.unions, name),
            &named!(new.unions, name),
            |[one, other]| similarity::unions(&old.unions[one], &new.unions[other]),
        );
        self.renamed(unions.renamed(), |side, at| {
            Item::Union([old, new][side].unions[at].name.clone())
        });
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

    pub(super) fn shared(&self, subject: Item) -> Location {
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
            |[one, other]| {
                let [one, other] = [&old.operations[one], &new.operations[other]];
                similarity::operations([old, new], one, other)
            },
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
}
