//! Judges the answer of an operation, as the generated `outcome()` does.

use payspec_runtime::json::Node;
use payspec_runtime::{StatusClass, rules};

use super::findings::pointer;
use super::{Checker, Findings};
use crate::model::{
    Code, Decide, Decision, Direction, NextStep, Object, PendingAction, Resend, ResultHandling,
    Type,
};

/// What the answer of an operation comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict<'m> {
    /// The decision.
    pub decide: Decide,
    /// The class that the decision rests on; [`StatusClass::Pending`] unless the answer proves
    /// another one.
    pub class: StatusClass,
    /// Why.
    pub because: Because,
    /// The status, as it stands in the answer.
    pub status: Option<String>,
    /// The result code, as it stands in the answer.
    pub code: Option<String>,
    /// The result code, when the spec knows it and the answer does not contradict it.
    pub known: Option<&'m Code>,
    /// What the spec says about such an answer; absent when the spec has no such decision.
    pub decision: Option<&'m Decision>,
}

/// What a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// The spec says so for this status.
    Status,
    /// The answer carries no status.
    NoStatus,
    /// The spec does not know the status.
    UnknownStatus,
    /// The code belongs to another status.
    Contradiction {
        /// The status that the code belongs to.
        expected: String,
    },
    /// The spec decides nothing for this status.
    Undecided,
    /// The answer does not carry what its decision needs: the JSON Pointer.
    Missing(String),
    /// Generated types cannot read the answer.
    Unreadable,
}

impl Verdict<'_> {
    /// What to do next, where a known code says it.
    pub fn next_step(&self) -> Option<NextStep> {
        self.known.map(|code| code.next_step)
    }

    /// Whether the same body may be sent again, where a known code says it.
    pub fn resend(&self) -> Option<Resend> {
        self.known.map(|code| code.resend)
    }

    /// Path of the object that the decision hands over.
    pub fn payload(&self) -> Option<&[String]> {
        self.decision?.payload.as_deref()
    }

    /// What may be done with a payment whose outcome is not known.
    pub fn actions(&self) -> &[PendingAction] {
        match self.decide {
            Decide::Pending => self.decision.map_or(&[], |decision| &decision.actions),
            Decide::Done | Decide::Redirect | Decide::Failed => &[],
        }
    }
}

impl<'m> Checker<'m> {
    /// Judges an answer that this checker has checked; [`None`] when the operation says nothing
    /// about its answers, or the messages checked here are none: what decides comes in.
    ///
    /// The payment stays pending unless the answer can be read, the status is known, the code (if it
    /// is known) belongs to that status, and all that the decision needs is there.
    pub fn judge(&self, answer: &Node<'_>, findings: &Findings) -> Option<Verdict<'m>> {
        let result = self.operation.result.as_ref();
        let handling = result.filter(|_| self.direction == Direction::Incoming)?;
        let status = word(answer, &handling.status);
        let code = word(answer, &handling.code);
        let judged = if findings.is_readable() {
            self.judge_words(handling, answer, status, code)
        } else {
            Err(Because::Unreadable)
        };
        let (decision, class, known, because) = match judged {
            Ok((decision, class, known)) => (Some(decision), class, known, Because::Status),
            Err(because) => (pending(handling), StatusClass::Pending, None, because),
        };
        Some(Verdict {
            decide: decision.map_or(Decide::Pending, |decision| decision.decide),
            class,
            because,
            status: status.map(str::to_owned),
            code: code.map(str::to_owned),
            known,
            decision,
        })
    }

    fn judge_words(
        &self,
        handling: &'m ResultHandling,
        answer: &Node<'_>,
        status: Option<&str>,
        code: Option<&str>,
    ) -> Result<(&'m Decision, StatusClass, Option<&'m Code>), Because> {
        let status = status.ok_or(Because::NoStatus)?;
        let known = self.api.status(status).ok_or(Because::UnknownStatus)?;
        let code = code.and_then(|code| handling.codes.iter().find(|known| known.name == code));
        if let Some(code) = code.filter(|code| code.status != status) {
            let expected = code.status.clone();
            return Err(Because::Contradiction { expected });
        }
        let mut decisions = handling.decisions.iter();
        let decision = decisions
            .find(|decision| decision.status == status && class(decision.decide) == known.class)
            .ok_or(Because::Undecided)?;
        let mut needs = decision.payload.iter().chain(&decision.needs);
        match needs.find(|path| !self.is_present(&self.body.object, answer, path)) {
            Some(path) => Err(Because::Missing(pointer(path))),
            None => Ok((decision, known.class, code)),
        }
    }

    /// Whether the answer has a value of use at a path of names: no empty text, no address that is
    /// none.
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
            Node::Boolean(_) | Node::Number(_) | Node::Array(_) | Node::Object(_) => true,
        };
        rest.is_empty() && there
    }
}

/// The class that a status must have for this decision.
fn class(decide: Decide) -> StatusClass {
    match decide {
        Decide::Done | Decide::Redirect => StatusClass::Succeeded,
        Decide::Failed => StatusClass::Failed,
        Decide::Pending => StatusClass::Pending,
    }
}

/// The decision that an unproven outcome falls back to.
fn pending(handling: &ResultHandling) -> Option<&Decision> {
    let mut decisions = handling.decisions.iter();
    decisions.find(|decision| decision.decide == Decide::Pending)
}

/// The text at a path, if it is one and not empty.
fn word<'n>(answer: &'n Node<'n>, path: &[String]) -> Option<&'n str> {
    let found = path.iter().try_fold(answer, |node, name| node.get(name))?;
    match found {
        Node::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}
