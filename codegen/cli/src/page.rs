//! `payspec page`: prints the facts of a saved page.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::failure::Failure;
use super::output::{Output, bold, dim, note, plain, yellow};
use super::table::Table;
use super::{Outcome, args};
use payspec_page::{
    Base, Children, Code, Example, Operation, Page, Parameter, Profile, Requirement, TypeFact,
    TypeKind, UnreadReason, ValuesKind, read_bytes_with,
};

pub(super) fn run(args: &args::Page, out: &mut Output) -> Result<Outcome, Failure> {
    let page = open(&args.file, &profile(&args.profile)?)?;
    if out.is_json() {
        out.json(&page)?;
    } else {
        show(&page, out)?;
    }
    let is_empty = |one: &Operation| one.request.is_empty() && one.response.is_empty();
    if page.operations.iter().all(is_empty) && page.objects.is_empty() && !page.is_empty() {
        note(format_args!("no parameters were found{}", hint(args)));
    }
    if !page.unread.is_empty() {
        let count = page.unread.len();
        let lines = if count == 1 { "line was" } else { "lines were" };
        note(format_args!("{count} {lines} not understood: see `unread`"));
    }
    let partly = page.partly_read();
    if partly > 0 {
        let lines = if partly == 1 {
            "line was"
        } else {
            "lines were"
        };
        note(format_args!(
            "{partly} {lines} understood in part: see `open`"
        ));
    }
    if page.is_empty() {
        note(format_args!(
            "nothing was found: no heading begins the parameters or the result codes{}",
            hint(args)
        ));
        let headings: Vec<String> = page
            .headings
            .iter()
            .map(|one| format!("`{}` at line {}", plain(&one.value), one.line))
            .collect();
        if headings.is_empty() {
            note("the page has no headings");
        } else {
            note(format_args!("its headings are {}", headings.join(", ")));
        }
    }
    Ok(Outcome::fine_if(!page.is_empty()))
}

/// Returns what to do if a page was read by the default profile; nothing if the command line names one.
fn hint(args: &args::Page) -> &'static str {
    match &args.profile.profile {
        Some(_) => "",
        None => "; for another provider's page, name its profile with `--profile`",
    }
}

/// The largest size of a page, in bytes.
const LIMIT: u64 = 16 * 1024 * 1024;

/// Returns the profile that the command line names.
pub(super) fn profile(option: &args::ProfileOption) -> Result<Profile, Failure> {
    let name = option.profile.as_deref();
    Ok(Profile::find(name.unwrap_or(Base::BuiltIn.as_str()))?)
}

/// Reads a page; `-` is standard input.
pub(super) fn open(file: &Path, profile: &Profile) -> Result<Page, Failure> {
    let name = if file == Path::new("-") {
        "<stdin>".to_owned()
    } else {
        plain(&file.display().to_string())
    };
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        io::stdin().lock().take(LIMIT + 1).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
    };
    read.map_err(Failure::of(&name))?;
    if bytes.len() as u64 > LIMIT {
        return Err(Failure::Usage(format!(
            "{name} is larger than 16 MiB: not a page"
        )));
    }
    read_bytes_with(&bytes, profile).map_err(|error| Failure::Page { file: name, error })
}

fn show(page: &Page, out: &mut Output) -> io::Result<()> {
    if let Some(title) = &page.title {
        writeln!(out, "{}", bold(plain(&title.value)))?;
    }
    let date = page.date.as_ref().map_or("", |date| &date.value);
    let how = format!(
        "{} {} {date}",
        page.rendering.as_str(),
        page.language.as_str()
    );
    writeln!(out, "{}", dim(plain(how.trim_end())))?;
    for operation in &page.operations {
        if let (Some(method), Some(path)) = (&operation.method, &operation.path) {
            writeln!(
                out,
                "{}",
                plain(&format!("{} {}", method.value, path.value))
            )?;
        }
        parameters("Request", &operation.request, out)?;
        parameters("Response", &operation.response, out)?;
        codes(&operation.codes, out)?;
        examples(&operation.examples, out)?;
    }
    for object in &page.objects {
        parameters(&plain(&object.name.value), &object.fields, out)?;
    }
    if !page.unread.is_empty() {
        writeln!(out, "\n{}", yellow("Not understood"))?;
        for line in &page.unread {
            let reason = line.reason.map_or("", UnreadReason::as_str);
            let mark = if reason.is_empty() { "" } else { ": " };
            writeln!(out, "  {}: {}{mark}{reason}", line.line, plain(&line.text))?;
        }
    }
    let partly: Vec<_> = page
        .lines
        .iter()
        .filter(|line| !line.open().is_empty())
        .collect();
    if !partly.is_empty() {
        writeln!(out, "\n{}", yellow("Understood in part, without"))?;
        for line in partly {
            let open = line.open().iter();
            let parts: Vec<&str> = open.map(|part| part.of(&line.text)).collect();
            writeln!(out, "  {}: {}", line.line, plain(&parts.join(", ")))?;
        }
    }
    Ok(())
}

