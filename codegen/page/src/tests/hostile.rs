//! Reads random pages: cut off, shuffled, doubled, mixed. Each one must be read, and no line may be
//! lost.

use super::{OTHER_PAGES, fixtures, fixtures_in, page};
use crate::input::{clean, detect, items};
use crate::{Base, Page, Profile, ReadError, Reading, read, read_with};

/// A random number generator with the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound.max(1) as u64).unwrap_or(0)
    }
}

/// Returns a random part of a text, cut at character boundaries.
fn stretch<'t>(dice: &mut Dice, text: &'t str, longest: usize) -> &'t str {
    let mut start = dice.below(text.len());
    let mut end = (start + 1 + dice.below(longest)).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[start..end.max(start)]
}

fn broken(dice: &mut Dice, pages: &[(String, String)]) -> String {
    let any = |dice: &mut Dice| pages[dice.below(pages.len())].1.as_str();
    let text = any(dice);
    match dice.below(4) {
        // A part of a page.
        0 => stretch(dice, text, 1_200).to_owned(),
        // Shuffled lines of two pages.
        1 => {
            let mut lines: Vec<&str> = stretch(dice, text, 800).lines().collect();
            let other = any(dice);
            lines.extend(stretch(dice, other, 400).lines());
            for index in (1..lines.len()).rev() {
                lines.swap(index, dice.below(index + 1));
            }
            lines.join("\n")
        }
        // Pieces of several pages, cut within lines.
        2 => {
            let piece = |_| {
                let text = any(dice);
                stretch(dice, text, 60)
            };
            (0..20).map(piece).collect()
        }
        // A page with some characters replaced by others.
        _ => {
            let chars: Vec<char> = stretch(dice, text, 800).chars().collect();
            let odd = [
                '|', '`', '#', '-', '<', '>', '[', '*', '└', '\u{a0}', '\t', '"', '\\', '：',
                '\u{0}', ' ', '\n', '(',
            ];
            let mut swap = |char| match dice.below(12) {
                0 => odd[dice.below(odd.len())],
                _ => char,
            };
            chars.iter().map(|char| swap(*char)).collect()
        }
    }
}

#[test]
fn whatever_the_page_it_is_read_and_no_line_is_lost() {
    read_pages_of_this_provider(800);
    read_pages_of_other_providers(200);
}

#[test]
#[ignore = "takes half a minute"]
fn whatever_the_page_it_is_read_at_length() {
    read_pages_of_this_provider(20_000);
    read_pages_of_other_providers(4_000);
    read_long_pages_of_another_provider(20_000);
    read_lines_of(1_000_000);
    read_objects_without_an_end();
}

/// Reads pages whose objects have lost their ends: each one looks as if it were inside all before it.
fn read_objects_without_an_end() {
    let profile = Profile::shipped(Base::Wechatpay);
    let time = |count: usize| {
        let object = "payee 必填 object\n收件人。\n| 属性 | |\nname 必填 string(9)\n姓名。\n";
        let text = format!("# 寄件\n\n请求参数\n{}", object.repeat(count));
        let read = || {
            let start = std::time::Instant::now();
            let page = read_with(&text, profile).expect("a page");
            assert!(page.operations[0].request.len() > count);
            start.elapsed()
        };
        (0..3).map(|_| read()).min().expect("a time")
    };
    // Four times as much takes 16 times as long if each looks at all the others.
    let (few, many) = (time(500), time(2000));
    assert!(many < few * 10, "{few:?}, then {many:?}");
}

fn read_pages_of_this_provider(count: u64) {
    read_broken(&fixtures(), Profile::shipped(Base::BuiltIn), count);
}

fn read_pages_of_other_providers(count: u64) {
    let pages = fixtures_in(OTHER_PAGES);
    for base in [Base::Wechatpay, Base::Razorpay] {
        read_broken(&pages, Profile::shipped(base), count);
    }
}

