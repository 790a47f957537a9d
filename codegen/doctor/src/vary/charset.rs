//! Other character sets in which a body may have been signed.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};

use super::super::case::Case;
use super::super::parts::Variations;

const SETS: [&Encoding; 6] = [WINDOWS_1252, GBK, GB18030, BIG5, SHIFT_JIS, EUC_KR];

/// A way to turn a character into bytes.
type Write = fn(char) -> Vec<u8>;

/// Character sets that encode each character on its own.
const PLAIN: [(&str, Write); 4] = [
    ("ISO 8859-1", |c| {
        vec![u8::try_from(u32::from(c)).unwrap_or(b'?')]
    }),
    ("ASCII, with `?` for all else", |c| {
        vec![if c.is_ascii() { c as u8 } else { b'?' }]
    }),
    ("UTF-16, little-endian", |c| utf16(c, u16::to_le_bytes)),
    ("UTF-16, big-endian", |c| utf16(c, u16::to_be_bytes)),
];

fn utf16(c: char, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mut units = [0; 2];
    let units = c.encode_utf16(&mut units).iter();
    units.flat_map(|unit| bytes(*unit)).collect()
}

pub(in super::super) fn charset(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    let body = to.body_now();
    match std::str::from_utf8(body) {
        Ok(text) => signed_in_another(text, to),
        Err(_) => sent_in_another(body, to),
    }
}

fn signed_in_another(text: &str, to: &mut Variations<'_, '_>) {
    for (name, write) in PLAIN {
        let body: Vec<u8> = text.chars().flat_map(write).collect();
        let detail = format!("signed in {name}, sent in UTF-8");
        to.body(&detail, body.clone());
        let mark = write('\u{feff}');
        if mark.len() > 1 {
            to.body(detail + ", with a mark before it", [mark, body].concat());
        }
    }
    for set in SETS {
        let (body, _, has_gaps) = set.encode(text);
        if !has_gaps {
            let detail = format!("signed in {}, sent in UTF-8", set.name());
            to.body(detail, body.into_owned());
        }
    }
    // The UTF-8 bytes were taken for another character set on the way.
    let twice: String = text.bytes().map(char::from).collect();
    to.body(
        "UTF-8 was taken for ISO 8859-1 and encoded again before it was signed",
        twice.into(),
    );
    let (twice, _, _) = WINDOWS_1252.decode(text.as_bytes());
    let detail = "UTF-8 was taken for Windows-1252 and encoded again before it was signed";
    to.body(detail, twice.into_owned().into());
    let once: Option<Vec<u8>> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).ok())
        .collect();
    if let Some(once) = once {
        let detail = "UTF-8 was taken for ISO 8859-1 and encoded again before it was sent";
        to.body(detail, once);
    }
}

/// Replacements that programs write for a character with two UTF-16 units.
const LOST: [(&str, Write); 10] = [
    ("as `?`", |_| b"?".to_vec()),
    ("as `??`", |_| b"??".to_vec()),
    ("as `????`", |_| b"????".to_vec()),
    ("as U+FFFD", |_| "\u{fffd}".into()),
    ("as U+FFFD twice", |_| "\u{fffd}".repeat(2).into()),
    ("as U+FFFD four times", |_| "\u{fffd}".repeat(4).into()),
    ("left out", |_| Vec::new()),
    ("as U+25A1", |_| "\u{25a1}".into()),
    ("as two surrogates of three bytes each", cesu8),
    ("as its lower 16 bits", |c| {
        let unit = u32::from(c) & 0xffff;
        char::from_u32(unit).map_or_else(Vec::new, |c| c.to_string().into())
    }),
];

/// Encodes each half of UTF-16 on its own, as CESU-8 does, which Oracle calls UTF8.
fn cesu8(c: char) -> Vec<u8> {
    let mut units = [0; 2];
    let units = c.encode_utf16(&mut units).iter();
    let bytes = units.flat_map(|unit| {
        let [high, low] = unit.to_be_bytes();
        let middle = (high & 0x0f) << 2 | low >> 6;
        [0xe0 | high >> 4, 0x80 | middle, 0x80 | low & 0x3f]
    });
    bytes.collect()
}

pub(in super::super) fn emoji(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    let body = to.body_now();
    let Ok(text) = std::str::from_utf8(body) else {
        if let Some(whole) = joined_surrogates(body) {
            to.body(
                "sent as two surrogates of three bytes each, signed in UTF-8",
                whole,
            );
        }
        return;
    };
    let is_emoji = |c: char| u32::from(c) > 0xffff;
    if !text.contains(is_emoji) {
        return;
    }
    for (name, write) in LOST {
        let lost = text.chars().flat_map(|c| match is_emoji(c) {
            true => write(c),
            false => c.to_string().into_bytes(),
        });
        to.body(format!("emoji were signed {name}"), lost.collect());
    }
    // A program may replace a run of emoji as a whole, with its joiners and selectors.
    let mut runs = String::new();
    for c in text.chars() {
        match is_emoji(c) {
            true if runs.ends_with('?') => {}
            true => runs.push('?'),
            false if matches!(c, '\u{200d}' | '\u{fe0f}') => {}
            false => runs.push(c),
        }
    }
    to.body("a run of emoji was signed as one `?`", runs.into());
    to.body(
        "texts were signed up to their first emoji",
        cut_texts(text, is_emoji).into(),
    );
}

/// Cuts each string of a JSON text before its first character of this kind.
fn cut_texts(text: &str, ends: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut is_inside, mut is_escaped, mut is_cut) = (false, false, false);
    for c in text.chars() {
        if c == '"' && !is_escaped {
            (is_inside, is_cut) = (!is_inside, false);
        }
        is_escaped = c == '\\' && !is_escaped;
        is_cut = is_cut || is_inside && ends(c);
        if !is_cut {
            out.push(c);
        }
    }
    out
}

/// Converts halves of UTF-16 that were encoded on their own to UTF-8; [`None`] if the body has none.
fn joined_surrogates(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut has_any = false;
    while let Some((first, behind)) = rest.split_first() {
        if let [
            0xed,
            a @ 0xa0..=0xaf,
            b,
            0xed,
            c @ 0xb0..=0xbf,
            d,
            behind @ ..,
        ] = rest
        {
            let unit =
                |high: &u8, low: &u8| 0xd000 | u16::from(high & 0x3f) << 6 | u16::from(low & 0x3f);
            let c = char::decode_utf16([unit(a, b), unit(c, d)]).next()?.ok()?;
            whole.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            (rest, has_any) = (behind, true);
        } else {
            whole.push(*first);
            rest = behind;
        }
    }
    has_any.then_some(whole)
}

fn sent_in_another(body: &[u8], to: &mut Variations<'_, '_>) {
    for set in SETS
        .into_iter()
        .chain([encoding_rs::UTF_16LE, encoding_rs::UTF_16BE])
    {
        let (text, used, has_gaps) = set.decode(body);
        if !has_gaps {
            let detail = format!("sent in {}, signed in UTF-8", used.name());
            to.body(detail, text.into_owned().into());
        }
    }
}
