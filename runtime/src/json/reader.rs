//! Parses JSON in one pass, without floats.
//!
//! It replaces serde_json's parser because it keeps the digits of numbers, limits the depth, also
//! checks the texts that no caller requests, and is faster on messages of short texts.

mod string;

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
