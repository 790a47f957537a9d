//! The requirements for a client that runs a flow: every request after the first must be made from the
//! key of the first and from the values of answers that it carries.

use std::fmt;

use super::{
    Api, Callable, CarriedValue, Direction, Field, Flow, Object, Operation, Rule, Side, Type,
};

/// The reason why a client cannot run a flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Obstacle<'a> {
    /// The request that moves the money has no key of a single field.
    NoKey(&'a Operation),
    /// The answer to a request of the flow has no status.
    NotJudged(&'a Operation),
    /// The provider's message has no reply.
    NotReplied(&'a Operation),
    /// A request has no text field with the key's name.
    NotNamed(&'a Operation, &'a str),
    /// A request needs another field besides the key and the values that it carries.
    NeedsMore(&'a Operation, &'a str),
    /// A request needs an idempotency key of its own, and no key of a client's making fits.
    NoOwnKey(&'a Operation, &'a str),
}

impl<'a> Obstacle<'a> {
    /// Returns the operation that is the obstacle.
    pub fn operation(&self) -> &'a Operation {
        match self {
            Obstacle::NoKey(operation)
            | Obstacle::NotJudged(operation)
            | Obstacle::NotReplied(operation)
            | Obstacle::NotNamed(operation, _)
            | Obstacle::NeedsMore(operation, _)
            | Obstacle::NoOwnKey(operation, _) => operation,
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
            Obstacle::NotNamed(_, key) => {
                write!(f, "the request of `{id}` has no text field `{key}`")
            }
            Obstacle::NeedsMore(_, field) => {
                write!(f, "the request of `{id}` also requires `{field}`")
            }
            Obstacle::NoOwnKey(_, field) => write!(
                f,
                "`{id}` has an idempotency key of its own, and a UUID is not allowed in `{field}`"
            ),
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
                self.filled(operation, key)?;
            }
        }
        for id in &self.notified_by {
            let operation = api.operation(id).ok_or(None)?;
            // With `auth`, an HTTP status is reply enough.
            if api.auth.is_none() && operation.response.is_none() {
                return Err(Some(Obstacle::NotReplied(operation)));
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

/// The content of a field that a client fills in, in a request after the first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Filled<'a> {
    /// The key of the request that moves the money.
    Key,
    /// A key of its own, which follows from that key.
    OwnKey,
    /// A value of an earlier message.
    Carried(&'a CarriedValue),
}

impl Flow {
    /// Returns the fields that a client fills in, in a request after the first. Fields with a single
    /// allowed value are not among them.
    ///
    /// # Errors
    ///
    /// When the request needs more, or does not name the payment or the refund.
    pub fn filled<'a>(
        &'a self,
        operation: &'a Operation,
        key: &'a str,
    ) -> Result<Vec<(&'a Field, Filled<'a>)>, Obstacle<'a>> {
        let body = &operation.request.object;
        let mut filled = Vec::new();
        for field in &body.fields {
            let mut carried = self.carried_by(&operation.id);
            let content = match carried.find(|value| value.field == field.name) {
                Some(value) => Some(Filled::Carried(value)),
                None if self.has_own_key(operation, &field.name) => {
                    if !admits_uuid(field) {
                        return Err(Obstacle::NoOwnKey(operation, &field.name));
                    }
                    Some(Filled::OwnKey)
                }
                None if field.name == key && names(body, key) => Some(Filled::Key),
                None => None,
            };
            filled.extend(content.map(|content| (field, content)));
        }
        let has = |name: &str| filled.iter().any(|(field, _)| field.name == name);
        let is_named = |content: &Filled<'_>| match content {
            Filled::Key => true,
            Filled::Carried(value) => match value.side {
                // The first request names the payment by its key alone.
                Side::Request => value.path.as_slice() == [key],
                Side::Response => true,
            },
            Filled::OwnKey => false,
        };
        if !filled.iter().any(|(_, content)| is_named(content)) {
            return Err(Obstacle::NotNamed(operation, key));
        }
        let mut needed = body.fields.iter();
        let needed = needed.find(|field| field.required && !is_fixed(field) && !has(&field.name));
        if let Some(field) = needed {
            return Err(Obstacle::NeedsMore(operation, &field.name));
        }
        let mut choices = body.at_least_one_of.iter();
        let other = choices.find(|choice| !choice.fields.iter().any(|field| has(field)));
        match other.and_then(|choice| choice.fields.first()) {
            Some(field) => Err(Obstacle::NeedsMore(operation, field)),
            None => Ok(filled),
        }
    }

    /// Returns whether a field is the idempotency key of a request that carries values of answers. It has
    /// the key of the flow only if it carries none: then it names the payment by it.
    fn has_own_key(&self, operation: &Operation, field: &str) -> bool {
        let rule = operation.idempotency.as_ref();
        let mut carried = self.carried_by(&operation.id);
        carried.any(|value| value.side == Side::Response)
            && rule.is_some_and(|rule| rule.key.as_slice() == [field])
    }
}

/// Returns whether the builder of a request sets the field by itself: a text with a single allowed value.
fn is_fixed(field: &Field) -> bool {
    fixed_text(field).is_some()
}

/// Returns the single allowed value of a field of a request that is a text.
pub(super) fn fixed_text(field: &Field) -> Option<&str> {
    if field.ty != Type::String || field.nullable {
        return None;
    }
    let mut rules = field.constraints.iter().filter(|rule| {
        rule.strength.is_strict() && rule.strength.direction != Some(Direction::Incoming)
    });
    rules.find_map(|rule| match rule.rule.texts()? {
        [text] => Some(text.as_str()),
        _ => None,
    })
}

/// The number of characters in a UUID.
const UUID_LENGTH: u32 = 36;

/// Returns whether every UUID is allowed in a field.
fn admits_uuid(field: &Field) -> bool {
    field.ty == Type::String
        && field.constraints.iter().all(|rule| match &rule.rule {
            Rule::Required => true,
            Rule::MaxLength(most) => *most >= UUID_LENGTH,
            Rule::MinLength(least) => *least <= UUID_LENGTH,
            Rule::Const(_)
            | Rule::Values(_)
            | Rule::Pattern(_)
            | Rule::Min(_)
            | Rule::Max(_)
            | Rule::MultipleOf(_)
            | Rule::MinItems(_)
            | Rule::MaxItems(_)
            | Rule::UniqueItems
            | Rule::Format(_) => false,
        })
}
