//! The profile of RFC 3986 for URLs in messages.

/// Returns whether the text is an absolute URL: a scheme, a colon, and something after it; only
/// characters that RFC 3986 allows, `%` only before two hexadecimal digits, at most one `#`; for `http`
/// and `https` an authority with a host, and a port that is a number. Other schemes may have any form,
/// such as `alipays://platformapi/startapp?x=1` or `weixin:pay`.
pub fn url(text: &str) -> bool {
    let colon = text.bytes().position(|byte| byte == b':');
    let Some((scheme, rest)) = colon.map(|colon| (&text[..colon], &text[colon + 1..])) else {
        return false;
    };
    is_scheme(scheme)
        && !rest.is_empty()
        && has_url_characters(rest.as_bytes())
        && (!is_web(scheme) || rest.strip_prefix("//").is_some_and(has_host))
}

/// Schemes that neither lead a payer to a page nor open an app of its own: some run the code after
/// them, some read files on the payer's device, some start other programs.
const NOT_FOR_PAYERS: &[&str] = &[
    "about",
    "blob",
    "chrome",
    "cid",
    "content",
    "data",
    "feed",
    "file",
    "filesystem",
    "ftp",
    "ftps",
    "jar",
    "javascript",
    "livescript",
    "mailto",
    "mhtml",
    "mocha",
    "resource",
    "sms",
    "tel",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// Returns whether a payer may be sent to an address: its scheme is `http`, `https` or that of an app,
/// not one such as `javascript` or `file`. A text without a scheme leads nowhere and is harmless.
///
/// Blanks and control characters before the scheme, and tabs and line breaks in it, are ignored, as in
/// browsers.
///
/// ```
/// use payspec_runtime::rules;
///
/// assert!(rules::may_open("https://example.com/pay"));
/// assert!(rules::may_open("alipays://platformapi/startapp?appId=1"));
/// assert!(!rules::may_open(" Java\tScript:alert(1)"));
/// ```
pub fn may_open(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return true;
    };
    let mut letters = scheme
        .chars()
        .skip_while(|c| c.is_whitespace() || c.is_control())
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    // All the schemes in the list are shorter.
    let scheme: String = letters.by_ref().take(16).collect();
    let is_known = |known: &&str| scheme.trim_end().eq_ignore_ascii_case(known);
    letters.next().is_some() || !NOT_FOR_PAYERS.iter().any(is_known)
}

/// Returns whether a server can call an address: its scheme is `http` or `https`.
pub fn callable(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(scheme, _)| is_web(scheme))
}

