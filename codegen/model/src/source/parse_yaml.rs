//! The check that every YAML text passes before anything else reads it: it refuses features that a spec
//! does not need or that can harm a reader, and keeps the position of everything.

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError};

use super::indentation;
use super::tree::{At, Kind, Node, Tree, What};
use super::{FileId, SourceMap, Span};
use crate::diagnostic::{Diagnostic, codes};

/// Deepest nesting of mappings and sequences.
const MAX_NESTING: usize = 64;

/// Characters that are invisible, or look like YAML's space or colon.
const LOOK_ALIKES: &[(char, &str)] = &[
    ('\u{a0}', "a no-break space"),
    ('\u{ad}', "a soft hyphen"),
    ('\u{200b}', "a zero-width space"),
    ('\u{200c}', "a zero-width non-joiner"),
    ('\u{200d}', "a zero-width joiner"),
    ('\u{202f}', "a narrow no-break space"),
    ('\u{2060}', "a word joiner"),
    ('\u{3000}', "an ideographic space"),
    ('\u{feff}', "a zero-width no-break space"),
    ('\u{ff1a}', "a full-width colon"),
];

/// Characters that are a line break for some readers of YAML and a letter for others.
const LINE_BREAKS: &[(char, &str)] = &[
    ('\u{85}', "a next-line character"),
    ('\u{2028}', "a line separator"),
    ('\u{2029}', "a paragraph separator"),
];

/// Largest number of keys and values of a file: with two bytes for each, 8 MiB would take half a
/// gigabyte of memory.
const MAX_NODES: usize = 1 << 20;

/// Largest number of errors about the keys of one file.
const MOST: usize = 1000;

/// Builds the tree of a text, or reports why it cannot. A tree is also returned for errors that leave
/// it readable.
pub(super) fn parse_yaml(
    file: FileId,
    map: &SourceMap,
    found: &mut Vec<Diagnostic>,
) -> Option<Tree> {
    let text = map.text(file);
    if let Some(strange) = strange_break(file, text) {
        found.push(strange);
        return None;
    }
    let mut builder = Builder {
        file,
        text,
        tree: Tree::default(),
        open: Vec::new(),
        documents: 0,
        found,
    };
    let mut options = Options::default();
    options.emit_comments = false;
    options.emit_anchor_events = true;
    options.emit_unresolved_aliases = true;
    for next in Parser::new_from_str_with_options(text, options) {
        let more = match next {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => {
                builder.syntax(&error);
                false
            }
        };
        if !more {
            break;
        }
    }
    let mut tree = builder.tree;
    if found.iter().any(|one| *one.code != codes::TAG) {
        return None;
    }
    if tree.nodes.is_empty() {
        tree.nodes.push(Node {
            file,
            start: 0,
            end: 0,
            next: 1,
            what: What::Plain,
        });
    }
    check_keys(text, At::root(&tree, map), found);
    let stops =
        |one: &Diagnostic| one.code == &codes::LOOK_ALIKE || one.code == &codes::KEY_NOT_TEXT;
    (!found.iter().any(stops)).then_some(tree)
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    tree: Tree,
    /// Indices of the open mappings and sequences.
    open: Vec<usize>,
    documents: usize,
    found: &'a mut Vec<Diagnostic>,
}

