//! Recognises the advice in a code's documented action, by fixed phrases.

/// Advice to send the request once more.
const CALL_AGAIN: &[&str] = &[
    "call again",
    "call it again",
    "call the api again",
    "call the interface again",
    "repeat it",
    "repeat the call",
    "repeat the request",
    "resend",
    "retry",
    "same request again",
    "send again",
    "send it again",
    "send the request again",
    "try again",
    "try it again",
    "try once more",
];
/// Advice to start again.
const NEW_REQUEST: &[&str] = &[
    "another request id",
    "different request id",
    "new paymentrequestid",
    "new request",
];
/// Statements that the operation is complete.
const NOTHING: &[&str] = &[
    "is done",
    "no action",
    "no further action",
    "nothing further",
    "nothing is left to do",
    "nothing more to do",
    "nothing to do",
];
/// Words that reverse advice.
const NEGATIONS: &[&str] = &["avoid", "cannot", "don't", "never", "not", "without"];
/// Number of words before a phrase in which a negation counts.
const REACH: usize = 3;

/// Returns whether an action advises to send the same request again.
pub fn calls_again(action: &str) -> bool {
    advises(action, CALL_AGAIN)
}

/// Returns whether an action advises to start again with a new request id.
pub(super) fn starts_anew(action: &str) -> bool {
    advises(action, NEW_REQUEST)
}

/// Returns whether an action says that the operation is complete.
pub fn is_over(action: &str) -> bool {
    advises(action, NOTHING)
}

fn advises(action: &str, phrases: &[&str]) -> bool {
    let clauses = action.split(['.', ',', ';', ':', '!', '?']);
    let mut clauses = clauses.map(words);
    clauses.any(|clause| {
        phrases.iter().any(|phrase| {
            let phrase: Vec<&str> = phrase.split(' ').collect();
            let places = clause.windows(phrase.len()).enumerate();
            let mut places = places.filter(|(_, window)| *window == phrase.as_slice());
            places.any(|(at, _)| {
                let before = &clause[at.saturating_sub(REACH)..at];
                !before.iter().any(|word| NEGATIONS.contains(&word.as_str()))
            })
        })
    })
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_and_its_opposite() {
        assert!(calls_again("Wait a moment, then call the API again."));
        assert!(calls_again("Not paid yet; retry."));
        assert!(!calls_again("Do not retry; ask support."));
        assert!(!calls_again("Never send it again."));
        assert!(!calls_again("Check the retrying code."));
        assert!(starts_anew("Pay again with a new paymentRequestId."));
        assert!(!starts_anew("Pay again without a new request id."));
        assert!(is_over("The payment succeeded: no further action."));
        assert!(!is_over("Redirect the payer."));
    }
}
