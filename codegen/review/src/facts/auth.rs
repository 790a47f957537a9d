//! Collects the facts of authentication: signatures, proofs of messages, credentials.

use super::{FactCollector, words};
use crate::location::Item;
use crate::property::Property;
use payspec_model::model::{
    Auth, AuthScheme, Credential, MessageProof, OperationAuth, ProofTime, Signature,
};
use payspec_model::pointer::pointer;
use payspec_model::value::Value;

impl FactCollector<'_> {
    pub(super) fn signature(&mut self, signature: &Signature) {
        let Signature {
            algorithm,
            algorithm_name,
            key_bits,
            request_content,
            response_content,
            uri,
            encoding,
            header,
            header_keys,
            notes,
            sources,
            origin,
        } = signature;
        let subject = Item::Signature;
        self.push(&subject, Property::Signature, true, *origin);
        let encoding: Vec<&str> = encoding.iter().map(|one| words::encoding(*one)).collect();
        let recipe = [
            ("algorithm", words::algorithm(*algorithm).to_owned()),
            ("name", algorithm_name.clone()),
            ("key bits", key_bits.to_string()),
            ("request", request_content.clone()),
            ("response", response_content.clone()),
            ("encoding", encoding.join(", ")),
            // HTTP compares the names of headers without regard to case.
            ("header", header.to_ascii_lowercase()),
            ("header keys", header_keys.join(", ")),
        ];
        let recipe = Value::Recipe(recipe.into());
        self.push(&subject, Property::SignatureRecipe, recipe, *origin);
        let text = format!("{uri}; {}", notes.join("; "));
        self.words(&subject, Property::Description, text, *origin);
        self.sources(&subject, sources, *origin);
    }

    pub(super) fn auth(&mut self, auth: &Auth, credentials: &[Credential]) {
        let Auth {
            schemes,
            token,
            request,
            response,
            notification,
            body_proof,
            unproved,
            encryption,
            sources,
            origin,
        } = auth;
        let subject = Item::Auth;
        self.push(&subject, Property::Auth, true, *origin);
        let token = token.iter().flat_map(|token| {
            let lifetime = pointer(&token.expires_in);
            [
                written(token.header()),
                format!("token lifetime: {lifetime}"),
            ]
        });
        let headers = headers(schemes).chain(token);
        let signature = request.iter().flat_map(|proof| {
            let recipe = proof_recipe(proof, credentials).into_iter();
            recipe.map(|(name, text)| format!("signature {name}: {text}"))
        });
        let headers = headers.chain(signature);
        self.names(&subject, Property::AuthHeaders, headers, *origin);
        for (proof, existence, recipe) in [
            (
                response,
                Property::ResponseProof,
                Property::ResponseProofRecipe,
            ),
            (
                notification,
                Property::NotificationProof,
                Property::NotificationProofRecipe,
            ),
        ] {
            if let Some(proof) = proof {
                self.push(&subject, existence, true, proof.origin);
                let value = Value::Recipe(proof_recipe(proof, credentials).into_iter().collect());
                self.push(&subject, recipe, value, proof.origin);
            }
        }
        if let Some(proof) = body_proof {
            let origin = proof.origin;
            self.push(&subject, Property::NotificationProof, true, origin);
            let recipe = [proof.facts(), vec![key_encoding(&proof.key, credentials)]].concat();
            let recipe = Value::Recipe(recipe.into_iter().collect());
            self.push(&subject, Property::NotificationProofRecipe, recipe, origin);
        }
        if let Some(origin) = unproved {
            self.push(&subject, Property::UnprovedNotifications, true, *origin);
        }
        if let Some(encryption) = encryption {
            let facts = encryption.facts().into_iter();
            let mut given = credentials.iter();
            let given = given.find(|one| one.name == encryption.key);
            let encoding = given.and_then(|one| one.encoding);
            let encoding = encoding.map(|one| ("key encoding", one.as_str().to_owned()));
            let recipe = Value::Recipe(facts.chain(encoding).collect());
            let property = Property::NotificationEncryption;
            self.push(&subject, property, recipe, encryption.origin);
        }
        self.sources(&subject, sources, *origin);
    }

    /// Collects the headers of an operation that has other ones than its API.
    pub(super) fn operation_auth(&mut self, subject: &Item, own: &OperationAuth) {
        let OperationAuth { schemes, origin } = own;
        let none = schemes.is_empty().then(|| "none".to_owned());
        let headers = headers(schemes).chain(none);
        self.names(subject, Property::OperationAuth, headers, *origin);
    }

    pub(super) fn credential(&mut self, credential: &Credential) {
        let Credential {
            name,
            kind,
            // The recipe of the proof has them.
            encoding: _,
            bits: _,
            description,
            sources,
            origin,
        } = credential;
        let subject = Item::Credential(name.clone());
        self.push(&subject, Property::Credential, true, *origin);
        let kind = Value::Word(kind.as_str());
        self.push(&subject, Property::CredentialKind, kind, *origin);
        self.words(&subject, Property::Description, description, *origin);
        self.sources(&subject, sources, *origin);
    }
}

