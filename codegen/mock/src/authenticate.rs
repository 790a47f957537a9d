//! Authenticates clients and checks the headers of their requests.

use std::time::{Duration, SystemTime};

use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Request, Response};
use payspec_runtime::client::{SignatureHeader, Signed, StampForm, Verifier as _};
use payspec_runtime::{MediaType, RuleId};

use super::clients::Clients;
use super::notification::Notification;
use super::refused::{Refused, one, target};
use super::sign;
use payspec_model::check::check_header;
use payspec_model::model::{Api, Header, HeaderFormat, Operation, Refusal, Server, TemplatePart};
use payspec_model::signing::Signing;

impl Clients {
    /// Checks media types, client id, headers and signature or credentials of a request to the address of an operation. `shown` is its target without
    /// sensitive values, `media_type` that of its body.
    pub(super) fn admit(
        &self,
        (api, operation): (&Api, Option<&Operation>),
        signing: Option<&Signing<'_>>,
        environment: Option<&Server>,
        (request, shown, media_type): (&Request<Vec<u8>>, &str, MediaType),
    ) -> Result<(), Refused> {
        let headers = request.headers();
        is_readable(headers)?;
        has_media_type(request, media_type)?;
        accepts_json(headers)?;
        if let Some((auth, operation)) = api.auth.as_ref().zip(operation) {
            self.credentials.admit(auth, operation, headers)?;
        }
        let Some(signing) = signing else {
            return described(api, headers, &[]);
        };
        let client_id = client_id(headers, signing)?;
        if !self.ids.is_empty() && !self.ids.iter().any(|known| known == client_id) {
            let why = "unknown client id: the gateway was started with other ids";
            return Err(Refused::new(Refusal::Client, why));
        }
        belongs(api, environment, client_id)?;
        let time = one(headers, &signing.request_time.name, Refusal::Parameters)?;
        if StampForm::read(time).is_none() {
            let why = format!(
                "invalid `{}`: expected milliseconds since 1970 or ISO 8601 with offset",
                signing.request_time.name
            );
            return Err(Refused::new(Refusal::Parameters, why));
        }
        self.verify(signing, (request, shown), client_id, time)?;
        let own = [
            &signing.client_id.name,
            &signing.request_time.name,
            &signing.signature.header,
        ];
        described(api, headers, &own)
    }

    fn verify(
        &self,
        signing: &Signing<'_>,
        (request, shown): (&Request<Vec<u8>>, &str),
        client_id: &str,
        time: &str,
    ) -> Result<(), Refused> {
        let signed = Signed {
            method: request.method().as_str(),
            uri: target(request),
            client_id,
            time,
            body: request.body(),
        };
        self.verify_signed(
            signing,
            request.headers(),
            (&signed, shown),
            &signing.request,
        )
    }

    /// Verifies the signature of the answer to a notification. An answer without a signature is accepted, too.
    pub(super) fn verify_reply(
        &self,
        signing: &Signing<'_>,
        notification: &Notification,
        reply: &Response<Vec<u8>>,
    ) -> Result<(), String> {
        let headers = reply.headers();
        if !headers.contains_key(&signing.signature.header) {
            return Ok(());
        }
        let verified = || {
            let sent = notification.request.headers();
            let time = one(headers, &signing.response_time.name, Refusal::Parameters)?;
            let signed = Signed {
                method: notification.request.method().as_str(),
                uri: target(&notification.request),
                client_id: one(sent, &signing.client_id.name, Refusal::Client)?,
                time,
                body: reply.body(),
            };
            self.verify_signed(signing, headers, (&signed, signed.uri), &signing.response)
        };
        verified().map_err(|refused: Refused| refused.why)
    }

    fn verify_signed(
        &self,
        signing: &Signing<'_>,
        headers: &HeaderMap,
        (signed, shown): (&Signed<'_>, &str),
        parts: &[TemplatePart<'_>],
    ) -> Result<(), Refused> {
        let refused = |why: String| Refused::new(Refusal::Signature, why);
        let header = one(headers, &signing.signature.header, Refusal::Signature)?;
        let header = SignatureHeader::parse(header, &signing.pair_keys())
            .map_err(|error| refused(error.to_string()))?;
        let algorithm = &signing.signature.algorithm_name;
        if !header.algorithm.eq_ignore_ascii_case(algorithm) {
            return Err(refused(format!(
                "unexpected algorithm: expected `{algorithm}`"
            )));
        }
        if let Some(version) = header.key_version.filter(|one| *one != self.key_version) {
            let why = format!(
                "unknown key version `{}`: expected `{}`",
                version.escape_debug(),
                self.key_version
            );
            return Err(Refused::new(Refusal::Key, why));
        }
        let content = signed.content(&Signing::parts(parts));
        let key = self.key.as_ref();
        if key.is_some_and(|key| key.verify(&content, &header.signature)) {
            return Ok(());
        }
        let why = format!(
            "the signature does not match `{} {shown}`, this client id, time {} and this body of {} bytes, or \
             another key made it",
            signed.method,
            signed.time,
            signed.body.len(),
        );
        Err(refused(why))
    }
}

/// Returns the client id of a request.
pub(super) fn client_id<'r>(
    headers: &'r HeaderMap,
    signing: &Signing<'_>,
) -> Result<&'r str, Refused> {
    one(headers, &signing.client_id.name, Refusal::Client)
}

fn wrong_media_type(why: impl Into<String>) -> Result<(), Refused> {
    Err(Refused::new(Refusal::MediaType, why))
}

