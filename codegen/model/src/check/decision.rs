//! Judges incoming messages, as the generated `outcome()` does.

use std::borrow::Cow;

use payspec_runtime::json::Node;
use payspec_runtime::{Contradiction, StatusClass, rules};

use super::{Checker, Findings};
use crate::model::{
    Api, Case, Code, Decide, Decision, Direction, NextStep, Object, PendingAction, Resend,
    ResultHandling, StatusPlace, Type,
};
use crate::pointer::pointer;

/// The result of judging an answer, or a request of the provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict<'m> {
    /// The decision.
    pub decide: Decide,
    /// The class of the decision; [`StatusClass::Pending`] unless the answer proves another one.
    pub class: StatusClass,
    /// The reason.
    pub because: Because,
    /// The status of the answer, unchanged.
    pub status: Option<String>,
    /// The result code of the answer, unchanged.
    pub code: Option<String>,
    /// The result code, if the spec knows it and the answer does not contradict it.
    pub known: Option<&'m Code>,
    /// The matching decision of the spec; absent if the spec has none.
    pub decision: Option<&'m Decision>,
}

/// The reason of a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// The spec says so for this status.
    Status,
    /// The spec says so for this status with this value of another field (a JSON Pointer).
    Case(String),
    /// The answer has no status.
    NoStatus,
    /// The spec has no decision for the status.
    UnknownStatus,
    /// The spec describes no answer with the HTTP status.
    NoResponse,
    /// The code belongs to another status.
    Contradiction {
        /// The status that the code belongs to.
        expected: String,
    },
    /// The spec has no decision for this status with the value of another field (a JSON Pointer).
    NoCase(String),
    /// The answer lacks a value that its decision needs (a JSON Pointer).
    Missing(String),
    /// The answer would send the payer to an address whose scheme runs a script or reads a file (a JSON
    /// Pointer).
    NotForPayers(String),
    /// Generated types cannot read the answer.
    Unreadable,
    /// The message contradicts the request that it is about: a person has to find out.
    OtherRequest(Contradiction),
}

impl<'m> Verdict<'m> {
    /// Returns the name of the outcome: that of the decision, or `pending`.
    pub fn outcome(&self) -> &'m str {
        self.decision
            .map_or(Decide::Pending.as_str(), |decision| &decision.name)
    }

    /// Returns the next step, if the code is known.
    pub fn next_step(&self) -> Option<NextStep> {
        self.known.map(|code| code.next_step)
    }

    /// Returns whether the same body may be sent again, if the code is known.
    pub fn resend(&self) -> Option<Resend> {
        self.known.map(|code| code.resend)
    }

    /// Returns the path of the object that the decision hands over.
    pub fn payload(&self) -> Option<&[String]> {
        self.decision?.payload.as_deref()
    }

    /// Returns the actions that are allowed on a payment whose outcome is unknown.
    pub fn actions(&self) -> &[PendingAction] {
        match self.decide {
            Decide::Pending => self.decision.map_or(&[], |decision| &decision.actions),
            Decide::Done | Decide::Redirect | Decide::Waiting | Decide::Ended | Decide::Failed => {
                &[]
            }
        }
    }
}

