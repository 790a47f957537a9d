//! The messages that the gateway receives and sends, as JSON lines that `--traffic` reads.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use http::{Request, Response};
use serde::Serialize;
use serde_json::value::RawValue;

use payspec_model::model::Side;

/// A file to which the body of each message is appended, unmasked.
#[derive(Debug)]
pub struct Recording(Mutex<File>);

/// A message as one line.
#[derive(Serialize)]
struct Line<'m> {
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'m str>,
    method: &'m str,
    path: &'m str,
    side: Side,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    body: Body<'m>,
}

/// A body as it came if it is JSON on one line, or else its text.
#[derive(Serialize)]
#[serde(untagged)]
enum Body<'m> {
    Json(&'m RawValue),
    Text(std::borrow::Cow<'m, str>),
}

impl Recording {
    /// Opens a file to append to it, and creates it if it does not exist.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::options().create(true).append(true).open(path)?;
        Ok(Recording(Mutex::new(file)))
    }

    /// Adds a request and the response to it, each unless its body is empty.
    pub(super) fn add(
        &self,
        operation: Option<&str>,
        request: &Request<Vec<u8>>,
        response: Option<&Response<Vec<u8>>>,
    ) -> io::Result<()> {
        let line = |side, status, body: &[u8]| {
            let line = Line {
                operation,
                method: request.method().as_str(),
                path: request.uri().path(),
                side,
                status,
                body: Body::of(body),
            };
            let line = if body.is_empty() {
                String::new()
            } else {
                serde_json::to_string(&line)? + "\n"
            };
            Ok::<String, serde_json::Error>(line)
        };
        let mut lines = line(Side::Request, None, request.body())?;
        if let Some(response) = response {
            let status = Some(response.status().as_u16());
            lines += &line(Side::Response, status, response.body())?;
        }
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A single write keeps lines whole even if the process is killed.
        file.write_all(lines.as_bytes())
    }
}

impl<'m> Body<'m> {
    fn of(body: &'m [u8]) -> Self {
        let fits = !body.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        match serde_json::from_slice(body) {
            Ok(json) if fits => Body::Json(json),
            Ok(_) | Err(_) => Body::Text(String::from_utf8_lossy(body)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_line() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("recorded.jsonl");
        let recording = Recording::open(&path)?;
        let request = |body: &str| Request::post("/v1/pay?id=1").body(body.as_bytes().to_vec());
        let answer = Response::new(b"{\"a\": 1.10}".to_vec());
        recording.add(Some("pay"), &request("{\n}")?, Some(&answer))?;
        recording.add(None, &request("")?, None)?;
        recording.add(None, &request("{")?, None)?;
        let text = std::fs::read_to_string(&path)?;
        let lines: Vec<&str> = text.lines().collect();
        let at = "\"method\":\"POST\",\"path\":\"/v1/pay\",";
        assert_eq!(
            lines,
            [
                format!("{{\"operation\":\"pay\",{at}\"side\":\"request\",\"body\":\"{{\\n}}\"}}"),
                format!(
                    "{{\"operation\":\"pay\",{at}\"side\":\"response\",\"status\":200,\"body\":{{\"a\": 1.10}}}}"
                ),
                format!("{{{at}\"side\":\"request\",\"body\":\"{{\"}}"),
            ]
        );
        Ok(())
    }
}
