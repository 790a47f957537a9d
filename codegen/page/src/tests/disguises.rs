//! Checks that a page states the same however an editor, a browser or a mail program changed its
//! characters and lines.

use super::{fixtures, page};
use crate::tests::expected::summary;
use crate::{ReadError, read_bytes};

type Disguise = (&'static str, fn(&str) -> String);

const DISGUISES: &[Disguise] = &[
    ("line ends of Windows", |text| text.replace('\n', "\r\n")),
    ("line ends of old Macs", |text| text.replace('\n', "\r")),
    ("line separators", |text| text.replace('\n', "\u{2028}")),
    ("spaces that do not break", |text| {
        text.replace(' ', "\u{a0}")
    }),
    ("wide spaces", |text| text.replace(' ', "\u{3000}")),
    ("characters without width", |text| {
        text.replace('e', "e\u{200b}")
    }),
    ("soft hyphens", |text| text.replace('a', "a\u{ad}")),
    ("marks of byte order", |text| {
        text.replace('\n', "\u{feff}\n")
    }),
    ("an indent", |text| before_each(text, |_| "\t".to_owned())),
    ("a quotation", |text| before_each(text, |_| "> ".to_owned())),
    ("line numbers", |text| {
        before_each(text, |at| format!("{at:>4} "))
    }),
    ("line numbers and bars", |text| {
        before_each(text, |at| format!("{at}| "))
    }),
];

fn before_each(text: &str, prefix: impl Fn(usize) -> String) -> String {
    let lines = text.lines().enumerate();
    let lines = lines.map(|(at, line)| format!("{}{line}\n", prefix(at + 1)));
    lines.collect()
}

#[test]
fn a_page_in_disguise_says_the_same() {
    for (name, text) in fixtures() {
        let facts = |text: &str| {
            let page = page(text);
            let unread: Vec<u32> = page.unread.iter().map(|line| line.line).collect();
            (summary(&page), unread)
        };
        let plain = facts(&text);
        for (what, disguise) in DISGUISES {
            let is_html = name.starts_with("html");
            // Without line feeds, and with text before it, HTML is a different page.
            if is_html && disguise("\n<").contains(['>', '|', '1', '\u{2028}']) {
                continue;
            }
            assert_eq!(facts(&disguise(&text)), plain, "{name} with {what}");
        }
    }
}

#[test]
fn utf_16_is_read_behind_its_mark() {
    let text = "### Request parameters\n\n#### note 字符串 必需\n";
    let little: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let big: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    let plain = read_bytes(text.as_bytes());
    assert!(plain.is_ok());
    assert_eq!(read_bytes(&little), plain);
    assert_eq!(read_bytes(&big), plain);
    assert_eq!(read_bytes(&little[2..]), Err(ReadError::Binary));
    assert_eq!(
        read_bytes(&little[..little.len() - 1]),
        Err(ReadError::Binary)
    );
}
