//! `payspec validate`: checks messages against the spec, without compiling anything.

mod lines;
mod report;
mod traffic;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use self::lines::{LIMIT, Line, next_line};
use self::report::{Checked, Report, Totals};
use super::failure::Failure;
use super::output::{Output, tell};
use super::{Outcome, args, find_operation};
use payspec_model::check::Checker;
use payspec_model::model::{Model, Operation, Side};
use payspec_runtime::json::{Node, wide_encoding};

pub(super) fn run(
    model: &Model,
    args: &args::Validate,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let (Some(id), Some(side)) = (&args.operation, args.side) else {
        return traffic::run(model, args, out);
    };
    let (api, operation) = find_operation(model, id)?;
    let Some(checker) = Checker::new(api, operation, side) else {
        return Err(Failure::Usage(format!(
            "no source describes the {side} of `{}`",
            operation.id
        )));
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
    let mut job = Job {
        request,
        model,
        operation,
        side,
        checker,
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
        match job.file(file, args.lines) {
            Ok(()) => {}
            // The earlier messages are reported already; the other files are still worth reading.
            Err(failure @ Failure::File { .. }) => {
                unread = true;
                tell(failure);
            }
            Err(other) => return Err(other),
        }
    }
    job.finish(args.lines)?;
    Ok(match (unread, job.totals.invalid) {
        (true, _) => Outcome::Unread,
        (false, 0) => Outcome::Fine,
        (false, _) => Outcome::Findings,
    })
}

struct Job<'a> {
    /// The request that the messages belong to.
    request: Option<Node<'a>>,
    model: &'a Model,
    operation: &'a Operation,
    side: Side,
    checker: Checker<'a>,
    out: &'a mut Output,
    totals: Totals,
}

impl Job<'_> {
    fn file(&mut self, path: &Path, lines: bool) -> Result<(), Failure> {
        if path.as_os_str() == "-" {
            return self.stream(path, "<stdin>", io::stdin().lock(), lines);
        }
        let file = File::open(path).map_err(Failure::of(path))?;
        let name = path.display().to_string();
        self.stream(path, &name, BufReader::with_capacity(1 << 16, file), lines)
    }

    fn stream(
        &mut self,
        path: &Path,
        name: &str,
        stream: impl BufRead,
        lines: bool,
    ) -> Result<(), Failure> {
        if lines {
            self.lines(path, name, stream)
        } else {
            self.whole(path, name, stream)
        }
    }

    fn whole(&mut self, path: &Path, name: &str, stream: impl BufRead) -> Result<(), Failure> {
        let mut message = Vec::new();
        stream
            .take(LIMIT as u64 + 1)
            .read_to_end(&mut message)
            .map_err(Failure::of(path))?;
        if message.len() > LIMIT {
            let error = io::Error::other(TOO_LONG);
            return Err(Failure::File {
                path: path.to_owned(),
                error,
            });
        }
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
        let assessed = match &self.request {
            Some(request) => self.checker.assess_against(json, request),
            None => self.checker.assess(json),
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

    fn finish(&mut self, lines: bool) -> Result<(), Failure> {
        if lines && !self.out.is_json() {
            self.totals.write(self.out)?;
        }
        Ok(())
    }
}

/// The error for a message that is too long to be read.
const TOO_LONG: &str = "longer than 8 MiB";
