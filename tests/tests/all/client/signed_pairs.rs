//! A generated client whose signature is a list of one header, percent-encoded, over the id of the merchant's program: the
//! mock gateway that verifies it, and keys without an id.

use super::support::FakeClock;
use crate::cases::cases::signed_pairs::demo::RECIPE;
use crate::cases::cases::signed_pairs::demo::client::Credentials;
use crate::cases::cases::signed_pairs::demo::send::{SendOutcome, SendRequest};
use payspec_mock::{Clock as MockClock, MockGateway};
use payspec_runtime::client::http::HeaderMap;
use payspec_runtime::client::{
    Base, Clock as _, Envelope, PrivateKey, ProofSigner, ProofVerifier, Provable, RawClient,
    SigningKey, Ureq, VerifyingKey, VerifyingKeys,
};
use payspec_runtime::{TimeForm, Valid, decode};
use std::path::Path;
use std::time::Duration;

#[test]
fn the_gateway_and_the_client_prove_their_messages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/signed-pairs");
    let model = payspec_model::load(&folder).model.expect("a model");
    let clock = MockClock::standing(FakeClock::new().now());
    let gateway = MockGateway::start_at(model, clock).expect("a gateway");
    let base: Base = gateway.url().parse().expect("a base");
    let envelope = Envelope::with_credentials(&RECIPE, base, gateway.credentials());
    let client = RawClient::new(envelope.expect("they fit"), Ureq::default());
    let client = client.clock(FakeClock::new());
    let order = decode::<SendRequest>(br#"{"order":"order-1","amount":1099}"#);
    let order = Valid::new(order.expect("it decodes")).expect("it is valid");
    let paid = client.call(order).unwrap_or_else(|error| panic!("{error}"));
    assert!(matches!(paid.outcome, SendOutcome::Paid));
}

const MESSAGE: Provable<'_> = Provable {
    method: "POST",
    target: "/v1/payments",
    body: br#"{"order":"order-1"}"#,
};

/// Returns the headers that `shop-1` sends with such a key, and the verifier of a provider that knows this shop.
fn signed(id: &str, known: &str) -> (HeaderMap, ProofVerifier<'static>) {
    let keys = payspec_mock::Keys::make().expect("keys");
    let public = VerifyingKey::from_text(&keys.client.public).expect("a key");
    let credentials = |client_id: &str, own_key| Credentials {
        client_id: client_id.to_owned(),
        own_key,
        provider_keys: VerifyingKeys::new("1", public.clone()),
    };
    let own = PrivateKey::from_text(id, &keys.client.private).expect("a key");
    let proof = RECIPE.request.expect("a proof of requests");
    let signer = ProofSigner::new(proof, &credentials("shop-1", own)).expect("they fit");
    let headers = signer.headers(MESSAGE, FakeClock::new().now());
    // The same recipe, as the provider reads it.
    let mut read = proof;
    read.key = "provider_keys";
    let any = SigningKey::from_text(&keys.client.private).expect("a key");
    let verifier = ProofVerifier::new(read, &credentials(known, PrivateKey::new("1", any)));
    (headers.expect("headers"), verifier.expect("they fit"))
}

fn text(headers: &HeaderMap, name: &str) -> String {
    let value = headers.get(name).expect("the header");
    value.to_str().expect("a text").to_owned()
}

#[test]
fn a_key_without_an_id_is_the_only_one() {
    let now = FakeClock::new().now();
    let (headers, verifier) = signed("", "shop-1");
    let list = text(&headers, "Signature");
    assert!(list.starts_with("algorithm=RSA256,signature="), "{list}");
    assert!(!list.contains('+') && !list.contains('/'), "{list}");
    assert!(verifier.verify(MESSAGE, &headers, now).is_ok());

    let (mut headers, verifier) = signed("1", "shop-1");
    let list = text(&headers, "Signature");
    assert!(list.starts_with("algorithm=RSA256,keyVersion=1,"), "{list}");
    // Letter case does not matter in keys and fixed values, and matters in the signature.
    let other = list.replace("keyVersion", "keyversion");
    let other = other.replace("RSA256", "rsa256");
    headers.insert("Signature", other.parse().expect("a value"));
    assert!(verifier.verify(MESSAGE, &headers, now).is_ok());
    headers.insert("Signature", other.to_lowercase().parse().expect("a value"));
    assert!(verifier.verify(MESSAGE, &headers, now).is_err());
}

#[test]
fn a_change_of_any_signed_part_fails() {
    let now = FakeClock::new().now();
    let (headers, verifier) = signed("1", "shop-1");
    assert!(verifier.verify(MESSAGE, &headers, now).is_ok());
    let other = |message: Provable<'_>| verifier.verify(message, &headers, now).is_err();
    assert!(other(Provable {
        body: br#"{"order":"order-2"}"#,
        ..MESSAGE
    }));
    assert!(other(Provable {
        target: "/v1/refunds",
        ..MESSAGE
    }));
    let mut changed = headers.clone();
    changed.insert("Request-Time", "1795435200001".parse().expect("a value"));
    assert!(verifier.verify(MESSAGE, &changed, now).is_err());
    // The identifier is signed: what one shop signs is not another's.
    let (of_one, other) = signed("1", "shop-2");
    assert!(other.verify(MESSAGE, &of_one, now).is_err());
    let late = now + Duration::from_secs(301);
    assert!(verifier.verify(MESSAGE, &headers, late).is_err());
}

#[test]
fn both_forms_of_the_time_are_stated() {
    let request = RECIPE.request.and_then(|proof| proof.time);
    let request = request.expect("a time");
    assert_eq!(request.form, TimeForm::EpochMillis);
    assert_eq!(request.accepts, [TimeForm::Iso8601]);
    let response = RECIPE.response.and_then(|proof| proof.time);
    assert_eq!(response.expect("a time").accepts, [TimeForm::EpochMillis]);
}
