//! New exchanges as server-sent events, for the status page.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::{CACHE_CONTROL, HeaderValue};
use http::request::Parts;
use http::{Response, StatusCode};
use hyper::body::{Body, Bytes, Frame};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::recent::Recent;
use super::row;
use super::sign;
use super::truncated_body::Closed;

/// The path of the events.
pub(super) const PATH: &str = "/payspec/events";

/// The largest number of followers at a time. Each holds a connection.
const FOLLOWERS: usize = 16;
/// The pause after which a follower without news gets an empty comment, which shows that both sides are alive.
const QUIET: Duration = Duration::from_secs(15);

/// The places of followers.
#[derive(Debug)]
pub(super) struct Followers(Arc<Semaphore>);

impl Default for Followers {
    fn default() -> Self {
        Followers(Arc::new(Semaphore::new(FOLLOWERS)))
    }
}

/// A body of events, which ends when its reader is gone.
pub(super) struct Events {
    written: mpsc::Receiver<Bytes>,
    _place: OwnedSemaphorePermit,
}

impl Followers {
    /// Answers a follower; [`None`] when there are too many.
    pub(super) fn add(&self, recent: &Arc<Recent>, head: &Parts) -> Option<Response<Events>> {
        let place = Arc::clone(&self.0).try_acquire_owned().ok()?;
        // One event waits for its reader. Later ones stay in the list of exchanges until then.
        let (to, written) = mpsc::channel(1);
        tokio::spawn(write(Arc::clone(recent), last_seen(head), to));
        let mut response = sign::bare(Vec::new(), "text/event-stream").map(|_| Events {
            written,
            _place: place,
        });
        let fresh = HeaderValue::from_static("no-store");
        response.headers_mut().insert(CACHE_CONTROL, fresh);
        Some(response)
    }
}

/// The refusal of a follower beyond the limit.
pub(super) const FULL: (StatusCode, &str) = (
    StatusCode::SERVICE_UNAVAILABLE,
    "too many pages follow the exchanges: close one, or reload this page to see new exchanges",
);

/// Returns the number of the last exchange that the follower has: a browser that connects again names it in a
/// header, the page at first in its query.
fn last_seen(head: &Parts) -> Option<u64> {
    let header = head.headers.get("last-event-id");
    let header = header.and_then(|number| number.to_str().ok()?.parse().ok());
    header.or_else(|| {
        let query = head.uri.query().unwrap_or_default();
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let (_, number) = pairs.find(|(name, _)| name == "after")?;
        number.parse().ok()
    })
}

/// Writes an event for each new exchange, until the reader is gone.
async fn write(recent: Arc<Recent>, seen: Option<u64>, to: mpsc::Sender<Bytes>) {
    let mut news = recent.follow();
    let last = *news.borrow_and_update();
    // A number from an earlier run of the gateway is too large.
    let mut seen = seen.filter(|seen| *seen <= last).unwrap_or(match seen {
        Some(_) => 0,
        None => last,
    });
    loop {
        let mut new = recent.after(seen);
        new.reverse();
        for (number, record) in new {
            let event = event(number, &row::written(number, &record));
            if to.send(event).await.is_err() {
                return;
            }
            seen = number;
        }
        let news = tokio::select! {
            () = to.closed() => return,
            news = tokio::time::timeout(QUIET, news.changed()) => news,
        };
        match news {
            Ok(Ok(())) => {}
            // The gateway stops.
            Ok(Err(_)) => return,
            Err(_) => {
                if to.send(Bytes::from_static(b":\n\n")).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// Formats an event, whose data may have several lines.
fn event(number: u64, data: &str) -> Bytes {
    let mut text = format!("id: {number}\n");
    for line in data.lines() {
        text += &format!("data: {line}\n");
    }
    (text + "\n").into()
}

impl Body for Events {
    type Data = Bytes;
    type Error = Closed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Closed>>> {
        let written = self.written.poll_recv(context);
        written.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}

#[cfg(test)]
mod tests {
    use super::{event, last_seen};

    #[test]
    fn an_event_keeps_the_lines_of_its_data() {
        assert_eq!(
            event(7, "<li>\n id: 8\n</li>"),
            "id: 7\ndata: <li>\ndata:  id: 8\ndata: </li>\n\n"
        );
    }

    #[test]
    fn the_header_says_more_than_the_query() {
        let seen = |target: &str, header: Option<&str>| {
            let mut request = http::Request::get(target);
            if let Some(number) = header {
                request = request.header("Last-Event-ID", number);
            }
            let (head, ()) = request.body(()).expect("a request").into_parts();
            last_seen(&head)
        };
        assert_eq!(seen("/payspec/events?after=3", None), Some(3));
        assert_eq!(seen("/payspec/events?after=3", Some("9")), Some(9));
        assert_eq!(seen("/payspec/events?after=x", Some("x")), None);
        assert_eq!(seen("/payspec/events", None), None);
    }
}
