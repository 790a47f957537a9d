//! Strings: their ends, escapes and damages.

use super::Reader;
use crate::json::mistake::Mistake;
use std::borrow::Cow;

impl<'a> Reader<'a> {
    /// Reads a string and resolves its escapes. The next byte must be its opening quotation mark.
    #[inline]
    pub(in crate::json) fn string(&mut self) -> Result<Cow<'a, str>, Mistake> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.string_with_escapes().map(Cow::Owned),
        }
    }

    /// Reads a string and resolves its escapes; returns [`None`] for a damaged one, which it skips.
    pub(in crate::json) fn text_or_damage(&mut self) -> Result<Option<Cow<'a, str>>, Mistake> {
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

    /// Skips a string.
    pub(super) fn skip_string(&mut self) -> Result<(), Mistake> {
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
    pub(in crate::json) fn plain_string(&mut self) -> Option<&'a str> {
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
