//! Answers whose bodies differ by HTTP status: `responses`. The generated type of an answer has the fields of all of
//! them; a field that several have is the same in each.

use std::collections::BTreeSet;

use payspec_runtime::rules;

use super::Context;
use super::bodies::description;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, Caller, HTTP_STATUS, OperationFile};
use crate::model::{
    Amount, Body, Condition, Constraint, Field, Met, Object, ObjectId, Origin, Response,
    ResponseField, Rule, Side, SourceIds, Type,
};
use crate::source::At;

impl Context<'_> {
    /// Resolves the answers of an operation: the body with the fields of all of them, and what each of them has.
    pub(super) fn answers(
        &mut self,
        file: &OperationFile,
        at: At<'_>,
        sources: &Cited,
    ) -> (Option<Body>, Vec<Response>) {
        let single = file
            .response
            .as_ref()
            .map(|body| self.body(file, body, Side::Response, at.at("response"), sources));
        let at = at.at("responses");
        if file.responses.is_empty() || !self.may_differ(file, at) {
            return (single, Vec::new());
        }
        let mut responses = Vec::new();
        let mut whole: Option<Body> = None;
        for ((status, response), at) in file.responses.iter().zip(at.entries()) {
            self.response_status(status, at);
            let body = format::Body {
                media_type: None,
                body: response.body.clone(),
                fields: response.fields.clone(),
                at_least_one_of: Vec::new(),
                same_currency: Vec::new(),
                refinements: Default::default(),
            };
            let body = self.body(file, &body, Side::Response, at, sources);
            self.no_groups(&body.object, at);
            self.whole_body_of_answer(&body.object, at);
            responses.push(Response {
                status: status.clone(),
                named: body.named.first().copied(),
                fields: body.object.fields.iter().map(own_field).collect(),
                sources: sources.ids.clone(),
                origin: self.origin(at),
            });
            match &mut whole {
                None => whole = Some(body),
                Some(whole) => self.join(&mut whole.object, body.object),
            }
        }
        if let Some(whole) = &mut whole {
            self.optional_where_absent(&mut whole.object, &responses);
            let named: BTreeSet<ObjectId> = responses.iter().filter_map(|one| one.named).collect();
            whole.named = named.into_iter().collect();
            whole.object.description = description(file, Side::Response, None);
            whole.object.origin = self.origin(at);
            whole.object.sources = sources.ids.clone();
        }
        (whole, responses)
    }

    /// Returns whether answers of an operation may differ by HTTP status; reports why not.
    fn may_differ(&mut self, file: &OperationFile, at: At<'_>) -> bool {
        let by = file.result.as_ref().and_then(|result| result.by.as_deref());
        let (message, help) = if file.response.is_some() {
            let message = "an operation has either `response` or `responses`";
            (
                message,
                "move the fields of `response` below the statuses that have them",
            )
        } else if file.caller() == Caller::Provider {
            let message = "the answer to a notification has one body";
            (message, "write `response` in place of `responses`")
        } else if by != Some(HTTP_STATUS) {
            let message = "answers differ by HTTP status, but it does not judge them";
            (
                message,
                "write `by: http_status` in `result`, or `response` in place of `responses`",
            )
        } else {
            return true;
        };
        let wrong = Diagnostic::new(&codes::WRONG_DECISION, message);
        self.report(wrong.at(at.key_span(), "").help(help));
        false
    }

    fn response_status(&mut self, status: &str, at: At<'_>) {
        if !rules::is_http_response(status) {
            let message = format!("`{status}` is neither an HTTP status nor a class of them");
            let wrong = Diagnostic::new(&codes::WRONG_CASE, message).at(
                at.key_span(),
                "expected 100 to 599, 1XX to 5XX, or `default`",
            );
            self.report(wrong);
        }
    }

    /// Reports groups of fields of an answer, which would hold in the others, too.
    fn no_groups(&mut self, answer: &Object, at: At<'_>) {
        if let Some(group) = answer.at_least_one_of.first() {
            let message = "one of several answers has a group of fields";
            let wrong = Diagnostic::new(&codes::MISFIT, message)
                .at(at.at("body").span(), "")
                .also(self.map.word_at(group.origin), "this group");
            self.report(wrong.limit(&limits::GROUPS_IN_ANSWERS));
        }
    }

    /// Adds the fields of an answer to those of the ones before.
    fn join(&mut self, whole: &mut Object, answer: Object) {
        whole.removed_fields.extend(answer.removed_fields);
        self.join_amounts(whole, answer.amounts, &answer.fields);
        for field in answer.fields {
            match whole
                .fields
                .iter_mut()
                .find(|known| known.name == field.name)
            {
                None => whole.fields.push(field),
                Some(known) if comparable(known) == comparable(&field) => {
                    known.required &= field.required;
                    if !field.is_ever_required() {
                        known.constraints.retain(|rule| !is_presence(rule));
                    }
                }
                Some(known) => {
                    let message = format!("the field `{}` differs between two answers", field.name);
                    let differs = Diagnostic::new(&codes::MISFIT, message)
                        .at(self.map.word_at(field.origin), "this one")
                        .also(self.map.word_at(known.origin), "and this one");
                    self.report(differs.limit(&limits::ANSWERS_DIFFER));
                }
            }
        }
    }

    /// Adds the amounts of money of an answer to those of the ones before.
    fn join_amounts(&mut self, whole: &mut Object, amounts: Vec<Amount>, fields: &[Field]) {
        let shared = fields.iter().filter_map(|field| {
            let known = whole.field(&field.name)?;
            Some((&field.name, field.origin, known.origin))
        });
        let mut found = Vec::new();
        for (name, origin, known) in shared {
            let [own, before] = [&amounts, &whole.amounts].map(|amounts| {
                let own = amounts.iter().find(|one| one.value == *name);
                own.cloned().map(bare_amount)
            });
            if own != before {
                let message =
                    format!("the field `{name}` is another amount of money in two answers");
                let differs = Diagnostic::new(&codes::MISFIT, message)
                    .at(self.map.word_at(origin), "this one")
                    .also(self.map.word_at(known), "and this one");
                found.push(differs.limit(&limits::ANSWERS_DIFFER));
            }
        }
        self.found.extend(found);
        let known: Vec<String> = whole.amounts.iter().map(|one| one.value.clone()).collect();
        let new = amounts.into_iter();
        whole
            .amounts
            .extend(new.filter(|amount| !known.contains(&amount.value)));
    }

    /// Makes fields optional that some answers do not have, and reports rules that hold only in those that do.
    fn optional_where_absent(&mut self, whole: &mut Object, responses: &[Response]) {
        let mut found = Vec::new();
        for field in &mut whole.fields {
            if responses.iter().all(|one| one.field(&field.name).is_some()) {
                continue;
            }
            field.required = false;
            let rules = field.constraints.iter().filter(|rule| is_presence(rule));
            let conditions = field.required_when.iter().filter(|one| is_on_absence(one));
            let places = rules.map(|rule| rule.origin);
            for origin in places.chain(conditions.map(|one| one.origin)) {
                let message = format!(
                    "not every answer has the field `{}`, so its absence cannot be judged here",
                    field.name
                );
                let wrong = Diagnostic::new(&codes::MISFIT, message);
                let wrong = wrong.at(self.map.word_at(origin), "");
                found.push(wrong.limit(&limits::ABSENT_IN_ANSWERS));
            }
        }
        self.found.extend(found);
    }
}

