//! What the diff says of a change, held against what is not of its making: messages, the compiler,
//! and a reader's eyes.

mod algebra;
mod compiler;
mod generated;
mod pairs;
mod replay;
mod sarif;
mod verdicts;
