//! Key files in common formats: each is read, or reported with the command that converts it.

use payspec_runtime::client::{KeyError, KeyFormat, SigningKey, VerifyingKey};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

type Tested = Result<(), Box<dyn Error>>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/keys")
}

fn file(name: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    Ok(fs::read(folder().join(name)).map_err(|error| format!("{name}: {error}"))?)
}

fn text(name: &str) -> Result<String, Box<dyn Error>> {
    let fixture: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/signing.json"))?;
    Ok(fixture["keys"][name]
        .as_str()
        .ok_or("no such key")?
        .to_owned())
}

fn public() -> Result<VerifyingKey, Box<dyn Error>> {
    Ok(VerifyingKey::from_text(&text("public_spki_pem")?)?)
}

fn signs(bytes: &[u8]) -> Result<VerifyingKey, KeyError> {
    SigningKey::from_bytes(bytes).map(|key| key.public())
}

#[test]
fn texts_of_every_habit_are_read() -> Tested {
    let pem = text("private_pkcs8_pem")?;
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let texts = [
        pem.replace('\n', "\\n"),
        pem.replace('\n', "\\r\\n"),
        pem.replace('\n', "\\\\n"),
        format!("\"{}\"", pem.replace('\n', "\\n")),
        format!("'{pem}'"),
        pem.replace('\n', "\r\n"),
        pem.replace('\n', "\r"),
        pem.replace('\n', " "),
        pem.replace('\n', "\n    "),
        pem.replace('\n', "\u{a0}\n\u{200b}"),
        pem.replace('\n', "\\\n"),
        format!("\u{feff}{pem}"),
        format!("a key:\n{pem}and that is all\n"),
        // UTF-16 that was read as if it were ASCII.
        pem.chars().flat_map(|c| [c, '\0']).collect(),
        body.clone(),
        body.replace('=', ""),
        format!("{}\\n{}", &body[..64], &body[64..]),
        format!("{pem}{pem}"),
    ];
    for text in texts {
        assert_eq!(
            signs(text.as_bytes()),
            Ok(public()?),
            "{:?}",
            text.get(..80)
        );
        assert_eq!(
            VerifyingKey::from_text(&text),
            Err(KeyError::PrivateForPublic)
        );
    }
    let pem = text("public_spki_pem")?;
    for text in [pem.replace('\n', "\\n"), format!("\"{pem}\"")] {
        assert_eq!(VerifyingKey::from_text(&text)?, public()?);
        assert_eq!(signs(text.as_bytes()), Err(KeyError::PublicForPrivate));
    }
    Ok(())
}

#[test]
fn files_of_every_kind_are_read() -> Tested {
    for name in [
        "private-pkcs8.der",
        "private-pkcs1.der",
        "private-utf16le.pem",
        "private-utf16be.pem",
        "private-utf16le-bom.pem",
        "private-utf16be-bom.pem",
        "certificate-and-key.pem",
        "bag-attributes.pem",
    ] {
        let bytes = file(name)?;
        assert_eq!(signs(&bytes), Ok(public()?), "{name}");
        let refused = VerifyingKey::from_bytes(&bytes);
        assert_eq!(refused, Err(KeyError::PrivateForPublic), "{name}");
    }
    for name in ["public-spki.der", "public-pkcs1.der"] {
        let bytes = file(name)?;
        assert_eq!(VerifyingKey::from_bytes(&bytes)?, public()?, "{name}");
        assert_eq!(signs(&bytes), Err(KeyError::PublicForPrivate), "{name}");
    }
    Ok(())
}

/// The error for each file, if a private key and if a public key is needed.
fn named() -> Vec<(&'static str, KeyError, KeyError)> {
    use KeyError::{Certificate, Encrypted, NotRsa, PrivateForPublic, PublicForPrivate};
    let same = |name, error: KeyError| (name, error.clone(), error);
    let other = |name, format| same(name, KeyError::OtherFormat(format));
    let ssh = KeyError::OtherFormat;
    vec![
        same("certificate.pem", Certificate),
        same("certificate.der", Certificate),
        same("encrypted-pkcs8.pem", Encrypted),
        same("encrypted-pkcs8.der", Encrypted),
        same("encrypted-pkcs1.pem", Encrypted),
        other("request.csr", KeyFormat::CertificateRequest),
        other("request.der", KeyFormat::CertificateRequest),
        other("keystore.p12", KeyFormat::Pkcs12),
        other("keystore.jks", KeyFormat::JavaKeyStore),
        other("certificates.p7b", KeyFormat::Pkcs7),
        other("certificates.p7b.der", KeyFormat::Pkcs7),
        (
            "openssh-private",
            ssh(KeyFormat::OpenSshPrivate),
            PrivateForPublic,
        ),
        (
            "openssh-private-encrypted",
            ssh(KeyFormat::OpenSshPrivate),
            PrivateForPublic,
        ),
        (
            "openssh-public.pub",
            PublicForPrivate,
            ssh(KeyFormat::OpenSshPublic),
        ),
        (
            "ssh2-public.pub",
            PublicForPrivate,
            ssh(KeyFormat::Ssh2Public),
        ),
        same("openssh-ed25519", NotRsa),
        same("openssh-ed25519.pub", NotRsa),
        same("ec.pem", NotRsa),
        same("ec-pkcs8.pem", NotRsa),
        same("ec-sec1.der", NotRsa),
        same("ec-public.pem", NotRsa),
        same("ed25519.pem", NotRsa),
        same("ed25519.der", NotRsa),
        same("ed25519-public.pem", NotRsa),
    ]
}

