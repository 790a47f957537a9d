//! Checks that each line of a page is accounted for.

use super::*;
use crate::drift::coverage::FactState;

#[test]
fn every_line_is_accounted_for() {
    let model = model();
    for name in PAGES {
        let page = read(&fixture(name));
        let coverage = coverage_of(&model, &fixture(name));
        let lines = page
            .lines
            .iter()
            .filter(|line| crate::drift::coverage::is_covered(line.section));
        let lines: Vec<u32> = lines.map(|line| line.line).collect();
        let covered: Vec<u32> = coverage.lines.iter().map(|line| line.line).collect();
        assert_eq!(covered, lines, "{name}");
        for unread in page
            .unread
            .iter()
            .filter(|line| crate::drift::coverage::is_covered(line.section))
        {
            let state = |line: &&crate::drift::coverage::Line| {
                line.line == unread.line && line.text == unread.text
            };
            let line = coverage
                .lines
                .iter()
                .find(state)
                .expect("it is a line of the page");
            assert_eq!(line.state, LineState::Uncaptured, "{name}: {}", unread.text);
        }
        for line in coverage
            .lines
            .iter()
            .filter(|line| line.state == LineState::Captured)
        {
            let captured = line.states.iter().any(|link| link.spec.is_some());
            assert!(captured, "{name}:{} is captured by nothing", line.line);
        }
        for fact in coverage
            .facts
            .iter()
            .filter(|fact| fact.state == FactState::Stated)
        {
            assert!(
                !fact.lines.is_empty(),
                "{name}: {} {}",
                fact.subject,
                fact.fact
            );
        }
    }
}

#[test]
fn a_new_line_does_not_pass_in_silence() {
    let model = model();
    let before = fixture(TWINS[0]);
    let open = |text: &str| {
        let coverage = coverage_of(&model, text);
        let lines = coverage
            .lines
            .into_iter()
            .filter(|line| line.state == LineState::Uncaptured);
        lines.map(|line| line.text).collect::<Vec<_>>()
    };
    let known = open(&before);
    for anchor in [
        "The merchant's own number for this request.",
        "Which of the scenarios this is.",
        "Where the payer has to be sent.",
        "Code\tValue\tMessage\tFurther action",
    ] {
        let at = before.find(anchor).expect("the page has the line") + anchor.len();
        let (head, tail) = before.split_at(before[at..].find('\n').map_or(at, |end| at + end));
        let new = "Something that nobody has read before.";
        let after = open(&format!("{head}\n\n{new}\n{tail}"));
        let fresh: Vec<&String> = after.iter().filter(|line| !known.contains(line)).collect();
        assert_eq!(fresh, [new], "behind {anchor}");
    }
}

#[test]
fn a_lost_line_says_what_it_was() {
    let model = model();
    let text = fixture(TWINS[0]).replacen("  • Maximum length: 2048 characters\n", "", 1);
    let coverage = coverage_of(&model, &text);
    let lost: Vec<_> = coverage
        .facts
        .iter()
        .filter(|fact| fact.state == FactState::Unsupported)
        .map(|fact| {
            (
                fact.subject.as_str(),
                fact.fact.as_str(),
                fact.value.as_str(),
            )
        })
        .collect();
    assert_eq!(lost, [("request/paymentRedirectUrl", "max_length", "2048")]);
}

#[test]
fn a_translated_heading_changes_nothing() {
    let model = model();
    let english = fixture(TWINS[0]);
    let other = english
        .replace("Request parameters\n", "入参\n")
        .replace("Response parameters\n", "出参\n");
    assert_ne!(english, other);
    let states = |text: &str| {
        let coverage = coverage_of(&model, text);
        let lines = coverage.lines.into_iter();
        lines
            .map(|line| (line.line, line.state, line.at))
            .collect::<Vec<_>>()
    };
    assert_eq!(states(&english), states(&other));
}

#[test]
fn a_waiver_covers_its_line_and_no_other() {
    let known = "The amount, converted at the settlementQuote.";
    let new = format!("{known}\n\nNobody has read this line.");
    let text = fixture(TWINS[0]).replacen(known, &new, 1);
    let open = coverage_of(&model(), &text);
    let mut open = open
        .lines
        .into_iter()
        .filter(|line| line.state == LineState::Uncaptured);
    let line = open
        .find(|line| line.at.ends_with("grossSettlementAmount"))
        .expect("a line that is open");
    let mut files = spec();
    let file = files
        .files
        .get_mut("ams-instore/operations/pay_entry_code.yaml")
        .expect("the file");
    let waiver = format!(
        "  - at: {}\n    lines: [\"{}\"]\n    reason: It is read.\n",
        line.at, line.fingerprint
    );
    file.extend(waiver.as_bytes());
    let model = load_from(&files).model.expect("the spec is sound");
    let waived = coverage_of(&model, &text);
    let lines = waived
        .lines
        .iter()
        .filter(|one| one.state == LineState::Waived);
    let lines: Vec<_> = lines.map(|one| (one.line, one.why.as_deref())).collect();
    assert_eq!(lines, [(line.line, Some("It is read."))]);
    // In another place the same words may mean something else.
    let moved = text.replace("grossSettlementAmount", "paymentSettlement");
    let moved = coverage_of(&model, &moved);
    assert!(
        moved
            .lines
            .iter()
            .all(|one| one.state != LineState::Waived || one.at != line.at)
    );
}

#[test]
fn a_fact_in_the_middle_of_a_line_keeps_it_open() {
    let model = model();
    let before = fixture(TWINS[0]);
    let sources = load(&root().join("spec")).sources;
    let known = coverage_of(&model, &before).counts.uncaptured;
    for (line, more, part) in [
        (
            "  • Maximum length: 64 characters",
            ", 128 for shops.",
            "128",
        ),
        (
            "The merchant's own number for this request.",
            " It must be new.",
            "must",
        ),
        ("Where the outcome is reported.", " See `order`.", "order"),
        ("Contact technical support.", " Wait 30 minutes.", "30"),
    ] {
        assert!(before.contains(line), "{line}");
        let text = before.replacen(line, &format!("{line}{more}"), 1);
        let coverage = coverage_of(&model, &text);
        assert_eq!(coverage.counts.uncaptured, known + 1, "{more}");
        let open = coverage
            .lines
            .iter()
            .find(|one| one.text.contains(more.trim()));
        let open = open.expect("the line");
        assert_eq!(open.state, LineState::Uncaptured);
        let parts: Vec<&str> = open.open.iter().map(|part| part.of(&open.text)).collect();
        assert_eq!(parts, [part], "{more}");
        let marked = format!("<mark class=\"open\">{part}</mark>");
        let html = crate::drift::coverage_html(&coverage, &sources);
        assert!(html.contains(&marked), "{marked}");
    }
}
