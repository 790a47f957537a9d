//! Messages that prove a finding, prepared for display: shortened, and without sensitive values.

use payspec_runtime::Pointer;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::finding::Finding;
use crate::location::Item;
use crate::witness::{Part, Witness, is_against, violation, witnesses};
use crate::{Change, Impact};
use payspec_model::check::Checker;
use payspec_model::model::{Api, Field, Model, Object, Operation, Side, Type, Union};
use payspec_model::{pointer, sample};

/// A part of a message that one spec accepts and the other refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proof {
    /// The operation; absent for headers, which apply to all operations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) operation: Option<String>,
    /// The side of the operation: request or response.
    pub(crate) side: Side,
    /// The part of the message.
    pub(crate) part: Part,
    /// The HTTP status of the answer, if only answers with this status show the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) http_status: Option<u16>,
    /// The spec that accepts the message. The other one refuses it.
    pub(crate) taken_by: Spec,
    /// The JSON Pointer of the value that shows the change.
    pub(crate) pointer: String,
    /// The value there; absent if the message has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<Value>,
    /// The rules that refuse it.
    pub refused: Vec<Refusal>,
    /// The body; for headers, an object of names and values. Sensitive values are masked, long
    /// texts and lists are cut.
    pub(crate) message: Value,
}

impl Proof {
    /// Describes the message in words: `request`, `request with these headers`.
    pub(crate) fn what(&self) -> String {
        match (self.part, self.http_status) {
            (Part::Body, Some(status)) => format!("{} with HTTP status {status}", self.side),
            (Part::Body, None) => self.side.to_string(),
            (Part::Headers, _) => format!("{} with these headers", self.side),
        }
    }
}

/// One of the two specs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Spec {
    /// The spec before the change.
    Old,
    /// The spec after the change.
    New,
}

impl Spec {
    /// Returns the word for it in reports.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Spec::Old => "old",
            Spec::New => "new",
        }
    }

    /// Returns the other spec.
    pub(crate) const fn other(self) -> Self {
        match self {
            Spec::Old => Spec::New,
            Spec::New => Spec::Old,
        }
    }
}

/// A rule that a message breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Refusal {
    /// The JSON Pointer of the value that breaks it.
    pub path: String,
    /// The rule, an argument of `payspec explain`.
    pub rule: &'static str,
    /// The expected value.
    pub(crate) expected: String,
    /// `file:line` of the rule.
    pub spec: String,
}

/// Returns the messages that prove a finding; empty if no message can show it.
pub(crate) fn proofs(old: &Model, new: &Model, finding: &Finding) -> Vec<Proof> {
    let own = witnesses(old, new, &finding.change).into_iter();
    let own = own.filter_map(|witness| proof(old, new, &finding.change, witness));
    let parts = finding.parts.iter();
    let breaking = parts.filter(|part| part.class.worst() == Impact::Breaking);
    let parts = breaking.flat_map(|part| proofs(old, new, part));
    own.chain(parts).take(2).collect()
}

fn proof(old: &Model, new: &Model, change: &Change, witness: Witness) -> Option<Proof> {
    let (taken_by, taking, refusing) = match witness.lost {
        true => (Spec::Old, old, new),
        false => (Spec::New, new, old),
    };
    let (refused, message) = match (&witness.operation, witness.part) {
        (Some(id), Part::Body) => {
            // The operation may have had another id.
            let was = change.was.as_ref().and_then(|was| was.operation.as_ref());
            let old_id = was.unwrap_or(id);
            let (taking_id, refusing_id) = match witness.lost {
                true => (old_id, id),
                false => (id, old_id),
            };
            let refusing = (refusing, refusing.operation(refusing_id)?);
            body(taking.operation(taking_id)?, refusing, change, &witness)?
        }
        (Some(_) | None, _) => header(refusing, change, &witness)?,
    };
    Some(Proof {
        operation: witness.operation,
        side: witness.side,
        part: witness.part,
        http_status: witness.http_status,
        taken_by,
        value: message.pointer(&witness.pointer).cloned(),
        pointer: witness.pointer,
        refused,
        message,
    })
}

