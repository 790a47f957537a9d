//! How much the gateway takes from its clients.

use std::time::Duration;

/// How much the gateway takes.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a body.
    pub body: usize,
    /// Headers of a request.
    pub headers: usize,
    /// Bytes of a request's head.
    pub head: usize,
    /// Connections at a time. One more takes the place of the one that has been idle the longest, and waits
    /// only while the requests of all of them are being answered.
    pub connections: usize,
    /// How long a head, and a body, may take to arrive, and an answer to be taken.
    pub timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body: 1024 * 1024,
            headers: 64,
            head: 64 * 1024,
            connections: 512,
            timeout: Duration::from_secs(30),
        }
    }
}
