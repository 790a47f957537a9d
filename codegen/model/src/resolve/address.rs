//! Checks that HTTP can carry the addresses, headers and bodies of the spec unchanged, so that the
//! receiver verifies exactly what was signed.

use indexmap::IndexMap;
use payspec_runtime::rules;

use super::Context;
use super::url_path::{NotAPath, path, pattern, prefix};
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, ApiFile, Caller, OperationFile};
use crate::model::{Body, Operation, address_field};
use crate::source::{At, Span};
use payspec_runtime::{Location, closest};

/// Returns whether a text can be the name of a header (RFC 9110, section 5.1).
pub(super) fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

/// Returns whether a text can be the value of a header that everybody sends and reads in the same way.
pub(super) fn is_header_value(text: &str) -> bool {
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

    /// Checks that a text can be the name of a header.
    pub(super) fn header_name(&mut self, name: &str, span: Span) {
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