fn own_field(field: &Field) -> ResponseField {
    ResponseField {
        name: field.name.clone(),
        required: field.required,
        origin: field.origin,
    }
}

fn is_presence(rule: &Constraint) -> bool {
    rule.rule == Rule::Required
}

/// Returns whether a condition holds because a field is absent.
fn is_on_absence(condition: &Condition) -> bool {
    let test = condition.test.as_ref();
    test.is_some_and(|test| match test.met {
        Met::Absent => true,
        Met::Present | Met::OneOf(_) => false,
    })
}

/// Returns a field without what may differ between answers: presence, words, sources and places.
fn comparable(field: &Field) -> Field {
    let mut field = Field {
        description: String::new(),
        required: false,
        plain: false,
        example: None,
        page_names: Vec::new(),
        sources: SourceIds::new(),
        origin: Origin::default(),
        since: None,
        renamed_from: None,
        ..field.clone()
    };
    field.constraints.retain(|rule| !is_presence(rule));
    field.constraints.iter_mut().for_each(bare_rule);
    let conditions = field.required_when.iter_mut();
    for condition in conditions.chain(&mut field.forbidden_when) {
        condition.origin = Origin::default();
        condition.text = None;
        condition.strength.sources.clear();
        condition.strength.reason = None;
    }
    if let Some(default) = &mut field.default {
        default.origin = Origin::default();
    }
    bare_type(&mut field.ty);
    field
}

/// Returns an amount without sources and reasons.
fn bare_amount(mut amount: Amount) -> Amount {
    for step in &mut amount.multiple_of {
        step.strength.sources.clear();
        step.strength.reason = None;
    }
    amount
}

fn bare_rule(rule: &mut Constraint) {
    rule.origin = Origin::default();
    rule.strength.sources.clear();
    rule.strength.reason = None;
}

/// Removes the places of the rules inside a list or map.
fn bare_type(ty: &mut Type) {
    if let Type::Map(map) = ty {
        map.keys.iter_mut().for_each(bare_rule);
    }
    if let Some(element) = ty.element_mut() {
        element.constraints.iter_mut().for_each(bare_rule);
        bare_type(&mut element.ty);
    }
}
