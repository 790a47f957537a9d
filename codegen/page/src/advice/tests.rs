//! Action texts with what they advise, and their negated siblings.

use super::read;
use payspec_model::model::NextStep;

/// The reading in words: steps, what is forbidden, the rule for a resend, `?` if it is unsure.
fn words(text: &str) -> String {
    let advice = read(text, &["pay".to_owned()]);
    let mut words: Vec<String> = advice.steps.iter().map(|step| step.to_string()).collect();
    words.extend(advice.never.iter().map(|step| format!("!{step}")));
    words.extend(advice.resend.map(|resend| format!("={resend}")));
    if !advice.is_sure() {
        words.push("?".to_owned());
    }
    words.join(" ")
}

#[test]
fn advice_of_a_table() {
    let table = include_str!("table.txt");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (text, expected) = line.split_once(" => ").expect("a row");
        let found = words(text);
        if found != expected.trim() {
            wrong.push(format!(
                "{text}\n    expected {expected}\n    found    {found}"
            ));
        }
        count += 1;
    }
    assert!(count >= 80, "{count}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_call_that_depends_on_a_look_is_kept_whole() {
    for (text, halves) in [
        (
            "先查询，若订单不存在再用相同请求号重试",
            ["先查询", "若订单不存在再用相同请求号重试"],
        ),
        (
            "Inquire first; if the order does not exist, call again with the same request id.",
            ["Inquire first", "call again with the same request id"],
        ),
        (
            "Inquire first, and if no order exists, resend the same request.",
            ["Inquire first", "resend the same request"],
        ),
    ] {
        let advice = read(text, &["pay".to_owned()]);
        let unsure = advice.unsure.join("\n");
        let [look, call] = halves;
        assert!(!advice.is_sure() && advice.resend.is_none(), "{text}");
        assert!(unsure.contains(call), "{text}: {unsure}");
        let looks = advice.steps.contains(&NextStep::Inquire) || unsure.contains(look);
        assert!(looks, "{text}: {unsure}");
    }
}
