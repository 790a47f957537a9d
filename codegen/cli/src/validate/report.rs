//! The report of `payspec validate` on one message.

use std::io::{self, Write};

use payspec_runtime::{Location, NotJson, Phrase, Pointer, Severity, violation_text};
use serde::Serialize;

use super::TOO_LONG;
use crate::output::{bold, dim, green, plain, red, yellow};
use payspec_model::check::{Because, Finding, Findings, Verdict};
use payspec_model::counted;
use payspec_model::model::{Decide, Model, NextStep, Operation, Resend, Side};
use payspec_model::pointer::{names, pointer};

/// The result of checking one message.
pub(super) enum Checked<'m> {
    /// The message is JSON.
    Message {
        findings: Findings,
        verdict: Option<Verdict<'m>>,
    },
    /// The message is not JSON.
    NotJson(NotJson),
    /// The message was not read.
    TooLong,
}

/// One message with its place and result.
pub(super) struct Report<'a> {
    pub(super) model: &'a Model,
    pub(super) operation: &'a Operation,
    pub(super) side: Side,
    pub(super) file: &'a str,
    pub(super) line: Option<usize>,
    pub(super) checked: &'a Checked<'a>,
}

/// A report in JSON.
#[derive(Serialize)]
pub(super) struct ReportFact<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    operation: &'a str,
    side: &'static str,
    valid: bool,
    violations: Vec<ViolationFact<'a>>,
    omitted: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<VerdictFact<'a>>,
}

/// A violation in a JSON report.
#[derive(Serialize)]
struct ViolationFact<'a> {
    path: &'a Pointer,
    rule: &'static str,
    severity: &'static str,
    expected: &'a Phrase,
    actual: &'a Phrase,
    spec: String,
}

/// A verdict in a JSON report.
#[derive(Serialize)]
struct VerdictFact<'a> {
    outcome: &'a str,
    decision: &'static str,
    class: &'static str,
    because: String,
    status: Option<&'a str>,
    code: Option<&'a str>,
    next_step: Option<&'static str>,
    resend: Option<&'static str>,
    meaning: Option<&'a str>,
    action: Option<&'a str>,
    payload: Option<String>,
    allowed: Vec<&'static str>,
}

impl Report<'_> {
    pub(super) fn is_valid(&self) -> bool {
        match self.checked {
            Checked::Message { findings, verdict } => {
                let because = verdict.as_ref().map(|verdict| &verdict.because);
                findings.is_valid() && !matches!(because, Some(Because::OtherRequest(_)))
            }
            Checked::NotJson(_) | Checked::TooLong => false,
        }
    }

    /// Returns the report for programs.
    pub(super) fn fact(&self) -> ReportFact<'_> {
        let (findings, verdict, error) = match self.checked {
            Checked::Message { findings, verdict } => (Some(findings), verdict.as_ref(), None),
            Checked::NotJson(error) => (None, None, Some(error.to_string())),
            Checked::TooLong => (None, None, Some(TOO_LONG.to_owned())),
        };
        let violations = findings.into_iter().flatten();
        ReportFact {
            file: self.file,
            line: self.line,
            operation: &self.operation.id,
            side: self.side.as_str(),
            valid: self.is_valid(),
            violations: violations.map(|finding| self.violation(finding)).collect(),
            omitted: findings.map_or(0, Findings::omitted),
            error,
            decision: verdict.map(verdict_fact),
        }
    }

    fn violation<'f>(&self, finding: &'f Finding) -> ViolationFact<'f> {
        let violation = &finding.violation;
        ViolationFact {
            path: &violation.path,
            rule: violation.rule.as_str(),
            severity: violation.severity.as_str(),
            expected: &violation.expected,
            actual: &violation.actual,
            spec: self.model.place(finding.origin),
        }
    }

    /// Writes the report for people. A valid line without a verdict prints nothing.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        let name = format!("{}{line}", plain(self.file));
        match self.checked {
            Checked::NotJson(error) => writeln!(
                out,
                "{}: {}: {} at line {}, column {}",
                bold(name),
                red("not JSON"),
                plain(error.reason()),
                error.line(),
                error.column()
            ),
            Checked::TooLong => writeln!(out, "{}: {}", bold(name), red(TOO_LONG)),
            Checked::Message { findings, verdict } => {
                if self.line.is_none() || !findings.is_empty() || verdict.is_some() {
                    write!(out, "{}: ", bold(name))?;
                    write_counts(out, findings, self.is_valid())?;
                }
                for finding in findings {
                    self.write_finding(out, finding)?;
                }
                if findings.omitted() > 0 {
                    writeln!(out, "  and {} more", findings.omitted())?;
                }
                match verdict {
                    Some(verdict) => write_verdict(out, verdict),
                    None => Ok(()),
                }
            }
        }
    }

    /// Returns the part of the request that contains the value at a JSON Pointer.
    fn location(&self, path: &str) -> Location {
        let names = names(path);
        let body = self.operation.body(self.side);
        body.map_or(Location::Body, |body| body.location(&names))
    }

    fn write_finding(&self, out: &mut impl Write, finding: &Finding) -> io::Result<()> {
        let violation = &finding.violation;
        let path = match &*violation.path.text() {
            "" => "(the message)".to_owned(),
            path => match self.location(path) {
                Location::Body | Location::WholeBody => plain(path),
                location @ (Location::Path | Location::Query | Location::Header) => {
                    format!("{} ({location})", plain(path))
                }
            },
        };
        match violation.severity {
            Severity::Error => write!(out, "  {}", red("error"))?,
            Severity::Warning => write!(out, "  {}", yellow("warning"))?,
        }
        writeln!(out, " {} [{}]", bold(path), violation.rule)?;
        writeln!(out, "    expected {}", plain(&violation.expected.text()))?;
        writeln!(out, "    found    {}", plain(&violation.actual.text()))?;
        writeln!(
            out,
            "    spec     {}",
            dim(self.model.place(finding.origin))
        )
    }
}

