//! Generates messages that the spec allows, from the model.

mod amount;

use crate::model::{
    self, Api, Argument, Body, Constraint, Element, Epoch, Object, ObjectId, Rule, Type, Union,
    is_step,
};
use crate::pointer::names;
use payspec_runtime::{Case, JsonShape, JsonType, Pointer, rules};
use serde_json::{Map, Value, json};

/// Makes a message with every field of a body that violates no rule. A text has the field's example, or
/// a short text of the right form; a list has two elements, or one if its elements must differ.
///
/// An object with free keys has the entries of its example, or one.
///
/// It respects constants, listed values, enums, limits and forms. A field with a pattern, of its text or of its keys,
/// must have an example that matches it.
pub fn full(api: &Api, body: &Body) -> Value {
    along(api, body, "")
}

/// Makes such a message in which unions have the objects to which a path with [`Union::step`]s leads.
pub fn along(api: &Api, body: &Body, path: &str) -> Value {
    let steps = names(path).into_iter().filter(|name| is_step(name));
    let maker = Maker {
        api,
        steps: steps.collect(),
    };
    let mut message = maker.object(&body.object, &mut Vec::new());
    for refinement in &body.refinements {
        let chosen = refinement
            .constraints
            .iter()
            .find_map(|constraint| constraint.rule.texts()?.first());
        if let Some(text) = chosen {
            set_everywhere(&mut message, "", &refinement.path, text);
        }
    }
    body.json_of(message)
}

