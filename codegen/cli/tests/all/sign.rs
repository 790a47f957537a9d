//! Signatures of single messages, compared with those of other SDKs.

use serde_json::Value;

use super::support::{Run, file, folder, with};

fn fixture() -> Value {
    let text = include_str!("../../../../runtime/tests/fixtures/signing.json");
    serde_json::from_str(text).expect("the fixture is JSON")
}

/// Runs a command on a message of the fixture.
fn run(command: &str, vector: &Value, options: &[&str]) -> Run {
    let (temporary, _) = folder();
    let keys = &fixture()["keys"];
    let text = |name: &str| vector[name].as_str().expect("a text");
    let key = match command {
        "sign" => &keys["private_pkcs1_pem"],
        _ => &keys["public_spki_base64_unarmoured"],
    };
    let key = file(&temporary, "key", key.as_str().expect("a key").as_bytes());
    let body = file(&temporary, "body", text("body").as_bytes());
    let message = [
        command,
        "--key",
        &key,
        "--body",
        &body,
        "--method",
        text("method"),
        "--path",
        text("path"),
        "--client-id",
        text("client_id"),
        "--time",
        text("time"),
    ];
    with(&[&message[..], options].concat())
}

#[test]
fn other_sdks_sign_alike() {
    let fixture = fixture();
    let vectors = fixture["vectors"].as_array().expect("vectors");
    assert!(!vectors.is_empty());
    for vector in vectors {
        let run_sign = run("sign", vector, &[]);
        let header = vector["header"].as_str().expect("a header");
        let expected = (Some(0), format!("{header}\n"));
        assert_eq!((run_sign.code, run_sign.stdout), expected);
        let (_, signature) = header.split_once("signature=").expect("a signature");
        let header = format!("signature={signature}, KEYVERSION=1, algorithm=rsa256");
        let verified = run("verify", vector, &["--signature", &header]);
        assert_eq!(verified.code, Some(0), "{verified}");
    }
}

#[test]
fn other_content_does_not_verify() {
    let fixture = fixture();
    for vector in fixture["negative"].as_array().expect("vectors") {
        let signature = vector["signature"].as_str().expect("a signature");
        let header = format!("algorithm=RSA256,keyVersion=1,signature={signature}");
        let run = run("verify", vector, &["--response", "--signature", &header]);
        // Hex digits mean the same in either letter case, so the sent bytes still verify.
        let name = vector["name"].as_str().expect("a name");
        let expected = i32::from(!name.contains("lower-case hex"));
        assert_eq!(run.code, Some(expected), "{name}: {run}");
        assert_eq!(
            run.stdout.contains("does not verify"),
            expected == 1,
            "{run}"
        );
    }
}

#[test]
fn a_key_of_the_wrong_kind_is_named() {
    let (temporary, _) = folder();
    let public = fixture()["keys"]["public_spki_pem"]
        .as_str()
        .expect("a key")
        .to_owned();
    let key = file(&temporary, "public.pem", public.as_bytes());
    let run = with(&[
        "sign",
        "--key",
        &key,
        "--body",
        &key,
        "--path",
        "/",
        "--client-id",
        "1",
        "--time",
        "0",
    ]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("this is a public key"), "{run}");
}
