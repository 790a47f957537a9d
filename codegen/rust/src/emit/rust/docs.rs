//! Documentation comments from untrusted texts.
//!
//! A text of the spec is prose, and must appear as prose: it must not open a code block (which would be
//! compiled as a test), a link, HTML, a list or a heading, nor end its comment. Words between single
//! backticks stay code spans.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// Largest width of a line of documentation, in columns.
const WIDTH: usize = 92;

/// Additional columns that a line may have, to end with a word that cannot start the next one.
const SLACK: usize = 8;

/// The documentation of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Docs {
    lines: Vec<String>,
    words: Vec<String>,
}

impl Docs {
    /// Makes documentation that starts with the description in the spec, or with the name if that is
    /// empty.
    pub(super) fn of(name: &str, description: &str) -> Docs {
        let mut docs = Docs::default();
        if collapse(description).is_empty() {
            docs.own(&sentence(&code(name)));
        } else {
            docs.text(description);
        }
        docs
    }

    /// Adds a text of the spec to the paragraph, as a sentence.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.own(&sentence(&prose(text)))
    }

    /// Adds our own Markdown to the paragraph; texts of the spec must go through [`prose`] or [`code`].
    pub(super) fn own(&mut self, markdown: &str) -> &mut Self {
        self.words.extend(words(markdown).map(str::to_owned));
        self
    }

    /// Ends the paragraph.
    pub(super) fn paragraph(&mut self) -> &mut Self {
        self.flush("");
        self
    }

    /// Ends the paragraph and adds a heading of our own.
    pub(super) fn heading(&mut self, text: &str) -> &mut Self {
        self.flush("");
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(format!("# {text}"));
        self
    }

    /// Ends the paragraph and adds lines of our own, unchanged.
    pub(super) fn verbatim(&mut self, lines: Vec<String>) -> &mut Self {
        self.flush("");
        self.lines.push(String::new());
        self.lines.extend(lines);
        self
    }

    /// Ends the paragraph and adds a list of items, each in our own Markdown.
    pub(super) fn list(&mut self, items: impl IntoIterator<Item = String>) -> &mut Self {
        self.flush("");
        for (index, item) in items.into_iter().enumerate() {
            if index == 0 && !self.lines.is_empty() {
                self.lines.push(String::new());
            }
            self.own(&item);
            let words = std::mem::take(&mut self.words);
            wrap(&words, "- ", "  ", &mut self.lines);
        }
        self
    }

    /// Ends the paragraph and adds a list that a reader opens by its title, each item in our own Markdown.
    /// An empty list adds nothing.
    pub(super) fn folded(&mut self, title: &str, items: Vec<String>) -> &mut Self {
        if items.is_empty() {
            return self;
        }
        let summary = format!("<details><summary>{title}</summary>");
        self.verbatim(vec![summary]);
        self.list(items);
        self.verbatim(vec!["</details>".to_owned()])
    }

    /// Returns the lines, without the comment marks.
    pub(super) fn lines(mut self) -> Vec<String> {
        self.flush("");
        self.lines
    }

    fn flush(&mut self, indent: &str) {
        if self.words.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        let words = std::mem::take(&mut self.words);
        wrap(&words, indent, indent, &mut self.lines);
    }
}

impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let lines = self.clone().lines();
        let lines = lines.iter().map(|line| comment(line));
        tokens.extend(quote!(#(#[doc = #lines])*));
    }
}

