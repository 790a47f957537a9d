//! Checks that HTTP can carry the addresses, headers and bodies of the spec unchanged, so that the
//! receiver verifies exactly what was signed.

use indexmap::IndexMap;
use payspec_runtime::rules;

use super::Context;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, ApiFile, Caller, OperationFile};
use crate::model::{Body, Operation, address_field};
use crate::source::{At, Span};
use payspec_runtime::request::{PathPattern, PathSegment};
use payspec_runtime::{Location, closest};

/// The reason why a path is not valid in the request line of HTTP.
enum NotAPath {
    /// It does not start with a slash.
    Relative,
    /// It is a prefix that ends in a slash, but the path after it starts with one.
    DoubleSlash,
    /// It contains this character, which begins a query or fragment.
    Query(char),
    /// It contains this segment, which clients and servers resolve.
    Segment(&'static str),
    /// It contains braces that are not around the name of a field, as a whole segment.
    Braces,
    /// It contains the same field twice.
    Twice,
    /// It contains this character, which is not allowed in a path.
    Character(char),
}

impl NotAPath {
    fn message(&self, path: &str) -> String {
        match self {
            NotAPath::Relative => format!("`{path}` does not start with `/`"),
            NotAPath::DoubleSlash => format!("the prefix `{path}` ends with `/`"),
            NotAPath::Query(mark) => format!("the path contains `{mark}`"),
            NotAPath::Segment("") => "the path contains an empty segment".to_owned(),
            NotAPath::Segment(segment) => format!("the path contains the segment `{segment}`"),
            NotAPath::Braces => "these braces do not name a field".to_owned(),
            NotAPath::Twice => "the path contains a field twice".to_owned(),
            NotAPath::Character(c) => format!("invalid character {c:?} in the path"),
        }
    }

    fn help(&self, path: &str) -> String {
        match self {
            NotAPath::Relative => format!("write `/{path}`"),
            NotAPath::DoubleSlash => format!("write `{}`", path.trim_end_matches('/')),
            NotAPath::Query(_) => {
                "remove it and what follows; a field of the request with `in: query` is in the query"
                    .to_owned()
            }
            NotAPath::Segment(_) => {
                "remove it: clients and servers drop such segments, which makes the signature invalid"
                    .to_owned()
            }
            NotAPath::Braces => {
                "a field is a whole segment of the path of an operation that the merchant calls: \
                 `/payments/{paymentId}`; it is the whole path of one that the provider calls: \
                 `\"{notifyUrl}\"`"
                    .to_owned()
            }
            NotAPath::Twice => "give each segment a name of its own".to_owned(),
            NotAPath::Character(_) => {
                "percent-encode it as the provider does, such as `%20` for a space".to_owned()
            }
        }
    }
}

/// Checks that the path of an operation that the merchant calls reaches its server unchanged, once the values of its
/// fields are in it.
fn pattern(text: &str) -> Result<(), NotAPath> {
    let mut names = Vec::new();
    let segments = PathPattern::new(text)
        .segments()
        .map(|segment| match segment {
            PathSegment::Literal(text) => Ok(text),
            PathSegment::Field(name) if name.is_empty() || name.contains(['{', '}']) => {
                Err(NotAPath::Braces)
            }
            PathSegment::Field(name) if names.contains(&name) => Err(NotAPath::Twice),
            PathSegment::Field(name) => {
                names.push(name);
                Ok("field")
            }
        });
    let filled: Vec<&str> = segments.collect::<Result<_, _>>()?;
    path(&filled.join("/"))
}

/// Checks that a path reaches its server unchanged (RFC 3986, section 3.3).
fn path(text: &str) -> Result<(), NotAPath> {
    if let Some(mark) = text.chars().find(|c| matches!(c, '?' | '#')) {
        return Err(NotAPath::Query(mark));
    }
    if text.contains(['{', '}']) {
        return Err(NotAPath::Braces);
    }
    let Some(rest) = text.strip_prefix('/') else {
        return Err(NotAPath::Relative);
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/".contains(c);
    for (index, c) in text.char_indices() {
        let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_encoded = || text.get(index + 1..index + 3).is_some_and(hex);
        if !(allowed(c) || c == '%' && is_encoded()) {
            return Err(NotAPath::Character(c));
        }
    }
    let mut segments = rest.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
            "" if !is_last => return Err(NotAPath::Segment("")),
            "." => return Err(NotAPath::Segment(".")),
            ".." => return Err(NotAPath::Segment("..")),
            _ => {}
        }
    }
    Ok(())
}

fn prefix(text: &str) -> Result<(), NotAPath> {
    match text {
        "" => Ok(()),
        text if text.ends_with('/') => Err(NotAPath::DoubleSlash),
        text => path(text),
    }
}

/// Returns whether a text can be the name of a header (RFC 9110, section 5.1).
pub(super) fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

