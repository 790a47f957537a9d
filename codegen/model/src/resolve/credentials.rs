//! Credentials: what `credentials` lists, what `auth` uses, and whether the two fit.

use super::Context;
use super::names::is_snake_case;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, ApiFile};
use crate::model::{
    Auth, AuthScheme, BodyProof, Credential, CredentialKind, Encryption, MessageProof,
    OperationAuth, Origin, ProofOf,
};
use crate::naming;
use crate::source::{At, Span};
use payspec_runtime::{AeadAlgorithm, ProofAlgorithm};

/// The way in which a message uses a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It is a text in a header.
    Text,
    /// It is a text in signed content, which may be shown.
    Signed,
    /// It is the key of a signature.
    Key(ProofAlgorithm, ProofOf),
    /// It is the key of an encryption.
    Encryption(AeadAlgorithm),
}

impl Use {
    /// Returns the kind that a credential has if it is not listed.
    fn kind(self) -> CredentialKind {
        match self {
            Use::Signed => CredentialKind::Id,
            Use::Text | Use::Encryption(AeadAlgorithm::Aes256Gcm) => CredentialKind::Secret,
            Use::Key(algorithm, of) => match (algorithm, of) {
                (ProofAlgorithm::HmacSha256 | ProofAlgorithm::HmacSha512, _) => {
                    CredentialKind::Secret
                }
                (ProofAlgorithm::RsaPkcs1V15Sha256, ProofOf::Request) => CredentialKind::PrivateKey,
                (ProofAlgorithm::RsaPkcs1V15Sha256, ProofOf::Response | ProofOf::Notification) => {
                    CredentialKind::PublicKeys
                }
            },
        }
    }
}

/// Returns the credentials that an API uses, with the place of each use.
fn uses(auth: &Auth) -> Vec<(&str, Origin, Use)> {
    let mut all: Vec<_> = texts(&auth.schemes).collect();
    for (proof, of) in [
        (&auth.request, ProofOf::Request),
        (&auth.response, ProofOf::Response),
        (&auth.notification, ProofOf::Notification),
    ] {
        if let Some(MessageProof {
            algorithm,
            key,
            credentials,
            signed,
            origin,
            ..
        }) = proof
        {
            let signed = signed.iter();
            all.extend(signed.map(|name| (name.as_str(), *origin, Use::Signed)));
            let beside = credentials.iter();
            all.extend(beside.map(|(name, _)| (name.as_str(), *origin, Use::Text)));
            all.push((key.as_str(), *origin, Use::Key(*algorithm, of)));
        }
    }
    if let Some(BodyProof {
        algorithm,
        key,
        origin,
        ..
    }) = &auth.body_proof
    {
        let usage = Use::Key(*algorithm, ProofOf::Notification);
        all.push((key.as_str(), *origin, usage));
    }
    if let Some(Encryption {
        algorithm,
        key,
        origin,
        ..
    }) = &auth.encryption
    {
        all.push((key.as_str(), *origin, Use::Encryption(*algorithm)));
    }
    all
}

/// Returns the credentials in headers.
fn texts(schemes: &[AuthScheme]) -> impl Iterator<Item = (&str, Origin, Use)> {
    schemes.iter().flat_map(|scheme| {
        let names = scheme.kind.credentials().into_iter();
        names.map(|name| (name, scheme.origin, Use::Text))
    })
}

impl Context<'_> {
    /// Resolves the credentials and the authentication of an API.
    pub(super) fn authentication(
        &mut self,
        file: &ApiFile,
        at: At<'_>,
        inherited: &Cited,
        own: Vec<&OperationAuth>,
    ) -> (Vec<Credential>, Option<Auth>) {
        let mut credentials = self.credentials(file, at.at("credentials"), inherited);
        let auth = file.auth.as_ref();
        let auth = auth.map(|auth| self.auth(file, auth, at.at("auth"), inherited));
        let mut used = auth.as_ref().map(uses).unwrap_or_default();
        used.extend(own.into_iter().flat_map(|own| texts(&own.schemes)));
        let wrong: Vec<Diagnostic> = credentials
            .iter()
            .flat_map(|one| self.misused(one, &used))
            .collect();
        self.found.extend(wrong);
        for (name, origin, usage) in used {
            if credentials.iter().all(|one| one.name != name) {
                credentials.push(Credential {
                    name: name.to_owned(),
                    kind: usage.kind(),
                    encoding: None,
                    bits: None,
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

    /// Returns what is wrong with a credential, by its uses.
    fn misused(&self, one: &Credential, used: &[(&str, Origin, Use)]) -> Vec<Diagnostic> {
        let Credential {
            name,
            kind,
            encoding,
            bits,
            ..
        } = one;
        let mut wrong = Vec::new();
        let mut add = |message: String, label: &'static str| {
            let span = self.map.word_at(one.origin);
            wrong.push(Diagnostic::new(&codes::BAD_AUTH, message).at(span, label));
        };
        let uses: Vec<Use> = used
            .iter()
            .filter(|(used, _, _)| used == name)
            .map(|(_, _, usage)| *usage)
            .collect();
        if uses.is_empty() {
            add(
                format!("the credential `{name}` is never used"),
                "`auth` does not name it",
            );
        }
        let is_key = |usage: &Use| match usage {
            Use::Text | Use::Signed => false,
            Use::Key(..) | Use::Encryption(_) => usage.kind() == CredentialKind::Secret,
        };
        for usage in &uses {
            match (kind, usage.kind()) {
                (CredentialKind::Id, CredentialKind::Secret) if is_key(usage) => add(
                    format!("the key `{name}` is not secret"),
                    "its kind is `id`",
                ),
                (CredentialKind::Id, CredentialKind::Id)
                | (CredentialKind::Id | CredentialKind::Secret, CredentialKind::Secret)
                | (CredentialKind::PrivateKey, CredentialKind::PrivateKey)
                | (CredentialKind::PublicKeys, CredentialKind::PublicKeys) => {}
                (
                    CredentialKind::Id
                    | CredentialKind::Secret
                    | CredentialKind::PrivateKey
                    | CredentialKind::PublicKeys,
                    needed,
                ) => add(
                    format!("the credential `{name}` is not of the kind that its use needs"),
                    match needed {
                        CredentialKind::Id => "expected `kind: id`: signed content may be shown",
                        CredentialKind::Secret => "expected `kind: secret` or `kind: id`",
                        CredentialKind::PrivateKey => "expected `kind: private_key`",
                        CredentialKind::PublicKeys => "expected `kind: public_keys`",
                    },
                ),
            }
        }
        if encoding.is_some() && !uses.iter().any(is_key) {
            add(
                format!("the credential `{name}` has an `encoding`"),
                "only the key of a signature with a shared secret or of an encryption has one",
            );
        }
        let is_rsa = match kind {
            CredentialKind::Id | CredentialKind::Secret => false,
            CredentialKind::PrivateKey | CredentialKind::PublicKeys => true,
        };
        if bits.is_some() && !is_rsa {
            add(
                format!("the credential `{name}` has `bits`"),
                "only `private_key` and `public_keys` have them",
            );
        }
        wrong
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
                bits: credential.bits,
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
}
