//! The status page with its script, and the events that the page follows.

use std::sync::Arc;
use std::time::SystemTime;

use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderValue};
use http::request::Parts;
use http::{Method, Response, StatusCode};
use http_body_util::Either;

use super::events::{self, Events, Followers};
use super::filter::Filter;
use super::page::{self, Operations};
use super::recent::Recent;
use super::sign;
use super::truncated_body::ResponseBody;
use payspec_model::model::Model;

/// The body of any answer.
pub(super) type AnyBody = Either<ResponseBody, Events>;

/// The exchanges, and those who follow them.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) recent: Arc<Recent>,
    followers: Followers,
    operations: Operations,
}

/// The path for which browsers ask on their own.
const ICON: &str = "/favicon.ico";

/// The content security policy of the page: it runs its own script, which reads its own events.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Site {
    pub(super) fn new(model: &Model) -> Self {
        Site {
            recent: Arc::default(),
            followers: Followers::default(),
            operations: Operations::of(model),
        }
    }

    /// Answers a request for the page or one of its parts; [`None`] if it is for the API.
    pub(super) fn answer(
        &self,
        head: &Parts,
        now: SystemTime,
    ) -> Option<Result<Response<AnyBody>, (StatusCode, &'static str)>> {
        if head.method != Method::GET {
            return None;
        }
        let text = |text: String, media_type| {
            let response = sign::bare(text.into_bytes(), media_type);
            response.map(|body| Either::Left(ResponseBody::whole(body)))
        };
        let response = match head.uri.path() {
            "/" => {
                let filter = Filter::of_query(head.uri.query().unwrap_or_default());
                let page = page::page(&self.recent, &self.operations, filter, now);
                let mut page = text(page, "text/html; charset=utf-8");
                let policy = HeaderValue::from_static(POLICY);
                page.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
                page
            }
            page::SCRIPT_PATH => {
                let script = page::SCRIPT.to_owned();
                text(script, "text/javascript; charset=utf-8")
            }
            events::PATH => match self.followers.add(&self.recent, head) {
                Some(response) => return Some(Ok(response.map(Either::Right))),
                None => return Some(Err(events::FULL)),
            },
            ICON => {
                let mut none = text(String::new(), "image/x-icon");
                *none.status_mut() = StatusCode::NO_CONTENT;
                none
            }
            _ => return None,
        };
        let mut response = response;
        // The page of another run, or of another version, is of no use.
        let fresh = HeaderValue::from_static("no-store");
        response.headers_mut().insert(CACHE_CONTROL, fresh);
        Some(Ok(response))
    }
}
