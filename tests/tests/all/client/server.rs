//! A small HTTP/1.1 server that follows a script, one connection for each act.

use super::support::signed_headers;
use http::{HeaderMap, HeaderValue};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

/// An act of the server, after it has read a request.
pub(crate) enum Act {
    /// Writes these bytes and hangs up.
    Raw(Vec<u8>),
    /// Answers.
    Answer(Answer),
    /// Hangs up.
    Drop,
    /// Says nothing for so long, then hangs up.
    Silence(Duration),
}

/// An answer, signed unless its headers are changed.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    pub(crate) headers: fn(&mut HeaderMap),
}

impl Answer {
    pub(crate) fn of(body: impl ToString) -> Self {
        Self {
            status: 200,
            body: body.to_string().into_bytes(),
            headers: |_| {},
        }
    }
}

/// A request as it came over the wire.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Server {
    pub(crate) base: String,
    received: Arc<Mutex<Vec<Received>>>,
    thread: JoinHandle<()>,
}

impl Server {
    pub(crate) fn start(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let log = received.clone();
        let thread = thread::spawn(move || {
            for act in acts {
                let (mut stream, _) = listener.accept().expect("a connection");
                let request = read(&mut stream);
                log.lock().expect("a log").push(request.clone());
                act.play(&mut stream, &request);
            }
        });
        Self {
            base,
            received,
            thread,
        }
    }

    /// All that came, once every act was played.
    pub(crate) fn finish(self) -> Vec<Received> {
        self.thread.join().expect("the script is played");
        self.received.lock().expect("a log").clone()
    }
}

impl Act {
    fn play(self, stream: &mut TcpStream, request: &Received) {
        let bytes = match self {
            Act::Raw(bytes) => bytes,
            Act::Answer(answer) => answer.bytes(request),
            Act::Drop => return,
            Act::Silence(time) => return thread::sleep(time),
        };
        // The client may have hung up: that is its affair.
        let _ = stream.write_all(&bytes);
    }
}

impl Answer {
    pub(crate) fn bytes(&self, request: &Received) -> Vec<u8> {
        let mut words = request.head.split_whitespace();
        let (method, uri) = (
            words.next().expect("a method"),
            words.next().expect("a path"),
        );
        let mut headers = signed_headers(method, uri, &self.body, SystemTime::now());
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        (self.headers)(&mut headers);
        let mut head = format!(
            "HTTP/1.1 {} Status\r\ncontent-length: {}\r\nconnection: close\r\n",
            self.status,
            self.body.len()
        );
        for (name, value) in &headers {
            head += &format!("{name}: {}\r\n", value.to_str().expect("text"));
        }
        [head.as_bytes(), b"\r\n", &self.body].concat()
    }
}

/// Reads a request with a known length.
fn read(stream: &mut TcpStream) -> Received {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    loop {
        let count = stream.read(&mut part).expect("bytes");
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, _)) = text.split_once("\r\n\r\n") else {
            assert_ne!(count, 0, "a cut request");
            continue;
        };
        let lower = head.to_ascii_lowercase();
        let mut lines = lower.lines();
        let length = lines.find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.expect("a length").parse().expect("a number");
        let (head, start) = (head.to_owned(), head.len() + 4);
        if bytes.len() >= start + length {
            let body = bytes[start..start + length].to_vec();
            return Received { head, body };
        }
    }
}
