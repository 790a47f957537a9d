//! Judges recorded messages by two specs.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use payspec_runtime::json::Node;
use payspec_runtime::{RuleId, Severity};

use super::count::{At, Count, Counts, Sample};
use super::input::Input;
use super::locate::locate;
use super::problem::Problem;
use super::routes::{Described, Lane, Routes, Spec};
use super::run::{Judge, Recorded, run};
use super::watch::{Watch, is_shown_by_messages};
use crate::sections::traffic::{
    self as report, OperationTraffic, Redecided, Refusals, Share, Traffic, Unjudged,
};
use crate::{Finding, findings};
use payspec_model::check::{Findings, Verdict};
use payspec_model::model::{Model, Origin};
use payspec_model::pointer::names;

/// The judgement of recorded messages by two specs.
#[derive(Debug)]
pub struct Held {
    /// The section for the report.
    pub traffic: Traffic,
    /// The number of messages that have the subject of each finding, by its fingerprint.
    pub recorded: BTreeMap<String, u64>,
    /// Files that could not be read to their end: the place, and the reason.
    pub unread: Vec<String>,
}

/// Judges recorded messages by two specs. The result does not depend on the number of threads.
pub fn hold(old: &Model, new: &Model, input: &Input, threads: NonZeroUsize) -> Held {
    let findings = findings(old, new);
    let routes = Routes::between(old, new);
    let watches = routes.lanes().iter();
    let watches = watches.map(|lane| Watch::new(lane, &findings)).collect();
    let change = Change {
        old,
        new,
        findings,
        routes,
        watches,
    };
    let tally = run(&change, input, threads);
    change.held(tally, input)
}

struct Change<'m> {
    old: &'m Model,
    new: &'m Model,
    findings: Vec<Finding>,
    routes: Routes<'m>,
    /// By lane.
    watches: Vec<Watch>,
}

/// A reason why a spec refuses messages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Reason {
    lane: usize,
    pointer: String,
    cause: Cause,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Cause {
    Rule(RuleId),
    /// The spec does not have the body.
    NoBody,
}

/// The expectation of a rule, and its place.
type About = (String, Option<Origin>);

/// Another decision: the lane, and the outcomes by the old spec and the new one.
type Decided<'m> = (usize, &'m str, &'m str);

/// The judgement of a message by one spec.
struct Opinion<'l, 'm> {
    described: &'l Described<'m>,
    findings: Findings,
    verdict: Option<Verdict<'m>>,
}

#[derive(Debug, Default)]
struct Tally<'m> {
    lanes: BTreeMap<usize, LaneTally>,
    refusals: Counts<Reason, About>,
    acceptances: Counts<Reason, About>,
    decisions: Counts<Decided<'m>>,
    problems: Counts<Problem>,
    /// The number of messages that touch each finding, and the last of them.
    touched: BTreeMap<usize, (u64, At)>,
}

#[derive(Debug, Default)]
struct LaneTally {
    judged: u64,
    refused: u64,
    accepted: u64,
    refused_by_both: u64,
    redecided: u64,
}

