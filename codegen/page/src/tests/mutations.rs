//! Checks that a change of a page shows in its facts, at the place of the change and nowhere else,
//! and that a change of the layout alone changes no fact.

use super::expected::summary;
use super::{ODD_PAGES, PAGES, fixtures, fixtures_in, page, stride};
use crate::{ConditionKind, Page, Parameter, Requirement, Test};
use payspec_model::model::Side;

/// Reads a page with some of its lines changed.
fn edited(text: &str, edit: impl FnOnce(&mut Vec<String>)) -> Page {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    edit(&mut lines);
    page(&(lines.join("\n") + "\n"))
}

/// Returns the index of a line that is counted from 1.
fn at(line: u32) -> usize {
    usize::try_from(line).expect("a line") - 1
}

fn parameters(page: &Page) -> Vec<(Side, &Parameter)> {
    let sides = Side::ALL.iter().flat_map(|side| {
        let list = page.operations[0].parameters(*side).iter();
        list.map(|one| (*side, one))
    });
    sides.collect()
}

/// Returns the lines that only one of the two summaries has: of the first, and of the second.
fn difference(old: &Page, new: &Page) -> (Vec<String>, Vec<String>) {
    let (old, new) = (summary(old), summary(new));
    let only = |a: &str, b: &str| -> Vec<String> {
        let b: Vec<&str> = b.lines().collect();
        let only = a.lines().filter(|line| !b.contains(line));
        only.map(str::to_owned).collect()
    };
    (only(&old, &new), only(&new, &old))
}

#[test]
fn a_deleted_field_is_gone_and_all_others_stay() {
    let mut count = 0;
    for (name, text) in fixtures() {
        let old = page(&text);
        let all = parameters(&old);
        for (index, (side, one)) in all.iter().enumerate() {
            let has_children = all.iter().any(|(also, child)| {
                also == side && child.path.starts_with(&format!("{}/", one.path))
            });
            if has_children {
                continue;
            }
            let new = edited(&text, |lines| {
                lines.drain(at(one.line)..=at(one.end_line));
            });
            let (gone, came) = difference(&old, &new);
            let twin = all.iter().enumerate().any(|(other, (also, twin))| {
                other != index && also == side && twin.path == one.path
            });
            let path = format!("{side} {} ", one.path);
            assert!(
                twin || gone.len() == 1 && gone[0].starts_with(&path),
                "{name}: {path}: {gone:?}"
            );
            assert!(came.is_empty(), "{name}: {path}: {came:?}");
            count += 1;
        }
    }
    assert!(count > 150, "{count}");
}

