//! A proof with an identifier in the signed content and its parts in one list, against signatures that other SDKs made.

use http::{HeaderMap, HeaderValue};
use payspec_runtime::{ProofAlgorithm, TextEncoding, TimeForm};

use super::*;

const fn of_list(param: &'static str) -> ProofPlace<'static> {
    let list = ProofList {
        param,
        scheme: None,
        quoted: false,
        ignore_case: true,
    };
    ProofPlace {
        header: "Signature",
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

const PROOF: MessageProof<'static> = MessageProof {
    algorithm: ProofAlgorithm::RsaPkcs1V15Sha256,
    key: "key",
    key_encoding: None,
    key_bits: Some(2048),
    content: &[
        Part::Method,
        Part::Text(" "),
        Part::Uri,
        Part::Text("\n"),
        Part::Credential("client_id"),
        Part::Text("."),
        Part::Time,
        Part::Text("."),
        Part::Body,
    ],
    encoding: TextEncoding::Base64,
    percent_encoded: true,
    signature: of_list("signature"),
    time: Some(ProofTime {
        place: alone("Request-Time"),
        form: TimeForm::EpochMillis,
        accepts: &[TimeForm::Iso8601],
        tolerance_s: None,
    }),
    nonce: None,
    key_id: Some(ProofKeyId {
        place: of_list("keyVersion"),
        optional: true,
    }),
    credentials: &[("client_id", alone("Client-Id"))],
    fixed: &[("RSA256", of_list("algorithm"))],
};

#[derive(Clone)]
enum Key {
    Private(PrivateKey),
    Public(VerifyingKeys),
    Text(Secret),
}

struct Given {
    client_id: Option<String>,
    key: Key,
}

impl Credentials for Given {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        match name {
            "client_id" => self.client_id.as_deref().map(CredentialValue::Id),
            "key" => Some(match &self.key {
                Key::Private(key) => CredentialValue::PrivateKey(key),
                Key::Public(keys) => CredentialValue::PublicKeys(keys),
                Key::Text(secret) => CredentialValue::Secret(secret),
            }),
            _ => None,
        }
    }
}

fn given(client_id: &str, key: Key) -> Given {
    Given {
        client_id: Some(client_id.to_owned()),
        key,
    }
}

fn public() -> Key {
    Key::Public(VerifyingKeys::new("1", verifying_key()))
}

fn verifier(client_id: &str, key: Key) -> ProofVerifier<'static> {
    ProofVerifier::new(PROOF, &given(client_id, key)).expect("a verifier")
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs.iter();
    let pairs = pairs.map(|(name, value)| {
        let value = HeaderValue::from_str(value).expect("a value");
        (http::HeaderName::from_static(name), value)
    });
    pairs.collect()
}

fn of<'v>(vector: &'v Json, body: &'v [u8]) -> Provable<'v> {
    Provable {
        method: text(vector, "method"),
        target: text(vector, "path"),
        body,
    }
}

fn verified(vector: &Json, signature: &str) -> Result<(), Unproved<'static>> {
    let client_id = text(vector, "client_id");
    let headers = headers(&[
        ("signature", signature),
        ("request-time", text(vector, "time")),
        ("client-id", client_id),
    ]);
    let message = of(vector, text(vector, "body").as_bytes());
    let verified = verifier(client_id, public()).verify(message, &headers, at(0));
    verified.map(drop)
}

/// One with the time of the gateway's form, which a signer of this proof writes.
fn in_millis() -> Json {
    let fixture = fixture();
    let vectors = fixture["vectors"].as_array().expect("a list");
    let mut vectors = vectors.iter();
    let found = vectors.find(|one| text(one, "time") == "1795435200000");
    found.expect("one in milliseconds").clone()
}

#[test]
fn signatures_of_other_sdks_verify() {
    let fixture = fixture();
    for vector in fixture["vectors"].as_array().expect("a list") {
        let found = verified(vector, text(vector, "header"));
        assert_eq!(found, Ok(()), "{}", text(vector, "name"));
    }
}

#[test]
fn signatures_that_other_sdks_refuse_are_refused() {
    let fixture = fixture();
    for vector in fixture["negative"].as_array().expect("a list") {
        let name = text(vector, "name");
        let signature = text(vector, "signature");
        let signature = format!("algorithm=RSA256,keyVersion=1,signature={signature}");
        // Hex digits mean the same in either letter case, so these are the very bytes that verify.
        let same_bytes = name.contains("lower-case hex");
        assert_eq!(verified(vector, &signature).is_ok(), same_bytes, "{name}");
    }
}

