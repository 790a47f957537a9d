//! Implementations of the trait `Notification` for messages that the provider sends.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::call::{agrees, named};
use crate::emit::rust::EmitError;
use crate::emit::rust::context::Context;
use payspec_model::model::{Api, Caller, Each, Operation, Side, StatusPlace};
use payspec_model::naming::{self, OperationNames};
use payspec_runtime::StatusClass;

/// Generates the implementation; [`None`] for an operation that the provider does not call, or that nothing can
/// acknowledge.
pub(in crate::emit::rust) fn notification(
    context: &Context<'_>,
    operation: &Operation,
    names: &OperationNames,
) -> Result<Option<TokenStream>, EmitError> {
    let reply = match (operation.caller, &operation.response) {
        (Caller::Provider, Some(_)) => naming::ident(&names.response).to_token_stream(),
        (Caller::Provider, None) if has_status_replies(context.api, operation) => {
            quote!(::payspec_runtime::client::NoReply)
        }
        (Caller::Provider, None) | (Caller::Merchant, _) => return Ok(None),
    };
    let [request, outcome] = [&names.request, &names.outcome].map(|name| naming::ident(name));
    let (name, verb) = (&operation.id, operation.method.as_str());
    let references = operation
        .result
        .iter()
        .flat_map(|result| &result.references);
    let paths: Vec<&Vec<String>> = references.collect();
    let named = named(context, &operation.request, &quote!(self), &paths)?.map(|names| {
        quote! {
            fn named(&self) -> Vec<::payspec_runtime::Reference<'_>> {
                #names
            }
        }
    });
    let agreements = operation.result.iter().flat_map(|result| &result.agrees);
    let agreements: Vec<_> = agreements.cloned().collect();
    let agrees = agrees(context.api, &operation.request.object, &agreements);
    let auth = context.api.auth.as_ref();
    let is_unproved = auth.is_some_and(|auth| auth.unproved.is_some());
    let unproved = is_unproved.then(|| {
        quote!(
            const PROVED: bool = false;
        )
    });
    let encrypted = operation.encrypted.as_ref().map(|one| {
        let field = &one.field;
        quote!(const ENCRYPTED: Option<&'static str> = Some(#field);)
    });
    let each = operation.each.as_ref().map(|each| {
        let Each {
            list,
            inside,
            origin: _,
        } = each;
        quote! {
            const EACH: Option<::payspec_runtime::client::Each<'static>> =
                Some(::payspec_runtime::client::Each { list: &[#(#list),*], inside: &[#(#inside),*] });
        }
    });
    let event_id = (!operation.event_id.is_empty()).then(|| {
        let paths = operation.event_id.iter().map(|path| quote!(&[#(#path),*]));
        quote!(const EVENT_ID: &'static [&'static [&'static str]] = &[#(#paths),*];)
    });
    Ok(Some(quote! {
        impl ::payspec_runtime::client::Notification for #request {
            type Reply = #reply;
            type Outcome = #outcome;

            const NAME: &'static str = #name;
            const METHOD: &'static str = #verb;
            #unproved
            #encrypted
            #each
            #event_id
            #agrees

            fn outcome(&self) -> Self::Outcome {
                #request::outcome(self)
            }

            fn undecided(&self) -> Self::Outcome {
                #request::undecided(self)
            }

            #named
        }
    }))
}

/// Generates the implementations for the documented replies, of which there can be one of each kind.
pub(in crate::emit::rust) fn replies(
    api: &Api,
    operation: &Operation,
    names: &OperationNames,
) -> Vec<TokenStream> {
    if operation.caller != Caller::Provider {
        return Vec::new();
    }
    let request = naming::ident(&names.request);
    if has_status_replies(api, operation) {
        return vec![quote! {
            impl ::payspec_runtime::client::Accepted for #request {
                const ACCEPTED: &'static str = "";
            }

            impl ::payspec_runtime::client::Rejected for #request {
                const REJECTED: &'static str = "";
                const STATUS: u16 = 500;
            }
        }];
    }
    let implementation = |accepts: bool, name: &str, constant: &str| {
        let [name, constant] = [name, constant].map(naming::ident);
        let reply = documented_reply(operation, accepts)?;
        Some(quote! {
            impl ::payspec_runtime::client::#name for #request {
                const #constant: &'static str = #reply;
            }
        })
    };
    let accepted = implementation(true, "Accepted", "ACCEPTED");
    let rejected = implementation(false, "Rejected", "REJECTED");
    accepted.into_iter().chain(rejected).collect()
}

/// Returns whether an HTTP status alone acknowledges a notification or rejects it: that of a reply without a body, where
/// replies are not signed.
pub(in crate::emit::rust) fn has_status_replies(api: &Api, operation: &Operation) -> bool {
    api.auth.is_some() && operation.response.is_none()
}

/// Returns the JSON of the only example of the reply that accepts a notification, or of the only one that
/// rejects it; [`None`] if there is none, or a choice.
///
/// A reply accepts if it has a status of success where the notification has its status.
pub(in crate::emit::rust) fn documented_reply(
    operation: &Operation,
    accepts: bool,
) -> Option<String> {
    let result = operation.result.as_ref()?;
    let path = match &result.status {
        StatusPlace::Field(path) => path,
        StatusPlace::HttpStatus | StatusPlace::Always(_) => return None,
    };
    let replies = operation
        .examples
        .iter()
        .filter(|example| example.side == Side::Response);
    let replies = replies.filter_map(|example| {
        let reply: serde_json::Value = serde_json::from_str(&example.json).ok()?;
        let status = path.iter().try_fold(&reply, |value, name| value.get(name));
        let class = result.class(status?.as_str()?)?;
        (accepts == (class == StatusClass::Succeeded)).then(|| reply.to_string())
    });
    let replies: BTreeSet<String> = replies.collect();
    let mut replies = replies.into_iter();
    replies.next().filter(|_| replies.next().is_none())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use payspec_model::load;
    use payspec_model::model::Example;

    #[test]
    fn the_only_documented_reply_of_a_kind_accepts_or_rejects() {
        let model = load(Path::new("../../spec")).model.expect("the spec");
        let is_notified = |api: &&Api| api.operation("notify_payment").is_some();
        let api = model.apis.iter().find(is_notified).expect("the API");
        let mut operation = api.operation("notify_payment").expect("there").clone();
        let accepted = documented_reply(&operation, true).expect("a reply");
        assert!(accepted.contains(r#""resultStatus":"S""#), "{accepted}");
        let rejected = documented_reply(&operation, false).expect("a reply");
        assert!(rejected.contains(r#""resultStatus":"U""#), "{rejected}");
        operation.examples.retain(|one| one.name != "rejection");
        assert_eq!(documented_reply(&operation, false), None);

        let documented = operation.examples.iter();
        let mut replies = documented.filter(|one| one.side == Side::Response);
        let first = replies.next().expect("an example").clone();
        let other = |json: &str| Example {
            json: json.to_owned(),
            ..first.clone()
        };
        let rejects = r#"{"result": {"resultStatus": "U", "resultCode": "X"}}"#;
        // Neither says whether it accepts.
        let unclear = [r#"{"result": {"resultStatus": "?"}}"#, r#"{"note": "S"}"#];
        operation
            .examples
            .extend([rejects, unclear[0], unclear[1]].map(other));
        let rejected = documented_reply(&operation, false).expect("a reply");
        assert_eq!(
            rejected,
            r#"{"result":{"resultCode":"X","resultStatus":"U"}}"#
        );
        assert_eq!(documented_reply(&operation, true), Some(accepted));

        let second = r#"{"result": {"resultStatus": "S", "resultCode": "TAKEN"}}"#;
        operation.examples.push(other(second));
        assert_eq!(documented_reply(&operation, true), None, "a choice");
    }
}
