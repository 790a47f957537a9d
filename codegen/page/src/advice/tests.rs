//! Action texts with what they advise, and their negated siblings.

use super::read;

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
