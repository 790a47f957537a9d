//! The decisions of the cases, alone or together with other fields.

use std::collections::BTreeMap;

use super::Context;
use super::names::is_snake_case;
use super::paths::{Target, Wanted, Way};
use super::results::{DEFAULT, JudgedBody};
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, HTTP_STATUS};
use crate::model::{
    Case, CaseValue, Code, Decide, Decision, Field, Object, Origin, Response, StatusClass,
    responses_of_case,
};
use crate::pointer::pointer;
use crate::source::At;
use payspec_runtime::rules;

/// The most fields that a decision may depend on, the status among them.
const MAX_FIELDS: usize = 4;

/// The context of a decision.
struct DecisionContext<'c> {
    /// The body that is judged.
    body: &'c Object,
    /// The answers that the case decides, if they differ by HTTP status.
    responses: Vec<&'c Response>,
    /// The field of the status.
    by: Option<&'c str>,
    status: &'c str,
    /// The class of the shared case, if the operation inherits it.
    shared: Option<StatusClass>,
    /// True if the status is an HTTP status.
    by_http_status: bool,
    inherited: &'c Cited,
}

/// The content of an outcome: its name, its decision, and the type of the object that it hands over.
type Content = (Decide, Option<String>);

impl Context<'_> {
    /// Resolves the decisions of an operation, in the order of the cases.
    pub(super) fn decisions(
        &mut self,
        handling: &format::ResultHandling,
        at: At<'_>,
        judged: JudgedBody<'_>,
        inherited: &Cited,
    ) -> Vec<Decision> {
        let JudgedBody {
            object: body,
            responses,
        } = judged;
        let cases: Vec<&str> = handling.cases.keys().map(String::as_str).collect();
        let mut decisions = Vec::new();
        let mut outcomes = BTreeMap::new();
        let shared = handling.by.is_some() && handling.by == self.results.by;
        let entries = at.at("cases").entries();
        let by_http_status = handling.by.as_deref() == Some(HTTP_STATUS);
        for ((status, case), at) in handling.cases.iter().zip(entries) {
            let is_shared = shared && self.results.statuses.contains_key(status);
            if by_http_status && !is_shared {
                self.http_status_case(status, at);
            }
            let place = DecisionContext {
                body,
                responses: responses_of_case(responses, &cases, status),
                by: handling.by.as_deref(),
                status,
                shared: self.results.class_of(status).filter(|_| shared),
                by_http_status,
                inherited,
            };
            if !is_shared && !responses.is_empty() {
                self.is_answered(&place, case, at);
            }
            let mut rows = Vec::new();
            self.decision_rows(&place, case, at, &[], &mut rows);
            for (decision, at) in rows {
                self.outcome(&decision, &place, at, &mut outcomes);
                decisions.push(decision);
            }
        }
        // In the order of the shared cases, independent of the files that contain them.
        decisions.sort_by_key(|decision| {
            let index = self.results.statuses.get_index_of(&decision.status);
            index.unwrap_or(usize::MAX)
        });
        if let Some(decision) = &handling.default {
            let place = DecisionContext {
                body,
                responses: Vec::new(),
                by: None,
                status: DEFAULT,
                shared: None,
                by_http_status: false,
                inherited,
            };
            decisions.push(self.decision(&place, &[], decision, at.at(DEFAULT)));
        }
        decisions
    }

    /// Adds the decisions of a case with their places: one row for each way through its splits. `above` has
    /// the fields of the splits that lead to it.
    fn decision_rows<'t>(
        &mut self,
        place: &DecisionContext<'_>,
        case: &format::Case,
        at: At<'t>,
        above: &[Case],
        rows: &mut Vec<(Decision, At<'t>)>,
    ) {
        let split = match case {
            format::Case::One(decision) => {
                rows.push((self.decision(place, above, decision, at), at));
                return;
            }
            format::Case::Split(split) => split,
        };
        let by = self.split(split, at, place.body);
        self.in_every_answer(&place.responses, &by, at.at("by"));
        self.splits_well(place, &by, above, at);
        let mut below = |context: &mut Self, value, case, at| {
            let by = by.clone();
            let path = [above, &[Case { by, value }]].concat();
            context.decision_rows(place, case, at, &path, rows);
        };
        let cases = at.at("cases");
        for ((value, case), at) in split.cases.iter().zip(cases.entries()) {
            below(self, CaseValue::Listed(value.clone()), case, at);
        }
        if let Some(case) = &split.default {
            let listed = split.cases.keys().cloned().collect();
            below(self, CaseValue::Other(listed), case, at.at(DEFAULT));
        }
    }

    /// Checks a split against those that lead to it.
    fn splits_well(
        &mut self,
        place: &DecisionContext<'_>,
        by: &[String],
        above: &[Case],
        at: At<'_>,
    ) {
        if above.len() + 2 > MAX_FIELDS {
            let message = format!("a decision depends on more than {MAX_FIELDS} fields");
            self.wrong_decision(at.at("by"), &message, "decide by fewer fields");
        }
        let by = pointer(by);
        let mut fields = above.iter().map(|case| pointer(&case.by));
        let again = place.by == Some(by.as_str()) || fields.any(|field| field == by);
        if again && !by.is_empty() {
            let message = format!("`{by}` already decides above");
            let help = "remove this split: only one of its cases is possible";
            self.wrong_decision(at.at("by"), &message, help);
        }
    }

    fn decision(
        &mut self,
        place: &DecisionContext<'_>,
        cases: &[Case],
        decision: &format::Decision,
        at: At<'_>,
    ) -> Decision {
        let decide = decision.decide;
        self.no_better(place, decide, at.at("decide"));
        self.no_success_by_default(cases, decide, at.at("decide"));
        if place.by_http_status {
            self.http_status_decides(place.status, cases, decision, at);
        }
        let origin = self.origin(at);
        self.disputes(&decision.disputed, at, origin, || {
            format!("status {}", place.status)
        });
        let hands_over = !matches!(decide, Decide::Failed | Decide::Pending);
        if decision.payload.is_some() && !hands_over {
            self.wrong_decision(
                at.at("payload"),
                "this decision cannot have a payload",
                "remove `payload`",
            );
        }
        if !decision.actions.is_empty() && decide != Decide::Pending {
            self.wrong_decision(
                at.at("actions"),
                "only `pending` can have actions",
                "remove `actions`",
            );
        }
        let body = place.body;
        let payload = decision.payload.as_ref().and_then(|text| {
            let wanted = (Way::Decision, Wanted::Object);
            let path = self.path_to(body, text, at.at("payload"), wanted)?;
            self.in_every_answer(&place.responses, &path, at.at("payload"));
            Some(path)
        });
        let needs = decision.needs.iter().zip(at.at("needs").each());
        let needs = needs
            .filter_map(|(text, at)| {
                let path = self.path_to(body, text, at, (Way::Decision, Wanted::Any))?;
                self.in_every_answer(&place.responses, &path, at);
                Some(path)
            })
            .collect();
        Decision {
            status: place.status.to_owned(),
            cases: cases.to_vec(),
            decide,
            name: self.outcome_name(decision, at),
            description: decision.description.clone(),
            payload,
            needs,
            actions: decision.actions.clone(),
            sources: self
                .sources(decision.source.as_ref(), at, place.inherited)
                .ids,
            origin,
        }
    }

    /// Checks that an answer of a case that decides something has a body.
    fn is_answered(&mut self, place: &DecisionContext<'_>, case: &format::Case, at: At<'_>) {
        let mut decisions = case.decisions();
        let decides = decisions.any(|one| one.decide != Decide::Pending);
        if decides && place.responses.is_empty() && rules::is_http_status_case(place.status) {
            let message = format!(
                "no answer with the HTTP status `{}` is described, so it is always pending",
                place.status
            );
            let wrong = Diagnostic::new(&codes::WRONG_DECISION, message).at(at.key_span(), "");
            let help = format!("add `{}` to `responses`", place.status);
            self.report(wrong.help(help));
        }
    }

    /// Checks that all these answers have a path.
    fn in_every_answer(&mut self, responses: &[&Response], path: &[String], at: At<'_>) {
        if let Some(response) = responses.iter().find(|one| !one.has(path)) {
            let message = format!(
                "the response `{}` has no field `{}`",
                response.status,
                path.first().map_or("", String::as_str)
            );
            let lost = Diagnostic::new(&codes::DANGLING_PATH, message)
                .at(at.span(), "of an answer that this case decides")
                .also(self.map.word_at(response.origin), "this response")
                .help("add the field there, or decide its statuses by a case of their own");
            self.report(lost);
        }
    }

    /// Checks that answers with the status of a code have the field of the code.
    pub(super) fn codes_arrive(
        &mut self,
        handling: &format::ResultHandling,
        codes: &[Code],
        paths: &[Vec<String>],
        judged: JudgedBody<'_>,
        at: At<'_>,
    ) {
        let cases: Vec<&str> = handling.cases.keys().map(String::as_str).collect();
        let mut found = Vec::new();
        for status in &cases {
            let answers = responses_of_case(judged.responses, &cases, status);
            let mut listed = codes.iter().filter(|code| code.status == **status);
            let has_code = |one: &&Response| paths.iter().any(|path| one.has(path));
            if answers.iter().any(has_code) || answers.is_empty() {
                continue;
            }
            if let Some(code) = listed.next() {
                let places: Vec<String> = paths.iter().map(|path| pointer(path)).collect();
                let message = format!(
                    "answers with the HTTP status `{status}` have no `{}`, so the code `{}` never arrives",
                    places.join("` and no `"),
                    code.name
                );
                let lost = Diagnostic::new(&codes::DANGLING_PATH, message).at(at.span(), "");
                found.push(lost.also(self.map.word_at(code.origin), "this code"));
            }
        }
        self.found.extend(found);
    }

    /// Checks that an operation makes nothing better of a shared case that fails or stays pending.
    fn no_better(&mut self, place: &DecisionContext<'_>, decide: Decide, at: At<'_>) {
        let better = match (place.shared, decide.class()) {
            (Some(StatusClass::Failed), StatusClass::Succeeded)
            | (Some(StatusClass::Pending), StatusClass::Succeeded | StatusClass::Failed) => true,
            (Some(_) | None, _) => false,
        };
        let Some(shared) = place.shared.filter(|_| better) else {
            return;
        };
        let message = format!(
            "the shared case `{}` is {shared}, so it cannot decide `{}`",
            place.status,
            decide.as_str()
        );
        self.wrong_decision(at, &message, &decided_by(shared));
    }

    /// Checks that no value that the spec does not list decides success.
    fn no_success_by_default(&mut self, cases: &[Case], decide: Decide, at: At<'_>) {
        let by_default = cases
            .iter()
            .find(|case| matches!(case.value, CaseValue::Other(_)));
        let Some(case) = by_default.filter(|_| matches!(decide, Decide::Done | Decide::Redirect))
        else {
            return;
        };
        let message = format!(
            "a value of `{}` without a case cannot decide `{}`",
            pointer(&case.by),
            decide.as_str()
        );
        let help = "add a case for each value that does; `default` decides `failed`, `ended`, `waiting` or `pending`";
        self.wrong_decision(at, &message, help);
    }

    /// Returns the name of a decision's outcome.
    fn outcome_name(&mut self, decision: &format::Decision, at: At<'_>) -> String {
        let plain = decision.decide.as_str();
        let Some(name) = &decision.r#as else {
            return plain.to_owned();
        };
        let at = at.at("as");
        if decision.decide == Decide::Pending {
            self.wrong_decision(at, "`pending` cannot be renamed with `as`", "remove `as`");
            return plain.to_owned();
        }
        if name == Decide::Pending.as_str() {
            self.wrong_decision(
                at,
                "the name `pending` is reserved for `decide: pending`",
                "choose another name",
            );
        } else if !is_snake_case(name) {
            let message = format!("invalid outcome name `{name}`");
            let wrong = Diagnostic::new(&codes::BAD_NAME, message);
            self.report(wrong.at(at.span(), "expected `snake_case`"));
        }
        name.clone()
    }

    /// Compares a decision with others of the same name, because they are one outcome.
    fn outcome(
        &mut self,
        decision: &Decision,
        place: &DecisionContext<'_>,
        at: At<'_>,
        outcomes: &mut BTreeMap<String, (Content, Origin)>,
    ) {
        if decision.decide == Decide::Pending {
            return;
        }
        let payload = decision.payload.as_deref();
        let payload = payload.filter(|_| decision.decide != Decide::Failed);
        let payload = payload.and_then(|path| match self.follow(place.body, path, Way::Decision) {
            Ok(Target::Field(field)) => Some(self.type_name(&field.ty)),
            Ok(Target::Elements(..) | Target::Unclear) | Err(_) => None,
        });
        let content = (decision.decide, payload);
        let first = outcomes
            .entry(decision.name.clone())
            .or_insert_with(|| (content.clone(), decision.origin));
        if first.0 != content {
            let origin = first.1;
            let message = format!("two different outcomes are named `{}`", decision.name);
            let first = self.map.word_at(origin);
            self.report(
                Diagnostic::new(&codes::OUTCOMES_DIFFER, message)
                    .at(at.key_span(), "")
                    .also(first, "the other one")
                    .help("rename one of them with `as`"),
            );
        }
    }

    /// Returns the path of the field that splits a status, after checking its cases against the field's
    /// values.
    fn split(&mut self, split: &format::Split, at: At<'_>, body: &Object) -> Vec<String> {
        if split.cases.is_empty() {
            self.wrong_decision(
                at.at("cases"),
                "missing case",
                "add a case for each value of the field",
            );
        }
        let wanted = (Way::Decision, Wanted::Text);
        let Some(path) = self.path_to(body, &split.by, at.at("by"), wanted) else {
            return Vec::new();
        };
        let Ok(Target::Field(field)) = self.follow(body, &path, Way::Decision) else {
            return path;
        };
        let Some(values) = self.values_of(field) else {
            return path;
        };
        let mut found = Vec::new();
        for (value, at) in split.cases.keys().zip(at.at("cases").entries()) {
            if !values.contains(value) {
                let message = format!("`{}` never has the value `{value}`", split.by);
                let wrong = Diagnostic::new(&codes::WRONG_CASE, message).at(at.key_span(), "");
                found.push(self.suggest(wrong, value, values.iter().map(String::as_str)));
            }
        }
        let open = values
            .iter()
            .filter(|value| !split.cases.contains_key(*value));
        let is_open = !split.cases.is_empty() && split.default.is_none();
        for value in open.filter(|_| is_open) {
            let message = format!("the value `{value}` of `{}` has no case", split.by);
            found.push(
                Diagnostic::new(&codes::NO_CASE, message)
                    .at(at.at("by").span(), "")
                    .help(format!(
                        "add `{value}` to the cases; use `decide: pending` if its meaning is unknown"
                    )),
            );
        }
        self.found.extend(found);
        path
    }

    /// Returns the possible values of a field, if the spec lists them.
    fn values_of(&self, field: &Field) -> Option<Vec<String>> {
        let rules = field.constraints.iter();
        let limited = rules.filter_map(|rule| Some(rule.rule.texts()?.to_vec()));
        let listed = self.enum_of(&field.ty).map(|listed| {
            let names = listed.values.iter().map(|value| value.name.clone());
            names.collect()
        });
        limited.min_by_key(Vec::len).or(listed)
    }

    pub(super) fn wrong_decision(&mut self, at: At<'_>, message: &str, help: &str) {
        let wrong = Diagnostic::new(&codes::WRONG_DECISION, message).at(at.span(), "");
        self.report(wrong.help(help));
    }
}

/// Returns the advice which decisions a shared case of a class allows.
fn decided_by(class: StatusClass) -> String {
    let worse = Decide::ALL
        .iter()
        .filter(|one| one.class() == class || **one == Decide::Pending);
    let worse: Vec<String> = worse.map(|one| format!("`{}`", one.as_str())).collect();
    format!(
        "decide {} here, or change the case in the shared results",
        worse.join(" or ")
    )
}
