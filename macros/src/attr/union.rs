use super::syntax::{self, Tail};
use super::words::{self, UNION_USAGE};
use super::{set_once, text_value};
use crate::errors::Errors;
use proc_macro2::Span;
use syn::{Attribute, LitStr};

/// The content of `#[union(…)]`.
#[derive(Default)]
pub(crate) struct UnionAttributes {
    /// The name of the tag on the wire.
    pub(crate) tag: Option<LitStr>,
    /// Set if the JSON type tells the variants apart.
    pub(crate) json_type: Option<Span>,
}

impl UnionAttributes {
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut this = UnionAttributes::default();
        for attribute in attributes.iter().filter(|one| one.path().is_ident("union")) {
            for item in syntax::items(attribute, errors) {
                if item.word == "json_type" {
                    let span = item.word.span();
                    if !matches!(item.tail, Tail::Nothing) {
                        errors.at(span, "`json_type` takes no value");
                    }
                    set_once(&mut this.json_type, span, &item.word, errors);
                } else if item.word != "tag" {
                    words::unknown(&item.word, &[UNION_USAGE], errors);
                } else if let Some(text) = text_value(&item, &[UNION_USAGE], errors) {
                    set_once(&mut this.tag, text, &item.word, errors);
                }
            }
        }
        this
    }
}

/// The content of `#[variant("…")]`.
pub(crate) struct VariantAttribute {
    pub(crate) text: LitStr,
}

impl VariantAttribute {
    pub(crate) fn read(attribute: &Attribute, errors: &mut Errors) -> Option<Self> {
        let text = attribute.parse_args();
        if text.is_err() {
            let message = "expected the text of the tag: `#[variant(\"…\")]`";
            errors.on(&attribute.meta, message);
        }
        Some(VariantAttribute { text: text.ok()? })
    }
}
