//! Scores the similarity of two items, in points of 100.
//!
//! Items that differ in an essential property, such as the form of a value or the status of a code,
//! get no points. From [`ENOUGH`] points on, two items are matched: for example, with the same
//! description and one more thing in common, or with a similar description, a similar name, and the
//! same rules at the same position.

use std::collections::BTreeSet;

use payspec_model::model::{
    Api, Code, Enum, EnumValue, Field, Header, Object, Operation, Role, State, Union,
};
use payspec_model::value::{Kind, TypeName, one_spelling};

/// The points from which on two items are matched.
pub(super) const ENOUGH: u32 = 60;

/// The points from which on a field of an added or removed object is matched with another one.
pub(super) const NEARLY_ALL: u32 = 90;

/// The greatest number of pairs that are compared. Beyond it, only declared items are matched.
pub(super) const MOST_PAIRS: usize = 40_000;

/// A part of a similarity: its weight, and how many of how many are the same.
type Part = (u32, (usize, usize));

fn points(parts: &[Part]) -> u32 {
    let of = |(weight, (same, all)): &Part| match u32::try_from(*all) {
        Ok(0) | Err(_) => *weight,
        Ok(all) => weight * u32::try_from(*same).unwrap_or(0) / all,
    };
    parts.iter().map(of).sum()
}

fn equal(equal: bool) -> (usize, usize) {
    (usize::from(equal), 1)
}

/// Counts the distinct elements that both sides have, and those that at least one has.
fn shared<T: Ord>(
    one: impl IntoIterator<Item = T>,
    other: impl IntoIterator<Item = T>,
) -> (usize, usize) {
    let (one, other): (BTreeSet<T>, BTreeSet<T>) =
        (one.into_iter().collect(), other.into_iter().collect());
    (one.intersection(&other).count(), one.union(&other).count())
}

fn words(one: &str, other: &str) -> (usize, usize) {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    shared(words(one), words(other))
}

fn names(one: &str, other: &str) -> (usize, usize) {
    let spelled = |name: &str| heck::ToSnakeCase::to_snake_case(name);
    words(
        &spelled(one).replace('_', " "),
        &spelled(other).replace('_', " "),
    )
}

/// Compares the neighbours: the position is the same if the item before or the one after is.
fn position<T>(lists: [&[T]; 2], at: [usize; 2], name: impl Fn(&T) -> &str) -> (usize, usize) {
    let [old, new] = [0, 1].map(|side| {
        let neighbour = |at: Option<usize>| Some(name(lists[side].get(at?)?));
        (
            neighbour(at[side].checked_sub(1)),
            neighbour(at[side].checked_add(1)),
        )
    });
    equal(old.0 == new.0 || old.1 == new.1)
}

/// Returns the rules of a field, except its type.
fn rules(field: &Field) -> Vec<String> {
    let constraints = field.constraints.iter();
    let constraints = constraints.map(|one| format!("{:?} {:?}", one.rule, one.strength.direction));
    let required = field
        .required_when
        .iter()
        .map(|one| format!("r {:?}", one.test));
    let forbidden = field
        .forbidden_when
        .iter()
        .map(|one| format!("f {:?}", one.test));
    let default = field.default.iter();
    let default = default.map(|one| format!("d {}", one_spelling(&field.ty, &one.text)));
    let inner = field.ty.inner_rules().into_iter();
    let inner = inner.map(|one| format!("i {:?} {:?}", one.rule, one.strength.direction));
    constraints
        .chain(inner)
        .chain(required)
        .chain(forbidden)
        .chain(default)
        .collect()
}

/// Scores two fields at these positions of one object.
pub(super) fn fields(apis: [&Api; 2], lists: [&[Field]; 2], at: [usize; 2]) -> Option<u32> {
    let [old, new] = [&lists[0][at[0]], &lists[1][at[1]]];
    let types = [(apis[0], old), (apis[1], new)].map(|(api, field)| type_name(api, field));
    (Kind::of(apis[0], &old.ty) == Kind::of(apis[1], &new.ty)).then(|| {
        points(&[
            (40, words(&old.description, &new.description)),
            (15, names(&old.name, &new.name)),
            (15, position(lists, at, |field| &field.name)),
            (15, shared(rules(old), rules(new))),
            (10, equal(types[0] == types[1])),
            (5, equal(old.required == new.required)),
        ])
    })
}

/// Scores two fields of one name in different objects.
pub(super) fn moved(apis: [&Api; 2], old: &Field, new: &Field) -> Option<u32> {
    let same = type_name(apis[0], old) == type_name(apis[1], new);
    same.then(|| {
        points(&[
            (70, words(&old.description, &new.description)),
            (20, shared(rules(old), rules(new))),
            (10, equal(old.required == new.required)),
        ])
    })
}

fn type_name(api: &Api, field: &Field) -> TypeName {
    TypeName::of_field(api, field)
}

