//! The answers to requests that are refused before the operation is handled.

use http::StatusCode;
use payspec_runtime::rules;

use super::compose::Composer;
use super::handler::{self, Reply};
use payspec_model::model::{Api, Operation, Refusal};

/// Returns the answer that the spec has for a refusal: the code that refuses with it. For wrong credentials, the
/// documented answer with the HTTP status 401 comes first.
pub(super) fn documented(
    api: &Api,
    operation: Option<&Operation>,
    refusal: Refusal,
) -> Option<Reply> {
    let status = StatusCode::UNAUTHORIZED.as_u16();
    let is_unauthorized = api.auth.is_some()
        && match refusal {
            Refusal::Client | Refusal::Key | Refusal::Signature => true,
            Refusal::Address
            | Refusal::Subject
            | Refusal::Method
            | Refusal::MediaType
            | Refusal::Parameters
            | Refusal::Cancelled
            | Refusal::Closed => false,
        };
    let documented = operation.filter(|_| is_unauthorized);
    let documented = documented.and_then(|one| Composer::new(api, one).documented_with(status));
    if let Some(composed) = documented {
        return Some(handler::said(&composed));
    }
    let (its, code) = Composer::refusal(api, operation, refusal)?;
    let mut reply = handler::said(&Composer::new(api, its).bare(code));
    if is_unauthorized && rules::is_in_http_status_case(&code.status, status) {
        reply.http_status = Some(status);
        reply.status = Some(status.to_string());
    }
    Some(reply)
}

/// Returns the HTTP status of a refusal for which the spec has no answer.
pub(super) fn http_status(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::Address | Refusal::Subject => StatusCode::NOT_FOUND,
        Refusal::Method => StatusCode::METHOD_NOT_ALLOWED,
        Refusal::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Refusal::Client | Refusal::Key | Refusal::Signature => StatusCode::UNAUTHORIZED,
        Refusal::Parameters => StatusCode::BAD_REQUEST,
        Refusal::Cancelled | Refusal::Closed => StatusCode::CONFLICT,
    }
}
