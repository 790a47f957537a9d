//! One case for each mistake.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use payspec_doctor::{Keys, Settings, Verdict, read_time};

use super::exchange::{BODY, Mail, PATH, documented, given, own, percent, provider, settings};

/// A message with a mistake, and the expected diagnosis.
pub(super) struct Case {
    pub(super) mail: Mail,
    pub(super) settings: Settings<'static>,
    pub(super) verdict: Verdict,
    /// The other mistakes that are found as well.
    pub(super) also: &'static [&'static str],
}

fn explained(mail: Mail) -> Case {
    Case {
        mail,
        settings: settings(),
        verdict: Verdict::Explained,
        also: &[],
    }
}

fn seen(mail: Mail, verdict: Verdict) -> Case {
    Case {
        verdict,
        ..explained(mail)
    }
}

impl Case {
    fn keys(mut self, change: impl FnOnce(&mut Keys)) -> Self {
        change(&mut self.settings.keys);
        self
    }

    fn set(mut self, change: impl FnOnce(&mut Settings<'static>)) -> Self {
        change(&mut self.settings);
        self
    }

    fn sending(mut self, body: &str) -> Self {
        self.mail.sent.body = body.as_bytes().to_vec();
        self
    }

    fn also(self, also: &'static [&'static str]) -> Self {
        Case { also, ..self }
    }
}

fn text(text: fn(&[u8]) -> String) -> Case {
    let mut mail = Mail::request();
    mail.text = text;
    explained(mail)
}

fn header(header: fn(&str) -> String, verdict: Verdict) -> Case {
    let mut mail = Mail::request();
    mail.header = header;
    seen(mail, verdict)
}

fn head(head: fn(&mut Vec<String>), verdict: Verdict) -> Case {
    let mut mail = Mail::request();
    mail.head = head;
    seen(mail, verdict)
}

fn signed(change: impl FnOnce(&mut super::exchange::Parts)) -> Case {
    explained(Mail::request().signing(change))
}

fn with_body(body: impl Into<Vec<u8>>) -> Case {
    signed(|parts| parts.body = body.into())
}

/// Replaces the line of the head that begins with this text.
fn replace(head: &mut Vec<String>, beginning: &str, change: impl Fn(&str) -> Option<String>) {
    let at = head.iter().position(|line| line.starts_with(beginning));
    let at = at.expect("the line is there");
    match change(&head[at]) {
        Some(line) => head[at] = line,
        None => drop(head.remove(at)),
    }
}

fn by_ring(key: &str, content: &[u8], how: &'static dyn RsaEncoding) -> Vec<u8> {
    let base64: String = key
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    let pair = RsaKeyPair::from_pkcs8(&STANDARD.decode(base64).expect("base64")).expect("a key");
    let mut signature = vec![0; pair.public_modulus_len()];
    let random = SystemRandom::new();
    pair.sign(how, &random, content, &mut signature)
        .expect("it signs");
    signature
}

