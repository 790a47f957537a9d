//! Faults that can be injected.

use std::time::Duration;

/// A fault that is injected into an answer or a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// `delay=MILLISECONDS`: the answer comes late.
    Delay(Duration),
    /// `http-status=NUMBER`: the answer has this HTTP status.
    HttpStatus(u16),
    /// `drop`: the connection is closed before anything is processed.
    Drop,
    /// `lose-answer`: the request is processed, then the connection is closed without an answer. A client that
    /// pays again under a new id now pays twice.
    LoseAnswer,
    /// `truncate`: the connection is closed in the middle of the body.
    Truncate,
    /// `unsigned`: the answer has neither signature nor time.
    Unsigned,
    /// `wrong-signature`: the signature belongs to other bytes.
    WrongSignature,
    /// `changed-body`: a byte of the body is changed after signing.
    ChangedBody,
    /// `no-time`: the answer has a signature, but not its time.
    NoTime,
    /// `twice`: the header of the signature occurs twice.
    Twice,
    /// `not-json`: a signed body that is not JSON.
    NotJson,
    /// `no-result`: a signed body without a status.
    NoResult,
    /// `unknown-status`: a signed body with a status that is not documented.
    UnknownStatus,
    /// `other-amount`: a signed body with wrong numbers, where they must agree with the request.
    OtherAmount,
}

macro_rules! words {
    ($($fault:ident = $word:literal: $effect:literal;)+) => {
        /// The faults without a number: name, fault and effect. Parser, help and error messages use this table.
        const WORDS: &[(&str, Fault, &str)] = &[$(($word, Fault::$fault, $effect)),+];

        impl std::fmt::Display for Fault {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    Fault::Delay(delay) => write!(f, "delay={}", delay.as_millis()),
                    Fault::HttpStatus(status) => write!(f, "http-status={status}"),
                    $(Fault::$fault => f.write_str($word),)+
                }
            }
        }
    };
}

words! {
    Drop = "drop": "close the connection; the request is not processed";
    LoseAnswer = "lose-answer": "process the request, then close the connection";
    Truncate = "truncate": "close the connection in the middle of the body";
    Unsigned = "unsigned": "leave out signature and time";
    WrongSignature = "wrong-signature": "sign other bytes";
    ChangedBody = "changed-body": "change a byte of the body after signing";
    NoTime = "no-time": "leave out the time";
    Twice = "twice": "send the signature header twice";
    NotJson = "not-json": "sign a body that is not JSON";
    NoResult = "no-result": "sign a body without a status";
    UnknownStatus = "unknown-status": "sign a body with an undocumented status";
    OtherAmount = "other-amount": "sign a body with wrong amounts";
}

/// The longest delay in milliseconds.
const LONGEST: u64 = 60_000;

impl Fault {
    /// Reads faults that are separated by commas.
    ///
    /// # Errors
    ///
    /// When a word is unknown; the text lists the known words.
    ///
    /// ```
    /// use payspec_mock::Fault;
    /// use std::time::Duration;
    ///
    /// let faults = Fault::parse_list("delay=200, lose-answer")?;
    /// assert_eq!(faults, [Fault::Delay(Duration::from_millis(200)), Fault::LoseAnswer]);
    /// assert!(Fault::parse_list("explode").is_err());
    /// # Ok::<(), String>(())
    /// ```
    pub fn parse_list(text: &str) -> Result<Vec<Fault>, String> {
        let words = text.split(',').map(str::trim);
        words.filter(|word| !word.is_empty()).map(parse).collect()
    }

    /// Returns how each fault is written, with its effect.
    pub fn help() -> impl Iterator<Item = (&'static str, String)> {
        let numbered = with_number().into_iter();
        let numbered = numbered.map(|(form, range, effect)| (form, format!("{effect} ({range})")));
        let words = WORDS.iter();
        numbered.chain(words.map(|(word, _, effect)| (*word, (*effect).to_owned())))
    }

    /// Returns the sum of the delays.
    pub(super) fn delay(faults: &[Fault]) -> Duration {
        let mut sum = Duration::ZERO;
        for fault in faults {
            if let Fault::Delay(delay) = fault {
                sum += *delay;
            }
        }
        sum
    }

    /// Returns whether a notification can have this fault; some fit only an answer.
    pub(super) fn suits_notification(&self) -> bool {
        match self {
            Fault::Delay(_)
            | Fault::Unsigned
            | Fault::WrongSignature
            | Fault::ChangedBody
            | Fault::NoTime
            | Fault::Twice
            | Fault::NotJson
            | Fault::NoResult
            | Fault::UnknownStatus
            | Fault::OtherAmount => true,
            Fault::HttpStatus(_) | Fault::Drop | Fault::LoseAnswer | Fault::Truncate => false,
        }
    }
}

/// Returns the faults with a number: form, range of the number and effect.
fn with_number() -> [(&'static str, String, &'static str); 2] {
    [
        (
            "delay=MILLISECONDS",
            format!("up to {LONGEST}"),
            "answer late",
        ),
        (
            "http-status=NUMBER",
            "200 to 599".to_owned(),
            "answer with this HTTP status",
        ),
    ]
}

fn parse(word: &str) -> Result<Fault, String> {
    let known = WORDS.iter().find(|(known, ..)| *known == word);
    if let Some((_, fault, _)) = known {
        return Ok(*fault);
    }
    let numbered = match word.split_once('=') {
        Some(("delay", ms)) => ms
            .parse()
            .ok()
            .filter(|ms| *ms <= LONGEST)
            .map(|ms| Fault::Delay(Duration::from_millis(ms))),
        Some(("http-status", status)) => {
            let status = status.parse().ok();
            status
                .filter(|status| (200..=599).contains(status))
                .map(Fault::HttpStatus)
        }
        Some(_) | None => None,
    };
    numbered.ok_or_else(|| {
        let numbered = with_number().map(|(form, range, _)| format!("{form} ({range})"));
        let words = WORDS.iter().map(|(word, ..)| (*word).to_owned());
        let known: Vec<String> = numbered.into_iter().chain(words).collect();
        format!(
            "unknown fault `{}`: expected {}",
            word.escape_debug(),
            known.join(", ")
        )
    })
}

/// The part of an answer that reaches the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// All of it.
    Whole,
    /// The head and half of its body.
    Truncated,
    /// Nothing: the connection is closed.
    Lost,
}

impl Delivery {
    /// Returns the part of an answer that arrives with these faults.
    pub(super) fn under(faults: &[Fault]) -> Self {
        if faults.contains(&Fault::LoseAnswer) || faults.contains(&Fault::Drop) {
            Delivery::Lost
        } else if faults.contains(&Fault::Truncate) {
            Delivery::Truncated
        } else {
            Delivery::Whole
        }
    }
}
