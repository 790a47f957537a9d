use super::rule::Rules;
use super::syntax::{self, Tail};
use super::words::{self, Chosen, FIELD_USAGE, KEY_USAGE, RULE_USAGE};
use super::{set_once, text_value, written_like};
use crate::errors::Errors;
use proc_macro2::Ident;
use syn::{Attribute, LitStr};

/// The content of `#[field(…)]`.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) name: Option<LitStr>,
    pub(crate) sensitive: Option<Chosen>,
    pub(crate) purpose: Option<Chosen>,
    /// The associated function that returns the only value that the field can have.
    pub(crate) fixed: Option<Ident>,
    /// The rules of the keys of a map.
    pub(crate) keys: Option<Keys>,
    pub(crate) rules: Rules,
}

/// The content of `keys(…)`.
pub(crate) struct Keys {
    pub(crate) word: Ident,
    pub(crate) rules: Rules,
}

impl Keys {
    fn read(item: syntax::Item, errors: &mut Errors) -> Option<Self> {
        let Tail::Arguments(arguments) = item.tail else {
            written_like(item.word.span(), &item.word, &[FIELD_USAGE], errors);
            return None;
        };
        let mut rules = Rules::default();
        for argument in arguments {
            let Some(item) = argument.into_item(errors) else {
                continue;
            };
            if words::usage(&[KEY_USAGE], &item.word.to_string()).is_empty() {
                words::unknown(&item.word, &[KEY_USAGE], errors);
            } else {
                rules.read(item, errors);
            }
        }
        Some(Keys {
            word: item.word,
            rules,
        })
    }
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
        } else if item.word == "sensitive" {
            let Some(text) = text_value(&item, &[FIELD_USAGE], errors) else {
                return;
            };
            let Some(chosen) = words::SENSITIVE.choose(&text, errors) else {
                return;
            };
            set_once(&mut self.sensitive, chosen, &item.word, errors);
        } else if item.word == "purpose" {
            let Some(text) = text_value(&item, &[FIELD_USAGE], errors) else {
                return;
            };
            let Some(chosen) = words::PURPOSE.choose(&text, errors) else {
                return;
            };
            set_once(&mut self.purpose, chosen, &item.word, errors);
        } else if item.word == "fixed" {
            let Some(text) = text_value(&item, &[FIELD_USAGE], errors) else {
                return;
            };
            match text.parse() {
                Ok(name) => set_once(&mut self.fixed, name, &item.word, errors),
                Err(_) => errors.at(text.span(), "expected the name of an associated function"),
            }
        } else if item.word == "keys" {
            let word = item.word.clone();
            let Some(keys) = Keys::read(item, errors) else {
                return;
            };
            set_once(&mut self.keys, keys, &word, errors);
        } else if Rules::know(&item.word) {
            self.rules.read(item, errors);
        } else {
            words::unknown(&item.word, &[FIELD_USAGE, RULE_USAGE], errors);
        }
    }
}