/// Returns headers that prove who calls, each with its value as a template.
fn headers(schemes: &[AuthScheme]) -> impl Iterator<Item = String> {
    schemes.iter().map(|scheme| written(scheme.header()))
}

fn written((name, value): (&str, String)) -> String {
    // HTTP compares the names of headers without regard to case.
    format!("{}: {value}", name.to_ascii_lowercase())
}

/// Returns what decides whether a proof verifies, each with its name.
fn proof_recipe(proof: &MessageProof, credentials: &[Credential]) -> Vec<(&'static str, String)> {
    let MessageProof {
        algorithm,
        key,
        content,
        // The steps have both.
        encoding: _,
        percent_encoded: _,
        // The content has them.
        signed: _,
        // The headers have the places.
        signature: _,
        time,
        nonce,
        key_id: _,
        credentials: _,
        fixed: _,
        origin: _,
    } = proof;
    let headers = proof.headers().into_iter();
    // HTTP compares the names of headers without regard to case.
    let headers = headers.map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase()));
    let headers: Vec<String> = headers.collect();
    let form = time
        .as_ref()
        .map_or_else(|| "none".to_owned(), ProofTime::forms);
    let tolerance = time.as_ref().and_then(|time| time.tolerance_s);
    let tolerance = tolerance.map(|most| format!("{most} s"));
    let handed_out = credentials.iter().find(|one| one.name == *key);
    let mut recipe = vec![
        ("algorithm", algorithm.as_str().to_owned()),
        ("key", key.clone()),
        key_encoding(key, credentials),
        ("content", content.clone()),
        ("encoding", proof.encoding_steps()),
        ("headers", headers.join(", ")),
        ("time", form),
        ("tolerance", tolerance.unwrap_or_default()),
    ];
    let nonce = nonce.as_ref();
    recipe.extend(nonce.map(|nonce| ("nonce", format!("{} characters", nonce.length))));
    let lists = proof.lists_without_case();
    if !lists.is_empty() {
        recipe.push(("letter case", format!("ignored in {}", lists.join(", "))));
    }
    if proof.may_omit_key_id() {
        recipe.push(("id of the key", "may be absent".to_owned()));
    }
    let bits = handed_out.and_then(|one| one.bits);
    recipe.extend(bits.map(|bits| ("key bits", bits.to_string())));
    recipe
}

/// Returns the encoding in which the provider hands out a secret, with its name.
fn key_encoding(key: &str, credentials: &[Credential]) -> (&'static str, String) {
    let handed_out = credentials.iter().find(|one| one.name == key);
    let encoding = handed_out.and_then(|one| one.encoding);
    let encoding = encoding.map_or("text", |encoding| encoding.as_str());
    ("key encoding", encoding.to_owned())
}
