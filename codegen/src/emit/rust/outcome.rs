//! What the response of an operation decides, as an enum and the method that gives it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::EmitError;
use super::access::Access;
use super::context::{Context, spelled};
use super::decision::{Content, Ruling};
use super::docs::Docs;
use crate::emit::naming::{self, OperationNames};
use crate::format::Decide;
use crate::model::{Body, ResultHandling};

/// The enum of what a response decides, and `outcome()`.
pub(super) struct Outcome {
    outcome: Ident,
    request: Ident,
    response: Ident,
    codes: Ident,
    variants: Vec<Variant>,
    arms: Vec<TokenStream>,
    status: TokenStream,
    code: TokenStream,
    message: TokenStream,
    references: Vec<TokenStream>,
    key: Option<String>,
    pending: Docs,
}

/// A variant other than `Pending`.
struct Variant {
    ident: Ident,
    content: Content,
    docs: Docs,
}

impl Outcome {
    pub(super) fn new(
        context: &Context<'_>,
        names: &OperationNames,
        response: &Body,
        result: &ResultHandling,
        key: Option<&str>,
    ) -> Result<Self, EmitError> {
        let access = |path: &[String]| Access::new(context, &response.object, path);
        let text = |path: &[String]| -> Result<TokenStream, EmitError> {
            let text = access(path)?.and_then(|access| access.text());
            Ok(text.unwrap_or_else(|| quote!(None)))
        };
        let word = |path: &[String]| -> Result<TokenStream, EmitError> {
            let word = access(path)?.and_then(|access| access.text_or_empty());
            Ok(word.unwrap_or_else(|| quote!("")))
        };
        let references = result.references.iter().map(|path| {
            let (name, text) = (path.last(), text(path)?);
            Ok(quote!((#name, #text.filter(|text| !text.is_empty()))))
        });
        let mut outcome = Outcome {
            outcome: naming::ident(&names.outcome),
            request: naming::ident(&names.request),
            response: naming::ident(&names.response),
            codes: naming::ident(&names.result_code),
            variants: Vec::new(),
            arms: Vec::new(),
            status: word(&result.status)?,
            code: word(&result.code)?,
            message: result.message.as_deref().map_or(Ok(quote!(None)), text)?,
            references: references.collect::<Result<_, EmitError>>()?,
            key: key.map(str::to_owned),
            pending: pending_docs(result),
        };
        for decision in &result.decisions {
            if let Some(ruling) = Ruling::new(context, response, decision)? {
                outcome.add(ruling)?;
            }
        }
        Ok(outcome)
    }

    /// Adds a ruling. Two statuses share a variant when they hand over the same; otherwise the
    /// variant of the later one is named after its status too.
    fn add(&mut self, ruling: Ruling) -> Result<(), EmitError> {
        let plain = naming::ident(ruling.name);
        let taken = self.variants.iter().find(|variant| variant.ident == plain);
        let (ident, is_new) = match taken {
            None => (plain, true),
            Some(variant) if variant.content.is_same(&ruling.content) => (plain, false),
            Some(_) => {
                let status = spelled(&ruling.status, naming::variant_name(&ruling.status))?;
                (naming::ident(&format!("{}{status}", ruling.name)), true)
            }
        };
        self.arms.push(ruling.arm(&self.outcome, &ident));
        if is_new {
            let Ruling { content, docs, .. } = ruling;
            self.variants.push(Variant {
                ident,
                content,
                docs,
            });
        }
        Ok(())
    }

    /// The expression of what the response decides.
    fn decided(&self) -> TokenStream {
        let Outcome {
            outcome,
            arms,
            references,
            key,
            ..
        } = self;
        let key = match key {
            Some(key) => quote!(Some(#key)),
            None => quote!(None),
        };
        let pending = quote! {
            let references = &[#(#references),*];
            #outcome::Pending(::payspec_runtime::Pending::new(code, status, references, #key))
        };
        if arms.is_empty() {
            return pending;
        }
        quote! {
            let class = ::payspec_runtime::judge(status, super::STATUSES, &code);
            let decided = match (class, status) {
                #(#arms,)*
                _ => None,
            };
            decided.unwrap_or_else(|| { #pending })
        }
    }

    /// The message is read where a failure takes it.
    fn message(&self) -> Option<TokenStream> {
        let message = &self.message;
        let is_failure = |variant: &Variant| matches!(variant.content, Content::Failure);
        let needed = self.variants.iter().any(is_failure);
        needed.then(|| quote!(let message: Option<&str> = #message;))
    }
}

fn pending_docs(result: &ResultHandling) -> Docs {
    let mut docs = Docs::default();
    docs.own("Nobody knows yet.");
    for decision in &result.decisions {
        if decision.decide == Decide::Pending {
            docs.text(&decision.description);
        }
    }
    docs
}

impl ToTokens for Outcome {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Outcome {
            outcome,
            request,
            response,
            codes,
            status,
            code,
            pending,
            ..
        } = self;
        let variants = self.variants.iter().map(|variant| variant.tokens(codes));
        let message = self.message();
        let decided = self.decided();
        tokens.extend(quote! {
            #[doc = " What the answer decides."]
            #[derive(Debug, Clone, PartialEq)]
            pub enum #outcome {
                #(#variants,)*
                #pending
                Pending(::payspec_runtime::Pending<#request, #codes>),
            }

            impl #response {
                #[doc = " What the answer decides. Whatever is not clear is pending: a status that"]
                #[doc = " is not documented, a code that belongs to another status, an answer that"]
                #[doc = " does not carry what its status promises."]
                pub fn outcome(&self) -> #outcome {
                    let status = #status;
                    let code = <#codes as ::payspec_runtime::ResultCode>::parse(#code);
                    #message
                    #decided
                }
            }
        });
    }
}

impl Variant {
    fn tokens(&self, codes: &Ident) -> TokenStream {
        let Variant {
            ident,
            content,
            docs,
        } = self;
        let content = match content {
            Content::Nothing => quote!(),
            Content::Payload(ty) => quote!((#ty)),
            Content::Failure => quote!((::payspec_runtime::Failed<#codes>)),
        };
        quote!(#docs #ident #content)
    }
}