impl<'m> Judge<'m> for Change<'m> {
    type Tally = Tally<'m>;

    fn routes(&self) -> &Routes<'m> {
        &self.routes
    }

    fn message(&self, tally: &mut Tally<'m>, at: At, number: usize, recorded: Recorded<'_>) {
        let message = recorded.body;
        let (Some(lane), Some(watch)) = (self.routes.lanes().get(number), self.watches.get(number))
        else {
            return;
        };
        let [old, new] =
            Spec::BOTH.map(|spec| lane.described(spec).map(|one| opinion(one, recorded)));
        if old.is_none() && new.is_none() {
            self.problem(tally, at, Problem::NoSuchBody, None);
            return;
        }
        let is_taken = |opinion: &Option<Opinion<'_, 'm>>| {
            opinion.as_ref().is_some_and(|one| one.findings.is_valid())
        };
        let Tally {
            lanes,
            refusals,
            acceptances,
            decisions,
            touched,
            ..
        } = tally;
        let counts = lanes.entry(number).or_default();
        counts.judged += 1;
        let mut mark = |finding| mark(touched, finding, at);
        let refused = match (is_taken(&old), is_taken(&new)) {
            (true, true) => None,
            (false, false) => {
                counts.refused_by_both += 1;
                None
            }
            (true, false) => {
                counts.refused += 1;
                Some((refusals, &new))
            }
            (false, true) => {
                counts.accepted += 1;
                Some((acceptances, &old))
            }
        };
        if let Some((reasons, opinion)) = refused {
            let mut fields = |pointer: &str| watch.at(pointer, &mut mark);
            add_reasons(reasons, at, number, opinion.as_ref(), message, &mut fields);
        }
        let verdicts = [&old, &new].map(|opinion| opinion.as_ref()?.verdict.as_ref());
        if let [Some(before), Some(after)] = verdicts {
            let (was, is) = (before.outcome(), after.outcome());
            if was != is || before.class != after.class {
                counts.redecided += 1;
                decisions.add(at, (number, was, is), || (), String::new);
            }
        }
        watch.touched(message, &mut mark);
        for verdict in verdicts.into_iter().flatten() {
            watch.judged(verdict, &mut mark);
        }
    }

    fn problem(&self, tally: &mut Tally<'m>, at: At, problem: Problem, column: Option<usize>) {
        let column = || column.map_or_else(String::new, |column| column.to_string());
        tally.problems.add(at, problem, || (), column);
    }

    fn merge(&self, total: &mut Tally<'m>, later: Tally<'m>) {
        for (lane, counts) in later.lanes {
            let known = total.lanes.entry(lane).or_default();
            known.judged += counts.judged;
            known.refused += counts.refused;
            known.accepted += counts.accepted;
            known.refused_by_both += counts.refused_by_both;
            known.redecided += counts.redecided;
        }
        total.refusals.merge(later.refusals);
        total.acceptances.merge(later.acceptances);
        total.decisions.merge(later.decisions);
        total.problems.merge(later.problems);
        for (finding, (messages, last)) in later.touched {
            total.touched.entry(finding).or_insert((0, last)).0 += messages;
        }
    }
}

/// Counts a message for a finding, once.
fn mark(touched: &mut BTreeMap<usize, (u64, At)>, finding: usize, at: At) {
    let known = touched.entry(finding);
    let mut is_new = false;
    let (messages, last) = known.or_insert_with(|| {
        is_new = true;
        (0, at)
    });
    if is_new || *last != at {
        *last = at;
        *messages += 1;
    }
}

fn opinion<'l, 'm>(described: &'l Described<'m>, recorded: Recorded<'_>) -> Opinion<'l, 'm> {
    let Recorded { body, http_status } = recorded;
    let findings = described.checker.check_answer(body, http_status);
    let verdict = described.checker.judge(body, &findings, http_status);
    Opinion {
        described,
        findings,
        verdict,
    }
}

/// Counts why a spec refuses a message; without an opinion the spec does not have the body.
fn add_reasons(
    reasons: &mut Counts<Reason, About>,
    at: At,
    lane: usize,
    opinion: Option<&Opinion<'_, '_>>,
    message: &Node<'_>,
    field: &mut impl FnMut(&str),
) {
    let Some(opinion) = opinion else {
        let reason = Reason {
            lane,
            pointer: String::new(),
            cause: Cause::NoBody,
        };
        let about = || ("no such message".to_owned(), None);
        reasons.add(at, reason, about, String::new);
        return;
    };
    let Opinion {
        described,
        findings,
        ..
    } = opinion;
    for finding in findings {
        let violation = &finding.violation;
        if violation.severity != Severity::Error {
            continue;
        }
        let names = names(&violation.path.text());
        let spot = locate(described.api, described.body(), message, &names);
        field(&spot.pointer);
        let reason = Reason {
            lane,
            pointer: spot.pointer.clone(),
            cause: Cause::Rule(violation.rule),
        };
        let about = || (violation.expected.to_string(), Some(finding.origin));
        reasons.add(at, reason, about, || spot.shown());
    }
}

