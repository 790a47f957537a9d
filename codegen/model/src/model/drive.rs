//! The requirements for a client that runs a flow: every request after the first must be made from the
//! key of the first alone.

use std::fmt;

use super::{Api, Callable, Flow, Object, Operation, Type};

/// The reason why a client cannot run a flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Obstacle<'a> {
    /// The request that moves the money has no key of a single field.
    NoKey(&'a Operation),
    /// The answer to a request of the flow has no status.
    NotJudged(&'a Operation),
    /// The provider's message has no reply.
    NotReplied(&'a Operation),
    /// The provider's message is not signed, so that nothing proves its sender.
    NotSigned(&'a Operation),
    /// A request has no text field with the key's name.
    NotNamed(&'a Operation, &'a str),
    /// A request needs another field besides the key.
    NeedsMore(&'a Operation, &'a str),
}

impl<'a> Obstacle<'a> {
    /// Returns the operation that is the obstacle.
    pub fn operation(&self) -> &'a Operation {
        match self {
            Obstacle::NoKey(operation)
            | Obstacle::NotJudged(operation)
            | Obstacle::NotReplied(operation)
            | Obstacle::NotSigned(operation)
            | Obstacle::NotNamed(operation, _)
            | Obstacle::NeedsMore(operation, _) => operation,
        }
    }
}

impl fmt::Display for Obstacle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = &self.operation().id;
        match self {
            Obstacle::NoKey(_) => write!(f, "`{id}` has no idempotency key of one field"),
            Obstacle::NotJudged(_) => write!(f, "`{id}` has no answer with a status"),
            Obstacle::NotReplied(_) => write!(f, "`{id}` has no response to acknowledge it with"),
            Obstacle::NotSigned(_) => {
                write!(f, "nothing proves who sent `{id}`, which is not signed")
            }
            Obstacle::NotNamed(_, key) => {
                write!(f, "the request of `{id}` has no text field `{key}`")
            }
            Obstacle::NeedsMore(_, field) => {
                write!(f, "the request of `{id}` also requires `{field}`")
            }
        }
    }
}

impl Flow {
    /// Returns the principal, and the field by which all requests and notifications of the flow name
    /// the payment or the refund.
    ///
    /// # Errors
    ///
    /// When a client cannot run the flow; [`None`] if an operation does not exist.
    pub fn driven_by<'a>(
        &'a self,
        api: &'a Api,
    ) -> Result<(&'a Operation, &'a str), Option<Obstacle<'a>>> {
        let principal = api.operation(&self.principal).ok_or(None)?;
        let key = principal
            .idempotency
            .as_ref()
            .map(|rule| rule.key.as_slice());
        let Some([key]) = key else {
            return Err(Some(Obstacle::NoKey(principal)));
        };
        for id in self.sent() {
            let operation = api.operation(id).ok_or(None)?;
            if Callable::of(operation).is_none() {
                return Err(Some(Obstacle::NotJudged(operation)));
            }
            if *id != self.principal {
                is_enough(operation, key)?;
            }
        }
        for id in &self.notified_by {
            let operation = api.operation(id).ok_or(None)?;
            match &api.auth {
                // An HTTP status is reply enough.
                Some(auth) if auth.notification.is_some() => {}
                Some(_) => return Err(Some(Obstacle::NotSigned(operation))),
                None if operation.response.is_none() => {
                    return Err(Some(Obstacle::NotReplied(operation)));
                }
                None => {}
            }
            if !names(&operation.request.object, key) {
                return Err(Some(Obstacle::NotNamed(operation, key)));
            }
        }
        Ok((principal, key))
    }
}

/// Returns whether a body has the field as a text.
fn names(body: &Object, key: &str) -> bool {
    let field = body.field(key);
    field.is_some_and(|field| field.ty == Type::String)
}

/// Returns whether a request may have only this field.
fn is_enough<'a>(operation: &'a Operation, key: &'a str) -> Result<(), Obstacle<'a>> {
    let body = &operation.request.object;
    if !names(body, key) {
        return Err(Obstacle::NotNamed(operation, key));
    }
    let mut needed = body.fields.iter().filter(|field| field.required);
    if let Some(field) = needed.find(|field| field.name != key) {
        return Err(Obstacle::NeedsMore(operation, &field.name));
    }
    let mut choices = body.at_least_one_of.iter();
    let other = choices.find(|choice| choice.fields.iter().all(|field| field != key));
    match other.and_then(|choice| choice.fields.first()) {
        Some(field) => Err(Obstacle::NeedsMore(operation, field)),
        None => Ok(()),
    }
}