#[test]
fn a_changed_length_is_read() {
    let mut count = 0;
    for (name, text) in fixtures() {
        let old = page(&text);
        for (index, (_, one)) in parameters(&old).into_iter().enumerate() {
            let Some(length) = &one.max_length else {
                continue;
            };
            let (from, to) = (length.value.to_string(), (length.value + 9).to_string());
            let new = edited(&text, |lines| {
                let line = &mut lines[at(length.line)];
                let place = line.rfind(&from).expect("the length stands on its line");
                line.replace_range(place..place + from.len(), &to);
                // If a page states it twice, both are changed.
                if let Some(line) = lines.get_mut(at(length.line) + 4)
                    && line.ends_with(&format!("length: {from} characters"))
                {
                    *line = line.replace(&from, &to);
                }
            });
            let new = parameters(&new)[index]
                .1
                .max_length
                .as_ref()
                .map(|length| length.value);
            assert_eq!(new, Some(length.value + 9), "{name}: {}", one.path);
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
}

#[test]
fn a_flipped_requirement_is_read() {
    let words = ["REQUIRED", "必需", "MANDATORY", "| Yes |", "是"];
    let (mut dropped, mut added) = (0, 0);
    for (name, text) in fixtures() {
        let old = page(&text);
        for (index, (_, one)) in parameters(&old).into_iter().enumerate() {
            if one.required.value == Requirement::Unstated {
                continue;
            }
            let line = text.lines().nth(at(one.required.line)).unwrap_or_default();
            let word = words.into_iter().find(|word| line.contains(word));
            let (changed, expected) = match (word, one.required.value) {
                (Some("是"), _) if line == "是" => ("否".to_owned(), Requirement::Optional),
                (None, _) if line == "否" => ("是".to_owned(), Requirement::Required),
                (Some("| Yes |"), _) => (line.replace("| Yes |", "| No |"), Requirement::Optional),
                (Some("MANDATORY"), _) => {
                    (line.replace("MANDATORY", "OPTIONAL"), Requirement::Optional)
                }
                (Some(word), _) => (line.replace(word, ""), Requirement::Optional),
                (None, _) if line.contains("| No |") => {
                    (line.replace("| No |", "| Yes |"), Requirement::Required)
                }
                (None, _) if line.contains("OPTIONAL") => {
                    (line.replace("OPTIONAL", "MANDATORY"), Requirement::Required)
                }
                (None, _) if line.ends_with(')') => {
                    (line.replace(')', ", REQUIRED)"), Requirement::Required)
                }
                (None, _) if line.contains("</h4>") => (
                    line.replace("</h4>", " REQUIRED</h4>"),
                    Requirement::Required,
                ),
                (None, _) => (
                    format!("{} REQUIRED", line.trim_end()),
                    Requirement::Required,
                ),
            };
            match expected {
                Requirement::Required => added += 1,
                _ => dropped += 1,
            }
            let new = edited(&text, |lines| lines[at(one.required.line)] = changed);
            let new = parameters(&new);
            assert_eq!(
                new[index].1.required.value, expected,
                "{name}: {}",
                one.path
            );
        }
    }
    assert!(dropped > 50 && added > 50, "{dropped} {added}");
}

#[test]
fn a_new_code_is_read_and_order_is_all_that_a_moved_one_changes() {
    let mut count = 0;
    for (name, text) in fixtures() {
        let old = page(&text);
        let codes = &old.operations[0].codes;
        let Some(first) = codes.iter().find(|code| code.line == code.end_line) else {
            continue;
        };
        let printed = text
            .lines()
            .nth(at(first.line))
            .unwrap_or_default()
            .to_owned();
        let escaped = first.code.replace('_', "\\_");
        let added = printed
            .replace(&escaped, "BRAND_NEW")
            .replace(&first.code, "BRAND_NEW");
        let new = edited(&text, |lines| lines.insert(at(first.line) + 1, added));
        let new = &new.operations[0].codes;
        assert_eq!(new.len(), codes.len() + 1, "{name}");
        let brand = new
            .iter()
            .find(|code| code.code == "BRAND_NEW")
            .expect("the new code");
        assert_eq!(
            (&brand.status, &brand.message),
            (&first.status, &first.message),
            "{name}"
        );

        let Some(other) = codes
            .iter()
            .rfind(|code| code.line == code.end_line && code.line > first.line)
        else {
            continue;
        };
        let new = edited(&text, |lines| lines.swap(at(first.line), at(other.line)));
        let sorted = |page: &Page| {
            let codes = page.operations[0].codes.iter();
            let mut codes: Vec<_> = codes
                .map(|code| (code.code.clone(), code.status.clone(), code.message.clone()))
                .collect();
            codes.sort();
            codes
        };
        assert_eq!(sorted(&new), sorted(&old), "{name}");
        assert_ne!(new.operations[0].codes, old.operations[0].codes, "{name}");
        count += 1;
    }
    assert!(count >= 12, "{count}");
}

#[test]
fn a_dropped_blank_line_changes_no_fact() {
    let mut count = 0;
    for (name, text) in fixtures() {
        let old = page(&text);
        let lines = text.lines().enumerate();
        let blank = lines.filter(|(_, line)| line.trim().is_empty());
        for (index, _) in blank.step_by(stride()) {
            let new = edited(&text, |lines| {
                lines.remove(index);
            });
            let (gone, came) = difference(&old, &new);
            let place = format!("{name}:{}", index + 1);
            assert!(
                gone.is_empty() && came.is_empty(),
                "{place}: {gone:?} {came:?}"
            );
            count += 1;
        }
    }
    assert!(count > 500 / stride(), "{count}");
}

#[test]
fn limits_in_glued_bullets_are_read() {
    let mut count = 0;
    let mark = |line: &str| {
        ["- ", "* ", "*   ", "• "]
            .into_iter()
            .find(|mark| line.trim_start().starts_with(mark))
    };
    for (name, text) in fixtures() {
        let old = page(&text);
        let lines: Vec<&str> = text.lines().collect();
        for (index, pair) in lines.windows(2).enumerate() {
            let (Some(_), Some(_)) = (mark(pair[0]), mark(pair[1])) else {
                continue;
            };
            let new = edited(&text, |lines| {
                let second = lines.remove(index + 1);
                lines[index] = format!("{} {}", lines[index], second.trim_start());
            });
            let limits = |page: &Page| -> Vec<_> {
                let all = parameters(page);
                all.iter()
                    .map(|(_, one)| {
                        let length = one.max_length.as_ref().map(|one| one.value);
                        let format = one.format.as_ref().map(|one| one.value);
                        (
                            one.path.clone(),
                            length,
                            format,
                            one.max_items.is_some(),
                            one.range.is_some(),
                        )
                    })
                    .collect()
            };
            assert_eq!(limits(&new), limits(&old), "{name}:{}", index + 1);
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

/// Words of a condition, and their opposite.
const OPPOSITES: &[(&str, &str)] = &[
    ("is required when", "is not required when"),
    ("is required when", "is required unless"),
    ("deskId is given", "deskId is empty"),
    ("` is set", "` is not set"),
    ("is `true`", "is `false`"),
    (" is `true`", " is not `true`"),
    ("REQUIRED if", "NOT REQUIRED if"),
    ("Empty when", "Not empty when"),
    ("`WAP`, `APP`", "`WAP` and not `APP`"),
    ("不为空时必填", "为空时必填"),
    ("不为空时必填", "不为空时不必填"),
    ("此字段是必需的", "此字段不是必需的"),
    ("时，此字段为空", "时，此字段不能为空"),
    ("的值为 `CONNECT_WALLET`", "的值不为 `CONNECT_WALLET`"),
    ("的值为 CONNECT_WALLET", "的值不是 CONNECT_WALLET"),
    ("is CONNECT_WALLET", "is not CONNECT_WALLET"),
    ("is CONNECT_WALLET", "is OTHER_WALLET"),
];

#[test]
fn a_reversed_condition_is_never_read_as_it_was() {
    let read = |page: &Page| -> Vec<(String, Vec<(ConditionKind, Test)>)> {
        let all = parameters(page).into_iter();
        let all = all.filter(|(_, one)| !one.conditions.is_empty());
        all.map(|(side, one)| {
            let conditions = one.conditions.iter();
            let conditions = conditions.map(|one| (one.kind, one.test.clone()));
            (format!("{side} {}", one.path), conditions.collect())
        })
        .collect()
    };
    let kinds = [PAGES, ODD_PAGES].into_iter().flat_map(fixtures_in);
    let mut used = vec![0; OPPOSITES.len()];
    for (name, text) in kinds {
        let old = read(&page(&text));
        for ((from, to), used) in OPPOSITES.iter().zip(&mut used) {
            for (at, _) in text.match_indices(from) {
                let new = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
                let new = read(&page(&new));
                let line = text[..at].lines().count();
                assert_ne!(new, old, "{name}:{line}: {from:?} became {to:?}");
                *used += 1;
            }
        }
    }
    for ((from, to), used) in OPPOSITES.iter().zip(used) {
        assert!(used > 0, "no fixture has {from:?}, which becomes {to:?}");
    }
}
