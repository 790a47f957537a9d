//! Composes the bodies of answers from what the spec documents.

use serde_json::Value;

use super::candidates::{Candidates, Want};
use super::draft::Draft;
use super::fill::{self, Known};
use super::route;
use payspec_model::model::{Api, Code, Decide, Operation, Refusal, Side};

/// Composes the answers of one operation.
pub(super) struct Composer<'m> {
    candidates: Candidates<'m>,
}

/// An answer with its status, code and outcome.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Composed {
    pub(super) json: Value,
    /// The HTTP status, if that decides.
    pub(super) http_status: Option<u16>,
    pub(super) status: Option<String>,
    pub(super) code: Option<String>,
    /// The name of its outcome, if the spec describes how to judge the operation.
    pub(super) outcome: Option<String>,
}

impl<'m> Composer<'m> {
    pub(super) fn new(api: &'m Api, operation: &'m Operation) -> Self {
        Composer {
            candidates: Candidates::new(api, operation),
        }
    }

    /// Looks a word up among the codes, then the outcomes, then the examples.
    ///
    /// # Errors
    ///
    /// When the word is unknown; the text lists the known words.
    pub(super) fn want(&self, word: &str) -> Result<Want<'m>, String> {
        let codes = self
            .candidates
            .handling()
            .map_or(&[][..], |result| &result.codes);
        let outcomes = self.candidates.operation.outcomes();
        let mut examples = self.candidates.examples();
        if let Some(code) = codes.iter().find(|code| code.name == word) {
            return Ok(Want::Code(code));
        }
        if let Some(outcome) = outcomes.iter().find(|outcome| outcome.name == word) {
            return Ok(Want::Outcome(outcome.name));
        }
        if let Some(example) = examples.find(|example| example.name == word) {
            return Ok(Want::Example(example));
        }
        let codes = codes.iter().map(|code| code.name.as_str());
        let outcomes = outcomes.iter().map(|outcome| outcome.name);
        let examples = self
            .candidates
            .examples()
            .map(|example| example.name.as_str());
        Err(format!(
            "`{}` has no code, outcome or example `{}`: expected one of {}",
            self.candidates.operation.id,
            word.escape_debug(),
            codes
                .chain(outcomes)
                .chain(examples)
                .collect::<Vec<_>>()
                .join(", "),
        ))
    }

    /// Composes an answer and fills in known values.
    ///
    /// # Errors
    ///
    /// When no documented answer says what is wanted and keeps the rules of the spec.
    pub(super) fn answer(&self, want: Want<'m>, known: &Known<'_>) -> Result<Composed, String> {
        let mut last = String::new();
        for template in self.candidates.templates(want) {
            let mut filled = template.json.clone();
            // A refusal need not carry ids; those that it carries come from the request.
            let has_record = !matches!(want, Want::NoRecord)
                && !template.has_no_body()
                && self.candidates.says_more(&template);
            let names = self.candidates.side == Side::Request || has_record;
            fill::fill(
                self.candidates.api,
                self.candidates.operation,
                self.candidates.side,
                &mut filled,
                known,
                names,
            );
            // A value of the request may break a rule of the answer: then the documented values stay. A
            // notification has no such fallback, because it must carry the ids of its own resource.
            let http_status = template.http_status;
            let documented = (self.candidates.side == Side::Response).then_some(template.json);
            for json in std::iter::once(filled).chain(documented) {
                let json = self.travelling(self.of_status(json, http_status));
                match self.proved(want, Draft { json, http_status }) {
                    Ok(composed) => return Ok(composed),
                    Err(why) => last = why,
                }
            }
        }
        Err(format!(
            "the spec documents no such answer of `{}`: {last}",
            self.candidates.operation.id
        ))
    }

    /// Returns the code of a refusal, with its operation: the operation's own code, or else that of another
    /// one.
    pub(super) fn refusal(
        api: &'m Api,
        operation: Option<&'m Operation>,
        what: Refusal,
    ) -> Option<(&'m Operation, &'m Code)> {
        let operations = operation.into_iter().chain(route::operations(api));
        let mut codes = operations.flat_map(|operation| {
            let codes = operation.result.iter().flat_map(|result| &result.codes);
            codes.map(move |code| (operation, code))
        });
        codes.find(|(_, code)| code.refuses == Some(what))
    }

    /// Returns the documented answer with this HTTP status, as it is.
    pub(super) fn documented_with(&self, http_status: u16) -> Option<Composed> {
        let mut examples = self.candidates.examples();
        let example = examples.find(|example| example.http_status == Some(http_status))?;
        let Draft { json, .. } = Draft::of_example(example)?;
        Some(Composed {
            json,
            http_status: Some(http_status),
            status: Some(http_status.to_string()),
            code: None,
            outcome: None,
        })
    }

    /// Composes a refusal with a code: the documented one, if the HTTP status decides, or else a body that has only the
    /// result fields of the code.
    pub(super) fn bare(&self, code: &Code) -> Composed {
        let result = self
            .candidates
            .handling()
            .filter(|result| result.is_by_http_status());
        let documented = result.and_then(|result| {
            let mut said = self.candidates.examples().filter_map(Draft::of_example);
            said.find(|draft| draft.says(result, code))
        });
        let Draft { json, http_status } =
            documented.unwrap_or_else(|| self.candidates.bare_draft(code));
        let status = http_status.map(|status| status.to_string());
        Composed {
            json,
            http_status,
            status: status.or_else(|| Some(code.status.clone())),
            code: Some(code.name.clone()),
            outcome: None,
        }
    }

    /// Returns a body without the fields that only answers with another HTTP status have.
    fn of_status(&self, mut json: Value, http_status: Option<u16>) -> Value {
        let body = self.candidates.operation.body(self.candidates.side);
        let answers = self.candidates.side == Side::Response
            && !self.candidates.operation.responses.is_empty();
        let (Some(body), Some(status), Value::Object(fields)) = (body, http_status, &mut json)
        else {
            return json;
        };
        let response = self.candidates.operation.response_of(status);
        let is_own = |name: &str| response.is_some_and(|response| response.field(name).is_some());
        if answers {
            fields.retain(|name, _| is_own(name) || body.object.field(name).is_none());
        }
        json
    }

    /// Returns a body whose values have the JSON types in which they travel.
    fn travelling(&self, json: Value) -> Value {
        match self.candidates.operation.body(self.candidates.side) {
            Some(body) => fill::travelling_message(self.candidates.api, body, json),
            None => json,
        }
    }

    /// Checks that an answer keeps the rules of the spec and says what is wanted.
    fn proved(&self, want: Want<'m>, draft: Draft) -> Result<Composed, String> {
        let (errors, verdict) = self.candidates.judged(&draft)?;
        if !errors.is_empty() {
            return Err(errors);
        }
        let says_nothing = verdict.as_ref().is_none_or(|verdict| match verdict.decide {
            Decide::Waiting | Decide::Pending => true,
            Decide::Done | Decide::Redirect | Decide::Ended | Decide::Failed => false,
        });
        let verdict = verdict.map(|verdict| {
            let outcome = verdict.outcome().to_owned();
            (verdict.status, verdict.code, outcome)
        });
        let (status, code, outcome) = verdict
            .map_or((None, None, None), |(status, code, outcome)| {
                (status, code, Some(outcome))
            });
        let says = match want {
            Want::Usual | Want::Example(_) => true,
            // Nothing is known of it, so that no answer may decide anything.
            Want::NoRecord => says_nothing,
            Want::Code(wanted) => {
                code.as_ref() == Some(&wanted.name)
                    || self
                        .candidates
                        .handling()
                        .is_none_or(|result| result.code.is_empty())
            }
            Want::Outcome(name) => outcome.as_deref() == Some(name),
        };
        match says {
            true => Ok(Composed {
                json: draft.json,
                http_status: draft.http_status,
                status,
                code,
                outcome,
            }),
            false => Err("the documented answers have other results".to_owned()),
        }
    }
}
