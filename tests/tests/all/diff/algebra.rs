//! Laws of every comparison, whatever changed: the changes lead from one spec to the other, and
//! back; none is lost; and what has no order has none.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use payspec_model::load_from;
use payspec_model::model::{Direction, Model, Object, Type};
use payspec_model::source::{Disk, Files, Memory};
use payspec_review::{
    Change, Comparison, Edit, Facts, Impact, Location, Property, diff, every_change, findings, rule,
};
use payspec_tests::random::is_whole;
use serde_yaml::Value as Yaml;

use super::mutation::{Dice, alone, model, mutate};

/// Returns how many pairs of specs are compared: a third of them, unless the proof is whole.
fn pairs() -> usize {
    if is_whole() { 300 } else { 100 }
}

fn bodies(model: &mut Model) -> Vec<&mut Object> {
    let operations = model.apis[0].operations.iter_mut();
    operations
        .flat_map(|one| {
            let response = one.response.as_mut().map(|body| &mut body.object);
            std::iter::once(&mut one.request.object).chain(response)
        })
        .collect()
}

/// Gives something another name, or another place.
fn rename(model: &mut Model, dice: &mut Dice) {
    let name = format!("other{}", dice.below(1000));
    let api = &mut model.apis[0];
    match dice.below(6) {
        0 if !api.objects.is_empty() => {
            let at = dice.below(api.objects.len());
            api.objects[at].name = name;
        }
        1 if !api.enums.is_empty() => {
            let at = dice.below(api.enums.len());
            let one = &mut api.enums[at];
            let at = dice.below(one.values.len());
            one.values[at].name = name;
        }
        2 => api.operations[0].id = name,
        3 => {
            let codes = api.operations[0]
                .result
                .as_mut()
                .map(|result| &mut result.codes);
            if let Some(code) = codes.and_then(|codes| codes.first_mut()) {
                code.name = name;
            }
        }
        4 => moved(model, dice),
        _ => {
            let mut objects: Vec<&mut Object> = model.apis[0].objects.iter_mut().collect();
            let at = dice.below(objects.len().max(1));
            let object = match objects.get_mut(at) {
                Some(object) if dice.below(2) == 0 => object,
                _ => return renamed(bodies(model).remove(0), name, dice),
            };
            renamed(object, name, dice);
        }
    }
}

fn renamed(object: &mut Object, name: String, dice: &mut Dice) {
    let at = dice.below(object.fields.len());
    let old = std::mem::replace(&mut object.fields[at].name, name.clone());
    if dice.below(2) == 0 {
        object.fields[at].renamed_from = Some(old.clone());
    }
    let groups = object.at_least_one_of.iter_mut();
    for field in groups.flat_map(|group| group.fields.iter_mut()) {
        if *field == old {
            field.clone_from(&name);
        }
    }
}

/// Moves a field of a body into an object that the body holds.
fn moved(model: &mut Model, dice: &mut Dice) {
    let mut bodies = bodies(model);
    let body = &mut *bodies[0];
    let held = body.fields.iter().find_map(|field| match &field.ty {
        Type::Object(id) => Some(*id),
        _ => None,
    });
    let Some(id) = held.filter(|_| body.fields.len() > 1) else {
        return;
    };
    let at = dice.below(body.fields.len());
    let field = body.fields.remove(at);
    let object = &mut model.apis[0].objects[id.0];
    if object.field(&field.name).is_none() {
        object.fields.push(field);
    }
}

/// Two specs that differ in several ways, and their changes.
struct Compared {
    old: Model,
    new: Model,
    /// Every change from the old spec to the new one.
    every: Vec<Change>,
    /// The changes that are shown, there and back.
    there: Vec<Change>,
    back: Vec<Change>,
}

