//! Mistakes that show without opening the signature.

use std::time::SystemTime;

use payspec_runtime::client::StampForm;

use super::case::{Case, environment_of};
use super::finding::{Certainty, Remark};
use super::keys::Signatory;
use super::message::Field;
use super::text;
use super::vary::time;
use payspec_model::model::{Header, HeaderFormat, Side};

fn proved(detail: impl Into<String>) -> Option<Remark> {
    Some(Remark {
        certainty: Certainty::Proved,
        detail: detail.into(),
    })
}

fn suspected(detail: impl Into<String>) -> Option<Remark> {
    Some(Remark {
        certainty: Certainty::Suspected,
        detail: detail.into(),
    })
}

/// Returns the headers that a signed message needs exactly once, beside the signature itself.
fn needed<'a>(case: &Case<'a>) -> [&'a Header; 2] {
    [case.signing.client_id, case.time_header()]
}

fn needed_names<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a str> {
    let names = needed(case).map(|header| header.name.as_str());
    [case.signing.signature.header.as_str()]
        .into_iter()
        .chain(names)
}

pub(super) fn private_given(case: &Case<'_>) -> Option<Remark> {
    let keys = &case.settings.keys;
    let places = [
        (keys.own_public.as_ref(), "your public key"),
        (keys.provider.first(), "the provider's public key"),
    ];
    let wrong = places
        .iter()
        .find(|(key, _)| key.is_some_and(|key| key.is_private));
    let (_, place) = wrong?;
    proved(format!("the file of {place} holds a private key"))
}

pub(super) fn public_given(case: &Case<'_>) -> Option<Remark> {
    let own = case.settings.keys.own_private.as_ref()?;
    if own.is_private {
        return None;
    }
    proved("the file of your private key holds a public key")
}

/// Returns whether the two public keys were swapped, as far as the own private key tells.
fn are_exchanged(case: &Case<'_>) -> bool {
    let keys = &case.settings.keys;
    let own = keys.own_private.as_ref().map(|key| &key.public);
    let handed_out = keys.own_public.as_ref().map(|key| &key.public);
    own.is_some() && own == keys.provider() && handed_out.is_some() && handed_out != own
}

pub(super) fn exchanged(case: &Case<'_>) -> Option<Remark> {
    are_exchanged(case).then_some(())?;
    proved(
        "the key given as the provider's belongs to your private key, and the key given as yours does not",
    )
}

pub(super) fn own_for_provider(case: &Case<'_>) -> Option<Remark> {
    let keys = &case.settings.keys;
    let all = [keys.own_private.as_ref(), keys.own_public.as_ref()];
    let is_own = |key: &payspec_runtime::client::VerifyingKey| {
        all.iter().flatten().any(|own| own.public == *key)
    };
    let is_it = keys.provider().is_some_and(is_own) && !are_exchanged(case);
    is_it.then_some(())?;
    proved("both are the same key")
}

pub(super) fn no_pair(case: &Case<'_>) -> Option<Remark> {
    let keys = &case.settings.keys;
    let (private, public) = (keys.own_private.as_ref()?, keys.own_public.as_ref()?);
    if private.public == public.public || are_exchanged(case) {
        return None;
    }
    proved("your public key does not belong to your private key")
}

pub(super) fn unsigned(case: &Case<'_>) -> Option<Remark> {
    let [_, time] = needed(case);
    let (signature, time) = (case.signature(), case.message.value(&time.name));
    if signature.is_some() || time.is_some() {
        return None;
    }
    proved(match case.side {
        Side::Request => "the request carries neither signature nor time".to_owned(),
        Side::Response => format!(
            "the answer carries neither signature nor time{}",
            match case.signatory {
                Signatory::Own => "",
                Signatory::Provider => {
                    ": the provider answers like this when it cannot verify the request, and so do proxies"
                }
            }
        ),
    })
}

pub(super) fn missing(case: &Case<'_>) -> Option<Remark> {
    if unsigned(case).is_some() {
        return None;
    }
    let is_needed =
        |name: &&str| case.side == Side::Request || *name != case.signing.client_id.name;
    let missing = needed_names(case).filter(is_needed);
    let missing = missing.filter(|name| case.message.value(name).is_none());
    let missing: Vec<_> = missing
        .filter(|name| misspelt(case, name).is_none())
        .collect();
    listed(&missing).and_then(|names| proved(format!("{names} missing")))
}

fn listed(names: &[&str]) -> Option<String> {
    let shown: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match shown.len() {
        0 => None,
        1 => Some(format!("{} is", shown[0])),
        _ => Some(format!("{} are", shown.join(" and "))),
    }
}

pub(super) fn twice(case: &Case<'_>) -> Option<Remark> {
    let twice: Vec<_> = needed_names(case)
        .filter(|name| case.message.all(name).count() > 1)
        .collect();
    let names = listed(&twice)?;
    proved(format!("{names} repeated"))
}

