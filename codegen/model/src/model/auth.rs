use super::{BodyProof, MessageProof, Operation, Origin, ProofOf, SourceIds};
pub use crate::format::CredentialKind;
use crate::pointer::pointer;
#[cfg(feature = "signing")]
use payspec_runtime::client::AuthPart;
use payspec_runtime::{AeadAlgorithm, TextEncoding};

/// A credential: what a merchant is given to prove who calls. A spec has its name, never its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The name, `snake_case`.
    pub name: String,
    /// The kind.
    pub kind: CredentialKind,
    /// The encoding in which the provider hands it out, if its text is not the key itself.
    pub encoding: Option<TextEncoding>,
    /// The size of RSA keys, in bits.
    pub bits: Option<u32>,
    /// The description.
    pub description: String,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec; that of its first use, if it is not declared.
    pub origin: Origin,
}

/// The proof of the sender of messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Auth {
    /// The headers of every request that credentials fill alone.
    pub schemes: Vec<AuthScheme>,
    /// The bearer token of every request that an operation hands out.
    pub token: Option<IssuedToken>,
    /// The signature of requests.
    pub request: Option<MessageProof>,
    /// The proof of answers; [`None`] if nothing but TLS proves them.
    pub response: Option<MessageProof>,
    /// The proof of notifications in their headers.
    pub notification: Option<MessageProof>,
    /// The proof of notifications in their bodies.
    pub body_proof: Option<BodyProof>,
    /// The place where the spec says that nothing proves notifications: they prompt an inquiry and decide nothing.
    pub unproved: Option<Origin>,
    /// The encryption of objects in notifications.
    pub encryption: Option<Encryption>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// A bearer token that an operation hands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedToken {
    /// The id of the operation.
    pub operation: String,
    /// The path of the token in its answer.
    pub token: Vec<String>,
    /// The path of the token's lifetime in seconds in its answer.
    pub expires_in: Vec<String>,
    /// The place in the spec.
    pub origin: Origin,
}

/// The headers of the requests of one operation that prove who calls, in place of those of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationAuth {
    /// The headers; empty if none proves who calls.
    pub schemes: Vec<AuthScheme>,
    /// The place in the spec.
    pub origin: Origin,
}

/// The encryption of objects in notifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encryption {
    /// The algorithm.
    pub algorithm: AeadAlgorithm,
    /// The credential that is the key.
    pub key: String,
    /// The name of the member with the ciphertext.
    pub ciphertext: String,
    /// The name of the member with the nonce.
    pub nonce: String,
    /// The name of the member with the associated data.
    pub associated_data: Option<String>,
    /// The members with a text of their own.
    pub fixed: Vec<(String, String)>,
    /// The place in the spec.
    pub origin: Origin,
}

impl Encryption {
    /// Returns what it states, each with its name.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let Self {
            algorithm,
            key,
            ciphertext,
            nonce,
            associated_data,
            fixed,
            origin: _,
        } = self;
        let mut facts = vec![
            ("algorithm", algorithm.as_str().to_owned()),
            ("key", key.clone()),
            ("ciphertext", ciphertext.clone()),
            ("nonce", nonce.clone()),
        ];
        facts.extend(
            associated_data
                .iter()
                .map(|name| ("associated data", name.clone())),
        );
        if !fixed.is_empty() {
            let fixed = fixed.iter().map(|(name, text)| format!("{name}: {text}"));
            facts.push(("members", fixed.collect::<Vec<_>>().join(", ")));
        }
        facts
    }
}

/// A header that proves who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthScheme {
    /// The form of the header.
    pub kind: AuthKind,
    /// The place in the spec.
    pub origin: Origin,
}

/// The form of a header that proves who calls, with the names of its credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthKind {
    /// A bearer token (RFC 6750).
    Bearer {
        /// The token.
        token: String,
    },
    /// Basic authentication (RFC 7617).
    Basic {
        /// The user name.
        user: String,
        /// The password.
        password: String,
    },
    /// A header with a value of its own.
    Header {
        /// The name.
        name: String,
        /// The parts of its value.
        parts: Vec<HeaderPart>,
    },
}

/// A part of the value of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderPart {
    /// This text.
    Text(String),
    /// The credential with this name.
    Credential(String),
}

/// The header of bearer tokens and of basic authentication.
pub(crate) const AUTHORIZATION: &str = "Authorization";

impl Auth {
    /// Returns whether only notifications, their proof or their encryption, need a credential: a client without it pays, and receives
    /// nothing. `operations` are those of the API.
    pub fn is_for_notifications_only(&self, credential: &str, operations: &[Operation]) -> bool {
        let names = |proof: &Option<MessageProof>| {
            let mut names = proof.iter().flat_map(MessageProof::credential_names);
            names.any(|name| name == credential)
        };
        let own = operations.iter().filter_map(|one| one.auth.as_ref());
        let own = own.flat_map(|auth| &auth.schemes);
        let mut schemes = self.schemes.iter().chain(own);
        let opens = |one: &Encryption| one.key == credential;
        let proves = |one: &BodyProof| one.key == credential;
        (names(&self.notification)
            || self.body_proof.as_ref().is_some_and(proves)
            || self.encryption.as_ref().is_some_and(opens))
            && !names(&self.request)
            && !names(&self.response)
            && schemes.all(|scheme| !scheme.kind.credentials().contains(&credential))
    }