#[test]
fn what_is_not_read_is_named_for_what_it_is() -> Tested {
    for (name, private, public) in named() {
        let bytes = file(name)?;
        assert_eq!(signs(&bytes), Err(private), "{name}");
        assert_eq!(VerifyingKey::from_bytes(&bytes), Err(public), "{name}");
    }
    for (text, expected) in [
        ("PuTTY-User-Key-File-3: ssh-rsa", KeyFormat::Putty),
        ("{\"kty\":\"RSA\",\"n\":\"AQAB\"}", KeyFormat::Jwk),
        (
            "<RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue>",
            KeyFormat::Xml,
        ),
        (
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAAAA\n-----END PGP",
            KeyFormat::Pgp,
        ),
    ] {
        assert_eq!(signs(text.as_bytes()), Err(KeyError::OtherFormat(expected)));
    }
    Ok(())
}

#[test]
fn of_several_keys_none_is_guessed() -> Tested {
    let (own, other) = (
        text("public_spki_pem")?,
        include_str!("../../../codegen/cli/tests/all/doctor/third-key.public.pem"),
    );
    let both = format!("{own}{other}");
    assert_eq!(VerifyingKey::from_text(&both), Err(KeyError::Several));
    assert_eq!(signs(both.as_bytes()), Err(KeyError::PublicForPrivate));
    // The own key beside its certificate is the usual file of a web server.
    let locked = [file("certificate.pem")?, file("encrypted-pkcs8.pem")?].concat();
    assert_eq!(signs(&locked), Err(KeyError::Encrypted));
    Ok(())
}

#[test]
fn cut_files_and_noise_are_no_keys_and_show_nothing() -> Tested {
    let mut names: Vec<&str> = named().iter().map(|(name, ..)| *name).collect();
    names.extend([
        "private-pkcs8.der",
        "private-pkcs1.der",
        "private-utf16le.pem",
    ]);
    for name in names {
        let whole = file(name)?;
        for end in (0..whole.len()).step_by(7) {
            let bytes = &whole[..end];
            for error in [signs(bytes).err(), VerifyingKey::from_bytes(bytes).err()] {
                let shown = error
                    .map(|error| format!("{error} {error:?}"))
                    .unwrap_or_default();
                assert!(
                    !shown.contains("MII") && shown.len() < 600,
                    "{name}: {shown}"
                );
            }
        }
    }
    Ok(())
}

/// Runs the commands that errors name on the files that they are about.
#[test]
fn the_commands_that_errors_name_make_readable_keys() -> Tested {
    let has = |tool: &str| {
        let found = Command::new("sh")
            .args(["-c", &format!("command -v {tool}")])
            .output();
        found.is_ok_and(|found| found.status.success())
    };
    if !has("openssl") || !has("ssh-keygen") {
        eprintln!("openssl and ssh-keygen are not installed: their commands are not tried");
        return Ok(());
    }
    let home = std::env::temp_dir().join(format!("payspec-keys-{}", std::process::id()));
    for (name, private, public) in named() {
        for error in [private, public] {
            if error == KeyError::NotRsa {
                continue;
            }
            let told = error.to_string();
            let commands: Vec<&str> = told.split('`').skip(1).step_by(2).collect();
            if told.contains("keytool") && !has("keytool") {
                continue;
            }
            let _ = fs::remove_dir_all(&home);
            fs::create_dir_all(&home)?;
            fs::write(home.join("key-file"), file(name)?)?;
            for command in &commands {
                // A person types the password.
                let command = command
                    .replace("FILE", "key-file")
                    .replace("pkcs12 -in", "pkcs12 -passin pass:secret -in")
                    .replace("openssl pkey -in", "openssl pkey -passin pass:secret -in")
                    .replace("ssh-keygen -p", "ssh-keygen -P secret -p")
                    .replace(
                        "-deststoretype",
                        "-srcstorepass secret -deststorepass secret -deststoretype",
                    );
                let command = match (name.ends_with("der"), name.contains("unencrypted")) {
                    (true, _) => command.replace("-in key-file", "-inform DER -in key-file"),
                    (false, _) => command,
                };
                let command = match name {
                    "openssh-private" => command.replace("-P secret", "-P ''"),
                    _ => command,
                };
                let ran = Command::new("sh")
                    .args(["-c", &format!("chmod 600 *; {command}")])
                    .current_dir(&home)
                    .stdin(Stdio::null())
                    .output()?;
                let said = String::from_utf8_lossy(&ran.stderr).into_owned();
                assert!(ran.status.success(), "{name}: {command}: {said}");
            }
            let read = |made: &str| fs::read(home.join(made)).ok();
            if commands
                .iter()
                .any(|command| command.contains("private.pem"))
            {
                let made = read("private.pem").ok_or(name)?;
                assert_eq!(signs(&made), Ok(self::public()?), "{name}");
            }
            if commands
                .iter()
                .any(|command| command.contains("public.pem"))
            {
                let made = read("public.pem").ok_or(name)?;
                assert_eq!(VerifyingKey::from_bytes(&made)?, self::public()?, "{name}");
            }
            if error == KeyError::OtherFormat(KeyFormat::OpenSshPrivate) {
                let made = read("key-file").ok_or(name)?;
                assert_eq!(signs(&made), Ok(self::public()?), "{name}");
            }
        }
    }
    Ok(fs::remove_dir_all(&home)?)
}

