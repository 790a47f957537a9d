//! Tokens that an operation hands out, and the authentication of single operations.

use super::Context;
use crate::diagnostic::limits::{self, Limit};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, Bearer, Caller, OperationFile, OwnAuth};
use crate::model::{AUTHORIZATION, IssuedToken, Object, OperationAuth};
use crate::source::{At, Span};
use payspec_runtime::Location;

impl Context<'_> {
    /// Resolves the token of an API that an operation hands out.
    pub(super) fn issued_token(
        &mut self,
        scheme: &format::AuthScheme,
        at: At<'_>,
    ) -> Option<IssuedToken> {
        let Some(Bearer::Issued(token)) = &scheme.bearer else {
            return None;
        };
        let mut others = scheme.headers.keys();
        let has_other =
            scheme.basic.is_some() || others.any(|name| name.eq_ignore_ascii_case(AUTHORIZATION));
        if has_other {
            let message = format!("the header `{AUTHORIZATION}` is stated twice");
            let help = "a request carries one token";
            self.bad_proof(at.key_span(), &message, help);
        }
        if scheme.signature.is_some() {
            self.not_described(
                "requests have a token and a signature",
                at.key_span(),
                &limits::SIGNED_AND_OWN,
            );
        }
        let path =
            |context: &mut Self, text: &str, key: &str| context.pointer(text, at.at(key).span());
        let format::IssuedToken {
            operation,
            token,
            expires_in,
        } = token;
        let (token, expires_in) = (
            path(self, token, "token"),
            path(self, expires_in, "expires_in"),
        );
        Some(IssuedToken {
            operation: operation.clone(),
            token: token?,
            expires_in: expires_in?,
            origin: self.origin(at),
        })
    }

    /// Resolves the authentication of one operation.
    pub(super) fn operation_auth(
        &mut self,
        file: &OperationFile,
        request: &Object,
        at: At<'_>,
    ) -> Option<OperationAuth> {
        let own = file.auth.as_ref()?;
        if file.caller() == Caller::Provider {
            let help = "`notification` in `auth` of the API states how it is proved";
            self.bad_proof(at.key_span(), "the provider sends this request", help);
        }
        let mut schemes = Vec::new();
        if let OwnAuth::Scheme(scheme) = &own.request {
            let at = at.at("request");
            let signed = [
                (scheme.signature.is_some(), "signature"),
                (scheme.time.is_some(), "time"),
                (scheme.nonce.is_some(), "nonce"),
            ];
            if let Some((_, key)) = signed.iter().find(|(is_stated, _)| *is_stated) {
                let message = "an operation has a signature of its own";
                self.not_described(message, at.at(key).key_span(), &limits::OWN_SIGNATURE);
                return None;
            }
            if let Some(Bearer::Issued(_)) = &scheme.bearer {
                let message = "an operation has a token of its own that another one hands out";
                self.not_described(message, at.at("bearer").key_span(), &limits::OWN_SIGNATURE);
                return None;
            }
            self.request(scheme, at, &mut schemes);
            let in_headers = request.fields.iter();
            let mut in_headers = in_headers.filter(|one| one.location == Location::Header);
            let twice = in_headers.find(|field| {
                let mut names = scheme.names();
                names.any(|name| name.eq_ignore_ascii_case(&field.name))
            });
            if let Some(field) = twice {
                let message = format!("the header `{}` is a field of the request, too", field.name);
                self.bad_proof(at.key_span(), &message, "");
            }
        }
        Some(OperationAuth {
            schemes,
            origin: self.origin(at),
        })
    }

    fn not_described(&mut self, message: &str, span: Span, limit: &'static Limit) {
        let bad = Diagnostic::new(&codes::BAD_AUTH, message).at(span, "");
        self.report(bad.limit(limit));
    }
}
