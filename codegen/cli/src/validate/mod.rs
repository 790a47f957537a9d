//! `payspec validate`: checks messages against the spec, without compiling anything.

mod guess;
mod lines;
mod report;
mod traffic;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use self::guess::Kind;
use self::lines::{LIMIT, Line, next_line};
use self::report::{Checked, Report, Totals};
use super::failure::Failure;
use super::output::{Output, note, plain, tell};
use super::{Outcome, args, find_operation};
use payspec_model::check::Checker;
use payspec_model::model::{Model, Operation, Side};
use payspec_runtime::json::{Node, wide_encoding};

pub(super) fn run(
    model: &Model,
    args: &args::Validate,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    if !args.traffic.is_empty() {
        return traffic::run(model, args, out);
    }
    let kind = match (&args.operation, args.side) {
        (Some(id), Some(side)) => {
            let (api, operation) = find_operation(model, id)?;
            Some(Kind {
                api,
                operation,
                side,
            })
        }
        (Some(id), None) => find_operation(model, id).map(|_| None)?,
        (None, _) => None,
    };
    let request = match &args.request {
        Some(path) => Some(std::fs::read(path).map_err(Failure::of(path))?),
        None => None,
    };
    let request = match (&args.request, &request) {
        (Some(path), Some(bytes)) => Some(Node::from_slice(bytes).map_err(|error| {
            let (path, line, column) = (path.display(), error.line(), error.column());
            let why = error.reason();
            Failure::Usage(format!(
                "{path}:{line}:{column}: the request is not JSON: {why}"
            ))
        })?),
        (_, _) => None,
    };
    let mut run = Run {
        request,
        model,
        args,
        out,
        totals: Totals::default(),
    };
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() {
        &stdin[..]
    } else {
        &args.files
    };
    let mut unread = false;
    for file in files {
        match run.file(file, kind) {
            Ok(()) => {}
            // The earlier messages are reported already; the other files are still worth reading.
            Err(failure @ Failure::File { .. }) => {
                unread = true;
                tell(failure);
            }
            Err(other) => return Err(other),
        }
    }
    run.finish()?;
    Ok(match (unread, run.totals.invalid) {
        (true, _) => Outcome::Unread,
        (false, 0) => Outcome::Fine,
        (false, _) => Outcome::Findings,
    })
}

/// A run over the files of the command line.
struct Run<'a> {
    /// The request that the messages belong to.
    request: Option<Node<'a>>,
    model: &'a Model,
    args: &'a args::Validate,
    out: &'a mut Output,
    totals: Totals,
}

impl<'a> Run<'a> {
    /// Checks the messages of a file; without a kind, that of its first message is found out.
    fn file(&mut self, path: &Path, kind: Option<Kind<'a>>) -> Result<(), Failure> {
        if path.as_os_str() == "-" {
            return self.stream(path, "<stdin>", io::stdin().lock(), kind);
        }
        let file = File::open(path).map_err(Failure::of(path))?;
        let name = path.display().to_string();
        self.stream(path, &name, BufReader::with_capacity(1 << 16, file), kind)
    }

    fn stream(
        &mut self,
        path: &Path,
        name: &str,
        mut stream: impl BufRead,
        kind: Option<Kind<'a>>,
    ) -> Result<(), Failure> {
        if let Some(kind) = kind {
            return self.job(kind)?.stream(path, name, stream);
        }
        let mut start = Vec::new();
        if self.args.lines {
            let long = next_line(&mut stream, &mut start, LIMIT).map_err(Failure::of(path))?;
            if long == Line::End {
                return Ok(());
            }
        } else {
            read_whole(path, &mut stream, &mut start)?;
        }
        let args::Validate {
            operation, side, ..
        } = self.args;
        let kind = guess::kind(self.model, name, &start, operation.as_deref(), *side)?;
        note(format_args!(
            "{name}: {} {} (found by its fields; to choose, pass `{}`)",
            plain(&kind.operation.id),
            kind.side,
            kind.options()
        ));
        if self.args.lines {
            start.push(b'\n');
        }
        let whole = Cursor::new(start).chain(stream);
        self.job(kind)?.stream(path, name, whole)
    }

