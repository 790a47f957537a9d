//! Compares a tree with the schema of its kind of file. Every difference is reported at its key or
//! value.

use super::scalar::Plain;
use super::shape::{Schema, Shape};
use super::tree::{At, Kind};
use super::{elsewhere, indentation};
use crate::diagnostic::limits::Limit;
use crate::diagnostic::{Diagnostic, codes};
use payspec_runtime::closest;

/// Largest number of errors about one file; a file with so many is of another kind.
const MOST: usize = 1000;

/// Checks a whole document.
pub(super) fn check(schema: &Schema, root: At<'_>, found: &mut Vec<Diagnostic>) {
    let outer = Vec::new();
    Checker {
        schema,
        found,
        outer,
    }
    .check(schema.root(), root);
}

struct Checker<'a> {
    schema: &'a Schema,
    found: &'a mut Vec<Diagnostic>,
    /// The shapes of the mappings around the present one, the innermost last.
    outer: Vec<&'a Shape>,
}

impl<'a> Checker<'a> {
    // The nesting limit of `parse_yaml` bounds the depth of this recursion.
    fn check(&mut self, shape: &'a Shape, at: At<'_>) {
        if self.found.len() >= MOST {
            return;
        }
        match shape {
            Shape::Any | Shape::Same(_) => {}
            Shape::Object {
                properties,
                required,
                others,
            } => match at.kind() {
                Kind::Mapping => self.object(shape, properties, required, *others, at),
                Kind::Sequence | Kind::Plain | Kind::Text => self.wrong(shape, at),
            },
            Shape::List { items, least } => match at.kind() {
                Kind::Sequence => self.list(*items, *least, at),
                Kind::Mapping | Kind::Plain | Kind::Text => self.wrong(shape, at),
            },
            Shape::Text { least } => self.text(shape, *least, at),
            Shape::Word(words) => self.word(shape, words, at),
            Shape::Integer { least, greatest } => self.integer(shape, *least, *greatest, at),
            Shape::Boolean => {
                if plain(at) != Some(Plain::Boolean) {
                    self.wrong(shape, at);
                }
            }
            Shape::AnyOf(options) => self.any_of(shape, options, at),
        }
    }

    fn object(
        &mut self,
        shape: &'a Shape,
        properties: &std::collections::BTreeMap<String, usize>,
        required: &[String],
        others: Option<usize>,
        at: At<'_>,
    ) {
        let schema = self.schema;
        // Entries from the misplaced one on, and the one before it, may only be where they are because of it.
        let misplaced = indentation::misplaced(schema, shape, &self.outer, at);
        let mut seen = 0;
        self.outer.push(shape);
        let mut entries = at.entries().peekable();
        while let Some(entry) = entries.next() {
            let next = entries.peek().map_or(entry, |next| *next);
            if let Some((wrong, _)) = &misplaced {
                let is_wrong = |one: At<'_>| one.key_span() == wrong.key_span();
                if is_wrong(entry) || is_wrong(next) {
                    break;
                }
            }
            let key = entry.key().unwrap_or_default();
            match properties.get(key).copied().or(others) {
                Some(shape) => self.check(schema.shape(shape), entry),
                None => self.unknown_key(properties, key, entry),
            }
            seen += usize::from(required.iter().any(|name| name == key));
        }
        self.outer.pop();
        if let Some((_, error)) = misplaced {
            self.found.push(error);
            return;
        }
        if seen == required.len() {
            return;
        }
        for name in required {
            if at.get(name).is_none() {
                self.found.push(
                    Diagnostic::new(&codes::MISSING_KEY, format!("missing key `{name}`"))
                        .at(at.key_span(), format!("`{name}` is required here")),
                );
            }
        }
    }

