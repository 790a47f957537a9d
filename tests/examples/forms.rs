//! Writes requests as forms and reads forms, for `tests/interop/forms`. Each line of the input has a `style`, a `value` to
//! write and a `form` to read; each line of the output has the `form` and the `value`, or the `error`.

use std::io::{BufRead, Write};

use payspec_runtime::request::{RequestError, RequestLayout};
use payspec_runtime::{Field, Kind, MediaType, Schema, Style};
use serde::Deserialize;
use serde_json::{Value, json};

const NODE: Kind = Kind::Object(|| &REQUEST);

static REQUEST: Schema = Schema {
    name: "Request",
    media_type: MediaType::Form,
    fields: &[
        Field::new("text", Kind::Text),
        Field::new("integer", Kind::Integer),
        Field::new("flag", Kind::Boolean),
        Field::new("texts", Kind::List(&Kind::Text)),
        Field::new("numbers", Kind::List(&Kind::Integer)),
        Field::new("map", Kind::Map(&Kind::Text)),
        Field::new("node", NODE),
        Field::new("nodes", Kind::List(&NODE)),
        Field::new("grid", Kind::List(&Kind::List(&Kind::Integer))),
    ],
    ..Schema::EMPTY
};

#[derive(Deserialize)]
struct Line {
    style: String,
    value: Value,
    form: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line: Line = serde_json::from_str(&line?)?;
        let style = Style::parse(&line.style).ok_or("unknown style")?;
        let answer =
            answer(style, &line).unwrap_or_else(|error| json!({"error": error.to_string()}));
        writeln!(output, "{answer}")?;
    }
    Ok(())
}

fn answer(style: Style, line: &Line) -> Result<Value, RequestError> {
    let mut layout = RequestLayout::of("POST", "/forms", &REQUEST);
    for field in &mut layout.fields {
        field.style = style;
    }
    let parts = layout.split(line.value.to_string().as_bytes())?;
    let read = layout.join("/forms", &[], line.form.as_bytes())?;
    let value: Value = serde_json::from_slice(&read).unwrap_or_default();
    Ok(json!({"form": String::from_utf8_lossy(&parts.body), "value": value}))
}
