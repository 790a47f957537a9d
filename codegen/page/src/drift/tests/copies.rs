//! Checks that every change between two copies is reported, and that a copy that ends early is not
//! mistaken for a page without the rest.

use super::*;
use crate::Section;
use crate::drift::Compared;
use crate::drift::rules::Level;

const PAGE: &str = "\
# askBill

POST /v1/bills/ask

Asks how a bill stands.

### Request parameters

#### billId String REQUIRED

The id of the bill. The id has 6 to 32 characters.

#### scene String

The scene. The only valid value is `TILL`. The default value is `TILL`.

#### note String

Kept for 30 days. Possible values are `ONE`, `TWO`.

#### amount Integer

From 1 to 9.

### Response parameters

#### state String REQUIRED

How it stands.

#### paidAt Datetime

When it was paid.

### More information

The bill is kept for a year.

### Samples

```json
{ \"billId\": \"B1\" }
```

### Result process logic

*   `S`: The bill is paid.

### Result codes

| Code | Value | Message | Further action |
| --- | --- | --- | --- |
| SUCCESS | S | Done | No further action. |
| NO_BILL | F | Unknown | Check the id. |
| TOO_MANY | F | Too often | Ask 3 times a day. |
| BUSY | U | Busy | Call again. |

Is this page helpful?
";

fn changes(old: &str, new: &str) -> Changes {
    let (old, new) = (read(old), read(new));
    let copy = |page| Copy { name: "page", page };
    Changes::new(copy(&old), copy(&new)).expect("the same operation")
}

/// Returns level, rule and subject of each change.
fn listed(changes: &Changes) -> Vec<(Level, &str, &str)> {
    let all = changes.changes.iter();
    all.map(|one| (one.level, one.rule, one.subject.as_str()))
        .collect()
}

#[test]
fn every_change_is_reported_at_its_level() {
    use Level::{Error, Note, Warning};
    for (old, new, expected) in [
        (
            "6 to 32",
            "6 to 33",
            (Error, "max-length", "request/billId"),
        ),
        (
            "6 to 32",
            "7 to 32",
            (Error, "min-length", "request/billId"),
        ),
        (
            "value is `TILL`. The d",
            "value is `DESK`. The d",
            (Error, "values", "request/scene"),
        ),
        (
            "default value is `TILL`",
            "default value is `DESK`",
            (Error, "default", "request/scene"),
        ),
        (
            " The default value is `TILL`.",
            "",
            (Warning, "default", "request/scene"),
        ),
        (
            "`ONE`, `TWO`",
            "`ONE`, `SIX`",
            (Error, "values", "request/note"),
        ),
        (
            "Possible values are",
            "Some possible values are",
            (Warning, "values", "request/note"),
        ),
        (
            "From 1 to 9",
            "From 1 to 8",
            (Error, "range", "request/amount"),
        ),
        (
            "30 days",
            "60 days",
            (Warning, "not-understood", "request/note"),
        ),
        (
            "3 times",
            "4 times",
            (Warning, "advice-words", "codes/TOO_MANY"),
        ),
        (
            "How it stands",
            "What it is",
            (Note, "wording", "response/state"),
        ),
        ("Asks how", "Tells how", (Note, "wording", "introduction")),
        (
            "for a year",
            "for a week",
            (Note, "wording", "more information"),
        ),
        ("\"B1\"", "\"B2\"", (Note, "wording", "examples")),
        (
            "bill is paid",
            "bill is settled",
            (Warning, "advice-words", "logic/S"),
        ),
        (
            "| Unknown |",
            "| Missing |",
            (Note, "wording", "codes/NO_BILL"),
        ),
        ("helpful?", "helpful today?", (Note, "wording", "footer")),
        (
            "\nKept for",
            "\nKept by us for",
            (Note, "wording", "request/note"),
        ),
    ] {
        assert!(PAGE.contains(old), "{old}");
        let changes = changes(PAGE, &PAGE.replacen(old, new, 1));
        let found = listed(&changes);
        assert_eq!(found.first(), Some(&expected), "{old:?} became {new:?}");
        // The rest of the line may be another one.
        let rest = &found[1..];
        assert!(rest.iter().all(|(level, ..)| *level < Error), "{rest:?}");
        assert_eq!(changes.is_change(), expected.0 > Note);
    }
}