/// Encodes a text as a form does.
pub(super) fn form(text: &str) -> String {
    let write = |byte: u8| match byte {
        b' ' => "+".to_owned(),
        b'*' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(write).collect()
}

/// A body with a character that UTF-16 writes as two units.
pub(super) const EMOJI: &str = r#"{"order":{"orderDescription":"tea 😀 and 👨‍👩‍👧"}}"#;

/// Returns the case of a mistake; [`None`] if no case exists yet.
pub(super) fn of(mistake: &str) -> Option<Case> {
    Some(match mistake {
        "private-key-given" => seen(Mail::response(), Verdict::Good)
            .keys(|keys| keys.provider = vec![given(&provider().private)]),
        "public-key-given" => seen(Mail::request(), Verdict::Good)
            .keys(|keys| keys.own_private = Some(given(&own().public))),
        "keys-exchanged-in-place" => explained(Mail::response())
            .keys(|keys| {
                keys.own_public = Some(given(&provider().public));
                keys.provider = vec![given(&own().public)];
            })
            .also(&["other-sides-key"]),
        "own-key-for-provider" => seen(Mail::response(), Verdict::OtherKey)
            .keys(|keys| keys.provider = vec![given(&own().public)]),
        "own-keys-differ" => seen(Mail::request(), Verdict::Good)
            .keys(|keys| keys.own_public = Some(given(include_str!("third-key.public.pem")))),
        "unsigned" => {
            let mut mail = Mail::response();
            mail.head = |head| {
                replace(head, "Signature", |_| None);
                replace(head, "response-time", |_| None);
            };
            seen(mail, Verdict::Unsigned)
        }
        "missing-header" => head(
            |head| replace(head, "Signature", |_| None),
            Verdict::Unsigned,
        ),
        "duplicate-header" => head(
            |head| replace(head, "Client-Id", |line| Some(format!("{line}\r\n{line}"))),
            Verdict::Good,
        ),
        "misspelt-header" => head(
            |head| replace(head, "Client-Id", |line| Some(line.replace('-', "_"))),
            Verdict::Good,
        ),
        "folded-header" => head(
            |head| {
                replace(head, "Signature", |line| {
                    Some(line.replace(",sig", ",\r\n sig"))
                })
            },
            Verdict::Good,
        ),
        "algorithm-name" => header(
            |text| format!("algorithm=SHA256withRSA,keyVersion=1,signature={text}"),
            Verdict::Good,
        ),
        "signature-pairs" => {
            header(str::to_owned, Verdict::Good).set(|set| set.own_key_version = None)
        }
        "key-version" => seen(Mail::request(), Verdict::Good)
            .set(|set| set.own_key_version = Some("2".to_owned())),
        "lower-case-hex" => Case {
            verdict: Verdict::Good,
            ..text(|bytes| {
                let text = percent(&STANDARD.encode(bytes));
                text.replace("%2B", "%2b")
                    .replace("%2F", "%2f")
                    .replace("%3D", "%3d")
            })
        },
        "signature-length" => Case {
            verdict: Verdict::OtherKey,
            ..text(|bytes| percent(&STANDARD.encode(&bytes[..250])))
        },
        "client-id-differs" => {
            seen(Mail::request(), Verdict::Good).set(|set| set.client_id = Some("5Y".to_owned()))
        }
        "wrong-environment" => seen(
            Mail::request().with(|parts| parts.client_id = "SANDBOX_5X".to_owned()),
            Verdict::Good,
        )
        .set(|set| set.client_id = None),
        "unknown-path" => {
            let path = "/ams/api/v1/payments/pays";
            let mail = Mail::request().with(|parts| parts.path = path.to_owned());
            seen(mail, Verdict::Good).set(|set| set.path = None)
        }
        "wrong-method" => seen(
            Mail::request().with(|parts| parts.method = "PUT".to_owned()),
            Verdict::Good,
        ),
        "time-form" => seen(
            Mail::request().with(|parts| parts.time = "1795478400".to_owned()),
            Verdict::Good,
        ),
        "clock-off" => seen(Mail::request(), Verdict::Good)
            .set(|set| set.now = read_time("2026-11-24T00:20:01.123Z")),
        "content-length" => head(
            |head| {
                replace(head, "Content-Length", |_| {
                    Some("Content-Length: 9999".to_owned())
                })
            },
            Verdict::Good,
        ),
        "compressed-body" => {
            let mut mail = Mail::request().with(|parts| parts.body = b"\x1f\x8b?".to_vec());
            mail.head = |head| head.push("Content-Encoding: gzip".to_owned());
            seen(mail, Verdict::Good).also(&["body-not-utf8"])
        }
        "body-not-utf8" => {
            let mail = Mail::request().with(|parts| parts.body = b"{\"a\":\"\xe9\"}".to_vec());
            seen(mail, Verdict::Good)
        }
        "lost-characters" => {
            let body = "{\"a\":\"\u{fffd}\"}".as_bytes().to_vec();
            seen(
                Mail::request().with(|parts| parts.body = body.clone()),
                Verdict::Good,
            )
        }
        "other-charset-named" => head(
            |head| {
                replace(head, "Content-Type", |line| {
                    Some(line.replace("UTF-8", "GBK"))
                })
            },
            Verdict::Good,
        ),
        "signature-encoded-twice" => {
            text(|bytes| percent(&STANDARD.encode(bytes)).replace('%', "%25"))
        }
        "signature-quoted" => header(
            |text| format!("algorithm=RSA256,keyVersion=1,signature=\"{text}\""),
            Verdict::Explained,
        ),
        "signature-broken-lines" => text(|bytes| {
            let base64 = STANDARD.encode(bytes);
            let (first, rest) = base64.split_at(76);
            percent(&format!("{first}\r\n{rest}"))
                .replace('\r', "%0D")
                .replace('\n', "%0A")
        }),
        "plus-as-space" => text(|bytes| percent(&STANDARD.encode(bytes)).replace("%2B", " ")),
        "signature-not-encoded" => text(|bytes| STANDARD.encode(bytes)),
        "url-safe-base64" => text(|bytes| percent(&URL_SAFE.encode(bytes))),
        "hexadecimal-signature" => {
            text(|bytes| bytes.iter().map(|byte| format!("{byte:02x}")).collect())
        }
        "unpadded-base64" => text(|bytes| percent(&STANDARD_NO_PAD.encode(bytes))),
        "base64-twice" => text(|bytes| percent(&STANDARD.encode(STANDARD.encode(bytes)))),
        "other-sides-key" => {
            let mut mail = Mail::request();
            mail.key = provider().private;
            explained(mail)
        }
        "other-key-of-the-side" => explained(Mail::response()).keys(|keys| {
            keys.provider = vec![
                given(include_str!("third-key.public.pem")),
                given(&provider().public),
            ];
        }),
        "other-algorithm" => {
            let mut mail = Mail::request();
            mail.sign = |key, content| by_ring(key, content, &RSA_PKCS1_SHA512);
            explained(mail)
        }
        "signed-method" => signed(|parts| parts.method = "post".to_owned()),
        "signed-environment" => {
            signed(|parts| parts.path = "/ams/sandbox/api/v1/payments/pay".to_owned())
        }
        "signed-without-prefix" => signed(|parts| parts.path = "/v1/payments/pay".to_owned()),
        "signed-url" => {
            signed(|parts| parts.path = format!("https://open-sea-global.alipay.com{PATH}"))
        }
        "signed-query" => {
            let mut case = signed(|_| {});
            case.mail.sent.path = format!("{PATH}?trace=1");
            case.set(|set| set.path = None)
        }
        "signed-slash" => signed(|parts| parts.path = format!("{PATH}/")),
        "signed-other-path" => {
            signed(|parts| parts.path = "/ams/api/v1/payments/refund".to_owned())
        }
        "signed-path-spelling" => signed(|parts| parts.path = PATH[1..].to_owned()),
        "signed-client-id" => {
            signed(|parts| parts.client_id = format!("SANDBOX_{}", parts.client_id))
        }
        "signed-time-form" => {
            signed(|parts| parts.time = "2026-11-24T08:00:00.123+08:00".to_owned())
        }
        "signed-other-time" => {
            let mut case = signed(|parts| parts.time = "Tue, 24 Nov 2026 00:00:00 GMT".to_owned());
            case.mail.head = |head| head.push("Date: Tue, 24 Nov 2026 00:00:00 GMT".to_owned());
            case
        }
        "separators" => {
            let mut case = signed(|_| {});
            case.mail.content = |parts| {
                let head = format!(
                    "{} {}\r\n{}.{}.",
                    parts.method, parts.path, parts.client_id, parts.time
                );
                [head.as_bytes(), &parts.body].concat()
            };
            case
        }
        "signed-line-ends" => {
            let mut case = with_body("{\r\n\"odd\" :1\r\n}");
            case.mail.sent.body = b"{\n\"odd\" :1\n}".to_vec();
            case
        }
        "signed-outer-blanks" => with_body(format!("{BODY}\n")),
        "byte-order-mark" => with_body(format!("\u{feff}{BODY}")),
        "cut-body" => {
            let mut case = with_body(&BODY.as_bytes()[..BODY.chars().count()]);
            case.mail.head = |head| {
                let characters = format!("Content-Length: {}", BODY.chars().count());
                replace(head, "Content-Length", |_| Some(characters.clone()));
            };
            case.also(&["content-length"])
        }
        "signed-charset" => {
            // The bytes of GBK for the two characters that are not ASCII.
            let (before, rest) = BODY.split_once('é').expect("an é");
            let (between, after) = rest.split_once('金').expect("a 金");
            with_body(
                [
                    before.as_bytes(),
                    b"\xa8\xa6",
                    between.as_bytes(),
                    b"\xbd\xf0",
                    after.as_bytes(),
                ]
                .concat(),
            )
        }
        "signed-stand-in" => with_body(""),
        "hashed-twice" => {
            let mut case = signed(|_| {});
            case.mail.content = |parts| digest(&SHA256, &documented(parts)).as_ref().to_vec();
            case
        }
        "html-escaped-body" => with_body(BODY.replace('<', "&lt;").replace('>', "&gt;")),
        "form-encoded-body" => with_body(form(BODY)),
        "lost-emoji" => with_body(EMOJI.replace(['😀', '👨', '👩', '👧'], "?")).sending(EMOJI),
        "rewritten-numbers" => with_body(r#"{"a":1,"b":"1.0"}"#).sending(r#"{"a":1.0,"b":"1.0"}"#),
        "rewritten-body" => with_body(
            serde_json::to_string_pretty(
                &serde_json::from_str::<serde_json::Value>(BODY).expect("JSON"),
            )
            .expect("JSON"),
        ),
        "signed-other-moment" => signed(|parts| parts.time = "1795478400120".to_owned()),
        _ => return None,
    })
}

/// Returns a message that was signed in the other form of RSA.
pub(super) fn pss() -> Mail {
    let mut mail = Mail::request();
    mail.sign = |key, content| by_ring(key, content, &RSA_PSS_SHA256);
    mail
}
