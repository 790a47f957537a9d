//! The authentication of an API: the constant of its headers and proofs, and the type of its credentials.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::recipe_parts::{content, content_type, environment, header, rule, some};
use super::tokens::{operations, own_headers_of, token_source};
use crate::emit::rust::EmitError;
use crate::emit::rust::context::spelled;
use crate::emit::rust::docs::{Docs, code};
use payspec_model::model::{
    Api, Auth, BodyProof, Credential, CredentialKind, Encryption, MessageProof, ProofKeyId,
    ProofList, ProofNonce, ProofPlace, ProofTime,
};
use payspec_model::naming;
use payspec_model::pointer::pointer;
use payspec_runtime::{AeadAlgorithm, ProofAlgorithm, TextEncoding, TimeForm};

/// Returns the value of the constant.
pub(super) fn authentication(api: &Api, auth: &Auth) -> TokenStream {
    let environments = api.servers.iter().map(environment);
    let content_type = content_type(api);
    let rules = api.request_headers.iter().filter_map(rule);
    let headers = auth.schemes.iter().map(header);
    let operations = operations(api);
    let token = some(auth.token.as_ref().and_then(|one| token_source(api, one)));
    let proof = |proof: &Option<MessageProof>| some(proof.as_ref().map(|one| proof_of(api, one)));
    let (request, response) = (proof(&auth.request), proof(&auth.response));
    let notification = proof(&auth.notification);
    let body_proof = some(auth.body_proof.as_ref().map(|one| body_proof_of(api, one)));
    let encryption = some(auth.encryption.as_ref().map(|one| encryption_of(api, one)));
    quote! {
        ::payspec_runtime::client::Authentication {
            environments: &[#(#environments),*],
            content_type: #content_type,
            auth: &[#(#headers),*],
            operations: &[#(#operations),*],
            token: #token,
            headers: &[#(#rules),*],
            request: #request,
            response: #response,
            notification: #notification,
            body_proof: #body_proof,
            encryption: #encryption,
        }
    }
}

fn proof_of(api: &Api, proof: &MessageProof) -> TokenStream {
    let MessageProof {
        algorithm,
        key,
        content: _,
        signed: _,
        encoding,
        percent_encoded,
        signature,
        time,
        nonce,
        key_id,
        credentials,
        fixed,
        origin: _,
    } = proof;
    let algorithm = proof_algorithm(*algorithm);
    let mut all = api.credentials.iter();
    let given = all.find(|one| one.name == *key);
    let key_encoding = some(given.and_then(|one| one.encoding).map(text_encoding));
    let key_bits = given.and_then(|one| one.bits);
    let key_bits = some(key_bits.map(Literal::u32_unsuffixed));
    let content = content(&proof.parts());
    let (encoding, signature) = (text_encoding(*encoding), place(signature));
    let (time, nonce) = (
        some(time.as_ref().map(proof_time)),
        some(nonce.as_ref().map(proof_nonce)),
    );
    let key_id = some(key_id.as_ref().map(|id| {
        let ProofKeyId {
            place: at,
            optional,
        } = id;
        let at = place(at);
        quote! {
            ::payspec_runtime::client::ProofKeyId {
                place: #at,
                optional: #optional,
            }
        }
    }));
    let placed = |texts: &[(String, ProofPlace)]| {
        let texts = texts.iter().map(|(text, at)| {
            let at = place(at);
            quote!((#text, #at))
        });
        quote!(&[#(#texts),*])
    };
    let (credentials, fixed) = (placed(credentials), placed(fixed));
    quote! {
        ::payspec_runtime::client::MessageProof {
            algorithm: #algorithm,
            key: #key,
            key_encoding: #key_encoding,
            key_bits: #key_bits,
            content: #content,
            encoding: #encoding,
            percent_encoded: #percent_encoded,
            signature: #signature,
            time: #time,
            nonce: #nonce,
            key_id: #key_id,
            credentials: #credentials,
            fixed: #fixed,
        }
    }
}

fn proof_algorithm(algorithm: ProofAlgorithm) -> TokenStream {
    let algorithm = match algorithm {
        ProofAlgorithm::HmacSha256 => quote!(HmacSha256),
        ProofAlgorithm::HmacSha512 => quote!(HmacSha512),
        ProofAlgorithm::RsaPkcs1V15Sha256 => quote!(RsaPkcs1V15Sha256),
    };
    quote!(::payspec_runtime::ProofAlgorithm::#algorithm)
}

fn body_proof_of(api: &Api, proof: &BodyProof) -> TokenStream {
    let BodyProof {
        algorithm,
        key,
        encoding,
        signature,
        content,
        separator,
        unescaped,
        origin: _,
    } = proof;
    let algorithm = proof_algorithm(*algorithm);
    let mut all = api.credentials.iter();
    let given = all.find(|one| one.name == *key);
    let key_encoding = some(given.and_then(|one| one.encoding).map(text_encoding));
    let encoding = text_encoding(*encoding);
    let path = |path: &Vec<String>| quote!(&[#(#path),*]);
    let content = content.iter().map(path);
    let (signature, unescaped) = (path(signature), some(unescaped.as_ref().map(path)));
    quote! {
        ::payspec_runtime::client::BodyProof {
            algorithm: #algorithm,
            key: #key,
            key_encoding: #key_encoding,
            encoding: #encoding,
            signature: #signature,
            content: &[#(#content),*],
            separator: #separator,
            unescaped: #unescaped,
        }
    }
}

fn encryption_of(api: &Api, encryption: &Encryption) -> TokenStream {
    let Encryption {
        algorithm,
        key,
        ciphertext,
        nonce,
        associated_data,
        fixed,
        origin: _,
    } = encryption;
    let algorithm = match algorithm {
        AeadAlgorithm::Aes256Gcm => quote!(Aes256Gcm),
    };
    let mut all = api.credentials.iter();
    let given = all.find(|one| one.name == *key);
    let key_encoding = some(given.and_then(|one| one.encoding).map(text_encoding));
    let associated_data = some(associated_data.as_ref());
    let fixed = fixed.iter().map(|(name, text)| quote!((#name, #text)));
    quote! {
        ::payspec_runtime::client::Encryption {
            algorithm: ::payspec_runtime::AeadAlgorithm::#algorithm,
            key: #key,
            key_encoding: #key_encoding,
            ciphertext: #ciphertext,
            nonce: #nonce,
            associated_data: #associated_data,
            fixed: &[#(#fixed),*],
        }
    }
}

fn proof_time(time: &ProofTime) -> TokenStream {
    let ProofTime {
        place: at,
        form,
        accepts,
        tolerance_s,
    } = time;
    let at = place(at);
    let form = time_form(*form);
    let accepts = accepts.iter().copied().map(time_form);
    let tolerance_s = some(tolerance_s.map(Literal::u32_unsuffixed));
    quote! {
        ::payspec_runtime::client::ProofTime {
            place: #at,
            form: #form,
            accepts: &[#(#accepts),*],
            tolerance_s: #tolerance_s,
        }
    }
}

fn time_form(form: TimeForm) -> TokenStream {
    match form {
        TimeForm::EpochSeconds => quote!(::payspec_runtime::TimeForm::EpochSeconds),
        TimeForm::EpochMillis => quote!(::payspec_runtime::TimeForm::EpochMillis),
        TimeForm::Iso8601 => quote!(::payspec_runtime::TimeForm::Iso8601),
    }
}

fn proof_nonce(nonce: &ProofNonce) -> TokenStream {
    let ProofNonce { place: at, length } = nonce;
    let (at, length) = (place(at), Literal::u32_unsuffixed(*length));
    quote!(::payspec_runtime::client::ProofNonce { place: #at, length: #length })
}

fn text_encoding(encoding: TextEncoding) -> TokenStream {
    match encoding {
        TextEncoding::Hex => quote!(::payspec_runtime::TextEncoding::Hex),
        TextEncoding::Base64 => quote!(::payspec_runtime::TextEncoding::Base64),
    }
}

fn place(place: &ProofPlace) -> TokenStream {
    let ProofPlace {
        header,
        list,
        prefix,
    } = place;
    let list = some(list.as_ref().map(|list| {
        let ProofList {
            param,
            scheme,
            quoted,
            ignore_case,
        } = list;
        let scheme = some(scheme.as_ref());
        quote! {
            ::payspec_runtime::client::ProofList {
                param: #param,
                scheme: #scheme,
                quoted: #quoted,
                ignore_case: #ignore_case,
            }
        }
    }));
    quote! {
        ::payspec_runtime::client::ProofPlace {
            header: #header,
            list: #list,
            prefix: #prefix,
        }
    }
}

/// Generates the struct with one field for each credential.
pub(super) fn credentials(api: &Api, auth: &Auth) -> Result<TokenStream, EmitError> {
    let mut fields = Vec::new();
    let mut values = Vec::new();
    for credential in &api.credentials {
        let Credential {
            name,
            kind,
            description,
            ..
        } = credential;
        let ident = naming::ident(&spelled(name, naming::field_name(name))?);
        let mut docs = Docs::default();
        match description.as_str() {
            "" => docs.own(&format!("The credential {}.", code(name))),
            description => docs.text(description),
        };
        let (ty, variant) = match kind {
            CredentialKind::Id => (quote!(String), quote!(Id)),
            CredentialKind::Secret => (quote!(::payspec_runtime::client::Secret), quote!(Secret)),
            CredentialKind::PrivateKey => (
                quote!(::payspec_runtime::client::PrivateKey),
                quote!(PrivateKey),
            ),
            CredentialKind::PublicKeys => (
                quote!(::payspec_runtime::client::VerifyingKeys),
                quote!(PublicKeys),
            ),
        };
        let variant = quote!(::payspec_runtime::client::CredentialValue::#variant);
        if auth.is_for_notifications_only(name, &api.operations) {
            docs.paragraph().own(notified_with(auth, name));
            fields.push(quote!(#docs pub #ident: Option<#ty>,));
            let borrowed = match kind {
                CredentialKind::Id => quote!(as_deref()),
                CredentialKind::Secret
                | CredentialKind::PrivateKey
                | CredentialKind::PublicKeys => {
                    quote!(as_ref())
                }
            };
            values.push(quote!(#name => self.#ident.#borrowed.map(#variant),));
        } else {
            fields.push(quote!(#docs pub #ident: #ty,));
            values.push(quote!(#name => Some(#variant(&self.#ident)),));
        }
    }
    let mut docs = Docs::default();
    docs.own("The credentials of a merchant. `Debug` shows no secret of them, and each secret is wiped when it is dropped.");
    headers_of(auth, &mut docs);
    own_headers_of(api, &mut docs);
    Ok(quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct Credentials {
            #(#fields)*
        }

        impl ::payspec_runtime::client::Credentials for Credentials {
            fn credential(
                &self,
                name: &str,
            ) -> Option<::payspec_runtime::client::CredentialValue<'_>> {
                match name {
                    #(#values)*
                    _ => None,
                }
            }
        }
    })
}

/// Returns the use of a credential that only notifications need.
fn notified_with(auth: &Auth, name: &str) -> &'static str {
    match &auth.encryption {
        Some(encryption) if encryption.key == name => {
            "It decrypts notifications, and is never sent. Without it, those with an encrypted object are refused."
        }
        Some(_) | None => {
            "It verifies notifications, and is never sent. Without it, none is received."
        }
    }
}

/// The weakness of a signature over the CRC-32 of a body.
const CHECKSUM_ALONE: &str = "The signature covers no more of the body than its CRC-32, which is no cryptographic hash: whoever has \
    one notification can make another body for its signature. Keep bodies and headers of notifications secret.";

/// Documents the headers that prove who sends a message.
fn headers_of(auth: &Auth, docs: &mut Docs) {
    let lines = |headers: Vec<(&str, String)>| -> Vec<String> {
        let headers = headers.into_iter();
        headers
            .map(|(name, value)| code(&format!("{name}: {value}")))
            .collect()
    };
    docs.paragraph().own(match auth.request {
        None => "A client sends them over TLS, in the headers of every request:",
        Some(_) => "A client sends these headers over TLS, with a signature of every request:",
    });
    docs.list(lines(auth.headers()));
    if let Some(proof) = &auth.response {
        docs.paragraph().own(&format!(
            "The provider proves its answers with a signature by {}, in these headers:",
            code(&proof.key)
        ));
        docs.list(lines(proof.headers()));
    }
    if let Some(proof) = &auth.notification {
        docs.paragraph().own(&format!(
            "The provider proves its notifications with a signature by {}, in these headers:",
            code(&proof.key)
        ));
        docs.list(lines(proof.headers()));
        if proof.covers_checksum_alone() {
            docs.paragraph().own(CHECKSUM_ALONE);
        }
    }
    if let Some(proof) = &auth.body_proof {
        docs.paragraph().own(&format!(
            "The provider proves each notification with a signature by {} in its {}, which covers these values and no other:",
            code(&proof.key),
            code(&pointer(&proof.signature)),
        ));
        let values = proof.content.iter();
        let values = values.map(|path| code(&pointer(path)));
        docs.list(values.collect::<Vec<_>>());
    }
    docs.paragraph().own(match auth.response {
        None => {
            "Nothing else proves who sent an answer: whoever can read and change what TLS carries can make a payment \
             look paid."
        }
        Some(_) => "An answer whose signature does not verify decides nothing: the payment is in doubt.",
    });
}