impl<'m> Change<'m> {
    fn held(&self, tally: Tally<'m>, input: &Input) -> Held {
        let sum = |of: fn(&LaneTally) -> u64| tally.lanes.values().map(of).sum::<u64>();
        let judged = sum(|lane| lane.judged);
        let operations = tally.lanes.iter().filter_map(|(number, counts)| {
            let lane = self.routes.lanes().get(*number)?;
            Some(OperationTraffic {
                operation: lane.operation.to_owned(),
                side: lane.side,
                judged: counts.judged,
                refused: counts.refused,
                accepted: counts.accepted,
                refused_by_both: counts.refused_by_both,
                decided_differently: counts.redecided,
            })
        });
        let traffic = Traffic {
            judged,
            not_judged: not_judged(&tally.problems),
            refused: sum(|lane| lane.refused),
            accepted: sum(|lane| lane.accepted),
            refused_by_both: sum(|lane| lane.refused_by_both),
            decided_differently: sum(|lane| lane.redecided),
            operations: operations.collect(),
            omitted: tally.refusals.others + tally.acceptances.others + tally.decisions.others,
            refusals: self.reasons(tally.refusals, Spec::New, judged, input),
            acceptances: self.reasons(tally.acceptances, Spec::Old, judged, input),
            decisions: self.decisions(tally.decisions, judged, input),
            problems: Vec::new(),
        };
        let (problems, unread) = problems(tally.problems, input);
        let shown = self.findings.iter().enumerate();
        let shown = shown.filter(|(_, finding)| is_shown_by_messages(finding));
        let recorded = shown.map(|(number, finding)| {
            let touched = tally.touched.get(&number);
            let messages = touched.map_or(0, |(messages, _)| *messages);
            (finding.fingerprint(), messages)
        });
        Held {
            recorded: recorded.collect(),
            traffic: Traffic {
                problems,
                ..traffic
            },
            unread,
        }
    }

    fn reasons(
        &self,
        reasons: Counts<Reason, About>,
        spec: Spec,
        judged: u64,
        input: &Input,
    ) -> Vec<Refusals> {
        let model = match spec {
            Spec::Old => self.old,
            Spec::New => self.new,
        };
        let reasons = reasons.ranked().into_iter().filter_map(|(reason, count)| {
            let lane = self.routes.lanes().get(reason.lane)?;
            let (expected, origin) = count.about;
            Some(Refusals {
                operation: lane.operation.to_owned(),
                side: lane.side,
                path: reason.pointer,
                rule: match reason.cause {
                    Cause::Rule(rule) => rule.as_str(),
                    Cause::NoBody => "body",
                },
                messages: count.messages,
                share: Share::of(count.messages, judged),
                expected,
                spec: origin.map(|origin| model.place(origin)),
                samples: samples(count.samples, input),
            })
        });
        reasons.collect()
    }

    fn decisions(
        &self,
        decisions: Counts<Decided<'m>>,
        judged: u64,
        input: &Input,
    ) -> Vec<Redecided> {
        let decisions = decisions.ranked().into_iter();
        let decisions = decisions.filter_map(|((lane, old, new), count)| {
            let lane: &Lane<'_> = self.routes.lanes().get(lane)?;
            Some(Redecided {
                operation: lane.operation.to_owned(),
                side: lane.side,
                old: old.to_owned(),
                new: new.to_owned(),
                messages: count.messages,
                share: Share::of(count.messages, judged),
                samples: samples(count.samples, input),
            })
        });
        decisions.collect()
    }
}

/// Converts samples for a report.
pub(super) fn samples(samples: Vec<Sample>, input: &Input) -> Vec<report::Sample> {
    let samples = samples.into_iter().map(|sample| report::Sample {
        file: input.name(sample.at.file),
        line: sample.at.line,
        value: (!sample.value.is_empty()).then_some(sample.value),
    });
    samples.collect()
}

/// Counts the lines, entries and messages that could not be judged.
pub(super) fn not_judged(problems: &Counts<Problem>) -> u64 {
    let listed = problems.iter().filter(|(problem, _)| !problem.is_of_file());
    let listed: u64 = listed
        .filter(|(problem, _)| **problem != Problem::Empty)
        .map(|(_, count)| count.messages)
        .sum();
    listed + problems.others
}

/// Converts the problems for a report, separate from those of files that were not read to their
/// end.
pub(super) fn problems(problems: Counts<Problem>, input: &Input) -> (Vec<Unjudged>, Vec<String>) {
    let mut unread = Vec::new();
    let mut shown = Vec::new();
    for (problem, count) in problems.ranked() {
        let Count {
            messages, samples, ..
        } = count;
        let places: Vec<String> = samples.iter().map(|sample| place(sample, input)).collect();
        if problem.is_of_file() {
            unread.extend(places.iter().map(|place| format!("{place}: {problem}")));
        }
        shown.push(Unjudged {
            reason: problem.to_string(),
            count: messages,
            places,
        });
    }
    (shown, unread)
}

/// Writes a place: `file`, `file:line` or `file:line:column`.
fn place(sample: &Sample, input: &Input) -> String {
    let file = input.name(sample.at.file);
    match (sample.at.line, sample.value.as_str()) {
        (0, _) => file,
        (line, "") => format!("{file}:{line}"),
        (line, column) => format!("{file}:{line}:{column}"),
    }
}
