//! A proof over the CRC-32 of the body in place of the body.

use http::{HeaderMap, HeaderValue};
use payspec_runtime::{ProofAlgorithm, TextEncoding};

use super::*;

const PROOF: MessageProof<'static> = MessageProof {
    algorithm: ProofAlgorithm::HmacSha256,
    key: "key",
    key_encoding: None,
    key_bits: None,
    content: &[
        Part::Credential("shop"),
        Part::Text("|"),
        Part::BodyCrc32,
        Part::Text("|"),
        Part::BodyCrc32,
    ],
    encoding: TextEncoding::Hex,
    percent_encoded: false,
    signature: ProofPlace {
        header: "Proof",
        list: None,
        prefix: "",
    },
    time: None,
    nonce: None,
    key_id: None,
    credentials: &[],
    fixed: &[],
};

/// Made by Python: `hmac.new(b"key", b"S-1|3421780262|3421780262", "sha256").hexdigest()`.
const SIGNATURE: &str = "121104e8843f7646f898ac4b73470b8214072103924555b0eaa9ce06cd22e043";

struct Given(Secret);

impl Credentials for Given {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        match name {
            "shop" => Some(CredentialValue::Id("S-1")),
            "key" => Some(CredentialValue::Secret(&self.0)),
            _ => None,
        }
    }
}

fn of(body: &[u8]) -> Provable<'_> {
    Provable {
        method: "POST",
        target: "/",
        body,
    }
}

/// 3421780262 is the check value of the CRC-32, that of the digits from 1 to 9.
#[test]
fn the_decimal_number_of_the_body_is_signed() {
    let given = Given("key".into());
    let signer = ProofSigner::new(PROOF, &given).expect("a signer");
    let made = signer.headers(of(b"123456789"), at(0)).expect("it signs");
    assert_eq!(made["proof"], SIGNATURE);
    let verifier = ProofVerifier::new(PROOF, &given).expect("a verifier");
    let mut headers = HeaderMap::new();
    headers.insert("proof", HeaderValue::from_static(SIGNATURE));
    let verify = |body| verifier.verify(of(body), &headers, at(0)).map(drop);
    assert_eq!(verify(b"123456789".as_slice()), Ok(()));
    let wrong = Err(Unproved::Message(Unverified::WrongSignature));
    assert_eq!(verify(b"123456788".as_slice()), wrong);
    assert_eq!(verify(b"".as_slice()), wrong);
}
