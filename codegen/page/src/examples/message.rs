//! One example message: its lines, their line numbers, and its JSON syntax.

use serde_json::Value;

use crate::facts::{Damage, DamageKind, Example};
use crate::item::Item;
use payspec_model::model::Side;

/// An example that is being collected.
#[derive(Debug, Default)]
pub(super) struct Draft {
    lines: Vec<usize>,
    numbers: Vec<usize>,
    gutter: Option<u32>,
    /// Runs of characters in place of the message.
    pub(super) probes: u32,
    depth: i64,
    in_text: bool,
    /// The lines that end inside a JSON string.
    wrapped: Vec<usize>,
    text: String,
}

impl Draft {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Returns whether all brackets and strings are closed.
    pub(super) fn is_whole(&self) -> bool {
        !self.is_empty() && self.depth == 0 && !self.in_text
    }

    /// Returns whether a string is open.
    pub(super) fn is_in_text(&self) -> bool {
        self.in_text
    }

    pub(super) fn items(&self) -> impl Iterator<Item = usize> + '_ {
        self.lines.iter().copied()
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.numbers.iter().copied()
    }

    /// Returns the number if a line consists of the next line number.
    pub(super) fn number(&self, text: &str) -> Option<u32> {
        let number = text.parse().ok()?;
        let next = self.gutter.unwrap_or(0).checked_add(1)?;
        (self.is_empty() && number == next && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then_some(number)
    }

    pub(super) fn count(&mut self, item: usize, number: u32) {
        self.gutter = Some(number);
        self.numbers.push(item);
    }

    pub(super) fn add(&mut self, item: usize, text: &str) {
        self.lines.push(item);
        let mut escaped = false;
        for char in text.chars() {
            match char {
                _ if escaped => escaped = false,
                '\\' if self.in_text => escaped = true,
                '"' => self.in_text = !self.in_text,
                '{' | '[' if !self.in_text => self.depth += 1,
                '}' | ']' if !self.in_text => self.depth -= 1,
                _ => {}
            }
        }
        if self.in_text {
            self.wrapped.push(item);
        }
        self.text.push_str(text);
        self.text.push('\n');
    }
}

/// Judges the state of an example; [`None`] if it is empty.
pub(super) fn judge(
    draft: &Draft,
    items: &[Item],
    side: Option<Side>,
    names: &[&str],
) -> Option<Example> {
    let line_of =
        |item: Option<&usize>| item.and_then(|item| items.get(*item)).map(|item| item.line);
    let first = line_of(draft.lines.first().or(draft.numbers.first()))?;
    let end_line = line_of(draft.lines.last().or(draft.numbers.last())).unwrap_or(first);
    let lines: Vec<&Item> = draft.lines.iter().filter_map(|at| items.get(*at)).collect();
    let mut example = Example {
        side,
        line: first,
        end_line,
        gutter: draft.gutter,
        parses: false,
        foreign: None,
        damage: Vec::new(),
        text: draft.text.trim_end().to_owned(),
    };
    let mut damage = |kind, why, line| example.damage.push(Damage { kind, why, line });
    if lines.is_empty() {
        let why = "line numbers without a message".to_owned();
        damage(DamageKind::Lost, why, first);
        return Some(example);
    }
    if let Some(gutter) = draft.gutter
        && usize::try_from(gutter) != Ok(lines.len())
    {
        let found = lines.len();
        let why = format!("the line numbers go up to {gutter}, but the message has {found} lines");
        damage(DamageKind::Gutter, why, first);
    }
    let parsed = serde_json::from_str::<Value>(draft.text.trim());
    let keys: Vec<String> = match &parsed {
        Ok(Value::Object(fields)) => fields.keys().cloned().collect(),
        Ok(_) => Vec::new(),
        Err(_) => lines.iter().filter_map(|line| key(&line.text)).collect(),
    };
    if let Err(error) = &parsed {
        let at = lines.get(error.line().saturating_sub(1));
        let line = at.map_or(first, |item| item.line);
        let text = error.to_string();
        let reason = text.split(" at line ").next().unwrap_or_default();
        damage(DamageKind::Syntax, format!("invalid JSON: {reason}"), line);
        if let Some(line) = line_of(draft.wrapped.first()) {
            let why = "a line ends inside a string".to_owned();
            damage(DamageKind::Wrapped, why, line);
        }
        if let Some(line) = lines.iter().find(|line| line.text == "...") {
            damage(
                DamageKind::Elided,
                "a part is omitted".to_owned(),
                line.line,
            );
        }
    }
    let all_keys = lines
        .iter()
        .filter_map(|line| Some((key(&line.text)?, line.line)));
    if let Some((key, line)) = all_keys.into_iter().find(|(key, _)| !key.is_ascii()) {
        let why = format!("its keys were translated, for example `{key}`");
        damage(DamageKind::TranslatedKeys, why, line);
    }
    let known = keys.iter().any(|key| names.contains(&key.as_str()));
    if keys.len() > 1 && !names.is_empty() && !known {
        example.foreign = Some("none of its keys is a parameter of this page".to_owned());
        example.side = None;
    }
    example.parses = parsed.is_ok();
    Some(example)
}

/// Returns the key at the start of a line.
fn key(line: &str) -> Option<String> {
    let start = line.trim_start_matches(['{', '[', ' ', ',']);
    let (key, rest) = start.strip_prefix('"')?.split_once('"')?;
    rest.trim_start().starts_with(':').then(|| key.to_owned())
}
