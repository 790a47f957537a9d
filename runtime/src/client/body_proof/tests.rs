//! Vectors: those of the unit tests of Adyen's library for Python at commit b6f49792 of 2026-07-27
//! (`test/UtilTest.py` and `test/mocks/util` of github.com/Adyen/adyen-python-api-library), which escape nothing.

use super::*;
use crate::client::Secret;

const CONTENT: &[&[&str]] = &[
    &["pspReference"],
    &["originalReference"],
    &["merchantAccountCode"],
    REFERENCE,
    &["amount", "value"],
    &["amount", "currency"],
    &["eventCode"],
    &["success"],
];
const REFERENCE: &[&str] = &["merchantReference"];

const ADYEN: BodyProof<'static> = BodyProof {
    algorithm: ProofAlgorithm::HmacSha256,
    key: "hmac_key",
    key_encoding: Some(TextEncoding::Hex),
    encoding: TextEncoding::Base64,
    signature: &["additionalData", "hmacSignature"],
    content: CONTENT,
    separator: ':',
    unescaped: Some(REFERENCE),
};

const KEY: &str = "74F490DD33F7327BAECC88B2947C011FC02D014A473AAA33A8EC93E4DC069174";
const OTHER_KEY: &str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

struct Given(Secret);

impl Credentials for Given {
    fn credential(&self, name: &str) -> Option<CredentialValue<'_>> {
        (name == "hmac_key").then_some(CredentialValue::Secret(&self.0))
    }
}

fn key(recipe: BodyProof<'static>, secret: &str) -> BodyProofKey<'static> {
    let key = BodyProofKey::new(recipe, &Given(secret.into()));
    key.expect("it fits").expect("it is there")
}

fn verify(object: &str) -> Result<(), BodyUnproved> {
    key(ADYEN, KEY).verify(object.as_bytes()).map(drop)
}

/// Returns an authorisation with these texts of JSON strings.
fn item(psp: &str, account: &str, reference: &str, signature: &str) -> String {
    format!(
        r#"{{"additionalData": {{"hmacSignature": "{signature}", "paymentMethod": "visa"}},
            "amount": {{"currency": "EUR", "value": 1000}}, "eventCode": "AUTHORISATION",
            "merchantAccountCode": "{account}", "merchantReference": "{reference}",
            "operations": ["CANCEL", "CAPTURE"], "pspReference": "{psp}", "reason": "076181:1111:03/2030",
            "success": "true"}}"#
    )
}

/// The vectors: the id, the reference in JSON, and the signature.
const VECTORS: [[&str; 3]; 4] = [
    [
        "T7FD4VM4D3RZNN82",
        r"\\\\slashes are fun",
        "nIgT81gaB5oJpn2jPXupDq68iRo2wUlBsuYjtYfwKqo=",
    ],
    [
        "M8NB66SBZSGLNK82",
        ":slashes are fun",
        "2EQYm7YJpKO4EtHSPu55SQTyWf8dkW5u2nD1tJFpViA=",
    ],
    [
        "X3GWNS6KJ8NKGK82",
        "//slashes are fun",
        "9Z0xdpG9Xi3zcmXv14t/BvMBut77O/Xq9D4CQXSDUi4=",
    ],
    [
        "ZVWN7D3WSMK2WN82",
        r"\\:/\\/slashes are fun",
        "CZErGCNQaSsxbaQfZaJlakqo7KPP+mIa8a+wx3yNs9A=",
    ],
];

#[test]
fn the_published_vectors_verify() {
    for [psp, reference, signature] in VECTORS {
        let item = item(psp, "AntoniStroinski", reference, signature);
        assert_eq!(verify(&item), Ok(()), "{reference}");
        assert_eq!(
            key(ADYEN, KEY).sign(item.as_bytes()).as_deref(),
            Ok(signature)
        );
        let other = key(ADYEN, OTHER_KEY).verify(item.as_bytes());
        assert_eq!(other, Err(BodyUnproved::WrongSignature), "{reference}");
    }
    let first = r#"{"pspReference": "7914073381342284", "merchantReference": "TestPayment-1407325143704",
        "merchantAccountCode": "TestMerchant", "amount": {"currency": "EUR", "value": 1130}, "eventCode": "AUTHORISATION",
        "success": "true", "additionalData": {"hmacSignature": "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="}}"#;
    let content = key(ADYEN, OTHER_KEY).verify(first.as_bytes());
    let signed =
        "7914073381342284::TestMerchant:TestPayment-1407325143704:1130:EUR:AUTHORISATION:true";
    assert_eq!(content.as_deref(), Ok(signed.as_bytes()));
    assert_eq!(verify(first), Err(BodyUnproved::WrongSignature));
}

