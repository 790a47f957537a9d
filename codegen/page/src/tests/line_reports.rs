//! Snapshots of the line reports of all fixture pages.

use super::{ODD_PAGES, fixtures, fixtures_in, page};
use crate::{Page, Reading};

#[test]
fn line_reports_of_the_fixture_pages() {
    for (name, text) in fixtures().into_iter().chain(fixtures_in(ODD_PAGES)) {
        let page = page(&text);
        insta::with_settings!({ description => "line, section, what it was taken for | text" }, {
            insta::assert_snapshot!(name.replace('.', "-"), line_report(&page));
        });
    }
}

/// Writes one line for each line of the page.
fn line_report(page: &Page) -> String {
    let mut out = String::new();
    for line in &page.lines {
        let what = match &line.reading {
            Reading::Captured { facts, open } => {
                let facts: Vec<String> = facts.iter().map(ToString::to_string).collect();
                let open = open.iter().map(|part| format!(" ?{}", part.of(&line.text)));
                facts.join(" ").replace("/operations/0/", "") + &open.collect::<String>()
            }
            Reading::Frame { kind } => format!("[{}]", word(kind)),
            Reading::Junk { kind } => format!("JUNK {}", word(kind)),
            Reading::Unread => "UNREAD".to_owned(),
            Reading::Outside => "-".to_owned(),
        };
        let text: String = line.text.replace('\n', " / ").chars().take(50).collect();
        let section = word(&line.section);
        out += &format!("{:>4} {section:<16} {what} | {text}\n", line.line);
    }
    out
}

/// Returns the word for an enum value in JSON.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).expect("JSON");
    value.as_str().expect("a word").to_owned()
}
