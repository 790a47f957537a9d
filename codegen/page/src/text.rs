//! Normalises text for matching phrases: letters and digits only, in lower case, so that spaces,
//! markup, full-width forms and most punctuation do not matter.

/// A normalised text, with the original position of each byte.
#[derive(Debug, Default)]
pub(super) struct Norm {
    /// The text.
    pub(super) text: String,
    /// The position in the original, for each byte.
    at: Vec<usize>,
    /// Length of the original.
    end: usize,
}

impl Norm {
    pub(super) fn of(original: &str) -> Self {
        let mut norm = Norm {
            text: String::with_capacity(original.len()),
            at: Vec::with_capacity(original.len()),
            end: original.len(),
        };
        each_kept(original, |at, char| {
            norm.text.push(char);
            norm.at.resize(norm.text.len(), at);
        });
        norm
    }

    /// Returns the position in the original of this byte.
    pub(super) fn origin(&self, byte: usize) -> usize {
        self.at.get(byte).copied().unwrap_or(self.end)
    }

    /// Returns the first byte that came from this position in the original or from a later one.
    pub(super) fn after(&self, origin: usize) -> usize {
        self.at.partition_point(|at| *at < origin)
    }

    /// Returns the end in the original of the text before this byte.
    pub(super) fn origin_end(&self, byte: usize, original: &str) -> usize {
        let Some(last) = byte.checked_sub(1) else {
            return 0;
        };
        let start = self.origin(last);
        let char = original.get(start..).and_then(|rest| rest.chars().next());
        start + char.map_or(0, char::len_utf8)
    }
}

/// Returns the normal form of a phrase.
pub(super) fn norm(text: &str) -> String {
    let mut norm = String::with_capacity(text.len());
    each_kept(text, |_, char| norm.push(char));
    norm
}

/// Calls a function for each character of a text's normal form, with its position in the text.
fn each_kept(original: &str, mut keep: impl FnMut(usize, char)) {
    let mut before_is_digit = false;
    let mut chars = original.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let char = narrow(char);
        match char {
            // Most characters need no table of Unicode.
            'a'..='z' | '0'..='9' | '-' => keep(at, char),
            'A'..='Z' => keep(at, char.to_ascii_lowercase()),
            // A decimal point is kept, a full stop is not. A comma between digits only groups them.
            '.' => {
                let next = chars.peek().map(|(_, next)| narrow(*next));
                if before_is_digit && next.is_some_and(|next| next.is_ascii_digit()) {
                    keep(at, char);
                }
            }
            _ if char.is_ascii() => {}
            '\u{4e00}'..='\u{9fff}' => keep(at, char),
            _ if char.is_alphanumeric() => char.to_lowercase().for_each(|lower| keep(at, lower)),
            _ => {}
        }
        before_is_digit = char.is_ascii_digit();
    }
}

/// Replaces full-width forms and dashes by ASCII.
fn narrow(char: char) -> char {
    match char {
        '~' => '-',
        _ if char.is_ascii() => char,
        '～' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(char as u32 - 0xfee0).unwrap_or(char),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => char,
    }
}

/// Returns the part of a text between its beginning and its end, if it has these. Of many pairs, most have another
/// first or last byte.
pub(super) fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let bytes = text.as_bytes();
    let may_start = before.is_empty() || before.as_bytes().first() == bytes.first();
    let may_end = after.is_empty() || after.as_bytes().last() == bytes.last();
    if !may_start || !may_end {
        return None;
    }
    text.strip_prefix(before)?.strip_suffix(after)
}

/// Returns whether a character belongs to Chinese text.
pub(super) fn is_chinese(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Returns whether a word can be a name on the wire: `paymentNotifyUrl`, `app_id`.
pub(super) fn is_wire_name(word: &str) -> bool {
    let first = word.chars().next();
    first.is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && word.len() <= 64
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Returns whether a word is written like a name on the wire that has several parts: `resultCode`,
/// `result_code`.
pub(super) fn is_compound_name(word: &str) -> bool {
    is_wire_name(word)
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.contains(|c: char| c.is_ascii_uppercase() || c == '_')
}

/// Returns whether a word is written like a result code or a constant: `PARAM_ILLEGAL`.
pub(super) fn is_constant(word: &str) -> bool {
    let first = word.chars().next();
    first.is_some_and(|c| c.is_ascii_uppercase())
        && (2..=64).contains(&word.len())
        && word
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Returns a text up to its first punctuation: the title at the start of a description.
pub(super) fn first_sentence(text: &str) -> &str {
    let end = text.find(['.', '。', ';', '；', '\n', '，', ',', '：', ':']);
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}
