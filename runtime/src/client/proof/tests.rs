//! Vectors: those of RFC 4231, and others that Python's `hmac` made in the scheme of <https://docs.stripe.com/webhooks>.

use super::*;
use crate::client::proof_place::LONGEST;
use crate::client::unverified::Unverified;
use crate::client::{CredentialValue, Credentials, ProofList, ProofVerifier, Secret};
use http::{HeaderMap, HeaderName, HeaderValue};

struct Given(Option<Secret>);

impl Credentials for Given {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        let secret = self.0.as_ref().filter(|_| name == "webhook_secret");
        secret.map(CredentialValue::Secret)
    }
}

/// Verifies messages of which only headers and body count.
struct Receiver(ProofVerifier<'static>);

impl Receiver {
    fn verify(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<(), Unverified> {
        let (method, target) = ("POST", "/");
        let message = Provable {
            method,
            target,
            body,
        };
        self.0.verify(message, headers, now)?;
        Ok(())
    }
}

fn verifier(recipe: MessageProof<'static>, secret: &str) -> Receiver {
    Receiver(ProofVerifier::new(recipe, &Given(Some(secret.into()))).expect("a verifier"))
}

const fn of_list(param: &'static str) -> ProofPlace<'static> {
    ProofPlace {
        header: "Stripe-Signature",
        list: Some(ProofList {
            param,
            scheme: None,
            quoted: false,
            ignore_case: false,
        }),
        prefix: "",
    }
}

const STRIPE: MessageProof<'static> = MessageProof {
    algorithm: ProofAlgorithm::HmacSha256,
    key: "webhook_secret",
    key_encoding: None,
    key_bits: None,
    content: &[Part::Time, Part::Text("."), Part::Body],
    encoding: TextEncoding::Hex,
    percent_encoded: false,
    signature: of_list("v1"),
    time: Some(ProofTime {
        place: of_list("t"),
        form: TimeForm::EpochSeconds,
        accepts: &[],
        tolerance_s: Some(300),
    }),
    nonce: None,
    key_id: None,
    credentials: &[],
    fixed: &[],
};

const SECRET: &str = "whsec_test_secret";
const BODY: &[u8] = br#"{"id":"evt_1","type":"payment_intent.succeeded"}"#;
const TIME: &str = "1700000000";
/// `hmac.new(b"whsec_test_secret", b"1700000000." + BODY, hashlib.sha256).hexdigest()`
const SIGNATURE: &str = "22d8dc182f5c588077683bd378368e29765bfe5df2560112b4f28fef120f0e31";
/// The same with `b"whsec_older"`.
const OLDER: &str = "da5a83cf7fbf384315a86426360ceea9a0f2601191a57b3a56684ef5ae638053";

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn headers<V: AsRef<[u8]>>(values: &[(&'static str, V)]) -> HeaderMap {
    let pairs = values.iter().map(|(name, value)| {
        let value = HeaderValue::from_bytes(value.as_ref()).expect("a value");
        (HeaderName::from_static(name), value)
    });
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(name, value);
    }
    headers
}

fn listed(value: &str) -> Result<(), Unverified> {
    let headers = headers(&[("stripe-signature", value)]);
    verifier(STRIPE, SECRET).verify(&headers, BODY, at(1_700_000_100))
}

#[test]
fn the_vectors_of_the_rfc_verify() {
    let message: &[u8] = b"what do ya want for nothing?";
    let cases = [
        (
            ProofAlgorithm::HmacSha256,
            None,
            ("Jefe", message),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            ProofAlgorithm::HmacSha512,
            None,
            ("Jefe", message),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554\
             9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        ),
        (
            ProofAlgorithm::HmacSha256,
            Some(TextEncoding::Hex),
            ("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", b"Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            ProofAlgorithm::HmacSha256,
            Some(TextEncoding::Base64),
            ("CwsLCwsLCwsLCwsLCwsLCwsLCws=", b"Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
    ];
    for (algorithm, key_encoding, (secret, body), expected) in cases {
        let recipe = MessageProof {
            algorithm,
            key_encoding,
            content: &[Part::Body],
            signature: ProofPlace {
                header: "X-Signature",
                list: None,
                prefix: "mac=",
            },
            time: None,
            ..STRIPE
        };
        let verifier = verifier(recipe, secret);
        let sent = |text: String| headers(&[("x-signature", text)]);
        let right = verifier.verify(&sent(format!("mac={expected}")), body, at(0));
        assert_eq!(right, Ok(()), "{expected}");
        // The beginning of a signature proves less.
        for wrong in [&expected[2..], &expected[..expected.len() - 2]] {
            let found = verifier.verify(&sent(format!("mac={wrong}")), body, at(0));
            assert_eq!(found, Err(Unverified::WrongSignature));
        }
        let unknown = verifier.verify(&sent(format!("other={expected}")), body, at(0));
        assert_eq!(unknown, Err(Unverified::Missing("X-Signature")));
    }
}

#[test]
fn a_list_is_read_in_any_order() {
    for good in [
        format!("t={TIME},v1={SIGNATURE}"),
        format!("v0=00, v1={SIGNATURE} , t={TIME}"),
        format!("t={TIME},v1={OLDER},v1={SIGNATURE}"),
        format!("t={TIME},v1={SIGNATURE},v1=nonsense,x,=,"),
        format!("t={TIME},v1={}", SIGNATURE.to_uppercase()),
    ] {
        assert_eq!(listed(&good), Ok(()), "{good}");
    }
    let bad = [
        (format!("t={TIME},v1={OLDER}"), Unverified::WrongSignature),
        (format!("t={TIME},v1=zz"), Unverified::WrongSignature),
        (
            format!("t=+{TIME},v1={SIGNATURE}"),
            Unverified::WrongSignature,
        ),
        (
            format!("t=0{TIME},v1={SIGNATURE}"),
            Unverified::WrongSignature,
        ),
        (
            format!("t={TIME},v0={SIGNATURE}"),
            Unverified::NoParam("v1"),
        ),
        (format!("t={TIME},v1="), Unverified::NoParam("v1")),
        (
            format!("t={TIME},V1={SIGNATURE}"),
            Unverified::NoParam("v1"),
        ),
        (format!("v1={SIGNATURE}"), Unverified::NoParam("t")),
        (format!("t=,v1={SIGNATURE}"), Unverified::NoParam("t")),
        (
            format!("t={TIME},t=1,v1={SIGNATURE}"),
            Unverified::ParamTwice("t"),
        ),
        (String::new(), Unverified::NoParam("v1")),
        (
            format!("t={TIME},v1={SIGNATURE},{}", "x".repeat(LONGEST)),
            Unverified::TooLong("Stripe-Signature"),
        ),
    ];
    for (bad, why) in bad {
        assert_eq!(listed(&bad), Err(why), "{bad}");
    }
}

#[test]
fn the_header_is_there_once_and_a_text() {
    let name = "stripe-signature";
    let verifier = verifier(STRIPE, SECRET);
    let good = format!("t={TIME},v1={SIGNATURE}");
    let verify = |headers: &HeaderMap| verifier.verify(headers, BODY, at(1_700_000_000));
    assert_eq!(verify(&headers(&[(name, &good)])), Ok(()));
    let missing = Err(Unverified::Missing("Stripe-Signature"));
    assert_eq!(verify(&HeaderMap::new()), missing);
    let twice = headers(&[(name, &good), (name, &good)]);
    assert_eq!(verify(&twice), Err(Unverified::Twice("Stripe-Signature")));
    let bytes = headers(&[(name, b"\xff")]);
    assert_eq!(verify(&bytes), Err(Unverified::NotText("Stripe-Signature")));
}

#[test]
fn an_old_or_early_time_fails() {
    let verifier = verifier(STRIPE, SECRET);
    let headers = headers(&[("stripe-signature", format!("t={TIME},v1={SIGNATURE}"))]);
    for (now, is_recent) in [
        (1_699_999_699, false),
        (1_699_999_700, true),
        (1_700_000_300, true),
        (1_700_000_301, false),
        (1_800_000_000, false),
        (0, false),
    ] {
        let found = verifier.verify(&headers, BODY, at(now));
        match is_recent {
            true => assert_eq!(found, Ok(()), "{now}"),
            false => assert!(matches!(found, Err(Unverified::Clock { .. })), "{now}"),
        }
    }
}

/// Each bit of the body, the time, the decoded signature and the secret counts.
#[test]
fn every_single_flip_fails() {
    let flipped = |text: &[u8]| -> Vec<Vec<u8>> {
        let bits = (0..text.len() * 8).map(|bit| {
            let mut other = text.to_vec();
            other[bit / 8] ^= 1 << (bit % 8);
            other
        });
        bits.collect()
    };
    let wrong = Err(Unverified::WrongSignature);
    let right = verifier(STRIPE, SECRET);
    let now = at(1_700_000_000);
    let good = headers(&[("stripe-signature", format!("t={TIME},v1={SIGNATURE}"))]);
    for body in flipped(BODY) {
        assert_eq!(right.verify(&good, &body, now), wrong);
    }
    let mut tried = 0;
    for time in flipped(TIME.as_bytes()) {
        let value = [b"t=", time.as_slice(), b",v1=", SIGNATURE.as_bytes()].concat();
        if let Ok(value) = HeaderValue::from_bytes(&value) {
            let headers =
                HeaderMap::from_iter([(HeaderName::from_static("stripe-signature"), value)]);
            assert!(right.verify(&headers, BODY, now).is_err(), "{time:?}");
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
    let signature = decoded(TextEncoding::Hex, SIGNATURE).expect("hexadecimal digits");
    for other in flipped(&signature) {
        let text: String = other.iter().map(|byte| format!("{byte:02x}")).collect();
        let value = format!("t={TIME},v1={text}");
        let headers = headers(&[("stripe-signature", value)]);
        assert_eq!(right.verify(&headers, BODY, now), wrong);
    }
    for secret in flipped(SECRET.as_bytes()) {
        if let Ok(secret) = String::from_utf8(secret) {
            assert_eq!(verifier(STRIPE, &secret).verify(&good, BODY, now), wrong);
        }
    }
}

#[test]
fn separate_headers_base64_and_sha512_verify() {
    let recipe = MessageProof {
        algorithm: ProofAlgorithm::HmacSha512,
        key_encoding: Some(TextEncoding::Hex),
        content: &[Part::Time, Part::Body],
        encoding: TextEncoding::Base64,
        signature: ProofPlace {
            header: "X-Signature",
            list: None,
            prefix: "",
        },
        time: Some(ProofTime {
            place: ProofPlace {
                header: "X-Timestamp",
                list: None,
                prefix: "",
            },
            form: TimeForm::EpochMillis,
            accepts: &[],
            tolerance_s: Some(1),
        }),
        ..STRIPE
    };
    let verifier = verifier(recipe, &"00ff10".repeat(8));
    // base64.b64encode(hmac.new(bytes.fromhex("00ff10" * 8), b"1700000000000" + BODY, hashlib.sha512).digest())
    let signature =
        "fEC8aSlVHxHNvbZWBhh2NE+bVjU6/VELs6wOKJjXLWIkZeh/uYQ5shPPJBcnOqQ0zLJFia+l4RBVld0A+zkmCg==";
    let sent = |time: &str| headers(&[("x-signature", signature), ("x-timestamp", time)]);
    let verify = |time: &str| verifier.verify(&sent(time), BODY, at(1_700_000_000));
    assert_eq!(verify("1700000000000"), Ok(()));
    assert_eq!(verify("1700000000001"), Err(Unverified::WrongSignature));
    let without = headers(&[("x-signature", signature)]);
    let missing = verifier.verify(&without, BODY, at(1_700_000_000));
    assert_eq!(missing, Err(Unverified::Missing("X-Timestamp")));
}

#[test]
fn a_time_is_read_in_its_form_alone() {
    let seconds = Some(at(1_700_000_000));
    assert_eq!(read(TimeForm::EpochSeconds, TIME), seconds);
    assert_eq!(read(TimeForm::EpochMillis, "1700000000000"), seconds);
    assert_eq!(read(TimeForm::Iso8601, "2023-11-14T22:13:20Z"), seconds);
    assert_eq!(read(TimeForm::Iso8601, TIME), None);
    assert_eq!(read(TimeForm::EpochSeconds, "2023-11-14T22:13:20Z"), None);
    assert_eq!(read(TimeForm::EpochSeconds, "+1"), None);
    assert_eq!(read(TimeForm::EpochSeconds, ""), None);
    assert_eq!(read(TimeForm::EpochSeconds, &u64::MAX.to_string()), None);
}

#[test]
fn a_secret_that_cannot_be_used_is_an_error_that_does_not_show_it() {
    let in_hex = MessageProof {
        key_encoding: Some(TextEncoding::Hex),
        ..STRIPE
    };
    for (recipe, secret, problem) in [
        (STRIPE, "", CredentialProblem::Empty),
        (in_hex, "", CredentialProblem::Empty),
        (in_hex, "canary", CredentialProblem::Encoding),
        (in_hex, "abc", CredentialProblem::Encoding),
    ] {
        let error = ProofVerifier::new(recipe, &Given(Some(secret.into()))).expect_err(secret);
        assert_eq!(error.problem(), problem, "{secret}");
        assert!(!error.to_string().contains("canary"));
    }
    let verifier = Receiver(ProofVerifier::new(STRIPE, &Given(None)).expect("nothing is received"));
    let headers = headers(&[("stripe-signature", format!("t={TIME},v1={SIGNATURE}"))]);
    let found = verifier.verify(&headers, BODY, at(1_700_000_000));
    assert_eq!(found, Err(Unverified::NoKey("webhook_secret")));
    let shown = format!("{:?}", self::verifier(STRIPE, "canary").0);
    assert!(
        !shown.contains("canary") && shown.contains("Stripe-Signature"),
        "{shown}"
    );
}
