//! Serves the mock gateway on a socket.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Either, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::{Notify, Semaphore, oneshot};

use super::clock::Clock;
use super::control;
use super::door;
use super::error::MockError;
use super::exchange::Exchange;
use super::fault::Delivery;
use super::gateway::Gateway;
use super::limits::Limits;
use super::log_entry::LogEntry;
use super::notification::Notification;
use super::notifier::Notifier;
use super::patient::Patient;
use super::places::{Held, Places};
use super::recent::Recent;
use super::recording::Recording;
use super::sign;
use super::site::{AnyBody, Site};
use super::tls::Tls;
use super::truncated_body::{Closed, ResponseBody};

/// A running gateway. It stops when this is dropped.
#[derive(Debug)]
pub struct Served {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    recent: Arc<Recent>,
}

impl Served {
    /// Returns the address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the last exchanges, the latest first.
    pub fn recent(&self) -> Vec<LogEntry> {
        self.recent.all()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means that the server has stopped already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Options for [`serve`].
#[derive(Debug, Default)]
pub struct Serving {
    /// The clock.
    pub clock: Clock,
    /// The limits for clients.
    pub limits: Limits,
    /// The channel that receives each log entry.
    pub tell: Option<Sender<LogEntry>>,
    /// The recording of message bodies: of exchanges that arrive whole, and of notifications.
    pub recording: Option<Recording>,
    /// Additional host names by which requests may call this gateway. IP addresses, `localhost`, names without
    /// a dot and the documented hosts are always allowed.
    pub hosts: Vec<String>,
    /// The certificate for TLS; [`None`] serves plain HTTP.
    pub tls: Option<Tls>,
    /// The notifier that delivers notifications; without it they wait until they are
    /// [taken](Gateway::notifications).
    pub notifier: Option<Notifier>,
}

/// Serves a gateway on its own threads.
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
        // Each connection may block a thread with its request, and so may each notification with its delivery.
        .max_blocking_threads(serving.limits.connections + UNDER_WAY + 16)
        .thread_name("payspec-mock")
        .build()
        .map_err(failed)?;
    let site = Site::new(gateway.model());
    let recent = Arc::clone(&site.recent);
    let face = Arc::new(Face {
        gateway,
        serving,
        site,
        woken: Notify::new(),
    });
    let (stop, stopped) = oneshot::channel();
    let thread = std::thread::spawn(move || {
        runtime.block_on(async {
            let delivering = tokio::spawn(Arc::clone(&face).deliver_notifications());
            let listening = tokio::spawn(face.listen(listener));
            // A dropped sender stops the server, too.
            let _ = stopped.await;
            listening.abort();
            delivering.abort();
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

/// The interval between two checks for due notifications.
const GLANCE: Duration = Duration::from_millis(100);
/// The largest number of deliveries at a time.
const UNDER_WAY: usize = 256;
/// The largest number of deliveries to one address at a time, so that a silent address does not block the
/// others.
const UNDER_WAY_TO_ONE: usize = 4;

struct Face {
    gateway: Arc<Gateway>,
    serving: Serving,
    site: Site,
    /// Wakes the delivery of notifications, because one may be due.
    woken: Notify,
}

impl Face {
    async fn listen(self: Arc<Self>, listener: TcpListener) {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
            return;
        };
        let places = Places::new(self.serving.limits.connections);
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                // The system lacks a resource, such as file handles; it may have it again soon.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let held = places.take().await;
            let face = Arc::clone(&self);
            tokio::spawn(async move {
                tokio::select! {
                    () = held.lost() => {}
                    () = face.connected(stream, &held) => {}
                }
            });
        }
    }

    async fn connected(self: Arc<Self>, stream: TcpStream, held: &Held) {
        let Some(tls) = &self.serving.tls else {
            return self.talk(stream, held).await;
        };
        let greeting = tls.acceptor.accept(stream);
        let greeted = tokio::time::timeout(self.serving.limits.timeout, greeting).await;
        // A client that does not trust the certificate closes the connection.
        if let Ok(Ok(stream)) = greeted {
            self.talk(stream, held).await;
        }
    }

    async fn talk(self: Arc<Self>, stream: impl AsyncRead + AsyncWrite + Unpin, held: &Held) {
        let limits = self.serving.limits;
        let service = service_fn(|request| {
            let face = Arc::clone(&self);
            async move { face.respond(request, held).await.map(door::protected) }
        });
        let stream = Patient::new(stream, limits.timeout);
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.timeout)
            .max_headers(limits.headers)
            // The buffer is larger than the longest head, so that a longer one gets a refusal with a reason. A
            // buffer of just that size would also slow bodies down.
            .max_buf_size(limits.head.saturating_mul(2).max(LEAST_BUFFER))
            .serve_connection(TokioIo::new(stream), service);
        // A broken connection is the client's concern.
        let _ = served.await;
    }

    /// Delivers notifications, if the gateway has a notifier.
    async fn deliver_notifications(self: Arc<Self>) {
        let Some(notifier) = self.serving.notifier.clone() else {
            return;
        };
        let all = Arc::new(Semaphore::new(UNDER_WAY));
        let mut lanes: HashMap<String, Arc<Semaphore>> = HashMap::new();
        loop {
            let face = Arc::clone(&self);
            let due = tokio::task::spawn_blocking(move || {
                let now = face.serving.clock.now();
                let (made, failed) = face.gateway.due(now).ok()?;
                failed.into_iter().for_each(|record| face.tell(record));
                Some(made)
            });
            // Errors are ignored: notifications that are still due are tried again later.
            for notification in due.await.ok().flatten().unwrap_or_default() {
                let lane = lanes
                    .entry(destination(&notification))
                    .or_insert_with(|| Arc::new(Semaphore::new(UNDER_WAY_TO_ONE)));
                let (lane, all) = (Arc::clone(lane), Arc::clone(&all));
                let (face, notifier) = (Arc::clone(&self), notifier.clone());
                tokio::spawn(async move {
                    // The lane comes first, so that a delivery that waits for its own address takes no place
                    // from others.
                    let (Ok(_one), Ok(_place)) = (lane.acquire().await, all.acquire().await) else {
                        return;
                    };
                    let delivered = tokio::task::spawn_blocking(move || {
                        let now = face.serving.clock.now();
                        let recording = face.serving.recording.as_ref();
                        face.tell(notifier.deliver(&face.gateway, &notification, recording, now));
                    });
                    // A notification that could not be delivered becomes due again by itself.
                    let _ = delivered.await;
                });
            }
            lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
            let _ = tokio::time::timeout(GLANCE, self.woken.notified()).await;
        }
    }

    /// Returns whether a host name is documented in the spec or allowed by the options.
    fn knows_host(&self, name: &str) -> bool {
        let apis = self.gateway.model().apis.iter();
        let mut documented = apis
            .flat_map(|api| &api.hosts)
            .map(|host| host.host.as_str());
        let is_it = |host: &str| host.eq_ignore_ascii_case(name);
        documented.any(is_it) || self.serving.hosts.iter().any(|host| is_it(host))
    }

    /// Records the messages of an exchange, if there is a recording.
    fn record(&self, request: &Request<Vec<u8>>, exchange: &mut Exchange) {
        let Some(recording) = &self.serving.recording else {
            return;
        };
        // A response that does not arrive whole is not recorded.
        let response = match exchange.delivery {
            Delivery::Whole => Some(&exchange.response),
            Delivery::Truncated | Delivery::Lost => None,
        };
        let model = self.gateway.model();
        if let Err(error) = recording.add(model, &exchange.record, request, response) {
            exchange.record.not_recorded(&error);
        }
    }

    fn tell(&self, record: LogEntry) {
        if let Some(tell) = &self.serving.tell {
            // The receiver may be gone.
            let _ = tell.send(record.clone());
        }
        self.site.recent.add(record);
    }

    async fn respond(
        self: Arc<Self>,
        request: Request<Incoming>,
        held: &Held,
    ) -> Result<Response<AnyBody>, Closed> {
        let (head, body) = request.into_parts();
        let known = |name: &str| self.knows_host(name);
        if let Some((status, why)) = door::turned_away(&head, &self.serving.limits, known) {
            return Ok(refused(status, &why));
        }
        let began = Instant::now();
        let now = self.serving.clock.now();
        match self.site.answer(&head, now) {
            Some(Ok(response)) => return Ok(response),
            Some(Err((status, why))) => return Ok(refused(status, why)),
            None => {}
        }
        let body = Limited::new(body, self.serving.limits.body).collect();
        let body = match tokio::time::timeout(self.serving.limits.timeout, body).await {
            Ok(Ok(body)) => body.to_bytes().to_vec(),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                let why = format!("the body is longer than {} bytes", self.serving.limits.body);
                return Ok(refused(StatusCode::PAYLOAD_TOO_LARGE, &why));
            }
            Ok(Err(_)) => {
                let why = "invalid body: its chunks or its length are wrong";
                return Ok(refused(StatusCode::BAD_REQUEST, why));
            }
            Err(_) => {
                let why = "timeout while reading the body";
                return Ok(refused(StatusCode::REQUEST_TIMEOUT, why));
            }
        };
        let Some(_busy) = held.busy() else {
            return Err(Closed);
        };
        let request = Request::from_parts(head, body);
        let (gateway, now) = (Arc::clone(&self.gateway), self.serving.clock.now());
        if request.uri().path() == control::PATH {
            let response =
                tokio::task::spawn_blocking(move || control::run(&gateway, &request, now));
            self.woken.notify_one();
            return Ok(response.await.map_or_else(
                |_| refused(StatusCode::INTERNAL_SERVER_ERROR, BROKEN),
                |response| response.map(ResponseBody::whole).map(Either::Left),
            ));
        }
        // RSA and file access are slow: they must not block a thread that serves other connections. The log entry is
        // told there, too: this future is dropped when the client disconnects, and what was processed is logged.
        let face = Arc::clone(&self);
        let reply = tokio::task::spawn_blocking(move || {
            let mut exchange = gateway.answer(&request, now);
            face.record(&request, &mut exchange);
            exchange.record.duration = Some(began.elapsed().saturating_add(exchange.delay));
            face.tell(exchange.record.clone());
            face.woken.notify_one();
            exchange
        });
        let Ok(exchange) = reply.await else {
            return Ok(refused(StatusCode::INTERNAL_SERVER_ERROR, BROKEN));
        };
        // A clock that is set by hand advances; with the machine's clock the response has to wait.
        if !exchange.delay.is_zero() && !self.serving.clock.advance(exchange.delay) {
            tokio::time::sleep(exchange.delay).await;
        }
        let body = match exchange.delivery {
            Delivery::Whole => ResponseBody::whole,
            Delivery::Truncated => ResponseBody::truncated,
            Delivery::Lost => return Err(Closed),
        };
        Ok(exchange.response.map(body).map(Either::Left))
    }
}

/// The smallest buffer that hyper accepts.
const LEAST_BUFFER: usize = 8 * 1024;

/// The text of a response when the gateway failed.
const BROKEN: &str = "the gateway failed; please report this";

/// Returns the address of a notification, without its query.
fn destination(notification: &Notification) -> String {
    let uri = notification.request.uri();
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    [authority, uri.path()].concat()
}

/// Builds a refusal in plain text, which closes the connection.
fn refused(status: StatusCode, why: &str) -> Response<AnyBody> {
    let text = format!("{status}: {why}\n").into_bytes();
    let mut response = sign::bare(text, "text/plain; charset=utf-8")
        .map(ResponseBody::whole)
        .map(Either::Left);
    *response.status_mut() = status;
    let close = http::HeaderValue::from_static("close");
    response
        .headers_mut()
        .insert(http::header::CONNECTION, close);
    response
}
