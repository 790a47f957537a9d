//! Findings of the diff, compared with independent witnesses: messages, the compiler,
//! and a reader's eyes.

mod algebra;
mod answers;
mod compiler;
mod generated;
mod mutation;
mod pairs;
mod replay;
mod sarif;
mod verdicts;
