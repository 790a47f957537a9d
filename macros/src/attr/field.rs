use super::inside::Inside;
use super::rule::Rules;
use super::words::{self, Chosen, FIELD_USAGE, RULE_USAGE};
use super::{choose, set_once, syntax, text_value};
use crate::errors::Errors;
use proc_macro2::Ident;
use syn::{Attribute, LitStr};

/// The content of `#[field(…)]`.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) name: Option<LitStr>,
    /// The place of a field of a request.
    pub(crate) location: Option<Chosen>,
    /// The way in which a query or form writes it.
    pub(crate) style: Option<Chosen>,
    /// The JSON type of the value on the wire.
    pub(crate) json_type: Option<Chosen>,
    pub(crate) case: Option<Chosen>,
    pub(crate) sensitive: Option<Chosen>,
    pub(crate) purpose: Option<Chosen>,
    /// The associated function that returns the only value that the field can have.
    pub(crate) fixed: Option<Ident>,
    /// The rules of what a list or map contains.
    pub(crate) inside: Inside,
    pub(crate) rules: Rules,
}

impl FieldAttributes {
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut this = FieldAttributes::default();
        for attribute in attributes.iter().filter(|one| one.path().is_ident("field")) {
            for item in syntax::items(attribute, errors) {
                this.word(item, errors);
            }
        }
        this
    }

    fn word(&mut self, item: syntax::Item, errors: &mut Errors) {
        if item.word == "name" {
            let Some(name) = text_value(&item, &[FIELD_USAGE], errors) else {
                return;
            };
            set_once(&mut self.name, name, &item.word, errors);
        } else if item.word == "in" {
            choose(&mut self.location, &words::LOCATION, &item, errors);
        } else if item.word == "style" {
            choose(&mut self.style, &words::STYLE, &item, errors);
        } else if item.word == "json_type" {
            choose(&mut self.json_type, &words::JSON_TYPE, &item, errors);
        } else if item.word == "case" {
            choose(&mut self.case, &words::CASE, &item, errors);
        } else if item.word == "sensitive" {
            choose(&mut self.sensitive, &words::SENSITIVE, &item, errors);
        } else if item.word == "purpose" {
            choose(&mut self.purpose, &words::PURPOSE, &item, errors);
        } else if item.word == "fixed" {
            let Some(text) = text_value(&item, &[FIELD_USAGE], errors) else {
                return;
            };
            match text.parse() {
                Ok(name) => set_once(&mut self.fixed, name, &item.word, errors),
                Err(_) => errors.at(text.span(), "expected the name of an associated function"),
            }
        } else if Inside::knows(&item.word) {
            self.inside.word(item, errors);
        } else if Rules::know(&item.word) {
            self.rules.read(item, errors);
        } else {
            words::unknown(&item.word, &[FIELD_USAGE, RULE_USAGE], errors);
        }
    }
}
