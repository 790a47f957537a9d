//! Limits for the clients of the gateway.

use std::time::Duration;

/// Limits for the size and the duration of requests, and for connections.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a body.
    pub body: usize,
    /// Headers of a request.
    pub headers: usize,
    /// Bytes of a request's head.
    pub head: usize,
    /// Connections at a time. One more replaces the connection that has been idle the longest, and waits only
    /// while all of them are busy.
    pub connections: usize,
    /// The longest time for a head or a body to arrive, and for an answer to be taken.
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