    fn job(&mut self, kind: Kind<'a>) -> Result<Job<'_, 'a>, Failure> {
        let Kind {
            api,
            operation,
            side,
        } = kind;
        let Some(checker) = Checker::new(api, operation, side) else {
            return Err(Failure::Usage(format!(
                "no source describes the {side} of `{}`",
                operation.id
            )));
        };
        let http_status = self.http_status(operation, side)?;
        Ok(Job {
            http_status,
            request: self.request.as_ref(),
            model: self.model,
            operation,
            side,
            checker,
            by_line: self.args.lines,
            out: self.out,
            totals: &mut self.totals,
        })
    }

    /// Returns the HTTP status of the messages, if it judges them.
    fn http_status(&self, operation: &Operation, side: Side) -> Result<Option<u16>, Failure> {
        let result = operation.result.as_ref();
        let is_judged = side == Side::Response && result.is_some_and(|it| it.is_by_http_status());
        match (is_judged, self.args.status) {
            (true, None) => Err(Failure::Usage(format!(
                "the HTTP status decides an answer of `{}`: pass it with `--status`",
                operation.id
            ))),
            (false, Some(_)) => Err(Failure::Usage(format!(
                "no HTTP status decides a {side} of `{}`: leave `--status` out",
                operation.id
            ))),
            (true | false, status) => Ok(status),
        }
    }

    fn finish(&mut self) -> Result<(), Failure> {
        if self.args.lines && !self.out.is_json() {
            self.totals.write(self.out)?;
        }
        Ok(())
    }
}

/// Reads a whole message into the buffer.
fn read_whole(path: &Path, stream: impl BufRead, message: &mut Vec<u8>) -> Result<(), Failure> {
    let mut stream = stream.take(LIMIT as u64 + 1);
    stream.read_to_end(message).map_err(Failure::of(path))?;
    if message.len() > LIMIT {
        let error = io::Error::other(TOO_LONG);
        return Err(Failure::File {
            path: path.to_owned(),
            error,
        });
    }
    Ok(())
}

/// The messages of one file.
struct Job<'a, 'm> {
    /// The HTTP status of the messages.
    http_status: Option<u16>,
    /// The request that the messages belong to.
    request: Option<&'a Node<'m>>,
    model: &'m Model,
    operation: &'m Operation,
    side: Side,
    checker: Checker<'m>,
    /// True if each line is a message.
    by_line: bool,
    out: &'a mut Output,
    totals: &'a mut Totals,
}

impl Job<'_, '_> {
    fn stream(&mut self, path: &Path, name: &str, stream: impl BufRead) -> Result<(), Failure> {
        if self.by_line {
            return self.lines(path, name, stream);
        }
        let mut message = Vec::new();
        read_whole(path, stream, &mut message)?;
        self.message(name, None, &message)
    }

    fn lines(&mut self, path: &Path, name: &str, mut stream: impl BufRead) -> Result<(), Failure> {
        // In UTF-16 or UTF-32 the byte of a line break does not end a line.
        let start = stream.fill_buf().map_err(Failure::of(path))?;
        if wide_encoding(start).is_some() {
            let start = start.to_vec();
            return self.message(name, None, &start);
        }
        let mut buffer = Vec::new();
        let mut number = 0;
        loop {
            number += 1;
            match next_line(&mut stream, &mut buffer, LIMIT).map_err(Failure::of(path))? {
                Line::End => return Ok(()),
                Line::Read if buffer.iter().all(u8::is_ascii_whitespace) => {}
                Line::Read => self.message(name, Some(number), &buffer)?,
                Line::TooLong => self.report(name, Some(number), Checked::TooLong)?,
            }
        }
    }

    fn message(&mut self, name: &str, line: Option<usize>, json: &[u8]) -> Result<(), Failure> {
        let assessed = match self.request {
            Some(request) => self.checker.assess_against(json, request, self.http_status),
            None => self.checker.assess(json, self.http_status),
        };
        let checked = match assessed {
            Ok((findings, verdict)) => Checked::Message { findings, verdict },
            Err(error) => Checked::NotJson(error),
        };
        self.report(name, line, checked)
    }

    fn report(
        &mut self,
        file: &str,
        line: Option<usize>,
        checked: Checked<'_>,
    ) -> Result<(), Failure> {
        let (model, operation, side) = (self.model, self.operation, self.side);
        let report = Report {
            model,
            operation,
            side,
            file,
            line,
            checked: &checked,
        };
        self.totals.count(&report);
        if self.out.is_json() {
            self.out.json_line(&report.fact())?;
        } else {
            report.write(self.out)?;
        }
        Ok(())
    }
}

/// The error for a message that is too long to be read.
const TOO_LONG: &str = "longer than 8 MiB";
