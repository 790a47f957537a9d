//! Judges the answer of an operation, as the generated `outcome()` does.

use payspec_runtime::StatusClass;
use payspec_runtime::json::Node;

use super::findings::pointer;
use super::walk::find;
use crate::model::{
    Api, Code, Decide, Decision, NextStep, Operation, PendingAction, Resend, ResultHandling,
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
    /// The answer does not carry what its decision needs: the JSON Pointer.
    Missing(String),
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

/// Judges an answer; [`None`] when the operation says nothing about its answers.
///
/// The payment stays pending unless the status is known, the code (if it is known) belongs to that
/// status, and all that the decision needs is there.
pub fn decide<'m>(
    api: &'m Api,
    operation: &'m Operation,
    answer: &Node<'_>,
) -> Option<Verdict<'m>> {
    let handling = operation.result.as_ref()?;
    let status = text(answer, &handling.status);
    let code = text(answer, &handling.code);
    let known = code.and_then(|code| handling.codes.iter().find(|known| known.name == code));
    let verdict = |because: Because, known, class, decision: Option<&'m Decision>| Verdict {
        decide: decision.map_or(Decide::Pending, |decision| decision.decide),
        class,
        because,
        status: status.map(str::to_owned),
        code: code.map(str::to_owned),
        known,
        decision,
    };
    let pending = |because, known| {
        Some(verdict(
            because,
            known,
            StatusClass::Pending,
            pending_decision(handling),
        ))
    };

    let Some(name) = status else {
        return pending(Because::NoStatus, None);
    };
    let Some(class) = api.status(name).map(|status| status.class) else {
        return pending(Because::UnknownStatus, None);
    };
    if let Some(code) = known.filter(|code| code.status != name) {
        return pending(
            Because::Contradiction {
                expected: code.status.clone(),
            },
            None,
        );
    }
    let Some(decision) = handling
        .decisions
        .iter()
        .find(|decision| decision.status == name)
    else {
        return pending(Because::UnknownStatus, None);
    };
    let missing = decision
        .needs
        .iter()
        .find(|path| member(answer, path).is_none());
    if let Some(path) = missing {
        return pending(Because::Missing(pointer(path)), None);
    }
    Some(verdict(Because::Status, known, class, Some(decision)))
}

/// The decision that an unproven outcome falls back to.
fn pending_decision(handling: &ResultHandling) -> Option<&Decision> {
    handling
        .decisions
        .iter()
        .find(|decision| decision.decide == Decide::Pending)
}

/// The text at a path, if it is one and not empty.
fn text<'n>(message: &'n Node<'n>, path: &[String]) -> Option<&'n str> {
    match member(message, path)? {
        Node::String(text) => Some(text),
        _ => None,
    }
}

/// The value at a path of names; `null` and an empty text count as absent.
pub(super) fn member<'n>(message: &'n Node<'n>, path: &[String]) -> Option<&'n Node<'n>> {
    let found = path.iter().try_fold(message, |node, name| match node {
        Node::Object(members) => find(members, name),
        _ => None,
    })?;
    match found {
        Node::Null => None,
        Node::String(text) if text.is_empty() => None,
        present => Some(present),
    }
}
