//! Everything of an API that can be unfinished, as one enum.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::call::is_journaled;
use super::manner::Manner;
use crate::emit::rust::EmitError;
use crate::emit::rust::cfg::CfgFeature;
use crate::emit::rust::context::{Context, spelled};
use crate::emit::rust::docs::{Docs, code};
use crate::emit::rust::flow::{self, Drive};
use crate::emit::rust::operation::names;
use payspec_model::model::{Callable, FlowKind};
use payspec_model::naming;

/// A kind of entry that a program may find unfinished when it starts.
pub(super) struct Resumable {
    cfg_feature: CfgFeature,
    /// The name in the spec.
    id: String,
    variant: Ident,
    kind: Kind,
}

enum Kind {
    /// The flow's payment or refund, with the module that has its type.
    Life { module: Ident, kind: FlowKind },
    /// A call, with the module that has its request.
    Call { module: Ident, request: Ident },
}

impl Resumable {
    /// Returns the flows that a client can run, and the calls that a journal records.
    pub(super) fn all(context: &Context<'_>) -> Result<Vec<Self>, EmitError> {
        let mut all = Vec::new();
        let variant =
            |id: &str| Ok::<_, EmitError>(naming::ident(&spelled(id, naming::variant_name(id))?));
        for (index, flow) in context.api.flows.iter().enumerate() {
            if Drive::of(context.api, flow).is_some() {
                all.push(Self {
                    cfg_feature: context.cfg_features.flow(index),
                    id: flow.id.clone(),
                    variant: variant(&flow.id)?,
                    kind: Kind::Life {
                        module: naming::ident(&flow::module(flow)?),
                        kind: flow.kind,
                    },
                });
            }
        }
        for (index, operation) in context.api.operations.iter().enumerate() {
            let callable = Callable::of(operation);
            if callable.is_some_and(|callable| is_journaled(context.api, &callable)) {
                let names = names(operation)?;
                all.push(Self {
                    cfg_feature: context.cfg_features.operation(index),
                    id: operation.id.clone(),
                    variant: variant(&operation.id)?,
                    kind: Kind::Call {
                        module: naming::ident(&names.module),
                        request: naming::ident(&names.request),
                    },
                });
            }
        }
        Ok(all)
    }

    fn docs(&self) -> Docs {
        let mut docs = Docs::default();
        let id = code(&self.id);
        docs.own(&match &self.kind {
            Kind::Life { kind, .. } => {
                format!("A {} of the flow {id}: go on with it.", kind.noun())
            }
            Kind::Call { .. } => {
                format!("A call of {id} that may have arrived: resend it, or resolve it.")
            }
        });
        docs
    }
}

/// Generates the method of a client that lists the unfinished entries.
pub(super) fn method(all: &[Resumable], manner: Manner) -> Option<TokenStream> {
    let (asyncness, awaited) = (manner.asyncness(), manner.awaited());
    (!all.is_empty()).then(|| {
        quote! {
            #[doc = " Returns what is begun and not over, and in nobody's hands: what an earlier run of the program"]
            #[doc = " left, and what a part of this run dropped. Ask for it when the program starts, and from time to"]
            #[doc = " time while it runs."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = ""]
            #[doc = " When the journal cannot be read."]
            pub #asyncness fn unfinished(
                &self,
            ) -> Result<
                ::payspec_runtime::client::Unfinished<Unfinished>,
                ::payspec_runtime::client::JournalError,
            > {
                self.0.unfinished()#awaited
            }
        }
    })
}

/// Generates the enum.
pub(super) fn items(all: &[Resumable]) -> TokenStream {
    if all.is_empty() {
        return TokenStream::new();
    }
    let variants = all.iter().map(|one| {
        let Resumable {
            cfg_feature,
            variant,
            kind,
            id: _,
        } = one;
        let docs = one.docs();
        let held = match kind {
            Kind::Life { module, kind } => {
                let life = flow::life_type(*kind);
                quote!(super::#module::#life)
            }
            Kind::Call { module, request } => {
                quote!(::payspec_runtime::client::InDoubt<super::#module::#request>)
            }
        };
        quote!(#cfg_feature #docs #variant(#held),)
    });
    let restored = all.iter().map(|one| {
        let Resumable {
            cfg_feature,
            id,
            variant,
            kind,
        } = one;
        let (named, restore) = match kind {
            Kind::Life { .. } => (quote!(flow), quote!(payment)),
            Kind::Call { .. } => (quote!(operation), quote!(call)),
        };
        quote! {
            #cfg_feature
            if found.#named() == Some(#id) {
                return found.#restore().map(Self::#variant);
            }
        }
    });
    quote! {
        #[doc = " Everything of this API that can be unfinished: see [`Client::unfinished`]."]
        #[derive(Debug)]
        #[non_exhaustive]
        #[must_use = "it may have moved money: go on with it"]
        pub enum Unfinished {
            #(#variants)*
        }

        impl ::payspec_runtime::client::Restore for Unfinished {
            fn restore(
                found: ::payspec_runtime::client::Found,
            ) -> Result<Self, ::payspec_runtime::client::NotRestored> {
                #(#restored)*
                Err(found.unknown())
            }
        }
    }
}
