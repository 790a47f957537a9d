//! Requests that credentials sign, and answers that the provider's keys prove. OpenSSL made the signatures of the answers:
//! `openssl dgst -sha256 -sign KEY CONTENT | base64`.

use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use payspec_runtime::client::*;
use payspec_runtime::{ProofAlgorithm, StatusClass, TextEncoding, TimeForm};

use super::*;

const fn of_list(param: &'static str) -> ProofPlace<'static> {
    let list = ProofList {
        param,
        scheme: Some("DEMO-RSA"),
        quoted: true,
        ignore_case: false,
    };
    ProofPlace {
        header: "Authorization",
        list: Some(list),
        prefix: "",
    }
}

const fn alone(header: &'static str) -> ProofPlace<'static> {
    ProofPlace {
        header,
        list: None,
        prefix: "",
    }
}

const REQUEST: MessageProof<'static> = MessageProof {
    algorithm: ProofAlgorithm::RsaPkcs1V15Sha256,
    key: "own_key",
    key_encoding: None,
    key_bits: Some(2048),
    content: &[
        Part::Method,
        Part::Text("\n"),
        Part::Uri,
        Part::Text("\n"),
        Part::Time,
        Part::Text("\n"),
        Part::Nonce,
        Part::Text("\n"),
        Part::Body,
        Part::Text("\n"),
    ],
    encoding: TextEncoding::Base64,
    percent_encoded: false,
    signature: of_list("signature"),
    time: Some(ProofTime {
        place: of_list("timestamp"),
        form: TimeForm::EpochSeconds,
        accepts: &[],
        tolerance_s: None,
    }),
    nonce: Some(ProofNonce {
        place: of_list("nonce_str"),
        length: 32,
    }),
    key_id: Some(ProofKeyId {
        place: of_list("serial_no"),
        optional: false,
    }),
    credentials: &[("shop", of_list("mchid"))],
    fixed: &[],
};

const RESPONSE: MessageProof<'static> = MessageProof {
    key: "providers_keys",
    content: &[
        Part::Time,
        Part::Text("\n"),
        Part::Nonce,
        Part::Text("\n"),
        Part::Body,
        Part::Text("\n"),
    ],
    signature: alone("Demo-Signature"),
    time: Some(ProofTime {
        place: alone("Demo-Timestamp"),
        form: TimeForm::EpochSeconds,
        accepts: &[],
        tolerance_s: Some(300),
    }),
    nonce: Some(ProofNonce {
        place: alone("Demo-Nonce"),
        length: 32,
    }),
    key_id: Some(ProofKeyId {
        place: alone("Demo-Serial"),
        optional: false,
    }),
    credentials: &[],
    fixed: &[("DEMO-RSA", alone("Demo-Type"))],
    ..REQUEST
};

const RECIPE: Authentication = Authentication {
    environments: &[Environment {
        name: "production",
        prefix: "/v3",
        client_id_prefix: None,
    }],
    content_type: "application/json",
    auth: &[],
    operations: &[],
    token: None,
    headers: &[],
    request: Some(REQUEST),
    response: Some(RESPONSE),
    notification: Some(RESPONSE),
    body_proof: None,
    encryption: None,
};

const BY_HTTP_STATUS: Endpoint = Endpoint {
    status: &[],
    codes: &[&["code"]],
    statuses: &[
        ("200", StatusClass::Succeeded),
        ("204", StatusClass::Succeeded),
        ("4XX", StatusClass::Failed),
    ],
    ..PAY
};

struct Given {
    shop: &'static str,
    own: Option<PrivateKey>,
    providers: VerifyingKeys,
}

impl Credentials for Given {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        match name {
            "shop" => Some(CredentialValue::Id(self.shop)),
            "own_key" => self.own.as_ref().map(CredentialValue::PrivateKey),
            "providers_keys" => Some(CredentialValue::PublicKeys(&self.providers)),
            _ => None,
        }
    }
}

const SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";

fn given() -> Given {
    Given {
        shop: "1900009191",
        own: Some(PrivateKey::new("SERIAL-1", signing_key())),
        providers: VerifyingKeys::new(SERIAL, verifying_key()),
    }
}

