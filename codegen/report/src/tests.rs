use std::collections::BTreeMap;

use askama::Template;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::MarkdownText;
use super::{Aligned, Row, SideBySide, Table, code, written};
use askama::filters::Escaper;

/// Texts that could break the markup of a report.
const NASTY: &[&str] = &[
    "plain words",
    "@team and me@example.com",
    "a | b || c",
    "`code` and ``more``",
    "`",
    " spaced ",
    "<script>alert(1)</script> & <img src=x onerror=y>",
    "*bold* _it_ __b__ ~~gone~~ $x^2$",
    "[link](https://evil.example) ![image](x) https://evil.example",
    "# heading",
    "- list",
    "+ list",
    "12. list",
    "12) list",
    "> quote",
    "--- \n===",
    "back\\slash \\* \\",
    "&lt; &#42;",
    "line\nbreak",
    "#12 and GH-1",
    "</details></td>",
    "<!-- -->",
];

/// Returns the text that a reader of Markdown sees, and checks that only allowed markup surrounds it.
fn seen(markdown: &str, allowed: fn(&Tag<'_>) -> bool) -> String {
    let mut text = String::new();
    // The Markdown of GitHub, which has no curly quotes.
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(part) | Event::Code(part) => text += &part,
            Event::Start(tag) => assert!(allowed(&tag), "{tag:?} in {markdown}"),
            Event::InlineHtml(html) => {
                assert!(
                    ["<!-- -->", "<code>", "</code>"].contains(&&*html),
                    "{html} in {markdown}"
                );
            }
            Event::End(TagEnd::TableCell) => text += "·",
            Event::End(_) => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    text
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    MarkdownText
        .write_escaped_str(&mut out, text)
        .expect("a String takes all");
    out
}

#[test]
fn markdown_shows_a_text_as_it_is() {
    for text in NASTY {
        let wanted = text.replace('\n', " ");
        for written in [escaped(text), code(text)] {
            let paragraph = |tag: &Tag<'_>| matches!(tag, Tag::Paragraph);
            assert_eq!(seen(&written, paragraph).trim(), wanted.trim(), "{written}");
            let table = format!("| head |\n| --- |\n| {written} |\n");
            let in_table = |tag: &Tag<'_>| {
                matches!(
                    tag,
                    Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell
                )
            };
            let shown = seen(&table, in_table);
            let cells: Vec<&str> = shown.trim_end_matches('·').split('·').collect();
            assert_eq!(cells.len(), 2, "{table}");
            assert_eq!(cells[1].trim(), wanted.trim(), "{table}");
        }
        // Outside of code, no mention and no reference to an issue is left.
        let prose = escaped(text);
        for (at, _) in prose.match_indices(['@', '#']) {
            assert!(prose[at + 1..].starts_with("<!-- -->"), "{prose}");
        }
    }
}

#[test]
fn what_steers_a_terminal_is_escaped() {
    assert_eq!(
        super::plain("a\u{1b}[2Jb\u{202e}c"),
        "a\\u{1b}[2Jb\\u{202e}c"
    );
    assert_eq!(code("a\u{202e}b"), "`a\\u{202e}b`");
}

#[test]
fn a_table_in_both_forms() {
    let table = Table::new("Limits", ["field", "says"])
        .row(["a|b", "<64>"])
        .row(["c", ""]);
    assert_eq!(
        table.markdown(),
        "| field | says |\n| --- | --- |\n| <code>a&#124;b</code> | `<64>` |\n| `c` | |\n"
    );
    let html = table.render().expect("it renders");
    assert!(
        html.contains("<th scope=\"row\">a|b</th><td>&#60;64&#62;</td>"),
        "{html}"
    );
}

/// Returns the lines of a side, with the marked words in brackets.
fn side(rows: &[Row], side: fn(&Row) -> Option<&super::Line>) -> Vec<String> {
    let line = |row| match side(row) {
        Some(line) => {
            let pieces = line.pieces.iter().map(|piece| match piece.marked {
                true => format!("[{}]", piece.text),
                false => piece.text.clone(),
            });
            format!(
                "{}{}{}",
                line.number,
                if line.changed { "!" } else { " " },
                pieces.collect::<String>()
            )
        }
        None => String::new(),
    };
    rows.iter().map(line).collect()
}