#[test]
fn a_message_is_signed_as_other_sdks_sign_it() {
    let vector = in_millis();
    let body = text(&vector, "body").as_bytes();
    let client_id = text(&vector, "client_id");
    let now = at(1_795_435_200_000);
    let own = |key: PrivateKey| {
        let signer = ProofSigner::new(PROOF, &given(client_id, Key::Private(key)));
        let headers = signer.expect("a signer").headers(of(&vector, body), now);
        let headers = headers.expect("it signs");
        headers["signature"].to_str().expect("a text").to_owned()
    };
    let with_id = own(PrivateKey::new("1", signing_key()));
    assert_eq!(with_id, text(&vector, "header"));
    // A key without an id is the only one.
    let without = own(PrivateKey::new("", signing_key()));
    assert_eq!(without, with_id.replace("keyVersion=1,", ""));
    assert_eq!(verified(&vector, &without), Ok(()));
    let elsewhere = own(PrivateKey::kept_elsewhere("1", signing_key()));
    assert_eq!(elsewhere, with_id);
}

#[test]
fn an_absent_id_means_the_only_key() {
    let vector = in_millis();
    let client_id = text(&vector, "client_id");
    let body = text(&vector, "body").as_bytes();
    let verify = |keys: VerifyingKeys, signature: &str| {
        let headers = headers(&[("signature", signature), ("request-time", "1795435200000")]);
        let verifier = verifier(client_id, Key::Public(keys));
        verifier
            .verify(of(&vector, body), &headers, at(0))
            .map(drop)
    };
    let named = text(&vector, "header");
    let unnamed = named.replace("keyVersion=1,", "");
    let one = || VerifyingKeys::new("1", verifying_key());
    let two = || one().with("2", verifying_key());
    assert_eq!(verify(one(), &unnamed), Ok(()));
    assert_eq!(verify(two(), named), Ok(()));
    let unknown = |id: Option<&str>| {
        let id = id.map(str::to_owned);
        Err(Unproved::Message(Unverified::UnknownKeyVersion(id)))
    };
    assert_eq!(verify(two(), &unnamed), unknown(None));
    let third = named.replace("keyVersion=1", "keyVersion=3");
    assert_eq!(verify(two(), &third), unknown(Some("3")));
    // A verifier of the program's own decides itself: a single key verifies whatever the id.
    let own = || VerifyingKeys::kept_elsewhere(verifying_key());
    assert_eq!(verify(own(), &third), Ok(()));
    assert_eq!(verify(own(), &unnamed), Ok(()));
}

#[test]
fn a_list_is_read_with_any_letter_case_and_each_part_once() {
    let vector = in_millis();
    let named = text(&vector, "header");
    for good in [
        named.replace(',', " , "),
        named.replace("keyVersion", "KEYVERSION"),
        named.replace("RSA256", "rsa256"),
        format!("more=x,{named}"),
    ] {
        assert_eq!(verified(&vector, &good), Ok(()), "{good}");
    }
    let unread = |name, problem| Err(Unproved::Header(Unread { name, problem }));
    let message = |why| Err(Unproved::Message(why));
    for (bad, why) in [
        ("x".to_owned(), unread("signature", HeaderProblem::NoParam)),
        (
            format!("{named},signature=AQIE"),
            unread("signature", HeaderProblem::ParamTwice),
        ),
        (
            format!("{named},keyversion=1"),
            unread("keyVersion", HeaderProblem::ParamTwice),
        ),
        (
            named.replace("RSA256", "none"),
            unread("algorithm", HeaderProblem::OtherParam),
        ),
        (
            named.replace("algorithm=RSA256,", ""),
            unread("algorithm", HeaderProblem::NoParam),
        ),
        (
            named.replace("%2B", "+").replace("%3D", "="),
            message(Unverified::NotPercentEncoded),
        ),
        (
            "algorithm=RSA256,signature=A%".to_owned(),
            message(Unverified::NotEncoded(TextEncoding::Base64)),
        ),
    ] {
        assert_eq!(verified(&vector, &bad), why, "{bad}");
    }
}