fn envelope() -> Envelope<Unsigned, Unsigned> {
    let url = "https://api.example.com";
    Envelope::from_credentials(&RECIPE, url, &given()).expect("they fit")
}

/// The value of a key in the header `Authorization`, as a reader of its own takes it apart.
fn param<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    let value = headers["authorization"].to_str().expect("a text");
    let (_, rest) = value
        .split_once(&format!("{name}=\""))
        .expect("a value of the key");
    rest.split_once('"').expect("a quotation mark").0
}

#[test]
fn a_request_is_signed() {
    let now = at(1_795_435_201_999);
    let request = envelope()
        .sign(&PAY, br#"{"a":1}"#, now)
        .expect("a request");
    let headers = request.headers();
    let value = headers["authorization"].to_str().expect("a text");
    assert!(value.starts_with("DEMO-RSA mchid=\"1900009191\",nonce_str=\""));
    assert!(headers["authorization"].is_sensitive());
    assert_eq!(param(headers, "timestamp"), "1795435201");
    assert_eq!(param(headers, "serial_no"), "SERIAL-1");
    let nonce = param(headers, "nonce_str");
    let is_hex = |byte: u8| byte.is_ascii_hexdigit();
    assert!(nonce.len() == 32 && nonce.bytes().all(is_hex), "{nonce}");
    let content = format!("POST\n/v3/v1/payments/pay\n1795435201\n{nonce}\n{{\"a\":1}}\n");
    let signature = base64_of(param(headers, "signature"));
    assert!(verifying_key().verify(content.as_bytes(), &signature));
    let again = envelope()
        .sign(&PAY, br#"{"a":1}"#, now)
        .expect("a request");
    assert_ne!(param(again.headers(), "nonce_str"), nonce);
    assert!(envelope().header("authorization", "x").is_err());
}

/// Decodes base64 without the library under test.
fn base64_of(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|byte| {
        let digit = ALPHABET.iter().position(|one| *one == byte);
        digit.and_then(|digit| u32::try_from(digit).ok())
    });
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0, 0);
    for digit in digits {
        held = (held << 6) | digit;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).expect("a byte"));
            held &= (1 << bits) - 1;
        }
    }
    bytes
}

fn base64_from(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = bytes.chunks(3).map(|chunk| {
        let all = chunk.iter().chain(&[0, 0]).take(3);
        let all = all.fold(0_usize, |all, byte| (all << 8) | usize::from(*byte));
        let digits = (0..4).map(|digit| match digit > chunk.len() {
            true => '=',
            false => char::from(ALPHABET[(all >> (18 - 6 * digit)) & 63]),
        });
        digits.collect::<String>()
    });
    groups.collect()
}

const BODY: &[u8] = br#"{"trade_state":"SUCCESS"}"#;
const TIME: &str = "1795435201";
const NONCE: &str = "5K8264ILTKCH16CQ2502SI8ZNMTM67VS";
/// Of `TIME\nNONCE\nBODY\n`.
const SIGNATURE: &str = "Hu5M98BYh3A+eQkjD1jWYXubXxLrPV5eVZKe+HD7sF7K0hfFhpZ0DVcyjR8vHJwhs3SozCzYkpMiIO0EM1eol+/xvQSBOYhFlTCD1hpKyqo5mzpd+T2h8y1tdpIUnBxrEimVJm2m0hRcbET0qu8T4yyMY1rWKuu8MY695oXLR++UKBmmBqUcPCv3ONB5W9OQkC59/FRA/a8Xj+PSoRSXup8Zuk2CMzfr8FPqH+CGO0V2wKOIM6xl0sm85vw0Z9YEVg3CmbNfacL0lcZVDjSYZdHYXXu1+b+jNQpW3jOOY/+7OPJUo/hcvKSD4AQUe5uwDZckBCY4OmpDDk5M85iy/Q==";
/// Of `TIME\nNONCE\n\n`, an answer without a body.
const EMPTY: &str = "YTDi9oUac+OuCmlgAUm9KODEtz6dyhtKAJc7iuuapwTRRLhJav9mTc2honevyDehuUUbok+0GYvhNdK3BPsIa2xyhKVKsM9HSJNKgGA/q5aoQ5Nc6WGBarZOCnhhH80YdRmQO962b+y2XKU+b1RhR7Ex9hqj6IdOsYV2RxMydfomsHLVIQu5DwJXvdMRcjxadowvYts7McFMVujlCcsPiwCVaqf0k1Cn2A78h/72R6XB+q1Bs2JYerQDO+1jE1qmV+1fC4c4CJmiYgsYbN0nKt3z0BiLqc9nXT6V8dxzR1PGtx2tZOC6eYVAfT1j7R9kLVaRWQq0SZF1qnDaNZ7NBA==";

