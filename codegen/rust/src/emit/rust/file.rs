//! A source file, printed item by item, so that the tokens of an item can be dropped after it is
//! printed.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::docs::{Docs, comment};
use super::{EmitError, Options};
use crate::emit::Comment;

/// A source file that is being written.
pub(super) struct SourceFile {
    contents: String,
}

impl SourceFile {
    /// Makes a file that begins with the ownership mark.
    pub(super) fn new(options: &Options) -> Self {
        SourceFile {
            contents: format!("{}\n", options.mark().within(Comment::Slashes)),
        }
    }

    /// Adds the documentation of the module and its attributes. A file for `include!` cannot have
    /// either.
    pub(super) fn head(&mut self, docs: Docs, attributes: TokenStream) -> Result<(), EmitError> {
        let lines = docs.lines();
        let lines = lines.iter().map(|line| comment(line));
        let file = syn::parse2::<syn::File>(quote!(#(#![doc = #lines])* #attributes))?;
        self.contents.push_str(&prettyplease::unparse(&file));
        Ok(())
    }

    /// Adds items, with an empty line before each.
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

    /// Adds short items as one block, with an empty line before it.
    pub(super) fn block(&mut self, items: impl ToTokens) -> Result<(), EmitError> {
        let file = syn::parse2::<syn::File>(items.to_token_stream())?;
        if !file.items.is_empty() {
            self.contents.push('\n');
            self.contents.push_str(&prettyplease::unparse(&file));
        }
        Ok(())
    }

    /// Returns the whole text.
    pub(super) fn finish(self) -> String {
        self.contents
    }
}