/// Finds a header whose name differs from this one only in characters other than letters and digits.
fn misspelt<'c>(case: &Case<'c>, name: &str) -> Option<&'c Field> {
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let mut fields = case.message.headers.iter();
    fields.find(|field| !field.name.eq_ignore_ascii_case(name) && plain(&field.name) == plain(name))
}

pub(super) fn header_name(case: &Case<'_>) -> Option<Remark> {
    let (field, name) = needed_names(case).find_map(|name| Some((misspelt(case, name)?, name)))?;
    proved(format!(
        "`{}`, expected `{name}`",
        field.name.escape_debug()
    ))
}

pub(super) fn folded(case: &Case<'_>) -> Option<Remark> {
    let is_folded = |name: &&str| case.message.all(name).any(|field| field.folded);
    let names: Vec<_> = needed_names(case).filter(is_folded).collect();
    let names = listed(&names)?;
    proved(format!("{names} split over several lines"))
}

pub(super) fn algorithm(case: &Case<'_>) -> Option<Remark> {
    let names = text::pairs(case.signature()?, case.signing.keys.algorithm);
    let (name, expected) = (names.first()?, &case.signing.signature.algorithm_name);
    if name.eq_ignore_ascii_case(expected) {
        return None;
    }
    let name: String = name.chars().take(32).collect();
    proved(format!("`{}`, expected `{expected}`", name.escape_debug()))
}

pub(super) fn pairs(case: &Case<'_>) -> Option<Remark> {
    let header = case.signature()?;
    let keys = &case.signing.keys;
    for key in [keys.algorithm, keys.signature] {
        match text::pairs(header, key).as_slice() {
            [] => return proved(format!("missing pair `{key}=…`")),
            [""] => return proved(format!("empty pair `{key}=…`")),
            [_] => {}
            _ => return proved(format!("duplicate pair `{key}=…`")),
        }
    }
    None
}

pub(super) fn key_version(case: &Case<'_>) -> Option<Remark> {
    let expected = match case.signatory {
        Signatory::Own => case.settings.own_key_version.as_deref()?,
        Signatory::Provider => case.settings.provider_key_version.as_deref()?,
    };
    let stated = text::pairs(case.signature()?, case.signing.keys.key_version);
    match stated.first() {
        None => suspected(format!(
            "no key version in the header, so the newest key applies; expected version `{expected}`"
        )),
        Some(stated) if *stated != expected => {
            let stated: String = stated.chars().take(32).collect();
            let stated = stated.escape_debug();
            suspected(format!(
                "version `{stated}` in the header, expected `{expected}`"
            ))
        }
        Some(_) => None,
    }
}

pub(super) fn lower_hex(case: &Case<'_>) -> Option<Remark> {
    let text = text::of_header(case.signature()?, &case.signing.keys)?;
    let mut escapes = text
        .match_indices('%')
        .filter_map(|(at, _)| text.get(at + 1..at + 3));
    let is_lower = |hex: &str| hex.bytes().any(|byte| matches!(byte, b'a'..=b'f'));
    escapes.any(is_lower).then_some(())?;
    suspected(
        "escapes such as `%2b` mean the same as `%2B`; a receiver that compares texts refuses them",
    )
}

pub(super) fn signature_length(case: &Case<'_>, repaired: &str) -> Option<Remark> {
    let length = text::read(case, repaired).ok()?.len();
    let key = case.settings.keys.of(case.signatory)?;
    let expected = usize::try_from(key.bits().div_ceil(8)).ok()?;
    if length == expected {
        return None;
    }
    proved(format!(
        "{length} bytes; a key of {} bits makes {expected}",
        key.bits()
    ))
}

pub(super) fn client_id(case: &Case<'_>) -> Option<Remark> {
    let known = case.settings.client_id.as_deref()?;
    let stated = case.message.value(&case.signing.client_id.name)?;
    if stated == known {
        return None;
    }
    let (stated, known) = (stated.escape_debug(), known.escape_debug());
    proved(format!("`{stated}` in the header, expected `{known}`"))
}

pub(super) fn environment(case: &Case<'_>) -> Option<Remark> {
    case.is_merchants_call().then_some(())?;
    let its = environment_of(case.api, &case.parts.client_id)?;
    let here = case.environment()?;
    if its.environment == here.environment || case.parts.client_id.is_empty() {
        return None;
    }
    let (its, here, path) = (
        &its.environment,
        &here.environment,
        case.parts.uri.escape_debug(),
    );
    proved(format!(
        "the client id belongs to `{its}`, the path `{path}` to `{here}`"
    ))
}

pub(super) fn unknown_path(case: &Case<'_>) -> Option<Remark> {
    case.operation.is_none().then_some(())?;
    let path = case.parts.uri.escape_debug();
    proved(format!("no operation of the spec has the path `{path}`"))
}

