//! Authentication: the credentials of a merchant, and the headers of requests that carry them.

use payspec_runtime::rules;

use super::Context;
use super::address::is_header_value;
use super::names::is_snake_case;
use super::notification_proof::misused_keys;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, ApiFile};
use crate::model::{
    AUTHORIZATION, Auth, AuthKind, AuthScheme, Credential, CredentialKind, HeaderPart, NotTemplate,
    Piece, pieces,
};
use crate::naming;
use crate::source::{At, Span};

impl format::AuthScheme {
    /// Returns the names of its headers.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let is_authorized = self.bearer.is_some() || self.basic.is_some();
        let own = is_authorized.then_some(AUTHORIZATION);
        own.into_iter()
            .chain(self.headers.keys().map(String::as_str))
    }
}

impl Context<'_> {
    /// Resolves the credentials and the authentication of an API.
    pub(super) fn authentication(
        &mut self,
        file: &ApiFile,
        at: At<'_>,
        inherited: &Cited,
    ) -> (Vec<Credential>, Option<Auth>) {
        let mut credentials = self.credentials(file, at.at("credentials"), inherited);
        let auth = file.auth.as_ref();
        let auth = auth.map(|auth| self.auth(file, auth, at.at("auth"), inherited));
        let schemes = auth.iter().flat_map(|auth| &auth.schemes);
        let schemes: Vec<&AuthScheme> = schemes.collect();
        let proof = auth.as_ref().and_then(|auth| auth.notification.as_ref());
        let used = || {
            let used = schemes.iter();
            let used = used.flat_map(|scheme| {
                scheme
                    .kind
                    .credentials()
                    .into_iter()
                    .map(|name| (name, scheme.origin))
            });
            used.chain(proof.map(|proof| (proof.key.as_str(), proof.origin)))
        };
        let misused = misused_keys(self.map, &credentials, proof);
        let unused = credentials.iter();
        let unused = unused.filter(|one| used().all(|(name, _)| name != one.name));
        let unused: Vec<Diagnostic> = unused
            .map(|one| {
                let message = format!("the credential `{}` is never used", one.name);
                let span = self.map.word_at(one.origin);
                Diagnostic::new(&codes::BAD_AUTH, message).at(span, "`auth` does not name it")
            })
            .collect();
        self.found.extend(unused);
        self.found.extend(misused);
        for (name, origin) in used() {
            if credentials.iter().all(|one| one.name != name) {
                credentials.push(Credential {
                    name: name.to_owned(),
                    kind: CredentialKind::Secret,
                    encoding: None,
                    description: String::new(),
                    sources: auth
                        .iter()
                        .flat_map(|auth| auth.sources.iter().copied())
                        .collect(),
                    origin,
                });
            }
        }
        (credentials, auth)
    }

    fn credentials(&mut self, file: &ApiFile, at: At<'_>, inherited: &Cited) -> Vec<Credential> {
        let credentials = file.credentials.iter().zip(at.entries());
        let resolve = |((name, credential), at): ((&String, &format::Credential), At<'_>)| {
            let origin = self.origin(at);
            self.credential_name(name, at.key_span());
            self.disputes(&credential.disputed, at, origin, || {
                format!("credential {name}")
            });
            Credential {
                name: name.clone(),
                kind: credential.kind,
                encoding: credential.encoding,
                description: credential.description.clone(),
                sources: self.sources(credential.source.as_ref(), at, inherited).ids,
                origin,
            }
        };
        credentials.map(resolve).collect()
    }

    pub(super) fn credential_name(&mut self, name: &str, span: Span) {
        if !is_snake_case(name) || naming::field_name(name).is_err() {
            let message = format!("invalid name of a credential {name:?}");
            let bad = Diagnostic::new(&codes::BAD_NAME, message).at(span, "");
            self.report(bad.help("write lower-case letters, digits and single underscores"));
        }
    }

    fn auth(&mut self, file: &ApiFile, auth: &format::Auth, at: At<'_>, inherited: &Cited) -> Auth {
        let origin = self.origin(at);
        self.disputes(&auth.disputed, at, origin, || "auth".to_owned());
        if file.signature.is_some() {
            let message = "this API has both `auth` and a `signature`";
            let both = Diagnostic::new(&codes::BAD_AUTH, message).at(at.key_span(), "");
            self.report(both.limit(&limits::CREDENTIALS_AND_SIGNATURE));
        }
        let scheme = &auth.request;
        let at_request = at.at("request");
        let mut schemes = Vec::new();
        if let Some(token) = &scheme.bearer {
            let at = at_request.at("bearer");
            self.credential_name(token, at.span());
            let token = token.clone();
            let kind = AuthKind::Bearer { token };
            self.scheme(kind, at, &mut schemes);
        }
        if let Some([user, password]) = scheme.basic.as_deref() {
            let at = at_request.at("basic");
            for (name, at) in [user, password].into_iter().zip(at.each()) {
                self.credential_name(name, at.span());
            }
            let (user, password) = (user.clone(), password.clone());
            let kind = AuthKind::Basic { user, password };
            self.scheme(kind, at, &mut schemes);
        }
        let headers = scheme
            .headers
            .iter()
            .zip(at_request.at("headers").entries());
        for ((name, template), at) in headers {
            self.auth_header_name(file, name, at.key_span());
            let parts = self.header_parts(template, at.span());
            let name = name.clone();
            self.scheme(AuthKind::Header { name, parts }, at, &mut schemes);
        }
        if schemes.is_empty() {
            let message = "`auth` states no header";
            let empty = Diagnostic::new(&codes::BAD_AUTH, message).at(at_request.key_span(), "");
            self.report(empty.help("add `bearer`, `basic` or `headers`"));
        }
        let proof = auth.notification.as_ref();
        Auth {
            schemes,
            notification: proof.and_then(|proof| self.proof(proof, at.at("notification"))),
            sources: self.sources(auth.source.as_ref(), at, inherited).ids,
            origin,
        }
    }

    /// Adds a header, unless there is one with this name.
    fn scheme(&mut self, kind: AuthKind, at: At<'_>, schemes: &mut Vec<AuthScheme>) {
        let origin = self.origin(at);
        let same = |one: &&AuthScheme| one.kind.name().eq_ignore_ascii_case(kind.name());
        if let Some(first) = schemes.iter().find(same) {
            let message = format!("the header `{}` is stated twice", kind.name());
            let first = self.map.word_at(first.origin);
            let twice = Diagnostic::new(&codes::BAD_AUTH, message).at(at.key_span(), "again");
            self.report(twice.also(first, "first; letter case does not matter"));
            return;
        }
        schemes.push(AuthScheme { kind, origin });
    }

    fn auth_header_name(&mut self, file: &ApiFile, name: &str, span: Span) {
        self.header_name(name, span);
        let mut declared = file.headers.request.keys();
        let by = match rules::is_transport_header(name) {
            true => Some("the client or its transport sets it"),
            false if declared.any(|one| one.eq_ignore_ascii_case(name)) => {
                Some("`headers.request` declares it, too")
            }
            false => None,
        };
        if let Some(by) = by {
            let message = format!("the header `{name}` cannot carry credentials: {by}");
            self.report(Diagnostic::new(&codes::BAD_AUTH, message).at(span, ""));
        }
    }

    /// Splits the value of a header into texts and names of credentials.
    fn header_parts(&mut self, template: &str, span: Span) -> Vec<HeaderPart> {
        let mut parts = Vec::new();
        let split: Result<Vec<Piece<'_>>, NotTemplate<'_>> = pieces(template).collect();
        let wrong = match split {
            Err(_) => Some("unmatched brace".to_owned()),
            Ok(_) if !is_header_value(template) => {
                Some("a header consists of visible ASCII characters".to_owned())
            }
            Ok(pieces) => {
                for piece in pieces {
                    parts.push(match piece {
                        Piece::Text(text) => HeaderPart::Text(text.to_owned()),
                        Piece::Name(name) => {
                            self.credential_name(name, span);
                            HeaderPart::Credential(name.to_owned())
                        }
                    });
                }
                let mut parts = parts.iter();
                let has_credential = parts.any(|part| matches!(part, HeaderPart::Credential(_)));
                (!has_credential).then(|| "no credential".to_owned())
            }
        };
        if let Some(wrong) = wrong {
            let diagnostic =
                Diagnostic::new(&codes::BAD_TEMPLATE, wrong).at(span, "in this template");
            let help = "write each credential in a pair of braces, such as `Token {api_key}`; a fixed header is declared in `headers.request`";
            self.report(diagnostic.help(help));
        }
        parts
    }
}
