//! The cards of types and their parts: fields, objects, enums and values.

use super::body::{EnumBody, FieldBody, ObjectBody, PartFact, UsedBody};
use super::details::Details;
use super::head::Head;
use super::spec_card::SpecCard;
use super::{describe, paths};
use crate::facts::Facts;
use payspec_model::describe as words;
use payspec_model::format::EnumType;
use payspec_model::model::{Api, Enum, EnumValue, Field, Object, ObjectId, Type};
use payspec_runtime::{Location, Sensitive, Style};

/// Explains a field.
pub(super) fn field<'m>(
    head: Head,
    facts: Facts<'m>,
    field: &'m Field,
) -> SpecCard<'m, FieldBody<'m>> {
    let mut details = Details::default();
    details.add("type", words::type_name(facts.api, &field.ty));
    details.add(
        "required",
        if field.required {
            "yes"
        } else {
            "no, unless a constraint says so"
        },
    );
    let answers = facts.api.operations.iter().find_map(|operation| {
        let body = operation.response.as_ref()?;
        let mut fields = body.object.fields.iter();
        let is_here = fields.any(|one| std::ptr::eq(one, field));
        is_here.then(|| words::statuses_with_field(operation, body, &field.name))?
    });
    details.maybe("in_answers", answers.map(|text| text.replace('`', "")));
    let location = Some(field.location).filter(|location| *location != Location::Body);
    details.maybe("in", location.map(Location::as_str));
    let style = Some(field.style).filter(|style| *style != Style::Repeat);
    details.maybe("style", style.map(words::style));
    let default = field.default.as_ref();
    details.maybe("default", default.map(|default| default.text.as_str()));
    if !field.unknown_limits.is_empty() {
        details.add("limits_unknown", field.unknown_limits.join(", "));
    }
    let money = facts.api.amount(field).map(words::amount);
    details.maybe("money", money.map(|text| text.replace('`', "")));
    details.maybe("null", field.nullable.then_some("is a value"));
    details.maybe("sensitive", field.sensitive.map(Sensitive::as_str));
    details.lifecycle(field.since.as_ref(), field.deprecated.as_ref());
    if field.sensitive.is_none() {
        details.maybe("example", field.example.as_deref());
    }
    let mut constraints = describe::of_field(facts, field);
    let mut used_in = Vec::new();
    let mut defaults = Vec::new();
    let mut origins = vec![field.origin];
    for place in paths::uses(facts.api) {
        if !std::ptr::eq(place.field, field) {
            continue;
        }
        let here = place
            .body
            .refinements
            .iter()
            .filter(|refinement| refinement.path == place.names);
        for refinement in here {
            constraints.extend(describe::of_refinement(facts, refinement, &place.path));
            if let Some(default) = &refinement.default {
                defaults.push(format!("{}: {}", place.path, default.text));
            }
            origins.push(refinement.origin);
        }
        used_in.push(place.path);
    }
    details.lines("default_in", defaults);
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: field.description.clone(),
        details,
        disputes: facts.disputes_about(&origins, &used_in),
        body: FieldBody {
            constraints,
            used_in,
        },
        sources: facts.sources(&field.sources),
        spec: facts.place(field.origin),
    }
}

/// Explains an object.
pub(super) fn object<'m>(
    head: Head,
    facts: Facts<'m>,
    object: &'m Object,
) -> SpecCard<'m, ObjectBody<'m>> {
    let mut details = Details::default();
    details.lifecycle(object.since.as_ref(), object.deprecated.as_ref());
    let removed: Vec<String> = object
        .removed_fields
        .iter()
        .map(|field| format!("{} ({})", field.name, field.date))
        .collect();
    if !removed.is_empty() {
        details.add("removed_fields", removed.join(", "));
    }
    let constraints = describe::of_object(facts, object);
    let fields = object
        .fields
        .iter()
        .map(|field| PartFact {
            name: field.name.as_str().into(),
            ty: Some(words::type_name(facts.api, &field.ty)),
            meaning: &field.description,
        })
        .collect();
    let is_it = |id: ObjectId| std::ptr::eq(facts.api.object(id), object);
    let mut used_in = paths::users(facts.api, |ty| ty.object().is_some_and(is_it));
    for union in &facts.api.unions {
        let variants = union
            .variants
            .iter()
            .filter(|one| one.object().is_some_and(is_it));
        used_in.extend(variants.map(|one| format!("{}.{}", union.name, one.tag)));
    }
    let bodies = facts.api.operations.iter().flat_map(describe::bodies);
    let whole = bodies.filter(|(_, body)| body.named.iter().any(|id| is_it(*id)));
    used_in.extend(whole.map(|(_, body)| body.object.name.clone()));
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: object.description.clone(),
        details,
        disputes: facts.disputes_about(&[object.origin], &[]),
        body: ObjectBody {
            constraints,
            fields,
            used_in,
        },
        sources: facts.sources(&object.sources),
        spec: facts.place(object.origin),
    }
}

/// Explains a list of values.
pub(super) fn enumeration<'m>(
    head: Head,
    facts: Facts<'m>,
    set: &'m Enum,
) -> SpecCard<'m, EnumBody<'m>> {
    let mut details = Details::default();
    match set.ty {
        EnumType::Integer => details.add("type", "integer"),
        EnumType::String => {}
    }
    details.add("open", words::open_enum(set.open));
    let values = set
        .values
        .iter()
        .map(|value| PartFact {
            name: value.name.as_str().into(),
            ty: None,
            meaning: &value.description,
        })
        .collect();
    let used_in = enum_users(facts.api, set);
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: set.description.clone(),
        details,
        disputes: facts.disputes_about(&[set.origin], &[]),
        body: EnumBody { values, used_in },
        sources: facts.sources(&set.sources),
        spec: facts.place(set.origin),
    }
}

/// Explains a value of a list.
pub(super) fn value<'m>(
    head: Head,
    facts: Facts<'m>,
    set: &'m Enum,
    value: &'m EnumValue,
) -> SpecCard<'m, UsedBody> {
    let mut details = Details::default();
    details.add("value_of", set.name.as_str());
    details.lifecycle(None, value.deprecated.as_ref());
    let used_in = enum_users(facts.api, set);
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: value.description.clone(),
        details,
        disputes: facts.disputes_about(&[value.origin], &[]),
        body: UsedBody { used_in },
        sources: facts.sources(&value.sources),
        spec: facts.place(value.origin),
    }
}

fn enum_users(api: &Api, set: &Enum) -> Vec<String> {
    paths::users(api, |ty| {
        let Type::Enum(id) = ty else { return false };
        std::ptr::eq(api.enumeration(*id), set)
    })
}