pub(super) fn wrong_method(case: &Case<'_>) -> Option<Remark> {
    let expected = case.operation?.method.as_str();
    let method = case.parts.method.as_str();
    if method == expected {
        return None;
    }
    proved(format!(
        "`{}`, expected `{expected}`",
        method.escape_debug()
    ))
}

pub(super) fn time_form(case: &Case<'_>) -> Option<Remark> {
    let header = case.time_header();
    let text = case.message.value(&header.name)?;
    let shown: String = text.chars().take(64).collect();
    let shown = format!("`{}` is `{}`", header.name, shown.escape_debug());
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let form = match header.format {
        HeaderFormat::EpochMillis => StampForm::EpochMillis,
        HeaderFormat::Datetime
        | HeaderFormat::KeyValueList
        | HeaderFormat::MediaType
        | HeaderFormat::Text => StampForm::DateTime,
    };
    match (is_number, text.len(), StampForm::read(text)) {
        (true, ..=11, _) => proved(format!("{shown}: seconds; milliseconds have 13 digits")),
        (true, 14.., _) => proved(format!(
            "{shown}: finer than milliseconds; these have 13 digits"
        )),
        (_, _, None)
            if format!("{text}Z")
                .parse::<payspec_runtime::DateTime>()
                .is_ok() =>
        {
            proved(format!("{shown}: missing offset, such as `Z` or `+08:00`"))
        }
        (_, _, None) => proved(format!(
            "{shown}: expected milliseconds since 1970 or ISO 8601"
        )),
        (_, _, Some((other, _))) if other != form => suspected(match form {
            StampForm::EpochMillis => {
                format!("{shown}: the documented form is milliseconds since 1970")
            }
            StampForm::DateTime => format!("{shown}: the documented form is ISO 8601 with offset"),
        }),
        (_, _, Some(_)) => None,
    }
}

pub(super) fn clock(case: &Case<'_>) -> Option<Remark> {
    let stated = time::read(case.message.value(&case.time_header().name)?)?;
    let (now, whose) = match (case.settings.now, case.side) {
        (Some(now), _) => (now, "the time of receipt"),
        (None, Side::Request) => (
            http_date(case.other?.value("date")?)?,
            "the provider's clock",
        ),
        (None, Side::Response) => return None,
    };
    let (apart, way) = match now.duration_since(stated) {
        Ok(behind) => (behind, "behind"),
        Err(ahead) => (ahead.duration(), "ahead of"),
    };
    let limit = case.settings.skew;
    if apart <= limit {
        return None;
    }
    proved(format!(
        "the time of the message is {} seconds {way} {whose}; {} are allowed",
        apart.as_secs(),
        limit.as_secs()
    ))
}

/// Reads an HTTP date: `Tue, 24 Nov 2026 00:00:00 GMT`.
fn http_date(text: &str) -> Option<SystemTime> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut words = text.split_once(", ")?.1.split(' ');
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let (time, zone) = (words.next()?, words.next()?);
    let month = MONTHS.find(month).filter(|at| at % 3 == 0)? / 3 + 1;
    (zone == "GMT" && day.len() == 2).then_some(())?;
    time::read(&format!("{year}-{month:02}-{day}T{time}Z"))
}

pub(super) fn content_length(case: &Case<'_>) -> Option<Remark> {
    let (stated, has) = (case.message.stated_length()?, case.parts.body.len());
    if stated == has {
        return None;
    }
    proved(format!(
        "the header states {stated} bytes, the capture holds {has}"
    ))
}

pub(super) fn compressed(case: &Case<'_>) -> Option<Remark> {
    let coding = case.message.value("content-encoding")?;
    let is_json = matches!(case.parts.body.trim_ascii().first(), None | Some(b'{'));
    if is_json || coding.eq_ignore_ascii_case("identity") {
        return None;
    }
    suspected(format!(
        "the body is encoded as `{}`",
        coding.escape_debug()
    ))
}

pub(super) fn not_utf8(case: &Case<'_>) -> Option<Remark> {
    let at = std::str::from_utf8(&case.parts.body).err()?.valid_up_to();
    proved(format!("invalid UTF-8 at byte {at}"))
}

pub(super) fn lost_characters(case: &Case<'_>) -> Option<Remark> {
    let body = std::str::from_utf8(&case.parts.body).ok()?;
    let signs = body.matches('\u{fffd}').count() + body.matches("\\ufffd").count();
    (signs > 0).then_some(())?;
    suspected(format!(
        "U+FFFD occurs {signs} times; programs write it for characters that they cannot read, such as emoji"
    ))
}

pub(super) fn media_type(case: &Case<'_>) -> Option<Remark> {
    let media_type = case.message.value("content-type")?.to_ascii_lowercase();
    let mut parameters = media_type.split(';').map(str::trim);
    let charset = parameters.find_map(|one| one.strip_prefix("charset="))?;
    if matches!(charset.trim_matches('"'), "utf-8" | "utf8") {
        return None;
    }
    suspected(format!("the media type names `{}`", charset.escape_debug()))
}