fn is_scheme(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Returns whether the byte is not allowed in a URL; `%` and `#` have rules of their own. Without a
/// branch, so that one instruction compares many bytes.
fn is_special(byte: u8) -> bool {
    (byte <= b'#') & (byte != b'!')
        | (byte | 2 == b'>') // and `<`
        | (byte | 2 == b'^') // and `\\`
        | (byte == b'%')
        | (byte == b'`')
        | (byte >= b'{') & (byte != b'~')
}

/// Returns whether no byte is special.
fn has_plain_characters(text: &[u8]) -> bool {
    let is_plain = |block: &[u8; 16]| {
        let special = |found, byte: &u8| found | u8::from(is_special(*byte));
        block.iter().fold(0, special) == 0
    };
    // The last block overlaps the one before it.
    let (mut rest, Some(last)) = (text, text.last_chunk()) else {
        return !text.iter().any(|byte| is_special(*byte));
    };
    while let Some((block, behind)) = rest.split_first_chunk() {
        if !is_plain(block) {
            return false;
        }
        rest = behind;
    }
    is_plain(last)
}

fn has_url_characters(text: &[u8]) -> bool {
    if has_plain_characters(text) {
        return true;
    }
    let mut fragments = 0;
    text.iter().enumerate().all(|(index, byte)| match byte {
        b'%' => match text.get(index + 1..index + 3) {
            Some(digits) => digits.iter().all(u8::is_ascii_hexdigit),
            None => false,
        },
        b'#' => {
            fragments += 1;
            fragments == 1
        }
        byte => !is_special(*byte),
    })
}

/// The bytes that may precede or follow a host name.
static DELIMITERS: [bool; 256] = {
    let mut delimiters = [false; 256];
    let mut index = 0;
    while index < b"/?#@:[]".len() {
        delimiters[b"/?#@:[]"[index] as usize] = true;
        index += 1;
    }
    delimiters
};

/// Returns whether the text after `//` starts with an authority that has a host.
fn has_host(rest: &str) -> bool {
    let first = rest.bytes().position(|byte| DELIMITERS[usize::from(byte)]);
    let (end, is_plain) = match first.map(|at| (at, rest.as_bytes()[at])) {
        None => (rest.len(), true),
        Some((at, b'/' | b'?' | b'#')) => (at, true),
        Some(_) => (rest.find(['/', '?', '#']).unwrap_or(rest.len()), false),
    };
    if is_plain {
        return end > 0;
    }
    let authority = &rest[..end];
    let user_end = authority.bytes().rposition(|byte| byte == b'@');
    let host_and_port = &authority[user_end.map_or(0, |at| at + 1)..];
    if let Some(literal) = host_and_port.strip_prefix('[') {
        return literal.split_once(']').is_some_and(|(address, port)| {
            address.parse::<core::net::Ipv6Addr>().is_ok()
                && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
        });
    }
    let host_end = host_and_port
        .bytes()
        .position(|byte| matches!(byte, b':' | b'[' | b']'));
    match host_end {
        None => !host_and_port.is_empty(),
        Some(0) => false,
        Some(end) => host_and_port[end..].strip_prefix(':').is_some_and(is_port),
    }
}

/// Returns whether the text is a port, or empty.
fn is_port(text: &str) -> bool {
    text.is_empty()
        || (text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good() {
        for text in [
            "https://example.com",
            "http://example.com:8080/a/b?c=d&e=%E6%94%AF#f",
            "HTTPS://EXAMPLE.COM/",
            "http://127.0.0.1/",
            "http://[::1]:80/x",
            "http://user:pw@example.com/",
            "https://example.com?x=1",
            "https://example.com:/",
            "alipays://platformapi/startapp?appId=1",
            "weixin:pay",
            "mailto:a@example.com",
            "http://render-dev.site.alipay.net/p/index.html#/landing?pre_order_id=https://global",
        ] {
            assert!(url(text), "{text}");
        }
    }

    #[test]
    fn addresses_for_payers() {
        for good in [
            "https://example.com/",
            "HTTP://example.com/",
            "alipays://platformapi/startapp",
            "weixin:pay",
            "intent://x#Intent;end",
            "javascripts:x",
            "example.com",
            "",
        ] {
            assert!(may_open(good), "{good:?}");
        }
        for scheme in NOT_FOR_PAYERS {
            for bad in [
                format!("{scheme}:x"),
                format!("{}:x", scheme.to_uppercase()),
                format!(" \u{0}\u{1f}\n{scheme}:x"),
                format!("{}\t{}\r\n:x", &scheme[..1], &scheme[1..]),
            ] {
                assert!(!may_open(&bad), "{bad:?}");
            }
        }
    }

    #[test]
    fn addresses_for_servers() {
        assert!(callable("https://a.example/") && callable("HTTP://a.example/"));
        for bad in [
            "javascript:x",
            "ftp://a.example/",
            "alipays://x",
            "mailto:a@b",
            "",
            "a.example",
        ] {
            assert!(!callable(bad), "{bad}");
        }
    }

    #[test]
    fn bad() {
        for text in [
            "",
            "example.com",
            "/path",
            "//example.com/",
            "http:",
            "http:example.com",
            "http://",
            "http:///path",
            "http://?x",
            "http://:80/",
            "http://user@/",
            "http://example.com:port/",
            "http://example.com:99999/",
            "http://[::1/",
            "http://[x]/",
            "http://[::1]x/",
            "http://a[b/",
            "http://a:1:2/",
            "http://exa mple.com/",
            "http://example.com/a b",
            "http://example.com/%zz",
            "http://example.com/%e",
            "http://example.com/支付",
            "http://example.com/<a>",
            "http://example.com/\"",
            "http://example.com/#a#b",
            "http://example.com/\n",
            "1http://example.com/",
            "ht_tp://example.com/",
            "://example.com",
            "：//example.com",
        ] {
            assert!(!url(text), "{text}");
        }
    }
}
