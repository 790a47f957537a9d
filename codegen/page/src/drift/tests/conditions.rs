//! Checks that each change of a condition is found: between two copies of a page, and between a page
//! and a spec.

use super::*;
use crate::drift::rules::Level;

const PAGE: &str = "\
# voidBill

POST /v1/bills/void

### Request parameters

#### billId String

The id that the shop gave. Required if ticketId is empty.

*   Maximum length: 64 characters

#### ticketId String

The id that the till gave.

*   Maximum length: 64 characters

#### billType String

*   Maximum length: 8 characters

#### wagon String

The wagon. This field is required when billType is TRAIN or TRAM.

*   Maximum length: 8 characters

#### deck String

The deck. It must not be given if billType is TRAIN.

*   Maximum length: 8 characters

#### pier String

The pier. Required when the ferry leaves from several piers.

*   Maximum length: 8 characters

### Response parameters

#### result Result REQUIRED

How it went.

#### voidTime Datetime

When it was voided. Returned when the status is S.
";

/// The old words, the new words, and what is reported: the level and the subject.
const CHANGES: &[(&str, &str, Level, &str)] = &[
    (
        "ticketId is empty",
        "ticketId is given",
        Level::Error,
        "request",
    ),
    (
        "ticketId is empty",
        "ticketId is not empty",
        Level::Error,
        "request",
    ),
    (
        "ticketId is empty",
        "deck is empty",
        Level::Error,
        "request",
    ),
    (
        " Required if ticketId is empty.",
        "",
        Level::Error,
        "request",
    ),
    (
        "Required if ticketId",
        "Not required if ticketId",
        Level::Error,
        "request",
    ),
    ("TRAIN or TRAM", "TRAIN", Level::Error, "request/wagon"),
    (
        "TRAIN or TRAM",
        "TRAIN or BUS",
        Level::Error,
        "request/wagon",
    ),
    (
        "is TRAIN or",
        "is not TRAIN or",
        Level::Error,
        "request/wagon",
    ),
    (
        "field is required when",
        "field is not required when",
        Level::Error,
        "request/wagon",
    ),
    (
        "is required when billType",
        "is required unless billType",
        Level::Error,
        "request/wagon",
    ),
    (
        "must not be given",
        "must be given",
        Level::Error,
        "request/deck",
    ),
    (
        " It must not be given if billType is TRAIN.",
        "",
        Level::Error,
        "request/deck",
    ),
    (
        "status is S",
        "status is F",
        Level::Error,
        "response/voidTime",
    ),
    (
        "status is S",
        "status is not S",
        Level::Error,
        "response/voidTime",
    ),
    (
        "Returned when",
        "Not returned when",
        Level::Error,
        "response/voidTime",
    ),
    (
        " Returned when the status is S.",
        "",
        Level::Error,
        "response/voidTime",
    ),
    (
        "from several piers",
        "from one pier",
        Level::Warning,
        "request/pier",
    ),
    (
        "Required when the ferry",
        "Not required when the ferry",
        Level::Warning,
        "request/pier",
    ),
    (
        " Required when the ferry leaves from several piers.",
        "",
        Level::Warning,
        "request/pier",
    ),
];

fn changes(old: &str, new: &str) -> Vec<(Level, String)> {
    let (old, new) = (read(old), read(new));
    let copy = |page| Copy { name: "page", page };
    let changes = Changes::new(copy(&old), copy(&new)).expect("both describe something");
    let changes = changes.changes.into_iter();
    let changes = changes.filter(|one| one.rule == "conditions");
    changes.map(|one| (one.level, one.subject)).collect()
}

#[test]
fn a_change_between_two_copies_is_reported_in_both_directions() {
    assert_eq!(changes(PAGE, PAGE), []);
    for (from, to, level, subject) in CHANGES {
        assert!(PAGE.contains(from), "the page has {from:?}");
        let new = PAGE.replacen(from, to, 1);
        for (old, new) in [(PAGE, new.as_str()), (new.as_str(), PAGE)] {
            let found = changes(old, new);
            let expected = (*level, (*subject).to_owned());
            assert!(found.contains(&expected), "{from:?} to {to:?}: {found:?}");
        }
    }
}

