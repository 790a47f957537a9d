//! Lists the items of the generated crate that other code can name, and the properties it relies
//! on.

use std::collections::BTreeMap;

use quote::{ToTokens, quote};
use syn::{Attribute, Fields, ImplItem, Item, Type, Visibility};

use super::chunks::{Chunk, spelled};
use payspec_model::naming;

/// A public item, as other code sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Public {
    /// The text of everything that other code relies on.
    pub(super) signature: String,
    pub(super) deprecated: bool,
}

/// Returns the public items of some chunks by their paths.
pub(super) fn public(chunks: &[Chunk]) -> BTreeMap<String, Public> {
    let mut found = Items::default();
    for chunk in chunks {
        for item in &chunk.items {
            found.item(&chunk.module, item);
        }
    }
    found.0
}

#[derive(Default)]
struct Items(BTreeMap<String, Public>);

impl Items {
    fn add(&mut self, path: String, signature: String, attributes: &[Attribute]) {
        let deprecated = attributes
            .iter()
            .any(|one| one.path().is_ident("deprecated"));
        let public = Public {
            signature,
            deprecated,
        };
        self.0.insert(path, public);
    }

    fn item(&mut self, module: &str, item: &Item) {
        let path = |name: &dyn ToTokens| join(module, &name.to_token_stream().to_string());
        match item {
            Item::Struct(one) if is_public(&one.vis) => self.structure(path(&one.ident), one),
            Item::Enum(one) if is_public(&one.vis) => self.enumeration(path(&one.ident), one),
            Item::Const(one) if is_public(&one.vis) => {
                let (name, ty) = (&one.ident, &one.ty);
                let signature = spelled(quote!(pub const #name: #ty));
                self.add(path(name), signature, &one.attrs);
            }
            Item::Static(one) if is_public(&one.vis) => {
                let (name, ty) = (&one.ident, &one.ty);
                let signature = spelled(quote!(pub static #name: #ty));
                self.add(path(name), signature, &one.attrs);
            }
            Item::Type(one) if is_public(&one.vis) => {
                let (name, generics, ty) = (&one.ident, &one.generics, &one.ty);
                let signature = spelled(quote!(pub type #name #generics = #ty));
                self.add(path(name), signature, &one.attrs);
            }
            Item::Fn(one) if is_public(&one.vis) => {
                let signature = &one.sig;
                let signature = spelled(quote!(pub #signature));
                self.add(path(&one.sig.ident), signature, &one.attrs);
            }
            Item::Mod(one) if is_public(&one.vis) => {
                let name = &one.ident;
                self.add(path(name), spelled(quote!(pub mod #name)), &one.attrs);
            }
            Item::Use(one) if is_public(&one.vis) => self.names(module, "", &one.tree),
            Item::Impl(one) => self.implementation(module, one),
            // The generator writes no other public items.
            _ => {}
        }
    }

    /// Adds a struct, its derived traits and fields, and the items that the derive of messages
    /// generates.
    fn structure(&mut self, path: String, one: &syn::ItemStruct) {
        let (name, generics) = (&one.ident, &one.generics);
        let is_message = derives(&one.attrs).iter().any(|one| one == "Message");
        let open = openness(&one.attrs);
        // Messages are made by their builders. Code that makes another struct names all of its fields.
        let fields = match is_message || !open.is_empty() {
            true => String::new(),
            false => fields_of_literal(one),
        };
        self.add(
            path.clone(),
            format!(
                "{open}{}{fields}",
                spelled(quote!(pub struct #name #generics))
            ),
            &one.attrs,
        );
        self.derived(&path, &one.attrs);
        let mut required = Vec::new();
        for field in &one.fields {
            let (Some(name), ty) = (&field.ident, &field.ty) else {
                continue;
            };
            if !is_option(ty) && !is_fixed(&field.attrs) {
                required.push(name.to_string());
            }
            if is_public(&field.vis) {
                let signature = spelled(quote!(pub #name: #ty));
                self.add(join(&path, &name.to_string()), signature, &field.attrs);
            }
        }
        if !is_message {
            return;
        }
        // Code that builds the struct names all required fields, in any order, so it breaks if one
        // is added or removed.
        required.sort();
        let companion = naming::required_companion(&name.to_string());
        let argument = match required.is_empty() {
            true => String::new(),
            false => format!("required: {companion} {{ {} }}", required.join(", ")),
        };
        let builder = naming::builder_companion(&name.to_string());
        let signature = format!("pub fn builder({argument}) -> {builder}");
        self.add(join(&path, "builder"), signature, &[]);
        for name in conversions(one) {
            self.add(join(&path, name), format!("pub fn {name}"), &[]);
        }
        if is_quote(one) {
            self.add(join(&path, "convert"), "pub fn convert".to_owned(), &[]);
        }
    }

    /// Adds an enum with its variants. Code that matches on an enum without `#[non_exhaustive]`
    /// relies on the full list.
    fn enumeration(&mut self, path: String, one: &syn::ItemEnum) {
        let (name, generics) = (&one.ident, &one.generics);
        let open = openness(&one.attrs);
        let variants = match open {
            "" => {
                let names = one.variants.iter().map(|variant| variant.ident.to_string());
                let mut names: Vec<String> = names.collect();
                names.sort();
                format!(" {{ {} }}", names.join(", "))
            }
            _ => String::new(),
        };
        self.add(
            path.clone(),
            format!(
                "{open}{}{variants}",
                spelled(quote!(pub enum #name #generics))
            ),
            &one.attrs,
        );
        self.derived(&path, &one.attrs);
        for variant in &one.variants {
            let name = variant.ident.to_string();
            let fields = match &variant.fields {
                Fields::Unit => String::new(),
                fields @ (Fields::Named(_) | Fields::Unnamed(_)) => {
                    spelled(fields.to_token_stream())
                }
            };
            self.add(
                join(&path, &name),
                format!("{name}{fields}"),
                &variant.attrs,
            );
        }
    }

    fn derived(&mut self, path: &str, attributes: &[Attribute]) {
        for name in derives(attributes) {
            self.add(
                format!("<{path} as {name}>"),
                format!("#[derive({name})]"),
                &[],
            );
        }
    }

    fn implementation(&mut self, module: &str, one: &syn::ItemImpl) {
        let owner = join(module, &spelled(one.self_ty.to_token_stream()));
        if let Some((name, _)) = &one.trait_ {
            let (name, ty) = (spelled(name.to_token_stream()), &one.self_ty);
            let ty = spelled(ty.to_token_stream());
            self.add(
                format!("<{owner} as {name}>"),
                format!("impl {name} for {ty}"),
                &[],
            );
            return;
        }
        for item in &one.items {
            match item {
                ImplItem::Fn(one) if is_public(&one.vis) => {
                    let signature = &one.sig;
                    let text = spelled(quote!(pub #signature));
                    self.add(join(&owner, &one.sig.ident.to_string()), text, &one.attrs);
                }
                ImplItem::Const(one) if is_public(&one.vis) => {
                    let (name, ty) = (&one.ident, &one.ty);
                    let text = spelled(quote!(pub const #name: #ty));
                    self.add(join(&owner, &name.to_string()), text, &one.attrs);
                }
                _ => {}
            }
        }
    }

    /// Adds the names that a `pub use` imports.
    fn names(&mut self, module: &str, from: &str, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                self.names(module, &format!("{from}{}::", path.ident), &path.tree);
            }
            syn::UseTree::Name(name) => {
                let text = format!("pub use {from}{}", name.ident);
                self.add(join(module, &name.ident.to_string()), text, &[]);
            }
            syn::UseTree::Rename(name) => {
                let text = format!("pub use {from}{} as {}", name.ident, name.rename);
                self.add(join(module, &name.rename.to_string()), text, &[]);
            }
            syn::UseTree::Glob(_) => {
                self.add(
                    join(module, &format!("{from}*")),
                    format!("pub use {from}*"),
                    &[],
                );
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.names(module, from, tree);
                }
            }
        }
    }
}

fn join(parent: &str, name: &str) -> String {
    match parent {
        "" => name.to_owned(),
        parent => format!("{parent}::{name}"),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Returns the attribute that forbids other crates to name all parts, or an empty text.
fn openness(attributes: &[Attribute]) -> &'static str {
    let open = attributes
        .iter()
        .any(|one| one.path().is_ident("non_exhaustive"));
    if open { "#[non_exhaustive] " } else { "" }
}

/// Returns the names of the fields with which other crates make a struct, or an empty text if they cannot.
fn fields_of_literal(one: &syn::ItemStruct) -> String {
    let mut names = Vec::new();
    for field in &one.fields {
        match &field.ident {
            Some(name) if is_public(&field.vis) => names.push(name.to_string()),
            Some(_) | None => return String::new(),
        }
    }
    if names.is_empty() {
        return String::new();
    }
    names.sort();
    format!(" {{ {} }}", names.join(", "))
}

/// Returns the last path segments of the derived traits.
fn derives(attributes: &[Attribute]) -> Vec<String> {
    let mut names = Vec::new();
    for attribute in attributes
        .iter()
        .filter(|one| one.path().is_ident("derive"))
    {
        // A derive that cannot be parsed has no names; the generator writes none like that.
        let _ = attribute.parse_nested_meta(|meta| {
            names.extend(meta.path.segments.last().map(|last| last.ident.to_string()));
            Ok(())
        });
    }
    names
}

/// Returns whether the builder sets a field, so that the caller does not.
fn is_fixed(attributes: &[Attribute]) -> bool {
    let mut fields = attributes.iter().filter(|one| one.path().is_ident("field"));
    let text = |one: &Attribute| one.to_token_stream().to_string();
    fields.any(|one| text(one).contains(" fixed = ") || text(one).contains("(fixed = "))
}

fn is_option(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Option"),
        _ => false,
    }
}

/// Returns the names of the conversions that the derive writes for a shared message which is one amount of money with a
/// currency of its own, and has no other required field.
fn conversions(one: &syn::ItemStruct) -> &'static [&'static str] {
    let settings: Vec<String> = settings(one).collect();
    let mut amounts = settings.iter().filter(|text| text.contains("amount ("));
    let (Some(amount), None) = (amounts.next(), amounts.next()) else {
        return &[];
    };
    let is_body = settings
        .iter()
        .any(|text| text.contains("message (direction ="));
    if is_body || !amount.contains("amount (currency =") {
        return &[];
    }
    let required = one.fields.iter().filter(|field| !is_option(&field.ty));
    let mut types: Vec<String> = required
        .filter_map(|field| last_word(&field.ty.to_token_stream().to_string()))
        .collect();
    types.sort();
    match types.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["Currency", "i64"] => &["from_major", "to_major"],
        ["Currency", "Decimal"] => &["from_major", "minor_units"],
        _ => &[],
    }
}

/// Returns the last word of a type: `Decimal` of `::payspec_runtime::Decimal`.
fn last_word(ty: &str) -> Option<String> {
    let mut words = ty.split(|c: char| !c.is_alphanumeric());
    words.next_back().map(str::to_owned)
}

/// Returns whether a message is an exchange rate that converts amounts.
fn is_quote(one: &syn::ItemStruct) -> bool {
    has_attribute(one, "quote") && holds(one, "String") && holds(one, "Decimal")
}

/// Returns whether a struct has this setting for the derive of messages.
fn has_attribute(one: &syn::ItemStruct, name: &str) -> bool {
    let start = format!("{name} (");
    settings(one).any(|text| text.contains(&start))
}

/// Returns the settings of a struct for the derive of messages, as tokens.
fn settings(one: &syn::ItemStruct) -> impl Iterator<Item = String> {
    let messages = one
        .attrs
        .iter()
        .filter(|one| one.path().is_ident("message"));
    messages.map(|one| one.to_token_stream().to_string())
}

/// Returns whether a struct has a field of this type, or of an `Option` of it.
fn holds(one: &syn::ItemStruct, name: &str) -> bool {
    let mut types = one
        .fields
        .iter()
        .map(|field| field.ty.to_token_stream().to_string());
    types.any(|ty| {
        ty.split(|c: char| !c.is_alphanumeric())
            .any(|word| word == name)
    })
}
