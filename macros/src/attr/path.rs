use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::LitStr;

/// A JSON Pointer in an attribute, where `*` matches every element of a list.
pub(crate) struct Path {
    literal: LitStr,
}

impl Path {
    pub(crate) fn new(literal: LitStr) -> Self {
        Path { literal }
    }

    pub(crate) fn span(&self) -> Span {
        self.literal.span()
    }

    /// Returns the names on the path; [`None`] if it does not begin with `/`.
    pub(crate) fn names(&self) -> Option<Vec<String>> {
        let text = self.literal.value();
        let names = text.strip_prefix('/')?.split('/');
        Some(
            names
                .map(|name| name.replace("~1", "/").replace("~0", "~"))
                .collect(),
        )
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.literal.value() == other.literal.value()
    }
}

impl ToTokens for Path {
    /// Writes the names as a list.
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        let names = self.names().unwrap_or_default();
        tokens.extend(quote!(&[#(#names),*]));
    }
}
