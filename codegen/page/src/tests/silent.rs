//! Measures silent misses: sentences with a fact that are put into the descriptions of fixture pages, and that are then
//! neither read nor left open.

use super::{fixtures, page, stride};
use crate::facts::Aspect;
use crate::line_report::Reading;
use crate::{Language, Page, Parameter};

const ENGLISH: &[&str] = &[
    "It is kept for 30 days.",
    "Send at most 3 of them.",
    "The value must match the shop's.",
    "Only letters are accepted.",
    "It differs from `otherId`.",
    "Use AUTO_DEBIT for such cases.",
    "See also merchantTransId.",
    "It cannot be changed later.",
    "The default is `en`.",
    "Maximum length: 12 characters.",
    "Required when otherId is empty.",
    "For gifts this field is required.",
    "It is mandatory on ferries.",
    "This field is never returned.",
    "It is always returned.",
    "It may not be returned.",
    "Returned for successful payments.",
    "One of otherId and thirdId must be given.",
    "Unless it is night, it has no meaning.",
    "It should not exceed the balance.",
    "Between the two, the first counts.",
    "A null means that nothing is known.",
    "Valid values are `A` and `B`.",
    "From 1 to 9.",
    "Up to 10 elements.",
    "It has exactly 6 digits.",
    "Not allowed for guests.",
    "It is deprecated.",
    "It has to be unique.",
    "Do not send it for guests.",
    "It may be empty.",
    "Needed for gifts.",
    "Leave it blank for guests.",
    "You need to pass this field for gifts.",
    "It is ignored if otherId is given.",
    "It is absent for guests.",
    "It will not be present in test mode.",
    "Omit it on ferries.",
    "It is never empty.",
    "Optional for guests.",
];

const CHINESE: &[&str] = &[
    "保存30天。",
    "最多传3个。",
    "必须与门店一致。",
    "只能是字母。",
    "不能修改。",
    "与 `otherId` 不同。",
    "参见merchantTransId。",
    "默认为`en`。",
    "最大长度：12个字符。",
    "otherId为空时必填。",
    "海运必填。",
    "不会返回。",
    "一定返回。",
    "可能不返回。",
    "支付成功时返回。",
    "失败订单不返回。",
    "支付成功的订单都返回。",
    "otherId和thirdId二选一。",
    "除非夜间，否则无意义。",
    "不得超过余额。",
    "有效值为：`A`、`B`。",
    "介于1和9之间。",
    "仅用于海运。",
    "需唯一。",
    "游客不要传。",
    "可以为空。",
    "海运需要传。",
    "空运时请留空。",
    "传了otherId则忽略。",
    "测试环境没有此字段。",
    "海运可不填。",
    "永不为空。",
];

/// Returns whether the line with a sentence says something about a parameter beside its description, or is open.
fn is_accounted_for(page: &Page, sentence: &str) -> bool {
    let mut lines = page
        .lines
        .iter()
        .filter(|line| line.text.contains(sentence));
    lines.any(|line| match &line.reading {
        Reading::Captured { facts, open } => {
            let is_plain = |aspect| matches!(aspect, Aspect::Description | Aspect::Notes);
            !open.is_empty() || facts.iter().any(|fact| !is_plain(fact.aspect))
        }
        Reading::Unread => true,
        Reading::Frame { .. } | Reading::Junk { .. } | Reading::Outside => false,
    })
}

/// Returns the last line of a parameter's description, if it is a line of prose of its own.
fn description(page: &Page, one: &Parameter) -> Option<u32> {
    let prose = one.description.as_ref()?;
    let line = page.lines.iter().find(|line| line.line == prose.end_line)?;
    let is_own = prose.text.ends_with(&line.text) && prose.end_line > one.line;
    let is_plain = match &line.reading {
        Reading::Captured { facts, open } => facts.len() == 1 && open.is_empty(),
        Reading::Frame { .. } | Reading::Junk { .. } | Reading::Unread | Reading::Outside => false,
    };
    (is_own && is_plain).then_some(prose.end_line)
}

#[test]
fn a_fact_that_is_missed_is_found() {
    let page = page("### Request parameters\n\n#### code String\n\nThe code. It is blue.\n");
    assert!(!is_accounted_for(&page, "It is blue."));
}

/// Returns the distance between the sentences that a place gets: 1 for all of them. Reading takes long here, since each
/// sentence makes a page.
fn step() -> usize {
    match stride() {
        1 => 1,
        several => several * 3,
    }
}

#[test]
fn at_most_one_fact_in_two_hundred_is_missed_silently() {
    let mut count = 0;
    let mut missed = Vec::new();
    for (name, text) in fixtures() {
        let old = page(&text);
        let sentences = match old.language {
            Language::English => ENGLISH,
            Language::Chinese | Language::MachineChinese => CHINESE,
        };
        let operation = &old.operations[0];
        let all = operation.request.iter().chain(&operation.response);
        let places: Vec<u32> = all.filter_map(|one| description(&old, one)).collect();
        // Each place gets some of the sentences, so that all of them are tried somewhere.
        let step = step().min(sentences.len());
        for (number, line) in places.iter().enumerate() {
            for sentence in sentences.iter().skip(number % step).step_by(step) {
                let at = usize::try_from(*line).expect("a line") - 1;
                let lines = text.lines().enumerate().map(|(number, line)| {
                    let line = line.trim_end();
                    match number == at {
                        true if line.ends_with('.') || line.ends_with('。') => {
                            format!("{line} {sentence}\n")
                        }
                        true => format!("{line}. {sentence}\n"),
                        false => format!("{line}\n"),
                    }
                });
                let new = page(&lines.collect::<String>());
                count += 1;
                if !is_accounted_for(&new, sentence) {
                    missed.push(format!("{name}:{line}: {sentence}"));
                }
            }
        }
    }
    println!("{} of {count} facts missed silently", missed.len());
    assert!(count > 2_000 / step(), "{count}");
    assert!(missed.len() * 200 <= count, "{}", missed.join("\n"));
}