#[test]
fn the_signed_identifier_is_the_own_one() {
    let vector = in_millis();
    let (client_id, body) = (text(&vector, "client_id"), text(&vector, "body"));
    let message = of(&vector, body.as_bytes());
    let signed = [
        ("signature", text(&vector, "header")),
        ("request-time", "1795435200000"),
    ];
    let verify = |own: &str, more: &[(&'static str, &str)]| {
        let headers = headers(&[signed.as_slice(), more].concat());
        let verified = verifier(own, public()).verify(message, &headers, at(0));
        verified.map(drop)
    };
    // The signed content names it, so its header may be absent.
    assert_eq!(verify(client_id, &[]), Ok(()));
    let other = Err(Unproved::OtherCredential("client_id"));
    assert_eq!(verify(client_id, &[("client-id", "X")]), other);
    let twice = HeaderProblem::Twice;
    let twice = Unread {
        name: "Client-Id",
        problem: twice,
    };
    let both = [("client-id", client_id), ("client-id", client_id)];
    assert_eq!(verify(client_id, &both), Err(Unproved::Header(twice)));
    let wrong = Err(Unproved::Message(Unverified::WrongSignature));
    assert_eq!(verify("X", &[]), wrong);
}

#[test]
fn an_identifier_that_cannot_be_signed_is_an_error() {
    let problem = |given: &Given| ProofVerifier::new(PROOF, given).map(drop);
    let missing = Given {
        client_id: None,
        key: public(),
    };
    let error = problem(&missing).expect_err("nothing to sign");
    assert_eq!(
        (error.name(), error.problem()),
        ("client_id", CredentialProblem::Missing)
    );
    let error = problem(&given("", public())).expect_err("nothing to sign");
    assert_eq!(error.problem(), CredentialProblem::Empty);
    // A secret in the signed content would be shown with it.
    static SHOWN: MessageProof<'static> = MessageProof {
        content: &[Part::Credential("key"), Part::Body],
        credentials: &[],
        ..PROOF
    };
    let secret = given("X", Key::Text("canary".into()));
    let error = ProofSigner::new(SHOWN, &secret).map(drop);
    let error = error.expect_err("a secret").to_string();
    assert!(!error.contains("canary"), "{error}");
}

/// Each bit of the body, the time, the client id, and each of the decoded signature counts.
#[test]
fn every_single_flip_fails() {
    let vector = in_millis();
    let (client_id, body) = (text(&vector, "client_id"), text(&vector, "body"));
    let right = verifier(client_id, public());
    let headers =
        |time: &str, signature: &str| headers(&[("signature", signature), ("request-time", time)]);
    let (time, signature) = (text(&vector, "time"), text(&vector, "header"));
    let good = headers(time, signature);
    let verify = |verifier: &ProofVerifier<'static>, body: &[u8], headers: &HeaderMap| {
        verifier.verify(of(&vector, body), headers, at(0)).map(drop)
    };
    assert_eq!(verify(&right, body.as_bytes(), &good), Ok(()));
    let flipped = |text: &[u8]| -> Vec<Vec<u8>> {
        let bits = (0..text.len() * 8).map(|bit| {
            let mut other = text.to_vec();
            other[bit / 8] ^= 1 << (bit % 8);
            other
        });
        bits.collect()
    };
    let wrong = Err(Unproved::Message(Unverified::WrongSignature));
    for other in flipped(body.as_bytes()) {
        assert_eq!(verify(&right, &other, &good), wrong);
    }
    for other in flipped(client_id.as_bytes()) {
        if let Ok(other) = String::from_utf8(other) {
            let other = verifier(&other, public());
            assert_eq!(verify(&other, body.as_bytes(), &good), wrong);
        }
    }
    for other in flipped(time.as_bytes()) {
        let Ok(other) = String::from_utf8(other) else {
            continue;
        };
        if HeaderValue::from_str(&other).is_ok() {
            let sent = headers(&other, signature);
            assert!(verify(&right, body.as_bytes(), &sent).is_err(), "{other}");
        }
    }
    let parsed = SignatureHeader::parse(signature, &RECIPE.keys).expect("a signature");
    for other in flipped(&parsed.signature) {
        let other = SignatureHeader {
            signature: other,
            ..parsed.clone()
        };
        let sent = headers(time, &other.to_text(&RECIPE.keys));
        assert_eq!(verify(&right, body.as_bytes(), &sent), wrong);
    }
}