#[test]
fn lines_stand_beside_what_they_became() {
    let aligned = Aligned::new(
        "a: 1\nmax_length: 64\nb: 2\nc\n",
        "a: 1\nmax_length: 32\nb: 2\nnew\nc\n",
    );
    let rows = aligned.around(Some(2), Some(2), 1);
    assert_eq!(
        side(&rows, |row| row.old.as_ref()),
        ["1 a: 1", "2!max_length: [64]", "3 b: 2"]
    );
    assert_eq!(
        side(&rows, |row| row.new.as_ref()),
        ["1 a: 1", "2!max_length: [32]", "3 b: 2"]
    );
    let rows = aligned.around(None, Some(4), 1);
    assert_eq!(side(&rows, |row| row.old.as_ref()), ["3 b: 2", "", "4 c"]);
    assert_eq!(
        side(&rows, |row| row.new.as_ref()),
        ["3 b: 2", "4!new", "5 c"]
    );
    let html = written(&SideBySide {
        old_name: "old.yaml".into(),
        new_name: "new.yaml".into(),
        rows,
    });
    assert!(
        html.contains("<td class=\"line ins\"><code>new</code></td>"),
        "{html}"
    );
}

#[test]
fn far_windows_leave_lines_out() {
    let old: String = (0..100).map(|line| format!("{line}\n")).collect();
    let new = format!("first\n{old}");
    let rows = Aligned::new(&old, &new).around(Some(90), Some(1), 2);
    assert_eq!(rows.iter().filter(|row| row.is_gap()).count(), 1);
    assert_eq!(rows.len(), 3 + 1 + 5);
    assert!(Aligned::new("", "").around(Some(1), None, 3).is_empty());
}

/// Returns the colours of a block of CSS by their names.
fn colours(block: &str) -> BTreeMap<&str, [f64; 3]> {
    let declared = block.split(';').filter_map(|part| {
        let (name, value) = part.split_once(": #")?;
        let (_, name) = name.rsplit_once("--")?;
        let part = |at: usize| u8::from_str_radix(value.get(at..at + 2)?, 16).ok();
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            match part <= 0.04045 {
                true => part / 12.92,
                false => ((part + 0.055) / 1.055).powf(2.4),
            }
        };
        Some((name, [part(0)?, part(2)?, part(4)?].map(linear)))
    });
    declared.collect()
}

/// Returns the contrast of two colours, as WCAG 2 defines it.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |[red, green, blue]: [f64; 3]| 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

#[test]
fn colours_of_the_page_can_be_read() {
    let style = include_str!("../templates/page.css");
    let (_, light) = style.split_once(":root {").expect("light colours");
    let (light, rest) = light.split_once('}').expect("the end of the light colours");
    let (_, dark) = rest.split_once(":root {").expect("dark colours");
    let (dark, _) = dark.split_once('}').expect("the end of the dark colours");
    let pairs = [
        (
            "text",
            &["back", "panel", "del", "ins", "del-mark", "ins-mark"][..],
        ),
        ("faint", &["back", "panel"]),
        ("link", &["back", "panel"]),
        ("worst", &["worst-back", "back", "panel"]),
        ("bad", &["bad-back", "back", "panel"]),
        ("warn", &["warn-back", "back", "panel"]),
        ("good", &["good-back", "back", "panel"]),
        ("quiet", &["quiet-back"]),
    ];
    let (light, dark) = (colours(light), colours(dark));
    assert_eq!(
        light.keys().collect::<Vec<_>>(),
        dark.keys().collect::<Vec<_>>()
    );
    for colours in [light, dark] {
        for (text, backs) in pairs {
            for back in backs {
                let ratio = contrast(colours[text], colours[back]);
                assert!(ratio >= 4.5, "{text} on {back}: {ratio:.2}");
            }
        }
    }
}
