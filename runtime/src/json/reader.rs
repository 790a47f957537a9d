//! Parses JSON in one pass, without floats.
//!
//! It replaces serde_json's parser because it keeps the digits of numbers, limits the depth, also
//! checks the texts that no caller requests, and is faster on messages of short texts.

use super::MAX_DEPTH;
use super::mistake::Mistake;
use std::borrow::Cow;

/// A parser at some byte of a text.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    has_seen_empty_text: bool,
    /// True if a value that is not JSON can be skipped, as long as its end is clear.
    lenient: bool,
}

/// A position that a reader can go back to.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            has_seen_empty_text: false,
            lenient: false,
        }
    }

    /// Makes a reader that can skip values that are not JSON: strings with half of a surrogate pair, an
    /// unknown escape or a control character, and bare words such as `NaN`, `01` and `None`.
    pub(crate) fn lenient(text: &'a str) -> Self {
        Self {
            lenient: true,
            ..Self::new(text)
        }
    }

    /// Returns the current position.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            at: self.at,
            depth: self.depth,
        }
    }

    /// Goes back to an earlier position.
    pub(super) fn go_back(&mut self, mark: Mark) {
        let Mark { at, depth } = mark;
        self.at = at;
        self.depth = depth;
    }

    /// Returns whether one of the strings was `""`.
    pub(crate) fn has_seen_empty_text(&self) -> bool {
        self.has_seen_empty_text
    }

    /// Returns the number of open arrays and objects.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    #[cold]
    pub(crate) fn mistake(&self, reason: &'static str) -> Mistake {
        Mistake::new(self.at, reason)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Returns the next byte that is not white space.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.byte() {
            Some(b' ' | b'\n' | b'\t' | b'\r') => self.peek_behind_space(),
            byte => byte,
        }
    }

    /// Skips white space. It is mostly a line break and an indent, so eight blanks are compared at
    /// once.
    fn peek_behind_space(&mut self) -> Option<u8> {
        const BLANKS: u64 = u64::from_ne_bytes([b' '; 8]);
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let byte = loop {
            match bytes.get(at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => at += 1,
                byte => break byte,
            }
            if let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
                let others = u64::from_le_bytes(*chunk) ^ BLANKS;
                at += others.trailing_zeros() as usize / 8;
            }
        };
        self.at = at;
        byte.copied()
    }

    /// Checks that nothing follows but white space.
    pub(crate) fn finish(&mut self) -> Result<(), Mistake> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.mistake("something follows the value")),
        }
    }

    /// Steps over the bracket that opens an array or object.
    #[inline]
    pub(super) fn open(&mut self) -> Result<(), Mistake> {
        if self.depth == MAX_DEPTH {
            let reason = format!("nested deeper than {MAX_DEPTH} levels");
            return Err(Mistake::new(self.at, reason));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.at += 1;
    }

    /// Reads the name of the next field and the colon after it; returns [`None`] at the end of the
    /// object.
    pub(super) fn next_name(&mut self, is_first: bool) -> Result<Option<Cow<'a, str>>, Mistake> {
        if !self.next_field(is_first)? {
            return Ok(None);
        }
        // No table has a field with an unreadable name.
        let name = self.text_or_damage()?.unwrap_or(NO_NAME);
        self.colon()?;
        Ok(Some(name))
    }

    /// Returns whether another field comes, with its name next; if not, the object is closed.
    #[inline]
    pub(super) fn next_field(&mut self, is_first: bool) -> Result<bool, Mistake> {
        match self.peek() {
            Some(b'}') => {
                self.close();
                return Ok(false);
            }
            Some(b',') if !is_first => {
                self.at += 1;
                self.peek();
            }
            Some(_) if is_first => {}
            _ => return Err(self.mistake("expected `,` or `}`")),
        }
        if self.byte() != Some(b'"') {
            return Err(self.mistake("expected the name of a field"));
        }
        Ok(true)
    }

    /// Reads the colon after the name of a field.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), Mistake> {
        if self.peek() != Some(b':') {
            return Err(self.mistake("expected `:`"));
        }
        self.at += 1;
        Ok(())
    }

    /// Returns whether another element comes; if not, the array is closed.
    pub(super) fn next_element(&mut self, is_first: bool) -> Result<bool, Mistake> {
        match self.peek() {
            Some(b']') => {
                self.close();
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                match self.peek() {
                    Some(b']') => Err(self.mistake("expected a value")),
                    _ => Ok(true),
                }
            }
            Some(_) if is_first => Ok(true),
            _ => Err(self.mistake("expected `,` or `]`")),
        }
    }

    /// Reads one of the words `null`, `true` and `false`.
    pub(super) fn word(&mut self, word: &str) -> Result<(), Mistake> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.mistake("expected a value"));
        }
        self.at += word.len();
        self.token_end()
    }

    /// Checks that a word or number ends here. A strict reader notices that at the next token.
    fn token_end(&self) -> Result<(), Mistake> {
        match self.byte() {
            Some(byte) if self.lenient && is_bare(byte) => Err(self.mistake("expected a value")),
            Some(_) | None => Ok(()),
        }
    }

    /// Reads a number and returns its text.
    pub(super) fn number(&mut self) -> Result<&'a str, Mistake> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        match self.byte() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            None => return Err(self.mistake("the message ends too early")),
            Some(_) => return Err(self.mistake("expected a value")),
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.some_digits()?;
        }
        self.token_end()?;
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Result<(), Mistake> {
        let start = self.at;
        self.digits();
        match self.at > start {
            true => Ok(()),
            false => Err(self.mistake("expected a digit")),
        }
    }

    /// Reads a string and resolves its escapes. The next byte must be its opening quotation mark.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Mistake> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.string_with_escapes().map(Cow::Owned),
        }
    }

    /// Reads a string and resolves its escapes; returns [`None`] for a damaged one, which it skips.
    pub(super) fn text_or_damage(&mut self) -> Result<Option<Cow<'a, str>>, Mistake> {
        let start = self.mark();
        match self.string() {
            Ok(text) => Ok(Some(text)),
            Err(mistake) if !self.lenient => Err(mistake),
            Err(_) => {
                self.go_back(start);
                self.skip_string()?;
                Ok(None)
            }
        }
    }

    /// Reads any word or number, up to white space or punctuation.
    pub(super) fn bare_word(&mut self) -> Result<&'a str, Mistake> {
        let start = self.at;
        while self.byte().is_some_and(is_bare) {
            self.at += 1;
        }
        match self.text.get(start..self.at) {
            Some("") | None => Err(self.mistake("expected a value")),
            Some(word) => Ok(word),
        }
    }

    /// Skips a string.
    fn skip_string(&mut self) -> Result<(), Mistake> {
        if !self.lenient {
            return self.string().map(drop);
        }
        self.at += 1;
        loop {
            self.at = ordinary_end(self.text.as_bytes(), self.at);
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
                None => return Err(self.mistake("the message ends within a string")),
            }
        }
    }

    /// Reads a string without escapes; returns [`None`] and does not move for any other.
    #[inline]
    pub(super) fn plain_string(&mut self) -> Option<&'a str> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let end = ordinary_end(bytes, start);
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        let text = self.text.get(start..end)?;
        self.has_seen_empty_text |= text.is_empty();
        self.at = end + 1;
        Some(text)
    }

    #[cold]
    #[inline(never)]
    fn string_with_escapes(&mut self) -> Result<String, Mistake> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let start = self.at;
            self.at = ordinary_end(self.text.as_bytes(), start);
            text.push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                Some(_) => return Err(self.mistake("a control character in a string")),
                None => return Err(self.mistake("the message ends within a string")),
            }
        }
    }

    /// Reads the rest of an escape after its backslash.
    fn escape(&mut self) -> Result<char, Mistake> {
        let char = match self.byte() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.mistake("an unknown escape in a string")),
        };
        self.at += 1;
        Ok(char)
    }

    fn unicode_escape(&mut self) -> Result<char, Mistake> {
        let half = "half of a surrogate pair";
        let first = self.hexadecimal()?;
        let code = match first {
            0xd800..0xdc00 => {
                let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
                if !rest.starts_with(b"\\u") {
                    return Err(self.mistake(half));
                }
                self.at += 1;
                let second = self.hexadecimal()?;
                if !(0xdc00..0xe000).contains(&second) {
                    return Err(self.mistake(half));
                }
                0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            code => code,
        };
        char::from_u32(code).ok_or_else(|| self.mistake(half))
    }

    /// Reads `u` and four hexadecimal digits.
    fn hexadecimal(&mut self) -> Result<u32, Mistake> {
        let digits = self
            .text
            .as_bytes()
            .get(self.at + 1..self.at + 5)
            .unwrap_or_default();
        let mut code = 0;
        for digit in digits {
            let digit = char::from(*digit).to_digit(16);
            code =
                code * 16 + digit.ok_or_else(|| self.mistake("an unknown escape in a string"))?;
        }
        if digits.len() < 4 {
            return Err(self.mistake("an unknown escape in a string"));
        }
        self.at += 5;
        Ok(code)
    }

    /// Skips a value and returns its text.
    pub(crate) fn skip(&mut self) -> Result<&'a str, Mistake> {
        let first = self.peek();
        let start = self.at;
        match first {
            Some(b'"') => self.skip_string()?,
            Some(b'{') => {
                self.open()?;
                let mut is_first = true;
                while self.next_field(is_first)? {
                    self.skip_string()?;
                    self.colon()?;
                    self.skip()?;
                    is_first = false;
                }
            }
            Some(b'[') => {
                self.open()?;
                let mut is_first = true;
                while self.next_element(is_first)? {
                    self.skip()?;
                    is_first = false;
                }
            }
            _ if self.lenient => drop(self.bare_word()?),
            Some(b'n') => self.word("null")?,
            Some(b't') => self.word("true")?,
            Some(b'f') => self.word("false")?,
            _ => drop(self.number()?),
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Skips an object that is the whole text, and calls a function with the name of each field and the range of its
    /// value.
    #[cfg(feature = "client")]
    pub(crate) fn skip_fields(
        &mut self,
        mut field: impl FnMut(&str, core::ops::Range<usize>),
    ) -> Result<(), Mistake> {
        if self.peek() != Some(b'{') {
            return Err(self.mistake("expected an object"));
        }
        self.open()?;
        let mut is_first = true;
        while let Some(name) = self.next_name(is_first)? {
            self.peek();
            let start = self.at;
            self.skip()?;
            field(&name, start..self.at);
            is_first = false;
        }
        self.finish()
    }

    /// Returns whether values that are not JSON can be skipped.
    pub(super) fn is_lenient(&self) -> bool {
        self.lenient
    }
}

/// The replacement for a damaged name.
const NO_NAME: Cow<'static, str> = Cow::Borrowed("\u{fffd}");

/// Returns whether the name of a member of a leniently read object stands for one that is not text.
pub fn is_damaged_name(name: &str) -> bool {
    name == NO_NAME
}

/// Returns whether the byte can be part of a bare word.
fn is_bare(byte: u8) -> bool {
    !matches!(
        byte,
        b' ' | b'\n' | b'\t' | b'\r' | b',' | b':' | b'"' | b'[' | b']' | b'{' | b'}'
    )
}

/// Returns the position where the ordinary characters of a string end: at a quotation mark, a
/// backslash, a control character, or the end of the bytes. Most texts are short, so it compares eight
/// bytes at once until a text turns out to be long.
#[inline]
fn ordinary_end(bytes: &[u8], mut at: usize) -> usize {
    let long = at + 32;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let found = special(u64::from_le_bytes(*chunk));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
        if at == long {
            at = skip_ordinary_blocks(bytes, at);
        }
    }
    let is_ordinary = |byte: &u8| *byte >= 0x20 && !matches!(byte, b'"' | b'\\');
    while bytes.get(at).is_some_and(is_ordinary) {
        at += 1;
    }
    at
}

/// Returns the high bit of every byte that is not an ordinary character, and possibly of some bytes
/// after the first such byte.
#[inline]
fn special(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    let control = word.wrapping_sub(ONES * 0x20);
    let quote = (word ^ (ONES * u64::from(b'"'))).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
    (control | quote | backslash) & !word & (ONES << 7)
}

/// Skips blocks of ordinary characters, without a branch for each byte, so that one instruction
/// compares many bytes.
#[inline(never)]
fn skip_ordinary_blocks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<32>()) {
        let found = block.iter().fold(0, |found, byte| {
            found | u8::from(*byte < 0x20) | u8::from(*byte == b'"') | u8::from(*byte == b'\\')
        });
        if found != 0 {
            break;
        }
        at += 32;
    }
    at
}
