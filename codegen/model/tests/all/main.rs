//! The message checker, alone and against the walk over static tables.

mod agreement;
mod check;
mod http_status;
mod nested_splits;
mod shared_results;
mod spec;