fn read_broken(pages: &[(String, String)], profile: &Profile, count: u64) {
    let work = |seeds: std::ops::Range<u64>| {
        for seed in seeds {
            let text = broken(&mut Dice(seed), pages);
            let page = match read_with(&text, profile) {
                Ok(page) => page,
                Err(error) => {
                    assert_eq!(error, ReadError::Empty, "seed {seed}");
                    continue;
                }
            };
            if seed % 20 == 0 {
                assert_facts_are_there(&page, &format!("seed {seed}"));
            }
            // The report of lines has every line of the input.
            if seed % 10 == 0 {
                let text = clean(&text);
                let items = items(&text, detect(&text)).expect("lines");
                let (mut read, mut written): (Vec<u32>, Vec<u32>) = (
                    page.lines.iter().map(|line| line.line).collect(),
                    items.iter().map(|item| item.line).collect(),
                );
                // One that is glued to the next is listed twice.
                assert!(read.len() >= written.len(), "seed {seed}:\n{text}");
                read.dedup();
                written.dedup();
                assert_eq!(read, written, "seed {seed}:\n{text}");
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| work(0..count / 2));
        work(count / 2..count);
    });
}

/// Checks that the pointer to each fact leads to it.
fn assert_facts_are_there(page: &Page, name: &str) {
    let json = serde_json::to_value(page).expect("JSON");
    for line in &page.lines {
        let Reading::Captured { facts, .. } = &line.reading else {
            continue;
        };
        for fact in facts {
            let found = json.pointer(&fact.to_string());
            assert!(found.is_some(), "{name}:{}: {fact}", line.line);
        }
    }
}

#[test]
fn every_captured_line_leads_to_its_fact() {
    for (name, text) in fixtures() {
        assert_facts_are_there(&page(&text), &name);
    }
}

#[test]
fn long_pages_of_another_provider_take_no_time() {
    read_long_pages_of_another_provider(2_000);
}

fn read_long_pages_of_another_provider(lines: usize) {
    let profile = Profile::shipped(Base::Razorpay);
    let head = "# Request parameters\n\n| Name | Type | Description |\n| --- | --- | --- |\n";
    for (start, line) in [
        (head, "| +a[b].c[d] | string[1,32] | A: b; C: d |\n"),
        (head, "| a | ((((((((((1,2)))))))))) | A: b |\n"),
        ("# Request parameters\n", "<table>\n"),
        ("# Request parameters\n", "<dl><dt>a</dt><dd>string</dd>\n"),
        ("# Request parameters\n", "\na\n\nstring The a.\n"),
        ("# Request parameters\n", "\nChild attributes of a\n"),
        ("# Request parameters\n", "\na\n: string\n"),
        (
            head,
            "| a | string | Of all. |\n\nChild attributes of a\n\n| a | object | Of all. |\n",
        ),
    ] {
        let page = start.to_owned() + &line.repeat(lines);
        let begun = std::time::Instant::now();
        assert!(read_with(&page, profile).is_ok());
        let taken = begun.elapsed();
        assert!(taken.as_secs() < 20, "{line}: {taken:?}");
    }
}

#[test]
fn what_nests_without_end_is_refused() {
    let deep = format!(
        "<html><body>{}{}",
        "<div>".repeat(50_000),
        "<p>x".repeat(10_000)
    );
    assert_eq!(read(&deep).err(), Some(ReadError::TooDeep));
    for text in [
        format!("# Request parameters\n\n{}x", "> ".repeat(50_000)),
        format!("# Request parameters\n\n#### a {}", "Array<".repeat(50_000)),
        format!(
            "# Request parameters\n\n#### a (String)\n\n{}",
            "[`*".repeat(50_000)
        ),
    ] {
        assert!(read(&text).is_ok());
    }
}

/// The tokens, the examples and the cells of a line of a megabyte are each looked at a few times, not
/// once for each of the others.
#[test]
fn a_long_line_takes_no_more_than_its_length() {
    read_lines_of(200_000);
}

fn read_lines_of(length: usize) {
    let start = "### Request parameters\n\n#### code String REQUIRED\n\n";
    let row = "| Field | Type | Description |\n| --- | --- | --- |\n| code | String | It. |";
    for (what, text) in [
        (
            "numbers",
            format!("{start}{}", "1 must ".repeat(length / 7)),
        ),
        (
            "examples",
            format!("{start}{}", "e.g. 7 ".repeat(length / 7)),
        ),
        ("marks", format!("{start}{}", "`A` ".repeat(length / 4))),
        (
            "cells",
            format!(
                "### Request parameters\n\n{row}{}\n",
                " Only 5 |".repeat(length / 50)
            ),
        ),
    ] {
        let begin = std::time::Instant::now();
        let read = page(&text);
        let took = begin.elapsed();
        assert!(!read.lines.is_empty(), "{what}");
        assert!(took.as_secs() < 30, "{what}: {took:?}");
    }
}
