//! Checking typed messages, and the proof that one was checked.

use crate::{Message, Violations};
use core::fmt;
use core::ops::Deref;

/// Checks a message against the rules of its schema.
///
/// Implemented for every [`Message`].
pub trait Validate {
    /// Returns all violations, warnings included, in the order of the schema. Allocates nothing if
    /// there are none.
    fn violations(&self) -> Violations;

    /// Returns the violations of an answer with this HTTP status. Where the answers of an operation differ by HTTP
    /// status, it must have the fields that the one of its status requires, and other fields than those of its own are
    /// not checked. Of an answer that is not described nothing is checked.
    fn violations_of_answer(&self, http_status: u16) -> Violations;

    /// Checks the message, and fails if one violation is an error.
    ///
    /// # Errors
    ///
    /// When at least one violation is an error. The error contains the warnings as well.
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

    fn violations_of_answer(&self, http_status: u16) -> Violations {
        crate::walk::violations_of_answer(self, http_status)
    }
}

/// A message that has passed [`Validate::validate`]. A client only sends such messages.
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
    /// When it violates a rule of severity error.
    pub fn new(message: T) -> Result<Self, Violations> {
        let warnings = message.violations();
        if warnings.has_errors() {
            return Err(warnings);
        }
        Ok(Self { message, warnings })
    }
}

impl<T> Valid<T> {
    /// Accepts a message without a check, for the case that a rule is wrong and the message is right.
    /// The caller is responsible for it.
    pub fn assume_valid(message: T) -> Self {
        Self {
            message,
            warnings: Violations::new(),
        }
    }

    /// Returns the violations of severity warning.
    pub fn warnings(&self) -> &Violations {
        &self.warnings
    }

    /// Returns the message, without the proof.
    pub fn into_inner(self) -> T {
        self.message
    }
}

/// A message that a client can send: a [`Valid`] one, and nothing else.
///
/// The methods of generated clients take it in place of `Valid<T>`, so that the compiler can say how to
/// make one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a validated `{T}`",
    label = "expected `Valid<{T}>`",
    note = "call `.build()` on its builder, or check a message with `Valid::new(message)`",
    note = "a request that is in doubt is not made anew: resend it, or resolve it"
)]
pub trait Validated<T>: sealed::Sealed {
    /// Returns the message with its proof.
    fn into_valid(self) -> Valid<T>;
}

impl<T> Validated<T> for Valid<T> {
    fn into_valid(self) -> Valid<T> {
        self
    }
}

mod sealed {
    pub trait Sealed {}
    impl<T> Sealed for super::Valid<T> {}
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
