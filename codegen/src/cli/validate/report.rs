//! What `payspec validate` says about one message.

use std::io::{self, Write};

use payspec_runtime::{NotJson, Severity, Side, phrases};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::TOO_LONG;
use crate::check::{Because, Finding, Findings, Verdict, pointer};
use crate::cli::explain::decide;
use crate::cli::output::{bold, dim, green, plain, red, yellow};
use crate::model::{Decide, Model, Operation, PendingAction};

/// What came of one message.
pub(super) enum Checked<'m> {
    /// It is JSON.
    Message { findings: Findings, verdict: Option<Verdict<'m>> },
    /// It is no JSON.
    NotJson(NotJson),
    /// It was not read.
    TooLong,
}

/// One message, its place and what came of it.
pub(super) struct Report<'a> {
    pub(super) model: &'a Model,
    pub(super) operation: &'a Operation,
    pub(super) side: Side,
    pub(super) file: &'a str,
    pub(super) line: Option<usize>,
    pub(super) checked: &'a Checked<'a>,
}

/// A violation as JSON reports show it.
#[derive(Serialize)]
struct ViolationFact<'a> {
    path: &'a str,
    rule: &'static str,
    severity: &'static str,
    expected: &'a str,
    actual: &'a str,
    spec: String,
}

impl Report<'_> {
    pub(super) fn is_valid(&self) -> bool {
        match self.checked {
            Checked::Message { findings, .. } => findings.is_valid(),
            Checked::NotJson(_) | Checked::TooLong => false,
        }
    }

    /// The report for programs.
    pub(super) fn json(&self) -> Value {
        let mut report = Map::new();
        report.insert("file".to_owned(), self.file.into());
        if let Some(line) = self.line {
            report.insert("line".to_owned(), line.into());
        }
        report.insert("operation".to_owned(), self.operation.id.as_str().into());
        report.insert("side".to_owned(), self.side.as_str().into());
        report.insert("valid".to_owned(), self.is_valid().into());
        let (violations, omitted) = match self.checked {
            Checked::Message { findings, .. } => {
                let violations = findings.iter().map(|finding| self.violation(finding));
                (violations.collect(), findings.omitted())
            }
            Checked::NotJson(_) | Checked::TooLong => (Vec::new(), 0),
        };
        report.insert("violations".to_owned(), json!(violations));
        report.insert("omitted".to_owned(), omitted.into());
        match self.checked {
            Checked::Message { verdict: Some(verdict), .. } => {
                report.insert("decision".to_owned(), verdict_json(verdict));
            }
            Checked::Message { verdict: None, .. } => {}
            Checked::NotJson(error) => {
                report.insert("error".to_owned(), error.to_string().into());
            }
            Checked::TooLong => {
                report.insert("error".to_owned(), TOO_LONG.into());
            }
        }
        Value::Object(report)
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

    /// Writes the report for people. Of a line that is fine there is nothing to say.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        let name = format!("{}{line}", plain(self.file));
        match self.checked {
            Checked::NotJson(error) => {
                writeln!(out, "{}: {}: {error}", bold(name), red("not JSON"))
            }
            Checked::TooLong => writeln!(out, "{}: {}", bold(name), red(TOO_LONG)),
            Checked::Message { findings, verdict } => {
                if self.line.is_none() || !findings.is_empty() || verdict.is_some() {
                    write!(out, "{}: ", bold(name))?;
                    write_counts(out, findings)?;
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

    fn write_finding(&self, out: &mut impl Write, finding: &Finding) -> io::Result<()> {
        let violation = &finding.violation;
        let path = match violation.path.as_str() {
            "" => "(the message)".to_owned(),
            path => plain(path),
        };
        match violation.severity {
            Severity::Error => write!(out, "  {}", red("error"))?,
            Severity::Warning => write!(out, "  {}", yellow("warning"))?,
        }
        writeln!(out, " {} [{}]", bold(path), violation.rule)?;
        writeln!(out, "    expected {}", plain(&violation.expected))?;
        writeln!(out, "    found    {}", plain(&violation.actual))?;
        writeln!(out, "    spec     {}", dim(self.model.place(finding.origin)))
    }
}

fn write_counts(out: &mut impl Write, findings: &Findings) -> io::Result<()> {
    let of = |severity| findings.iter().filter(|one| one.violation.severity == severity).count();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let valid = findings.is_valid();
    if valid {
        write!(out, "{}", green("valid"))?;
    } else {
        write!(out, "{}", red("invalid"))?;
    }
    let plural = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    match (errors, warnings) {
        (0, 0) => writeln!(out),
        (errors, 0) => writeln!(out, ", {}", plural(errors, "error")),
        (0, warnings) => writeln!(out, ", {}", plural(warnings, "warning")),
        (errors, warnings) => {
            writeln!(out, ", {}, {}", plural(errors, "error"), plural(warnings, "warning"))
        }
    }
}

fn write_verdict(out: &mut impl Write, verdict: &Verdict<'_>) -> io::Result<()> {
    let shown = |text: &Option<String>| match text {
        Some(text) => phrases::actual_text(text, None),
        None => "none".to_owned(),
    };
    let word = decide(verdict.decide);
    write!(out, "  decision: ")?;
    match verdict.decide {
        Decide::Done | Decide::Redirect => writeln!(out, "{}", green(word))?,
        Decide::Failed => writeln!(out, "{}", red(word))?,
        Decide::Pending => writeln!(out, "{}", yellow(word))?,
    }
    writeln!(out, "    because   {}", because(&verdict.because))?;
    writeln!(out, "    status    {}, {}", shown(&verdict.status), verdict.class)?;
    let known = if verdict.code.is_some() && verdict.known.is_none() && verdict.because == Because::Status {
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
        let words: Vec<&str> = actions.iter().map(|action| action_word(*action)).collect();
        writeln!(out, "    allowed   {}", words.join(", "))?;
    }
    Ok(())
}

fn verdict_json(verdict: &Verdict<'_>) -> Value {
    let actions = verdict.actions().iter().map(|action| action_word(*action));
    json!({
        "decision": decide(verdict.decide),
        "class": verdict.class.as_str(),
        "because": because(&verdict.because),
        "status": verdict.status,
        "code": verdict.code,
        "next_step": verdict.next_step().map(|step| step.as_str()),
        "resend": verdict.resend().map(|resend| resend.as_str()),
        "meaning": verdict.known.map(|code| &code.meaning),
        "action": verdict.known.map(|code| &code.action),
        "payload": verdict.payload().map(pointer),
        "allowed": actions.collect::<Vec<_>>(),
    })
}

fn because(because: &Because) -> String {
    match because {
        Because::Status => "the status says so".to_owned(),
        Because::NoStatus => "the answer carries no status".to_owned(),
        Because::UnknownStatus => "the spec does not know the status".to_owned(),
        Because::Contradiction { expected } => {
            format!("the code belongs to the status {}", plain(expected))
        }
        Because::Missing(path) => format!("{} is missing", plain(path)),
    }
}

fn action_word(action: PendingAction) -> &'static str {
    match action {
        PendingAction::ResendSame => "resend_same",
        PendingAction::Inquire => "inquire",
        PendingAction::Cancel => "cancel",
    }
}

/// Counts over a whole run.
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
        let plural = if self.messages == 1 { "" } else { "s" };
        writeln!(out, "{} message{plural}, {} invalid", self.messages, self.invalid)
    }
}
