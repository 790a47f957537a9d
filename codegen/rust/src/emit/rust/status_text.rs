//! The status by which a message is judged: a text of it, or the HTTP status.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use payspec_model::model::Response;

/// The status of a message.
pub(super) enum StatusText {
    /// An expression of its text.
    Of(TokenStream),
    /// The HTTP status of the answer, the cases that decide one, and the answers, if their bodies differ.
    Http {
        cases: Vec<String>,
        responses: Vec<Response>,
    },
}

/// The documentation of the parameter of `outcome()`.
const HTTP_STATUS: &str = "`http_status` is that of the answer. A class such as `4XX` never decides 202, 408, 409, 425 \
                           and 429, which say that nothing is decided yet, and 204 and 205, which have no body: see \
                           [`decode_answer`](::payspec_runtime::decode_answer).";

/// The documentation of answers whose bodies differ.
const RESPONSES: &str = "Only the fields of the answer that this status has count; a status without an answer in the \
                         documentation is pending. Decode the answer with \
                         [`decode_answer`](::payspec_runtime::decode_answer), which refuses one without a field that \
                         its status requires: after `decode`, such an answer may look decided.";

impl StatusText {
    /// Generates the statements that read it into `status`.
    pub(super) fn read(&self) -> TokenStream {
        match self {
            StatusText::Of(text) => quote!(let status = #text;),
            StatusText::Http { .. } => quote! {
                let status = http_status.to_string();
                let status = status.as_str();
            },
        }
    }

    /// Generates the expression of the case that decides, unless `code` contradicts it.
    pub(super) fn case(&self) -> TokenStream {
        match self {
            StatusText::Of(_) => quote!(::payspec_runtime::agreed(status, &code)),
            StatusText::Http { cases, responses } => {
                let is_described =
                    (!responses.is_empty()).then(|| quote!(.filter(|_| response.is_some())));
                quote! {
                    ::payspec_runtime::agreed_http(http_status, &[#(#cases),*], &code) #is_described
                }
            }
        }
    }

    /// Generates the statement that finds out which answer the status has, if their bodies differ.
    pub(super) fn response(&self) -> Option<TokenStream> {
        match self {
            StatusText::Of(_) => None,
            StatusText::Http { responses, .. } if responses.is_empty() => None,
            StatusText::Http { responses, .. } => {
                let statuses = responses.iter().map(|response| &response.status);
                Some(quote! {
                    let response =
                        ::payspec_runtime::rules::http_response(&[#(#statuses),*], http_status);
                })
            }
        }
    }

    /// Generates an expression that has the value of a field only if the answer of the status has that field.
    pub(super) fn only_where(
        &self,
        path: &[String],
        value: TokenStream,
        absent: &TokenStream,
    ) -> TokenStream {
        match self {
            StatusText::Of(_) => value,
            StatusText::Http { responses, .. } if responses.is_empty() => value,
            StatusText::Http { responses, .. } => {
                let having = responses.iter().filter(|response| response.has(path));
                let statuses: Vec<&String> = having.map(|response| &response.status).collect();
                match statuses.as_slice() {
                    [] => absent.clone(),
                    statuses => quote! {
                        match response {
                            Some(#(#statuses)|*) => #value,
                            _ => #absent,
                        }
                    },
                }
            }
        }
    }

    /// Generates the parameter of `outcome()`, if it has one.
    pub(super) fn parameter(&self) -> Option<TokenStream> {
        match self {
            StatusText::Of(_) => None,
            StatusText::Http { .. } => Some(quote!(, http_status: u16)),
        }
    }

    /// Describes the parameter.
    pub(super) fn describe(&self, docs: &mut Docs) {
        match self {
            StatusText::Of(_) => {}
            StatusText::Http { responses, .. } => {
                docs.paragraph().own(HTTP_STATUS);
                if !responses.is_empty() {
                    docs.paragraph().own(RESPONSES);
                }
            }
        }
    }
}
