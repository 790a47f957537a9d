use payspec_runtime::Direction;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

use super::Caller;

/// One of the two bodies of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The body that the caller sends.
    Request,
    /// The body that the caller receives.
    Response,
}

impl Side {
    /// Both sides.
    pub const ALL: &'static [Side] = &[Side::Request, Side::Response];

    /// Returns the word for it in specs and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Side::Request => "request",
            Side::Response => "response",
        }
    }

    /// Returns the words before the name of an operation: the request of it, or the answer to it.
    pub const fn of_operation(self) -> &'static str {
        match self {
            Side::Request => "request of",
            Side::Response => "answer to",
        }
    }

    /// Returns the side for this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|side| side.as_str() == word)
    }

    /// Returns the direction of this body for the merchant, with this caller.
    pub const fn direction(self, caller: Caller) -> Direction {
        match (self, caller) {
            (Side::Request, Caller::Merchant) | (Side::Response, Caller::Provider) => {
                Direction::Outgoing
            }
            (Side::Response, Caller::Merchant) | (Side::Request, Caller::Provider) => {
                Direction::Incoming
            }
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