    fn unknown_key(
        &mut self,
        properties: &std::collections::BTreeMap<String, usize>,
        key: &str,
        entry: At<'_>,
    ) {
        let names = properties.keys().map(String::as_str);
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_KEY, format!("unknown key `{key}`"))
            .at(entry.key_span(), "unknown key");
        if let Some(help) = elsewhere::help(key, names.clone()) {
            self.found.push(diagnostic.help(help));
            return;
        }
        if let Some(limit) = Limit::of(key, names.clone()) {
            self.found.push(diagnostic.limit(limit));
            return;
        }
        self.found.push(match closest(key, names.clone()) {
            Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
            None => diagnostic.help(format!("expected one of {}", listed(names))),
        });
    }

    fn list(&mut self, items: usize, least: usize, at: At<'_>) {
        let schema = self.schema;
        let mut count = 0;
        for item in at.items() {
            self.check(schema.shape(items), item);
            count += 1;
        }
        if count < least {
            let message = format!("expected at least {least} elements, found {count}");
            self.found
                .push(Diagnostic::new(&codes::OUT_OF_RANGE, message).at(at.span(), ""));
        }
    }

    fn text(&mut self, shape: &Shape, least: usize, at: At<'_>) {
        let Some(text) = at.text().filter(|_| plain(at) != Some(Plain::Null)) else {
            self.wrong(shape, at);
            return;
        };
        if least > 0 && text.trim().is_empty() {
            self.found.push(
                Diagnostic::new(&codes::OUT_OF_RANGE, "this text is empty").at(at.span(), ""),
            );
        }
    }

    fn word(&mut self, shape: &Shape, words: &[String], at: At<'_>) {
        let Some(text) = at.text().filter(|_| plain(at) != Some(Plain::Null)) else {
            self.wrong(shape, at);
            return;
        };
        if words.iter().any(|word| word == text) {
            return;
        }
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_WORD, format!("unknown word `{text}`"))
            .at(at.span(), format!("expected {}", one_of(words)));
        if let Some(limit) = Limit::of(text, std::iter::empty()) {
            self.found.push(diagnostic.limit(limit));
            return;
        }
        self.found
            .push(match closest(text, words.iter().map(String::as_str)) {
                Some(word) => diagnostic.help(format!("did you mean `{word}`?")),
                None => diagnostic,
            });
    }

    fn integer(&mut self, shape: &Shape, least: i64, greatest: i64, at: At<'_>) {
        match plain(at) {
            Some(Plain::Integer(value)) => {
                if value.is_none_or(|value| value < least || value > greatest) {
                    let message = if least == greatest {
                        format!("this number must be {least}")
                    } else {
                        format!("this number must be between {least} and {greatest}")
                    };
                    self.found
                        .push(Diagnostic::new(&codes::OUT_OF_RANGE, message).at(at.span(), ""));
                }
            }
            Some(Plain::Null | Plain::Boolean | Plain::Float | Plain::Text) | None => {
                self.wrong(shape, at);
            }
        }
    }

    /// Checks a short or a long form; the kind of the node selects it.
    fn any_of(&mut self, shape: &'a Shape, options: &[usize], at: At<'_>) {
        let schema = self.schema;
        match fitting(schema, options, at).as_slice() {
            [] => self.wrong(shape, at),
            // `"64"` where `unknown` is allowed is a number in quotes rather than a misspelt word.
            [Shape::Word(words)] if options.len() > 1 && !near(words, at) => self.wrong(shape, at),
            [only] => self.check(only, at),
            // Of several kinds of mapping, the one with the fewest wrong keys.
            [Shape::Object { .. }, ..] => {
                if let Some(nearest) = nearest(schema, options, at) {
                    self.check(nearest, at);
                }
            }
            several => {
                // For several words, or a word and a text, one option without errors is enough.
                let mut complaints = Vec::new();
                for option in several {
                    let mut found = Vec::new();
                    Checker {
                        schema,
                        found: &mut found,
                        outer: self.outer.clone(),
                    }
                    .check(option, at);
                    if found.is_empty() {
                        return;
                    }
                    complaints = found;
                }
                self.found.append(&mut complaints);
            }
        }
    }

    fn wrong(&mut self, shape: &Shape, at: At<'_>) {
        let expected = self.expected(shape);
        let actual = actual(at);
        let diagnostic = Diagnostic::new(
            &codes::WRONG_TYPE,
            format!("expected {expected}, found {actual}"),
        )
        .at(at.span(), format!("expected {expected}"));
        let help = match (shape, plain(at)) {
            (_, Some(Plain::Null)) => Some("remove the key, or give it a value"),
            (_, None) if at.kind() == Kind::Text && self.takes(shape, at.text()) => {
                Some("remove the quotes")
            }
            _ if self.takes_boolean(shape) => at.text().and_then(boolean_word),
            _ => None,
        };
        self.found.push(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// Returns whether a text would fit without its quotes.
    fn takes(&self, shape: &Shape, text: Option<&str>) -> bool {
        let bare = Plain::of(text.unwrap_or_default());
        match shape {
            Shape::Integer { .. } => matches!(bare, Plain::Integer(_)),
            Shape::Boolean => bare == Plain::Boolean,
            Shape::AnyOf(options) => options
                .iter()
                .any(|option| self.takes(self.schema.shape(*option), text)),
            Shape::Any
            | Shape::Object { .. }
            | Shape::List { .. }
            | Shape::Text { .. }
            | Shape::Word(_)
            | Shape::Same(_) => false,
        }
    }

    fn takes_boolean(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Boolean => true,
            Shape::AnyOf(options) => options
                .iter()
                .any(|option| self.takes_boolean(self.schema.shape(*option))),
            Shape::Any
            | Shape::Object { .. }
            | Shape::List { .. }
            | Shape::Text { .. }
            | Shape::Word(_)
            | Shape::Integer { .. }
            | Shape::Same(_) => false,
        }
    }

    fn expected(&self, shape: &Shape) -> String {
        match shape {
            Shape::Any | Shape::Same(_) => "a value".to_owned(),
            Shape::Object { .. } => "a mapping".to_owned(),
            Shape::List { .. } => "a list".to_owned(),
            Shape::Text { .. } => "a text".to_owned(),
            Shape::Word(words) => one_of(words),
            Shape::Integer { .. } => "a whole number".to_owned(),
            Shape::Boolean => "`true` or `false`".to_owned(),
            Shape::AnyOf(options) => {
                let options = options
                    .iter()
                    .map(|option| self.expected(self.schema.shape(*option)));
                options.collect::<Vec<_>>().join(" or ")
            }
        }
    }
}