/// Returns a line in the form that it has after the comment mark.
pub(super) fn comment(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// Returns Markdown that shows exactly this text of the spec, in one line.
pub fn prose(text: &str) -> String {
    let text = collapse(text);
    let spans = has_code_spans(&text);
    let mut out = String::with_capacity(text.len() + 8);
    if spans {
        for (index, part) in text.split('`').enumerate() {
            if index % 2 == 0 {
                escape(part, &mut out);
            } else {
                out.extend(["`", part, "`"]);
            }
        }
    } else {
        escape(&text, &mut out);
    }
    out
}

/// Makes an item findable by its name on the wire, if rustdoc takes that as an alias.
pub(super) fn alias(ident: &Ident, name: &str) -> Option<TokenStream> {
    let is_fit = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'\\');
    let fits = !name.is_empty() && name.bytes().all(is_fit) && *ident != name;
    fits.then(|| quote!(#[doc(alias = #name)]))
}

/// Returns a text of the spec as a code span, or as prose if that is impossible.
pub(super) fn code(text: &str) -> String {
    let text = collapse(text);
    if text.is_empty() || text.contains('`') {
        prose(&text)
    } else {
        format!("`{text}`")
    }
}

/// Ends a text with a full stop.
pub(super) fn sentence(text: &str) -> String {
    if text.is_empty() || text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Puts a text on one line: any run of white space and control characters becomes a space; invisible
/// characters and direction marks are dropped.
pub(super) fn collapse(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let mut words = visible.split_whitespace();
    let mut out = words.next().unwrap_or_default().to_owned();
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Returns whether the backticks of a text form pairs around non-empty code spans.
fn has_code_spans(text: &str) -> bool {
    let parts: Vec<&str> = text.split('`').collect();
    let spans = parts.iter().skip(1).step_by(2);
    parts.len() > 1
        && parts.len() % 2 == 1
        && spans
            .clone()
            .all(|part| !part.is_empty() && part.trim() == *part)
        && parts[1..parts.len() - 1]
            .iter()
            .all(|part| !part.is_empty())
}

/// Escapes the characters that have a meaning in Markdown inside a line.
fn escape(text: &str, out: &mut String) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        match url(word) {
            Some((before, url, after)) => {
                escape_word(before, out);
                out.extend(["`", url, "`"]);
                escape_word(after, out);
            }
            None => escape_word(word, out),
        }
    }
}

fn escape_word(word: &str, out: &mut String) {
    let mut before = None;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            '_' => !(inside_word(before) && inside_word(after)),
            '&' => after.is_some_and(|c| c.is_alphanumeric() || c == '#'),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// Returns an address inside a word, with the text before and after it. It is shown as code, because
/// rustdoc would make a link of it, or warn that it is not one.
fn url(word: &str) -> Option<(&str, &str, &str)> {
    let scheme_end = word.find("://")?;
    let start = word[..scheme_end]
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |index| {
            index + word[index..].chars().next().map_or(1, char::len_utf8)
        });
    let end = word
        .trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '/'))
        .len();
    let inner = word.get(start..end)?;
    (end > scheme_end && !inner.contains('`')).then(|| (&word[..start], inner, &word[end..]))
}

/// Splits Markdown into words. A code span stays whole: a line may only break where a mark at the start
/// of the next line can be escaped.
fn words(markdown: &str) -> impl Iterator<Item = &str> {
    let (mut in_code, mut escaped) = (false, false);
    let parts = markdown.split(move |c: char| {
        let breaks = c.is_ascii_whitespace() && !in_code;
        match c {
            '`' if !escaped => in_code = !in_code,
            _ => {}
        }
        escaped = c == '\\' && !in_code && !escaped;
        breaks
    });
    parts.filter(|word| !word.is_empty())
}

/// Breaks words into lines, preferably not before a word that would start a list, heading or quotation
/// there. If that is unavoidable, the word is escaped.
fn wrap(words: &[String], first_indent: &str, indent: &str, lines: &mut Vec<String>) {
    let mut line = first_indent.to_owned();
    let mut width = 0;
    for word in words {
        let columns = word.chars().count();
        let room = match at_line_start(word) == *word {
            true => WIDTH,
            false => WIDTH + SLACK,
        };
        if width > 0 && width + 1 + columns > room {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
            width = 0;
        }
        if width > 0 {
            line.push(' ');
            line.push_str(word);
        } else {
            line.push_str(&at_line_start(word));
        }
        width += columns + 1;
    }
    lines.push(line);
}

/// Escapes a word at the start of a line, where a quotation mark, a run of marks, or a number with a
/// full stop would open a block.
fn at_line_start(word: &str) -> String {
    let only = |marks: &str| word.chars().all(|c| marks.contains(c));
    if word.starts_with('>') || only("#") || only("-") || only("+") || only("=") {
        return format!("\\{word}");
    }
    let mark = word.trim_start_matches(|c: char| c.is_ascii_digit());
    match mark {
        "." | ")" if mark.len() < word.len() => {
            format!("{}\\{mark}", &word[..word.len() - mark.len()])
        }
        _ => word.to_owned(),
    }
}
