use super::rule::Rules;
use super::words::{self, Chosen, FIELD_USAGE, RULE_USAGE};
use super::{set_once, syntax, text_value};
use crate::complaints::Complaints;
use syn::{Attribute, LitStr};

/// What `#[field(…)]` says.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) name: Option<LitStr>,
    pub(crate) sensitive: Option<Chosen>,
    pub(crate) purpose: Option<Chosen>,
    pub(crate) rules: Rules,
}

impl FieldAttributes {
    pub(crate) fn read(attributes: &[Attribute], complaints: &mut Complaints) -> Self {
        let mut this = FieldAttributes::default();
        for attribute in attributes.iter().filter(|one| one.path().is_ident("field")) {
            for item in syntax::items(attribute, complaints) {
                this.word(item, complaints);
            }
        }
        this
    }

    fn word(&mut self, item: syntax::Item, complaints: &mut Complaints) {
        if item.word == "name" {
            let Some(name) = text_value(&item, &[FIELD_USAGE], complaints) else {
                return;
            };
            set_once(&mut self.name, name, &item.word, complaints);
        } else if item.word == "sensitive" {
            let Some(text) = text_value(&item, &[FIELD_USAGE], complaints) else {
                return;
            };
            let Some(chosen) = words::SENSITIVE.choose(&text, complaints) else {
                return;
            };
            set_once(&mut self.sensitive, chosen, &item.word, complaints);
        } else if item.word == "purpose" {
            let Some(text) = text_value(&item, &[FIELD_USAGE], complaints) else {
                return;
            };
            let Some(chosen) = words::PURPOSE.choose(&text, complaints) else {
                return;
            };
            set_once(&mut self.purpose, chosen, &item.word, complaints);
        } else if Rules::know(&item.word) {
            self.rules.read(item, complaints);
        } else {
            words::unknown(&item.word, &[FIELD_USAGE, RULE_USAGE], complaints);
        }
    }
}
