//! Traits, wire types and rules that payspec's derives and generated code name.

mod vocabulary;

pub use vocabulary::{NextStep, Resend, RuleId, Severity, Side, StatusClass};
