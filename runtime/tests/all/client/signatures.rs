//! Keys, and the signatures that they make and verify.

use super::*;

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
fn a_signer_says_why_it_cannot_sign() {
    let error = CannotSign::new("the device is locked").to_string();
    assert_eq!(
        error,
        "the request could not be signed: the device is locked"
    );
}

#[test]
fn several_keys_verify_what_one_of_them_signed_and_nothing_else() {
    let signature = signing_key().sign(b"content").expect("it signs");
    let keys = VerifyingKeys::new("1", verifying_key());
    assert!(keys.verify(b"content", &signature));
    assert!(!keys.verify(b"another content", &signature));
}