    /// Returns whether notifications are proved.
    pub fn proves_notifications(&self) -> bool {
        self.notification.is_some() || self.body_proof.is_some()
    }

    /// Returns whether notifications are received: they are proved, or the spec says that nothing proves them.
    pub fn receives_notifications(&self) -> bool {
        self.proves_notifications() || self.unproved.is_some()
    }

    /// Returns the proof that the headers of a kind of message carry.
    pub fn proof(&self, of: ProofOf) -> Option<&MessageProof> {
        match of {
            ProofOf::Request => self.request.as_ref(),
            ProofOf::Response => self.response.as_ref(),
            ProofOf::Notification => self.notification.as_ref(),
        }
    }

    /// Returns the headers of every request that prove who calls, each with its value as a template.
    pub fn headers(&self) -> Vec<(&str, String)> {
        let schemes = self.schemes.iter();
        let schemes = schemes.map(AuthScheme::header);
        let token = self.token.iter().map(IssuedToken::header);
        let signed = self.request.iter().flat_map(MessageProof::headers);
        schemes.chain(token).chain(signed).collect()
    }

    /// Returns the headers of the requests of an operation that prove who calls, as [`headers`](Self::headers) does.
    pub fn headers_of<'a>(&'a self, operation: &'a Operation) -> Vec<(&'a str, String)> {
        match &operation.auth {
            Some(own) => own.schemes.iter().map(AuthScheme::header).collect(),
            None => self.headers(),
        }
    }

    /// Returns the headers of the requests of an operation that credentials fill alone.
    pub fn schemes_of<'a>(&'a self, operation: &'a Operation) -> &'a [AuthScheme] {
        operation
            .auth
            .as_ref()
            .map_or(&self.schemes, |own| &own.schemes)
    }

    /// Returns the token that the requests of an operation carry, if another operation hands it out.
    pub fn token_of(&self, operation: &Operation) -> Option<&IssuedToken> {
        self.token.as_ref().filter(|_| operation.auth.is_none())
    }
}

impl IssuedToken {
    /// Returns its header, with its value as a template.
    pub fn header(&self) -> (&str, String) {
        let Self {
            operation,
            token,
            expires_in: _,
            origin: _,
        } = self;
        (
            AUTHORIZATION,
            format!("Bearer {{{operation}{}}}", pointer(token)),
        )
    }
}

impl AuthScheme {
    /// Returns the name of the header, and its value as a template.
    pub fn header(&self) -> (&str, String) {
        (self.kind.name(), self.kind.template())
    }
}

impl AuthKind {
    /// Returns the name of the header.
    pub fn name(&self) -> &str {
        match self {
            AuthKind::Bearer { .. } | AuthKind::Basic { .. } => AUTHORIZATION,
            AuthKind::Header { name, .. } => name,
        }
    }

    /// Returns the value of the header as a template, with the names of credentials in braces.
    ///
    /// ```
    /// use payspec_model::model::AuthKind;
    ///
    /// let bearer = AuthKind::Bearer { token: "secret_key".to_owned() };
    /// assert_eq!(bearer.template(), "Bearer {secret_key}");
    /// ```
    pub fn template(&self) -> String {
        match self {
            AuthKind::Bearer { token } => format!("Bearer {{{token}}}"),
            AuthKind::Basic { user, password } => {
                format!("Basic base64({{{user}}}:{{{password}}})")
            }
            AuthKind::Header { parts, .. } => {
                let texts = parts.iter().map(|part| match part {
                    HeaderPart::Text(text) => text.clone(),
                    HeaderPart::Credential(name) => format!("{{{name}}}"),
                });
                texts.collect()
            }
        }
    }

    /// Returns the names of its credentials.
    pub fn credentials(&self) -> Vec<&str> {
        match self {
            AuthKind::Bearer { token } => vec![token],
            AuthKind::Basic { user, password } => vec![user, password],
            AuthKind::Header { parts, .. } => {
                let names = parts.iter().filter_map(|part| match part {
                    HeaderPart::Text(_) => None,
                    HeaderPart::Credential(name) => Some(name.as_str()),
                });
                names.collect()
            }
        }
    }

    /// Returns the parts of the value of the header, as the runtime uses them.
    #[cfg(feature = "signing")]
    pub fn parts(&self) -> Vec<AuthPart<'_>> {
        match self {
            AuthKind::Bearer { token } => {
                vec![AuthPart::Text("Bearer "), AuthPart::Credential(token)]
            }
            AuthKind::Basic { user, password } => {
                vec![AuthPart::Text("Basic "), AuthPart::Basic { user, password }]
            }
            AuthKind::Header { parts, .. } => {
                let parts = parts.iter().map(|part| match part {
                    HeaderPart::Text(text) => AuthPart::Text(text),
                    HeaderPart::Credential(name) => AuthPart::Credential(name),
                });
                parts.collect()
            }
        }
    }
}