/// Returns why a body is refused, and the body with sensitive values masked.
fn body(
    (taking_api, taking): (&Api, &Operation),
    (refusing_model, (refusing_api, refusing)): (&Model, (&Api, &Operation)),
    change: &Change,
    witness: &Witness,
) -> Option<(Vec<Refusal>, Value)> {
    let Witness { side, pointer, .. } = witness;
    let checker = Checker::new(refusing_api, refusing, *side)?;
    let json = witness.message.to_string();
    let (found, _) = checker.assess(json.as_bytes(), witness.http_status).ok()?;
    let errors = found.iter().filter(|one| is_against(change, one));
    let refused = errors.map(|one| Refusal {
        path: one.violation.path.to_string(),
        rule: one.violation.rule.as_str(),
        expected: one.violation.expected.to_string(),
        spec: refusing_model.place(one.origin),
    });
    // A value that was made for the witness comes from no real message. Any other value may come
    // from an example.
    let samples = [taking.body(*side)?, refusing.body(*side)?];
    let way = if let Item::Field(_, way) = &change.place.subject {
        way
    } else {
        ""
    };
    let known = |body| {
        sample::along(taking_api, body, way)
            .pointer(pointer)
            .cloned()
    };
    let made = witness.message.pointer(pointer).filter(|made| {
        samples
            .into_iter()
            .all(|one| known(one).as_ref() != Some(*made))
    });
    let masker = Masker {
        api: taking_api,
        made: made.map(|_| pointer.as_str()),
    };
    let message = masker.object(&taking.body(*side)?.object, &witness.message, "");
    Some((refused.collect(), message))
}

/// Returns why headers are refused, and the headers. Their values are made up.
fn header(refusing: &Model, change: &Change, witness: &Witness) -> Option<(Vec<Refusal>, Value)> {
    let api = refusing.api(&change.place.api)?;
    let name = Pointer::unescape(witness.pointer.strip_prefix('/')?).into_owned();
    let value = witness.message.get(&name).and_then(Value::as_str);
    let broken = violation(api, witness.side, change, &name, value)?;
    let refused = Refusal {
        path: pointer::pointer(std::slice::from_ref(&broken.name)),
        rule: broken.rule.as_str(),
        expected: broken.expected.to_string(),
        spec: refusing.place(broken.origin),
    };
    let message = witness.message.as_object()?.iter();
    let message = message.map(|(name, value)| (name.clone(), short(value)));
    Some((vec![refused], Value::Object(message.collect())))
}

/// The number of characters shown of a text.
const TEXT: usize = 80;

/// The number of elements shown of a list.
const ELEMENTS: usize = 2;

/// Copies a message and masks its sensitive values.
struct Masker<'m> {
    api: &'m Api,
    /// The place of a made-up value, which may be shown.
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
                    .map(|(index, value)| self.value(&element.ty, value, &format!("{at}/{index}")));
                cut(shown.collect(), values.len())
            }
            (Type::Union(id), value) => self.variant(self.api.union(*id), value, at),
            (Type::Map(map), Value::Object(entries)) => {
                let shown = entries.iter().take(ELEMENTS).map(|(key, value)| {
                    let at = format!("{at}/{}", Pointer::escape(key));
                    (key.clone(), self.value(&map.values.ty, value, &at))
                });
                Value::Object(shown.collect::<Map<_, _>>())
            }
            (
                Type::String
                | Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::Any
                | Type::DateTime
                | Type::Date
                | Type::Uuid
                | Type::Binary
                | Type::Timestamp(_)
                | Type::Url
                | Type::Country
                | Type::Currency(_)
                | Type::Enum(_)
                | Type::List(_)
                | Type::Map(_)
                | Type::Json(_),
                value,
            ) => short(value),
        }
    }

    /// Masks a value of a union. Nobody knows what is in one that is not documented.
    fn variant(&self, union: &Union, value: &Value, at: &str) -> Value {
        match union.variant_of(value) {
            Some(variant) => self.value(&variant.ty, value, at),
            None => "[json]".into(),
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
