//! Close variants of each mistake get its name.

use base64::Engine as _;
use payspec_doctor::{Verdict, read};
use payspec_runtime::client::{Signed, Signer as _, SigningKey};

use super::exchange::{BODY, CLIENT_ID, Mail, PATH, own, settings};
use super::{examined, mistakes, report};

/// Signs other forms of these bodies than those that are sent.
#[test]
fn the_siblings_of_a_mistake_bear_its_name() {
    let html = r#"{"a":"Tom & \"Jerry\" <x> it's a/b"}"#;
    let escaped = |quote: &str, apostrophe: &str| {
        let text = html
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        text.replace('"', quote).replace('\'', apostrophe)
    };
    let in_texts = html
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace("\\\"", "&quot;")
        .replace('\'', "&#039;");
    let numbers = r#"{"a":1.0,"b":[1e2,-0.50,12345678901234567890],"c":"1.0","d":100,"e":"7"}"#;
    let emoji = super::cases::EMOJI;
    let each = |with: &str| emoji.replace(['😀', '👨', '👩', '👧'], with);
    let cesu8: Vec<u8> = {
        let halves = |c: char| {
            let mut units = [0; 2];
            let units = c.encode_utf16(&mut units).to_vec();
            units.into_iter().flat_map(|unit| {
                let unit = u32::from(unit);
                [
                    0xe0 | unit >> 12,
                    0x80 | (unit >> 6 & 0x3f),
                    0x80 | (unit & 0x3f),
                ]
                .map(|byte| u8::try_from(byte).expect("a byte"))
            })
        };
        let bytes = emoji.chars().flat_map(|c| match c > '\u{ffff}' {
            true => halves(c).collect::<Vec<u8>>(),
            false => c.to_string().into_bytes(),
        });
        bytes.collect()
    };
    let form = super::cases::form;
    let plain = r#"{"a":"x y+z","b":{"c":1}}"#;
    type Row<'a> = (&'a str, Vec<u8>, Vec<u8>);
    let row = |id, sent: &str, signed: &str| -> Row<'_> { (id, sent.into(), signed.into()) };
    let rows: Vec<Row<'_>> = vec![
        row("html-escaped-body", html, &escaped("&quot;", "&#39;")),
        row("html-escaped-body", html, &escaped("&quot;", "&#x27;")),
        row("html-escaped-body", html, &escaped("&#34;", "&#39;")),
        row("html-escaped-body", html, &escaped("\"", "'")),
        row("html-escaped-body", html, &in_texts),
        row("html-escaped-body", &escaped("&quot;", "&#39;"), html),
        row("html-escaped-body", &in_texts, html),
        row("form-encoded-body", plain, &form(plain)),
        row("form-encoded-body", plain, &form(plain).replace('+', "%20")),
        row("form-encoded-body", plain, &(form(plain) + "=")),
        row(
            "form-encoded-body",
            plain,
            &format!("a={}&b={}", form("x y+z"), form(r#"{"c":1}"#)),
        ),
        row("form-encoded-body", plain, &plain.replace('+', " ")),
        row("form-encoded-body", &form(plain), plain),
        row("form-encoded-body", &(form(plain) + "="), plain),
        row("lost-emoji", emoji, &each("?")),
        row("lost-emoji", emoji, &each("??")),
        row("lost-emoji", emoji, &each("????")),
        row("lost-emoji", emoji, &each("\u{fffd}")),
        row("lost-emoji", emoji, &each("\u{fffd}\u{fffd}")),
        row("lost-emoji", emoji, &each("")),
        row(
            "lost-emoji",
            emoji,
            r#"{"order":{"orderDescription":"tea "}}"#,
        ),
        ("lost-emoji", emoji.into(), cesu8.clone()),
        ("lost-emoji", cesu8, emoji.into()),
        row(
            "rewritten-numbers",
            numbers,
            &numbers
                .replace("1.0,\"b", "1,\"b")
                .replace("1e2", "100")
                .replace("-0.50", "-0.5")
                .replace("12345678901234567890", "12345678901234567000"),
        ),
        row(
            "rewritten-numbers",
            numbers,
            &numbers
                .replace("-0.50", "-0.5")
                .replace(":1.0,\"b", ":1,\"b"),
        ),
        row(
            "rewritten-numbers",
            numbers,
            &numbers.replace("\"1.0\"", "1.0").replace("\"7\"", "7"),
        ),
        row("rewritten-numbers", r#"{"a":1}"#, r#"{"a":1.0}"#),
        row("rewritten-numbers", r#"{"a":1}"#, r#"{"a":1.00}"#),
        row("rewritten-numbers", r#"{"a":1}"#, r#"{"a":"1"}"#),
        row("rewritten-numbers", r#"{"a":"1"}"#, r#"{"a":1}"#),
        row("rewritten-numbers", r#"{"a":100.00}"#, r#"{"a":100}"#),
        row("rewritten-numbers", r#"{"a":20000000}"#, r#"{"a":2.0E7}"#),
    ];
    for (id, sent, signed) in rows {
        let shown = String::from_utf8_lossy(&signed).into_owned();
        let mut mail = Mail::request().signing(|parts| parts.body = signed);
        mail.sent.body = sent;
        let found = examined(&mail, &settings());
        assert_eq!(
            found.verdict,
            Verdict::Explained,
            "{id}: {shown}: {found:#?}"
        );
        let mut named = mistakes(&found);
        named.retain(|mistake| *mistake != "body-not-utf8");
        assert_eq!(named, [id], "{shown}: {found:#?}");
    }
    type Hash = fn(&[u8]) -> Vec<u8>;
    let hashes: [Hash; 4] = [
        |bytes| digest(bytes),
        |bytes| hex(&digest(bytes)).into(),
        |bytes| hex(&digest(bytes)).to_ascii_uppercase().into(),
        |bytes| {
            base64::engine::general_purpose::STANDARD
                .encode(digest(bytes))
                .into()
        },
    ];
    for hash in hashes {
        let signed = Signed {
            method: "POST",
            uri: PATH,
            client_id: CLIENT_ID,
            time: "1795478400123",
            body: BODY.as_bytes(),
        };
        let key = SigningKey::from_text(&own().private).expect("a key");
        let content = hash(&signed.content(crate::gateway::CONTENT));
        let signature = key.sign(&content).expect("it signs");
        let mut exchanges = read(&Mail::request().bytes()).expect("a capture");
        let request = exchanges[0].request.as_mut().expect("a request");
        let header = request
            .headers
            .iter_mut()
            .find(|field| field.name == "Signature");
        let text =
            super::exchange::percent(&base64::engine::general_purpose::STANDARD.encode(signature));
        header.expect("the header").value =
            format!("algorithm=RSA256,keyVersion=1,signature={text}");
        let found = report(&exchanges, &settings()).messages.remove(0);
        assert_eq!(mistakes(&found), ["hashed-twice"], "{found:#?}");
    }
}

fn digest(bytes: &[u8]) -> Vec<u8> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes)
        .as_ref()
        .to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
