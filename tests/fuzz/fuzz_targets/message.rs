//! Any bytes into the decoders and the message checker, which must agree.
//! Run with `cargo +nightly fuzz run message` in `tests/fuzz`.
#![no_main]

use std::sync::OnceLock;

use alipay_instore::ams_instore::pay_entry_code::{PayEntryCodeRequest, PayEntryCodeResponse};
use payspec_model::model::Side;
use payspec_tests::agree::Validators;

static VALIDATORS: OnceLock<Validators> = OnceLock::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let validators = VALIDATORS.get_or_init(Validators::load);
    validators.both::<PayEntryCodeRequest>("pay_entry_code", Side::Request, bytes);
    validators.both::<PayEntryCodeResponse>("pay_entry_code", Side::Response, bytes);
});
