//! Checking typed messages, and the proof that one was checked.

use crate::{Message, Violations};
use core::fmt;
use core::ops::Deref;

/// Checks a message against the rules of its schema.
///
/// Implemented for every [`Message`].
pub trait Validate {
    /// Everything that the message breaks, warnings included, in the order of the schema. Allocates
    /// nothing when there is nothing to say.
    fn violations(&self) -> Violations;

    /// The same, as a verdict.
    ///
    /// # Errors
    ///
    /// When at least one violation is an error. Carries the warnings as well.
    fn validate(&self) -> Result<(), Violations> {
        let violations = self.violations();
        if violations.has_errors() {
            Err(violations)
        } else {
            Ok(())
        }
    }
}

impl<T: Message> Validate for T {
    fn violations(&self) -> Violations {
        crate::walk::violations(self)
    }
}

/// A message that has passed [`Validate::validate`]: what a client asks for before it sends.
#[derive(Clone, PartialEq)]
pub struct Valid<T> {
    message: T,
    warnings: Violations,
}

impl<T: Validate> Valid<T> {
    /// Checks a message.
    ///
    /// # Errors
    ///
    /// When it breaks a rule whose severity is error.
    pub fn new(message: T) -> Result<Self, Violations> {
        let warnings = message.violations();
        if warnings.has_errors() {
            return Err(warnings);
        }
        Ok(Self { message, warnings })
    }
}

impl<T> Valid<T> {
    /// Takes a message as valid without a check: for the day when a rule is wrong and the message
    /// is right. Whoever writes this line answers for it.
    pub fn assume_valid(message: T) -> Self {
        Self {
            message,
            warnings: Violations::new(),
        }
    }

    /// The rules of severity warning that the message breaks.
    pub fn warnings(&self) -> &Violations {
        &self.warnings
    }

    /// The message, without the proof.
    pub fn into_inner(self) -> T {
        self.message
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.message
    }
}

impl<T: fmt::Debug> fmt::Debug for Valid<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Valid").field(&self.message).finish()
    }
}
