//! The gateway behind a socket.

use std::convert::Infallible;
use std::fmt;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::{Semaphore, oneshot};

use super::clock::Clock;
use super::error::MockError;
use super::fault::Delivery;
use super::gateway::Gateway;
use super::page::Recent;
use super::record::Record;
use super::seal;

/// How much the gateway takes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a body.
    pub body: usize,
    /// Headers of a request.
    pub headers: usize,
    /// Bytes of a request's head.
    pub head: usize,
    /// Connections at a time; more wait.
    pub connections: usize,
    /// How long a head, and a body, may take to arrive.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body: 1024 * 1024,
            headers: 64,
            head: 64 * 1024,
            connections: 512,
            patience: Duration::from_secs(30),
        }
    }
}

/// A gateway that is being served, until this is dropped.
#[derive(Debug)]
pub struct Served {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    recent: Arc<Recent>,
}

impl Served {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The last exchanges, the latest first.
    pub fn recent(&self) -> Vec<Record> {
        self.recent.all()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Whoever would hear it is gone already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Serves a gateway on threads of its own. Each exchange is told to `tell`.
///
/// # Errors
///
/// When the socket cannot be used.
pub fn serve(
    gateway: Arc<Gateway>,
    listener: TcpListener,
    clock: Clock,
    limits: Limits,
    tell: Option<Sender<Record>>,
) -> Result<Served, MockError> {
    let failed = |error| MockError::Io {
        what: "the socket".to_owned(),
        error,
    };
    let address = listener.local_addr().map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("payspec-mock")
        .build()
        .map_err(failed)?;
    let recent = Arc::new(Recent::default());
    let face = Arc::new(Face {
        gateway,
        clock,
        limits,
        tell,
        recent: Arc::clone(&recent),
    });
    let (stop, stopped) = oneshot::channel();
    let thread = std::thread::spawn(move || {
        runtime.block_on(async {
            let listening = tokio::spawn(face.listen(listener));
            // Whoever holds the other end says stop, or is gone.
            let _ = stopped.await;
            listening.abort();
        });
        runtime.shutdown_background();
    });
    Ok(Served {
        address,
        stop: Some(stop),
        thread: Some(thread),
        recent,
    })
}

struct Face {
    gateway: Arc<Gateway>,
    clock: Clock,
    limits: Limits,
    tell: Option<Sender<Record>>,
    recent: Arc<Recent>,
}

impl Face {
    async fn listen(self: Arc<Self>, listener: TcpListener) {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
            return;
        };
        let places = Arc::new(Semaphore::new(self.limits.connections));
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            let Ok((stream, _)) = listener.accept().await else {
                // The system is out of something; it may have it again soon.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let face = Arc::clone(&self);
            tokio::spawn(async move {
                let service = service_fn(|request| Arc::clone(&face).respond(request));
                let served = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(face.limits.patience)
                    .max_headers(face.limits.headers)
                    .max_buf_size(face.limits.head)
                    .serve_connection(TokioIo::new(stream), service);
                // A connection that breaks off is the client's to deal with.
                let _ = served.await;
                drop(place);
            });
        }
    }

    async fn respond(
        self: Arc<Self>,
        request: Request<Incoming>,
    ) -> Result<Response<Answer>, Closed> {
        let (head, body) = request.into_parts();
        if head.method == Method::GET && head.uri.path() == "/" {
            let page = self.recent.page(self.gateway.model(), self.clock.now());
            let page = seal::bare(page.into_bytes(), "text/html; charset=utf-8");
            return Ok(page.map(Answer::whole));
        }
        let body = Limited::new(body, self.limits.body).collect();
        let body = match tokio::time::timeout(self.limits.patience, body).await {
            Ok(Ok(body)) => body.to_bytes().to_vec(),
            Ok(Err(_)) => return Ok(refused(StatusCode::PAYLOAD_TOO_LARGE)),
            Err(_) => return Ok(refused(StatusCode::REQUEST_TIMEOUT)),
        };
        let request = Request::from_parts(head, body);
        let (gateway, now) = (Arc::clone(&self.gateway), self.clock.now());
        // RSA and a ledger in a file: nothing for a thread that others wait for.
        let answered = tokio::task::spawn_blocking(move || gateway.answer(&request, now));
        let Ok(exchange) = answered.await else {
            return Ok(refused(StatusCode::INTERNAL_SERVER_ERROR));
        };
        if let Some(tell) = &self.tell {
            // Nobody may be listening any more.
            let _ = tell.send(exchange.record.clone());
        }
        self.recent.add(exchange.record);
        // A clock that is set by hand moves on; only with the real one there is waiting.
        if !exchange.delay.is_zero() && !self.clock.advance(exchange.delay) {
            tokio::time::sleep(exchange.delay).await;
        }
        match exchange.delivery {
            Delivery::Whole => Ok(exchange.response.map(Answer::whole)),
            Delivery::Truncated => Ok(exchange.response.map(Answer::truncated)),
            Delivery::Lost => Err(Closed),
        }
    }
}

/// An answer to what is no exchange; it ends the connection.
fn refused(status: StatusCode) -> Response<Answer> {
    let text = format!("{status}\n").into_bytes();
    let mut response = seal::bare(text, "text/plain; charset=utf-8").map(Answer::whole);
    *response.status_mut() = status;
    let close = http::HeaderValue::from_static("close");
    response
        .headers_mut()
        .insert(http::header::CONNECTION, close);
    response
}

/// The connection is to be closed.
#[derive(Debug)]
struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closed on demand")
    }
}

impl std::error::Error for Closed {}

impl From<Infallible> for Closed {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// A body that may break off in the middle.
struct Answer {
    rest: Bytes,
    /// What the head says of its length.
    length: u64,
    end: End,
}

/// How a body ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Well.
    Well,
    /// It breaks off as soon as what there is has left.
    Breaks,
    /// It breaks off now.
    Broken,
}

impl Answer {
    fn whole(body: Vec<u8>) -> Self {
        Answer {
            length: body.len() as u64,
            rest: body.into(),
            end: End::Well,
        }
    }

    fn truncated(body: Vec<u8>) -> Self {
        let half = body.len() / 2;
        Answer {
            length: body.len() as u64,
            rest: Bytes::from(body).slice(..half),
            end: End::Breaks,
        }
    }
}

impl Body for Answer {
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
                // What was written leaves while the body waits.
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