/// Returns the rules of a header, except its format.
fn header_rules(header: &Header) -> Vec<String> {
    let longest = header
        .max_length
        .map(|length| format!("max_length {length}"));
    let pattern = header.pattern.as_ref();
    let pattern = pattern.map(|pattern| format!("pattern {pattern}"));
    longest.into_iter().chain(pattern).collect()
}

/// Scores two headers of one side.
pub(super) fn headers(lists: [&[Header]; 2], at: [usize; 2]) -> Option<u32> {
    let [old, new] = [&lists[0][at[0]], &lists[1][at[1]]];
    (old.format == new.format).then(|| {
        points(&[
            (50, words(&old.description, &new.description)),
            (20, names(&old.name, &new.name)),
            (15, position(lists, at, |header| &header.name)),
            (10, shared(header_rules(old), header_rules(new))),
            (5, equal(old.required == new.required)),
        ])
    })
}

pub(super) fn values(lists: [&[EnumValue]; 2], at: [usize; 2]) -> Option<u32> {
    let [old, new] = [&lists[0][at[0]], &lists[1][at[1]]];
    Some(points(&[
        (60, words(&old.description, &new.description)),
        (20, names(&old.name, &new.name)),
        (20, position(lists, at, |value| &value.name)),
    ]))
}

pub(super) fn codes(lists: [&[Code]; 2], at: [usize; 2]) -> Option<u32> {
    let [old, new] = [&lists[0][at[0]], &lists[1][at[1]]];
    (old.status == new.status).then(|| {
        points(&[
            (40, words(&old.meaning, &new.meaning)),
            (15, words(&old.action, &new.action)),
            (10, equal(old.next_step == new.next_step)),
            (5, equal(old.resend == new.resend)),
            (15, names(&old.name, &new.name)),
            (15, position(lists, at, |code| &code.name)),
        ])
    })
}

pub(super) fn objects(apis: [&Api; 2], old: &Object, new: &Object) -> Option<u32> {
    Some(points(&[
        (20, words(&old.description, &new.description)),
        (15, names(&old.name, &new.name)),
        (65, field_names(apis, old, new)),
    ]))
}

fn field_names(apis: [&Api; 2], old: &Object, new: &Object) -> (usize, usize) {
    let list = |api: &Api, object: &Object| -> Vec<(String, Kind)> {
        let fields = object.fields.iter();
        fields
            .map(|field| (field.name.clone(), Kind::of(api, &field.ty)))
            .collect()
    };
    shared(list(apis[0], old), list(apis[1], new))
}

pub(super) fn enums(old: &Enum, new: &Enum) -> Option<u32> {
    let values =
        |one: &Enum| -> Vec<String> { one.values.iter().map(|value| value.name.clone()).collect() };
    Some(points(&[
        (20, words(&old.description, &new.description)),
        (15, names(&old.name, &new.name)),
        (65, shared(values(old), values(new))),
    ]))
}

pub(super) fn unions(old: &Union, new: &Union) -> Option<u32> {
    let tags = |one: &Union| -> Vec<String> { one.tags().map(str::to_owned).collect() };
    Some(points(&[
        (20, words(&old.description, &new.description)),
        (15, names(&old.name, &new.name)),
        (65, shared(tags(old), tags(new))),
    ]))
}

/// Scores two operations. Several operations can share a path, so the path counts little.
pub(super) fn operations(apis: [&Api; 2], old: &Operation, new: &Operation) -> Option<u32> {
    let responses = match (&old.response, &new.response) {
        (Some(old), Some(new)) => field_names(apis, &old.object, &new.object),
        (None, None) => (1, 1),
        (Some(_), None) | (None, Some(_)) => (0, 1),
    };
    ((old.method, old.caller) == (new.method, new.caller)).then(|| {
        points(&[
            (40, words(&old.description, &new.description)),
            (20, equal(old.path == new.path)),
            (10, names(&old.id, &new.id)),
            (
                15,
                field_names(apis, &old.request.object, &new.request.object),
            ),
            (15, responses),
        ])
    })
}

pub(super) fn states(old: &State, new: &State) -> Option<u32> {
    let events = |state: &State| -> Vec<String> {
        match &state.role {
            Role::Step(step) => step.rows.iter().map(|row| row.event.name()).collect(),
            Role::End(_) => Vec::new(),
        }
    };
    let same = match (&old.role, &new.role) {
        (Role::Step(old), Role::Step(new)) => old.send == new.send,
        (Role::End(old), Role::End(new)) => old == new,
        (Role::Step(_), Role::End(_)) | (Role::End(_), Role::Step(_)) => false,
    };
    same.then(|| {
        points(&[
            (60, words(&old.description, &new.description)),
            (20, names(&old.name, &new.name)),
            (20, shared(events(old), events(new))),
        ])
    })
}
