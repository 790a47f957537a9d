//! The generated types of every operation, by its id.

use std::error::Error;
use std::fmt::{self, Debug, Write};

use payspec_model::model::Side;
use payspec_runtime::{
    DecodeError, Decoded, EncodeError, Message, Valid, Validate, Violation, Violations, decode,
    decode_reporting, encode,
};
use payspec_tests::agree::Validators;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// [`Validators::both`] for one type.
type Both = fn(&Validators, &str, Side, &[u8]) -> Option<Vec<Violation>>;
/// Reads a message and returns its decision.
type Decide = fn(&[u8]) -> Result<String, DecodeError>;

/// The functions that the tests apply to a message of one type.
#[derive(Clone, Copy)]
pub(crate) struct Body {
    /// Both validators.
    pub(crate) both: Both,
    /// Decodes a message and writes it again.
    pub(crate) again: fn(&[u8]) -> Result<Again, DecodeError>,
    /// How often memory is allocated while a good message is validated.
    pub(crate) allocations: fn(&[u8]) -> u64,
    /// Every text of a message that a program could log, each with its kind.
    pub(crate) texts: fn(&Value) -> Vec<(&'static str, String)>,
}

/// A message that was read and written again.
pub(crate) struct Again {
    /// The bytes that were written.
    pub(crate) written: Result<Vec<u8>, EncodeError>,
    /// The violations that the type finds in it.
    pub(crate) violations: Violations,
    /// The members that were not read.
    pub(crate) dropped: Violations,
}

/// The parts of the generated crate for an operation.
pub(crate) struct Operation {
    pub(crate) id: &'static str,
    pub(crate) request: Body,
    pub(crate) response: Option<Body>,
    /// The decision of the message that is judged, as Rust prints it.
    pub(crate) outcome: Option<Decide>,
    /// The variant of it.
    pub(crate) variant: Option<Decide>,
}

impl Operation {
    pub(crate) fn body(&self, side: Side) -> Option<Body> {
        match side {
            Side::Request => Some(self.request),
            Side::Response => self.response,
        }
    }
}

/// The first word of what is written; the rest need not be made.
#[derive(Default)]
struct FirstWord(String);

impl Write for FirstWord {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let word = text.split(|char: char| !char.is_alphanumeric()).next();
        self.0.push_str(word.unwrap_or_default());
        (word == Some(text)).then_some(()).ok_or(fmt::Error)
    }
}

/// The name of a value's variant.
fn variant(value: &dyn Debug) -> String {
    let mut word = FirstWord::default();
    // It fails where the word ends.
    let _ = write!(word, "{value:?}");
    word.0
}

pub(crate) fn allocations<T: Message + Validate + DeserializeOwned>(json: &[u8]) -> u64 {
    let message: T = decode(json).expect("the message decodes");
    // A pattern is compiled when it is first met.
    drop(message.violations());
    let mut count = None;
    let info = allocation_counter::measure(|| count = Some(message.violations().len()));
    assert_eq!(count, Some(0), "the message is a good one");
    info.count_total
}

fn texts<T: Message + Validate + Debug + DeserializeOwned>(
    message: &Value,
) -> Vec<(&'static str, String)> {
    let json = message.to_string();
    let mut texts = Vec::new();
    match decode::<T>(json.as_bytes()) {
        Ok(value) => {
            texts.push(("Debug", format!("{value:?} {value:#?}")));
            let violations = value.violations();
            texts.push(("violations", format!("{violations} {violations:?}")));
            texts.push(("violations as JSON", json!(violations).to_string()));
            match Valid::new(value) {
                Ok(valid) => texts.push(("Debug of the proof", format!("{valid:?}"))),
                Err(error) => texts.push(("the refusal", chain(&error))),
            }
        }
        Err(error) => texts.push(("the decoding error", chain(&error))),
    }
    if let Err(error) = serde_json::from_str::<T>(&json) {
        texts.push(("serde's error", chain(&error)));
    }
    if let Err(error) = serde_json::from_value::<T>(message.clone()) {
        texts.push(("serde's error from a tree", chain(&error)));
    }
    texts
}

