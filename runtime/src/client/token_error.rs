//! The reasons why no token could be fetched.

use super::sign_error::SignError;
use core::fmt;
use http::StatusCode;

/// No token could be fetched, so the request that needs it was not sent. The error never holds a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenError {
    operation: &'static str,
    problem: TokenProblem,
}

/// The reason why no token could be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenProblem {
    /// No answer came.
    Transport(String),
    /// The answer has this HTTP status.
    HttpStatus(u16),
    /// The answer has no token, or one that a header cannot carry.
    Unreadable,
    /// The request for a token could not be made.
    Request(SignError),
}

impl TokenError {
    pub(super) fn new(operation: &'static str, problem: TokenProblem) -> Self {
        Self { operation, problem }
    }

    /// Returns the operation that hands out tokens.
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// Returns the reason.
    pub fn problem(&self) -> &TokenProblem {
        &self.problem
    }

    /// Returns whether another attempt would fail, too: the provider refuses the request for a token, or it cannot be
    /// made.
    pub fn is_lasting(&self) -> bool {
        match &self.problem {
            TokenProblem::Transport(_) | TokenProblem::Unreadable => false,
            TokenProblem::HttpStatus(status) => {
                let is_busy = *status == StatusCode::REQUEST_TIMEOUT
                    || *status == StatusCode::TOO_MANY_REQUESTS;
                (400..500).contains(status) && !is_busy
            }
            TokenProblem::Request(_) => true,
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, problem } = self;
        write!(f, "no token from `{operation}`: ")?;
        match problem {
            TokenProblem::Transport(why) => f.write_str(why),
            TokenProblem::HttpStatus(status) => {
                write!(f, "the answer has the HTTP status {status}")
            }
            TokenProblem::Unreadable => {
                f.write_str("the answer has no token that a header can carry")
            }
            TokenProblem::Request(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for TokenError {}
