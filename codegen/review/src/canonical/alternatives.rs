//! Two ways to say that one of two fields must be present: a group of both, and a condition on one that
//! the other is absent.

use payspec_model::model::{Alternatives, Condition, Met, Model, Object, Side, Strength, Test};

/// Turns a condition into a group where the other spec has the group.
pub(super) fn align([old, new]: &mut [Model; 2]) {
    for new in &mut new.apis {
        let Some(old) = old.apis.iter_mut().find(|old| old.id == new.id) else {
            continue;
        };
        for new in &mut new.objects {
            let old = old.objects.iter_mut().find(|old| old.name == new.name);
            old.into_iter().for_each(|old| both(old, new));
        }
        for new in &mut new.operations {
            let Some(old) = old.operations.iter_mut().find(|old| old.id == new.id) else {
                continue;
            };
            for side in Side::ALL.iter().copied() {
                if let (Some(old), Some(new)) = (old.body_mut(side), new.body_mut(side)) {
                    both(&mut old.object, &mut new.object);
                }
            }
        }
    }
}

fn both(old: &mut Object, new: &mut Object) {
    like(old, new);
    like(new, old);
}

/// Turns the conditions of an object into groups that the other object has.
fn like(object: &mut Object, other: &Object) {
    let mut groups = Vec::new();
    for field in &mut object.fields {
        field.required_when.retain(|condition| {
            let group = other.at_least_one_of.iter();
            let same = |group: &&Alternatives| is_same(group, &field.name, condition);
            let Some(group) = group.into_iter().find(same) else {
                return true;
            };
            groups.push(Alternatives {
                fields: group.fields.clone(),
                strength: condition.strength.clone(),
                origin: condition.origin,
            });
            false
        });
    }
    for group in groups {
        let known = object.at_least_one_of.iter();
        if !known.into_iter().any(|known| known.fields == group.fields) {
            object.at_least_one_of.push(group);
        }
    }
}

/// Returns whether a condition of a field asks for the same as a group.
fn is_same(group: &Alternatives, field: &str, condition: &Condition) -> bool {
    let Condition {
        test: Some(Test {
            path,
            met: Met::Absent,
        }),
        text: None,
        strength,
        origin: _,
    } = condition
    else {
        return false;
    };
    let force = |one: &Strength| (one.severity, one.direction);
    let [other] = path.as_slice() else {
        return false;
    };
    let mut names = [field, other];
    let mut fields: Vec<&str> = group.fields.iter().map(String::as_str).collect();
    names.sort_unstable();
    fields.sort_unstable();
    names == fields.as_slice() && force(strength) == force(&group.strength)
}
