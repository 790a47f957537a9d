//! The syntax of all attributes: words, each alone, with `= literal` or with `(arguments)`.

use crate::errors::Errors;
use proc_macro2::{Ident, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Lit, Meta, Token, parenthesized};

/// A word and its value or arguments.
pub(crate) struct Item {
    pub(crate) word: Ident,
    pub(crate) tail: Tail,
}

/// The value or arguments of a word.
pub(crate) enum Tail {
    Nothing,
    Value(Lit),
    Arguments(Vec<Argument>),
}

/// One of the comma-separated arguments of an attribute or of a word.
pub(crate) enum Argument {
    Literal(Lit),
    Item(Item),
}

/// Returns the arguments of an attribute. An unreadable argument is reported and skipped up to the next
/// comma.
pub(crate) fn arguments(attribute: &Attribute, errors: &mut Errors) -> Vec<Argument> {
    let Meta::List(list) = &attribute.meta else {
        let name = attribute
            .path()
            .get_ident()
            .map(Ident::to_string)
            .unwrap_or_default();
        errors.on(&attribute.meta, format!("expected `#[{name}(…)]`"));
        return Vec::new();
    };
    let parser = |input: ParseStream| Ok(comma_separated(input, errors));
    match parser.parse2(list.tokens.clone()) {
        Ok(arguments) => arguments,
        Err(error) => {
            errors.push(error);
            Vec::new()
        }
    }
}

/// Returns the arguments that are words; reports the others.
pub(crate) fn items(attribute: &Attribute, errors: &mut Errors) -> Vec<Item> {
    let arguments = arguments(attribute, errors);
    arguments
        .into_iter()
        .filter_map(|argument| argument.into_item(errors))
        .collect()
}

impl Item {
    /// Removes an argument that is only this word, and returns the word.
    pub(crate) fn take_word(&mut self, word: &str) -> Option<Ident> {
        let Tail::Arguments(arguments) = &mut self.tail else {
            return None;
        };
        let is_it = |argument: &Argument| {
            let Argument::Item(item) = argument else {
                return false;
            };
            item.word == word && matches!(item.tail, Tail::Nothing)
        };
        match arguments.remove(arguments.iter().position(is_it)?) {
            Argument::Item(item) => Some(item.word),
            Argument::Literal(_) => None,
        }
    }
}

impl Argument {
    pub(crate) fn into_item(self, errors: &mut Errors) -> Option<Item> {
        match self {
            Argument::Item(item) => Some(item),
            Argument::Literal(literal) => {
                errors.at(literal.span(), "expected a word, found a literal");
                None
            }
        }
    }
}

fn comma_separated(input: ParseStream, errors: &mut Errors) -> Vec<Argument> {
    let mut arguments = Vec::new();
    while !input.is_empty() {
        match argument(input, errors) {
            Ok(argument) => arguments.push(argument),
            Err(error) => {
                errors.push(error);
                skip_to_comma(input);
            }
        }
        if !input.is_empty() && input.parse::<Token![,]>().is_err() {
            errors.at(input.span(), "expected `,`");
            skip_to_comma(input);
            let _ = input.parse::<Token![,]>();
        }
    }
    arguments
}

fn argument(input: ParseStream, errors: &mut Errors) -> syn::Result<Argument> {
    if input.peek(Lit) && !input.peek(syn::LitBool) {
        return input.parse().map(Argument::Literal);
    }
    if !input.peek(Ident::peek_any) {
        return Err(input.error("expected a word or a literal"));
    }
    let word = input.call(Ident::parse_any)?;
    let tail = if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        let span = input.span();
        let literal = input.parse();
        Tail::Value(literal.map_err(|_| syn::Error::new(span, "expected a literal"))?)
    } else if input.peek(syn::token::Paren) {
        let content;
        parenthesized!(content in input);
        Tail::Arguments(comma_separated(&content, errors))
    } else {
        Tail::Nothing
    };
    Ok(Argument::Item(Item { word, tail }))
}

fn skip_to_comma(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}