impl Builder<'_> {
    /// Takes one event; returns whether to continue.
    fn take(&mut self, event: Event<'_>, span: &granit_parser::Span) -> bool {
        let at = self.span(span);
        if self.tree.nodes.len() >= MAX_NODES {
            let message = "this file has more than a million keys and values";
            let help = "split it: all files below `types/` are read";
            self.refuse(&codes::FILE_TOO_LARGE, at, message, help);
            return false;
        }
        if let Some(tag) = span.tag_span() {
            let at = self.span(&tag);
            self.refuse(
                &codes::TAG,
                at,
                "tags are not allowed",
                "remove the tag; quote a text that starts with `!`",
            );
        }
        match event {
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(
                    &codes::ALIAS,
                    at,
                    "aliases are not allowed",
                    "write the value out; quote a text that starts with `*`",
                );
                self.push(at, What::Plain);
            }
            Event::Anchor(..) => {
                self.refuse(
                    &codes::ALIAS,
                    at,
                    "anchors are not allowed",
                    "remove the anchor; quote a text that starts with `&`",
                );
            }
            Event::Scalar(value, style, ..) => self.scalar(at, &value, style),
            Event::SequenceStart(..) => return self.open(at, What::Sequence),
            Event::MappingStart(..) => return self.open(at, What::Mapping),
            Event::SequenceEnd | Event::MappingEnd => self.close(at),
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.refuse(
                        &codes::DOCUMENTS,
                        at,
                        "a second document starts here",
                        "put it in a separate file",
                    );
                    return false;
                }
            }
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            _ => {}
        }
        true
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        Span::new(self.file, range.start as u32, range.end as u32)
    }

    fn refuse(
        &mut self,
        code: &'static crate::diagnostic::Code,
        at: Span,
        message: &str,
        help: &str,
    ) {
        self.found
            .push(Diagnostic::new(code, message).at(at, "").help(help));
    }

    fn push(&mut self, at: Span, what: What) {
        let next = self.tree.nodes.len() as u32 + 1;
        self.tree.nodes.push(Node {
            file: self.file,
            start: at.start,
            end: at.end,
            next,
            what,
        });
    }

    fn scalar(&mut self, mut at: Span, value: &str, style: ScalarStyle) {
        let raw = self
            .text
            .get(at.start as usize..at.end as usize)
            .unwrap_or_default();
        let trimmed = raw.trim_end_matches([' ', '\t', '\r', '\n']);
        at.end = at.start + trimmed.len() as u32;
        let plain = style == ScalarStyle::Plain;
        let quotes = trimmed.len() >= 2 && !plain;
        let what = if plain && trimmed == value {
            What::Plain
        } else if quotes && trimmed.get(1..trimmed.len() - 1) == Some(value) {
            What::Quoted
        } else {
            self.tree.cooked.push(value.into());
            What::Cooked {
                index: self.tree.cooked.len() as u32 - 1,
                plain,
            }
        };
        self.push(at, what);
    }

    fn open(&mut self, at: Span, what: What) -> bool {
        if self.open.len() == MAX_NESTING {
            let help = "the spec format never needs this depth";
            self.refuse(&codes::NESTING, at, "more than 64 levels of nesting", help);
            return false;
        }
        self.open.push(self.tree.nodes.len());
        self.push(at, what);
        true
    }

    fn close(&mut self, at: Span) {
        let Some(index) = self.open.pop() else { return };
        let next = self.tree.nodes.len() as u32;
        let last = self.tree.nodes.last().map_or(0, |node| node.end);
        // The end of a block is not a token: it ends with its last child.
        let end = if at.end > at.start {
            at.end.max(last)
        } else {
            last
        };
        let node = &mut self.tree.nodes[index];
        node.next = next;
        node.end = end.max(node.start);
    }

    fn syntax(&mut self, error: &ScanError) {
        let text = self.text;
        let at = error
            .marker()
            .byte_offset()
            .unwrap_or(text.len())
            .min(text.len());
        let at = (0..=at)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        if let Some(found) = self.look_alike_near(at) {
            self.found.push(found);
            return;
        }
        let colon = error.info().contains(MISPLACED_COLON);
        let advice = colon.then(|| colon_help(text, at));
        if advice.as_deref().is_none_or(|help| help == INDENTATION) {
            if let Some(line) = indentation::culprit(self.file, text, at) {
                let message =
                    "wrong indentation: the line is neither beside nor below the lines above it";
                let wrong = Diagnostic::new(&codes::INDENTATION, message);
                let wrong = wrong.at(line, "the wrong indentation begins here");
                self.found.push(wrong.help(INDENTATION_HELP));
                return;
            }
        }
        let width = text[at..]
            .chars()
            .next()
            .filter(|c| !c.is_control())
            .map_or(0, char::len_utf8);
        let span = Span::new(self.file, at as u32, (at + width) as u32);
        let diagnostic = Diagnostic::new(
            &codes::YAML_SYNTAX,
            format!("invalid YAML: {}", error.info()),
        )
        .at(span, "the parser stopped here");
        self.found.push(match advice {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// Returns a look-alike on the line of a syntax error, or on the line before it, which probably
    /// caused the error.
    fn look_alike_near(&self, at: usize) -> Option<Diagnostic> {
        let line = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let start = self.text[..line.saturating_sub(1)]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |end| at + end);
        let (offset, character, name) = look_alike(&self.text[start..end])?;
        let from = (start + offset) as u32;
        let span = Span::new(self.file, from, from + character.len_utf8() as u32);
        Some(look_alike_diagnostic(span, character, name))
    }
}

/// The parser's words for a colon where no key can be.
const MISPLACED_COLON: &str = "mapping values";

/// Returns the advice for a colon where no key can be: a text with a colon, or a line with a wrong indentation.
fn colon_help(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let line = text[start..end].trim();
    let line = line.strip_prefix("- ").unwrap_or(line);
    let Some((key, value)) = line.split_once(": ") else {
        return INDENTATION.to_owned();
    };
    let value = value.trim();
    if !value.contains(": ") && !value.ends_with(':') {
        return INDENTATION.to_owned();
    }
    if value.contains(['"', '\'', '\\', '{', '[', '#']) || key.contains(['{', '[']) {
        return QUOTES.to_owned();
    }
    format!("{QUOTES}: `{key}: \"{value}\"`")
}

const QUOTES: &str = "put a text that contains a colon in quotes";
const INDENTATION_HELP: &str = "start the line in the column of the keys that it belongs with";
const INDENTATION: &str =
    "check the indentation: a key that already has a value cannot have keys below it";

/// Reports the first character that only some readers take for a line break.
fn strange_break(file: FileId, text: &str) -> Option<Diagnostic> {
    if text.is_ascii() {
        return None;
    }
    let named = |c: char| LINE_BREAKS.iter().find(|(known, _)| *known == c);
    let (at, (character, name)) = text
        .char_indices()
        .filter(|(_, c)| !c.is_ascii())
        .find_map(|(at, c)| Some((at, named(c)?)))?;
    let end = at + character.len_utf8();
    let code = u32::from(*character);
    Some(
        Diagnostic::new(
            &codes::LOOK_ALIKE,
            format!("{name} (U+{code:04X}), which ends a line in some programs and not in others"),
        )
        .at(Span::new(file, at as u32, end as u32), "here")
        .help(format!(
            "use an ordinary line break; to keep the character, write \"\\u{code:04X}\" in double quotes"
        )),
    )
}

fn look_alike(text: &str) -> Option<(usize, char, &'static str)> {
    if text.is_ascii() {
        return None;
    }
    text.char_indices().find_map(|(offset, character)| {
        let (_, name) = LOOK_ALIKES.iter().find(|(known, _)| *known == character)?;
        // A byte order mark is allowed at the start of a file.
        (offset > 0 || character != '\u{feff}').then_some((offset, character, *name))
    })
}

fn look_alike_diagnostic(span: Span, character: char, name: &str) -> Diagnostic {
    let code = u32::from(character);
    let help = match character {
        '\u{ff1a}' => "write an ASCII colon and a space: `key: value`",
        '\u{a0}' | '\u{202f}' | '\u{3000}' => "write an ordinary space",
        _ => "delete it",
    };
    Diagnostic::new(
        &codes::LOOK_ALIKE,
        format!("{name} (U+{code:04X}) where YAML expects plain characters"),
    )
    .at(span, "here")
    .help(help)
}

/// Reports duplicate keys, keys that are not texts, and look-alikes in keys and plain texts.
fn check_keys(text: &str, root: At<'_>, found: &mut Vec<Diagnostic>) {
    let strange = look_alike(text).is_some();
    let mut keys: Vec<(&str, Span)> = Vec::new();
    let mut stack = vec![root];
    while let Some(at) = stack.pop() {
        keys.clear();
        for entry in at.entries() {
            if found.len() >= MOST {
                return;
            }
            match entry.key() {
                Some(key) => {
                    keys.push((key, entry.key_span()));
                    if let Some((_, character, name)) = strange.then(|| look_alike(key)).flatten() {
                        found.push(look_alike_diagnostic(entry.key_span(), character, name));
                    }
                }
                None => {
                    found.push(
                        Diagnostic::new(&codes::KEY_NOT_TEXT, "a key must be a text")
                            .at(entry.key_span(), "not a text"),
                    );
                }
            }
            stack.push(entry);
        }
        duplicates(&mut keys, found);
        stack.extend(at.items());
        if at.text().is_some_and(is_to_write) {
            found.push(
                Diagnostic::new(&codes::TEXT_TO_WRITE, "a text that is still to be written")
                    .at(at.span(), "")
                    .help("write it in your own words"),
            );
        }
        let plain = strange && at.kind() == Kind::Plain;
        if let Some((_, character, name)) = at.text().filter(|_| plain).and_then(look_alike) {
            let message = format!(
                "{name} (U+{:04X}) in a text without quotes",
                u32::from(character)
            );
            found.push(
                Diagnostic::new(&codes::LOOK_ALIKE_IN_TEXT, message)
                    .at(at.span(), "")
                    .help("replace it, or put the text in quotes to keep it"),
            );
        }
    }
}

/// Returns whether a text is a placeholder of a draft.
fn is_to_write(text: &str) -> bool {
    let rest = text.strip_prefix("TODO");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

fn duplicates(keys: &mut [(&str, Span)], found: &mut Vec<Diagnostic>) {
    keys.sort_unstable();
    for pair in keys.windows(2) {
        let [(first, first_at), (second, second_at)] = pair else {
            continue;
        };
        if found.len() >= MOST {
            return;
        }
        if first == second {
            found.push(
                Diagnostic::new(&codes::DUPLICATE_KEY, format!("duplicate key `{second}`"))
                    .at(*second_at, "again")
                    .also(*first_at, "first"),
            );
        }
    }
}
