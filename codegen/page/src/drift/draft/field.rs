//! Drafts fields and the objects that they hold.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use serde_yaml::{Mapping, Value as Yaml};

use super::condition::written;
use super::{Map, TODO};
use crate::TypeKind;
use crate::drift::condition::Kind;
use crate::drift::fact_sheet::{FactSheet, Facts, Field};
use crate::drift::value::{Form, Type, Value, kind_word};
use payspec_model::model::PageFact;
use payspec_runtime::rules;

/// The drafted objects, by name.
#[derive(Default)]
pub(super) struct Objects {
    fields: BTreeMap<String, Mapping>,
    groups: BTreeMap<String, Vec<Yaml>>,
    /// Names of objects that the spec has.
    known: Vec<String>,
    /// What the page states and the draft cannot hold, in words.
    left_out: Vec<String>,
}

impl Objects {
    pub(super) fn new(known: Vec<String>) -> Self {
        Objects {
            known,
            ..Objects::default()
        }
    }

    /// Takes what the page states and the draft cannot hold.
    pub(super) fn take_left_out(&mut self) -> Vec<String> {
        std::mem::take(&mut self.left_out)
    }

    /// Returns the objects that the spec does not have.
    pub(super) fn into_mapping(mut self) -> Mapping {
        let mut objects = Map::default();
        for (name, fields) in self.fields {
            let mut object = Map::default();
            object.put("description", TODO);
            object.put_mapping("fields", fields);
            if let Some(groups) = self.groups.remove(&name) {
                object.put("at_least_one_of", groups);
            }
            objects.put_mapping(&name, object.0);
        }
        objects.0
    }

    /// Adds groups of fields to an object.
    fn add_groups(&mut self, name: &str, groups: Vec<Yaml>) {
        if !groups.is_empty() {
            self.groups.insert(name.to_owned(), groups);
        }
    }

    /// Adds fields to an object, unless the spec has it.
    pub(super) fn add(&mut self, name: &str, fields: Mapping) {
        if !self.known.iter().any(|one| one == name) {
            let object = self.fields.entry(name.to_owned()).or_default();
            for (key, field) in fields {
                object.entry(key).or_insert(field);
            }
        }
    }
}

/// Writes a field of a page in the spec's format.
pub(super) fn field(sheet: &FactSheet, at: usize, objects: &mut Objects) -> Mapping {
    let field = &sheet.fields[at];
    let facts = &field.facts;
    let mut map = Map::default();
    let ty = type_of(sheet, at, objects);
    map.put("type", ty.word.as_str());
    map.put_some("of", ty.of.as_deref());
    if !field.on_wire {
        map.put("page_names", vec![Yaml::from(field.name.as_str())]);
    }
    map.put("description", TODO);
    requirement(sheet, field, &mut map);
    constraints(facts, &ty, &mut map);
    default(facts, &ty, &mut map);
    if facts.get(PageFact::Deprecated).is_some() {
        let mut deprecated = Map::default();
        deprecated.put("reason", TODO);
        map.put_mapping("deprecated", deprecated.0);
    }
    for (fact, claim) in facts.iter() {
        if !holds(&map, &ty, fact, &claim.value) {
            let line = claim.place.line().unwrap_or_default();
            let text = format!(
                "{} {} {} (line {line})",
                field.path,
                fact.as_str(),
                claim.value
            );
            objects.left_out.push(text);
        }
    }
    map.0
}

/// Returns whether the draft of a field has a fact.
fn holds(map: &Map, ty: &Written, fact: PageFact, value: &Value) -> bool {
    let has = |key: &str| map.0.contains_key(key);
    let has_any = |keys: &[&str]| keys.iter().any(|key| has(key));
    match fact {
        PageFact::Method
        | PageFact::Path
        | PageFact::Type
        | PageFact::Required
        | PageFact::Status
        | PageFact::NextStep
        | PageFact::Resend
        // The operation has the key.
        | PageFact::Idempotency
        | PageFact::Deprecated => true,
        PageFact::MinLength => has("min_length"),
        PageFact::MaxLength => match ty.word.as_str() {
            "country" | "currency" => true,
            _ => map.0.get("max_length").is_some_and(Yaml::is_number),
        },
        PageFact::Range => has_any(&["min", "max"]),
        PageFact::MultipleOf => has("multiple_of"),
        PageFact::MinItems => has("min_items"),
        PageFact::MaxItems => map.0.get("max_items").is_some_and(Yaml::is_number),
        PageFact::UniqueItems => has("unique_items"),
        PageFact::Format => {
            let own = match value {
                Value::Form(form) => form.as_str(),
                _ => "",
            };
            ty.word == own || has_any(&["format", "pattern"])
        }
        PageFact::Values => ty.word == "boolean" || has_any(&["const", "values"]),
        PageFact::Default => has("default"),
        PageFact::Conditions => {
            let adds_nothing = match value {
                Value::Conditions(list) => list.iter().all(|one| one.kind == Kind::Required),
                _ => false,
            };
            has("required") && adds_nothing || has_any(&["required_when", "forbidden_when"])
        }
    }
}

