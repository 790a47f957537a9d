//! Finds the steps that a page's words about a result code advise, as far as they are recognised.

use payspec_model::model::{NextStep, Resend};

/// Words of a page, with the steps that they may mean.
struct Advice {
    /// All of them must be in the text, in any letter case.
    words: &'static [&'static str],
    steps: &'static [NextStep],
}

/// Advice to look at something may mean any of these steps.
const LOOK: &[NextStep] = &[
    NextStep::FixRequest,
    NextStep::FixCredentials,
    NextStep::CheckContract,
];

const fn advice(words: &'static [&'static str], steps: &'static [NextStep]) -> Advice {
    Advice { words, steps }
}

/// The phrases for all steps. If a text matches several, the spec may have any of their steps.
const ADVICE: &[Advice] = &[
    advice(&["no further action"], &[NextStep::Done]),
    advice(&["无需进一步"], &[NextStep::Done]),
    advice(&["不用再做"], &[NextStep::Done]),
    advice(&["redirect"], &[NextStep::Redirect]),
    advice(&["重定向"], &[NextStep::Redirect]),
    advice(&["跳转"], &[NextStep::Redirect]),
    advice(&["new", "requestid"], &[NextStep::NewRequestId]),
    advice(&["new", "request id"], &[NextStep::NewRequestId]),
    advice(&["新的", "requestid"], &[NextStep::NewRequestId]),
    advice(&["call", "again"], &[NextStep::ResendSame]),
    advice(&["resend"], &[NextStep::ResendSame]),
    advice(&["重新调用"], &[NextStep::ResendSame]),
    advice(&["再次调用"], &[NextStep::ResendSame]),
    advice(&["再调用"], &[NextStep::ResendSame]),
    advice(&["tell the user"], &[NextStep::TellUser]),
    advice(&["inform the user"], &[NextStep::TellUser]),
    advice(&["notify the user"], &[NextStep::TellUser]),
    advice(&["告诉用户"], &[NextStep::TellUser]),
    advice(&["告知用户"], &[NextStep::TellUser]),
    advice(&["通知用户"], &[NextStep::TellUser]),
    advice(&["registration"], &[NextStep::RegisterMerchant]),
    advice(&["注册接口"], &[NextStep::RegisterMerchant]),
    advice(&["lower amount"], &[NextStep::LowerAmount]),
    advice(&["更低", "金额"], &[NextStep::LowerAmount]),
    advice(&["inquir"], &[NextStep::Inquire]),
    advice(&["查询"], &[NextStep::Inquire]),
    advice(&["refund", "instead"], &[NextStep::Refund]),
    advice(&["发起退款"], &[NextStep::Refund]),
    advice(&["contact", "support"], &[NextStep::ContactSupport]),
    advice(&["联系", "支持"], &[NextStep::ContactSupport]),
    advice(&["咨询", "支持"], &[NextStep::ContactSupport]),
    advice(&["人工"], &[NextStep::ContactSupport]),
    advice(&["upload"], &[NextStep::FixCredentials]),
    advice(&["上传"], &[NextStep::FixCredentials]),
    advice(&["check"], LOOK),
    advice(&["compare"], LOOK),
    advice(&["ensure"], LOOK),
    advice(&["make sure"], LOOK),
    advice(&["confirm"], LOOK),
    advice(&["检查"], LOOK),
    advice(&["确保"], LOOK),
    advice(&["确认"], LOOK),
    advice(&["对照"], LOOK),
    advice(&["保持"], LOOK),
];

/// Words that forbid a retry.
const NEVER: &[&str] = &["do not retry", "don't retry", "不要重试", "请勿重试"];

/// Returns the steps that a text may advise; none if no phrase matches.
pub(crate) fn steps(text: &str) -> Vec<NextStep> {
    let text = bare(text);
    let matching = ADVICE
        .iter()
        .filter(|advice| advice.words.iter().all(|word| text.contains(word)));
    let mut steps: Vec<NextStep> = matching.flat_map(|advice| advice.steps).copied().collect();
    steps.sort_unstable();
    steps.dedup();
    steps
}

/// Returns the advice of a text on sending the same request again; [`None`] without such advice.
pub(crate) fn resend(text: &str) -> Option<Resend> {
    let text = bare(text);
    let never = NEVER.iter().any(|word| text.contains(word));
    never.then_some(Resend::Never)
}

/// Returns the text in lower case, without Markdown marks.
fn bare(text: &str) -> String {
    let annotations = |char: &char| !matches!(char, '_' | '*' | '`' | '\\');
    text.chars()
        .filter(annotations)
        .collect::<String>()
        .to_lowercase()
}