/// The same pairs for all tests.
static COMPARED: LazyLock<Vec<Compared>> = LazyLock::new(|| {
    let model = model();
    let mut dice = Dice(11);
    let pairs = std::iter::repeat_with(|| {
        let api = dice.below(model.apis.len());
        let operation = dice.below(model.apis[api].operations.len());
        let mut old = alone(&model, api, operation);
        // Lives and refinements say names, and would say one that is not there any more.
        old.apis[0].flows.clear();
        for operation in &mut old.apis[0].operations {
            operation.request.refinements.clear();
            operation
                .response
                .iter_mut()
                .for_each(|body| body.refinements.clear());
        }
        let mut new = old.clone();
        for _ in 0..=dice.below(3) {
            match dice.below(2) {
                0 => mutate(&mut new, &mut dice),
                _ => rename(&mut new, &mut dice),
            }
        }
        Compared {
            every: every_change(&old, &new),
            there: diff(&old, &new),
            back: diff(&new, &old),
            old,
            new,
        }
    });
    pairs.take(self::pairs()).collect()
});

#[test]
fn the_changes_make_one_spec_of_the_other() {
    let mut kept = BTreeSet::new();
    for Compared {
        old,
        new,
        every: changes,
        ..
    } in COMPARED.iter()
    {
        kept.extend(
            changes
                .iter()
                .filter(|change| change.edit.keeps())
                .map(|change| (change.property, change.edit)),
        );
        assert!(
            Facts::of(old).patched(changes) == Facts::of(new),
            "{:#?}",
            told(changes)
        );
    }
    // All kinds of names were among them.
    for property in [
        Property::Field,
        Property::Member,
        Property::Type,
        Property::Operation,
        Property::EnumValue,
        Property::Code,
    ] {
        assert!(kept.contains(&(property, Edit::Renamed)), "{property:?}");
    }
    assert!(kept.contains(&(Property::Field, Edit::Moved)), "{kept:?}");
}

fn told(changes: &[Change]) -> Vec<String> {
    changes
        .iter()
        .map(|one| {
            let value = |point: &Option<_>| match point {
                Some(payspec_review::Point { value, .. }) => format!("{value}"),
                None => String::new(),
            };
            format!(
                "{} ({}) {:?} {:?}: {} -> {}",
                one.place,
                one.was
                    .as_ref()
                    .map(Location::to_string)
                    .unwrap_or_default(),
                one.property,
                one.edit,
                value(&one.old),
                value(&one.new)
            )
        })
        .collect()
}

#[test]
fn the_way_back_names_the_same_things() {
    for Compared { there, back, .. } in COMPARED.iter() {
        let mirrored: BTreeSet<_> = there
            .iter()
            .map(|one| {
                let was = one.was.as_ref().unwrap_or(&one.place);
                (was, one.property, one.edit.mirrored())
            })
            .collect();
        let found: BTreeSet<_> = back
            .iter()
            .map(|one| (&one.place, one.property, one.edit))
            .collect();
        assert!(mirrored == found, "{:#?}\n{:#?}", told(there), told(back));
    }
}

/// A party meets after an edit what the other one meets after its inverse: whoever stays behind when a limit
/// shrinks stands where the one stands who runs ahead when it grows.
#[test]
fn the_classes_of_an_edit_and_its_inverse_mirror_each_other() {
    let class = |change: &Change| rule(change).expect("a rule").class(change);
    let mut mirrored = 0;
    for Compared { there, back, .. } in COMPARED.iter() {
        // What no message shows is told to those who have not moved.
        for one in there.iter().filter(|one| !one.is_text()) {
            let was = one.was.as_ref().unwrap_or(&one.place);
            let same = |other: &&Change| {
                (&other.place, other.property, other.edit)
                    == (was, one.property, one.edit.mirrored())
            };
            let other = back.iter().find(same).expect("the way back names it");
            let (there, back) = (class(one), class(other));
            let pairs = [
                (there.old_caller, back.new_caller),
                (there.new_caller, back.old_caller),
            ];
            // Who knew an optional field of an answer misses it; who never had it does not.
            let missed = one.direction == Direction::Incoming
                && matches!(one.edit, Edit::Added | Edit::Removed)
                && one.property.comparison() == Comparison::Presence;
            for (one_side, other_side) in pairs {
                let harmless = |impact: Impact| impact <= Impact::Risky;
                let same = one_side == other_side;
                assert!(
                    same || (missed && harmless(one_side) && harmless(other_side)),
                    "{:?}: {there:?}, back {back:?}",
                    told(std::slice::from_ref(one))
                );
                mirrored += usize::from(same && one_side > Impact::None);
            }
        }
    }
    assert!(3 * mirrored > 2 * pairs(), "{mirrored}");
}

