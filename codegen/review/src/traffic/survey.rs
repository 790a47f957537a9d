//! Judges recorded messages by one spec: the rules they break, and the items that the spec does not
//! know.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use indexmap::Equivalent;
use payspec_runtime::{RuleId, Severity};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::change::{not_judged, problems, samples};
use super::count::{At, Count, Counts};
use super::input::Input;
use super::locate::locate;
use super::mask;
use super::problem::Problem;
use super::routes::{Described, Routes};
use super::run::{Judge, Recorded, run};
use super::undocumented::{Unknown, unknown};
use crate::sections::traffic::{Sample, Share, Unjudged};
use payspec_model::model::{Model, Origin, Side};
use payspec_model::pointer::names;

/// The judgement of recorded messages by one spec. As JSON this is version 1 of the format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Survey {
    /// The version of this format.
    pub(crate) version: u32,
    /// The number of judged messages.
    pub judged: u64,
    /// The number of lines, entries and messages that could not be judged.
    pub(crate) not_judged: u64,
    /// The number of messages that break a rule.
    pub invalid: u64,
    /// The same for each operation and side that has messages.
    pub operations: Vec<OperationSurvey>,
    /// Undocumented items in the messages, by kind, the most frequent first.
    pub undocumented: Vec<Undocumented>,
    /// The rules that messages break, the most frequent first; warnings included.
    pub violations: Vec<Broken>,
    /// The records that could not be judged.
    pub problems: Vec<Unjudged>,
    /// The number of messages with further items, which are too many to list.
    pub omitted: u64,
    /// Files that could not be read to their end. Not part of the JSON: the problems name them.
    #[serde(skip)]
    pub unread: Vec<String>,
}

/// The messages of one side of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OperationSurvey {
    /// The operation.
    pub operation: String,
    /// The body.
    pub side: Side,
    /// The number of judged messages.
    pub judged: u64,
    /// The number of messages that break a rule.
    pub invalid: u64,
}

/// An item that the spec does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Undocumented {
    /// The kind.
    pub kind: UndocumentedKind,
    /// The name; for an operation the id, or the method and path. A name that may be a value is
    /// `*`, and a value that is not a word of the protocol is masked.
    pub name: String,
    /// The operation; absent for an unknown one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The body; absent for an unknown operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// JSON Pointer of the field, with `*` for each element of a list; absent for an unknown operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The number of messages.
    pub messages: u64,
    /// Their share of all messages that were judged, from 0 to 1; absent for an unknown operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// The first of them.
    pub samples: Vec<Sample>,
}

/// The kinds of items that a spec may not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UndocumentedKind {
    /// An operation.
    Operation,
    /// A field of a body.
    Field,
    /// A value of an enum.
    Value,
    /// A status of an answer.
    Status,
    /// A result code of an operation.
    Code,
}

impl UndocumentedKind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            UndocumentedKind::Operation => "operation",
            UndocumentedKind::Field => "field",
            UndocumentedKind::Value => "value",
            UndocumentedKind::Status => "status",
            UndocumentedKind::Code => "code",
        }
    }
}

fn word<S: Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.as_str())
}

/// A rule that messages break at one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Broken {
    /// The operation.
    pub operation: String,
    /// The body.
    pub side: Side,
    /// JSON Pointer of the field, with `*` for each element of a list; empty for the message.
    pub path: String,
    /// The rule.
    pub rule: &'static str,
    /// `error` or `warning`.
    #[serde(serialize_with = "word")]
    #[schemars(with = "String")]
    pub severity: Severity,
    /// The number of messages.
    pub messages: u64,
    /// Their share of all messages that were judged, from 0 to 1.
    pub share: Share,
    /// The expectation of the rule, in words.
    pub expected: String,
    /// `file:line` of the rule.
    pub spec: String,
    /// The first of them.
    pub samples: Vec<Sample>,
}

impl Survey {
    /// Returns the JSON Schema (draft-07) of a survey.
    pub fn schema() -> serde_json::Value {
        payspec_model::format::printed::<Survey>()
    }
}

/// Judges recorded messages by one spec. The result does not depend on the number of threads.
pub fn survey(model: &Model, input: &Input, threads: NonZeroUsize) -> Survey {
    let one = One {
        model,
        routes: Routes::of(model),
    };
    let tally = run(&one, input, threads);
    one.survey(tally, input)
}