#[test]
fn every_changed_word_of_every_fixture_is_reported() {
    let mut count = 0;
    for name in PAGES {
        let text = fixture(name);
        let page = read(&text);
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().step_by(3) {
            let is_content = page.lines.iter().any(|one| {
                let number = usize::try_from(one.line).expect("a line");
                let frame = matches!(
                    one.reading,
                    crate::Reading::Captured { .. } | crate::Reading::Outside
                );
                number == at + 1 && frame
            });
            let mut words = line.split(' ').filter(|word| {
                word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase())
            });
            let (Some(word), true) = (words.next_back(), is_content) else {
                continue;
            };
            let mut changed = lines.clone();
            let new = line.replacen(word, "zebra", 1);
            changed[at] = &new;
            let new = read(&(changed.join("\n") + "\n"));
            let copy = |page| Copy { name, page };
            match Changes::new(copy(&page), copy(&new)) {
                Ok(changes) => assert_ne!(changes.changes, [], "{name}:{} {word}", at + 1),
                // The title or the path changed.
                Err(FindError::Different { .. }) => {}
                Err(error) => panic!("{name}:{}: {error}", at + 1),
            }
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

/// Returns the page up to a text.
fn cut_at(text: &str) -> &'static str {
    let at = PAGE.find(text).expect("the page has it");
    &PAGE[..at]
}

#[test]
fn a_group_behind_the_end_of_a_copy_is_not_gone() {
    let fields = "# askBill\n\n### Request parameters\n\n#### billId String\n\nThe bill.\n\n#### tillId String\n\nThe till.";
    let group = " One of billId and tillId must be given.";
    let rest = "\n\n### Response parameters\n\n#### state String REQUIRED\n\nThe state.\n";
    let whole = format!("{fields}{group}{rest}");
    for (old, new) in [(whole.as_str(), fields), (fields, whole.as_str())] {
        let changes = changes(old, new);
        let rules: Vec<_> = changes.changes.iter().map(|one| one.rule).collect();
        assert!(
            rules.contains(&"copy-cut") && !rules.contains(&"conditions"),
            "{rules:?}"
        );
    }
    let without = format!("{fields}{rest}");
    let changes = changes(&whole, &without);
    let rules: Vec<_> = changes.changes.iter().map(|one| one.rule).collect();
    assert!(rules.contains(&"conditions"), "{rules:?}");
}

#[test]
fn a_copy_that_ends_early_is_reported_once() {
    for (end, section, words) in [
        (
            "d of the bill. The",
            Section::Request,
            "1 of 6 fields, 0 of 4 codes compared: the copy ends inside the request",
        ),
        (
            "#### note",
            Section::Request,
            "2 of 6 fields, 0 of 4 codes compared: the copy ends inside the request",
        ),
        (
            "### Response",
            Section::Request,
            "4 of 6 fields, 0 of 4 codes compared: the copy ends inside the request",
        ),
        (
            "#### paidAt",
            Section::Response,
            "5 of 6 fields, 0 of 4 codes compared: the copy ends inside the response",
        ),
        (
            "| TOO_MANY",
            Section::Codes,
            "6 of 6 fields, 2 of 4 codes compared: the copy ends inside the result codes",
        ),
    ] {
        let cut = cut_at(end);
        let shorter = changes(PAGE, cut);
        assert_eq!(shorter.compared.ends_inside, Some(section), "{end}");
        assert_eq!(shorter.compared.words(), words);
        let rest = listed(&shorter);
        assert_eq!(
            rest.first(),
            Some(&(Level::Warning, "copy-cut", "page")),
            "{end}"
        );
        assert!(
            rest.iter().all(|(level, ..)| *level < Level::Error),
            "{end}: {rest:?}"
        );
        assert!(shorter.is_change());
        // The other way round, what is new is unknown.
        let longer = changes(cut, PAGE);
        let rest = listed(&longer);
        assert_eq!(
            rest.first(),
            Some(&(Level::Warning, "copy-cut", "page")),
            "{end}"
        );
        assert!(
            rest.iter().all(|(level, ..)| *level < Level::Error),
            "{end}: {rest:?}"
        );
    }
}

#[test]
fn half_of_a_page_is_never_the_same() {
    for name in PAGES {
        let text = fixture(name);
        let lines: Vec<&str> = text.lines().collect();
        let half = lines[..lines.len() / 2].join("\n");
        let (old, new) = (read(&text), read(&half));
        let copy = |page| Copy { name, page };
        let changes = Changes::new(copy(&old), copy(&new));
        assert!(
            changes.as_ref().map_or(true, Changes::is_change),
            "{name}: {:?}",
            changes.map(|one| one.compared)
        );
    }
}

#[test]
fn a_removed_field_is_no_early_end() {
    let without = PAGE.replace("#### paidAt Datetime\n\nWhen it was paid.\n\n", "");
    let changes = changes(PAGE, &without);
    assert_eq!(
        listed(&changes),
        [(Level::Error, "field-gone", "response/paidAt")]
    );
    assert_eq!(changes.compared.ends_inside, None);
}

#[test]
fn a_changed_line_of_html_on_a_single_line_is_reported() {
    let page = "<html><body><main><h1>refund</h1><p>POST /v1/payments/refund</p><h3>Request parameters</h3><h4>refundId String REQUIRED</h4><p>The id.</p><ul><li>Maximum length: 64 characters</li></ul><h4>note String</h4><p>Why it is.</p></main></body></html>";
    let changed = page.replace("64", "32").replace("Why it is", "What for");
    assert_eq!(
        listed(&changes(page, &changed)),
        [
            (Level::Error, "max-length", "request/refundId"),
            (Level::Note, "wording", "request/note"),
        ]
    );
}

#[test]
fn half_of_a_page_does_not_agree_with_the_spec() {
    let model = model();
    for name in PAGES {
        let text = fixture(name);
        let lines: Vec<&str> = text.lines().collect();
        let half = lines[..lines.len() / 2].join("\n");
        let found = found_drift(&model, &half, Hints::default());
        let Ok(drift) = found else { continue };
        // What the spec has from other sources is not missing, but it was not compared.
        let Compared { fields, codes, .. } = &drift.compared;
        let is_part = fields.compared < fields.of || codes.compared < codes.of;
        let is_told = is_part && (drift.is_drift() || drift.compared.ends_inside.is_none());
        assert!(is_told, "{name}: {}", drift.compared.words());
    }
}

#[test]
fn a_changed_http_status_is_an_error() {
    let page = |status: &str| {
        let text = format!(
            "# askBill\n\nPOST /v1/bills/ask\n\n## Request parameters\n\n| Name | Type | Description |\n\
             | --- | --- | --- |\n| id | string | The id. |\n\n## Error codes\n\n\
             | Status code | Code | Description |\n| --- | --- | --- |\n| {status} | BAD_ID | Bad. |\n"
        );
        let profile = page::Profile::shipped(page::Base::Razorpay);
        page::read_with(&text, profile).expect("a page")
    };
    let found = |old: &Page, new: &Page| {
        let copy = |page| Copy { name: "page", page };
        let changes = Changes::new(copy(old), copy(new)).expect("both describe something");
        let changes = changes.changes.into_iter();
        let changes = changes.filter(|one| one.rule == "http-status");
        changes
            .map(|one| {
                let side = |stated: Option<crate::drift::Statement>| stated.map(|one| one.value);
                (one.level, one.subject, side(one.old), side(one.new))
            })
            .collect::<Vec<_>>()
    };
    let (old, new) = (page("400"), page("404"));
    assert_eq!(found(&old, &old), []);
    let [old_status, new_status] = ["400", "404"].map(|status| Some(status.to_owned()));
    let expected = (
        Level::Error,
        "codes/BAD_ID".to_owned(),
        old_status,
        new_status,
    );
    assert_eq!(found(&old, &new), [expected]);
}
