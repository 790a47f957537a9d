//! Other character sets in which a body may have been signed.

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};

use super::super::case::Case;
use super::super::parts::Variations;

const SETS: [&Encoding; 6] = [WINDOWS_1252, GBK, GB18030, BIG5, SHIFT_JIS, EUC_KR];

/// A way to turn a character into bytes.
type Write = fn(char) -> Vec<u8>;

/// Character sets of which each character is written by itself.
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
    // Bytes of UTF-8 that were taken for something else on the way.
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
