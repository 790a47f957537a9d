//! Drafts the parts of an operation that the spec lacks.

use serde_yaml::{Mapping, Value as Yaml};

use super::field::{Objects, field, groups, name};
use super::{Map, Parts, Role, codes, declared};
use crate::TypeKind;
use crate::drift::comparison::Comparison;
use crate::drift::fact_sheet::{Facts, Field};
use crate::drift::find::day;
use crate::drift::rules::{CODE_NEW, FIELD_NEW};
use crate::drift::value::Value;
use payspec_model::model::{Decide, PageFact, Side, Type};

/// Returns the missing parts by file; none if nothing is missing. Facts that page and spec state
/// differently are left for people to judge.
/// A source of the user that the API does not have is declared.
pub(super) fn patch(comparison: &Comparison<'_>, source_of_user: Option<&str>) -> Parts {
    let api = comparison.api;
    let mut objects = Objects::new(Some(api));
    let mut operation = Map::default();
    operation.put("id", comparison.operation.id.as_str());
    let before = operation.0.len();
    let mut left_out = Vec::new();
    let mut inner = Map::default();
    for side in Side::ALL.iter().copied() {
        let mut fields = Map::default();
        for (at, new) in comparison.page.fields.iter().enumerate() {
            if new.side != side {
                continue;
            }
            match Missing::of(comparison, at, new, &mut left_out) {
                Missing::Nothing => {}
                Missing::Here => {
                    let value = field(&comparison.page, at, &mut objects);
                    fields.put_mapping(&name(new, at), value);
                }
                Missing::In(object) => {
                    let value = field(&comparison.page, at, &mut objects);
                    inside(&mut inner, &object, &name(new, at), value);
                }
                Missing::Facts(name, facts) => {
                    fields.put_mapping(&name, facts);
                }
            }
        }
        let groups = new_groups(comparison, side);
        if !fields.0.is_empty() || !groups.is_empty() {
            let mut body = Map::default();
            body.put_full("fields", fields.0);
            if !groups.is_empty() {
                body.put("at_least_one_of", groups);
            }
            operation.put_mapping(side.as_str(), body.0);
        }
    }
    let new_codes = comparison.page.codes.iter().filter(|code| {
        let subject = format!("codes/{}", code.name);
        let mut all = comparison.differences.iter();
        all.any(|one| one.rule == &CODE_NEW && one.subject == subject)
    });
    let source = comparison.source.and_then(|id| api.sources.get(id));
    let source = source.map_or("TODO", |source| source.tag.as_str());
    let source = source_of_user.unwrap_or(source);
    let decided = decided(comparison);
    let into = codes::Into {
        operation: &comparison.operation.id,
        source,
        api: Some(api),
        logic: &comparison.page.logic,
        decided: &decided,
        is_idempotent: comparison.operation.idempotency.is_some(),
    };
    let new_codes = codes::codes(&into, new_codes);
    if !new_codes.is_empty() {
        let mut result = Map::default();
        result.put_mapping("codes", new_codes);
        operation.put_mapping("result", result.0);
    }
    left_out.extend(objects.take_left_out());
    let mut types = Map::default();
    let mut all = inner.0;
    for (key, object) in objects.into_mapping() {
        all.entry(key).or_insert(object);
    }
    if !all.is_empty() {
        types.put("source", source);
    }
    types.put_full("objects", all);
    let mut parts = Vec::new();
    if operation.0.len() > before {
        parts.push((Role::Operation, operation.0));
    }
    if !types.0.is_empty() {
        parts.push((Role::Types, types.0));
    }
    if !parts.is_empty() {
        let is_known = |tag: &str| api.sources.iter().any(|source| source.tag == tag);
        let new = source_of_user.filter(|tag| !is_known(tag));
        let new = new.map(|tag| {
            let mut api = Map::default();
            api.put_mapping("sources", declared(comparison.copy, tag));
            api.0
        });
        let sources = new.or_else(|| dated(comparison));
        parts.extend(sources.map(|api| (Role::Api, api)));
    }
    (parts, left_out)
}

/// Drafts the groups of a body's fields that only the page states.
fn new_groups(comparison: &Comparison<'_>, side: Side) -> Vec<Yaml> {
    let mut sheet = comparison.page.clone();
    sheet.groups.retain(|group| {
        let mut differences = comparison.differences.iter();
        differences.any(|one| {
            let place = one.page.as_ref().map(|stated| stated.place);
            let is_new = one.spec.is_none() && one.subject == side.as_str();
            is_new && one.fact == Some(PageFact::Conditions) && place == Some(group.place)
        })
    });
    groups(&sheet, side, None)
}

/// Returns the decisions of the operation that no value of another field splits.
fn decided(comparison: &Comparison<'_>) -> Vec<(String, Decide)> {
    let result = comparison.operation.result.iter();
    let decisions = result.flat_map(|result| &result.decisions);
    let alone = decisions.filter(|decision| decision.cases.is_empty());
    alone.map(|one| (one.status.clone(), one.decide)).collect()
}

