//! A source file, printed item by item: what has been printed needs no tokens any more.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs::{Docs, comment};
use super::{EmitError, Options};

/// A source file under way.
pub(super) struct SourceFile {
    contents: String,
}

impl SourceFile {
    /// A file that begins with the ownership mark.
    pub(super) fn new(options: &Options) -> Self {
        SourceFile {
            contents: format!("{}\n", options.mark()),
        }
    }

    /// Adds the documentation of the module and its attributes. A file that is taken in with
    /// `include!` can have neither.
    pub(super) fn head(&mut self, docs: Docs, attributes: TokenStream) -> Result<(), EmitError> {
        let lines = docs.lines();
        let lines = lines.iter().map(|line| comment(line));
        let file = syn::parse2::<syn::File>(quote!(#(#![doc = #lines])* #attributes))?;
        self.contents.push_str(&prettyplease::unparse(&file));
        Ok(())
    }

    /// Adds items, each after an empty line.
    pub(super) fn items(&mut self, items: impl ToTokens) -> Result<(), EmitError> {
        let file = syn::parse2::<syn::File>(items.to_token_stream())?;
        for item in file.items {
            let one = syn::File {
                shebang: None,
                frontmatter: None,
                attrs: Vec::new(),
                items: vec![item],
            };
            self.contents.push('\n');
            self.contents.push_str(&prettyplease::unparse(&one));
        }
        Ok(())
    }

    /// Adds short items as one block, after an empty line.
    pub(super) fn block(&mut self, items: impl ToTokens) -> Result<(), EmitError> {
        let file = syn::parse2::<syn::File>(items.to_token_stream())?;
        if !file.items.is_empty() {
            self.contents.push('\n');
            self.contents.push_str(&prettyplease::unparse(&file));
        }
        Ok(())
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.contents
    }
}
