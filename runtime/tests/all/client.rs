//! Signing and verifying, against signatures that other SDKs made.

use http::Response;
use payspec_runtime::StatusClass;
use payspec_runtime::client::*;
use serde_json::Value as Json;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const RECIPE: Recipe = Recipe {
    environments: &[
        Environment {
            name: "production",
            prefix: "/ams/api",
            client_id_prefix: None,
        },
        Environment {
            name: "sandbox",
            prefix: "/ams/sandbox/api",
            client_id_prefix: Some("SANDBOX_"),
        },
    ],
    client_id: "Client-Id",
    request_time: Stamp {
        name: "Request-Time",
        form: StampForm::EpochMillis,
    },
    response_time: Stamp {
        name: "Response-Time",
        form: StampForm::DateTime,
    },
    content_type: "application/json; charset=UTF-8",
    algorithm: "RSA256",
    request: CONTENT,
    response: CONTENT,
    signature: "Signature",
    keys: SignatureKeys {
        algorithm: "algorithm",
        key_version: "keyVersion",
        signature: "signature",
    },
    headers: &[],
};

const CONTENT: &[Part<'static>] = &[
    Part::Method,
    Part::Text(" "),
    Part::Uri,
    Part::Text("\n"),
    Part::ClientId,
    Part::Text("."),
    Part::Time,
    Part::Text("."),
    Part::Body,
];

const PAY: Endpoint = Endpoint {
    name: "pay",
    method: "POST",
    path: "/v1/payments/pay",
    status: &["result", "resultStatus"],
    code: &["result", "resultCode"],
    statuses: &[
        ("S", StatusClass::Succeeded),
        ("F", StatusClass::Failed),
        ("U", StatusClass::Pending),
    ],
};

const CLIENT: &str = "5X00000000000000";

fn fixture() -> Json {
    let text = include_str!("../fixtures/signing.json");
    serde_json::from_str(text).expect("the fixture is JSON")
}

fn text<'a>(json: &'a Json, name: &str) -> &'a str {
    json[name].as_str().expect("the fixture has this text")
}

fn key(name: &str) -> String {
    text(&fixture()["keys"], name).to_owned()
}

fn signing_key() -> SigningKey {
    SigningKey::from_text(&key("private_pkcs8_pem")).expect("a key")
}

fn verifying_key() -> VerifyingKey {
    VerifyingKey::from_text(&key("public_spki_pem")).expect("a key")
}

fn envelope(client_id: &str) -> Envelope {
    let base = Base::https("open.example").expect("a host");
    Envelope::new(&RECIPE, base, client_id, signing_key(), verifying_key()).expect("it fits")
}

fn at(millis: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(millis)
}

/// 2026-11-23T12:00:01Z.
const ANSWERED: u64 = 1_795_435_201_000;

fn signed(vector: &Json) -> Signed<'_> {
    Signed {
        method: text(vector, "method"),
        uri: text(vector, "path"),
        client_id: text(vector, "client_id"),
        time: text(vector, "time"),
        body: text(vector, "body").as_bytes(),
    }
}

#[test]
fn signatures_are_those_of_the_other_sdks() {
    let fixture = fixture();
    let vectors = fixture["vectors"].as_array().expect("a list");
    assert_eq!(vectors.len(), 7);
    for vector in vectors {
        let name = text(vector, "name");
        let content = signed(vector).content(CONTENT);
        assert_eq!(content, text(vector, "content").as_bytes(), "{name}");
        let header = SignatureHeader {
            algorithm: "RSA256",
            key_version: Some("1"),
            signature: signing_key().sign(&content).expect("it signs"),
        };
        let expected = text(vector, "header");
        assert_eq!(header.to_text(&RECIPE.keys), expected, "{name}");
        let parsed = SignatureHeader::parse(expected, &RECIPE.keys);
        assert_eq!(parsed.as_ref(), Ok(&header), "{name}");
        assert!(
            verifying_key().verify(&content, &header.signature),
            "{name}"
        );
    }
}