fn answer(status: u16, body: &[u8], headers: &[(&'static str, &[u8])]) -> Response<Vec<u8>> {
    let mut response = Response::new(body.to_vec());
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    for (name, value) in headers {
        let name = HeaderName::from_static(name);
        let value = HeaderValue::from_bytes(value).expect("a value");
        response.headers_mut().append(name, value);
    }
    response
}

/// Verifies an answer with these values of `Demo-Timestamp`, `Demo-Nonce`, `Demo-Serial` and `Demo-Signature`.
fn verified(
    (status, body): (u16, &[u8]),
    [time, nonce, serial, signature]: [&[u8]; 4],
    now: u64,
) -> Result<(), AnswerErrorKind> {
    let headers = [
        ("demo-type", b"DEMO-RSA".as_slice()),
        ("demo-timestamp", time),
        ("demo-nonce", nonce),
        ("demo-serial", serial),
        ("demo-signature", signature),
    ];
    let response = answer(status, body, &headers);
    let found = envelope().verify(&BY_HTTP_STATUS, b"{}", &response, at(now * 1000));
    match found {
        Ok(answer) => {
            assert_eq!(answer.time(), Some(at(1_795_435_201_000)));
            Ok(())
        }
        Err(error) => {
            assert!(!error.is_verified());
            Err(error.kind().clone())
        }
    }
}

const GOOD: [&[u8]; 4] = [
    TIME.as_bytes(),
    NONCE.as_bytes(),
    SERIAL.as_bytes(),
    SIGNATURE.as_bytes(),
];
const NOW: u64 = 1_795_435_300;

fn unverified(why: Unverified) -> Result<(), AnswerErrorKind> {
    Err(AnswerErrorKind::Unverified(why))
}

#[test]
fn a_signed_answer_counts() {
    assert_eq!(verified((200, BODY), GOOD, NOW), Ok(()));
    let [time, nonce, serial, _] = GOOD;
    let empty = [time, nonce, serial, EMPTY.as_bytes()];
    assert_eq!(verified((204, b""), empty, NOW), Ok(()));
    let wrong = unverified(Unverified::WrongSignature);
    assert_eq!(verified((204, b""), GOOD, NOW), wrong);
    assert_eq!(verified((200, BODY), empty, NOW), wrong);
}

#[test]
fn an_unsigned_answer_decides_nothing() {
    let unsigned = answer(200, BODY, &[]);
    let error = envelope().verify(&BY_HTTP_STATUS, b"{}", &unsigned, at(NOW * 1000));
    let error = error.expect_err("nothing proves it");
    assert_eq!(
        error.kind(),
        &AnswerErrorKind::Unverified(Unverified::Unsigned)
    );
    let refused = answer(401, br#"{"code":"SIGN_ERROR"}"#, &[]);
    let error = envelope().verify(&BY_HTTP_STATUS, b"{}", &refused, at(NOW * 1000));
    let error = error.expect_err("nothing proves it");
    assert_eq!(error.kind(), &AnswerErrorKind::UnsignedRefusal);
    assert!(!error.is_verified());
}

#[test]
fn an_old_answer_decides_nothing() {
    for (now, is_recent) in [
        (1_795_434_900, false),
        (1_795_434_901, true),
        (1_795_435_501, true),
        (1_795_435_502, false),
    ] {
        let found = verified((200, BODY), GOOD, now);
        let is_old = matches!(
            found,
            Err(AnswerErrorKind::Unverified(Unverified::Clock { .. }))
        );
        assert!(found.is_ok() == is_recent && is_old != is_recent, "{now}");
    }
}

#[test]
fn the_serial_chooses_among_the_keys() {
    let [time, nonce, _, signature] = GOOD;
    let of = |serial: &'static str| [time, nonce, serial.as_bytes(), signature];
    let unknown = |serial: &str| unverified(Unverified::UnknownKeyVersion(Some(serial.into())));
    assert_eq!(verified((200, BODY), of("OTHER"), NOW), unknown("OTHER"));
    let missing = [time, nonce, b"".as_slice(), signature];
    let lacks = unverified(Unverified::Missing("Demo-Serial"));
    assert_eq!(verified((200, BODY), missing, NOW), lacks);
    let response = answer(
        200,
        BODY,
        &[
            ("demo-type", b"DEMO-RSA"),
            ("demo-timestamp", time),
            ("demo-nonce", nonce),
            ("demo-serial", SERIAL.as_bytes()),
            ("demo-serial", SERIAL.as_bytes()),
            ("demo-signature", signature),
        ],
    );
    let error = envelope().verify(&BY_HTTP_STATUS, b"{}", &response, at(NOW * 1000));
    let twice = AnswerErrorKind::Unverified(Unverified::Twice("Demo-Serial"));
    assert_eq!(error.expect_err("two serials").kind(), &twice);
}

#[test]
fn another_algorithm_decides_nothing() {
    let [time, nonce, serial, signature] = GOOD;
    let sent = |headers: &[(&'static str, &[u8])]| {
        let headers = [
            headers,
            &[
                ("demo-timestamp", time),
                ("demo-nonce", nonce),
                ("demo-serial", serial),
                ("demo-signature", signature),
            ],
        ]
        .concat();
        let response = answer(200, BODY, &headers);
        let found = envelope().verify(&BY_HTTP_STATUS, b"{}", &response, at(NOW * 1000));
        found.err().map(|error| error.kind().clone())
    };
    let why = |why| Some(AnswerErrorKind::Unverified(why));
    assert_eq!(sent(&[("demo-type", b"DEMO-RSA")]), None);
    let other = why(Unverified::OtherValue("Demo-Type"));
    assert_eq!(sent(&[("demo-type", b"OTHER-RSA")]), other);
    assert_eq!(sent(&[]), why(Unverified::Missing("Demo-Type")));
}

fn flipped(text: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..text.len() * 8).map(|bit| {
        let mut other = text.to_vec();
        other[bit / 8] ^= 1 << (bit % 8);
        other
    })
}

/// Each bit of the body, the time, the nonce, the serial and the decoded signature counts.
#[test]
fn every_single_flip_fails() {
    let mut tried = 0;
    for body in flipped(BODY) {
        assert!(verified((200, &body), GOOD, NOW).is_err());
        tried += 1;
    }
    for (index, good) in GOOD.into_iter().enumerate() {
        let values = match index {
            3 => flipped(&base64_of(SIGNATURE))
                .map(|bytes| base64_from(&bytes).into_bytes())
                .collect::<Vec<_>>(),
            _ => flipped(good).collect(),
        };
        for value in values {
            if HeaderValue::from_bytes(&value).is_ok() {
                let mut sent = GOOD;
                sent[index] = &value;
                assert!(verified((200, BODY), sent, NOW).is_err(), "{value:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 2500, "{tried}");
}

#[test]
fn a_notification_has_the_proof_of_an_answer() {
    let verifier = ProofVerifier::new(RESPONSE, &given()).expect("a verifier");
    let headers = answer(
        200,
        BODY,
        &[
            ("demo-type", b"DEMO-RSA".as_slice()),
            ("demo-timestamp", TIME.as_bytes()),
            ("demo-nonce", NONCE.as_bytes()),
            ("demo-serial", SERIAL.as_bytes()),
            ("demo-signature", SIGNATURE.as_bytes()),
        ],
    );
    let message = Provable {
        method: "POST",
        target: "/notify",
        body: BODY,
    };
    let found = verifier.verify(message, headers.headers(), at(NOW * 1000));
    assert_eq!(found, Ok(Some(at(1_795_435_201_000))));
}

/// The other side reads what this side writes: a list in any order, with spaces and other keys.
#[test]
fn a_list_with_a_scheme_is_read_back() {
    let signer = ProofSigner::new(REQUEST, &given()).expect("a signer");
    let message = Provable {
        method: "GET",
        target: "/v3/orders?id=1",
        body: b"",
    };
    let headers = signer.headers(message, at(NOW * 1000)).expect("headers");
    let providers = Given {
        providers: VerifyingKeys::new("SERIAL-1", verifying_key()),
        ..given()
    };
    let recipe = MessageProof {
        key: "providers_keys",
        ..REQUEST
    };
    let verifier = ProofVerifier::new(recipe, &providers).expect("a verifier");
    let verify = |value: &str| {
        let value = HeaderValue::from_str(value).expect("a value");
        let headers = HeaderMap::from_iter([(HeaderName::from_static("authorization"), value)]);
        verifier.verify(message, &headers, at(NOW * 1000)).is_ok()
    };
    let good = headers["authorization"].to_str().expect("a text");
    let (scheme, list) = good.split_once(' ').expect("a scheme");
    let mut pairs: Vec<&str> = list.split(',').collect();
    pairs.reverse();
    assert!(verify(good));
    assert!(verify(&format!("demo-rsa {}", pairs.join(" , "))));
    assert!(verify(&format!("{scheme} other=\"a,b\",{list},x")));
    for bad in [
        list.to_owned(),
        format!("OTHER-RSA {list}"),
        good.replace('"', ""),
        good.replace("nonce_str", "nonce"),
        format!("{good},{}", pairs.join(",")),
        format!("{scheme} other=\"{list}"),
    ] {
        assert!(!verify(&bad), "{bad}");
    }
}

#[test]
fn a_key_that_does_not_fit_is_an_error_that_does_not_show_it() {
    let problem = |recipe: MessageProof<'static>, given: &Given| {
        let error = ProofSigner::new(recipe, given).expect_err("it does not fit");
        assert!(!error.to_string().contains("BEGIN"), "{error}");
        (error.name().to_owned(), error.problem())
    };
    let key = |id: &str| Given {
        own: Some(PrivateKey::new(id, signing_key())),
        ..given()
    };
    let own = |problem| ("own_key".to_owned(), problem);
    assert_eq!(problem(REQUEST, &key("")), own(CredentialProblem::NoKeyId));
    assert_eq!(problem(REQUEST, &key("a,b")), own(CredentialProblem::KeyId));
    let missing = Given {
        own: None,
        ..given()
    };
    assert_eq!(problem(REQUEST, &missing), own(CredentialProblem::Missing));
    let larger = MessageProof {
        key_bits: Some(4096),
        ..REQUEST
    };
    let bits = CredentialProblem::KeyBits {
        expected: 4096,
        bits: 2048,
    };
    assert_eq!(problem(larger, &given()), own(bits));
    let text = MessageProof {
        key: "shop",
        ..REQUEST
    };
    let other = ("shop".to_owned(), CredentialProblem::OtherKind);
    assert_eq!(problem(text, &given()), other);
    let spaced = Given {
        shop: "a b",
        ..given()
    };
    let character = ("shop".to_owned(), CredentialProblem::Character);
    assert_eq!(problem(REQUEST, &spaced), character);
    let shown = format!("{:?} {:?}", given().own, envelope());
    assert!(
        shown.contains("SERIAL-1") && !shown.contains("BEGIN"),
        "{shown}"
    );
}

/// A key in a key service that does not answer.
struct Unreachable;

impl Signer for Unreachable {
    fn sign(&self, _: &[u8]) -> Result<Vec<u8>, CannotSign> {
        Err(CannotSign::new("the key service does not answer"))
    }
}

#[test]
fn a_key_that_is_kept_elsewhere_may_fail() {
    let given = Given {
        own: Some(PrivateKey::kept_elsewhere("SERIAL-1", Unreachable)),
        ..given()
    };
    let envelope = Envelope::from_credentials(&RECIPE, "https://api.example.com", &given);
    let signed = envelope.expect("it fits").sign(&PAY, b"{}", at(NOW * 1000));
    let error = signed.expect_err("nothing is signed");
    assert!(matches!(error, SignError::CannotSign(_)), "{error}");
}
