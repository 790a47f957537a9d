//! The output of a command: data goes to stdout, everything else to stderr.

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::sync::OnceLock;

use anstream::AutoStream;
use clap::builder::styling::{AnsiColor, Style};
use serde::Serialize;

use super::args::{Color, Format, Global};
use super::progress;
pub(super) use payspec_report::plain;

/// Standard output in the chosen format and colours.
pub(super) struct Output {
    stdout: BufWriter<AutoStream<io::StdoutLock<'static>>>,
    choice: anstream::ColorChoice,
    /// The chosen format.
    pub(super) format: Format,
}

impl Output {
    pub(super) fn new(format: Format, color: Color) -> Self {
        let choice = match color {
            Color::Auto => AutoStream::choice(&io::stdout()),
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        let stdout = BufWriter::new(AutoStream::new(io::stdout().lock(), choice));
        Output {
            stdout,
            choice,
            format,
        }
    }

    pub(super) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Returns whether stdout takes colours.
    pub(super) fn is_coloured(&self) -> bool {
        self.choice != anstream::ColorChoice::Never
    }

    /// Writes a value as one JSON document over several lines.
    pub(super) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        progress::end();
        serde_json::to_writer_pretty(&mut self.stdout, value)?;
        writeln!(self.stdout)
    }

    /// Writes a value as JSON on one line.
    pub(super) fn json_line(&mut self, value: &impl Serialize) -> io::Result<()> {
        progress::end();
        serde_json::to_writer(&mut self.stdout, value)?;
        writeln!(self.stdout)
    }
}

impl Output {
    /// Writes a unified diff.
    pub(super) fn diff(&mut self, diff: &str) -> io::Result<()> {
        for line in diff.lines() {
            match line.as_bytes().first() {
                Some(b'+') => writeln!(self, "{}", green(line))?,
                Some(b'-') => writeln!(self, "{}", red(line))?,
                Some(b'@') => writeln!(self, "{}", dim(line))?,
                _ => writeln!(self, "{line}")?,
            }
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        progress::end();
        self.stdout.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

/// The amount of text besides data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

static VERBOSITY: OnceLock<Verbosity> = OnceLock::new();

/// Takes over `--quiet` and `--verbose`, before the command runs.
pub(super) fn set_verbosity(global: &Global) {
    let verbosity = match (global.quiet, global.verbose) {
        (true, _) => Verbosity::Quiet,
        (false, true) => Verbosity::Verbose,
        (false, false) => Verbosity::Normal,
    };
    // The first call wins; there is only one.
    let _ = VERBOSITY.set(verbosity);
}

fn verbosity() -> Verbosity {
    VERBOSITY.get().copied().unwrap_or(Verbosity::Normal)
}

/// Returns whether only data, findings and errors are wanted.
pub(super) fn is_quiet() -> bool {
    verbosity() == Verbosity::Quiet
}

/// Writes a hint or a progress note to stderr, unless `--quiet` is set.
pub(super) fn note(text: impl fmt::Display) {
    if !is_quiet() {
        tell(text);
    }
}

/// Writes a detail to stderr if `--verbose` is set.
pub(super) fn detail(text: impl fmt::Display) {
    if verbosity() == Verbosity::Verbose {
        tell(text);
    }
}

/// Writes an error to stderr. Errors of stderr are ignored: there is no other channel to report them.
pub(super) fn tell(text: impl fmt::Display) {
    progress::end();
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// A styled text; the stream drops the style where colours are not wanted.
pub(super) struct Styled<T>(Style, T);

impl<T: fmt::Display> fmt::Display for Styled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.0.render(), self.1, self.0.render_reset())
    }
}

/// Styles names and headings.
pub(super) fn bold<T>(text: T) -> Styled<T> {
    Styled(Style::new().bold(), text)
}

/// Styles less important text.
pub(super) fn dim<T>(text: T) -> Styled<T> {
    Styled(Style::new().dimmed(), text)
}

/// Styles errors and failures.
pub(super) fn red<T>(text: T) -> Styled<T> {
    Styled(AnsiColor::Red.on_default().bold(), text)
}

/// Styles warnings and pending states.
pub(super) fn yellow<T>(text: T) -> Styled<T> {
    Styled(AnsiColor::Yellow.on_default().bold(), text)
}

/// Styles success.
pub(super) fn green<T>(text: T) -> Styled<T> {
    Styled(AnsiColor::Green.on_default().bold(), text)
}
