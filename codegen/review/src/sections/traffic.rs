//! The judgement of recorded messages: the ones that the change refuses, and the findings they
//! touch.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use payspec_model::model::Side;

/// Recorded messages, judged by both specs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Traffic {
    /// The number of judged messages.
    pub judged: u64,
    /// The number of lines, entries and messages that could not be judged.
    pub(crate) not_judged: u64,
    /// The number of messages that the old spec accepts and the new one refuses.
    pub(crate) refused: u64,
    /// The number of messages that the old spec refuses and the new one accepts.
    pub(crate) accepted: u64,
    /// The number of messages that both refuse.
    pub(crate) refused_by_both: u64,
    /// The number of messages that the specs decide differently: another outcome, or another class
    /// of it.
    pub(crate) decided_differently: u64,
    /// The same for each operation and side that has messages.
    pub(crate) operations: Vec<OperationTraffic>,
    /// The rules that refuse messages only after the change, the most frequent first.
    pub(crate) refusals: Vec<Refusals>,
    /// The rules that refused messages only before the change, the most frequent first.
    pub(crate) acceptances: Vec<Refusals>,
    /// The decisions that differ, the most frequent first.
    pub(crate) decisions: Vec<Redecided>,
    /// The records that could not be judged.
    pub(crate) problems: Vec<Unjudged>,
    /// The number of messages with further reasons, which are too many to list.
    pub(crate) omitted: u64,
}

/// The messages of one side of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct OperationTraffic {
    /// The operation.
    pub(crate) operation: String,
    /// The body.
    pub(crate) side: Side,
    /// The number of judged messages.
    pub(crate) judged: u64,
    /// The number of messages that the old spec accepts and the new one refuses.
    pub(crate) refused: u64,
    /// The number of messages that the old spec refuses and the new one accepts.
    pub(crate) accepted: u64,
    /// The number of messages that both refuse.
    pub(crate) refused_by_both: u64,
    /// The number of messages that the specs decide differently.
    pub(crate) decided_differently: u64,
}

/// Messages that one rule refuses at one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Refusals {
    /// The operation.
    pub(crate) operation: String,
    /// The body.
    pub(crate) side: Side,
    /// JSON Pointer of the field, with `*` for each element of a list; empty for the message.
    pub(crate) path: String,
    /// The rule; `body` if the spec does not have such a message at all.
    pub(crate) rule: &'static str,
    /// The number of messages.
    pub(crate) messages: u64,
    /// Their share of all messages that were judged, from 0 to 1.
    pub(crate) share: Share,
    /// The expectation of the rule, in words.
    pub(crate) expected: String,
    /// `file:line` of the rule; absent if the spec does not have such a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) spec: Option<String>,
    /// The first of them.
    pub(crate) samples: Vec<Sample>,
}

/// Messages that the specs decide differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Redecided {
    /// The operation.
    pub(crate) operation: String,
    /// The body.
    pub(crate) side: Side,
    /// The outcome by the old spec.
    pub(crate) old: String,
    /// The outcome by the new spec.
    pub(crate) new: String,
    /// The number of messages.
    pub(crate) messages: u64,
    /// Their share of all messages that were judged, from 0 to 1.
    pub(crate) share: Share,
    /// The first of them.
    pub(crate) samples: Vec<Sample>,
}

/// Records that could not be judged, for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unjudged {
    /// The reason.
    pub reason: String,
    /// The number of lines, entries, messages or files.
    pub count: u64,
    /// The places of the first of them: `file`, `file:line` or `file:line:column`.
    pub places: Vec<String>,
}

/// A recorded message as an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sample {
    /// The file.
    pub(crate) file: String,
    /// The line, from 1: of the message, or of the entry that holds it.
    pub(crate) line: u64,
    /// The value there, masked: letters as `a` or `A`, digits as `9`; absent if a value adds
    /// nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
}

/// A share of messages, from 0 to 1; kept in parts of a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
pub struct Share(#[schemars(with = "f64")] u32);

impl Share {
    /// Returns the share of `part` in `whole`.
    pub(crate) fn of(part: u64, whole: u64) -> Self {
        let whole = u128::from(whole.max(1));
        let share = (u128::from(part) * MILLION + whole / 2) / whole;
        Share(u32::try_from(share).unwrap_or(u32::MAX))
    }
}

const MILLION: u128 = 1_000_000;

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(f64::from(self.0) / MILLION as f64)
    }
}

impl std::fmt::Display for Share {
    /// Writes `12.5 %`; a share above zero is never written as `0 %`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            share if share < 100 => f.write_str("under 0.01 %"),
            share => {
                let hundredths = (share + 50) / 100;
                let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
                let text = text.trim_end_matches('0').trim_end_matches('.');
                write!(f, "{text} %")
            }
        }
    }
}

impl std::fmt::Display for Sample {
    /// Writes `file:line value`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        match &self.value {
            Some(value) => write!(f, " {value}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn shares() {
        for (part, whole, shown) in [
            (1, 1, "100 %"),
            (1, 3, "33.33 %"),
            (1, 8, "12.5 %"),
            (1, 10_000, "0.01 %"),
            (1, 1_000_000_000, "under 0.01 %"),
        ] {
            assert_eq!(Share::of(part, whole).to_string(), shown);
        }
        let share = serde_json::to_string(&Share::of(1, 8)).expect("a number");
        assert_eq!(share, "0.125");
    }
}
