//! Composes the bodies of answers from what the spec documents.

use payspec_runtime::StatusClass;
use payspec_runtime::json::Node;
use serde_json::{Map, Value};

use super::draft::{self, Draft, put};
use super::fill::{self, Known};
use super::route;
use payspec_model::check::{Checker, Verdict};
use payspec_model::format::EnumType;
use payspec_model::model::{
    Api, Caller, Case, CaseValue, Code, Decide, Decision, Example, Operation, Refusal,
    ResultHandling, Side, Type,
};
use payspec_model::sample;

/// A number that no enum is expected to list.
const UNLISTED_NUMBER: &str = "999999999";

/// Composes the answers of one operation.
pub(super) struct Composer<'m> {
    api: &'m Api,
    operation: &'m Operation,
    checker: Option<Checker<'m>>,
    /// The side of the composed body: an answer to the merchant, or a request of the provider.
    side: Side,
}

/// The content that an answer must have.
#[derive(Debug, Clone, Copy)]
pub(super) enum Want<'m> {
    /// The call did what it is for.
    Usual,
    /// This code.
    Code(&'m Code),
    /// The outcome with this name.
    Outcome(&'m str),
    /// The content of this example.
    Example(&'m Example),
    /// The call succeeded and found nothing: the answer has its result, and no field of a record.
    NoRecord,
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
        let side = match operation.caller {
            Caller::Merchant => Side::Response,
            Caller::Provider => Side::Request,
        };
        Composer {
            api,
            operation,
            checker: Checker::new(api, operation, side),
            side,
        }
    }

    /// Looks a word up among the codes, then the outcomes, then the examples.
    ///
    /// # Errors
    ///
    /// When the word is unknown; the text lists the known words.
    pub(super) fn want(&self, word: &str) -> Result<Want<'m>, String> {
        let codes = self.handling().map_or(&[][..], |result| &result.codes);
        let outcomes = self.operation.outcomes();
        let mut examples = self.examples();
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
        let examples = self.examples().map(|example| example.name.as_str());
        Err(format!(
            "`{}` has no code, outcome or example `{}`: expected one of {}",
            self.operation.id,
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
        for template in self.templates(want) {
            let mut filled = template.json.clone();
            // A refusal need not carry ids; those that it carries come from the request.
            let has_record = !matches!(want, Want::NoRecord)
                && !template.has_no_body()
                && self.says_more(&template);
            let names = self.side == Side::Request || has_record;
            fill::fill(self.operation, self.side, &mut filled, known, names);
            // A value of the request may break a rule of the answer: then the documented values stay. A
            // notification has no such fallback, because it must carry the ids of its own resource.
            let http_status = template.http_status;
            let documented = (self.side == Side::Response).then_some(template.json);
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
            self.operation.id
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
        let mut examples = self.examples();
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
        let result = self.handling().filter(|result| result.is_by_http_status());
        let documented = result.and_then(|result| {
            let mut said = self.examples().filter_map(Draft::of_example);
            said.find(|draft| draft.says(result, code))
        });
        let Draft { json, http_status } = documented.unwrap_or_else(|| self.bare_draft(code));
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
        let body = self.operation.body(self.side);
        let answers = self.side == Side::Response && !self.operation.responses.is_empty();
        let (Some(body), Some(status), Value::Object(fields)) = (body, http_status, &mut json)
        else {
            return json;
        };
        let response = self.operation.response_of(status);
        let is_own = |name: &str| response.is_some_and(|response| response.field(name).is_some());
        if answers {
            fields.retain(|name, _| is_own(name) || body.object.field(name).is_none());
        }
        json
    }

    /// Returns a body whose values have the JSON types in which they travel.
    fn travelling(&self, json: Value) -> Value {
        match (self.operation.body(self.side), json) {
            (Some(body), Value::Object(fields)) => fill::travelling(self.api, &body.object, fields),
            (_, json) => json,
        }
    }

    fn bare_draft(&self, code: &Code) -> Draft {
        let mut draft = Draft::of(Value::Object(Map::new()));
        if let Some(result) = self.handling() {
            draft.set_code(result, code);
        }
        draft
    }

    fn handling(&self) -> Option<&'m ResultHandling> {
        self.operation.result.as_ref()
    }

    fn examples(&self) -> impl Iterator<Item = &'m Example> + use<'m> {
        let examples = self.operation.examples.iter();
        let side = self.side;
        examples.filter(move |example| example.side == side)
    }

    /// Returns the documented answers, and then generated ones that have every field.
    fn documented(&self) -> Vec<Draft> {
        let documented = self.examples().filter_map(Draft::of_example);
        let made = self.operation.body(self.side);
        let made = made.map(|body| sample::full(self.api, body));
        let made = made.into_iter().flat_map(|json| self.coded(json));
        documented.chain(made).collect()
    }

    /// Replaces the generated code of an answer, which is not documented, with a code of success. Where the HTTP
    /// status decides, or the spec has no codes, returns an answer for each decision.
    fn coded(&self, json: Value) -> Vec<Draft> {
        let mut draft = Draft::of(json);
        let Some(result) = self.handling() else {
            return vec![draft];
        };
        // Without codes, nothing else says which status a generated answer may have.
        if result.is_by_http_status() || result.codes.is_empty() {
            let decisions = result.decisions.iter();
            return decisions
                .map(|decision| self.decided(draft.clone(), result, decision))
                .collect();
        }
        let code = draft::code(result, &draft.json);
        let is_documented = result
            .codes
            .iter()
            .any(|one| code.as_deref() == Some(one.name.as_str()));
        let mut codes = result.codes.iter();
        let success = codes.find(|one| self.class(one) == Some(StatusClass::Succeeded));
        if let Some(success) = success.filter(|_| code.is_some() && !is_documented) {
            draft.set_code(result, success);
        }
        vec![draft]
    }

    /// Returns a draft with the values that a decision needs.
    fn decided(&self, mut draft: Draft, result: &ResultHandling, decision: &'m Decision) -> Draft {
        draft.set_status(result, &decision.status);
        if result.is_by_http_status() && decision.decide.class() == StatusClass::Succeeded {
            draft.clear_code(result);
        }
        for case in &decision.cases {
            put(&mut draft.json, &case.by, self.fitting(case));
        }
        draft
    }

    /// Returns candidate answers, the best first.
    fn templates(&self, want: Want<'m>) -> Vec<Draft> {
        match (want, self.handling()) {
            (Want::Example(example), _) => Draft::of_example(example).into_iter().collect(),
            (_, None) => {
                let mut documented = self.documented();
                documented.push(Draft::of(Value::Object(Map::new())));
                documented
            }
            (Want::Usual, Some(_)) => self.successes(),
            (Want::NoRecord, Some(result)) => {
                let mut codes = result.codes.iter();
                let success = codes.find(|one| self.class(one) == Some(StatusClass::Succeeded));
                let bare = success.map(|code| self.bare_draft(code));
                // The spec does not say how an answer with more required fields looks without a record: then
                // the usual success has to do.
                bare.into_iter().chain(self.successes()).collect()
            }
            (Want::Code(code), Some(result)) => self.with_code(code, result),
            (Want::Outcome(name), Some(result)) => self.with_outcome(name, result),
        }
    }

    fn with_code(&self, code: &Code, result: &ResultHandling) -> Vec<Draft> {
        match self.class(code) {
            Some(StatusClass::Succeeded) => {
                let mut templates = self.successes();
                for draft in &mut templates {
                    draft.set_code(result, code);
                }
                templates
            }
            Some(StatusClass::Failed | StatusClass::Pending) | None => {
                let said = self.documented().into_iter();
                let says = |draft: &Draft| draft.says(result, code);
                // Some operations require more fields than the result, whatever the result is.
                let fuller = self.documented().into_iter().map(|mut draft| {
                    draft.set_code(result, code);
                    draft
                });
                let bare = self.bare_draft(code);
                said.filter(says).chain([bare]).chain(fuller).collect()
            }
        }
    }

    fn with_outcome(&self, name: &str, result: &'m ResultHandling) -> Vec<Draft> {
        let mut templates = self.documented();
        let is_pending = name == Decide::Pending.as_str();
        // A decision by other fields: set those fields in any success, or beside a code of the status.
        let decisions = result.decisions.iter();
        for decision in decisions.filter(|one| one.name == name && !one.cases.is_empty()) {
            let codes = result.codes.iter();
            let codes = codes.filter(|code| code.status == decision.status);
            let bare = codes.map(|code| self.bare_draft(code));
            for draft in self.successes().into_iter().chain(bare) {
                templates.push(self.decided(draft, result, decision));
            }
        }
        let fitting = result.codes.iter().filter(|code| {
            let decisions = result.decisions.iter();
            let mut decisions = decisions.filter(|decision| decision.status == code.status);
            let open = is_pending && self.class(code) == Some(StatusClass::Pending);
            open || decisions.any(|decision| decision.name == name && decision.cases.is_empty())
        });
        let fitting: Vec<&Code> = fitting.collect();
        // Any operation can end in doubt, even if it documents no such code: then use the code of another
        // operation.
        let elsewhere = route::operations(self.api)
            .flat_map(|operation| operation.result.iter().flat_map(|result| &result.codes))
            .filter(|code| {
                let pending = is_pending && fitting.is_empty();
                pending && self.class(code) == Some(StatusClass::Pending)
            });
        let fitting = fitting.iter().copied().chain(elsewhere);
        // Codes of refusals come last: a test that asks for an outcome rarely means a refused request.
        let (refusals, others): (Vec<_>, Vec<_>) = fitting.partition(|code| code.refuses.is_some());
        let codes = others.iter().chain(&refusals);
        templates.extend(codes.map(|code| self.bare_draft(code)));
        if is_pending && result.is_by_http_status() {
            templates.push(Draft::unavailable());
        }
        templates
    }

    /// Returns a value that fits a case: for every other value one of the field's enum, if that has more.
    fn fitting<'c>(&self, case: &'c Case) -> &'c str
    where
        'm: 'c,
    {
        match &case.value {
            CaseValue::Listed(value) => value,
            CaseValue::Other(_) => {
                let body = self.operation.body(self.side);
                let field = body.and_then(|body| self.api.field_at(&body.object, &case.by));
                let Some(Type::Enum(id)) = field.map(|field| &field.ty) else {
                    return "OTHER";
                };
                let set = self.api.enumeration(*id);
                let other = set.values.iter().find(|one| case.value.fits(&one.name));
                let unlisted = match set.ty {
                    EnumType::String => "OTHER",
                    EnumType::Integer => UNLISTED_NUMBER,
                };
                other.map_or(unlisted, |one| one.name.as_str())
            }
        }
    }

    /// Returns the documented answers to a call that did what it is for; those that settle it come first.
    fn successes(&self) -> Vec<Draft> {
        let mut ranked: Vec<(u8, Draft)> = self
            .documented()
            .into_iter()
            .filter_map(|draft| {
                let (_, verdict) = self.judged(&draft).ok()?;
                let verdict = verdict?;
                let rank = match verdict.decide {
                    Decide::Done | Decide::Redirect => 0,
                    Decide::Waiting => 1,
                    Decide::Ended => 2,
                    Decide::Pending if verdict.class == StatusClass::Pending => return None,
                    Decide::Failed | Decide::Pending => return None,
                };
                Some((rank, draft))
            })
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, draft)| draft).collect()
    }

    fn class(&self, code: &Code) -> Option<StatusClass> {
        self.api
            .class(self.operation.result.as_ref()?, &code.status)
    }

    /// Returns whether an answer is a success, which carries more than its result.
    fn says_more(&self, draft: &Draft) -> bool {
        let judged = self.judged(draft);
        judged.is_ok_and(|(_, verdict)| {
            verdict.is_none_or(|verdict| verdict.class == StatusClass::Succeeded)
        })
    }

    /// Checks that an answer keeps the rules of the spec and says what is wanted.
    fn proved(&self, want: Want<'m>, draft: Draft) -> Result<Composed, String> {
        let (errors, verdict) = self.judged(&draft)?;
        if !errors.is_empty() {
            return Err(errors);
        }
        let verdict = verdict.map(|verdict| {
            let outcome = verdict.outcome().to_owned();
            (verdict.status, verdict.code, outcome)
        });
        let (status, code, outcome) = verdict
            .map_or((None, None, None), |(status, code, outcome)| {
                (status, code, Some(outcome))
            });
        let says = match want {
            Want::Usual | Want::Example(_) | Want::NoRecord => true,
            Want::Code(wanted) => {
                code.as_ref() == Some(&wanted.name)
                    || self.handling().is_none_or(|result| result.code.is_empty())
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

    /// Returns the errors in an answer, and its verdict.
    fn judged(&self, draft: &Draft) -> Result<(String, Option<Verdict<'m>>), String> {
        let Some(checker) = &self.checker else {
            return Ok((String::new(), None));
        };
        let text = draft.json.to_string();
        let node = Node::parse(&text).map_err(|error| error.to_string())?;
        let findings = checker.check_answer(&node, draft.http_status);
        let verdict = checker.judge(&node, &findings, draft.http_status);
        let mut errors = String::new();
        if !findings.is_valid() {
            let texts = findings.iter().map(|finding| finding.violation.to_string());
            errors = texts.collect::<Vec<_>>().join("; ");
        }
        Ok((errors, verdict))
    }
}