/// Adds the default, if the field can be absent and have the value.
fn default(facts: &Facts, ty: &Written, map: &mut Map) {
    let Some(Value::Word(default)) = facts.value(PageFact::Default) else {
        return;
    };
    let allowed = match facts.value(PageFact::Values) {
        Some(Value::Values(values)) => values.contains(default),
        _ => true,
    };
    let length = |fact| match facts.value(fact) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let is_long_enough =
        length(PageFact::MinLength).is_none_or(|least| rules::min_length(default, least));
    let is_short_enough =
        length(PageFact::MaxLength).is_none_or(|most| rules::max_length(default, most));
    let (min, max) = match facts.value(PageFact::Range) {
        Some(Value::Range(min, max)) => (min.as_deref(), max.as_deref()),
        _ => (None, None),
    };
    let in_range = || {
        min.is_none_or(|min| rules::at_least(default, min))
            && max.is_none_or(|max| rules::at_most(default, max))
    };
    let has_form = facts.value(PageFact::Format).is_some();
    let fits = match ty.word.as_str() {
        "string" => is_long_enough && is_short_enough && !has_form,
        "integer" => rules::integer(default) && in_range(),
        "decimal" => rules::decimal(default) && in_range(),
        "boolean" => rules::boolean(default),
        _ => false,
    };
    let is_open = !map.0.contains_key("required") && !map.0.contains_key("const");
    if allowed && fits && is_open {
        map.put("default", default.as_str());
    }
}

/// Returns the name of a field for the spec; a translated name gets a placeholder.
pub(super) fn name(field: &Field, at: usize) -> String {
    if field.on_wire {
        field.name.clone()
    } else {
        format!("todo{at}")
    }
}

/// Drafts the fields inside a field, or of a body.
pub(super) fn fields(
    sheet: &FactSheet,
    side: payspec_model::model::Side,
    parent: Option<usize>,
    objects: &mut Objects,
) -> Mapping {
    let mut map = Map::default();
    let inside: Vec<usize> = sheet.inside(side, parent).map(|(at, _)| at).collect();
    for at in inside {
        let value = field(sheet, at, objects);
        map.put_mapping(&name(&sheet.fields[at], at), value);
    }
    map.0
}

/// A type in the spec's format.
struct Written {
    word: String,
    of: Option<String>,
}

impl Written {
    fn word(word: &str) -> Self {
        Written {
            word: word.to_owned(),
            of: None,
        }
    }

    /// Returns whether the type can list values.
    fn is_text(&self) -> bool {
        matches!(self.word.as_str(), "string" | "country" | "currency")
    }
}

fn type_of(sheet: &FactSheet, at: usize, objects: &mut Objects) -> Written {
    let field = &sheet.fields[at];
    let stated = match field.facts.value(PageFact::Type) {
        Some(Value::Type(ty)) => ty.clone(),
        _ if field.open => Type::plain(TypeKind::Object),
        _ => Type::plain(TypeKind::String),
    };
    let mut object = |ty: &Type, field: &Field| {
        let own = field.name.to_upper_camel_case();
        let own = if field.on_wire {
            own
        } else {
            format!("Todo{at}")
        };
        let name = ty.name.clone().unwrap_or(own);
        let inside = fields(sheet, field.side, Some(at), objects);
        objects.add(&name, inside);
        objects.add_groups(&name, groups(sheet, field.side, Some(at)));
        name
    };
    match stated.kind {
        TypeKind::Object => Written::word(&object(&stated, field)),
        TypeKind::Array => {
            let of = match stated.of.as_deref() {
                Some(of) if of.kind == TypeKind::Object => object(of, field),
                Some(of) if of.kind != TypeKind::Array => kind_word(of.kind).to_owned(),
                Some(_) | None if field.open => object(&Type::plain(TypeKind::Object), field),
                Some(_) | None => "string".to_owned(),
            };
            Written {
                word: "list".to_owned(),
                of: Some(of),
            }
        }
        TypeKind::String => Written::word(text_type(&field.facts)),
        kind => Written::word(kind_word(kind)),
    }
}

