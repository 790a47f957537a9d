//! The `payspec` command as its users see it: output and exit codes.

#[path = "cli/support.rs"]
mod support;

#[path = "cli/approvals.rs"]
mod approvals;
#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/changelog.rs"]
mod changelog;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/doctor/mod.rs"]
mod doctor;
#[path = "cli/drift.rs"]
mod drift;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/gateway/mod.rs"]
mod gateway;
#[path = "cli/life.rs"]
mod life;
#[path = "cli/mock.rs"]
mod mock;
#[path = "cli/mock_process.rs"]
mod mock_process;
#[path = "cli/page.rs"]
mod page;
#[path = "cli/report.rs"]
mod report;
#[path = "cli/review.rs"]
mod review;
#[path = "cli/sign.rs"]
mod sign;
#[path = "cli/starter.rs"]
mod starter;
#[path = "cli/traffic/mod.rs"]
mod traffic;
#[path = "cli/validate.rs"]
mod validate;
#[cfg(unix)]
#[path = "cli/workflow.rs"]
mod workflow;
