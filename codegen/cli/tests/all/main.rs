//! The `payspec` command as its users see it: output and exit codes.

mod support;

mod approvals;
mod bad_input;
mod bad_input_matrix;
mod changelog;
mod commands;
mod diff;
#[cfg(unix)]
mod docs;
mod doctor;
mod drift;
mod explain;
mod export;
mod gateway;
mod habits;
mod life;
mod mock;
mod mock_page;
mod mock_process;
mod page;
mod profile;
mod project;
mod reference_site;
mod report;
mod requests;
mod review;
mod revisions;
mod sign;
mod signed_identifier;
mod starter;
mod traffic;
mod validate;
#[cfg(unix)]
mod workflow;
