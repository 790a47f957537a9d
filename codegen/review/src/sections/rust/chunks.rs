//! Splits the generated source into parts, and parses only those that differ.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use payspec_codegen::emit::GeneratedFile;

/// The items of one file between two empty lines.
pub(super) struct Chunk {
    /// The path of the module: `ams_instore::types`.
    pub(super) module: String,
    pub(super) items: Vec<syn::Item>,
    /// The source without comments.
    pub(super) code: String,
}

/// Returns the chunks that only one side has, for each side.
pub(super) fn differing(
    old: &[GeneratedFile],
    new: &[GeneratedFile],
) -> Result<(Vec<Chunk>, Vec<Chunk>), syn::Error> {
    let (before, after) = (texts(old), texts(new));
    let only = |own: &BTreeMap<&str, &str>, other: &BTreeMap<&str, &str>| {
        let mut chunks = Vec::new();
        for (path, text) in own {
            let known: BTreeSet<&str> = split(other.get(path).copied().unwrap_or("")).collect();
            for text in split(text).filter(|text| !known.contains(text)) {
                chunks.push(read(path, text)?);
            }
        }
        Ok::<_, syn::Error>(chunks)
    };
    Ok((only(&before, &after)?, only(&after, &before)?))
}

/// Returns the sources by their paths.
fn texts(files: &[GeneratedFile]) -> BTreeMap<&str, &str> {
    let sources = files.iter().filter(|file| file.path.ends_with(".rs"));
    sources
        .map(|file| (file.path.as_str(), file.contents.as_str()))
        .collect()
}

/// Splits a file at its empty lines: the generator leaves one before each item, and none inside.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(|part| part.trim_matches('\n'))
}

fn read(path: &str, text: &str) -> Result<Chunk, syn::Error> {
    let tokens: TokenStream = syn::parse_str(text)?;
    let code = uncommented(tokens);
    Ok(Chunk {
        module: module(path),
        code: code.to_string(),
        items: syn::parse2::<syn::File>(code)?.items,
    })
}

/// Returns the module of a file: `ams_instore::types` for `ams_instore/types.rs`, empty for
/// `lib.rs`.
fn module(path: &str) -> String {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" => String::new(),
        path => path.replace('/', "::"),
    }
}

/// Removes documentation from source: `#[doc …]` and `#![doc …]`.
fn uncommented(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = &token else {
            kept.push(token);
            continue;
        };
        if is_doc(group) {
            let sign = |token: &TokenTree, char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == char);
            kept.pop_if(|last| sign(last, '!'));
            kept.pop_if(|last| sign(last, '#'));
        } else {
            let mut inner = Group::new(group.delimiter(), uncommented(group.stream()));
            inner.set_span(group.span());
            kept.push(TokenTree::Group(inner));
        }
    }
    kept.into_iter().collect()
}

fn is_doc(group: &Group) -> bool {
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && matches!(first, Some(TokenTree::Ident(ident)) if ident == "doc")
}

/// Writes tokens with the usual spacing of Rust.
pub(super) fn spelled(tokens: TokenStream) -> String {
    let mut text = tokens.to_string();
    for (from, to) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" :", ":"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("& ", "&"),
        ("::payspec_runtime::", ""),
    ] {
        text = text.replace(from, to);
    }
    text
}