#[test]
fn what_is_not_told_is_told_by_a_whole() {
    for Compared {
        every,
        there: shown,
        ..
    } in COMPARED.iter()
    {
        for change in every {
            if shown.contains(change) {
                continue;
            }
            let mut ancestors = change.place.ancestors();
            ancestors.push(change.place.clone());
            let by_whole = shown.iter().any(|one| {
                let whole = matches!(one.edit, Edit::Added | Edit::Removed);
                (whole || one.edit.keeps()) && ancestors.contains(&one.place)
            });
            // What means nothing where a field must be there, where any text is allowed, and where a warning is an
            // error.
            let moot = [
                Property::Advice,
                Property::RequiredWhen,
                Property::ForbiddenWhen,
                Property::AtLeastOneOf,
                Property::Default,
                Property::Open,
                Property::UnreachableRules,
                Property::MemberOrder,
            ];
            assert!(
                by_whole || moot.contains(&change.property),
                "{:?}",
                told(std::slice::from_ref(change))
            );
        }
    }
}

/// Turns the keys of all mappings around.
fn turned(value: &Yaml) -> Yaml {
    match value {
        Yaml::Mapping(mapping) => {
            let entries = mapping
                .iter()
                .map(|(key, value)| (key.clone(), turned(value)));
            let mut entries: Vec<(Yaml, Yaml)> = entries.collect();
            entries.reverse();
            Yaml::Mapping(entries.into_iter().collect())
        }
        Yaml::Sequence(list) => Yaml::Sequence(list.iter().map(turned).collect()),
        other => other.clone(),
    }
}

/// The spec with all keys turned around, and its files of types in another order.
fn shuffled(root: &Path) -> Memory {
    let (disk, mut memory) = (Disk::new(root), Memory::default());
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let below = |name: &String| match folder.as_str() {
            "" => name.clone(),
            _ => format!("{folder}/{name}"),
        };
        folders.extend(disk.folders(&folder).expect("a folder").iter().map(below));
        for name in disk.files(&folder).expect("a folder") {
            let path = below(&name);
            let bytes = disk.read(&path, 1 << 20).expect("a file").expect("small");
            let (path, bytes) = match path.strip_suffix(".yaml") {
                Some(stem) => {
                    let value: Yaml = serde_yaml::from_slice(&bytes).expect("YAML");
                    let text = serde_yaml::to_string(&turned(&value)).expect("YAML");
                    let first = stem.contains("/types/") && stem.len() % 2 == 0;
                    let path = match stem.rsplit_once('/') {
                        Some((folder, name)) if first => format!("{folder}/z_{name}.yaml"),
                        _ => path,
                    };
                    (path, text.into_bytes())
                }
                None => (path, bytes),
            };
            memory.files.insert(path, bytes);
        }
    }
    memory
}

#[test]
fn order_does_not_matter() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let loaded = load_from(&shuffled(&root));
    let told = payspec_model::diagnostic::human(&loaded.diagnostics, &loaded.sources, false);
    let new = loaded.model.unwrap_or_else(|| panic!("{told}"));
    let found = findings(&model(), &new);
    // Messages are written in the order of the fields, and nothing else depends on it.
    for finding in &found {
        assert_eq!(
            finding.rule.id(),
            "member-order-changed",
            "{}",
            finding.change.place
        );
    }
    assert!(!found.is_empty());
}
