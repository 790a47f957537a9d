//! The tests that cross crates, all in one binary: each further binary links every crate once more.
//!
//! `tests/operations` is a binary of its own, because `allocation_counter` replaces the allocator of its process, and
//! the explorer would take about a tenth longer. Nothing else needs its own process: `client::traces` sets the
//! subscriber of the process, but takes notes only for the thread that listens; `trybuild` compiles in other
//! processes; no test sets a panic hook, an environment variable or the current directory.

mod answers_by_status;
mod cases;
mod client;
mod client_ui;
mod derive_behaviour;
mod diagnostics;
mod diff;
mod downstream;
mod exports;
mod flow_life;
mod flow_proofs;
mod generated;
mod life;
mod loader_survives;
mod no_panic;
mod pay_once;
mod providers;
mod random_specs;
mod request_forms;
mod request_parts;
mod resend;
mod scenarios;
mod spec_format;
mod spec_schema;
mod status_answers;
mod url_profile;
