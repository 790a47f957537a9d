//! A spec of any size, to measure the generator and what it generates with.
//!
//! The objects hold what real ones do: texts with a length, enums, numbers, dates, addresses, lists, maps, unions,
//! other objects, and a requirement that depends on another field.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// Objects in one file.
const PER_FILE: usize = 100;

/// Objects that share an enum.
const PER_ENUM: usize = 10;

/// Of this many objects one is another in a changed spec.
const PER_CHANGE: usize = 20;

/// Objects that a body of an operation holds, one inside the other.
const PER_BODY: usize = 10;

/// Writes a spec with this many objects, each with this many fields, below a folder. It has one
/// operation, which reaches few of them.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write(folder: &Path, objects: usize, fields: usize) -> io::Result<()> {
    let api = folder.join("synthetic");
    fs::create_dir_all(api.join("types"))?;
    fs::create_dir_all(api.join("operations"))?;
    fs::write(api.join("api.yaml"), API)?;
    let last = objects.saturating_sub(1);
    let inner = |object| (object > 0).then_some(object / 2);
    fs::write(
        api.join("operations/call.yaml"),
        operation("call", 0, last, None),
    )?;
    write_types(&api, objects, fields, inner, |_, text| text)
}

/// Writes two specs as those of [`write()`], with operations enough that a message holds each object. In
/// the second one of twenty objects changed: a length, a requirement, a type, or some words.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write_pair(old: &Path, new: &Path, objects: usize, fields: usize) -> io::Result<()> {
    for (folder, changed) in [(old, false), (new, true)] {
        let api = folder.join("synthetic");
        fs::create_dir_all(api.join("types"))?;
        fs::create_dir_all(api.join("operations"))?;
        fs::write(api.join("api.yaml"), API)?;
        for start in (0..objects).step_by(2 * PER_BODY) {
            let id = format!("call{start}");
            let [sent, received] = [1, 2].map(|body| start + body * PER_BODY - 1);
            fs::write(
                api.join(format!("operations/{id}.yaml")),
                operation(&id, start, sent, Some(received)),
            )?;
        }
        let inner = |object| (object % PER_BODY > 0).then(|| object - 1);
        let edit = |object: usize, text: String| match changed && object.is_multiple_of(PER_CHANGE)
        {
            true => change(&text, object),
            false => text,
        };
        write_types(&api, objects, fields, inner, edit)?;
    }
    Ok(())
}

/// Writes the files of types; `inner` is the object that one holds, `edit` changes one of them in a text.
fn write_types(
    api: &Path,
    objects: usize,
    fields: usize,
    inner: impl Fn(usize) -> Option<usize>,
    edit: impl Fn(usize, String) -> String,
) -> io::Result<()> {
    for start in (0..objects).step_by(PER_FILE) {
        let end = objects.min(start + PER_FILE);
        let text = types(start..end, fields, &inner).map_err(io::Error::other)?;
        let text = (start..end).fold(text, |text, object| edit(object, text));
        fs::write(
            api.join(format!("types/part{:04}.yaml", start / PER_FILE)),
            text,
        )?;
    }
    Ok(())
}