/// Sets or removes the value at a JSON Pointer. The pointer may continue inside a text that holds JSON.
/// A missing field is added if its object exists. Returns whether the message was changed.
pub fn set(message: &mut Value, pointer: &str, value: Option<Value>) -> bool {
    if let ("", Some(value)) = (pointer, &value) {
        *message = value.clone();
        return true;
    }
    let Some(rest) = pointer.strip_prefix('/') else {
        return false;
    };
    let (name, rest) = match rest.find('/') {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    let name = Pointer::unescape(name).into_owned();
    match message {
        Value::String(text) => {
            let Ok(mut inner) = serde_json::from_str::<Map<String, Value>>(text).map(Value::Object)
            else {
                return false;
            };
            let done = set(&mut inner, pointer, value);
            *text = inner.to_string();
            done
        }
        Value::Object(fields) if !rest.is_empty() => {
            let inner = fields.get_mut(&name);
            inner.is_some_and(|inner| set(inner, rest, value))
        }
        Value::Object(fields) => match value {
            Some(value) => {
                fields.insert(name, value);
                true
            }
            None => fields.remove(&name).is_some(),
        },
        Value::Array(items) => {
            let item = name.parse().ok().and_then(|at: usize| items.get_mut(at));
            match (item, value) {
                (Some(item), value) if !rest.is_empty() => set(item, rest, value),
                (Some(item), Some(value)) => {
                    *item = value;
                    true
                }
                (_, _) => false,
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A multiple of a step that is not below a number, as far as a few steps reach.
fn multiple(step: &str, least: &str) -> String {
    let reaches = |text: &String| rules::multiple_of(text, step) && rules::at_least(text, least);
    let zeros = (0..6).map(|zeros| format!("{step}{}", "0".repeat(zeros)));
    let mut candidates = std::iter::once(least.to_owned()).chain(match step.contains('.') {
        true => Vec::new(),
        false => zeros.collect(),
    });
    candidates.find(reaches).unwrap_or_else(|| step.to_owned())
}

/// Sets a text at a path; `*` matches every element, and every value of a map.
fn set_everywhere(message: &mut Value, above: &str, path: &[String], text: &str) {
    match path {
        [] => {
            set(message, above, Some(text.into()));
        }
        [star, rest @ ..] if star == "*" => {
            let names: Vec<String> = match message.pointer(above) {
                Some(Value::Array(items)) => (0..items.len()).map(|at| at.to_string()).collect(),
                Some(Value::Object(entries)) => {
                    let keys = entries.keys();
                    keys.map(|key| Pointer::escape(key).into_owned()).collect()
                }
                Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {
                    Vec::new()
                }
            };
            for name in names {
                set_everywhere(message, &format!("{above}/{name}"), rest, text);
            }
        }
        [name, rest @ ..] => set_everywhere(message, &format!("{above}/{name}"), rest, text),
    }
}

/// Returns the count in a rule.
fn count(rule: &Rule) -> Option<u32> {
    rule.args().into_iter().find_map(|argument| match argument {
        Argument::Count(count) => Some(count),
        Argument::Text(_) | Argument::Number(_) => None,
    })
}

/// The rules and the example of a value.
#[derive(Clone, Copy)]
struct Described<'m> {
    json_type: Option<JsonType>,
    constraints: &'m [Constraint],
    example: Option<&'m str>,
}

struct Maker<'m> {
    api: &'m Api,
    /// The objects that unions should have.
    steps: Vec<String>,
}

impl Maker<'_> {
    /// Makes an object with all of its fields, except those that would contain it again.
    fn object(&self, object: &Object, holders: &mut Vec<ObjectId>) -> Value {
        let fields = object.fields.iter().filter_map(|field| {
            let described = Described {
                json_type: field.json_type,
                constraints: &field.constraints,
                example: field.example.as_deref(),
            };
            // A type that contains itself ends in `null`, where it may be null.
            let end = || (field.required && field.nullable).then_some(Value::Null);
            let value = self.value(described, &field.ty, holders).or_else(end)?;
            Some((field.name.clone(), value))
        });
        let mut fields = fields.collect::<Map<_, _>>();
        amount::suit(&self.api.wire, object, &mut fields);
        Value::Object(fields)
    }

    fn value(&self, field: Described<'_>, ty: &Type, holders: &mut Vec<ObjectId>) -> Option<Value> {
        let text = |default: &str| Value::String(field.text(default));
        let parsed = |default: &str| {
            let text = field.text(default);
            match self.api.json_type(ty, field.json_type) {
                Some(JsonType::String) => Value::String(text),
                Some(JsonType::Number | JsonType::Boolean) | None => {
                    serde_json::from_str(&text).unwrap_or(Value::String(text))
                }
            }
        };
        Some(match ty {
            Type::String => text("text"),
            Type::Integer => parsed("10"),
            Type::Decimal => parsed("10.5"),
            Type::Boolean => parsed("true"),
            Type::DateTime => text("2019-11-27T12:01:01+08:00"),
            Type::Date => text("2019-11-27"),
            Type::Timestamp(Epoch::Seconds) => parsed("1574827261"),
            Type::Timestamp(Epoch::Millis) => parsed("1574827261000"),
            Type::Uuid => text("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
            Type::Binary => text("cGF5"),
            Type::Url => text("https://shop.example/path?query=1"),
            Type::Country => text("HK"),
            Type::Currency(Case::Upper) => text("USD"),
            Type::Currency(Case::Lower) => text("usd"),
            Type::Enum(id) => {
                let first = self.api.enumeration(*id).values.first()?;
                match *self.api.written_as(ty) == Type::Integer {
                    true => parsed(&first.name),
                    false => text(&first.name),
                }
            }
            Type::List(element) => {
                let value = self.value(field.inside(element), &element.ty, holders)?;
                let rules = field.constraints;
                let is_unique = rules.iter().any(|one| one.rule == Rule::UniqueItems);
                Value::Array(vec![value; if is_unique { 1 } else { 2 }])
            }
            Type::Map(map) => {
                let example = field.example;
                let example = example.and_then(|text| serde_json::from_str(text).ok());
                match example {
                    Some(entries) => Value::Object(entries),
                    None => Value::Object(self.entries(field, map, holders)?),
                }
            }
            Type::Object(id) => self.inner(*id, holders)?,
            Type::Union(id) => self.tagged(self.api.union(*id), holders)?,
            Type::Json(id) => Value::String(self.inner(*id, holders)?.to_string()),
            Type::Any => {
                let example = field.example;
                let example = example.and_then(|text| serde_json::from_str(text).ok());
                example.unwrap_or_else(|| json!({ "any": ["text", 10, null] }))
            }
        })
    }

    /// Makes as many entries as a map must have, but at least one.
    fn entries(
        &self,
        field: Described<'_>,
        map: &model::Map,
        holders: &mut Vec<ObjectId>,
    ) -> Option<Map<String, Value>> {
        let value = self.value(field.inside(&map.values), &map.values.ty, holders)?;
        let least = field
            .constraints
            .iter()
            .find_map(|one| matches!(one.rule, Rule::MinItems(_)).then(|| count(&one.rule))?);
        let longest = map
            .keys
            .iter()
            .filter(|one| matches!(one.rule, Rule::MaxLength(_)));
        let longest = longest.filter_map(|one| count(&one.rule)).min();
        let prefix = if longest.is_some_and(|most| most < 6) {
            ""
        } else {
            "key"
        };
        let keys = (1..=least.unwrap_or(1).max(1)).map(|number| format!("{prefix}{number}"));
        Some(keys.map(|key| (key, value.clone())).collect())
    }

    /// Makes the wanted value of a union, an object after its tag, or else the first one that can be made here.
    fn tagged(&self, union: &Union, holders: &mut Vec<ObjectId>) -> Option<Value> {
        let wanted = self.steps.iter().find_map(|step| union.at_step(step));
        wanted
            .into_iter()
            .chain(&union.variants)
            .find_map(|variant| {
                let described = Described {
                    json_type: JsonShape::parse(&variant.tag).and_then(JsonShape::json_type),
                    constraints: &[],
                    example: None,
                };
                let value = self.value(described, &variant.ty, holders)?;
                let (Value::Object(fields), Some(name)) = (&value, union.discriminator.field())
                else {
                    return Some(value);
                };
                let mut tagged = Map::new();
                tagged.insert(name.to_owned(), variant.tag.clone().into());
                tagged.extend(fields.clone());
                Some(Value::Object(tagged))
            })
    }

    fn inner(&self, id: ObjectId, holders: &mut Vec<ObjectId>) -> Option<Value> {
        if holders.contains(&id) {
            return None;
        }
        holders.push(id);
        let object = self.object(self.api.object(id), holders);
        holders.pop();
        Some(object)
    }
}

impl<'m> Described<'m> {
    /// Describes an element of a list or a value of a map. The example of a list of single values is that of an element.
    fn inside(self, element: &'m Element) -> Self {
        Described {
            json_type: element.json_type,
            constraints: &element.constraints,
            example: self.example,
        }
    }

    fn text(&self, default: &str) -> String {
        let rules = || self.constraints.iter().map(|constraint| &constraint.rule);
        let chosen = rules().find_map(|rule| rule.texts()?.first());
        let chosen = chosen.map(String::as_str).or(self.example);
        let mut text = chosen.unwrap_or(default).to_owned();
        for rule in rules() {
            match rule {
                Rule::MinLength(least) => {
                    let missing = (*least as usize).saturating_sub(text.chars().count());
                    text.push_str(&"x".repeat(missing));
                }
                Rule::MaxLength(most) => text = text.chars().take(*most as usize).collect(),
                Rule::Min(least) if chosen.is_none() => text.clone_from(least),
                // A multiple of at least the minimum, which stands before it.
                Rule::MultipleOf(step) if chosen.is_none() => text = multiple(step, &text),
                Rule::Required
                | Rule::Const(_)
                | Rule::Values(_)
                | Rule::Pattern(_)
                | Rule::Min(_)
                | Rule::Max(_)
                | Rule::MultipleOf(_)
                | Rule::MinItems(_)
                | Rule::MaxItems(_)
                | Rule::UniqueItems
                | Rule::Format(_) => {}
            }
        }
        text
    }
}