fn write_counts(out: &mut impl Write, findings: &Findings, valid: bool) -> io::Result<()> {
    let of = |severity| {
        findings
            .iter()
            .filter(|one| one.violation.severity == severity)
            .count()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    if valid {
        write!(out, "{}", green("valid"))?;
    } else {
        write!(out, "{}", red("invalid"))?;
    }
    match (errors, warnings) {
        (0, 0) => writeln!(out),
        (errors, 0) => writeln!(out, ", {}", counted(errors, "error")),
        (0, warnings) => writeln!(out, ", {}", counted(warnings, "warning")),
        (errors, warnings) => {
            writeln!(
                out,
                ", {}, {}",
                counted(errors, "error"),
                counted(warnings, "warning")
            )
        }
    }
}

fn write_verdict(out: &mut impl Write, verdict: &Verdict<'_>) -> io::Result<()> {
    let shown = |text: &Option<String>| match text {
        Some(text) => violation_text::actual_text(text, None),
        None => Phrase::fixed("none"),
    };
    let (name, kind) = (verdict.outcome(), verdict.decide.as_str());
    write!(out, "  decision: ")?;
    match verdict.decide {
        Decide::Done | Decide::Redirect => write!(out, "{}", green(name))?,
        Decide::Ended | Decide::Failed => write!(out, "{}", red(name))?,
        Decide::Waiting | Decide::Pending => write!(out, "{}", yellow(name))?,
    }
    let of_kind = if name == kind {
        String::new()
    } else {
        format!(" ({kind})")
    };
    writeln!(out, "{of_kind}")?;
    writeln!(out, "    because   {}", because(&verdict.because))?;
    writeln!(out, "    status    {}", shown(&verdict.status))?;
    let known = if verdict.code.is_some()
        && verdict.known.is_none()
        && matches!(verdict.because, Because::Status | Because::Case(_))
    {
        ", not in the spec"
    } else {
        ""
    };
    writeln!(out, "    code      {}{known}", shown(&verdict.code))?;
    if let Some(step) = verdict.next_step() {
        writeln!(out, "    next step {step}")?;
    }
    if let Some(resend) = verdict.resend() {
        writeln!(out, "    resend    {resend}")?;
    }
    if let Some(payload) = verdict.payload() {
        writeln!(out, "    payload   {}", plain(&pointer(payload)))?;
    }
    let actions = verdict.actions();
    if !actions.is_empty() {
        let words: Vec<&str> = actions.iter().map(|action| action.as_str()).collect();
        writeln!(out, "    allowed   {}", words.join(", "))?;
    }
    Ok(())
}

fn verdict_fact<'a>(verdict: &'a Verdict<'a>) -> VerdictFact<'a> {
    let actions = verdict.actions().iter();
    VerdictFact {
        outcome: verdict.outcome(),
        decision: verdict.decide.as_str(),
        class: verdict.class.as_str(),
        because: because(&verdict.because),
        status: verdict.status.as_deref(),
        code: verdict.code.as_deref(),
        next_step: verdict.next_step().map(NextStep::as_str),
        resend: verdict.resend().map(Resend::as_str),
        meaning: verdict.known.map(|code| code.meaning.as_str()),
        action: verdict.known.map(|code| code.action.as_str()),
        payload: verdict.payload().map(pointer),
        allowed: actions.map(|action| action.as_str()).collect(),
    }
}

fn because(because: &Because) -> String {
    match because {
        Because::Status => "decided by the status".to_owned(),
        Because::Case(by) => format!("decided by the status and {}", plain(by)),
        Because::NoStatus => "the answer has no status".to_owned(),
        Because::UnknownStatus => "unknown status".to_owned(),
        Because::NoResponse => "no response is described for this HTTP status".to_owned(),
        Because::Contradiction { expected } => {
            format!("the code belongs to the status {}", plain(expected))
        }
        Because::NoCase(by) => {
            format!("the spec has no decision for the value of {}", plain(by))
        }
        Because::Unreadable => "the answer cannot be read".to_owned(),
        Because::Missing(path) => format!("{} is missing", plain(path)),
        Because::OtherRequest(contradiction) => plain(&contradiction.to_string()),
        Because::NotForPayers(path) => {
            format!("the address at {} is unsafe for a payer", plain(path))
        }
    }
}

/// Counts messages over a whole run.
#[derive(Default)]
pub(super) struct Totals {
    messages: usize,
    pub(super) invalid: usize,
}

impl Totals {
    pub(super) fn count(&mut self, report: &Report<'_>) {
        self.messages += 1;
        self.invalid += usize::from(!report.is_valid());
    }

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let messages = counted(self.messages, "message");
        writeln!(out, "{messages}, {} invalid", self.invalid)
    }
}
