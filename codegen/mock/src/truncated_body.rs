//! Bodies of responses that can be truncated.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};

/// The error that closes the connection.
#[derive(Debug)]
pub(super) struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connection closed by a fault")
    }
}

impl std::error::Error for Closed {}

impl From<Infallible> for Closed {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// A body that may break off in the middle.
pub(super) struct ResponseBody {
    rest: Bytes,
    /// The length that the head announces.
    length: u64,
    end: End,
}

/// The end of a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The body is complete.
    Well,
    /// The body breaks off once the rest has been sent.
    Breaks,
    /// The body breaks off now.
    Broken,
}

impl ResponseBody {
    pub(super) fn whole(body: Vec<u8>) -> Self {
        ResponseBody {
            length: body.len() as u64,
            rest: body.into(),
            end: End::Well,
        }
    }

    pub(super) fn truncated(body: Vec<u8>) -> Self {
        let half = body.len() / 2;
        ResponseBody {
            length: body.len() as u64,
            rest: Bytes::from(body).slice(..half),
            end: End::Breaks,
        }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Closed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Closed>>> {
        if !self.rest.is_empty() {
            let rest = std::mem::take(&mut self.rest);
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        match self.end {
            End::Well => Poll::Ready(None),
            End::Breaks => {
                // Wait once, so that the bytes written before are sent.
                self.end = End::Broken;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            End::Broken => Poll::Ready(Some(Err(Closed))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.end == End::Well
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
