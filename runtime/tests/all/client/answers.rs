//! Answers: what is verified, and what a failure shows.

use super::*;

/// Makes answers of the provider.
struct Reply;

const TIME: &str = "2026-11-23T12:00:01+00:00";
const GOOD: &str = r#"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#;

impl Reply {
    fn signed(body: &str) -> Response<Vec<u8>> {
        Self::of(body, |_| {}, |_| {})
    }

    /// An answer with other signed parts, or with other headers.
    fn of(
        body: &str,
        signs: impl Fn(&mut Signed<'_>),
        edit: impl Fn(&mut http::HeaderMap),
    ) -> Response<Vec<u8>> {
        let mut signed = Signed {
            method: "POST",
            uri: "/ams/api/v1/payments/pay",
            client_id: CLIENT,
            time: TIME,
            body: body.as_bytes(),
        };
        signs(&mut signed);
        let header = SignatureHeader {
            algorithm: "RSA256",
            key_version: Some("2"),
            signature: signing_key()
                .sign(&signed.content(CONTENT))
                .expect("it signs"),
        };
        let mut response = Response::new(body.as_bytes().to_vec());
        for (name, value) in [
            ("signature", header.to_text(&RECIPE.keys)),
            ("response-time", TIME.to_owned()),
            ("client-id", CLIENT.to_owned()),
        ] {
            response
                .headers_mut()
                .insert(name, value.parse().expect("a value"));
        }
        edit(response.headers_mut());
        response
    }
}

fn open(response: &Response<Vec<u8>>) -> Result<Vec<u8>, AnswerError> {
    let verified = envelope(CLIENT).verify(&PAY, b"{}", response, at(ANSWERED));
    verified.map(|answer| answer.body().to_vec())
}

fn unverified(response: &Response<Vec<u8>>) -> Unverified {
    let error = open(response).expect_err("it is refused");
    assert!(!error.is_verified());
    assert_eq!(error.body(), response.body());
    match error.kind() {
        AnswerErrorKind::Unverified(why) => why.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_signed_answer_is_opened() {
    assert_eq!(open(&Reply::signed(GOOD)), Ok(GOOD.as_bytes().to_vec()));
    // Without the client id in its headers: the signed content names it.
    let without = Reply::of(GOOD, |_| {}, |headers| drop(headers.remove("client-id")));
    assert!(open(&without).is_ok());
    let fixture = fixture();
    let vector = fixture["vectors"]
        .as_array()
        .and_then(|vectors| vectors.last())
        .expect("one");
    let mut response = Response::new(text(vector, "body").as_bytes().to_vec());
    for (name, value) in [
        ("signature", text(vector, "header")),
        ("response-time", text(vector, "time")),
    ] {
        response
            .headers_mut()
            .insert(name, value.parse().expect("a value"));
    }
    assert!(open(&response).is_ok());
}

#[test]
fn an_answer_that_is_not_proved_is_refused() {
    use Unverified::*;
    let headers = |edit: fn(&mut http::HeaderMap)| unverified(&Reply::of(GOOD, |_| {}, edit));
    let signs = |edit: fn(&mut Signed<'_>)| unverified(&Reply::of(GOOD, edit, |_| {}));
    let value = |text: &str| text.parse::<http::HeaderValue>().expect("a value");
    assert_eq!(headers(|headers| headers.clear()), Unsigned);
    assert_eq!(
        headers(|headers| drop(headers.remove("signature"))),
        Missing("Signature")
    );
    assert_eq!(
        headers(|headers| drop(headers.remove("response-time"))),
        Missing("Response-Time")
    );
    for name in ["Signature", "Response-Time", "Client-Id"] {
        let twice = Reply::of(
            GOOD,
            |_| {},
            |headers| {
                let again = headers[name].clone();
                headers.append(name, again);
            },
        );
        assert_eq!(unverified(&twice), Twice(name));
    }
    let other = Reply::of(
        GOOD,
        |_| {},
        |headers| drop(headers.insert("client-id", value("X"))),
    );
    assert_eq!(unverified(&other), OtherClient);
    let none = Reply::of(
        GOOD,
        |_| {},
        |headers| drop(headers.insert("signature", value("x"))),
    );
    assert_eq!(
        unverified(&none),
        Header(BadSignatureHeader::Missing(SignaturePair::Algorithm))
    );
    for (coding, expected) in [
        ("gzip", ContentCoding::Gzip),
        ("X-Gzip", ContentCoding::Gzip),
        ("br", ContentCoding::Brotli),
        ("zstd", ContentCoding::Zstd),
        ("deflate", ContentCoding::Deflate),
        ("identity, gzip", ContentCoding::Gzip),
        ("gzip, br", ContentCoding::Unknown),
        ("aes128gcm", ContentCoding::Unknown),
    ] {
        let mut encoded = Reply::of(
            GOOD,
            |_| {},
            |headers| drop(headers.insert("content-encoding", value(coding))),
        );
        // The body that the transport has decoded is signed as it is.
        assert!(open(&encoded).is_ok(), "{coding}");
        encoded.body_mut().push(b' ');
        assert_eq!(unverified(&encoded), Encoded(expected), "{coding}");
    }
    // A proxy that compresses without a header for it.
    for (magic, expected) in [
        (&b"\x1f\x8b\x08"[..], Encoded(ContentCoding::Gzip)),
        (b"\x28\xb5\x2f\xfd", Encoded(ContentCoding::Zstd)),
        (b"{}", WrongSignature),
    ] {
        let mut encoded = Reply::of(GOOD, |_| {}, |_| {});
        *encoded.body_mut() = magic.to_vec();
        assert_eq!(unverified(&encoded), expected);
    }
    let weak = Reply::of(
        GOOD,
        |_| {},
        |headers| {
            let text = headers["signature"]
                .to_str()
                .expect("a text")
                .replace("RSA256", "none");
            headers.insert("signature", value(&text));
        },
    );
    assert_eq!(unverified(&weak), Algorithm);
    let bytes = http::HeaderValue::from_bytes(b"\xff").expect("a value");
    let strange = Reply::of(
        GOOD,
        |_| {},
        |headers| drop(headers.insert("signature", bytes.clone())),
    );
    assert_eq!(unverified(&strange), NotText("Signature"));

    assert_eq!(signs(|signed| signed.method = "GET"), WrongSignature);
    assert_eq!(
        signs(|signed| signed.uri = "/ams/sandbox/api/v1/payments/pay"),
        WrongSignature
    );
    assert_eq!(signs(|signed| signed.client_id = "X"), WrongSignature);
    assert_eq!(
        signs(|signed| signed.time = "2026-11-23T12:00:02+00:00"),
        WrongSignature
    );
    assert_eq!(signs(|signed| signed.body = b"{}"), WrongSignature);

    let no_time = Reply::of(
        GOOD,
        |signed| signed.time = "noon",
        |headers| {
            headers.insert("response-time", value("noon"));
        },
    );
    assert_eq!(unverified(&no_time), NoTime);
    for millis in [ANSWERED - 900_001, ANSWERED + 900_001] {
        let late = envelope(CLIENT)
            .verify(&PAY, b"{}", &Reply::signed(GOOD), at(millis))
            .map(|_| ());
        let apart = Duration::from_millis(900_001);
        assert_eq!(
            late.expect_err("it is old").kind(),
            &AnswerErrorKind::Unverified(Clock { apart })
        );
    }
    let patient = envelope(CLIENT).skew(Duration::from_secs(901));
    assert!(
        patient
            .verify(&PAY, b"{}", &Reply::signed(GOOD), at(ANSWERED + 900_001))
            .is_ok()
    );
    // A time in milliseconds is read as well.
    let millis = Reply::of(
        GOOD,
        |signed| signed.time = "1795435201000",
        |headers| {
            headers.insert("response-time", value("1795435201000"));
        },
    );
    assert!(open(&millis).is_ok());
}

#[test]
fn an_unsigned_refusal_is_no_failure_and_an_unsigned_success_is_nothing() {
    let unsigned = |body: &str| {
        let response = Reply::of(body, |_| {}, |headers| headers.clear());
        open(&response).expect_err("it is refused")
    };
    for (status, code) in [("F", "INVALID_SIGNATURE"), ("U", "UNKNOWN_EXCEPTION")] {
        let body = format!(r#"{{"result":{{"resultStatus":"{status}","resultCode":"{code}"}}}}"#);
        let error = unsigned(&body);
        assert_eq!(error.kind(), &AnswerErrorKind::UnsignedRefusal);
        assert_eq!((error.status(), error.code()), (Some(status), Some(code)));
        assert!(!error.is_verified());
    }
    for body in [GOOD, "", "<html>", r#"{"result":{"resultStatus":"X"}}"#] {
        let error = unsigned(body);
        assert_eq!(
            error.kind(),
            &AnswerErrorKind::Unverified(Unverified::Unsigned),
            "{body}"
        );
    }
}

#[test]
fn a_signed_answer_that_decides_nothing_is_an_error() {
    for (status, body, expected) in [
        (500, GOOD, AnswerErrorKind::HttpStatus),
        (302, "", AnswerErrorKind::HttpStatus),
        (200, "", AnswerErrorKind::NotJson),
        (200, "<html>", AnswerErrorKind::NotJson),
        (200, "{}", AnswerErrorKind::NoResult),
        (200, r#"{"result":"S"}"#, AnswerErrorKind::NoResult),
        (
            200,
            r#"{"result":{"resultStatus":true}}"#,
            AnswerErrorKind::NoResult,
        ),
        (
            200,
            r#"{"result":{"resultStatus":"s"}}"#,
            AnswerErrorKind::UnknownStatus,
        ),
        (
            200,
            r#"{"result":{"resultStatus":"SUCCESS"}}"#,
            AnswerErrorKind::UnknownStatus,
        ),
    ] {
        let mut response = Reply::signed(body);
        *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
        let error = open(&response).expect_err("it decides nothing");
        assert_eq!(
            (error.kind(), error.http_status()),
            (&expected, status),
            "{body}"
        );
        assert!(error.is_verified());
    }
}

#[test]
fn errors_keep_bodies_and_do_not_show_them() {
    let body = format!(
        r#"{{"card":"4111111111111111","x":"{}"}}"#,
        "x".repeat(100_000)
    );
    let error = open(&Reply::signed(&body)).expect_err("it decides nothing");
    assert_eq!(error.body(), &body.as_bytes()[..64 * 1024]);
    for shown in [
        format!("{error}"),
        format!("{error:?}"),
        format!("{:?}", envelope(CLIENT)),
    ] {
        assert!(!shown.contains("4111"), "{shown}");
    }
}
