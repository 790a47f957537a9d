//! Result codes, and the meaning of an answer for the call.

use crate::{NextStep, PaymentReference, Reference, Resend, Sent, StatusClass, rules};
use core::fmt;
use core::marker::PhantomData;

/// An enum of result codes. It is open: an unknown code is kept and judged by the status beside it.
///
/// Derive it. For
///
/// ```ignore
/// #[derive(Clone, PartialEq, Eq, Hash, payspec_runtime::ResultCode)]
/// pub enum PayResultCode {
///     #[code("SUCCESS", status = "S", class = "succeeded", next_step = "redirect",
///            resend = "pointless", message = "Success")]
///     Success,
///     #[unknown]
///     Unknown(payspec_runtime::UnknownValue),
/// }
/// ```
///
/// the derive generates the code of [`OpenEnum`](crate::OpenEnum), and
///
/// ```
/// # use payspec_runtime::__private;
/// # use payspec_runtime::*;
/// # #[derive(Clone, PartialEq, Eq, Hash)] pub enum PayResultCode { Success, Unknown(UnknownValue) }
/// impl ResultCode for PayResultCode {
///     fn parse(text: &str) -> Self {
///         match text {
///             "SUCCESS" => Self::Success,
///             _ => Self::Unknown(__private::unknown_value(text)),
///         }
///     }
///     fn as_str(&self) -> &str {
///         match self {
///             Self::Success => "SUCCESS",
///             Self::Unknown(value) => __private::unknown_text(value),
///         }
///     }
///     fn meaning(&self) -> Option<&'static CodeMeaning> {
///         static MEANINGS: [CodeMeaning; 1] = [CodeMeaning {
///             status: "S",
///             class: StatusClass::Succeeded,
///             next_step: NextStep::Redirect,
///             resend: Resend::Pointless,
///             message: Some("Success"),
///         }];
///         match self {
///             Self::Success => Some(&MEANINGS[0]),
///             Self::Unknown(_) => None,
///         }
///     }
/// }
/// # assert_eq!(PayResultCode::parse("SUCCESS").status(), Some("S"));
/// # assert_eq!(PayResultCode::parse("NEW").status(), None);
/// ```
pub trait ResultCode: Sized {
    /// Returns the code for this text.
    fn parse(text: &str) -> Self;

    /// Returns the text of the code.
    fn as_str(&self) -> &str;

    /// Returns the documented meaning of the code; [`None`] for an unknown one.
    fn meaning(&self) -> Option<&'static CodeMeaning>;

    /// Returns the status that the code is documented with.
    fn status(&self) -> Option<&'static str> {
        self.meaning().map(|meaning| meaning.status)
    }

    /// Returns the class of that status.
    fn class(&self) -> Option<StatusClass> {
        self.meaning().map(|meaning| meaning.class)
    }

    /// Returns the next step.
    fn next_step(&self) -> Option<NextStep> {
        self.meaning().map(|meaning| meaning.next_step)
    }

    /// Returns whether the same body may be sent again.
    fn resend(&self) -> Option<Resend> {
        self.meaning().map(|meaning| meaning.resend)
    }

    /// Returns the message that the provider documents.
    fn message(&self) -> Option<&'static str> {
        self.meaning().and_then(|meaning| meaning.message)
    }
}

/// The code of messages without a code.
impl ResultCode for () {
    fn parse(_: &str) -> Self {}

    fn as_str(&self) -> &str {
        ""
    }

    fn meaning(&self) -> Option<&'static CodeMeaning> {
        None
    }
}

/// Returns the code of a message with several places for it: the first one that is present, or an empty text.
///
/// ```
/// assert_eq!(payspec_runtime::first_code(&["", "card_declined", "card_error"]), "card_declined");
/// assert_eq!(payspec_runtime::first_code(&["", ""]), "");
/// ```
pub fn first_code<'t>(places: &[&'t str]) -> &'t str {
    let mut places = places.iter();
    places.find(|text| !text.is_empty()).unwrap_or(&"")
}

/// The documented meaning of a result code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeMeaning {
    /// The status that the code is documented with.
    pub status: &'static str,
    /// The class of that status.
    pub class: StatusClass,
    /// The next step.
    pub next_step: NextStep,
    /// The rule for sending the same body again.
    pub resend: Resend,
    /// The message that the provider documents.
    pub message: Option<&'static str>,
}