fn parameters(title: &str, list: &[Parameter], out: &mut Output) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}\n", bold(title))?;
    let mut table = Table::new(["LINE", "PATH", "TYPE", "REQUIRED", "LIMITS"]);
    for one in list {
        let line = one.line.to_string();
        let ty = one
            .ty
            .as_ref()
            .map_or(String::new(), |ty| type_words(&ty.value));
        let required = match one.required.value {
            Requirement::Required => "yes",
            Requirement::Optional => "no",
            Requirement::Conditional => "depends",
            Requirement::Unstated => "?",
        };
        table.row([&line, &one.path, &ty, required, &limits(one)]);
    }
    table.write(out, "  ")
}

fn type_words(ty: &TypeFact) -> String {
    match (ty.kind, &ty.name, &ty.of) {
        (TypeKind::Object, Some(name), _) => name.clone(),
        (TypeKind::Array, _, Some(of)) => format!("list of {}", type_words(of)),
        (kind, ..) => kind.as_str().to_owned(),
    }
}

fn limits(one: &Parameter) -> String {
    let mut words = Vec::new();
    for (word, limit) in [("at least", &one.min_length), ("at most", &one.max_length)] {
        words.extend(
            limit
                .as_ref()
                .map(|limit| format!("{word} {} characters", limit.value)),
        );
    }
    for (word, limit) in [("at least", &one.min_items), ("at most", &one.max_items)] {
        words.extend(
            limit
                .as_ref()
                .map(|limit| format!("{word} {} elements", limit.value)),
        );
    }
    let multiple = one.multiple_of.as_ref();
    words.extend(multiple.map(|step| format!("a multiple of {}", step.value)));
    words.extend(
        one.unique_items
            .as_ref()
            .map(|_| "unique elements".to_owned()),
    );
    if let Some(range) = &one.range {
        let side = |side: &Option<String>| side.clone().unwrap_or_default();
        words.push(format!(
            "{}..{}",
            side(&range.value.min),
            side(&range.value.max)
        ));
    }
    words.extend(
        one.format
            .as_ref()
            .map(|format| format!("format {}", format.value.as_str())),
    );
    if let Some(values) = &one.values {
        let list: Vec<&str> = values.items.iter().map(|one| one.value.as_str()).collect();
        let word = match values.kind {
            ValuesKind::Fixed => "always",
            ValuesKind::OneOf => "one of",
            ValuesKind::Examples => "for example",
        };
        words.push(format!("{word} {}", list.join(", ")));
    }
    let default = one.default.as_ref();
    words.extend(default.map(|default| format!("default {}", default.value)));
    match one.conditions.len() {
        0 => {}
        1 => words.push("1 condition".to_owned()),
        count => words.push(format!("{count} conditions")),
    }
    if one.children == Some(Children::Hidden) {
        words.push("children not shown".to_owned());
    }
    words.join("; ")
}

fn codes(codes: &[Code], out: &mut Output) -> io::Result<()> {
    if codes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}\n", bold("Result codes"))?;
    let mut table = Table::new(["LINE", "CODE", "STATUS", "MESSAGE"]);
    for code in codes {
        let line = code.line.to_string();
        let text = |part: &Option<String>| part.as_deref().unwrap_or("?").replace('\n', " ");
        let http = code.http_status.map(|status| format!("HTTP {status}"));
        let (status, message) = (text(&code.status.clone().or(http)), text(&code.message));
        table.row([line.as_str(), &code.code, &status, &message]);
    }
    table.write(out, "  ")
}

fn examples(examples: &[Example], out: &mut Output) -> io::Result<()> {
    if examples.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}\n", bold("Examples"))?;
    for example in examples {
        let side = example.side.map_or("message", |side| side.as_str());
        let state = match (&example.foreign, example.damage.is_empty()) {
            (Some(why), _) => why.as_str(),
            (None, true) => "undamaged",
            (None, false) => "damaged",
        };
        writeln!(out, "  {}: {side}, {}", example.line, plain(state))?;
        for damage in &example.damage {
            writeln!(out, "    {}: {}", damage.line, plain(&damage.why))?;
        }
    }
    Ok(())
}