/// Returns whether a text can be the value of a header that everybody sends and reads in the same way.
fn is_header_value(text: &str) -> bool {
    let allowed = |byte: u8| byte == b'\t' || (b' '..=b'~').contains(&byte);
    text.trim() == text && text.bytes().all(allowed)
}

/// Returns whether a text is a host, with or without a port.
fn is_host(text: &str) -> bool {
    !text.contains(['/', '?', '#', '@', '\\', '%']) && rules::url(&format!("https://{text}/"))
}

impl Context<'_> {
    /// Checks that an operation can be called at its address.
    pub(super) fn callable(&mut self, file: &OperationFile, at: At<'_>, request: &Body) {
        let span = at.at("path").span();
        // A name in braces can only be checked when all operations are known.
        let checked = match file.caller() {
            Caller::Merchant => pattern(&file.path),
            Caller::Provider if address_field(file.caller(), &file.path).is_some() => Ok(()),
            Caller::Provider => path(&file.path),
        };
        self.path_at(checked, &file.path, span);
        let mut fields = request.object.fields.iter();
        let body = fields.find(|field| field.location == Location::Body);
        if let Some(field) = body.filter(|_| !file.method.has_body()) {
            let message = format!("a {} request cannot have a body", file.method.as_str());
            let declared = self.map.word_at(field.origin);
            let help = match file.caller() {
                Caller::Merchant => "use `in: query`, or `POST`, `PUT` or `PATCH`",
                Caller::Provider => "fields are sent in the body; use `POST`, `PUT` or `PATCH`",
            };
            self.report(
                Diagnostic::new(&codes::BODY_NOT_SENT, message)
                    .at(
                        at.at("method").span(),
                        "servers and proxies may drop the body",
                    )
                    .also(declared, "a field in the body")
                    .help(help)
                    .limit(&limits::BODY_OF_GET),
            );
        }
    }

    /// Checks that the addresses to which the provider reports are fields of a request.
    pub(super) fn notified(&mut self, operations: &[Operation], spans: &[(String, Span)]) {
        let asked = operations
            .iter()
            .filter(|operation| operation.caller == Caller::Merchant);
        let bodies = asked.map(|operation| &operation.request.object);
        let objects = bodies.chain(&self.objects);
        let mut fields: Vec<&str> = objects
            .flat_map(|object| &object.fields)
            .map(|field| field.name.as_str())
            .collect();
        fields.sort_unstable();
        fields.dedup();
        let mut unknown = Vec::new();
        for (name, span) in spans {
            if fields.binary_search(&name.as_str()).is_ok() {
                continue;
            }
            let message =
                format!("unknown field `{name}`: the address must be a field of a request");
            let diagnostic = Diagnostic::new(&codes::BAD_ADDRESS, message).at(*span, "");
            unknown.push(match closest(name, fields.iter().copied()) {
                Some(meant) => diagnostic.help(format!("did you mean `{{{meant}}}`?")),
                None => diagnostic.help(
                    "name the field in which the merchant gives the address, or write a path",
                ),
            });
        }
        self.found.extend(unknown);
    }

    /// Returns the host and the path of a server's address, after checking them.
    pub(super) fn server_url<'u>(
        &mut self,
        url: &'u str,
        span: Span,
    ) -> (Option<&'u str>, &'u str) {
        let (host, behind) = match url.split_once("://") {
            Some(("https", rest)) => {
                let end = rest.find('/').unwrap_or(rest.len());
                let (host, behind) = rest.split_at(end);
                (Some(host), behind)
            }
            Some((scheme, _)) => {
                let message = format!("the address of a server starts with `{scheme}://`");
                let diagnostic = Diagnostic::new(&codes::BAD_ADDRESS, message).at(span, "");
                self.report(diagnostic.help("write `https://`"));
                return (None, "");
            }
            None => (None, url),
        };
        if let Some(host) = host.filter(|host| !is_host(host)) {
            let message = format!("invalid host `{host}`");
            self.report(Diagnostic::new(&codes::BAD_ADDRESS, message).at(span, ""));
        }
        self.path_at(prefix(behind), behind, span);
        (host, behind)
    }

    /// Checks the parts that surround every message of an API.
    pub(super) fn transport(&mut self, file: &ApiFile, at: At<'_>) {
        for (one, at) in file.hosts.iter().zip(at.at("hosts").each()) {
            if !is_host(&one.host) {
                let message = format!("invalid host `{}`", one.host);
                self.report(
                    Diagnostic::new(&codes::BAD_ADDRESS, message)
                        .at(at.at("host").span(), "")
                        .help("write the host without scheme and path: `api.example.com`"),
                );
            }
        }
        let headers = at.at("headers");
        for (list, at) in [
            (&file.headers.request, headers.at("request")),
            (&file.headers.response, headers.at("response")),
        ] {
            self.header_list(list, at);
        }
        if let Some(signature) = &file.signature {
            let at = at.at("signature");
            self.header_name(&signature.header, at.at("header").span());
            let keys = signature
                .header_keys
                .iter()
                .zip(at.at("header_keys").each());
            let words = keys.map(|(key, at)| (key, at.span()));
            let algorithm = (&signature.algorithm_name, at.at("algorithm_name").span());
            for (word, span) in words.chain([algorithm]) {
                if !is_token(word) {
                    let message =
                        format!("invalid word {word:?} in a `key=value` pair of a header");
                    self.report(Diagnostic::new(&codes::BAD_HEADER, message).at(span, ""));
                }
            }
        }
    }

    fn header_list(&mut self, list: &IndexMap<String, format::Header>, at: At<'_>) {
        let mut seen: Vec<(String, Span)> = Vec::new();
        for ((written, header), at) in list.iter().zip(at.entries()) {
            let span = at.key_span();
            self.header_name(written, span);
            let name = written.to_ascii_lowercase();
            match seen.iter().find(|(known, _)| *known == name) {
                Some((_, first)) => {
                    let message = format!("the header `{written}` is declared twice");
                    let first = *first;
                    self.report(
                        Diagnostic::new(&codes::DECLARED_TWICE, message)
                            .at(span, "again")
                            .also(first, "first; letter case does not matter"),
                    );
                }
                None => seen.push((name, span)),
            }
            let example = header.example.as_deref();
            if let Some(example) = example.filter(|example| !is_header_value(example)) {
                let message = format!("invalid header value {example:?}");
                self.report(
                    Diagnostic::new(&codes::BAD_HEADER, message)
                        .at(at.at("example").span(), "expected visible ASCII characters"),
                );
            }
        }
    }

    fn header_name(&mut self, name: &str, span: Span) {
        if is_token(name) {
            return;
        }
        let message = format!("invalid header name {name:?}");
        let mended: String = name.trim().trim_end_matches(':').replace(' ', "-");
        let diagnostic = Diagnostic::new(&codes::BAD_HEADER, message)
            .at(span, "expected ASCII letters, digits and `-`");
        self.report(match is_token(&mended) {
            true => diagnostic.help(format!("write `{mended}`")),
            false => diagnostic,
        });
    }

    fn path_at(&mut self, checked: Result<(), NotAPath>, path: &str, span: Span) {
        if let Err(flaw) = checked {
            let diagnostic = Diagnostic::new(&codes::BAD_ADDRESS, flaw.message(path))
                .at(span, "")
                .help(flaw.help(path));
            self.report(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for good in [
            "/",
            "/v1/orders",
            "/v1/orders/",
            "/a%20b",
            "/a:b@c",
            "/v1.0/x_y~",
        ] {
            assert!(path(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "v1/orders",
            " /v1",
            "/v1 ",
            "/a b",
            "/a?b=c",
            "/a#b",
            "/a/{id}",
            "/{",
            "/a{b}",
            "//a",
            "/a//b",
            "/a/../b",
            "/a/%2E%2e/b",
            "/./a",
            "/a%2",
            "/a%zz",
            "/支付",
            "/a\\b",
            "/a\n",
            "/a\u{7}",
            "/a|b",
            "/a\"b",
            "https://a.example/b",
        ] {
            assert!(path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn patterns() {
        for good in ["/", "/v1/orders", "/v1/{id}", "/{a}/b/{c}", "/v1/{pay-id}"] {
            assert!(pattern(good).is_ok(), "{good}");
        }
        for bad in [
            "{id}",
            "/v1/{}",
            "/v1/{id",
            "/v1/x{id}",
            "/v1/{id}:cancel",
            "/v1/{{id}}",
            "/v1/{id}/{id}",
            "/v1/{a}{b}",
            "/v1/{id}?a=b",
            "/v1//{id}",
        ] {
            assert!(pattern(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn prefixes() {
        assert!(prefix("").is_ok() && prefix("/ams/api").is_ok());
        assert!(prefix("/").is_err() && prefix("/ams/").is_err() && prefix("ams").is_err());
    }

    #[test]
    fn hosts() {
        for good in ["api.example.com", "localhost:8080", "127.0.0.1", "[::1]:80"] {
            assert!(is_host(good), "{good}");
        }
        for bad in [
            "",
            "https://a.example",
            "a.example/b",
            "a b",
            "user@a.example",
            "a:b",
            "a.example?",
            "订单",
        ] {
            assert!(!is_host(bad), "{bad}");
        }
    }

    #[test]
    fn headers() {
        assert!(is_token("Client-Id") && is_token("x_1"));
        for bad in ["", "Client Id", "Client-Id:", "Client-Id\n", "Höhe"] {
            assert!(!is_token(bad), "{bad}");
        }
        assert!(is_header_value("application/json; charset=UTF-8") && is_header_value(""));
        assert!(!is_header_value("a\r\nb") && !is_header_value(" a") && !is_header_value("é"));
    }
}
