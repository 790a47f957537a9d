//! The status by which a message is judged: a text of it, or the HTTP status.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;

/// The status of a message.
pub(super) enum StatusText {
    /// An expression of its text.
    Of(TokenStream),
    /// The HTTP status of the answer, and the cases that decide one.
    Http(Vec<String>),
}

/// The documentation of the parameter of `outcome()`.
const HTTP_STATUS: &str = "`http_status` is that of the answer. A class such as `4XX` never decides 202, 408, 409, 425 \
                           and 429, which say that nothing is decided yet, and 204 and 205, which have no body: see \
                           [`decode_answer`](::payspec_runtime::decode_answer).";

impl StatusText {
    /// Generates the statements that read it into `status`.
    pub(super) fn read(&self) -> TokenStream {
        match self {
            StatusText::Of(text) => quote!(let status = #text;),
            StatusText::Http(_) => quote! {
                let status = http_status.to_string();
                let status = status.as_str();
            },
        }
    }

    /// Generates the expression of the case that decides, unless `code` contradicts it.
    pub(super) fn case(&self) -> TokenStream {
        match self {
            StatusText::Of(_) => quote!(::payspec_runtime::agreed(status, &code)),
            StatusText::Http(cases) => quote! {
                ::payspec_runtime::agreed_http(http_status, &[#(#cases),*], &code)
            },
        }
    }

    /// Generates the parameter of `outcome()`, if it has one.
    pub(super) fn parameter(&self) -> Option<TokenStream> {
        match self {
            StatusText::Of(_) => None,
            StatusText::Http(_) => Some(quote!(, http_status: u16)),
        }
    }

    /// Describes the parameter.
    pub(super) fn describe(&self, docs: &mut Docs) {
        match self {
            StatusText::Of(_) => {}
            StatusText::Http(_) => {
                docs.paragraph().own(HTTP_STATUS);
            }
        }
    }
}
