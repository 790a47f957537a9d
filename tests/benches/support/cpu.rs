//! Processor time of this process, from `/proc`: Linux only.

use std::time::Duration;
use std::{fs, io};

/// The unit in which the kernel counts processor time.
const TICK: Duration = Duration::from_millis(10);

/// Returns the processor time of all threads of this process, ended ones included.
pub(crate) fn cpu_time() -> io::Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name of the program stands in parentheses and may hold spaces.
    let rest = stat.rsplit(')').next().unwrap_or_default();
    let ticks = rest.split_whitespace().skip(11).take(2);
    let ticks: Result<Vec<u32>, _> = ticks.map(str::parse).collect();
    match ticks.as_deref() {
        Ok([user, system]) => Ok(TICK * (user + system)),
        _ => Err(io::Error::other("no time in /proc/self/stat")),
    }
}