/// Returns the advice for a word that other versions of YAML, or people, take for `true` or `false`.
fn boolean_word(text: &str) -> Option<&'static str> {
    match text.trim().to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "1" => Some("write `true`"),
        "no" | "n" | "off" | "false" | "0" => Some("write `false`"),
        _ => None,
    }
}

fn plain(at: At<'_>) -> Option<Plain> {
    (at.kind() == Kind::Plain).then(|| Plain::of(at.text().unwrap_or_default()))
}

/// Returns whether a text is one of the words, or probably a misspelling of one.
fn near(words: &[String], at: At<'_>) -> bool {
    let text = at.text().unwrap_or_default();
    words.iter().any(|word| word == text)
        || closest(text, words.iter().map(String::as_str)).is_some()
}

/// Returns the number of unknown keys and of missing required keys of a mapping.
fn strangeness(shape: &Shape, at: At<'_>) -> usize {
    let Shape::Object {
        properties,
        required,
        others: None,
    } = shape
    else {
        return 0;
    };
    let known = |entry: &At<'_>| entry.key().is_some_and(|key| properties.contains_key(key));
    let lacking = required.iter().filter(|name| at.get(name).is_none());
    at.entries().filter(|entry| !known(entry)).count() + lacking.count()
}

/// Returns the options of the kind of a node: those that its spelling suits or, if it suits none, those
/// that take it for a text.
fn fitting<'s>(schema: &'s Schema, options: &[usize], at: At<'_>) -> Vec<&'s Shape> {
    let shapes = || options.iter().map(|option| schema.shape(*option));
    let suited: Vec<&Shape> = shapes().filter(|shape| fits(shape, at)).collect();
    match suited.is_empty() {
        true => shapes().filter(|shape| is_a_text_for(shape, at)).collect(),
        false => suited,
    }
}

/// Returns the option that a node is checked against and read as.
pub(super) fn nearest<'s>(schema: &'s Schema, options: &[usize], at: At<'_>) -> Option<&'s Shape> {
    let fitting = fitting(schema, options, at).into_iter();
    fitting.min_by_key(|shape| strangeness(shape, at))
}

/// Returns whether a shape takes a plain number or boolean for a text.
fn is_a_text_for(shape: &Shape, at: At<'_>) -> bool {
    let is_scalar = plain(at).is_some_and(|plain| plain != Plain::Null);
    match shape {
        Shape::Text { .. } => is_scalar,
        Shape::Word(words) => is_scalar && words.iter().any(|word| at.text() == Some(word)),
        Shape::Any
        | Shape::Object { .. }
        | Shape::List { .. }
        | Shape::Integer { .. }
        | Shape::Boolean
        | Shape::AnyOf(_)
        | Shape::Same(_) => false,
    }
}

/// Returns whether a node is of the kind of a shape.
fn fits(shape: &Shape, at: At<'_>) -> bool {
    match shape {
        Shape::Any | Shape::Same(_) | Shape::AnyOf(_) => true,
        Shape::Object { .. } => at.kind() == Kind::Mapping,
        Shape::List { .. } => at.kind() == Kind::Sequence,
        Shape::Text { .. } | Shape::Word(_) => {
            at.kind() == Kind::Text || plain(at) == Some(Plain::Text)
        }
        Shape::Integer { .. } => matches!(plain(at), Some(Plain::Integer(_))),
        Shape::Boolean => plain(at) == Some(Plain::Boolean),
    }
}

fn actual(at: At<'_>) -> &'static str {
    match at.kind() {
        Kind::Mapping => "a mapping",
        Kind::Sequence => "a list",
        Kind::Text => "a text",
        Kind::Plain => match Plain::of(at.text().unwrap_or_default()) {
            Plain::Null => "nothing",
            Plain::Boolean => "`true` or `false`",
            Plain::Integer(_) | Plain::Float => "a number",
            Plain::Text => "a text",
        },
    }
}

fn one_of(words: &[String]) -> String {
    match words {
        [only] => format!("`{only}`"),
        words => format!("one of {}", listed(words.iter().map(String::as_str))),
    }
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