struct One<'m> {
    model: &'m Model,
    routes: Routes<'m>,
}

/// An unknown item: its lane, its kind, its pointer, its name.
type UndocumentedItem = (usize, UndocumentedKind, String, String);

/// A rule at a place of a lane.
type Place = (usize, String, RuleId, Severity);

/// A [`Place`] with a borrowed pointer.
#[derive(Hash)]
struct KnownPlace<'p>(usize, &'p str, RuleId, Severity);

impl Equivalent<Place> for KnownPlace<'_> {
    fn equivalent(&self, (lane, pointer, rule, severity): &Place) -> bool {
        let KnownPlace(number, text, broken, worst) = self;
        number == lane && text == pointer && broken == rule && worst == severity
    }
}

#[derive(Debug, Default)]
struct Tally {
    /// The number of messages, and of invalid ones.
    lanes: BTreeMap<usize, (u64, u64)>,
    undocumented: Counts<UndocumentedItem>,
    violations: Counts<Place, (String, Origin)>,
    problems: Counts<Problem>,
}

impl<'m> Judge<'m> for One<'m> {
    type Tally = Tally;

    fn routes(&self) -> &Routes<'m> {
        &self.routes
    }

    fn message(&self, tally: &mut Tally, at: At, number: usize, recorded: Recorded<'_>) {
        let message = recorded.body;
        let lane = self.routes.lanes().get(number);
        let Some(described) = lane.and_then(|lane| lane.new.as_ref()) else {
            self.problem(tally, at, Problem::NoSuchBody, None);
            return;
        };
        let findings = described
            .checker
            .check_answer(message, recorded.http_status);
        let (judged, invalid) = tally.lanes.entry(number).or_default();
        *judged += 1;
        *invalid += u64::from(!findings.is_valid());
        for finding in &findings {
            let violation = &finding.violation;
            // The list of undocumented items has it.
            if violation.rule == RuleId::UnknownField {
                continue;
            }
            let text = violation.path.text();
            // A pointer without element indices is equal to its folded form.
            let known = KnownPlace(number, &text, violation.rule, violation.severity);
            if tally.violations.again(at, &known) {
                continue;
            }
            let names = names(&text);
            let spot = locate(described.api, described.body(), message, &names);
            let place = (
                number,
                spot.pointer.clone(),
                violation.rule,
                violation.severity,
            );
            let about = || (violation.expected.to_string(), finding.origin);
            tally.violations.add(at, place, about, || spot.shown());
        }
        let undocumented = &mut tally.undocumented;
        let mut add = |kind, pointer, name| {
            undocumented.add(at, (number, kind, pointer, name), || (), String::new);
        };
        unknown(
            described.api,
            described.body(),
            message,
            &mut |pointer, unknown| match unknown {
                Unknown::Field => add(UndocumentedKind::Field, pointer, String::new()),
                Unknown::Value(value) => add(UndocumentedKind::Value, pointer, value),
            },
        );
        let http_status = recorded.http_status;
        if let Some(verdict) = described.checker.judge(message, &findings, http_status) {
            words(
                described,
                verdict.status.as_deref(),
                verdict.code.as_deref(),
                &mut add,
            );
        }
    }

    fn problem(&self, tally: &mut Tally, at: At, problem: Problem, column: Option<usize>) {
        let column = || column.map_or_else(String::new, |column| column.to_string());
        tally.problems.add(at, problem, || (), column);
    }

    fn merge(&self, total: &mut Tally, later: Tally) {
        for (lane, (judged, invalid)) in later.lanes {
            let known = total.lanes.entry(lane).or_default();
            known.0 += judged;
            known.1 += invalid;
        }
        total.undocumented.merge(later.undocumented);
        total.violations.merge(later.violations);
        total.problems.merge(later.problems);
    }
}