/// A public key as PKCS#1, with a modulus of this many bytes.
fn of_bytes(bytes: u16) -> Vec<u8> {
    let length = |tag: u8, length: u16| match length.to_be_bytes() {
        [0, low] if low < 0x80 => vec![tag, low],
        [0, low] => vec![tag, 0x81, low],
        [high, low] => vec![tag, 0x82, high, low],
    };
    let mut modulus = vec![0xab; usize::from(bytes)];
    modulus.insert(0, 0);
    let numbers = [
        length(0x02, bytes + 1),
        modulus,
        vec![0x02, 0x03, 0x01, 0x00, 0x01],
    ]
    .concat();
    let whole = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
    [length(0x30, whole), numbers].concat()
}

#[test]
fn keys_that_are_too_short_or_too_long_are_refused() -> Tested {
    for (bytes, bits) in [(256, 2048), (1024, 8192)] {
        assert_eq!(VerifyingKey::from_bytes(&of_bytes(bytes))?.bits(), bits);
    }
    for (bytes, bits) in [(128, 1024), (255, 2040), (1025, 8200)] {
        let refused = VerifyingKey::from_bytes(&of_bytes(bytes)).err();
        assert_eq!(refused, Some(KeyError::Bits(bits)));
    }
    Ok(())
}

#[test]
fn a_sequence_of_another_version_is_no_keystore() {
    // INTEGER 2 and an empty sequence; a keystore has version 3.
    let other = [0x30, 0x05, 0x02, 0x01, 0x02, 0x30, 0x00];
    assert_eq!(VerifyingKey::from_bytes(&other), Err(KeyError::Damaged));
    let keystore = [0x30, 0x05, 0x02, 0x01, 0x03, 0x30, 0x00];
    let named = KeyError::OtherFormat(KeyFormat::Pkcs12);
    assert_eq!(VerifyingKey::from_bytes(&keystore), Err(named));
}

#[test]
fn a_label_names_the_form_whatever_is_behind_it() {
    let cases = [
        ("ENCRYPTED PRIVATE KEY", KeyError::Encrypted),
        ("TRUSTED CERTIFICATE", KeyError::Certificate),
        (
            "NEW CERTIFICATE REQUEST",
            KeyError::OtherFormat(KeyFormat::CertificateRequest),
        ),
        ("DSA PRIVATE KEY", KeyError::NotRsa),
        ("EC PARAMETERS", KeyError::NotRsa),
        ("PKCS7", KeyError::OtherFormat(KeyFormat::Pkcs7)),
        ("CMS", KeyError::OtherFormat(KeyFormat::Pkcs7)),
        (
            "PGP PUBLIC KEY BLOCK",
            KeyError::OtherFormat(KeyFormat::Pgp),
        ),
    ];
    for (label, error) in cases {
        let text = format!("-----BEGIN {label}-----\nMAA=\n-----END {label}-----\n");
        assert_eq!(VerifyingKey::from_text(&text), Err(error), "{label}");
    }
}

#[test]
fn zeros_before_a_key_are_no_utf_16() -> Tested {
    let mut bytes = vec![0; 4];
    bytes.extend(text("public_spki_pem")?.into_bytes());
    assert_eq!(VerifyingKey::from_bytes(&bytes)?, public()?);
    Ok(())
}
