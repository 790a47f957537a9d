//! The arms of the `match` over the status of a message.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::decision::Ruling;

/// The arms, in the order of the decisions.
#[derive(Default)]
pub(super) struct Arms(Vec<Arm>);

/// The decision of one status.
struct Arm {
    status: String,
    decides: Decides,
}

enum Decides {
    /// The status alone: an `Option` of the outcome.
    Alone(TokenStream),
    /// The status with a text: an `Option` of the outcome for each text.
    By(TokenStream, Vec<(String, TokenStream)>),
}

impl Arms {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a ruling: the text that splits its status, if any, and the decision.
    pub(super) fn add(&mut self, ruling: &Ruling, by: Option<TokenStream>, decided: TokenStream) {
        let decides = match (by, &ruling.case) {
            (Some(by), Some(value)) => {
                let same = |arm: &&mut Arm| arm.status == ruling.status;
                if let Some(arm) = self.0.iter_mut().find(same) {
                    if let Decides::By(_, cases) = &mut arm.decides {
                        cases.push((value.clone(), decided));
                    }
                    return;
                }
                Decides::By(by, vec![(value.clone(), decided)])
            }
            (_, _) => Decides::Alone(decided),
        };
        self.0.push(Arm {
            status: ruling.status.clone(),
            decides,
        });
    }
}

impl ToTokens for Arms {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for Arm { status, decides } in &self.0 {
            let decides = match decides {
                Decides::Alone(decided) => decided.clone(),
                Decides::By(by, cases) => {
                    let cases = cases
                        .iter()
                        .map(|(value, decided)| quote!(#value => #decided));
                    quote! {
                        match #by {
                            #(#cases,)*
                            _ => None,
                        }
                    }
                }
            };
            tokens.extend(quote!(Some(#status) => #decides,));
        }
    }
}
