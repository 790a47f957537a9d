//! The gateway behind a socket.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;
use std::time::Duration;

use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::{Notify, Semaphore, oneshot};

use super::clock::Clock;
use super::control;
use super::courier::Courier;
use super::cut::{Answer, Closed};
use super::error::MockError;
use super::fault::Delivery;
use super::gateway::Gateway;
use super::page::Recent;
use super::record::Record;
use super::seal;
use super::tls::Tls;

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

/// How a gateway is served.
#[derive(Debug, Default)]
pub struct Serving {
    /// The clock.
    pub clock: Clock,
    /// How much is taken.
    pub limits: Limits,
    /// Whom each exchange is told.
    pub tell: Option<Sender<Record>>,
    /// Speaks TLS, and nothing else.
    pub tls: Option<Tls>,
    /// Brings notices to their addresses; without it they wait until they are
    /// [taken](Gateway::notices).
    pub courier: Option<Courier>,
}

/// Serves a gateway on threads of its own.
///
/// # Errors
///
/// When the socket cannot be used.
pub fn serve(
    gateway: Arc<Gateway>,
    listener: TcpListener,
    serving: Serving,
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
        serving,
        recent: Arc::clone(&recent),
        woken: Notify::new(),
    });
    let (stop, stopped) = oneshot::channel();
    let thread = std::thread::spawn(move || {
        runtime.block_on(async {
            let bringing = tokio::spawn(Arc::clone(&face).bring());
            let listening = tokio::spawn(face.listen(listener));
            // Whoever holds the other end says stop, or is gone.
            let _ = stopped.await;
            listening.abort();
            bringing.abort();
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

/// How often is looked for notices whose time has come.
const GLANCE: Duration = Duration::from_millis(100);
/// So many notices are under way at a time.
const UNDER_WAY: usize = 16;

struct Face {
    gateway: Arc<Gateway>,
    serving: Serving,
    recent: Arc<Recent>,
    /// There may be a notice to bring.
    woken: Notify,
}

impl Face {
    async fn listen(self: Arc<Self>, listener: TcpListener) {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
            return;
        };
        let places = Arc::new(Semaphore::new(self.serving.limits.connections));
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
                face.connected(stream).await;
                drop(place);
            });
        }
    }

    async fn connected(self: Arc<Self>, stream: TcpStream) {
        let Some(tls) = &self.serving.tls else {
            return self.talk(stream).await;
        };
        let greeting = tls.acceptor.accept(stream);
        let greeted = tokio::time::timeout(self.serving.limits.patience, greeting).await;
        // Whoever does not trust the certificate hangs up.
        if let Ok(Ok(stream)) = greeted {
            self.talk(stream).await;
        }
    }

    async fn talk(self: Arc<Self>, stream: impl AsyncRead + AsyncWrite + Unpin) {
        let limits = self.serving.limits;
        let service = service_fn(|request| Arc::clone(&self).respond(request));
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.patience)
            .max_headers(limits.headers)
            .max_buf_size(limits.head)
            .serve_connection(TokioIo::new(stream), service);
        // A connection that breaks off is the client's to deal with.
        let _ = served.await;
    }

    /// Brings notices, if that is this gateway's to do.
    async fn bring(self: Arc<Self>) {
        let Some(courier) = self.serving.courier.clone() else {
            return;
        };
        let places = Arc::new(Semaphore::new(UNDER_WAY));
        loop {
            let face = Arc::clone(&self);
            let due = tokio::task::spawn_blocking(move || {
                let now = face.serving.clock.now();
                face.gateway.notices(now)
            });
            // What cannot be made is made another time, or never: nobody waits for it.
            for notice in due.await.ok().and_then(Result::ok).unwrap_or_default() {
                let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                    return;
                };
                let (face, courier) = (Arc::clone(&self), courier.clone());
                tokio::task::spawn_blocking(move || {
                    let now = face.serving.clock.now();
                    face.tell(courier.bring(&face.gateway, &notice, now));
                    drop(place);
                });
            }
            let _ = tokio::time::timeout(GLANCE, self.woken.notified()).await;
        }
    }

    fn tell(&self, record: Record) {
        if let Some(tell) = &self.serving.tell {
            // Nobody may be listening any more.
            let _ = tell.send(record.clone());
        }
        self.recent.add(record);
    }

    async fn respond(
        self: Arc<Self>,
        request: Request<Incoming>,
    ) -> Result<Response<Answer>, Closed> {
        let (head, body) = request.into_parts();
        if head.method == Method::GET && head.uri.path() == "/" {
            let page = self
                .recent
                .page(self.gateway.model(), self.serving.clock.now());
            let page = seal::bare(page.into_bytes(), "text/html; charset=utf-8");
            return Ok(page.map(Answer::whole));
        }
        let body = Limited::new(body, self.serving.limits.body).collect();
        let body = match tokio::time::timeout(self.serving.limits.patience, body).await {
            Ok(Ok(body)) => body.to_bytes().to_vec(),
            Ok(Err(_)) => return Ok(refused(StatusCode::PAYLOAD_TOO_LARGE)),
            Err(_) => return Ok(refused(StatusCode::REQUEST_TIMEOUT)),
        };
        let request = Request::from_parts(head, body);
        let (gateway, now) = (Arc::clone(&self.gateway), self.serving.clock.now());
        if request.uri().path() == control::PATH {
            let told = tokio::task::spawn_blocking(move || control::told(&gateway, &request, now));
            self.woken.notify_one();
            return Ok(told.await.map_or_else(
                |_| refused(StatusCode::INTERNAL_SERVER_ERROR),
                |response| response.map(Answer::whole),
            ));
        }
        // RSA and a ledger in a file: nothing for a thread that others wait for.
        let answered = tokio::task::spawn_blocking(move || gateway.answer(&request, now));
        let Ok(exchange) = answered.await else {
            return Ok(refused(StatusCode::INTERNAL_SERVER_ERROR));
        };
        self.tell(exchange.record);
        self.woken.notify_one();
        // A clock that is set by hand moves on; only with the real one there is waiting.
        if !exchange.delay.is_zero() && !self.serving.clock.advance(exchange.delay) {
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
