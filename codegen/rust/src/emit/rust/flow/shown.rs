//! The content that a flow shows the payer before the payment goes on.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::names::Party;
use crate::emit::rust::access::Access;
use crate::emit::rust::context::{Context, Scope, spelled};
use crate::emit::rust::{EmitError, operation};
use payspec_model::format::Decide;
use payspec_model::model::{Decision, Operation, Type};
use payspec_model::naming;

/// The data that the payer is shown: the content of the outcomes after which the payment continues.
pub(super) struct Shown {
    variants: Vec<(Ident, TokenStream)>,
    /// The other outcomes.
    silent: Vec<Ident>,
    outcome: TokenStream,
}

impl Shown {
    pub(super) fn of(context: &Context<'_>, principal: &Operation) -> Result<Self, EmitError> {
        let names = operation::names(principal)?;
        let (module, outcome) = (naming::ident(&names.module), naming::ident(&names.outcome));
        let mut shown = Shown {
            variants: Vec::new(),
            silent: Vec::new(),
            outcome: quote!(super::#module::#outcome),
        };
        for one in principal.outcomes() {
            let variant = naming::ident(&spelled(one.name, naming::variant_name(one.name))?);
            let decisions = principal.result.iter().flat_map(|result| &result.decisions);
            let mut own = decisions.filter(|decision| decision.name == one.name);
            match own.find_map(|decision| payload(context, principal, decision)) {
                Some(ty) => shown.variants.push((variant, ty)),
                None => shown.silent.push(variant),
            }
        }
        Ok(shown)
    }

    /// Returns the type of one outcome's content; several outcomes become an enum.
    pub(super) fn ty(&self) -> TokenStream {
        match self.variants.as_slice() {
            [] => quote!(::core::convert::Infallible),
            [(_, ty)] => ty.clone(),
            _ => self.outcome.clone(),
        }
    }

    /// Generates the function that returns the data of an answer.
    pub(super) fn showing(
        &self,
        context: &Context<'_>,
        payer: &Ident,
        others: &[&Party<'_>],
    ) -> Result<TokenStream, EmitError> {
        if self.variants.is_empty() {
            return Ok(quote! {
                fn shown(_: &Answer) -> Option<Self::Shown> {
                    None
                }
            });
        }
        let mut arms = vec![self.arm(payer)];
        let mut silent = Vec::new();
        for party in others {
            // An inquiry repeats what an earlier answer said.
            let acts = party.operation.idempotency.is_some();
            let own = Shown::of(context, party.operation)?;
            match own.variants.as_slice() {
                [(_, ty)] if acts && ty.to_string() == self.ty().to_string() => {
                    arms.push(own.arm(&party.variant));
                }
                _ => silent.push(&party.variant),
            }
        }
        let silent = (!silent.is_empty()).then(|| quote!(#(Answer::#silent(_))|* => None,));
        Ok(quote! {
            #[allow(clippy::unneeded_struct_pattern)]
            fn shown(answer: &Answer) -> Option<Self::Shown> {
                match answer {
                    #(#arms)*
                    #silent
                }
            }
        })
    }

    /// Generates the arm for the answers of one operation.
    fn arm(&self, call: &Ident) -> TokenStream {
        let outcome = &self.outcome;
        let shown = self.variants.iter().map(|(variant, _)| {
            if self.variants.len() == 1 {
                quote!(#outcome::#variant(shown) => Some(shown.clone()),)
            } else {
                quote!(#outcome::#variant(_) => Some(answered.outcome.clone()),)
            }
        });
        let silent = &self.silent;
        quote! {
            Answer::#call(answered) => match &answered.outcome {
                #(#shown)*
                #(#outcome::#silent { .. })|* => None,
            },
        }
    }
}

/// Returns the type of the content of an outcome after which the payment continues.
fn payload(
    context: &Context<'_>,
    principal: &Operation,
    decision: &Decision,
) -> Option<TokenStream> {
    match decision.decide {
        Decide::Redirect | Decide::Waiting => {}
        Decide::Done | Decide::Ended | Decide::Failed | Decide::Pending => return None,
    }
    let body = &principal.response.as_ref()?.object;
    let access = Access::new(context, body, decision.payload.as_deref()?);
    let ty = access.ok().flatten()?.ty;
    matches!(ty, Type::Object(_)).then(|| context.value_type(ty, Scope::Operation))
}
