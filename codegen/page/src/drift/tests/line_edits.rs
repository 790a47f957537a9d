//! Checks that each changed, lost, moved or negated line of a page is reported between two copies.

use super::*;
use crate::tests::stride;

/// The fixture pages whose lines are changed one by one: one for each rendering.
const EDITED: &[&str] = &[
    "a-en-pay-entry-code.txt",
    "c-en-refund.md",
    "d-en-pay-user-presented.md",
    "d-zh-inquiry-refund.md",
];

/// Returns the lines of a page whose change must be reported.
fn lines_that_say_something(page: &Page) -> Vec<&page::Line> {
    let says = |line: &&page::Line| {
        let is_date = |fact: &page::FactRef| fact.aspect == page::Aspect::Date;
        let is_read = match &line.reading {
            page::Reading::Captured { facts, .. } => !facts.iter().all(is_date),
            page::Reading::Unread => true,
            page::Reading::Outside => line.section != page::Section::Head,
            page::Reading::Frame { .. } | page::Reading::Junk { .. } => false,
        };
        let is_compared = !matches!(
            line.section,
            page::Section::Examples | page::Section::Footer
        );
        is_read && is_compared && line.text.chars().any(char::is_alphanumeric)
    };
    page.lines.iter().filter(says).collect()
}

fn changes(old: &Page, new: &str) -> Changes {
    let new = read(new);
    let copy = |page| Copy { name: "page", page };
    Changes::new(copy(old), copy(&new)).expect("both describe something")
}

fn edited(text: &str, edit: impl FnOnce(&mut Vec<String>)) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    edit(&mut lines);
    lines.join("\n") + "\n"
}

#[test]
fn a_changed_or_lost_line_is_reported() {
    let mut count = 0;
    for name in EDITED {
        let text = fixture(name);
        let page = read(&text);
        for line in lines_that_say_something(&page)
            .into_iter()
            .step_by(stride())
        {
            let at = usize::try_from(line.line).expect("a line") - 1;
            let lost = edited(&text, |lines| {
                lines.remove(at);
            });
            let other = text.lines().nth(at).unwrap_or_default();
            let words = line.text.split(|char: char| !char.is_alphanumeric());
            let mut words = words.filter(|word| !word.is_empty() && other.contains(word));
            let Some(word) = words.next() else { continue };
            let other = other.replacen(word, &format!("{word}x"), 1);
            let changed = edited(&text, |lines| lines[at] = other);
            for (what, new) in [("lost", lost), ("changed", changed)] {
                let changes = changes(&page, &new);
                assert!(!changes.changes.is_empty(), "{name}:{} {what}", line.line);
                count += 1;
            }
        }
    }
    assert!(count > 400 / stride(), "{count}");
}

#[test]
fn a_moved_line_is_reported() {
    let mut count = 0;
    for name in EDITED {
        let text = fixture(name);
        let page = read(&text);
        let lines = lines_that_say_something(&page);
        for pair in lines.windows(2) {
            let [one, other] = [pair[0], pair[1]].map(|line| line.line);
            let at = |line: u32| usize::try_from(line).expect("a line") - 1;
            let same = pair[0].text == pair[1].text;
            let rows = pair.iter().all(|line| line.section == page::Section::Codes);
            // The order of codes has no meaning.
            if other != one + 1 || same || rows {
                continue;
            }
            let moved = edited(&text, |lines| lines.swap(at(one), at(other)));
            let changes = changes(&page, &moved);
            // Statuses have no order either.
            let is_logic = pair[0].section == page::Section::ResultLogic;
            assert_eq!(changes.changes.is_empty(), is_logic, "{name}:{one}");
            count += 1;
        }
    }
    assert!(count > 3, "{count}");
}

#[test]
fn a_negated_action_is_reported() {
    let model = model();
    let mut count = 0;
    for (name, verbs) in [
        (
            TWINS[0],
            &["Call", "Contact", "Check", "Use", "Tell", "Pay"][..],
        ),
        (
            TWINS[1],
            &["联系", "检查", "换", "告诉", "再调用", "请联系"][..],
        ),
    ] {
        let text = fixture(name);
        let page = read(&text);
        for code in &page.operations[0].codes {
            let Some(action) = &code.action else { continue };
            let Some(verb) = verbs.iter().find(|verb| action.starts_with(**verb)) else {
                continue;
            };
            let lower = verb.to_lowercase();
            let not = if name == TWINS[0] {
                "Do not "
            } else {
                "不要"
            };
            let first = action.split(['。', '.', '\n']).next().unwrap_or_default();
            let raw = text.lines().find(|line| {
                line.replace('\\', "").contains(&format!("{} ", code.code))
                    || line.contains(&format!("{}\t", code.code))
            });
            let raw = raw.expect("the row");
            let place = raw.rfind(verb).expect("the action");
            assert!(raw[place..].starts_with(verb), "{first}");
            let negated = format!(
                "{}{not}{lower}{}",
                &raw[..place],
                &raw[place + verb.len()..]
            );
            let new = text.replacen(raw, &negated, 1);
            let subject = format!("codes/{}", code.code);
            let changes = changes(&page, &new);
            let is_serious = |one: &crate::drift::Change| {
                one.subject == subject && one.level > crate::drift::rules::Level::Note
            };
            assert!(changes.changes.iter().any(is_serious), "{negated}");
            let coverage = coverage_of(&model, &new);
            let line = coverage
                .lines
                .iter()
                .find(|line| line.at == subject && line.text.contains(not.trim()));
            let state = line.map(|line| line.state);
            // To forbid what the spec does not do is no difference.
            if code.code == "PAYMENT_IN_PROCESS" {
                continue;
            }
            assert_ne!(state, Some(LineState::Captured), "{negated}");
            count += 1;
        }
    }
    assert!(count > 25, "{count}");
}

/// Each pair differs in a mark or in a word that no rule reads.
#[test]
fn a_changed_mark_or_note_is_reported() {
    for (language, pairs) in [
        (
            "# ask\n\nPOST /v1/asks\n\nEach value is a text: if it is 20, write {}.\n\n\
            ## Request parameters\n\n#### askId String REQUIRED\n\nThe id.\n",
            &[["\"20\"", "20"], ["1.5", "15"]][..],
        ),
        (
            "# 查询\n\nPOST /v1/asks\n\n### 请求参数\n\n#### askId 字符串 必需\n\n编号。\n\n\
            ### 请求\n\n请求体\n\n```json\n{\"askId\":\"1\"}\n```\n\n其中包含以下字段：\n\n- `askId`: {}。\n",
            &[
                ["每次都不同", "每次都相同"],
                ["由商家给出，不可重复使用", "由商家给出，可重复使用"],
                ["应与订单一致", "不应与订单一致"],
            ][..],
        ),
    ] {
        for [one, other] in pairs {
            let [old, new] = [one, other].map(|words| language.replace("{}", words));
            let changes = changes(&read(&old), &new);
            assert_eq!(changes.changes.len(), 1, "{one} {other}");
        }
    }
}
