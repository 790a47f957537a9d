//! The messages that the gateway receives and sends, as JSON lines that `--traffic` reads.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use http::{Request, Response};
use serde::Serialize;
use serde_json::value::RawValue;

use super::log_entry::LogEntry;
use super::mask;
use payspec_model::model::{Model, Side};

/// A file to which the body of each message is appended, with sensitive values masked.
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
    body: Body,
}

/// A body as JSON, or its text if it is none.
#[derive(Serialize)]
#[serde(untagged)]
enum Body {
    Json(Box<RawValue>),
    Text(String),
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

    /// Adds a request and the response to it, each unless its body is empty. The path is that of the log entry.
    pub(super) fn add(
        &self,
        model: &Model,
        record: &LogEntry,
        request: &Request<Vec<u8>>,
        response: Option<&Response<Vec<u8>>>,
    ) -> io::Result<()> {
        let operation = record.operation.as_deref();
        let about = operation.and_then(|id| model.operation(id));
        let line = |side, status, body: &[u8]| {
            let masked = mask::masked(&String::from_utf8_lossy(body), about, side);
            let line = Line {
                operation,
                method: &record.method,
                path: &record.path,
                side,
                status,
                body: Body::of(masked),
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

impl Body {
    fn of(masked: String) -> Self {
        match RawValue::from_string(masked.clone()) {
            Ok(json) => Body::Json(json),
            Err(_) => Body::Text(masked),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use payspec_model::load_from;
    use payspec_model::source::Memory;
    use serde_json::{Value, json};

    use super::*;

    const SPEC: &str = "
payspec: 2
id: demo
title: Demo
objects:
  Payer: { fields: { name: string } }
  Note: { fields: { text: string, iban: { type: string, sensitive: pii } } }
operations:
  pay:
    method: POST
    path: /v1/pay
    request:
      fields:
        order: string
        amount: decimal
        born: { type: date, sensitive: pii }
        pin: { type: integer, sensitive: secret }
        payer: { type: Payer, sensitive: pii }
        notes: { type: list, of: Note }
        packed: { type: json, of: Note }
    response: { fields: { access_token: { type: string, sensitive: secret }, state: string } }
";

    /// Returns the lines that are recorded of an exchange.
    fn recorded(
        operation: Option<&str>,
        bodies: [&str; 2],
    ) -> Result<Vec<String>, Box<dyn std::error::Error>> {
        let mut memory = Memory::default();
        let spec = SPEC.as_bytes().to_vec();
        memory.files.insert("demo/api.yaml".to_owned(), spec);
        let model = load_from(&memory).model.ok_or("an error in the spec")?;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("recorded.jsonl");
        let recording = Recording::open(&path)?;
        let [request, response] = bodies.map(|body| body.as_bytes().to_vec());
        let request = Request::post("/v1/pay?id=1").body(request)?;
        let record = LogEntry {
            operation: operation.map(str::to_owned),
            ..LogEntry::of(&request, UNIX_EPOCH)
        };
        recording.add(&model, &record, &request, Some(&Response::new(response)))?;
        let text = std::fs::read_to_string(&path)?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    #[test]
    fn a_message_is_one_line() -> Result<(), Box<dyn std::error::Error>> {
        let at = "\"method\":\"POST\",\"path\":\"/v1/pay\",";
        assert_eq!(
            recorded(Some("pay"), ["{\n}", "{\"state\": \"OPEN\"}"])?,
            [
                format!("{{\"operation\":\"pay\",{at}\"side\":\"request\",\"body\":{{}}}}"),
                format!(
                    "{{\"operation\":\"pay\",{at}\"side\":\"response\",\"status\":200,\"body\":{{\"state\":\"OPEN\"}}}}"
                ),
            ]
        );
        assert_eq!(
            recorded(None, ["{", ""])?,
            [format!("{{{at}\"side\":\"request\",\"body\":\"{{\"}}")]
        );
        Ok(())
    }

    fn bodies(
        operation: Option<&str>,
        request: &str,
        response: &str,
    ) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
        let lines = recorded(operation, [request, response])?;
        let bodies = lines.iter().map(|line| {
            let line: Value = serde_json::from_str(line)?;
            Ok(line["body"].clone())
        });
        bodies.collect()
    }

    #[test]
    fn sensitive_values_keep_their_form_only() -> Result<(), Box<dyn std::error::Error>> {
        let request = r#"{"order":"O-7","amount":5.50,"born":"1990-12-24","pin":8042,"payer":{"name":"Kim L"},
            "notes":[{"text":"Hi 5","iban":"DE89 37"}],"packed":"{\"text\":\"Hi 5\",\"iban\":\"DE89 37\"}",
            "cardNumber":"4111","order2":true}"#;
        let lines = bodies(
            Some("pay"),
            request,
            r#"{"access_token":"Tok-9","state":"OPEN"}"#,
        )?;
        let note = json!({"text": "Hi 5", "iban": "AA11 11"});
        assert_eq!(
            lines,
            [
                json!({
                    "order": "O-7", "amount": 5.50, "born": "1111-11-11", "pin": 1111,
                    "payer": {"name": "Aaa A"}, "notes": [note],
                    "packed": r#"{"text":"Hi 5","iban":"AA11 11"}"#, "cardNumber": "1111", "order2": false,
                }),
                json!({"access_token": "Aaa-1", "state": "OPEN"}),
            ]
        );
        Ok(())
    }

    /// Nothing says which values are sensitive.
    #[test]
    fn what_belongs_to_no_operation_is_masked() -> Result<(), Box<dyn std::error::Error>> {
        let form = "client_secret=Tok9&grant=x";
        assert_eq!(
            bodies(None, r#"{"token":["Tok9",7,true,null]}"#, form)?,
            [
                json!({"token": ["Aaa1", 1, false, null]}),
                json!("aaaaaa_aaaaaa=Aaa1&aaaaa=a"),
            ]
        );
        assert_eq!(
            bodies(Some("pay"), form, r#"["Tok9"]"#)?,
            [json!("aaaaaa_aaaaaa=Aaa1&aaaaa=a"), json!(["Aaa1"])]
        );
        Ok(())
    }
}
