//! What is done with a request that is one: it is answered, and once it is settled it is answered the
//! same for ever.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::compose::{Composed, Composer, Want, at, text};
use super::fill::{Known, mix};
use super::ledger::{Ledger, LedgerError};
use crate::model::{
    Api, End, Field, Idempotency, NextStep, Operation, Outcome, Refusal, StatusPlace, Type,
};

/// One request in the making of its answer.
pub(super) struct Process<'m, 'r> {
    api: &'m Api,
    operation: &'m Operation,
    request: &'r Value,
    client_id: &'r str,
    seed: u64,
}

/// The body of an answer, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answered {
    pub(super) body: String,
    pub(super) status: Option<String>,
    pub(super) code: Option<String>,
    pub(super) replayed: bool,
}

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Undone {
    /// What it is about is not known, and the spec has a code for that.
    Unknown,
    /// The gateway cannot: nothing that the provider would say.
    Broken(String),
}

/// What is kept of a request that has an idempotency key.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// What a repetition must repeat.
    compared: Vec<Option<Value>>,
    /// The answer, once it is settled.
    settled: Option<Answer>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    body: String,
    status: Option<String>,
    code: Option<String>,
}

/// What is kept of the thing that requests are about.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Subject {
    /// The fields that were said of it.
    fields: Value,
    /// How it ended.
    end: Option<String>,
}

impl<'m, 'r> Process<'m, 'r> {
    pub(super) fn new(
        api: &'m Api,
        operation: &'m Operation,
        request: &'r Value,
        client_id: Option<&'r str>,
        seed: u64,
    ) -> Self {
        Process {
            api,
            operation,
            request,
            client_id: client_id.unwrap_or_default(),
            seed,
        }
    }

