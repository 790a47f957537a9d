use payspec_runtime::Direction;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

use super::Caller;

/// Which of the two bodies of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What the caller sends.
    Request,
    /// What the caller gets back.
    Response,
}

impl Side {
    /// Both of them.
    pub const ALL: &'static [Side] = &[Side::Request, Side::Response];

    /// The word for it, as it stands in specs and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Side::Request => "request",
            Side::Response => "response",
        }
    }

    /// The one that this word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|side| side.as_str() == word)
    }

    /// Returns which way this body goes for the merchant, when this one calls.
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
