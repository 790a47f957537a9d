//! Decides which fields of generated types are not an `Option`.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Body, Direction, Object, ObjectId, Side};

/// Decides which fields generated types always have. Outgoing messages have all their required fields,
/// which the compiler checks. Incoming messages are read without missing fields, except for those that
/// are needed to judge them: the status, the code, and the objects that contain them, or the whole body.
pub(super) fn settle(api: &mut Api) {
    let ways = Ways::of(api);
    for operation in &mut api.operations {
        let sides = [Side::Request, Side::Response].map(|side| operation.direction(side));
        let names = ways.bodies.get(&operation.id);
        let bodies = [Some(&mut operation.request), operation.response.as_mut()];
        for (direction, body) in sides.into_iter().zip(bodies) {
            for field in body.into_iter().flat_map(|body| &mut body.object.fields) {
                field.plain = field.required
                    && match direction {
                        Direction::Outgoing => true,
                        Direction::Incoming => {
                            let names = names.is_some_and(|names| names.contains(&field.name));
                            names || field.is_whole_body()
                        }
                    };
            }
        }
    }
    for (index, object) in api.objects.iter_mut().enumerate() {
        let id = ObjectId(index);
        for field in &mut object.fields {
            field.plain = field.required
                && match ways.objects.get(&id) {
                    Some(names) => names.contains(&field.name),
                    None => !ways.received.contains(&id) || ways.sent.contains(&id),
                };
        }
    }
}

/// The places of statuses and codes in incoming messages, and the directions of objects.
#[derive(Default)]
struct Ways {
    /// By operation: fields of the incoming body.
    bodies: BTreeMap<String, BTreeSet<String>>,
    /// Fields of shared objects.
    objects: BTreeMap<ObjectId, BTreeSet<String>>,
    sent: BTreeSet<ObjectId>,
    received: BTreeSet<ObjectId>,
}

impl Ways {
    fn of(api: &Api) -> Self {
        let mut ways = Ways {
            sent: api
                .reach_of_bodies(bodies(api, Direction::Outgoing))
                .objects,
            received: api
                .reach_of_bodies(bodies(api, Direction::Incoming))
                .objects,
            ..Ways::default()
        };
        for operation in &api.operations {
            let Some(body) = operation.judged() else {
                continue;
            };
            for path in operation.verdict_paths() {
                ways.follow(api, &operation.id, &body.object, path);
            }
        }
        ways
    }

    fn follow(&mut self, api: &Api, operation: &str, body: &Object, path: &[String]) {
        let mut holder = None;
        let mut object = body;
        for name in path {
            let names = match holder {
                None => self.bodies.entry(operation.to_owned()).or_default(),
                Some(id) => self.objects.entry(id).or_default(),
            };
            names.insert(name.clone());
            let Some(id) = object.field(name).and_then(|field| field.ty.object()) else {
                return;
            };
            holder = Some(id);
            object = api.object(id);
        }
    }
}

fn bodies(api: &Api, direction: Direction) -> impl Iterator<Item = &Body> {
    api.operations.iter().flat_map(move |operation| {
        let sides = Side::ALL.iter();
        let sides = sides.filter(move |side| operation.direction(**side) == direction);
        sides.filter_map(|side| operation.body(*side))
    })
}
