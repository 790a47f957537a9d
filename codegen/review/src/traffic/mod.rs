//! Judges recorded messages by one spec, or by two.
//!
//! Files of any size are read in constant memory, in blocks of whole records ([`Input`]). All cores
//! judge blocks, and their counts are merged in the order of the input, so that the result does not
//! depend on the number or the speed of threads. No value of a message is kept: samples are places
//! and masked values.

mod block;
mod body;
mod change;
mod count;
mod har;
mod input;
mod locate;
mod mask;
mod message;
mod problem;
mod routes;
mod run;
mod survey;
mod undocumented;
mod unwrap;
mod watch;

pub use change::{Held, hold};
pub use input::Input;
pub use survey::{Broken, OperationSurvey, Survey, Undocumented, UndocumentedKind, survey};

use std::num::NonZeroUsize;
use std::thread;

/// Returns the number of cores, for one thread each.
pub fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}