#[test]
fn what_other_sdks_refuse_is_refused() {
    let fixture = fixture();
    let vectors = fixture["negative"].as_array().expect("a list");
    assert_eq!(vectors.len(), 6);
    for vector in vectors {
        let header = format!(
            "algorithm=RSA256,keyVersion=1,signature={}",
            text(vector, "signature")
        );
        let content = signed(vector).content(CONTENT);
        let verified = SignatureHeader::parse(&header, &RECIPE.keys)
            .is_ok_and(|header| verifying_key().verify(&content, &header.signature));
        // Hex digits mean the same in either letter case, so these are the very bytes that verify.
        let same_bytes = text(vector, "name").contains("lower-case hex");
        assert_eq!(verified, same_bytes, "{}", text(vector, "name"));
    }
}

#[test]
fn keys_come_in_many_texts() {
    let public = verifying_key();
    for name in [
        "private_pkcs8_pem",
        "private_pkcs8_base64_unarmoured",
        "private_pkcs1_pem",
        "private_pkcs1_base64_unarmoured",
    ] {
        let text = key(name);
        // PEM whose header names the other form, as some SDKs write it; line ends of another system.
        let mislabelled = text
            .replace("BEGIN PRIVATE", "BEGIN RSA PRIVATE")
            .replace("END PRIVATE", "END RSA PRIVATE");
        for text in [
            text.clone(),
            mislabelled,
            text.replace('\n', "\r\n"),
            format!("\u{feff}{text}\n\n"),
        ] {
            let key = SigningKey::from_text(&text).expect(name);
            assert_eq!(key.public(), public, "{name}");
            assert_eq!(key.bits(), 2048);
            assert_eq!(format!("{key:?}"), "SigningKey([secret], 2048 bits)");
        }
        assert_eq!(
            VerifyingKey::from_text(&text),
            Err(KeyError::PrivateForPublic)
        );
    }
    for name in ["public_spki_pem", "public_spki_base64_unarmoured"] {
        let text = key(name);
        assert_eq!(VerifyingKey::from_text(&text).as_ref(), Ok(&public));
        let refused = SigningKey::from_text(&text).map(|_| ());
        assert_eq!(refused, Err(KeyError::PublicForPrivate));
    }
}

#[test]
fn a_public_key_tells_its_numbers() {
    let key = verifying_key();
    assert_eq!(key.bits(), 2048);
    let (modulus, exponent) = key.numbers().expect("a key of RSA");
    assert_eq!((modulus.len(), exponent), (256, &[1, 0, 1][..]));
    assert_eq!(modulus.first().map(|byte| byte >> 7), Some(1));
    // PKCS#1 is these two numbers, behind their lengths.
    assert!(key.der().windows(256).any(|window| window == modulus));
    assert!(key.der().ends_with(exponent));
}

#[test]
fn what_is_no_key_is_told_apart() {
    let pkcs8 = key("private_pkcs8_base64_unarmoured");
    let armoured =
        |label: &str| format!("-----BEGIN {label}-----\n{pkcs8}\n-----END {label}-----\n");
    let cut: String = pkcs8.chars().take(400).collect();
    // The key of an elliptic curve, as X.509.
    let curve = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==";
    for (text, expected) in [
        (" \n", KeyError::Empty),
        ("not base64!", KeyError::NotBase64),
        (&cut, KeyError::Damaged),
        ("AAAA", KeyError::Damaged),
        (curve, KeyError::NotRsa),
        (&armoured("ENCRYPTED PRIVATE KEY"), KeyError::Encrypted),
        (&armoured("CERTIFICATE"), KeyError::Certificate),
        (&armoured("EC PRIVATE KEY"), KeyError::NotRsa),
        ("-----BEGIN PRIVATE KEY-----\nAAAA", KeyError::Damaged),
    ] {
        assert_eq!(
            SigningKey::from_text(text).map(|_| ()),
            Err(expected.clone())
        );
        assert_eq!(VerifyingKey::from_text(text).map(|_| ()), Err(expected));
    }
}

