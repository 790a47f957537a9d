//! The decision of a status, if the code beside it does not contradict it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::EmitError;
use super::access::{Access, Place};
use super::context::{Context, Scope};
use super::docs::Docs;
use payspec_model::format::Decide;
use payspec_model::model::{Body, Decision, ObjectId, Type};
use payspec_model::naming;

/// A decision that the body shows.
pub(super) struct Ruling {
    /// The name of its outcome.
    pub(super) name: String,
    /// The content of its variant.
    pub(super) content: Content,
    /// The description in the spec.
    pub(super) docs: Docs,
    payload: Option<Place>,
    needs: Needs,
}

/// The content of a variant.
pub(super) enum Content {
    Nothing,
    Payload(TokenStream),
    Failure,
}

/// Conditions that a decision needs.
#[derive(Default)]
struct Needs {
    /// On fields of the payload.
    inside: Vec<TokenStream>,
    /// On other fields of the body.
    beside: Vec<TokenStream>,
}

impl Ruling {
    /// Makes the ruling for a decision; [`None`] if the call stays pending, for example because the
    /// body cannot show a value that the decision needs.
    pub(super) fn new(
        context: &Context<'_>,
        body: &Body,
        decision: &Decision,
    ) -> Result<Option<Self>, EmitError> {
        if decision.decide == Decide::Pending {
            return Ok(None);
        }
        let failed = decision.decide == Decide::Failed;
        let path = decision.payload.as_deref().filter(|_| !failed);
        let payload = match path {
            Some(path) => match Access::new(context, &body.object, path)? {
                Some(Access {
                    place,
                    ty: Type::Object(id),
                }) => Some((place, *id)),
                Some(_) | None => return Ok(None),
            },
            None => None,
        };
        let id = payload.as_ref().map(|(_, id)| *id);
        let Some(needs) = Needs::new(context, body, decision, path.zip(id))? else {
            return Ok(None);
        };
        let content = match id {
            _ if failed => Content::Failure,
            Some(id) => Content::Payload(context.value_type(&Type::Object(id), Scope::Operation)),
            None => Content::Nothing,
        };
        Ok(Some(Ruling {
            name: decision.name.clone(),
            content,
            docs: Docs::of(&decision.status, &decision.description),
            payload: payload.map(|(place, _)| place),
            needs,
        }))
    }

    /// Returns an `Option` of the outcome, for one of its variants. `code` is the expression of the code.
    pub(super) fn decided(
        &self,
        outcome: &Ident,
        variant: &Ident,
        code: &TokenStream,
    ) -> TokenStream {
        let variant = quote!(#outcome::#variant);
        let stands = self.needs.condition();
        match (&self.payload, &self.content) {
            (Some(place), _) => {
                let payload = match place {
                    Place::Always(place) => quote!(Some(&#place)),
                    Place::Perhaps(place) => place.clone(),
                };
                let variable = self.needs.variable();
                let filter = stands.map(|stands| quote!(.filter(|#variable| #stands)));
                quote!(#payload #filter.cloned().map(#variant))
            }
            (None, Content::Failure) => {
                let failed = quote!(#variant(::payspec_runtime::Failed::new(#code, message)));
                match stands {
                    None => quote!(Some(#failed)),
                    Some(stands) => quote!((#stands).then(|| #failed)),
                }
            }
            (None, Content::Nothing | Content::Payload(_)) => match stands {
                None => quote!(Some(#variant)),
                Some(stands) => quote!((#stands).then_some(#variant)),
            },
        }
    }
}

impl Needs {
    fn new(
        context: &Context<'_>,
        body: &Body,
        decision: &Decision,
        payload: Option<(&[String], ObjectId)>,
    ) -> Result<Option<Self>, EmitError> {
        let mut needs = Needs::default();
        let usable = decision.needs.iter().map(|path| (path.clone(), false));
        let addresses = decision.addresses(context.api, &body.object).into_iter();
        for (path, is_address) in usable.chain(addresses.map(|path| (path, true))) {
            let inside = payload.and_then(|(start, id)| Some((id, path.strip_prefix(start)?)));
            let (access, list) = match inside {
                Some((_, [])) => continue,
                Some((id, rest)) => (
                    Access::inside(context, &payload_variable(), id, rest)?,
                    &mut needs.inside,
                ),
                None => (
                    Access::new(context, &body.object, &path)?,
                    &mut needs.beside,
                ),
            };
            let Some(access) = access else {
                return Ok(None);
            };
            match is_address {
                true => list.push(access.may_be_opened()),
                false => list.extend(access.is_usable()),
            }
        }
        Ok(Some(needs))
    }

    fn condition(&self) -> Option<TokenStream> {
        let all: Vec<_> = self.beside.iter().chain(&self.inside).collect();
        (!all.is_empty()).then(|| quote!(#(#all)&&*))
    }

    fn variable(&self) -> TokenStream {
        let variable = payload_variable();
        if self.inside.is_empty() {
            quote!(_)
        } else {
            quote!(#variable)
        }
    }
}

/// Returns the variable that holds the payload while its fields are examined.
fn payload_variable() -> Ident {
    naming::ident("payload")
}
