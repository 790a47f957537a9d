//! What the response of an operation decides, as an enum and the method that gives it.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::EmitError;
use super::access::{Access, Place};
use super::context::{Context, Scope};
use super::docs::Docs;
use crate::emit::naming::{self, OperationNames};
use crate::format::Decide;
use crate::model::{Body, Decision, ResultHandling, StatusClass, Type};

/// The enum of what a response decides, and `outcome()`.
pub(super) struct Outcome {
    names: Names,
    variants: Vec<Variant>,
    arms: Vec<Arm>,
    status: TokenStream,
    code: TokenStream,
    message: TokenStream,
    references: Vec<TokenStream>,
    pending: Docs,
}

/// The types that an outcome names.
struct Names {
    outcome: Ident,
    request: Ident,
    response: Ident,
    code: Ident,
}

/// A variant other than `Pending`.
struct Variant {
    ident: Ident,
    content: Content,
    docs: Docs,
}

/// What a variant carries.
enum Content {
    Nothing,
    Payload(TokenStream),
    Failure,
}

/// What one status decides when the code does not contradict it.
struct Arm {
    status: String,
    class: StatusClass,
    variant: Ident,
    payload: Option<Place>,
    failure: bool,
    needs: Vec<TokenStream>,
}

impl Outcome {
    pub(super) fn new(
        context: &Context<'_>,
        names: &OperationNames,
        response: &Body,
        result: &ResultHandling,
    ) -> Result<Self, EmitError> {
        let text = |path: &[String]| -> Result<TokenStream, EmitError> {
            let access = Access::new(context, &response.object, path)?;
            Ok(access
                .and_then(|access| access.text())
                .unwrap_or_else(|| quote!(None)))
        };
        let word = |path: &[String]| -> Result<TokenStream, EmitError> {
            let access = Access::new(context, &response.object, path)?;
            Ok(access
                .and_then(|access| access.text_or_empty())
                .unwrap_or_else(|| quote!("")))
        };
        let mut outcome = Outcome {
            names: Names {
                outcome: naming::ident(&names.outcome),
                request: naming::ident(&names.request),
                response: naming::ident(&names.response),
                code: naming::ident(&names.result_code),
            },
            variants: Vec::new(),
            arms: Vec::new(),
            status: word(&result.status)?,
            code: word(&result.code)?,
            message: result.message.as_deref().map_or(Ok(quote!(None)), text)?,
            references: result
                .references
                .iter()
                .map(|path| {
                    let name = path.last();
                    let text = text(path)?;
                    Ok(quote!((#name, #text.filter(|text| !text.is_empty()))))
                })
                .collect::<Result<_, EmitError>>()?,
            pending: pending_docs(result),
        };
        for decision in &result.decisions {
            outcome.add(context, response, decision)?;
        }
        Ok(outcome)
    }

    /// Adds what a status decides. A decision that cannot be read from the response is left out:
    /// the payment stays pending.
    fn add(
        &mut self,
        context: &Context<'_>,
        response: &Body,
        decision: &Decision,
    ) -> Result<(), EmitError> {
        let (name, class) = match decision.decide {
            Decide::Done => ("Done", StatusClass::Succeeded),
            Decide::Redirect => ("Redirect", StatusClass::Succeeded),
            Decide::Failed => ("Failed", StatusClass::Failed),
            Decide::Pending => return Ok(()),
        };
        let failure = decision.decide == Decide::Failed;
        let mut needs = Vec::new();
        for path in &decision.needs {
            let Some(access) = Access::new(context, &response.object, path)? else {
                return Ok(());
            };
            if decision.payload.as_ref() != Some(path) {
                needs.extend(access.is_present());
            }
        }
        let payload = match &decision.payload {
            Some(path) if !failure => {
                let access = Access::new(context, &response.object, path)?;
                let Some(Access {
                    place,
                    ty: ty @ Type::Object(_),
                }) = access
                else {
                    return Ok(());
                };
                Some((context.value_type(ty, Scope::Operation), place))
            }
            Some(_) | None => None,
        };
        let (ty, payload) = payload.unzip();
        let content = match ty {
            _ if failure => Content::Failure,
            Some(ty) => Content::Payload(ty),
            None => Content::Nothing,
        };
        let variant = self.variant(name, content, decision)?;
        let status = decision.status.clone();
        self.arms.push(Arm {
            status,
            class,
            variant,
            payload,
            failure,
            needs,
        });
        Ok(())
    }

    /// The variant for a decision. Two statuses share one when they hand over the same; otherwise
    /// the later one is named after its status too.
    fn variant(
        &mut self,
        name: &str,
        content: Content,
        decision: &Decision,
    ) -> Result<Ident, EmitError> {
        let plain = naming::ident(name);
        let ident = match self.variants.iter().find(|variant| variant.ident == plain) {
            Some(variant) if variant.content.is_same(&content) => return Ok(plain),
            Some(_) => {
                let status = naming::variant_name(&decision.status);
                let status = super::context::spelled(&decision.status, status)?;
                naming::ident(&format!("{name}{status}"))
            }
            None => plain,
        };
        let docs = Docs::of(&decision.status, &decision.description);
        self.variants.push(Variant {
            ident: ident.clone(),
            content,
            docs,
        });
        Ok(ident)
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

impl Content {
    fn is_same(&self, other: &Content) -> bool {
        match (self, other) {
            (Content::Nothing, Content::Nothing) | (Content::Failure, Content::Failure) => true,
            (Content::Payload(one), Content::Payload(other)) => {
                one.to_string() == other.to_string()
            }
            (Content::Nothing | Content::Failure | Content::Payload(_), _) => false,
        }
    }
}

impl ToTokens for Outcome {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Outcome {
            names,
            variants,
            arms,
            status,
            code,
            message,
            references,
            pending,
        } = self;
        let Names {
            outcome,
            request,
            response,
            code: codes,
        } = names;
        let message = arms
            .iter()
            .any(|arm| arm.failure)
            .then(|| quote!(let message: Option<&str> = #message;));
        let variants = variants.iter().map(|variant| variant.tokens(codes));
        let arms: Vec<_> = arms.iter().map(|arm| arm.tokens(outcome)).collect();
        let decided = if arms.is_empty() {
            quote!(None)
        } else {
            quote! {
                match (class, status) {
                    #(#arms,)*
                    _ => None,
                }
            }
        };
        tokens.extend(quote! {
            #[doc = " What the answer decides."]
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
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
                    let class = ::payspec_runtime::judge(status, super::STATUSES, &code);
                    let decided = #decided;
                    decided.unwrap_or_else(|| {
                        let reference = ::payspec_runtime::PaymentReference::first(&[#(#references),*]);
                        #outcome::Pending(::payspec_runtime::Pending::new(code, status, reference))
                    })
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

impl Arm {
    fn tokens(&self, outcome: &Ident) -> TokenStream {
        let Arm {
            status,
            class,
            variant,
            payload,
            failure,
            needs,
        } = self;
        let class = super::constants::class(*class);
        let stands = (!needs.is_empty()).then(|| quote!(#(#needs)&&*));
        let decided = match (payload, stands) {
            (None, stands) => {
                let value = if *failure {
                    quote!(#outcome::#variant(::payspec_runtime::Failed::new(code.clone(), message)))
                } else {
                    quote!(#outcome::#variant)
                };
                match stands {
                    None => quote!(Some(#value)),
                    Some(stands) => quote!((#stands).then(|| #value)),
                }
            }
            (Some(Place::Always(place)), None) => quote!(Some(#outcome::#variant(#place.clone()))),
            (Some(Place::Always(place)), Some(stands)) => {
                quote!((#stands).then(|| #outcome::#variant(#place.clone())))
            }
            (Some(Place::Perhaps(place)), None) => quote!(#place.cloned().map(#outcome::#variant)),
            (Some(Place::Perhaps(place)), Some(stands)) => {
                quote!(#place.filter(|_| #stands).cloned().map(#outcome::#variant))
            }
        };
        quote!((#class, #status) => #decided)
    }
}
