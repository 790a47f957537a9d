//! Vectors: test cases 13 to 16 of the GCM specification (McGrew and Viega, revised 2005), which NIST published with the
//! proposal of the mode.

use super::*;
use crate::client::Secret;

struct Given(Option<Secret>);

impl Credentials for Given {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        let secret = self.0.as_ref().filter(|_| name == "apiv3_key");
        secret.map(CredentialValue::Secret)
    }
}

const RECIPE: Encryption<'static> = Encryption {
    algorithm: AeadAlgorithm::Aes256Gcm,
    key: "apiv3_key",
    key_encoding: None,
    ciphertext: "ciphertext",
    nonce: "nonce",
    associated_data: Some("associated_data"),
    fixed: &[("algorithm", "AEAD_AES_256_GCM")],
};

const KEY: &str = "an-invented-key-of-32-characters";

fn key(recipe: Encryption<'static>, text: &str) -> EncryptionKey<'static> {
    let key = EncryptionKey::new(recipe, &Given(Some(text.into())));
    key.expect("it fits").expect("it is given")
}

fn bytes(hex: &str) -> Vec<u8> {
    decoded(TextEncoding::Hex, hex).expect("hex").to_vec()
}

#[test]
fn the_published_vectors_hold_both_ways_and_no_bit_of_them_can_be_changed() {
    let zeros = "00".repeat(32);
    let long = "feffe9928665731c6d6a8f9467308308".repeat(2);
    let plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255";
    let cipher = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";
    let data = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
    let vectors = [
        (
            &zeros,
            "00".repeat(12),
            "",
            "",
            "",
            "530f8afbc74536b9a963b4f1c4cb738b",
        ),
        (
            &zeros,
            "00".repeat(12),
            "00000000000000000000000000000000",
            "",
            "cea7403d4d606b6e074ec5d3baf39d18",
            "d0d1c8a799996bf0265b98b5d48ab919",
        ),
        (
            &long,
            "cafebabefacedbaddecaf888".to_owned(),
            plain,
            "",
            cipher,
            "b094dac5d93471bdec1a502270e3cc6c",
        ),
        (
            &long,
            "cafebabefacedbaddecaf888".to_owned(),
            &plain[..120],
            data,
            &cipher[..120],
            "76fc6ece0f4e1768cddf8853bb2d551b",
        ),
    ];
    let recipe = Encryption {
        key_encoding: Some(TextEncoding::Hex),
        ..RECIPE
    };
    for (text, nonce, plain, data, cipher, tag) in vectors {
        let key = |text: &str| key(recipe, text).key;
        let (plain, whole, data) = (bytes(plain), bytes(&format!("{cipher}{tag}")), bytes(data));
        let nonce = bytes(&nonce);
        let once = |nonce: &[u8]| nonce_of(nonce).expect("a nonce");
        assert_eq!(
            sealed(&key(text), once(&nonce), &data, &plain),
            Ok(whole.clone())
        );
        let open = |text: &str, nonce: &[u8], data: &[u8], sealed: &[u8]| {
            opened(&key(text), once(nonce), data, sealed.to_vec())
        };
        assert_eq!(open(text, &nonce, &data, &whole), Ok(plain));
        let changed = |bytes: &[u8]| {
            let bits = 0..bytes.len() * 8;
            let all = bits.map(|bit| {
                let mut changed = bytes.to_vec();
                changed[bit / 8] ^= 1 << (bit % 8);
                changed
            });
            all.collect::<Vec<_>>()
        };
        let hex =
            |bytes: &[u8]| -> String { bytes.iter().map(|one| format!("{one:02x}")).collect() };
        for other in changed(&bytes(text)) {
            assert_eq!(
                open(&hex(&other), &nonce, &data, &whole),
                Err(NotOpened::Mismatch)
            );
        }
        for other in changed(&nonce) {
            assert_eq!(open(text, &other, &data, &whole), Err(NotOpened::Mismatch));
        }
        for other in changed(&data) {
            assert_eq!(open(text, &nonce, &other, &whole), Err(NotOpened::Mismatch));
        }
        for other in changed(&whole) {
            assert_eq!(open(text, &nonce, &data, &other), Err(NotOpened::Mismatch));
        }
        for length in 0..whole.len() {
            assert_eq!(
                open(text, &nonce, &data, &whole[..length]),
                Err(NotOpened::Mismatch)
            );
        }
    }
}

const PLAIN: &str = r#"{"id":"EV-1","resource": {"amount":{"total":1099},"rate":1.10,"text":"ä\u00e4"} ,"summary":"paid"}"#;

fn wire() -> String {
    let sealed = key(RECIPE, KEY).seal("resource", PLAIN.as_bytes(), "fdasflkja484", "transaction");
    String::from_utf8(sealed.expect("it is sealed")).expect("text")
}

#[test]
fn the_rest_of_a_body_stays_as_it_is() {
    let wire = wire();
    assert!(wire.starts_with(r#"{"id":"EV-1","resource": {"#), "{wire}");
    assert!(wire.ends_with(r#"} ,"summary":"paid"}"#), "{wire}");
    assert!(!wire.contains("1099"), "{wire}");
    let opened = key(RECIPE, KEY).open("resource", wire.as_bytes());
    assert_eq!(opened.as_deref(), Ok(PLAIN.as_bytes()));
}

#[test]
fn each_wrong_part_has_a_typed_error_without_the_plaintext() {
    let wire = wire();
    let with = |from: &str, to: &str| {
        assert!(wire.contains(from), "{from}: {wire}");
        let changed = wire.replacen(from, to, 1);
        let error = key(RECIPE, KEY).open("resource", changed.as_bytes());
        let error = error.expect_err(to);
        assert!(!format!("{error:?} {error}").contains("1099"), "{error:?}");
        error
    };
    let member = |name: &str| NotOpened::Member(name.to_owned());
    assert_eq!(
        with("AEAD_AES_256_GCM", "AEAD_AES_128_GCM"),
        member("algorithm")
    );
    assert_eq!(with(r#""algorithm""#, r#""other""#), member("algorithm"));
    assert_eq!(with("fdasflkja484", "fdasflkja485"), NotOpened::Mismatch);
    assert_eq!(with("fdasflkja484", "fdasflkja48"), member("nonce"));
    assert_eq!(with(r#""fdasflkja484""#, "12"), member("nonce"));
    assert_eq!(with(r#""transaction""#, r#""refund""#), NotOpened::Mismatch);
    assert_eq!(with(r#""transaction""#, "null"), NotOpened::Mismatch);
    assert_eq!(with(r#""transaction""#, "1"), member("associated_data"));
    assert_eq!(
        with(r#""ciphertext":""#, r#""ciphertext":"!"#),
        member("ciphertext")
    );
    assert_eq!(with(r#""associated_data""#, r#""nonce""#), member("nonce"));
    assert_eq!(with(r#""resource""#, r#""other""#), NotOpened::NoObject);
    assert_eq!(
        with(r#""id":"EV-1""#, r#""resource":{}"#),
        NotOpened::NoObject
    );
    let other = key(RECIPE, "an-invented-key-of-32-characterz");
    assert_eq!(
        other.open("resource", wire.as_bytes()),
        Err(NotOpened::Mismatch)
    );
    for body in [
        "",
        "[]",
        "{}",
        r#"{"resource":1}"#,
        r#"{"resource":{}}"#,
        "\u{feff}{}",
    ] {
        key(RECIPE, KEY)
            .open("resource", body.as_bytes())
            .expect_err(body);
    }
}

/// A plaintext cannot end the object around it.
#[test]
fn a_plaintext_that_is_not_an_object_is_refused() {
    let key = key(RECIPE, KEY);
    for plain in ["", "1", "[]", r#"{},"id":{}"#, r#"{"a":1"#, "{}}", "null"] {
        let once = nonce_of(b"fdasflkja484").expect("a nonce");
        let sealed = sealed(&key.key, once, b"", plain.as_bytes()).expect("it is sealed");
        let body = serde_json::json!({ "resource": {
            "algorithm": "AEAD_AES_256_GCM", "nonce": "fdasflkja484", "associated_data": null,
            "ciphertext": STANDARD.encode(sealed),
        }});
        let opened = key.open("resource", body.to_string().as_bytes());
        assert_eq!(opened, Err(NotOpened::Plaintext), "{plain}");
    }
}

#[test]
fn what_cannot_be_sealed_is_refused() {
    let key = key(RECIPE, KEY);
    let seal = |body: &str, nonce: &str| key.seal("resource", body.as_bytes(), nonce, "");
    assert_eq!(
        seal(r#"{"resource":1}"#, "fdasflkja484"),
        Err(NotSealed::NoObject)
    );
    assert_eq!(seal("{}", "fdasflkja484"), Err(NotSealed::NoObject));
    assert_eq!(seal(r#"{"resource":{}}"#, "short"), Err(NotSealed::Nonce));
}

#[test]
fn a_key_of_another_length_is_refused_and_not_shown() {
    for text in ["", "short", "an-invented-key-of-33-characters.", "ä"] {
        let error = EncryptionKey::new(RECIPE, &Given(Some(text.into()))).expect_err(text);
        let (expected, bytes) = (32, text.len());
        assert_eq!(
            error.problem(),
            CredentialProblem::KeyBytes { expected, bytes }
        );
        assert!(
            text.is_empty() || !error.to_string().contains(text),
            "{error}"
        );
    }
    assert!(
        EncryptionKey::new(RECIPE, &Given(None))
            .expect("it fits")
            .is_none()
    );
    assert!(!format!("{:?}", key(RECIPE, KEY)).contains("invented"));
}
