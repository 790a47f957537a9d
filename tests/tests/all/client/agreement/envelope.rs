//! The envelope of a request: its keys, its environment, its headers.

use super::*;

#[test]
fn a_client_id_goes_to_no_environment_of_another() {
    let named = |client_id: &str, environment: &str| {
        let base = "https://open.example".parse().expect("a base");
        let envelope = Envelope::new(&RECIPE, base, client_id, key(), key().public());
        envelope
            .expect("it fits")
            .environment(environment)
            .map(drop)
    };
    let production = CLIENT_ID.trim_start_matches("SANDBOX_");
    assert_eq!(named(CLIENT_ID, "sandbox"), Ok(()));
    assert_eq!(named(production, "production"), Ok(()));
    for (client_id, environment) in [(CLIENT_ID, "production"), (production, "sandbox")] {
        assert_eq!(
            named(client_id, environment),
            Err(SignError::Setting("environment"))
        );
    }
}

#[test]
fn a_key_is_chosen_by_the_version_that_the_signature_names() {
    let keyed = |keys: VerifyingKeys| {
        let base = "https://open.example".parse().expect("a base");
        Envelope::new(&RECIPE, base, CLIENT_ID, key(), keys).expect("it fits")
    };
    // The provider signs by version 2.
    let body = told("S", &asked_amount()).to_string();
    let told = notification(StampForm::DateTime, noon(), body.as_bytes());
    let receive = |keys| {
        let received = keyed(keys).receive::<NotifyPaymentRequest>(&told, noon());
        received.map(drop)
    };
    let public = || key().public();
    let both = VerifyingKeys::new("1", public()).with("2", public());
    assert_eq!(receive(both), Ok(()));
    assert_eq!(receive(VerifyingKeys::new("2", public())), Ok(()));
    let unknown =
        NotificationError::Unverified(Unverified::UnknownKeyVersion(Some("2".to_owned())));
    assert!(unknown.to_string().contains("version `2`"), "{unknown}");
    assert_eq!(receive(VerifyingKeys::new("1", public())), Err(unknown));
}

#[test]
fn headers_of_the_transport_are_refused() {
    for name in [
        "Content-Length",
        "transfer-encoding",
        "HOST",
        "connection",
        "te",
        "upgrade",
        "expect",
        "trailer",
        "content-type",
        "signature",
    ] {
        let set = provider().header(name, "1").map(drop);
        assert_eq!(set, Err(SignError::Setting("header")), "{name}");
    }
    assert!(provider().header("agent-token", "1").is_ok());
}
