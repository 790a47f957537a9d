//! The command `payspec doctor`: its output, its captures and its errors.

use serde_json::json;

use super::exchange::{CLIENT_ID, Mail, PATH, own, provider};
use crate::support::{Run, file, folder, piped, snapshot, with};

struct Files {
    folder: tempfile::TempDir,
    own: String,
    provider: String,
}

fn files() -> Files {
    let (folder, _) = folder();
    Files {
        own: file(&folder, "own.pem", own().private.as_bytes()),
        provider: file(&folder, "provider.pem", provider().public.as_bytes()),
        folder,
    }
}

fn doctor(files: &Files, capture: &[u8], options: &[&str]) -> Run {
    let capture = file(&files.folder, "capture", capture);
    let keys = [
        "--own-private-key",
        &files.own,
        "--provider-public-key",
        &files.provider,
    ];
    with(&[&["doctor", &capture][..], &keys, options].concat())
}

#[test]
fn reports() {
    let files = files();
    let request = Mail::request().signing(|parts| parts.body.push(b'\n'));
    let capture = [request.bytes(), Mail::response().bytes()].concat();
    let options = ["--client-id", CLIENT_ID, "--own-key-version", "2"];
    let run = doctor(&files, &capture, &options);
    assert_eq!(run.code, Some(1));
    snapshot!("doctor", run);
    let options = [&options[..], &["--format", "json"]].concat();
    let run = doctor(&files, &capture, &options);
    snapshot!("doctor_json", run);
    let healthy = doctor(&files, &Mail::request().bytes(), &[]);
    assert_eq!(healthy.code, Some(0), "{healthy}");
    assert!(healthy.stdout.contains("no mistake found"), "{healthy}");
}

#[test]
fn captures_come_in_several_forms() {
    let files = files();
    let [request, response] = [Mail::request(), Mail::response()].map(|mail| mail.bytes());
    let lines = |message: &[u8], mark: &str| {
        let text = String::from_utf8(message.to_vec()).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let head: String = head
            .lines()
            .map(|line| format!("{mark} {line}\n"))
            .collect();
        (format!("{head}{mark}\n"), body.to_owned())
    };
    let (asked, body) = lines(&request, ">");
    let (answered, answer) = lines(&response, "<");
    let curl = format!(
        "* Connected to example (127.0.0.1) port 443\n{asked}{{ [5 bytes data]\n{answered}{{ [31 bytes data]\n{answer}* Connection #0 to host example left intact\n"
    );
    let body = file(&files.folder, "body", body.as_bytes());
    let run = doctor(&files, curl.as_bytes(), &["--request-body", &body]);
    assert_eq!(run.code, Some(0), "{run}");
    let lacking = doctor(&files, curl.as_bytes(), &[]);
    assert_eq!(lacking.code, Some(2), "{lacking}");
    assert!(lacking.stderr.contains("--request-body FILE"), "{lacking}");

    let message = |raw: &[u8], content: &str| {
        let text = String::from_utf8(raw.to_vec()).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let headers = head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "));
        let headers: Vec<_> = headers
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect();
        json!({"method": "POST", "url": format!("https://open-sea-global.alipay.com{PATH}"), "status": 200,
               "headers": headers, content: {"text": body}})
    };
    let entry = json!({"request": message(&request, "postData"), "response": message(&response, "content")});
    for har in [entry.clone(), json!({"log": {"entries": [entry]}})] {
        let run = doctor(&files, har.to_string().as_bytes(), &[]);
        assert_eq!(run.code, Some(0), "{run}");
        assert_eq!(run.stdout.matches("no mistake found").count(), 2, "{run}");
    }

    // A chunked response after an interim one, from standard input; its request is in a file.
    let text = String::from_utf8(response).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let head: Vec<_> = head
        .lines()
        .filter(|line| !line.starts_with("Content-Length"))
        .collect();
    let chunked = format!(
        "HTTP/1.1 100 Continue\r\n\r\n{}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        head.join("\r\n"),
        &body[..5],
        body.len() - 5,
        &body[5..],
    );
    let request = file(&files.folder, "request", &request);
    let run = piped(
        &[
            "doctor",
            &request,
            "-",
            "--own-private-key",
            &files.own,
            "--provider-public-key",
            &files.provider,
        ],
        chunked.as_bytes(),
    );
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn bad_input_is_reported() {
    let files = files();
    let good = Mail::request().bytes();
    let response = Mail::response().bytes();
    for (capture, options, said) in [
        (&b""[..], &[][..], "the capture is empty"),
        (b"hello\n", &[], "line 1 is neither"),
        (
            b"POST / HTTP/1.1\nno header\n\n{}",
            &[],
            "line 2 is not a header",
        ),
        (b"{\"a\": 1}", &[], "not a HAR file"),
        (b"* nothing\n", &[], "it needs `-v`"),
        (&good, &["--now", "noon"], "`noon` is not a time"),
        (
            &good,
            &["--operation", "pay_entry_cod"],
            "did you mean `pay_entry_code`?",
        ),
        (
            &good,
            &["--own-public-key", "Cargo.toml"],
            "Cargo.toml: the key is neither PEM nor base64",
        ),
        (
            &response,
            &[],
            "a response is signed with method and path of its request",
        ),
    ] {
        let run = doctor(&files, capture, options);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(
            run.stdout.is_empty() && run.stderr.contains(said),
            "{said}: {run}"
        );
    }
    let capture = file(&files.folder, "capture", &good);
    let run = with(&["doctor", &capture]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("no key was given"), "{run}");
}
