//! A line on the terminal that says what takes long, and for how long.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::args::Command;

/// A command that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(2);
/// Time between two updates of the line.
const STEP: Duration = Duration::from_millis(500);

static SHOWN: Mutex<Option<Progress>> = Mutex::new(None);

/// Shows from now on what the command does, on a terminal, unless the command waits for others.
pub(super) fn begin(command: &Command) {
    let Some(doing) = doing(command) else { return };
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if is_dumb || !io::stderr().is_terminal() {
        return;
    }
    let progress = Progress::start(doing, io::stderr(), PATIENCE, STEP);
    *SHOWN.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
}

/// Takes the line away, because other output begins.
pub(super) fn end() {
    let shown = SHOWN.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(progress) = shown {
        progress.stop();
    }
}

/// Returns what a command does in words; [`None`] for a command that is quick or waits for others.
fn doing(command: &Command) -> Option<&'static str> {
    match command {
        Command::Check(_) => Some("checking the spec"),
        Command::Generate(_) => Some("generating"),
        Command::Coverage(_) => Some("counting"),
        Command::Diff(_) | Command::Changelog(_) => Some("comparing the specs"),
        Command::Drift(_) => Some("comparing the page with the spec"),
        Command::Page(_) => Some("reading the page"),
        Command::Validate(args) if !args.traffic.is_empty() => Some("checking the messages"),
        Command::Validate(_)
        | Command::Results(_)
        | Command::Explain(_)
        | Command::Export(_)
        | Command::Docs(_)
        | Command::Mock(_)
        | Command::Schema(_)
        | Command::Sign(_)
        | Command::Verify(_)
        | Command::Doctor(_)
        | Command::Init(_)
        | Command::Completions(_)
        | Command::Man(_)
        | Command::Help(_) => None,
    }
}

/// A line that is kept up to date by a thread.
struct Progress {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Progress {
    fn start(
        doing: &'static str,
        mut terminal: impl Write + Send + 'static,
        patience: Duration,
        step: Duration,
    ) -> Self {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || {
            let begun = Instant::now();
            let mut width = 0;
            let mut wait = patience;
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let text = format!("{doing}, {} s", begun.elapsed().as_secs());
                width = text.len();
                // A terminal that is gone needs no line.
                let _ = write!(terminal, "\r{text}").and_then(|()| terminal.flush());
                wait = step;
            }
            if width > 0 {
                let _ = write!(terminal, "\r{:width$}\r", "").and_then(|()| terminal.flush());
            }
        });
        Progress { stop, thread }
    }

    fn stop(self) {
        drop(self.stop);
        // It only writes to the terminal.
        let _ = self.thread.join();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[derive(Clone, Default)]
    struct Terminal(Arc<Mutex<Vec<u8>>>);

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn shown(patience: Duration, work: Duration) -> String {
        let terminal = Terminal::default();
        let step = Duration::from_millis(5);
        let progress = Progress::start("counting", terminal.clone(), patience, step);
        thread::sleep(work);
        progress.stop();
        let bytes = terminal.0.lock().expect("no panic").clone();
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn quick_work_shows_nothing() {
        assert_eq!(shown(Duration::from_secs(60), Duration::ZERO), "");
    }

    #[test]
    fn the_line_is_taken_away() {
        let text = shown(Duration::from_millis(1), Duration::from_millis(200));
        let blank = format!("\r{}\r", " ".repeat("counting, 0 s".len()));
        assert!(text.starts_with("\rcounting, 0 s\r"), "{text:?}");
        assert!(text.ends_with(&blank), "{text:?}");
    }
}