    /// What makes two requests one.
    pub(super) fn key(&self) -> Option<&'r str> {
        text(self.request, &self.operation.idempotency.as_ref()?.key)
    }

    /// The key, where it may be shown.
    pub(super) fn shown_key(&self) -> Option<String> {
        let path = &self.operation.idempotency.as_ref()?.key;
        let [name] = path.as_slice() else {
            return None;
        };
        let field = self.operation.request.object.field(name)?;
        let open = field.sensitive.is_none();
        open.then(|| self.key().map(str::to_owned)).flatten()
    }

    /// The answer. What it settles is kept when this returns.
    pub(super) fn answer(
        &self,
        ledger: &mut dyn Ledger,
        wished: Option<&str>,
        now: SystemTime,
    ) -> Result<Answered, Undone> {
        let composer = Composer::new(self.api, self.operation);
        let slot = self.slot();
        let before: Option<Entry> = match &slot {
            Some((_, slot)) => kept(ledger, slot)?,
            None => None,
        };
        if let (Some((rule, _)), Some(entry)) = (&slot, before) {
            if entry.compared != self.compared(rule) {
                return self.conflict(&composer, rule);
            }
            if let Some(answer) = entry.settled {
                return Ok(Answered {
                    body: answer.body,
                    status: answer.status,
                    code: answer.code,
                    replayed: true,
                });
            }
        }
        let (names, subject) = self.subject(ledger)?;
        let want = match wished {
            Some(word) => composer.want(word).map_err(broken)?,
            None => {
                self.known_subject(&names, subject.is_some())?;
                self.usual(subject.as_ref())
            }
        };
        let known = Known {
            request: self.request,
            before: subject.as_ref().map(|subject| &subject.fields),
            seed: self.id_seed(),
            now,
        };
        let composed = composer.answer(want, &known).map_err(broken)?;
        let answered = Answered {
            body: composed.json.to_string(),
            status: composed.status.clone(),
            code: composed.code.clone(),
            replayed: false,
        };
        let mut entries = self.remembered(subject, &composed)?;
        if let Some((rule, slot)) = slot {
            let status = answered.status.as_ref();
            let is_settled = status.is_none_or(|status| rule.settled.contains(status));
            let entry = Entry {
                compared: self.compared(rule),
                settled: is_settled.then(|| Answer {
                    body: answered.body.clone(),
                    status: answered.status.clone(),
                    code: answered.code.clone(),
                }),
            };
            entries.push((slot, written(&entry)?));
        }
        ledger.put(&entries).map_err(failed)?;
        Ok(answered)
    }

    /// Where the answer to this request is kept: operations at one path share their keys.
    fn slot(&self) -> Option<(&'m Idempotency, String)> {
        let rule = self.operation.idempotency.as_ref()?;
        let place = [
            &self.api.id,
            self.client_id,
            &self.operation.path,
            self.key()?,
        ];
        Some((rule, format!("request {}", joined(&place))))
    }

    /// The values that a repetition must repeat.
    fn compared(&self, rule: &Idempotency) -> Vec<Option<Value>> {
        let paths = rule.must_repeat.iter();
        paths.map(|path| at(self.request, path).cloned()).collect()
    }

    fn conflict(&self, composer: &Composer<'m>, rule: &Idempotency) -> Result<Answered, Undone> {
        let code = rule.conflict_code.as_deref();
        let codes = self
            .operation
            .result
            .iter()
            .flat_map(|result| &result.codes);
        let code = codes
            .into_iter()
            .find(|one| Some(one.name.as_str()) == code);
        let Some(code) = code else {
            return Err(broken(
                "an earlier request with the same key had other values, and no code is documented for that"
                    .to_owned(),
            ));
        };
        let composed = composer.bare(code);
        Ok(Answered {
            body: composed.json.to_string(),
            status: composed.status,
            code: composed.code,
            replayed: false,
        })
    }

    /// The names that this request gives the thing it is about, and what is known of that.
    fn subject(&self, ledger: &dyn Ledger) -> Result<(Vec<String>, Option<Subject>), Undone> {
        let names = self.names(self.request);
        for name in &names {
            if let Some(subject) = kept(ledger, name)? {
                return Ok((names, Some(subject)));
            }
        }
        Ok((names, None))
    }

    /// Where things with the names that stand in a message are kept.
    fn names(&self, message: &Value) -> Vec<String> {
        let references = self
            .operation
            .result
            .iter()
            .flat_map(|result| &result.references);
        let names = references.filter_map(|path| {
            let place = [
                &self.api.id,
                self.client_id,
                path.last()?,
                text(message, path)?,
            ];
            Some(format!("subject {}", joined(&place)))
        });
        names.collect()
    }

    /// Refuses a request about a thing that is not known, where the spec has a code for it.
    fn known_subject(&self, names: &[String], known: bool) -> Result<(), Undone> {
        let codes = self
            .operation
            .result
            .iter()
            .flat_map(|result| &result.codes);
        let mut codes = codes.filter(|code| code.refuses == Some(Refusal::Subject));
        match known || names.is_empty() || codes.next().is_none() {
            true => Ok(()),
            false => Err(Undone::Unknown),
        }
    }

    /// What is answered without a wish: that the call did what it is for, and that what it is about
    /// still stands as it was last said to.
    fn usual(&self, subject: Option<&Subject>) -> Want<'m> {
        let end = subject.and_then(|subject| subject.end.as_deref());
        let over = [End::Cancelled, End::Unpaid].map(End::as_str);
        if self.pays() && end.is_some_and(|end| over.contains(&end)) {
            // Its id is used up.
            let codes = self
                .operation
                .result
                .iter()
                .flat_map(|result| &result.codes);
            let mut codes = codes.filter(|code| code.next_step == NextStep::NewRequestId);
            return codes.next().map_or(Want::Usual, Want::Code);
        }
        let outcomes = self.operation.outcomes();
        let says = |outcome: &&Outcome<'m>| {
            let ends = [End::Paid, End::Unpaid, End::Cancelled];
            ends.into_iter()
                .any(|one| Some(one.as_str()) == end && outcome.proves(one, false))
        };
        match outcomes.iter().find(says) {
            Some(outcome) => Want::Outcome(outcome.name),
            None => Want::Usual,
        }
    }

    /// What is to be kept of the thing that the request is about.
    fn remembered(
        &self,
        subject: Option<Subject>,
        composed: &Composed,
    ) -> Result<Vec<(String, String)>, Undone> {
        let outcomes = self.operation.outcomes();
        let outcome = outcomes
            .iter()
            .find(|outcome| Some(outcome.name) == composed.outcome.as_deref());
        let failed = outcome.is_some_and(|outcome| outcome.has_code());
        if failed {
            return Ok(Vec::new());
        }
        let is_new = subject.is_none();
        let mut subject = subject.unwrap_or_default();
        // A thing comes into being by a request with a key of its own, not by a question about it.
        if is_new && self.operation.idempotency.is_none() {
            return Ok(Vec::new());
        }
        let ends = [End::Cancelled, End::Paid, End::Unpaid];
        let end = ends
            .into_iter()
            .find(|end| outcome.is_some_and(|outcome| outcome.proves(*end, self.pays())));
        if let Some(end) = end {
            subject.end = Some(end.as_str().to_owned());
        }
        let mut fields = match subject.fields.take() {
            Value::Object(fields) => fields,
            _ => serde_json::Map::new(),
        };
        for (side, message) in [
            (Some(&self.operation.request), self.request),
            (self.operation.response.as_ref(), &composed.json),
        ] {
            for field in side.iter().flat_map(|body| &body.object.fields) {
                let value = message.get(&field.name).filter(|_| self.is_kept(field));
                if let Some(value) = value {
                    fields
                        .entry(field.name.clone())
                        .or_insert_with(|| value.clone());
                }
            }
        }
        subject.fields = Value::Object(fields);
        let text = written(&subject)?;
        let mut names = self.names(self.request);
        names.extend(self.names(&composed.json));
        // Each name that was ever given leads to the same.
        names.extend(self.names(&subject.fields));
        names.sort();
        names.dedup();
        Ok(names.into_iter().map(|name| (name, text.clone())).collect())
    }

    /// Whether a field tells later answers what something is: ids and amounts.
    fn is_kept(&self, field: &Field) -> bool {
        let result = self.operation.result.as_ref();
        let judged = result.and_then(|result| match &result.status {
            StatusPlace::Field(path) => path.first(),
            StatusPlace::Always(_) => None,
        });
        match field.ty {
            Type::String | Type::Object(_) => {
                field.sensitive.is_none() && judged != Some(&field.name)
            }
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::DateTime
            | Type::Date
            | Type::Url
            | Type::Country
            | Type::Currency
            | Type::Enum(_)
            | Type::List(_)
            | Type::Json(_) => false,
        }
    }

    /// Whether it is what moves the money in a flow.
    fn pays(&self) -> bool {
        let mut flows = self.api.flows.iter();
        flows.any(|flow| flow.pays == self.operation.id)
    }

    /// What made ids hang on.
    fn id_seed(&self) -> u64 {
        let place = [&self.api.id, self.client_id, &self.operation.path];
        let seed = mix(self.seed, joined(&place).as_bytes());
        match self.key() {
            Some(key) => mix(seed, key.as_bytes()),
            None => mix(seed, self.request.to_string().as_bytes()),
        }
    }
}

/// Texts as one, such that other texts are another one.
fn joined(parts: &[&str]) -> String {
    serde_json::json!(parts).to_string()
}

fn kept<T: for<'d> Deserialize<'d>>(ledger: &dyn Ledger, key: &str) -> Result<Option<T>, Undone> {
    let text = ledger.get(key).map_err(failed)?;
    let read = text.map(|text| serde_json::from_str(&text));
    read.transpose()
        .map_err(|error| broken(format!("the state is damaged: {error}")))
}

fn written(value: &impl Serialize) -> Result<String, Undone> {
    serde_json::to_string(value).map_err(|error| broken(error.to_string()))
}

fn failed(error: LedgerError) -> Undone {
    broken(error.to_string())
}

fn broken(why: String) -> Undone {
    Undone::Broken(why)
}
