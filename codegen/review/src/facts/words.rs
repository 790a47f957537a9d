//! The words of the format, as a spec writes them.

use payspec_model::format::Contradiction;
use payspec_model::model::{
    HeaderFormat, HostRole, Lengths, Refusal, Scalars, SharedCodes, SignatureAlgorithm,
    SignatureEncoding,
};

pub(super) const fn host_role(role: HostRole) -> &'static str {
    match role {
        HostRole::Recommended => "recommended",
        HostRole::Ordinary => "ordinary",
    }
}

pub(super) const fn header_format(format: HeaderFormat) -> &'static str {
    match format {
        HeaderFormat::EpochMillis => "epoch_millis",
        HeaderFormat::Datetime => "datetime",
        HeaderFormat::KeyValueList => "key_value_list",
        HeaderFormat::MediaType => "media_type",
        HeaderFormat::Text => "text",
    }
}

pub(super) const fn scalars(scalars: Scalars) -> &'static str {
    match scalars {
        Scalars::Strings => "strings",
        Scalars::Native => "native",
    }
}

pub(super) const fn lengths(lengths: Lengths) -> &'static str {
    match lengths {
        Lengths::Characters => "characters",
    }
}

pub(super) const fn algorithm(algorithm: SignatureAlgorithm) -> &'static str {
    match algorithm {
        SignatureAlgorithm::RsaPkcs1V15Sha256 => "rsa_pkcs1_v15_sha256",
    }
}

pub(super) const fn encoding(encoding: SignatureEncoding) -> &'static str {
    match encoding {
        SignatureEncoding::Base64 => "base64",
        SignatureEncoding::FormUrlencoded => "form_urlencoded",
    }
}

pub(super) const fn shared_codes(codes: SharedCodes) -> &'static str {
    match codes {
        SharedCodes::Listed => "listed",
        SharedCodes::All => "all",
        SharedCodes::Unknown => "unknown",
    }
}

pub(super) const fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Address => "address",
        Refusal::Method => "method",
        Refusal::MediaType => "media_type",
        Refusal::Client => "client",
        Refusal::Key => "key",
        Refusal::Signature => "signature",
        Refusal::Parameters => "parameters",
        Refusal::Subject => "subject",
        Refusal::Cancelled => "cancelled",
        Refusal::Closed => "closed",
    }
}

pub(super) const fn contradiction(contradiction: Contradiction) -> &'static str {
    match contradiction {
        Contradiction::FailedButRetry => "failed_but_retry",
        Contradiction::PendingWithoutResend => "pending_without_resend",
        Contradiction::SuccessStepDiffers => "success_step_differs",
        Contradiction::CodesConflict => "codes_conflict",
        Contradiction::ExampleBreaksRule => "example_breaks_rule",
        Contradiction::ConditionAlwaysTrue => "condition_always_true",
    }
}
