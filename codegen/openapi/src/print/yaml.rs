//! JSON as YAML that every reader takes for the same JSON.
//!
//! Readers of YAML 1.1, such as PyYAML, take a plain `2024-05-24` for a date, `NO` for false and `1:30` for a number.
//! `yaml_serde` writes such texts plain. So texts that could be something else are in quotes here.

use crate::json::{Json, Map};

/// Longest list that is written on one line, in characters.
const LINE: usize = 100;

/// Returns an object as YAML.
pub(super) fn write(document: &Map) -> String {
    let mut text = String::new();
    match document.is_empty() {
        true => text.push_str("{}\n"),
        false => members(document, 0, &mut text),
    }
    text
}

/// Writes the members of an object, each on a line that is indented already.
fn members(map: &Map, depth: usize, to: &mut String) {
    for (index, (name, value)) in map.iter().enumerate() {
        if index > 0 {
            indent(depth, to);
        }
        scalar(name, to);
        to.push(':');
        behind(value, depth, to);
    }
}

/// Writes a value behind the name of a member.
fn behind(value: &Json, depth: usize, to: &mut String) {
    match value {
        Json::Object(map) if !map.is_empty() => {
            to.push('\n');
            indent(depth + 1, to);
            members(map, depth + 1, to);
        }
        Json::List(list) if !list.is_empty() => match line(list) {
            Some(line) => {
                to.push(' ');
                to.push_str(&line);
                to.push('\n');
            }
            None => {
                to.push('\n');
                indent(depth + 1, to);
                elements(list, depth + 1, to);
            }
        },
        other => {
            to.push(' ');
            simple(other, depth, to);
            to.push('\n');
        }
    }
}

/// Writes the elements of a list, each on a line that is indented already.
fn elements(list: &[Json], depth: usize, to: &mut String) {
    for (index, value) in list.iter().enumerate() {
        if index > 0 {
            indent(depth, to);
        }
        to.push_str("- ");
        match value {
            Json::Object(map) if !map.is_empty() => members(map, depth + 1, to),
            Json::List(list) if !list.is_empty() => elements(list, depth + 1, to),
            other => {
                simple(other, depth, to);
                to.push('\n');
            }
        }
    }
}

/// Returns a list of single values on one line, if it is short.
fn line(list: &[Json]) -> Option<String> {
    let mut line = String::from("[");
    for (index, value) in list.iter().enumerate() {
        if index > 0 {
            line.push_str(", ");
        }
        match value {
            Json::Text(text) => scalar(text, &mut line),
            Json::Null | Json::Boolean(_) | Json::Number(_) => simple(value, 0, &mut line),
            Json::Object(_) | Json::List(_) => return None,
        }
        if line.len() > LINE {
            return None;
        }
    }
    line.push(']');
    Some(line)
}

/// Writes a value that needs no lines of its own, or a text of several lines.
fn simple(value: &Json, depth: usize, to: &mut String) {
    match value {
        Json::Null => to.push_str("null"),
        Json::Boolean(value) => to.push_str(if *value { "true" } else { "false" }),
        Json::Number(number) => to.push_str(&number.to_string()),
        Json::Text(text) if is_block(text) => block(text, depth, to),
        Json::Text(text) => scalar(text, to),
        Json::List(_) => to.push_str("[]"),
        Json::Object(_) => to.push_str("{}"),
    }
}

/// Returns whether a text of several lines can be written as it is.
fn is_block(text: &str) -> bool {
    let is_plain = |c: char| c == '\n' || !needs_escape(c);
    text.contains('\n')
        && text.chars().all(is_plain)
        && text.lines().all(|line| !line.ends_with(' '))
        && !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
}

fn block(text: &str, depth: usize, to: &mut String) {
    to.push_str("|-");
    for line in text.split('\n') {
        to.push('\n');
        if !line.is_empty() {
            indent(depth + 1, to);
            to.push_str(line);
        }
    }
}

fn indent(depth: usize, to: &mut String) {
    (0..depth).for_each(|_| to.push_str("  "));
}

/// Writes a text on one line: as it is, where it can be nothing else.
fn scalar(text: &str, to: &mut String) {
    if is_plain(text) {
        to.push_str(text);
    } else if text.contains('\'') || text.chars().any(needs_escape) {
        double_quoted(text, to);
    } else {
        to.push('\'');
        to.push_str(text);
        to.push('\'');
    }
}

/// Returns whether a text is the same text to every reader: words that begin with a letter and are no word of YAML.
fn is_plain(text: &str) -> bool {
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$' || c == '/');
    let is_harmless = |c: char| !needs_escape(c) && !"{}[],&*#?|<>=!%@`\"'\\:".contains(c);
    let special = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    starts_well
        && !text.ends_with(' ')
        && text.chars().all(is_harmless)
        && !special.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns whether a character is written as an escape in quotes.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

fn double_quoted(text: &str, to: &mut String) {
    to.push('"');
    for c in text.chars() {
        match c {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str(r"\\"),
            '\n' => to.push_str(r"\n"),
            '\r' => to.push_str(r"\r"),
            '\t' => to.push_str(r"\t"),
            c if needs_escape(c) => to.push_str(&format!(r"\u{:04X}", u32::from(c))),
            c => to.push(c),
        }
    }
    to.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_read_back() {
        let texts = [
            "",
            " ",
            "a",
            "a b",
            "a: b",
            "- a",
            "#a",
            "NO",
            "no",
            "y",
            "null",
            "~",
            "1",
            "1.5",
            "1e3",
            "0x1",
            "1:30",
            "2024-05-24",
            "2019-11-27T12:01:01+08:00",
            "=",
            "<<",
            "'",
            "it's",
            "\"",
            "\\",
            "a\nb",
            "a\n\n  b",
            "\na",
            "a\n",
            "a \nb",
            "\ta",
            "a\tb",
            "\u{0}",
            "\u{85}",
            "\u{2028}",
            "\u{feff}a",
            "商户",
            "😀",
            "---",
            "...",
            "%a",
            "@a",
            "`a",
            "{a",
            "[a",
            "a,b",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "?",
            "a?",
            ":",
            "a:",
            "key: |",
            "on",
            "Off",
            "ends ",
            ".5",
            "+1",
        ];
        let mut map = Map::new()
            .with("none", Json::Null)
            .with("flag", true)
            .with("count", -1_i64);
        for text in texts {
            map.set(text, text);
        }
        map.set("list", texts.to_vec());
        map.set(
            "lists",
            vec![
                Json::from(vec!["a", "b"]),
                Json::List(Vec::new()),
                Map::new().into(),
            ],
        );
        map.set("short", vec!["NO", "a, b"]);
        map.set(
            "nested",
            Map::new().with(
                "list",
                vec![Map::new().with("a", "b").with("c", vec![map.clone()])],
            ),
        );
        let text = write(&map);
        let read: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
        let expected = serde_json::to_value(&map).expect("JSON");
        assert_eq!(read, expected, "{text}");
        assert_eq!(write(&Map::new()), "{}\n");
    }

    #[test]
    fn texts_of_yaml_1_1_are_quoted() {
        let map = Map::new()
            .with("a", vec!["NO", "2024-05-24", "1:30"])
            .with("b", "plain words");
        assert_eq!(
            write(&map),
            "a: ['NO', '2024-05-24', '1:30']\nb: plain words\n"
        );
    }
}
