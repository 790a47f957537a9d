//! The meaning of the fixed words of the format.

use crate::format::{
    EmptyText, HeaderFormat, HostRole, Lengths, Scalars, SignatureAlgorithm, SignatureEncoding,
};
use crate::model::{Api, Element, NextStep, Resend, Type, Union};
use payspec_runtime::{Case, Style};

/// Returns a type in words: `list of Goods`.
pub fn type_name(api: &Api, ty: &Type) -> String {
    match ty {
        Type::String => "string".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Decimal => "decimal".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::DateTime => "datetime".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Timestamp(epoch) => epoch.as_str().to_owned(),
        Type::Uuid => "uuid".to_owned(),
        Type::Binary => "binary".to_owned(),
        Type::Url => "url".to_owned(),
        Type::Country => "country".to_owned(),
        Type::Currency(Case::Upper) => "currency".to_owned(),
        Type::Currency(Case::Lower) => "currency in small letters".to_owned(),
        Type::Any => "any JSON".to_owned(),
        Type::Enum(id) => api.enumeration(*id).name.clone(),
        Type::Object(id) => api.object(*id).name.clone(),
        Type::Union(id) => api.union(*id).name.clone(),
        Type::List(element) => format!("list of {}", element_name(api, element)),
        Type::Map(map) => format!("map of {}", element_name(api, &map.values)),
        Type::Json(id) => format!("text with the JSON of {}", api.object(*id).name),
    }
}

fn element_name(api: &Api, element: &Element) -> String {
    let name = type_name(api, &element.ty);
    match element.nullable {
        // Not to be taken for a list that may be null.
        true => format!("({name} or null)"),
        false => name,
    }
}

/// Returns the actor of a step, and the step in words.
pub fn next_step(step: NextStep) -> (&'static str, &'static str) {
    match step {
        NextStep::Done => ("nobody", "nothing to do"),
        NextStep::Redirect => ("the program", "send the payer to the address in the answer"),
        NextStep::FixRequest => ("the developer", "correct the request"),
        NextStep::FixCredentials => (
            "the developer",
            "correct the client id, the keys or the signature",
        ),
        NextStep::CheckContract => (
            "the merchant",
            "check what the contract and the wallet allow",
        ),
        NextStep::RegisterMerchant => ("the merchant", "register the merchant first"),
        NextStep::LowerAmount => ("the payer", "try a lower amount"),
        NextStep::NewRequestId => ("the program", "start again with a new request id"),
        NextStep::ResendSame => ("the program", "send the same request again"),
        NextStep::Inquire => ("the program", "inquire about the payment"),
        NextStep::Refund => ("the merchant", "refund the payment"),
        NextStep::ContactSupport => ("the merchant", "contact the provider's support"),
        NextStep::TellUser => ("the program", "tell the payer"),
    }
}

/// Returns in words whether the same body may be sent again.
pub fn resend(resend: Resend) -> &'static str {
    match resend {
        Resend::Safe => "safe, and it may produce an answer",
        Resend::Pointless => "harmless, but the answer stays the same",
        Resend::Never => "never",
    }
}

/// Returns in words whether an enum may get more values.
pub const fn open_enum(open: bool) -> &'static str {
    match open {
        true => "yes: responses may contain new values",
        false => "no",
    }
}

/// Returns the sentence that tells the types of a union apart.
pub fn discriminator(union: &Union) -> String {
    match union.discriminator.field() {
        Some(name) => format!("`{name}` says which it is."),
        None => "The JSON type says which it is.".to_owned(),
    }
}

/// Returns in words whether a union may get more types.
pub const fn open_union(open: bool) -> &'static str {
    match open {
        true => "yes: responses may contain new types",
        false => "no",
    }
}

/// Returns the role of a host.
pub const fn host_role(role: HostRole) -> &'static str {
    match role {
        HostRole::Recommended => "recommended",
        HostRole::Ordinary => "ordinary",
    }
}

/// Returns the format of a header's value.
pub const fn header_format(format: HeaderFormat) -> &'static str {
    match format {
        HeaderFormat::EpochMillis => "epoch_millis: milliseconds since 1970, in decimal digits",
        HeaderFormat::Datetime => "datetime: ISO 8601 with offset, to the second",
        HeaderFormat::KeyValueList => "key_value_list: `key=value` pairs with commas between",
        HeaderFormat::MediaType => "media_type: a media type",
        HeaderFormat::Text => "text: any text",
    }
}

/// Returns the way in which a query or form writes a value, with an example.
pub const fn style(style: Style) -> &'static str {
    match style {
        Style::Repeat => "repeat: a=1&a=2",
        Style::Comma => "comma: a=1,2",
        Style::Brackets => "brackets: a[b]=x&a[0]=y",
        Style::EmptyBrackets => "empty_brackets: a[b]=x&a[]=y",
        Style::Json => "json: a=[1,2]",
    }
}

/// Returns the encoding of numbers and booleans.
pub const fn scalars(scalars: Scalars) -> &'static str {
    match scalars {
        Scalars::Strings => "strings: numbers and booleans are JSON strings",
        Scalars::Native => "native: numbers and booleans are JSON numbers and booleans",
    }
}

/// Returns the meaning of an empty text.
pub const fn empty_text(empty: EmptyText) -> &'static str {
    match empty {
        EmptyText::Forbidden => "forbidden: a field without a value is left out of what is sent",
        EmptyText::Allowed => "allowed: a text like any other",
    }
}

/// Returns the unit of lengths.
pub const fn lengths(lengths: Lengths) -> &'static str {
    match lengths {
        Lengths::Characters => "characters",
    }
}

/// Returns the name of a signature's algorithm.
pub const fn signature_algorithm(algorithm: SignatureAlgorithm) -> &'static str {
    match algorithm {
        SignatureAlgorithm::RsaPkcs1V15Sha256 => "RSASSA-PKCS1-v1_5 with SHA-256",
    }
}

/// Returns the steps from a signature's bytes to the text in the header: `base64, then form_urlencoded`.
pub fn encoding(steps: &[SignatureEncoding]) -> String {
    let steps = steps.iter().map(|step| match step {
        SignatureEncoding::Base64 => "base64",
        SignatureEncoding::FormUrlencoded => "form_urlencoded",
    });
    steps.collect::<Vec<_>>().join(", then ")
}