/// Each bit of the signed values, of the decoded signature and of the key counts.
#[test]
fn every_single_flip_fails() {
    let [psp, reference, signature] = VECTORS[1];
    let good = item(psp, "AntoniStroinski", reference, signature);
    assert_eq!(verify(&good), Ok(()));
    let flipped = |bytes: &[u8]| -> Vec<Vec<u8>> {
        let bits = (0..bytes.len() * 8).map(|bit| {
            let mut other = bytes.to_vec();
            other[bit / 8] ^= 1 << (bit % 8);
            other
        });
        bits.collect()
    };
    let mut tried = 0;
    for value in [
        psp,
        "AntoniStroinski",
        reference,
        "1000",
        "EUR",
        "AUTHORISATION",
        "true",
    ] {
        let quoted = |value: &str| match value {
            "1000" => format!(": {value}"),
            value => format!("\"{value}\""),
        };
        for other in flipped(value.as_bytes()) {
            let Ok(other) = String::from_utf8(other) else {
                continue;
            };
            let bad = good.replace(&quoted(value), &quoted(&other));
            assert_ne!(bad, good);
            assert!(verify(&bad).is_err(), "{bad}");
            tried += 1;
        }
    }
    assert!(tried > 400, "{tried}");
    let bytes = decoded(TextEncoding::Base64, signature).expect("base64");
    for other in flipped(&bytes) {
        let other = encoded(TextEncoding::Base64, &other);
        let bad = item(psp, "AntoniStroinski", reference, &other);
        assert_eq!(verify(&bad), Err(BodyUnproved::WrongSignature));
    }
    let secret = super::decoded(TextEncoding::Hex, KEY).expect("hex");
    for other in flipped(&secret) {
        let other = encoded(TextEncoding::Hex, &other);
        let found = key(ADYEN, &other).verify(good.as_bytes());
        assert_eq!(found, Err(BodyUnproved::WrongSignature));
    }
}

/// `A:R` and `1` have the content of `A` and `R:1`: whoever moves the colon changes which order looks paid.
#[test]
fn a_value_does_not_move_into_another() {
    let key = key(ADYEN, KEY);
    let signature = key
        .sign(item("P", "A", "R:1", "").as_bytes())
        .expect("it signs");
    let good = item("P", "A", "R:1", &signature);
    assert_eq!(
        key.verify(good.as_bytes()),
        Ok(b"P::A:R:1:1000:EUR:AUTHORISATION:true".to_vec())
    );
    for (moved, at) in [
        (item("P", "A:R", "1", &signature), "/merchantAccountCode"),
        (item("P::A", "R", "1", &signature), "/pspReference"),
    ] {
        let refused = Err(BodyUnproved::Separator(at.to_owned()));
        assert_eq!(key.verify(moved.as_bytes()), refused);
    }
}

#[test]
fn a_signed_value_is_there_once() {
    let [psp, reference, signature] = VECTORS[2];
    let good = item(psp, "AntoniStroinski", reference, signature);
    let twice = |name: &str, value: &str| good.replacen('{', &format!("{{\"{name}\": {value},"), 1);
    for (bad, at) in [
        (twice("success", "\"true\""), "/success"),
        (twice(r"succes\u0073", "\"true\""), "/success"),
        (
            twice("amount", r#"{"currency": "EUR", "value": 1000}"#),
            "/amount/value",
        ),
        (
            twice("additionalData", "{}"),
            "/additionalData/hmacSignature",
        ),
        (twice("originalReference", "{}"), "/originalReference"),
        (twice("originalReference", "[\"\"]"), "/originalReference"),
        (good.replace(": 1000", ": 01000"), "/amount/value"),
        (good.replace("\"EUR\"", "\"EU\\ud83d\""), "/amount/currency"),
    ] {
        assert_eq!(
            verify(&bad),
            Err(BodyUnproved::Value(at.to_owned())),
            "{bad}"
        );
    }
    // An absent value is an empty text, as `null` and `""` are, which are absent to the reader.
    for same in ["null", "\"\""] {
        assert_eq!(verify(&twice("originalReference", same)), Ok(()), "{same}");
    }
    assert_eq!(
        verify(&twice("originalReference", "0")),
        Err(BodyUnproved::WrongSignature)
    );
    let unsigned = good.replace("hmacSignature", "hmacsignature");
    assert_eq!(verify(&unsigned), Err(BodyUnproved::NoSignature));
    for signature in [
        "",
        "=",
        "9Z0xdpG9Xi3zcmXv14t/BvMBut77O/Xq9D4CQXSDUi4",
        "9Z0x",
    ] {
        let bad = item(psp, "AntoniStroinski", reference, signature);
        assert_eq!(
            verify(&bad),
            Err(BodyUnproved::WrongSignature),
            "{signature}"
        );
    }
    for not_an_object in ["", "[]", "\"x\"", "{\"a\": 1"] {
        assert!(verify(not_an_object).is_err(), "{not_an_object}");
    }
    // What is not signed is not proved, and does not hide what is.
    assert_eq!(verify(&good.replace("076181", "\\ud83d")), Ok(()));
}

#[test]
fn a_key_that_cannot_be_used_is_an_error_that_does_not_show_it() {
    for (secret, problem) in [
        ("", CredentialProblem::Empty),
        ("canary", CredentialProblem::Encoding),
        ("abc", CredentialProblem::Encoding),
    ] {
        let error = BodyProofKey::new(ADYEN, &Given(secret.into())).expect_err(secret);
        assert_eq!(error.problem(), problem);
        assert!(!error.to_string().contains("canary"));
    }
    let plain = BodyProof {
        key_encoding: None,
        ..ADYEN
    };
    let shown = format!("{:?}", key(plain, "canary"));
    assert!(
        !shown.contains("canary") && shown.contains("hmac_key"),
        "{shown}"
    );
}