/// Adds the status and the code of an answer if the spec does not know them.
fn words(
    described: &Described<'_>,
    status: Option<&str>,
    code: Option<&str>,
    add: &mut impl FnMut(UndocumentedKind, String, String),
) {
    let Some(handling) = &described.operation.result else {
        return;
    };
    let unknown_status = status.filter(|status| described.api.class(handling, status).is_none());
    if let Some(status) = unknown_status {
        add(
            UndocumentedKind::Status,
            String::new(),
            match handling.is_by_http_status() {
                true => status.to_owned(),
                false => mask::text(status, None),
            },
        );
    }
    let is_known = |code: &&str| handling.codes.iter().any(|known| known.name == **code);
    if let Some(code) = code.filter(|code| !is_known(code)) {
        add(
            UndocumentedKind::Code,
            String::new(),
            mask::text(code, None),
        );
    }
}

impl One<'_> {
    fn survey(&self, tally: Tally, input: &Input) -> Survey {
        let judged = tally.lanes.values().map(|(judged, _)| judged).sum();
        let operations = tally
            .lanes
            .iter()
            .filter_map(|(number, (judged, invalid))| {
                let lane = self.routes.lanes().get(*number)?;
                Some(OperationSurvey {
                    operation: lane.operation.to_owned(),
                    side: lane.side,
                    judged: *judged,
                    invalid: *invalid,
                })
            });
        let operations: Vec<OperationSurvey> = operations.collect();
        let not_judged = not_judged(&tally.problems);
        let omitted = tally.undocumented.others + tally.violations.others;
        let mut undocumented = unknown_operations(&tally.problems, input);
        undocumented.extend(self.undocumented(tally.undocumented, judged, input));
        undocumented.sort_by_key(|one| one.kind);
        let mut others = tally.problems;
        others.retain(|problem| problem.unknown_operation().is_none());
        let (problems, unread) = problems(others, input);
        Survey {
            version: 1,
            judged,
            not_judged,
            invalid: operations.iter().map(|one| one.invalid).sum(),
            operations,
            undocumented,
            violations: self.violations(tally.violations, judged, input),
            problems,
            omitted,
            unread,
        }
    }

    fn undocumented(
        &self,
        items: Counts<UndocumentedItem>,
        judged: u64,
        input: &Input,
    ) -> Vec<Undocumented> {
        let items = items.ranked().into_iter().filter_map(|(item, count)| {
            let (lane, kind, pointer, name) = item;
            let lane = self.routes.lanes().get(lane)?;
            let name = match name.as_str() {
                "" => pointer.rsplit('/').next().unwrap_or_default().to_owned(),
                _ => name,
            };
            Some(Undocumented {
                kind,
                name,
                operation: Some(lane.operation.to_owned()),
                side: Some(lane.side),
                path: (!pointer.is_empty()).then_some(pointer),
                messages: count.messages,
                share: Some(Share::of(count.messages, judged)),
                samples: samples(count.samples, input),
            })
        });
        items.collect()
    }

    fn violations(
        &self,
        violations: Counts<Place, (String, Origin)>,
        judged: u64,
        input: &Input,
    ) -> Vec<Broken> {
        let violations = violations
            .ranked()
            .into_iter()
            .filter_map(|(place, count)| {
                let (lane, path, rule, severity) = place;
                let lane = self.routes.lanes().get(lane)?;
                let Count {
                    messages,
                    samples: first,
                    about: (expected, origin),
                    ..
                } = count;
                Some(Broken {
                    operation: lane.operation.to_owned(),
                    side: lane.side,
                    path,
                    rule: rule.as_str(),
                    severity,
                    messages,
                    share: Share::of(messages, judged),
                    expected,
                    spec: self.model.place(origin),
                    samples: samples(first, input),
                })
            });
        violations.collect()
    }
}

/// Returns the operations that records name and the spec does not have.
fn unknown_operations(problems: &Counts<Problem>, input: &Input) -> Vec<Undocumented> {
    let mut unknown: Vec<Undocumented> = Vec::new();
    for (problem, count) in problems.iter() {
        let Some(name) = problem.unknown_operation() else {
            continue;
        };
        unknown.push(Undocumented {
            kind: UndocumentedKind::Operation,
            name: name.to_owned(),
            operation: None,
            side: None,
            path: None,
            messages: count.messages,
            share: None,
            samples: samples(count.samples.clone(), input),
        });
    }
    unknown.sort_by_key(|one| std::cmp::Reverse(one.messages));
    unknown
}
