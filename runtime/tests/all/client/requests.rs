//! Requests: their headers, and what is refused before it is sent.

use super::*;

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
fn a_request_is_signed() {
    for (client, path) in [
        (CLIENT, "/ams/api/v1/payments/pay"),
        ("SANDBOX_5X", "/ams/sandbox/api/v1/payments/pay"),
    ] {
        let envelope = envelope(client)
            .header("Agent-Token", "token")
            .expect("it fits");
        let body = br#"{"a": "b"}"#;
        let request = envelope
            .sign(&PAY, body, at(1_685_599_933_871))
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
    let request = production.and_then(|envelope| envelope.sign(&PAY, b"", at(0)));
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
        let signed = envelope(CLIENT).sign(&endpoint, b"{}", at(5));
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
    let early = envelope(CLIENT).sign(&PAY, b"", UNIX_EPOCH - Duration::from_secs(1));
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
        let request = envelope.sign(&PAY, b"", at(0)).expect("it signs");
        let header = request.headers()["signature"].to_str().expect("a text");
        let header = SignatureHeader::parse(header, &RECIPE.keys).expect("a signature");
        assert_eq!(header.key_version, expected);
    }
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
