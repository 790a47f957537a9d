//! Reads the output of `curl -v`, with the body between its lines or after them.

use super::super::message::{Exchange, Field, Message, Start};
use super::bytes::{latin1, settle};
use super::error::CaptureError;
use super::raw::{add_header, first_line};

/// Remarks that curl prints after the body, sometimes on the body's last line.
const REMARKS: [&str; 3] = ["* Connection #", "* Closing connection", "* connection #"];

/// Reads the last exchange. The body of the request is missing, because curl does not print it.
pub(super) fn read(capture: &[u8]) -> Result<Exchange, CaptureError> {
    let mut exchange = Exchange::default();
    let mut body = Vec::new();
    let mut head: Option<Message> = None;
    let mut is_in_body = false;
    for raw in capture.split_inclusive(|byte| *byte == b'\n') {
        let text = latin1(raw);
        let text = text.trim_end_matches(['\r', '\n']);
        let line = text.strip_prefix('>').or_else(|| text.strip_prefix('<'));
        match line {
            Some(line) if !is_in_body || is_head(line) => {
                is_in_body = false;
                let line = line.strip_prefix(' ').unwrap_or(line);
                match &mut head {
                    None if line.is_empty() => {}
                    None => head = message(line),
                    Some(_) if line.is_empty() => {
                        is_in_body = text.starts_with('<');
                        body.clear();
                        keep(&mut exchange, head.take());
                    }
                    Some(message) => {
                        // A line that is not a header is a remark of curl.
                        let _ = add_header(line, &mut message.headers);
                    }
                }
            }
            _ if is_in_body && !is_remark(text) => body.extend_from_slice(raw),
            _ => {}
        }
    }
    keep(&mut exchange, head);
    if exchange == Exchange::default() {
        return Err(CaptureError::NoCurl);
    }
    if let Some(response) = &mut exchange.response {
        response.body = Some(without_remark(response, body));
        settle(response);
    }
    Ok(exchange)
}

fn message(line: &str) -> Option<Message> {
    Some(Message {
        start: first_line(line)?,
        headers: Vec::<Field>::new(),
        body: None,
    })
}

fn keep(exchange: &mut Exchange, message: Option<Message>) {
    let Some(message) = message else { return };
    match message.start {
        Start::Request { .. } => exchange.request = Some(message),
        Start::Response { status: 100..200 } => {}
        Start::Response { .. } => exchange.response = Some(message),
    }
}

/// Returns whether a line after a body begins another message, as after a redirect.
fn is_head(line: &str) -> bool {
    first_line(line.trim_start()).is_some()
}

/// Returns whether a line is a remark of curl, and not part of the body.
fn is_remark(line: &str) -> bool {
    line.starts_with("* ") || line.starts_with("{ [") || line.starts_with("} [")
}

/// Returns the body without a remark of curl on its last line.
fn without_remark(message: &Message, mut body: Vec<u8>) -> Vec<u8> {
    if let Some(length) = message.stated_length() {
        if length <= body.len() {
            body.truncate(length);
        }
        return body;
    }
    let text = latin1(&body);
    let ends = REMARKS.iter().filter_map(|remark| text.rfind(remark));
    if let Some(end) = ends.min() {
        body.truncate(end);
    }
    body
}