/// Returns the status of a message unless the code, if known, is documented with another one. So a
/// contradiction is never taken for a success or a failure.
///
/// ```
/// # use payspec_runtime::*;
/// # struct Code; impl ResultCode for Code {
/// #     fn parse(_: &str) -> Self { Code } fn as_str(&self) -> &str { "RISK" }
/// #     fn meaning(&self) -> Option<&'static CodeMeaning> { Some(&CodeMeaning { status: "F",
/// #         class: StatusClass::Failed, next_step: NextStep::TellUser, resend: Resend::Pointless,
/// #         message: None }) } }
/// assert_eq!(agreed("F", &Code::parse("RISK")), Some("F"));
/// assert_eq!(agreed("S", &Code::parse("RISK")), None);
/// assert_eq!(agreed("S", &()), Some("S"));
/// ```
pub fn agreed<'a, C: ResultCode>(status: &'a str, code: &C) -> Option<&'a str> {
    let agrees = code.status().is_none_or(|documented| documented == status);
    agrees.then_some(status)
}

/// Returns the case that decides the HTTP status of an answer, unless the code, if known, is documented with
/// another case. See [`rules::http_status_case`](crate::rules::http_status_case).
///
/// ```
/// # use payspec_runtime::*;
/// # struct Code; impl ResultCode for Code {
/// #     fn parse(_: &str) -> Self { Code } fn as_str(&self) -> &str { "RISK" }
/// #     fn meaning(&self) -> Option<&'static CodeMeaning> { Some(&CodeMeaning { status: "4XX",
/// #         class: StatusClass::Failed, next_step: NextStep::TellUser, resend: Resend::Pointless,
/// #         message: None }) } }
/// let cases = ["200", "402", "4XX"];
/// assert_eq!(agreed_http(400, &cases, &Code::parse("RISK")), Some("4XX"));
/// assert_eq!(agreed_http(402, &cases, &Code::parse("RISK")), None);
/// assert_eq!(agreed_http(200, &cases, &()), Some("200"));
/// ```
pub fn agreed_http<'c, C: ResultCode>(status: u16, cases: &[&'c str], code: &C) -> Option<&'c str> {
    let case = rules::http_status_case(cases, status)?;
    agreed(case, code)
}

/// The call failed definitely.
#[derive(Debug, Clone, PartialEq)]
pub struct Failed<C> {
    code: C,
    message: Option<String>,
}

impl<C: ResultCode> Failed<C> {
    /// Makes a failure with the code and the message of the answer.
    pub fn new(code: C, message: Option<&str>) -> Self {
        Self {
            code,
            message: message.map(str::to_owned),
        }
    }

    /// Returns the code of the answer.
    pub fn code(&self) -> &C {
        &self.code
    }

    /// Returns the next step; [`None`] for an unknown code.
    pub fn next_step(&self) -> Option<NextStep> {
        self.code.next_step()
    }

    /// Returns whether the same body may be sent again; [`None`] for an unknown code.
    pub fn resend(&self) -> Option<Resend> {
        self.code.resend()
    }

    /// Returns the message of the answer.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

/// The call has an unknown outcome.
///
/// The same bytes can be sent again, and the payment can be inquired about or cancelled. It cannot
/// become a new payment, because nothing here returns a request that could be changed.
pub struct Pending<R, C> {
    code: C,
    status: String,
    reference: Option<PaymentReference>,
    /// The name and the value of the request key that the answer repeats.
    key: Option<(&'static str, String)>,
    request: PhantomData<fn(R)>,
}

impl<R, C> Pending<R, C> {
    /// Makes an unknown outcome with the code and status of the answer and the ids by which it names
    /// the payment, the best first. `key` is the name of the id, if any, that repeats the
    /// [key](crate::Idempotent::KEY) of the request.
    pub fn new(code: C, status: &str, references: &[Reference<'_>], key: Option<&str>) -> Self {
        let key = references.iter().find(|one| Some(one.name) == key);
        Self {
            code,
            status: status.to_owned(),
            reference: PaymentReference::first(references),
            key: key.and_then(|one| Some((one.name, one.known()?.to_owned()))),
            request: PhantomData,
        }
    }

    /// Returns the code of the answer.
    pub fn code(&self) -> &C {
        &self.code
    }

    /// Returns the status of the answer, unchanged.
    pub fn status(&self) -> &str {
        &self.status
    }

    /// Returns the bytes to send again: those of the request that was sent, unchanged.
    ///
    /// ```
    /// # use payspec_runtime::*;
    /// # #[derive(Clone, Debug, PartialEq)] struct Code; impl ResultCode for Code {
    /// #     fn parse(_: &str) -> Self { Code } fn as_str(&self) -> &str { "UNKNOWN" }
    /// #     fn meaning(&self) -> Option<&'static CodeMeaning> { None } }
    /// # fn send_again<R>(sent: &Sent<R>) {
    /// let answer = [Reference::merchant("paymentRequestId", Some("request-2"))];
    /// let pending = Pending::<R, _>::new(Code, "U", &answer, Some("paymentRequestId"));
    /// match pending.resend(sent) {
    ///     Ok(bytes) => assert_eq!(bytes, sent.bytes()),
    ///     Err(other) => assert_eq!(other.answered(), "request-2"),
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the answer names the key of another request: sending these bytes again would repeat a
    /// payment that the answer is not about.
    pub fn resend<'a>(&self, sent: &'a Sent<R>) -> Result<&'a [u8], OtherRequest> {
        match &self.key {
            Some((name, key)) if key != sent.key() => Err(OtherRequest {
                name,
                answered: key.clone(),
                sent: sent.key().to_owned(),
            }),
            Some(_) | None => Ok(sent.bytes()),
        }
    }

