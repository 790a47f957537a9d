//! Messages that prove a finding, in a form to show: without what is sensitive, and short.

use payspec_runtime::Pointer;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::finding::Finding;
use crate::location::Item;
use crate::witness::{Witness, is_against, witnesses};
use crate::{Change, Impact};
use payspec_model::check::Checker;
use payspec_model::model::{Api, Field, Model, Object, Side, Type};
use payspec_model::sample;

/// A message that one spec takes and the other refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proof {
    /// The operation.
    pub operation: String,
    /// Which of its bodies the message is.
    pub side: Side,
    /// The spec that takes the message. The other one refuses it.
    pub taken_by: Spec,
    /// Where the message shows it, as a JSON Pointer.
    pub pointer: String,
    /// What stands there; absent when nothing does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Why it is refused.
    pub refused: Vec<Refusal>,
    /// The message. Sensitive values are masked, long texts and lists are cut.
    pub message: Value,
}

/// One of the two specs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Spec {
    /// The one before the change.
    Old,
    /// The one after it.
    New,
}

impl Spec {
    /// Returns its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Spec::Old => "old",
            Spec::New => "new",
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Spec::Old => Spec::New,
            Spec::New => Spec::Old,
        }
    }
}

/// A rule that a message breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Refusal {
    /// Where, as a JSON Pointer.
    pub path: String,
    /// The rule; `payspec explain` knows it.
    pub rule: &'static str,
    /// What was expected.
    pub expected: String,
    /// `file:line` of the rule.
    pub spec: String,
}

/// Returns what proves a finding that breaks somebody. Empty where no message can show it.
pub(crate) fn proofs(old: &Model, new: &Model, finding: &Finding) -> Vec<Proof> {
    if finding.class.worst() < Impact::Breaking {
        return Vec::new();
    }
    let found = witnesses(old, new, &finding.change).into_iter();
    found
        .filter_map(|witness| proof(old, new, &finding.change, witness))
        .collect()
}

fn proof(old: &Model, new: &Model, change: &Change, witness: Witness) -> Option<Proof> {
    let Item::Field(side, pointer) = &change.place.subject else {
        return None;
    };
    let was = change.was.as_ref();
    let old_id = was.and_then(|was| was.operation.as_ref());
    let old_id = old_id.unwrap_or(&witness.operation);
    // What has another name or place is shown where the spec has it that takes the message.
    let pointer = match was.map(|was| &was.subject) {
        Some(Item::Field(_, before)) if witness.lost && change.edit.keeps() => before,
        Some(_) | None => pointer,
    };
    let pointer = pointer.replace("/*", "/0");
    let new_id = &witness.operation;
    let (taken_by, taking, taking_id, refusing, refusing_id) = match witness.lost {
        true => (Spec::Old, old, old_id, new, new_id),
        false => (Spec::New, new, new_id, old, old_id),
    };
    let (api, operation) = refusing.operation(refusing_id)?;
    let checker = Checker::new(api, operation, *side)?;
    let found = checker.check(witness.message.to_string().as_bytes()).ok()?;
    let errors = found.iter().filter(|one| is_against(change, one));
    let refused = errors.map(|one| Refusal {
        path: one.violation.path.to_string(),
        rule: one.violation.rule.as_str(),
        expected: one.violation.expected.to_string(),
        spec: refusing.place(one.origin),
    });
    let refused = refused.collect();
    let (api, operation) = taking.operation(taking_id)?;
    let (_, other) = refusing.operation(refusing_id)?;
    // What the witness was made with is no value of anybody; all else may be an example.
    let samples = [(api, operation.body(*side)?), (api, other.body(*side)?)];
    let made = witness.message.pointer(&pointer);
    let known = |(api, body): (&Api, _)| sample::full(api, body).pointer(&pointer).cloned();
    let made = made.filter(|made| {
        samples
            .into_iter()
            .all(|one| known(one).as_ref() != Some(*made))
    });
    let masker = Masker {
        api,
        made: made.map(|_| pointer.as_str()),
    };
    let body = operation.body(*side)?;
    let message = masker.object(&body.object, &witness.message, "");
    Some(Proof {
        operation: witness.operation,
        side: witness.side,
        taken_by,
        value: message.pointer(&pointer).cloned(),
        pointer,
        refused,
        message,
    })
}

/// How many characters of a text are shown.
const TEXT: usize = 80;

/// How many elements of a list are shown.
const ELEMENTS: usize = 2;

/// Copies a message without what is sensitive in it.
struct Masker<'m> {
    api: &'m Api,
    /// Where a value stands that was made up, and may be shown.
    made: Option<&'m str>,
}

impl Masker<'_> {
    fn object(&self, object: &Object, value: &Value, at: &str) -> Value {
        let Value::Object(members) = value else {
            return short(value);
        };
        let shown = members.iter().map(|(name, value)| {
            let at = format!("{at}/{}", Pointer::escape(name));
            let field = object.fields.iter().find(|field| field.name == *name);
            let value = match field {
                Some(field) => self.field(field, value, &at),
                None => short(value),
            };
            (name.clone(), value)
        });
        Value::Object(shown.collect::<Map<_, _>>())
    }

    fn field(&self, field: &Field, value: &Value, at: &str) -> Value {
        match field.sensitive {
            Some(kind) if self.made != Some(at) => kind.mask().into(),
            Some(_) | None => self.value(&field.ty, value, at),
        }
    }

    fn value(&self, ty: &Type, value: &Value, at: &str) -> Value {
        match (ty, value) {
            (Type::Object(id), value) => self.object(self.api.object(*id), value, at),
            (Type::Json(id), Value::String(text)) => match serde_json::from_str::<Value>(text) {
                Ok(inner) if inner.is_object() => {
                    let inner = self.object(self.api.object(*id), &inner, at);
                    inner.to_string().into()
                }
                Ok(_) | Err(_) => short(value),
            },
            (Type::List(element), Value::Array(values)) => {
                let shown = values.iter().take(ELEMENTS).enumerate();
                let shown = shown
                    .map(|(index, value)| self.value(element, value, &format!("{at}/{index}")));
                cut(shown.collect(), values.len())
            }
            (
                Type::String
                | Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::DateTime
                | Type::Date
                | Type::Url
                | Type::Country
                | Type::Currency
                | Type::Enum(_)
                | Type::List(_)
                | Type::Json(_),
                value,
            ) => short(value),
        }
    }
}

fn cut(mut shown: Vec<Value>, count: usize) -> Value {
    if count > shown.len() {
        shown.push(format!("… ({count} elements)").into());
    }
    Value::Array(shown)
}

fn short(value: &Value) -> Value {
    match value {
        Value::String(text) => match text.char_indices().nth(TEXT) {
            Some(_) => {
                let start: String = text.chars().take(TEXT / 4).collect();
                format!("{start}… ({} characters)", text.chars().count()).into()
            }
            None => value.clone(),
        },
        Value::Array(values) => {
            let shown = values.iter().take(ELEMENTS).map(short).collect();
            cut(shown, values.len())
        }
        Value::Object(members) => {
            let shown = members
                .iter()
                .map(|(name, value)| (name.clone(), short(value)));
            Value::Object(shown.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}
