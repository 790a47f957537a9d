//! The answers that an operation may give, before values are filled in: documented ones, and those made from the spec.

use payspec_model::check::{Checker, Verdict};
use payspec_model::format::EnumType;
use payspec_model::model::{
    Api, Caller, Case, CaseValue, Code, Decide, Decision, Example, Operation, ResultHandling, Side,
    Type,
};
use payspec_model::sample;
use payspec_runtime::StatusClass;
use payspec_runtime::json::Node;
use serde_json::{Map, Value};

use super::draft::{self, Draft, put};
use super::route;

/// A number that no enum is expected to list.
const UNLISTED_NUMBER: &str = "999999999";

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

/// The candidates for an answer of one operation.
pub(super) struct Candidates<'m> {
    pub(super) api: &'m Api,
    pub(super) operation: &'m Operation,
    /// The side of the composed body: an answer to the merchant, or a request of the provider.
    pub(super) side: Side,
    checker: Option<Checker<'m>>,
}

impl<'m> Candidates<'m> {
    pub(super) fn new(api: &'m Api, operation: &'m Operation) -> Self {
        let side = match operation.caller {
            Caller::Merchant => Side::Response,
            Caller::Provider => Side::Request,
        };
        Candidates {
            api,
            operation,
            side,
            checker: Checker::new(api, operation, side),
        }
    }

    pub(super) fn bare_draft(&self, code: &Code) -> Draft {
        let mut draft = Draft::of(Value::Object(Map::new()));
        if let Some(result) = self.handling() {
            draft.set_code(result, code);
        }
        draft
    }

    pub(super) fn handling(&self) -> Option<&'m ResultHandling> {
        self.operation.result.as_ref()
    }

    pub(super) fn examples(&self) -> impl Iterator<Item = &'m Example> + use<'m> {
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
    pub(super) fn templates(&self, want: Want<'m>) -> Vec<Draft> {
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
                success
                    .map(|code| self.bare_draft(code))
                    .into_iter()
                    .collect()
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
    pub(super) fn says_more(&self, draft: &Draft) -> bool {
        let judged = self.judged(draft);
        judged.is_ok_and(|(_, verdict)| {
            verdict.is_none_or(|verdict| verdict.class == StatusClass::Succeeded)
        })
    }

    /// Returns the errors in an answer, and its verdict.
    pub(super) fn judged(&self, draft: &Draft) -> Result<(String, Option<Verdict<'m>>), String> {
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
