//! Authentication: the headers of requests that prove who calls, and the proofs of messages.

use payspec_runtime::rules;

use super::Context;
use super::address::is_header_value;
use super::message_proof::Stated;
use super::proof_places::is_of_proof;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{
    self, ApiFile, NotificationProof, OwnNotificationProof, ProofHeader, ProofWord,
};
use crate::model::{
    AUTHORIZATION, Auth, AuthKind, AuthScheme, Encryption, HeaderPart, MessageProof, NotTemplate,
    Piece, ProofOf, pieces,
};
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
    pub(super) fn auth(
        &mut self,
        file: &ApiFile,
        auth: &format::Auth,
        at: At<'_>,
        inherited: &Cited,
    ) -> Auth {
        let origin = self.origin(at);
        self.disputes(&auth.disputed, at, origin, || "auth".to_owned());
        if file.signature.is_some() {
            let message = "this API has both `auth` and a `signature`";
            let both = Diagnostic::new(&codes::BAD_AUTH, message).at(at.key_span(), "");
            self.report(both.limit(&limits::CREDENTIALS_AND_SIGNATURE));
        }
        let mut schemes = Vec::new();
        let at_request = at.at("request");
        let request = self.request(&auth.request, at_request, &mut schemes);
        let token = self.issued_token(&auth.request, at_request.at("bearer"));
        let response = auth.response.as_ref().and_then(|proof| {
            let at = at.at("response");
            let stated = Stated {
                time: proof.time.as_ref(),
                nonce: proof.nonce.as_ref(),
                key_id: proof.key_id,
                ..Stated::of((&proof.headers, at.at("headers")), &proof.signature, at)
            };
            self.proof(ProofOf::Response, &stated)
        });
        let at_notification = at.at("notification");
        let (mut body_proof, mut unproved) = (None, None);
        let notification = match &auth.notification {
            None => None,
            Some(NotificationProof::Own(proof)) => match &proof.field {
                Some(field) => {
                    body_proof = self.body_proof(proof, field, at_notification);
                    None
                }
                None => self.header_proof(proof, at_notification),
            },
            Some(NotificationProof::Word(ProofWord::None)) => {
                unproved = Some(self.origin(at_notification));
                None
            }
            Some(NotificationProof::Word(ProofWord::Response)) => {
                if auth.response.is_none() {
                    let help = "state it in `auth.response`, or write the proof here";
                    self.bad_proof(at_notification.span(), "answers have no proof", help);
                }
                response.clone()
            }
        };
        let encryption = auth.encryption.as_ref().map(|encryption| {
            let at = at.at("encryption");
            if auth.notification.is_none() || unproved.is_some() {
                let help = "state `auth.notification`: only what is proved is opened";
                self.bad_proof(at.key_span(), "nothing proves notifications", help);
            }
            self.encryption(encryption, at)
        });
        Auth {
            schemes,
            token,
            request,
            response,
            notification,
            body_proof,
            unproved,
            encryption,
            sources: self.sources(auth.source.as_ref(), at, inherited).ids,
            origin,
        }
    }

    /// Resolves a proof of notifications in their headers.
    fn header_proof(&mut self, proof: &OwnNotificationProof, at: At<'_>) -> Option<MessageProof> {
        if proof.headers.is_empty() {
            let help = "add `headers`, or `field` for a signature in the body";
            self.bad_proof(at.key_span(), "nothing carries the signature", help);
            return None;
        }
        if proof.unescaped.is_some() {
            let span = at.at("unescaped").key_span();
            self.bad_proof(span, "`unescaped` belongs to a signature in the body", "");
        }
        let headers = (&proof.headers, at.at("headers"));
        let stated = Stated::of(headers, &proof.signature, at);
        let stated = Stated {
            time: proof.time.as_ref(),
            nonce: proof.nonce.as_ref(),
            key_id: proof.key_id,
            ..stated
        };
        self.proof(ProofOf::Notification, &stated)
    }

    fn encryption(&mut self, encryption: &format::Encryption, at: At<'_>) -> Encryption {
        let format::Encryption {
            algorithm,
            key,
            ciphertext,
            nonce,
            associated_data,
            members,
        } = encryption.clone();
        self.credential_name(&key, at.at("key").span());
        let mut names = vec![("ciphertext", &ciphertext), ("nonce", &nonce)];
        names.extend(associated_data.iter().map(|name| ("associated_data", name)));
        for (index, (key, name)) in names.iter().enumerate() {
            let is_taken = names[..index].iter().any(|(_, other)| other == name);
            if is_taken || members.contains_key(*name) || name.is_empty() {
                let message = format!("`{key}` needs a member of its own, found `{name}`");
                self.bad_proof(at.at(key).span(), &message, "");
            }
        }
        Encryption {
            algorithm,
            key,
            ciphertext,
            nonce,
            associated_data,
            fixed: members.into_iter().collect(),
            origin: self.origin(at),
        }
    }

    /// Resolves the headers of requests: those that credentials fill alone, and the signature.
    pub(super) fn request(
        &mut self,
        scheme: &format::AuthScheme,
        at_request: At<'_>,
        schemes: &mut Vec<AuthScheme>,
    ) -> Option<MessageProof> {
        if let Some(format::Bearer::Credential(token)) = &scheme.bearer {
            let at = at_request.at("bearer");
            self.credential_name(token, at.span());
            let token = token.clone();
            let kind = AuthKind::Bearer { token };
            self.scheme(kind, at, schemes);
        }
        if let Some([user, password]) = scheme.basic.as_deref() {
            let at = at_request.at("basic");
            for (name, at) in [user, password].into_iter().zip(at.each()) {
                self.credential_name(name, at.span());
            }
            let (user, password) = (user.clone(), password.clone());
            let kind = AuthKind::Basic { user, password };
            self.scheme(kind, at, schemes);
        }
        let headers = scheme
            .headers
            .iter()
            .zip(at_request.at("headers").entries());
        let mut proving = Vec::new();
        for ((name, header), at) in headers {
            self.auth_header_name(name, at.key_span());
            match header {
                header if scheme.signature.is_some() && is_of_proof(header) => {
                    proving.push((name.as_str(), header, at));
                }
                ProofHeader::Text(template) => {
                    let parts = self.header_parts(template, at.span());
                    let name = name.clone();
                    self.scheme(AuthKind::Header { name, parts }, at, schemes);
                }
                ProofHeader::List(_) => {
                    let help = "add a `signature`, or write the value as one text";
                    self.bad_proof(at.key_span(), "a list belongs to a signature", help);
                }
            }
        }
        let proof = self.request_proof(scheme, proving, at_request, schemes);
        let has_token = matches!(scheme.bearer, Some(format::Bearer::Issued(_)));
        if schemes.is_empty() && !has_token && scheme.signature.is_none() {
            let message = "`auth` states no header";
            let empty = Diagnostic::new(&codes::BAD_AUTH, message).at(at_request.key_span(), "");
            self.report(empty.help("add `bearer`, `basic` or `headers`"));
        }
        proof
    }

    fn request_proof(
        &mut self,
        scheme: &format::AuthScheme,
        headers: Vec<(&str, &ProofHeader, At<'_>)>,
        at: At<'_>,
        schemes: &[AuthScheme],
    ) -> Option<MessageProof> {
        let Some(signature) = &scheme.signature else {
            for (is_stated, key) in [
                (scheme.time.is_some(), "time"),
                (scheme.nonce.is_some(), "nonce"),
                (scheme.key_id.is_some(), "key_id"),
            ] {
                if is_stated {
                    let message = format!("the {key} belongs to a signature");
                    self.bad_proof(at.at(key).key_span(), &message, "add `signature`");
                }
            }
            return None;
        };
        for (name, _, at) in &headers {
            let is_same = |one: &&AuthScheme| one.kind.name().eq_ignore_ascii_case(name);
            if schemes.iter().any(|one| is_same(&one)) {
                let message = format!("the header `{name}` is stated twice");
                self.bad_proof(at.key_span(), &message, "");
            }
        }
        let stated = Stated {
            headers,
            signature,
            time: scheme.time.as_ref(),
            nonce: scheme.nonce.as_ref(),
            key_id: scheme.key_id,
            at,
        };
        self.proof(ProofOf::Request, &stated)
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

    fn auth_header_name(&mut self, name: &str, span: Span) {
        self.header_name(name, span);
        let mut declared = self.declared_headers.iter();
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