/// Checks that the body is not compressed.
fn is_readable(headers: &HeaderMap) -> Result<(), Refused> {
    let codings = headers.get_all(CONTENT_ENCODING).iter();
    let mut codings = codings.map(|coding| coding.as_bytes());
    match codings.any(|coding| !coding.eq_ignore_ascii_case(b"identity")) {
        true => wrong_media_type("the body is compressed: sign and send it uncompressed"),
        false => Ok(()),
    }
}

/// Checks that the body has the media type of the operation, in UTF-8.
fn has_media_type(request: &Request<Vec<u8>>, expected: MediaType) -> Result<(), Refused> {
    let Some(sent) = request.headers().get(CONTENT_TYPE) else {
        // Servers read no fields of a form that does not say that it is one.
        return match expected {
            MediaType::Form if !request.body().is_empty() => {
                wrong_media_type(format!("expected the header `Content-Type: {expected}`"))
            }
            MediaType::Form | MediaType::Json => Ok(()),
        };
    };
    let sent = sent.to_str().unwrap_or_default().to_ascii_lowercase();
    let mut parts = sent.split(';').map(str::trim);
    if parts.next() != Some(expected.as_str()) {
        return wrong_media_type(format!("the body is not `{expected}`"));
    }
    let mut charsets = parts.filter_map(|part| part.strip_prefix("charset="));
    match charsets.any(|charset| charset.trim_matches('"') != "utf-8") {
        true => wrong_media_type("the charset is not UTF-8"),
        false => Ok(()),
    }
}

/// Checks that the client reads the answer, which is JSON.
fn accepts_json(headers: &HeaderMap) -> Result<(), Refused> {
    let mut accepted = headers.get_all(ACCEPT).iter().peekable();
    if accepted.peek().is_none() {
        return Ok(());
    }
    let takes = accepted.any(|value| {
        let value = value.to_str().unwrap_or_default().to_ascii_lowercase();
        value.split(',').any(|range| {
            let range = range.split(';').next().unwrap_or_default().trim();
            // One of the provider's SDKs accepts several `text/` types, and takes JSON for one of them.
            matches!(range, "*/*" | "application/*" | "application/json")
                || range.starts_with("text/")
        })
    });
    match takes {
        true => Ok(()),
        false => wrong_media_type("the client does not accept `application/json`"),
    }
}

/// Checks that a client id with the prefix of one environment is not used in another environment.
fn belongs(api: &Api, here: Option<&Server>, client_id: &str) -> Result<(), Refused> {
    let mut environments = api.servers.iter();
    let its = environments.find(|environment| {
        let prefix = environment.client_id_prefix.as_deref();
        prefix.is_some_and(|prefix| client_id.starts_with(prefix))
    });
    match (its, here) {
        (Some(its), Some(here)) if its.environment != here.environment => Err(Refused::new(
            Refusal::Client,
            format!(
                "the client id belongs to `{}`, the path to `{}`",
                its.environment, here.environment
            ),
        )),
        (_, _) => Ok(()),
    }
}

/// Checks the headers against the spec; those in `found` are known to be there. Times are accepted in both
/// forms, see [`odd_time`].
fn described(api: &Api, headers: &HeaderMap, found: &[&String]) -> Result<(), Refused> {
    for header in &api.request_headers {
        if header.format == HeaderFormat::MediaType {
            continue;
        }
        let value = headers.get(&header.name);
        let value = value.map(|value| String::from_utf8_lossy(value.as_bytes()));
        let Some(broken) = check_header(header, value.as_deref()) else {
            continue;
        };
        let name = &header.name;
        let is_missing = broken.rule == RuleId::Required;
        if broken.rule == RuleId::Format || (is_missing && found.contains(&name)) {
            continue;
        }
        let why = match is_missing {
            true => format!("the header `{name}` is missing"),
            false => format!("invalid header `{name}`: expected {}", broken.expected),
        };
        return Err(Refused::new(Refusal::Parameters, why));
    }
    Ok(())
}

/// The largest difference between the time of a request and the gateway's clock that needs no remark.
const APART: Duration = Duration::from_secs(60);

/// Returns a remark about the time of a request if it has another form than the documented one, or is far from
/// the gateway's clock.
pub(super) fn odd_time(header: &Header, time: &str, now: SystemTime) -> Option<String> {
    let (form, sent) = StampForm::read(time)?;
    let documented = sign::form(header);
    let words = |form| match form {
        StampForm::EpochMillis => "milliseconds since 1970",
        StampForm::DateTime => "ISO 8601 with offset",
    };
    let unit = match (form, time.len()) {
        (StampForm::EpochMillis, 0..=11) => Some("seconds"),
        (StampForm::EpochMillis, 15..=17) => Some("microseconds"),
        (StampForm::EpochMillis, 18..) => Some("nanoseconds"),
        (StampForm::EpochMillis | StampForm::DateTime, _) => None,
    };
    let name = &header.name;
    if let Some(unit) = unit {
        return Some(format!(
            "`{name}` looks like {unit} since 1970: expected {}",
            words(documented)
        ));
    }
    if form != documented {
        return Some(format!(
            "`{name}` is {}: expected {}",
            words(form),
            words(documented)
        ));
    }
    let (apart, way) = match now.duration_since(sent) {
        Ok(behind) => (behind, "behind"),
        Err(ahead) => (ahead.duration(), "ahead of"),
    };
    (apart > APART).then(|| {
        let seconds = apart.as_secs();
        format!("the time of the request is {seconds} seconds {way} the gateway's clock")
    })
}
