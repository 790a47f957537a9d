//! The result codes of an operation.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::EmitError;
use super::context::spelled;
use super::docs::{Docs, alias, code as code_span, collapse};
use super::enum_::UnknownVariant;
use super::lifecycle::Deprecation;
use payspec_model::model::{Api, Code, Operation, ResultHandling, SharedCodes, StatusClass};
use payspec_model::naming;

/// The enum of an operation's result codes.
pub(super) struct ResultCodes<'a> {
    ident: Ident,
    docs: Docs,
    codes: Vec<CodeVariant<'a>>,
}

/// A documented code.
struct CodeVariant<'a> {
    ident: Ident,
    code: &'a Code,
    class: Option<StatusClass>,
}

impl<'a> ResultCodes<'a> {
    pub(super) fn new(
        api: &Api,
        operation: &Operation,
        result: &'a ResultHandling,
        ident: Ident,
    ) -> Result<Self, EmitError> {
        let codes = result.codes.iter().map(|code| {
            let spelling = spelled(&code.name, naming::variant_name(code.spelling()))?;
            let class = api.class(result, &code.status);
            Ok(CodeVariant {
                ident: naming::ident(&spelling),
                code,
                class,
            })
        });
        let mut docs = Docs::default();
        docs.own("Result codes of").text(&operation.title);
        match result.shared_codes {
            SharedCodes::Listed => {}
            SharedCodes::All => {
                docs.own("All shared codes are listed.");
            }
            SharedCodes::Unknown => {
                docs.own(
                    "The provider's table was not read completely: all shared codes are listed.",
                );
            }
        }
        docs.own("A code that is not documented is kept and judged by the status beside it.");
        Ok(ResultCodes {
            ident,
            docs,
            codes: codes.collect::<Result<_, EmitError>>()?,
        })
    }
}

impl ToTokens for ResultCodes<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ResultCodes { ident, docs, codes } = self;
        let unknown = UnknownVariant::of_texts("A code that is not documented.");
        tokens.extend(quote! {
            #docs
            #[derive(Clone, PartialEq, Eq, Hash, ::payspec_runtime::ResultCode)]
            #[non_exhaustive]
            pub enum #ident {
                #(#codes,)*
                #unknown
            }
        });
    }
}

impl ToTokens for CodeVariant<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let CodeVariant { ident, code, class } = self;
        let mut docs = Docs::of(&code.name, &code.meaning);
        docs.text(&code.action);
        let (name, status) = (&code.name, &code.status);
        let class = class.map(StatusClass::as_str);
        let next_step = code.next_step.as_str();
        let resend = code.resend.as_str();
        let meaning = class.map_or(String::new(), |class| format!(" ({class})"));
        docs.paragraph().own(&format!(
            "{}, with status {}{meaning}. Next step: `{next_step}`. Sending the same request again: `{resend}`.",
            code_span(name),
            code_span(status),
        ));
        let class = class.map(|class| quote!(class = #class,));
        let alias = alias(ident, name);
        let message = collapse(&code.meaning);
        let deprecation = Deprecation(code.deprecated.as_ref());
        tokens.extend(quote! {
            #docs
            #alias
            #[code(#name, status = #status, #class next_step = #next_step, resend = #resend,
                message = #message)]
            #deprecation
            #ident
        });
    }
}