impl<'m> Checker<'m> {
    /// Judges an answer that this checker has checked; [`None`] if the operation does not judge its
    /// answers, or if the messages checked here are outgoing: only incoming messages decide.
    ///
    /// The payment stays pending unless the answer can be read, the status is known, the code (if
    /// known) belongs to that status, and every value that the decision needs is present. `http_status` is that
    /// of the answer, if it is known: without it, an answer that is judged by it is pending.
    pub fn judge(
        &self,
        answer: &Node<'_>,
        findings: &Findings,
        http_status: Option<u16>,
    ) -> Option<Verdict<'m>> {
        let result = self.operation.result.as_ref();
        let handling = result.filter(|_| self.direction == Direction::Incoming)?;
        let message = Message {
            api: self.api,
            body: &self.body.object,
            answer,
            findings,
        };
        let status = match &handling.status {
            StatusPlace::Field(path) => message.word(path),
            StatusPlace::HttpStatus => http_status.map(|status| Cow::Owned(status.to_string())),
            StatusPlace::Always(status) => Some(Cow::Borrowed(status.as_str())),
        };
        let response = http_status.and_then(|status| self.operation.response_of(status));
        let by_response = !self.operation.responses.is_empty();
        let codes = handling.code.iter();
        let mut codes =
            codes.filter(|path| !by_response || response.is_some_and(|it| it.has(path)));
        let code = codes.find_map(|path| message.word(path));
        let judged = if by_response && response.is_none() && status.is_some() {
            Err(Because::NoResponse)
        } else if !findings.is_readable() {
            Err(Because::Unreadable)
        } else if let Some(path) = findings.lacking() {
            Err(Because::Missing(path.to_owned()))
        } else {
            self.judge_words(handling, message, status.as_deref(), code.as_deref())
        };
        let (decision, class, known, because) = match judged {
            Ok((decision, class, known)) => (Some(decision), class, known, proof(decision)),
            Err(because) => {
                let decision = pending(handling, status.as_deref());
                (decision, StatusClass::Pending, None, because)
            }
        };
        Some(Verdict {
            decide: decision.map_or(Decide::Pending, |decision| decision.decide),
            class,
            because,
            status: status.map(Cow::into_owned),
            code: code.map(Cow::into_owned),
            known,
            decision,
        })
    }

    fn judge_words(
        &self,
        handling: &'m ResultHandling,
        message: Message<'_>,
        status: Option<&str>,
        code: Option<&str>,
    ) -> Result<(&'m Decision, StatusClass, Option<&'m Code>), Because> {
        let status = status.ok_or(Because::NoStatus)?;
        let decision = decision(handling, message, status);
        if let Err(Because::UnknownStatus) = decision {
            return Err(Because::UnknownStatus);
        }
        let code = code.and_then(|code| handling.codes.iter().find(|known| known.name == code));
        let case = handling.case_of(status);
        if let Some(code) = code.filter(|code| case != Some(&code.status)) {
            let expected = code.status.clone();
            return Err(Because::Contradiction { expected });
        }
        let decision = decision?;
        let mut needs = decision.payload.iter().chain(&decision.needs);
        let body = &self.body.object;
        let is_missing = |path: &&Vec<String>| {
            message.findings.is_lost(path) || !self.is_present(body, message.answer, path)
        };
        if let Some(path) = needs.find(is_missing) {
            return Err(Because::Missing(pointer(path)));
        }
        let mut addresses = decision.addresses(self.api, body).into_iter();
        let harmful = addresses.find(|path| {
            let address = message.word(path);
            address.is_some_and(|address| !rules::may_open(&address))
        });
        match harmful {
            Some(path) => Err(Because::NotForPayers(pointer(&path))),
            None => Ok((decision, decision.decide.class(), code)),
        }
    }

    /// Returns whether the answer has a usable value at a path of names: not an empty text or list, and
    /// not an invalid address.
    fn is_present(&self, object: &Object, node: &Node<'_>, path: &[String]) -> bool {
        let [name, rest @ ..] = path else {
            return false;
        };
        let (Some(field), Some(value)) = (object.field(name), node.get(name)) else {
            return false;
        };
        if let (Type::Object(id), [_, ..]) = (&field.ty, rest) {
            return self.is_present(self.api.object(*id), value, rest);
        }
        let there = match value {
            Node::Null => false,
            Node::String(text) if field.ty == Type::Url => rules::url(text),
            Node::String(text) => !text.is_empty(),
            Node::Array(elements) => !elements.is_empty(),
            Node::Damaged(_) => false,
            Node::Boolean(_) | Node::Number(_) | Node::Object(_) => true,
        };
        rest.is_empty() && there
    }
}

/// Returns the decision of a status, with the values of the fields that split it.
fn decision<'m>(
    handling: &'m ResultHandling,
    message: Message<'_>,
    status: &str,
) -> Result<&'m Decision, Because> {
    // The reason of the row of which most cases fit: it tells how far the message leads.
    let mut closest = (0, Because::UnknownStatus);
    let case = handling.case_of(status).ok_or(Because::UnknownStatus)?;
    for row in handling.decisions.iter().filter(|it| it.status == case) {
        let fits = |case: &Case| {
            message
                .word(&case.by)
                .is_some_and(|it| case.value.fits(&it))
        };
        let Some(fitting) = row.cases.iter().position(|case| !fits(case)) else {
            return Ok(row);
        };
        if fitting >= closest.0 {
            let by = &row.cases[fitting].by;
            let because = match message.word(by) {
                Some(_) => Because::NoCase(pointer(by)),
                None => Because::Missing(pointer(by)),
            };
            closest = (fitting, because);
        }
    }
    Err(closest.1)
}

/// Returns the reason for a decision.
fn proof(decision: &Decision) -> Because {
    match decision.cases.last() {
        Some(case) => Because::Case(pointer(&case.by)),
        None => Because::Status,
    }
}

/// Returns the decision for an outcome that is not proved. What is allowed after one HTTP status is not allowed
/// after another.
fn pending<'m>(handling: &'m ResultHandling, status: Option<&str>) -> Option<&'m Decision> {
    let case = status.and_then(|status| handling.case_of(status));
    let mut decisions = handling.decisions.iter();
    decisions.find(|it| {
        let is_open = it.decide == Decide::Pending && it.cases.is_empty();
        is_open && (!handling.is_by_http_status() || case == Some(&it.status))
    })
}

/// A message to be judged.
#[derive(Clone, Copy)]
struct Message<'n> {
    api: &'n Api,
    body: &'n Object,
    answer: &'n Node<'n>,
    findings: &'n Findings,
}

impl<'n> Message<'n> {
    /// Returns the text or number at a path, if generated types read one that is not empty.
    fn word(self, path: &[String]) -> Option<Cow<'n, str>> {
        let mut names = path.iter();
        let text = match names.try_fold(self.answer, |node, name| node.get(name))? {
            Node::String(text) => &**text,
            Node::Number(digits) => *digits,
            Node::Null | Node::Boolean(_) | Node::Array(_) | Node::Object(_) | Node::Damaged(_) => {
                return None;
            }
        };
        if text.is_empty() || self.findings.is_lost(path) {
            return None;
        }
        let field = self.api.field_at(self.body, path)?;
        match *self.api.written_as(&field.ty) == Type::Integer {
            // With an exponent, it is written out.
            true => Some(match rules::exact_integer(text) {
                Some(number) => number.to_string().into(),
                None => Cow::Borrowed(text),
            }),
            false => Some(Cow::Borrowed(text)),
        }
    }
}