const API: &str = "\
payspec: 2
id: synthetic
title: Synthetic
description: An API of no provider.
sources:
  page: { title: No page at all, date: \"2026-01-01\" }
source: page
wire: { scalars: strings, empty_text: forbidden, lengths: characters }
";

/// An operation that sends two objects and receives one.
fn operation(id: &str, first: usize, last: usize, received: Option<usize>) -> String {
    let response = received.map(|object| {
        format!(
            "\
response:
  fields:
    answer: {{ type: Object{object}, description: What comes back. }}
"
        )
    });
    format!(
        "\
id: {id}
title: Call
description: Calls.
source: page
method: POST
path: /v1/{id}
request:
  fields:
    first: {{ type: Object{first}, description: The first object., required: true }}
    last: {{ type: Object{last}, description: The last object. }}
{}",
        response.unwrap_or_default()
    )
}

fn types(
    range: std::ops::Range<usize>,
    fields: usize,
    inner: &impl Fn(usize) -> Option<usize>,
) -> Result<String, std::fmt::Error> {
    let mut out = String::from("source: page\n\nobjects:\n");
    for object in range.clone() {
        writeln!(out, "  Object{object}:")?;
        writeln!(
            out,
            "    description: What object number {object} is, in one sentence."
        )?;
        writeln!(out, "    fields:")?;
        for field in 0..fields {
            writeln!(out, "      someField{field}Name:")?;
            for line in facts(object, field, inner(object)) {
                writeln!(out, "        {line}")?;
            }
            writeln!(
                out,
                "        description: What the field means, in a sentence or two of our own words."
            )?;
        }
    }
    let end = range.end;
    writeln!(out, "\nunions:")?;
    for start in range.clone().filter(|object| object % PER_ENUM == 0) {
        writeln!(out, "  Way{}:", start / PER_ENUM)?;
        writeln!(out, "    description: What ways there are.")?;
        writeln!(out, "    discriminator: way")?;
        writeln!(out, "    one_of:")?;
        for object in start..end.min(start + 3) {
            writeln!(out, "      way{object}: Object{object}")?;
        }
    }
    writeln!(out, "\nenums:")?;
    for number in range.filter(|object| object % PER_ENUM == 0) {
        writeln!(out, "  Kind{}:", number / PER_ENUM)?;
        writeln!(out, "    description: What kinds there are.")?;
        writeln!(out, "    values:")?;
        for value in ["FIRST_KIND", "SECOND_KIND", "THIRD_KIND", "FOURTH_KIND"] {
            writeln!(out, "      {value}: {{ description: One of them. }}")?;
        }
    }
    Ok(out)
}

/// The text with one object changed, in one of four ways.
fn change(text: &str, object: usize) -> String {
    const EDITS: [(&str, &str); 4] = [
        ("max_length: 64", "max_length: 60"),
        ("sensitive: pii", "required: true"),
        ("type: datetime", "type: date"),
        ("in one sentence", "in other words"),
    ];
    let (before, after) = EDITS[object / PER_CHANGE % EDITS.len()];
    let start = text.find(&format!("  Object{object}:\n")).unwrap_or(0);
    let (head, tail) = text.split_at(start);
    format!("{head}{}", tail.replacen(before, after, 1))
}

/// The type and rules of a field with several values: a list or a map of texts, some of them `null`, or of unions.
fn several(object: usize) -> Vec<String> {
    let (ty, of) = match object % 4 {
        0 => ("list", "string".to_owned()),
        1 => ("map", "string".to_owned()),
        2 => ("list", "{ type: string, nullable: true }".to_owned()),
        _ => ("list", format!("Way{}", object / PER_ENUM)),
    };
    vec![
        format!("type: {ty}"),
        format!("of: {of}"),
        "max_items: 100".to_owned(),
    ]
}

/// The type and rules of a field; they come round every ten fields.
fn facts(object: usize, field: usize, inner: Option<usize>) -> Vec<String> {
    let lines: &[&str] = match field % 10 {
        0 => &["type: string", "required: true", "max_length: 64"],
        1 => &["type: string", "max_length: 256", "sensitive: pii"],
        2 => &["type: integer", "min: \"1\""],
        3 => return vec![format!("type: Kind{}", object / PER_ENUM)],
        4 => &["type: datetime"],
        5 => &["type: url", "max_length: 2048"],
        6 => match inner {
            Some(inner) => return vec![format!("type: Object{inner}")],
            None => &["type: country"],
        },
        7 => return several(object),
        8 => &["type: boolean"],
        _ => &[
            "type: string",
            "max_length: unknown",
            "required_when:",
            "  - { path: /someField1Name }",
        ],
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}