#[test]
fn headers_are_read_in_every_order() {
    let keys = &RECIPE.keys;
    let expected = SignatureHeader {
        algorithm: "RSA256",
        key_version: Some("1"),
        signature: vec![1, 2, 3],
    };
    for text in [
        "algorithm=RSA256,keyVersion=1,signature=AQID",
        "algorithm=RSA256, keyVersion=1, signature=AQID",
        " signature=AQID ,KEYVERSION= 1,Algorithm=RSA256,more=x",
    ] {
        assert_eq!(
            SignatureHeader::parse(text, keys).as_ref(),
            Ok(&expected),
            "{text}"
        );
    }
    let without = SignatureHeader::parse("algorithm=RSA256,signature=AQID", keys);
    assert_eq!(without.expect("it is one").key_version, None);
    for (text, expected) in [
        ("", BadSignatureHeader::Missing(SignaturePair::Algorithm)),
        (
            "algorithm=RSA256,keyVersion=1",
            BadSignatureHeader::Missing(SignaturePair::Signature),
        ),
        (
            "algorithm=RSA256,keyVersion=1,signature=",
            BadSignatureHeader::Missing(SignaturePair::Signature),
        ),
        (
            "algorithm=RSA256,signature=AQID,signature=AQIE",
            BadSignatureHeader::Twice(SignaturePair::Signature),
        ),
        (
            "algorithm=RSA256,signature=AQ+D",
            BadSignatureHeader::NotPercentEncoded,
        ),
        (
            "algorithm=RSA256,signature=AQ%3D",
            BadSignatureHeader::NotBase64,
        ),
    ] {
        assert_eq!(SignatureHeader::parse(text, keys), Err(expected), "{text}");
    }
    for (error, text) in [
        (
            BadSignatureHeader::Missing(SignaturePair::Algorithm),
            "the signature's header lacks the algorithm",
        ),
        (
            BadSignatureHeader::Twice(SignaturePair::KeyVersion),
            "the signature's header has the key version twice",
        ),
    ] {
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn a_request_is_sealed() {
    for (client, path) in [
        (CLIENT, "/ams/api/v1/payments/pay"),
        ("SANDBOX_5X", "/ams/sandbox/api/v1/payments/pay"),
    ] {
        let envelope = envelope(client)
            .header("Agent-Token", "token")
            .expect("it fits");
        let body = br#"{"a": "b"}"#;
        let request = envelope
            .sign(&PAY, body.to_vec(), at(1_685_599_933_871))
            .expect("it signs");
        assert_eq!(request.method(), "POST");
        assert_eq!(
            request.uri().to_string(),
            format!("https://open.example{path}")
        );
        assert_eq!(request.body(), body);
        let header = |name: &str| request.headers()[name].to_str().expect("a text");
        assert_eq!(header("request-time"), "1685599933871");
        assert_eq!(header("client-id"), client);
        assert_eq!(header("content-type"), "application/json; charset=UTF-8");
        assert_eq!(header("accept-encoding"), "identity");
        assert!(request.headers()["agent-token"].is_sensitive());
        let signature = SignatureHeader::parse(header("signature"), &RECIPE.keys).expect("one");
        let content = format!("POST {path}\n{client}.1685599933871.{}", r#"{"a": "b"}"#);
        assert!(verifying_key().verify(content.as_bytes(), &signature.signature));
    }
    // The name of an environment does not outweigh the client id.
    let production = envelope(CLIENT).environment("production");
    let request = production.and_then(|envelope| envelope.sign(&PAY, Vec::new(), at(0)));
    assert_eq!(
        request.expect("it signs").uri().path(),
        "/ams/api/v1/payments/pay"
    );
    let sandbox = envelope(CLIENT).environment("sandbox").map(|_| ());
    assert_eq!(sandbox, Err(SignError::Setting("environment")));
}

#[test]
fn a_get_request_carries_no_body() {
    for method in ["GET", "DELETE"] {
        let endpoint = Endpoint { method, ..PAY };
        let signed = envelope(CLIENT).sign(&endpoint, b"{}".to_vec(), at(5));
        let request = signed.expect("it signs");
        assert_eq!(request.body(), b"");
        assert!(!request.headers().contains_key("content-type"));
        let header = request.headers()["signature"].to_str().expect("a text");
        let signature = SignatureHeader::parse(header, &RECIPE.keys).expect("one");
        let content = format!("{method} /ams/api/v1/payments/pay\n{CLIENT}.5.");
        assert!(verifying_key().verify(content.as_bytes(), &signature.signature));
    }
}

#[test]
fn settings_that_fit_into_no_request_are_refused() {
    let refused = |result: Result<Envelope, SignError>, what| {
        assert_eq!(result.map(|_| ()), Err(SignError::Setting(what)));
    };
    let base = Base::https("open.example").expect("a host");
    for client in ["", "a b", "a\nb", "\u{e9}"] {
        let made = Envelope::new(
            &RECIPE,
            base.clone(),
            client,
            signing_key(),
            verifying_key(),
        );
        refused(made, "client id");
    }
    refused(envelope(CLIENT).environment("moon"), "environment");
    for version in ["", "1,2", "1 2"] {
        refused(envelope(CLIENT).key_version(Some(version)), "key version");
    }
    refused(envelope(CLIENT).header("signature", "x"), "header");
    refused(envelope(CLIENT).header("Accept-Encoding", "gzip"), "header");
    refused(envelope(CLIENT).header("X", "a\nb"), "header");
    let early = envelope(CLIENT).sign(&PAY, Vec::new(), UNIX_EPOCH - Duration::from_secs(1));
    assert_eq!(early.map(|_| ()), Err(SignError::Setting("clock")));
    for (text, expected) in [
        ("open.example", BadBase::NotAnAddress),
        ("ftp://open.example", BadBase::NotAnAddress),
        ("https://me@open.example", BadBase::NotAnAddress),
        ("https://open.example/ams", BadBase::Path),
        ("http://open.example", BadBase::NotEncrypted),
    ] {
        assert_eq!(text.parse::<Base>(), Err(expected), "{text}");
    }
    for text in [
        "http://localhost:1",
        "http://[::1]:8080",
        "http://127.0.0.2/",
    ] {
        assert!(text.parse::<Base>().is_ok(), "{text}");
    }
}

#[test]
fn a_request_names_the_key_that_signs() {
    for (version, expected) in [(Some("2"), Some("2")), (None, None)] {
        let envelope = envelope(CLIENT).key_version(version);
        let envelope = envelope.expect("it fits into the header");
        let request = envelope.sign(&PAY, Vec::new(), at(0)).expect("it signs");
        let header = request.headers()["signature"].to_str().expect("a text");
        let header = SignatureHeader::parse(header, &RECIPE.keys).expect("a signature");
        assert_eq!(header.key_version, expected);
    }
}

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
    let verified = envelope(CLIENT).verify(&PAY, response, at(ANSWERED));
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
            .verify(&PAY, &Reply::signed(GOOD), at(millis))
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
            .verify(&PAY, &Reply::signed(GOOD), at(ANSWERED + 900_001))
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

#[test]
fn a_notification_is_remembered_for_its_time_and_no_longer() {
    let seen = SeenInMemory::for_as_long_as(Duration::from_secs(10));
    let at = |seconds: u64| at(1000 * (1_000 + seconds));
    let acts = |id: &str, time| {
        let begun = seen.begin(id, time);
        if begun == Seen::New {
            seen.finish(id, time);
        }
        begun
    };
    assert_eq!(acts("a", at(0)), Seen::New);
    assert_eq!(acts("a", at(10)), Seen::Done);
    assert_eq!(acts("a", at(11)), Seen::New);
    seen.forget("a");
    // An id in work stays in work, however old; the expiry of an earlier end does not change that.
    assert_eq!(seen.begin("a", at(12)), Seen::New);
    assert_eq!(seen.begin("a", at(99)), Seen::InWork);
    seen.finish("a", at(99));
    assert_eq!(acts("a", at(109)), Seen::Done);
    // A clock that is set back forgets nothing, and ids that are too old are new again.
    assert_eq!(acts("b", at(200)), Seen::New);
    assert_eq!(acts("c", at(150)), Seen::New);
    assert_eq!(acts("b", at(150)), Seen::Done);
    assert_eq!(acts("c", at(161)), Seen::New);
}

#[test]
fn remembering_costs_the_same_for_many_notifications_as_for_few() {
    let ask = |already: u32| {
        let seen = SeenInMemory::for_as_long_as(Duration::from_secs(3_600));
        let ids = |from: u32, to: u32| (from..to).map(|number| format!("{number:064x}"));
        for id in ids(0, already) {
            assert_eq!(seen.begin(&id, at(0)), Seen::New);
            seen.finish(&id, at(0));
        }
        let started = std::time::Instant::now();
        for id in ids(already, already + 2_000) {
            assert_eq!(seen.begin(&id, at(1)), Seen::New);
            seen.finish(&id, at(1));
        }
        started.elapsed()
    };
    let few = (0..3).map(|_| ask(20)).min().unwrap_or_default();
    let many = (0..3).map(|_| ask(20_000)).min().unwrap_or_default();
    // Looking at all of them each time would take a thousand times as long.
    assert!(
        many < few * 30 + Duration::from_millis(5),
        "{few:?} {many:?}"
    );
}

#[cfg(feature = "pattern")]
#[test]
fn the_value_of_a_header_obeys_its_rules() {
    const RULES: &[HeaderRule] = &[
        HeaderRule::new("client-id")
            .max_length(12)
            .pattern("SHOP_[0-9]+"),
        HeaderRule::new("Agent-Token").max_length(4),
    ];
    static STRICT: Recipe = Recipe {
        headers: RULES,
        ..RECIPE
    };
    let envelope = |client_id: &str| {
        let base = Base::https("a.example").expect("a host");
        Envelope::new(&STRICT, base, client_id, signing_key(), verifying_key())
    };
    for wrong in ["SHOP_", "SHOP_12345678", "SHOP_1x"] {
        let error = envelope(wrong).expect_err("it breaks a rule");
        assert_eq!(error, SignError::Setting("client id"), "{wrong}");
    }
    let with = |token: &str| {
        envelope("SHOP_1")
            .expect("it obeys")
            .header("agent-token", token)
    };
    assert!(with("1234").is_ok());
    assert_eq!(
        with("12345").expect_err("too long"),
        SignError::Setting("header")
    );
    let other = envelope("SHOP_1")
        .expect("it obeys")
        .header("X-Other", "12345");
    assert!(other.is_ok());
}

#[test]
fn a_signer_says_why_it_cannot_sign() {
    let error = CannotSign::new("the device is locked").to_string();
    assert_eq!(
        error,
        "the request could not be signed: the device is locked"
    );
}

#[test]
fn a_transport_behind_a_reference_is_the_transport() {
    struct Echo;
    impl Transport for Echo {
        fn send(
            &self,
            request: http::Request<Vec<u8>>,
        ) -> Result<Response<Vec<u8>>, TransportError> {
            Ok(Response::new(request.into_body()))
        }
    }
    let request = http::Request::new(b"{}".to_vec());
    let answer = Transport::send(&&Echo, request).expect("an answer");
    assert_eq!(answer.body(), b"{}");
}

#[test]
fn why_a_notification_was_not_taken_in_is_said() {
    use payspec_runtime::client::life::{NotifiedError, OtherPayment};

    let other = NotifiedError::from(OtherPayment);
    assert_eq!(other.to_string(), OtherPayment.to_string());
    let broken = JournalError::NotAJournal {
        path: "payments.journal".into(),
    };
    assert_eq!(
        NotifiedError::from(broken.clone()).to_string(),
        broken.to_string()
    );
}

#[test]
fn several_keys_verify_what_one_of_them_signed_and_nothing_else() {
    let signature = signing_key().sign(b"content").expect("it signs");
    let keys = VerifyingKeys::new("1", verifying_key());
    assert!(keys.verify(b"content", &signature));
    assert!(!keys.verify(b"another content", &signature));
}