/// Drafts the source of the page with the page's date, if that differs.
fn dated(comparison: &Comparison<'_>) -> Option<Mapping> {
    let source = comparison
        .source
        .and_then(|id| comparison.api.sources.get(id))?;
    let date = day(&comparison.copy.page.date.as_ref()?.value);
    if source.date == date {
        return None;
    }
    let (mut one, mut all, mut api) = (Map::default(), Map::default(), Map::default());
    one.put("date", date);
    all.put_mapping(&source.tag, one.0);
    api.put_mapping("sources", all.0);
    Some(api.0)
}

/// The part of a page's field that the spec lacks.
enum Missing {
    Nothing,
    /// The field itself, in the body.
    Here,
    /// The field itself, in a shared object.
    In(String),
    /// Facts of a field of the body.
    Facts(String, Mapping),
}

impl Missing {
    fn of(comparison: &Comparison<'_>, at: usize, new: &Field, left_out: &mut Vec<String>) -> Self {
        let around = new
            .parent
            .and_then(|parent| comparison.alignment.of_page(parent));
        let Some(pair) = comparison.alignment.of_page(at) else {
            let is_reported = comparison.differences.iter().any(|one| {
                let line = one.page.as_ref().map(|stated| stated.place);
                one.rule == &FIELD_NEW && line == Some(new.place)
            });
            return match (is_reported, new.parent, around) {
                (false, ..) => Missing::Nothing,
                (true, None, _) => Missing::Here,
                (true, Some(_), Some(around)) => {
                    object_of(comparison, around.spec).map_or(Missing::Nothing, Missing::In)
                }
                (true, Some(_), None) => Missing::Nothing,
            };
        };
        let spec = &comparison.spec.fields[pair.spec];
        let stated = lacking(comparison, at, spec, left_out);
        if stated.is_empty() {
            return Missing::Nothing;
        }
        if spec.parent.is_some() {
            let keys = stated.keys().filter_map(|key| key.as_str());
            let keys: Vec<&str> = keys.collect();
            let line = new.place.line().unwrap_or_default();
            left_out.push(format!(
                "{} {}, of a shared object (line {line})",
                new.path,
                keys.join(", ")
            ));
            return Missing::Nothing;
        }
        Missing::Facts(spec.name.clone(), stated)
    }
}

/// Drafts the constraints that the page states for a field and the spec does not.
fn lacking(
    comparison: &Comparison<'_>,
    at: usize,
    spec: &Field,
    left_out: &mut Vec<String>,
) -> Mapping {
    let new = &comparison.page.fields[at];
    let mut facts = Facts::default();
    for difference in &comparison.differences {
        let missing = difference.spec.is_none() && difference.subject == spec.path;
        if let (true, Some(fact)) = (missing, difference.fact)
            && let Some(claim) = new.facts.get(fact)
        {
            facts.state(fact, claim.clone());
        }
    }
    // Limits of elements are written in the type of a list.
    let ty = new.facts.get(PageFact::Type);
    let list = ty.filter(|ty| matches!(&ty.value, Value::Type(ty) if ty.kind == TypeKind::Array));
    if let Some(list) = list {
        facts.state(PageFact::Type, list.clone());
    }
    let mut sheet = comparison.page.clone();
    sheet.fields[at] = Field {
        facts,
        on_wire: true,
        open: false,
        ..new.clone()
    };
    let mut objects = Objects::default();
    let mut written = field(&sheet, at, &mut objects);
    left_out.extend(objects.take_left_out());
    written.retain(|key, value| {
        let key = key.as_str().unwrap_or_default();
        let is_of = key == "of" && !value.is_mapping();
        !is_of && !["type", "description"].contains(&key) && value.as_str() != Some("unknown")
    });
    written
}

fn inside(objects: &mut Map, object: &str, name: &str, value: Mapping) {
    let fields = objects.0.entry(object.into()).or_insert_with(|| {
        let mut new = Map::default();
        new.put_mapping("fields", Mapping::new());
        new.0.into()
    });
    if let Some(fields) = fields
        .get_mut("fields")
        .and_then(|fields| fields.as_mapping_mut())
    {
        fields.insert(name.into(), value.into());
    }
}

/// Returns the name of the shared object that a field of the spec holds.
fn object_of(comparison: &Comparison<'_>, at: usize) -> Option<String> {
    let field = &comparison.spec.fields[at];
    let origin = field.place;
    let bodies = comparison.operation.bodies().map(|body| &body.object);
    let mut all = bodies
        .chain(&comparison.api.objects)
        .flat_map(|object| &object.fields);
    let found = all.find(|one| crate::drift::place::Place::Spec(one.origin) == origin)?;
    let id = match &found.ty {
        Type::List(element) => element.ty.object(),
        other => other.object(),
    };
    id.map(|id| comparison.api.object(id).name.clone())
}
