//! `payspec validate --traffic`: counts violations in recorded messages, and names that the spec does not know.

use std::io::{self, Write};

use crate::failure::Failure;
use crate::output::{Output, bold, dim, plain, red, yellow};
use crate::traffic::tell_unread;
use crate::{Outcome, args};
use payspec_model::counted;
use payspec_model::model::{Model, Severity};
use payspec_review::sections::traffic::{Sample, Share, Unjudged};
use payspec_review::traffic::{self, Broken, Input, Survey, Undocumented};

pub(super) fn run(
    model: &Model,
    args: &args::Validate,
    out: &mut Output,
) -> Result<Outcome, Failure> {
    let input = Input::new(&args.traffic);
    let threads = args.threads.unwrap_or_else(traffic::all_cores);
    let survey = traffic::survey(model, &input, threads);
    if out.is_json() {
        out.json(&survey)?;
    } else {
        write(&survey, out)?;
    }
    Ok(match tell_unread(&survey.unread, survey.judged) {
        Outcome::Unread => Outcome::Unread,
        Outcome::Fine | Outcome::Findings => {
            Outcome::fine_if(survey.invalid == 0 && survey.undocumented.is_empty())
        }
    })
}

fn write(survey: &Survey, out: &mut Output) -> io::Result<()> {
    let messages = counted(as_count(survey.judged), "message");
    writeln!(out, "{}, {} invalid", bold(messages), survey.invalid)?;
    for one in &survey.operations {
        writeln!(
            out,
            "  {} {}: {}, {} invalid",
            plain(&one.operation),
            one.side,
            one.judged,
            one.invalid
        )?;
    }
    if !survey.undocumented.is_empty() {
        writeln!(out, "\n{}", bold("Not in the spec"))?;
    }
    for one in &survey.undocumented {
        undocumented(one, out)?;
    }
    if !survey.violations.is_empty() {
        writeln!(out, "\n{}", bold("Rules that messages break"))?;
    }
    for one in &survey.violations {
        broken(one, out)?;
    }
    if survey.omitted > 0 {
        writeln!(
            out,
            "\n{} more messages with other problems are not listed",
            survey.omitted
        )?;
    }
    problems(&survey.problems, out)
}

fn undocumented(one: &Undocumented, out: &mut Output) -> io::Result<()> {
    let place = [
        one.operation.as_deref(),
        one.side.map(|side| side.as_str()),
        one.path.as_deref(),
    ];
    let place: Vec<String> = place.into_iter().flatten().map(plain).collect();
    let place = match place.is_empty() {
        true => String::new(),
        false => format!("  {}", place.join(" ")),
    };
    let kind = yellow(one.kind.as_str());
    writeln!(out, "  {kind} {}{place}", bold(plain(&one.name)))?;
    seen(one.messages, one.share, &one.samples, out)
}

fn broken(one: &Broken, out: &mut Output) -> io::Result<()> {
    match one.severity {
        Severity::Error => write!(out, "  {}", red("error"))?,
        Severity::Warning => write!(out, "  {}", yellow("warning"))?,
    }
    let place = format!("{} {} {}", one.operation, one.side, one.path);
    writeln!(out, " {} [{}]", bold(plain(place.trim_end())), one.rule)?;
    writeln!(
        out,
        "    expected {}  {}",
        plain(&one.expected),
        dim(&one.spec)
    )?;
    seen(one.messages, Some(one.share), &one.samples, out)
}

/// Writes a number of messages, with its share and the first samples.
fn seen(
    messages: u64,
    share: Option<Share>,
    samples: &[Sample],
    out: &mut Output,
) -> io::Result<()> {
    let share = share.map_or_else(String::new, |share| format!(" ({share})"));
    let samples: Vec<String> = samples.iter().map(|one| plain(&one.to_string())).collect();
    let messages = counted(as_count(messages), "message");
    writeln!(out, "    {messages}{share}: {}", samples.join("; "))
}

fn problems(problems: &[Unjudged], out: &mut Output) -> io::Result<()> {
    if !problems.is_empty() {
        writeln!(out, "\n{}", bold("Not validated"))?;
    }
    for one in problems {
        let places: Vec<String> = one.places.iter().map(|place| plain(place)).collect();
        let (count, reason) = (one.count, plain(&one.reason));
        writeln!(out, "  {count} × {reason}: {}", places.join("; "))?;
    }
    Ok(())
}

/// Converts a number of messages for `counted`.
fn as_count(messages: u64) -> usize {
    usize::try_from(messages).unwrap_or(usize::MAX)
}
