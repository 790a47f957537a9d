//! Events while the mock gateway runs: what it logs, and the signals that stop the process.

use std::sync::mpsc;

use payspec_mock::LogEntry;

use crate::failure::Failure;

/// An event while the gateway runs.
pub(super) enum Event {
    /// The gateway logged an exchange or a notification.
    Logged(Box<LogEntry>),
    /// The process was asked to stop.
    Stop,
}

/// Returns the events from now on: log entries, and the request to stop.
pub(super) fn events(records: mpsc::Receiver<LogEntry>) -> Result<mpsc::Receiver<Event>, Failure> {
    let (to, events) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    // Install the signal handlers before anyone can send a signal.
    let stop = {
        let _inside = runtime.enter();
        Stop::new()?
    };
    let also_to = to.clone();
    std::thread::spawn(move || {
        runtime.block_on(stop.asked());
        // The receiver may be gone.
        let _ = also_to.send(Event::Stop);
    });
    std::thread::spawn(move || {
        for record in records {
            if to.send(Event::Logged(Box::new(record))).is_err() {
                return;
            }
        }
    });
    Ok(events)
}

/// The signals that stop the process.
#[cfg(unix)]
struct Stop([tokio::signal::unix::Signal; 2]);

#[cfg(unix)]
impl Stop {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Stop([
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
        ]))
    }

    async fn asked(self) {
        let [mut interrupt, mut terminate] = self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// The signal that stops the process.
#[cfg(not(unix))]
struct Stop;

#[cfg(not(unix))]
impl Stop {
    fn new() -> std::io::Result<Self> {
        Ok(Stop)
    }

    async fn asked(self) {
        // If the signal cannot be received, the process stops at once.
        let _ = tokio::signal::ctrl_c().await;
    }
}