/// Drafts a spec from the page, and returns its files.
fn drafted() -> Memory {
    let page = read(PAGE);
    let copy = Copy {
        name: "page",
        page: &page,
    };
    let target = draft::Target::Spec(Path::new("shop/operations/void_bill.yaml"));
    let hints = Hints {
        operation: Some("void_bill"),
        source: None,
    };
    let drafts = draft::draft(&Model::default(), copy, hints, target).expect("a draft");
    let mut files = Memory::default();
    for file in drafts.files {
        let path = file.path.to_string_lossy().into_owned();
        files.files.insert(path, file.text.into_bytes());
    }
    files
}

#[test]
fn a_draft_holds_each_condition() {
    let files = drafted();
    let text = &files.files["shop/operations/void_bill.yaml"];
    let text = String::from_utf8(text.clone()).expect("text");
    for expected in [
        "  at_least_one_of:\n  - fields:\n    - billId\n    - ticketId\n",
        "      required_when:\n      - path: /billType\n        values:\n        - TRAIN\n        - TRAM\n",
        "      forbidden_when:\n      - path: /billType\n        values:\n        - TRAIN\n",
        "      required_when:\n      - text: 'TODO: Required when the ferry leaves from several piers.'\n",
        "      required_when:\n      - path: /result/resultStatus\n        values:\n        - S\n        severity: warning\n",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    let loaded = load_from(&files);
    let warnings: Vec<_> = loaded.diagnostics.iter().map(|one| one.code.id).collect();
    assert!(warnings.contains(&"W003"), "{warnings:?}");
}

#[test]
fn a_page_that_says_otherwise_than_its_draft_is_reported() {
    let model = load_from(&drafted()).model.expect("the draft is sound");
    let found = |text: &str| {
        let drift = drift(&model, text);
        let found = drift.findings.into_iter();
        let found = found.filter(|one| one.rule == "conditions");
        found
            .map(|one| (one.level, one.subject))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(PAGE), []);
    for (from, to, _, subject) in CHANGES {
        // Between page and spec, a spec that has words stands for any words of this kind.
        if *subject == "request/pier" && !to.is_empty() && !to.starts_with("Not") {
            continue;
        }
        let found = found(&PAGE.replacen(from, to, 1));
        let is_reported = found.iter().any(|(_, one)| one == subject);
        assert!(is_reported, "{from:?} to {to:?}: {found:?}");
    }
}

#[test]
fn a_line_with_a_condition_in_words_is_open_until_the_spec_cites_it() {
    let open = |text: &str, files: &Memory| {
        let model = load_from(files).model.expect("the spec is sound");
        let lines = coverage_of(&model, text).lines.into_iter();
        let lines = lines.filter(|line| line.state == LineState::Uncaptured);
        lines.map(|line| line.text).collect::<Vec<_>>()
    };
    let files = drafted();
    assert_eq!(open(PAGE, &files), [""; 0]);
    let line = "Required for voyages that are not short.";
    let new = PAGE.replacen(
        "The id that the till gave.",
        &format!("The id that the till gave.\n\n**Note**: {line}"),
        1,
    );
    assert_eq!(open(&new, &files), [format!("Note: {line}")]);
    let turned = PAGE.replacen("status is S", "status is F", 1);
    assert_eq!(
        open(&turned, &files),
        ["When it was voided. Returned when the status is F."]
    );
}

/// A condition that no phrase understands, and what the spec says in other words.
const IN_WORDS: [&str; 2] = [
    "Required when the harbourCode of the ferry is about NORTH.",
    "The harbourCode of a boat is near NORTH.",
];

#[test]
fn conditions_in_words_name_the_same_on_the_page_and_in_the_spec() {
    let mut files = drafted();
    let file = files.files.get_mut("shop/operations/void_bill.yaml");
    let file = file.expect("the operation");
    let draft = String::from_utf8(file.clone()).expect("text");
    let quoted = "'TODO: Required when the ferry leaves from several piers.'";
    assert!(draft.contains(quoted), "{draft}");
    *file = draft.replace(quoted, IN_WORDS[1]).into_bytes();
    let model = load_from(&files).model.expect("the spec is sound");
    let page = PAGE.replace(
        "Required when the ferry leaves from several piers.",
        IN_WORDS[0],
    );
    for (from, to, expected) in [
        ("", "", None),
        ("ferry", "ship", None),
        (" is about NORTH", " is known", None),
        ("harbourCode of the ferry", "ferry", None),
        ("harbourCode", "berthCode", Some(Level::Error)),
        ("NORTH", "SOUTH", Some(Level::Error)),
        ("NORTH", "NORTH or SOUTH", Some(Level::Error)),
        ("Required when", "Not required when", Some(Level::Warning)),
    ] {
        let page = page.replacen(from, to, 1);
        let drift = drift(&model, &page);
        let mut findings = drift.findings.iter();
        let found = findings.find(|one| one.rule == "conditions");
        assert_eq!(found.map(|one| one.level), expected, "{from:?} to {to:?}");
    }
}

#[test]
fn what_begins_like_a_condition_is_never_dropped() {
    let empty = load_from(&drafted()).model.expect("the draft is sound");
    for line in [
        "Returned for all statuses but U.",
        "Returned unless the status is U.",
        "除状态U外均返回。",
        "必填于海外渡轮。",
        "仅海外渡轮。",
        "At least one of the two ids must be given.",
        "At least one of the two ids.",
        "两个编号至少给一个。",
    ] {
        let text = PAGE.replacen(
            "When it was voided. Returned when the status is S.",
            line,
            1,
        );
        let page = read(&text);
        let response = &page.operations[0].response;
        let field = response.iter().find(|one| one.path == "/voidTime");
        let conditions = field.map_or(&[][..], |field| &field.conditions[..]);
        let found: Vec<_> = conditions
            .iter()
            .map(|one| (&*one.text, &one.test))
            .collect();
        assert_eq!(found, [(line, &crate::Test::Words)]);
        let coverage = coverage_of(&empty, &text);
        let open = coverage.lines.iter().find(|one| one.text == line);
        assert_eq!(
            open.map(|one| one.state),
            Some(LineState::Uncaptured),
            "{line}"
        );
        let drift = drift(&empty, &text);
        let mut findings = drift.findings.iter();
        assert!(findings.any(|one| one.rule == "conditions"), "{line}");
        let copy = Copy {
            name: "page",
            page: &page,
        };
        let target = draft::Target::Spec(Path::new("shop/operations/void_bill.yaml"));
        let hints = Hints {
            operation: Some("void_bill"),
            source: None,
        };
        let draft = draft::draft(&Model::default(), copy, hints, target).expect("a draft");
        let texts: String = draft.files.iter().map(|one| one.text.as_str()).collect();
        assert!(texts.contains(&format!("TODO: {line}")), "{line}\n{texts}");
    }
}

#[test]
fn a_group_of_ids_below_an_object_is_open() {
    let object = "#### order Order REQUIRED\n\nAt least one of the two ids must be given.\n\n##### paymentId String\n\nAn id.\n\n##### paymentRequestId String\n\nAn id.\n\n";
    let text = PAGE.replacen("### Response", &format!("{object}### Response"), 1);
    let named = text.replacen("ids must", "ids (paymentId, paymentRequestId) must", 1);
    let test = |text: &str| {
        let page = read(text);
        let mut request = page.operations[0].request.iter();
        let order = request
            .find(|one| one.path == "/order")
            .expect("the object");
        order.conditions.first().map(|one| one.test.clone())
    };
    assert_eq!(test(&text), Some(crate::Test::Words));
    let fields = vec!["paymentId".to_owned(), "paymentRequestId".to_owned()];
    assert_eq!(test(&named), Some(crate::Test::Group { fields }));
    let model = load_from(&drafted()).model.expect("the draft is sound");
    for text in [&text, &named] {
        let lines = coverage_of(&model, text).lines;
        let line = lines
            .iter()
            .find(|one| one.text.starts_with("At least one"));
        assert_eq!(line.map(|one| one.state), Some(LineState::Uncaptured));
    }
}