fn chain(error: &dyn Error) -> String {
    let mut text = format!("{error} {error:?} {error:#}");
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(&format!(" {inner} {inner:?}"));
        source = inner.source();
    }
    text
}

fn body<T: Message + Validate + Debug + Serialize + DeserializeOwned>() -> Body {
    Body {
        both: Validators::both::<T>,
        again: |json| {
            let Decoded { message, dropped } = decode_reporting::<T>(json)?;
            Ok(Again {
                written: encode(&message),
                violations: message.violations(),
                dropped,
            })
        },
        allocations: allocations::<T>,
        texts: texts::<T>,
    }
}

macro_rules! operations {
    ($($api:ident :: $id:ident : $request:ident $(, $response:ident)? $(, outcome of $judged:ident)? ;)+) => {
        /// Every operation of the generated crate.
        pub(crate) fn operations() -> Vec<Operation> {
            vec![$(Operation {
                id: stringify!($id),
                request: body::<alipay_instore::$api::$id::$request>(),
                response: operations!(@some $(body::<alipay_instore::$api::$id::$response>())?),
                outcome: operations!(@some $(|json| {
                    let judged: alipay_instore::$api::$id::$judged = decode(json)?;
                    Ok(format!("{:#?}", judged.outcome()))
                })?),
                variant: operations!(@some $(|json| {
                    let judged: alipay_instore::$api::$id::$judged = decode(json)?;
                    Ok(variant(&judged.outcome()))
                })?),
            }),+]
        }
    };
    (@some) => { None };
    (@some $value:expr) => { Some($value) };
}

operations! {
    ams_instore::cancel: CancelRequest, CancelResponse, outcome of CancelResponse;
    ams_instore::inquiry_payment: InquiryPaymentRequest, InquiryPaymentResponse, outcome of InquiryPaymentResponse;
    ams_instore::inquiry_refund: InquiryRefundRequest, InquiryRefundResponse, outcome of InquiryRefundResponse;
    ams_instore::inquiry_registration_info: InquiryRegistrationInfoRequest, InquiryRegistrationInfoResponse, outcome of InquiryRegistrationInfoResponse;
    ams_instore::inquiry_registration_status: InquiryRegistrationStatusRequest, InquiryRegistrationStatusResponse, outcome of InquiryRegistrationStatusResponse;
    ams_instore::notify_payment: NotifyPaymentRequest, NotifyPaymentResponse, outcome of NotifyPaymentRequest;
    ams_instore::notify_refund: NotifyRefundRequest, NotifyRefundResponse, outcome of NotifyRefundRequest;
    ams_instore::notify_registration_status: NotifyRegistrationStatusRequest, NotifyRegistrationStatusResponse, outcome of NotifyRegistrationStatusRequest;
    ams_instore::pay_entry_code: PayEntryCodeRequest, PayEntryCodeResponse, outcome of PayEntryCodeResponse;
    ams_instore::pay_order_code: PayOrderCodeRequest, PayOrderCodeResponse, outcome of PayOrderCodeResponse;
    ams_instore::pay_user_presented: PayUserPresentedRequest, PayUserPresentedResponse, outcome of PayUserPresentedResponse;
    ams_instore::refund: RefundRequest, RefundResponse, outcome of RefundResponse;
    ams_instore::registration: RegistrationRequest, RegistrationResponse, outcome of RegistrationResponse;
    openplatform::trade_precreate: TradePrecreateRequest;
}

/// An operation of the generated crate.
///
/// # Panics
///
/// When there is none with this id.
pub(crate) fn operation(id: &str) -> Operation {
    let found = operations()
        .into_iter()
        .find(|operation| operation.id == id);
    found.unwrap_or_else(|| panic!("{id}: add it to the table of generated operations"))
}

#[test]
fn the_table_has_every_operation_of_the_spec() {
    let validators = Validators::load();
    let mut described: Vec<&str> = validators.operation_ids().collect();
    let mut listed: Vec<&str> = operations().iter().map(|operation| operation.id).collect();
    described.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, described);
}