/// Returns the type of a text: a number if a range is stated, or the type of its form if the stated
/// length fits.
fn text_type(facts: &Facts) -> &'static str {
    let length = facts.value(PageFact::MaxLength);
    let fits = |most| length.is_none_or(|length| *length == Value::Number(most));
    match facts.value(PageFact::Format) {
        _ if facts.get(PageFact::Range).is_some() => "integer",
        Some(Value::Form(Form::Datetime)) => "datetime",
        Some(Value::Form(Form::Date)) => "date",
        Some(Value::Form(Form::Url)) => "url",
        Some(Value::Form(Form::Country)) if fits(2) => "country",
        Some(Value::Form(Form::Currency)) if fits(3) => "currency",
        _ => "string",
    }
}

fn requirement(sheet: &FactSheet, field: &Field, map: &mut Map) {
    let word = match field.facts.value(PageFact::Required) {
        Some(Value::Word(word)) => word.as_str(),
        _ => "",
    };
    let stated = match field.facts.value(PageFact::Conditions) {
        Some(Value::Conditions(conditions)) => conditions.as_slice(),
        _ => &[],
    };
    if word == "required" {
        map.put("required", true);
    }
    for key in ["required_when", "forbidden_when"] {
        let is_required = key == "required_when";
        let of_kind = stated.iter().filter(|condition| match condition.kind {
            Kind::Required | Kind::Optional | Kind::Returned => is_required,
            Kind::Absent => !is_required,
        });
        let mut list: Vec<Yaml> = of_kind
            .map(|condition| Yaml::Mapping(written(sheet, field, condition)))
            .collect();
        if list.is_empty() && word == "conditional" && is_required {
            let mut map = Map::default();
            map.put("text", TODO);
            list.push(Yaml::Mapping(map.0));
        }
        let always = word == "required" && is_required;
        if !list.is_empty() && !always {
            map.put(key, list);
        }
    }
}

/// Drafts the groups of fields of an object, or of a body.
pub(super) fn groups(
    sheet: &FactSheet,
    side: payspec_model::model::Side,
    parent: Option<usize>,
) -> Vec<Yaml> {
    let of_object = sheet.groups.iter();
    let of_object = of_object.filter(|group| group.side == side && group.parent == parent);
    let written = of_object.map(|group| {
        let members = group.members.iter();
        let names = members.map(|at| Yaml::from(name(&sheet.fields[*at], *at)));
        let mut map = Map::default();
        map.put("fields", names.collect::<Vec<_>>());
        Yaml::Mapping(map.0)
    });
    written.collect()
}

fn constraints(facts: &Facts, ty: &Written, map: &mut Map) {
    if ty.is_text() {
        texts(facts, map);
    }
    let number = |fact| match facts.value(fact) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    match ty.word.as_str() {
        "string" => {
            map.put_some("min_length", number(PageFact::MinLength));
            match number(PageFact::MaxLength) {
                Some(most) => map.put("max_length", most),
                None => map.put("max_length", "unknown"),
            };
            match facts.value(PageFact::Format) {
                Some(Value::Form(Form::Mcc)) => {
                    map.put("format", "mcc");
                }
                Some(Value::Form(Form::Json)) => {
                    map.put("format", "json");
                }
                Some(Value::Form(Form::Pattern)) => {
                    map.put("pattern", "[0-9A-Za-z]*");
                }
                _ => {}
            }
        }
        "url" => {
            map.put_some("min_length", number(PageFact::MinLength));
            match number(PageFact::MaxLength) {
                Some(most) => map.put("max_length", most),
                None => map.put("max_length", "unknown"),
            };
        }
        "list" => {
            map.put_some("min_items", number(PageFact::MinItems));
            match number(PageFact::MaxItems) {
                Some(most) => map.put("max_items", most),
                None => map.put("max_items", "unknown"),
            };
            if facts.value(PageFact::UniqueItems).is_some() {
                map.put("unique_items", true);
            }
        }
        "integer" | "decimal" => {
            if let Some(Value::Range(min, max)) = facts.value(PageFact::Range) {
                map.put_some("min", min.as_deref());
                map.put_some("max", max.as_deref());
            }
            if let Some(Value::Word(step)) = facts.value(PageFact::MultipleOf) {
                map.put("multiple_of", step.as_str());
            }
        }
        _ => {}
    }
}

fn texts(facts: &Facts, map: &mut Map) {
    let Some(Value::Values(values)) = facts.value(PageFact::Values) else {
        return;
    };
    match values.as_slice() {
        [only] => map.put("const", only.as_str()),
        values => {
            let values: Vec<Yaml> = values.iter().map(|one| Yaml::from(one.as_str())).collect();
            map.put("values", values)
        }
    };
}