    /// Returns the id to inquire about the payment with; [`None`] if the answer does not name it.
    pub fn inquire(&self) -> Option<&PaymentReference> {
        self.reference.as_ref()
    }

    /// Returns the id to cancel the payment with; [`None`] if the answer does not name it.
    pub fn cancel(&self) -> Option<&PaymentReference> {
        self.reference.as_ref()
    }
}

impl<R, C: Clone> Clone for Pending<R, C> {
    fn clone(&self) -> Self {
        Self {
            code: self.code.clone(),
            status: self.status.clone(),
            reference: self.reference.clone(),
            key: self.key.clone(),
            request: PhantomData,
        }
    }
}

impl<R, C: PartialEq> PartialEq for Pending<R, C> {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
            && self.status == other.status
            && self.reference == other.reference
            && self.key == other.key
    }
}

impl<R, C: fmt::Debug> fmt::Debug for Pending<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("code", &self.code)
            .field("status", &self.status)
            .field("reference", &self.reference)
            .finish()
    }
}

/// A message has an unknown outcome, and no payment request can be sent again: the message answers an
/// inquiry, or the provider sent it.
#[derive(Debug, Clone, PartialEq)]
pub struct Undecided<C> {
    code: C,
    status: String,
    reference: Option<PaymentReference>,
}

impl<C> Undecided<C> {
    /// Makes an unknown outcome with the code and status of the message and the ids by which it names
    /// the payment, the best first.
    ///
    /// ```
    /// use payspec_runtime::{Reference, Undecided};
    ///
    /// let undecided = Undecided::new("NEW", "X", &[Reference::provider("paymentId", Some("p-1"))]);
    /// assert_eq!((*undecided.code(), undecided.status()), ("NEW", "X"));
    /// assert_eq!(undecided.reference().and_then(|one| one.provider_id()), Some("p-1"));
    /// ```
    pub fn new(code: C, status: &str, references: &[Reference<'_>]) -> Self {
        Self {
            code,
            status: status.to_owned(),
            reference: PaymentReference::first(references),
        }
    }

    /// Returns the code of the message.
    pub fn code(&self) -> &C {
        &self.code
    }

    /// Returns the status of the message, unchanged.
    pub fn status(&self) -> &str {
        &self.status
    }

    /// Returns the id by which the message names the payment, if any.
    pub fn reference(&self) -> Option<&PaymentReference> {
        self.reference.as_ref()
    }
}

/// An answer belongs to another request than the expected one. See [`Pending::resend`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherRequest {
    name: &'static str,
    answered: String,
    sent: String,
}

impl OtherRequest {
    #[cfg(feature = "client")]
    pub(crate) fn new(name: &'static str, answered: &str, sent: &str) -> Self {
        Self {
            name,
            answered: answered.to_owned(),
            sent: sent.to_owned(),
        }
    }

    /// Returns the name of the field that identifies the request.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the key of the request that was answered.
    pub fn answered(&self) -> &str {
        &self.answered
    }

    /// Returns the key of the expected request.
    pub fn sent(&self) -> &str {
        &self.sent
    }
}

impl fmt::Display for OtherRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the answer is to the request `{}`, not to `{}`",
            self.answered.escape_debug(),
            self.sent.escape_debug()
        )
    }
}

impl core::error::Error for OtherRequest {}
