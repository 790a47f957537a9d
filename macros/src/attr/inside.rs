use super::rule::Rules;
use super::syntax::{Argument, Item, Tail};
use super::words::{self, Chosen, FIELD_USAGE, KEY_USAGE, RULE_USAGE};
use super::{choose, set_once, written_like};
use crate::errors::Errors;
use proc_macro2::Ident;

/// The rules of what a list or map contains.
#[derive(Default)]
pub(crate) struct Inside {
    /// The rules of the keys of a map.
    pub(crate) keys: Option<Keys>,
    /// The rules of each element or value.
    pub(crate) each: Option<Box<Each>>,
}

/// The content of `keys(…)`.
pub(crate) struct Keys {
    pub(crate) word: Ident,
    pub(crate) rules: Rules,
}

/// The content of `each(…)`.
pub(crate) struct Each {
    pub(crate) word: Ident,
    /// The JSON type of the values on the wire.
    pub(crate) json_type: Option<Chosen>,
    pub(crate) rules: Rules,
    pub(crate) inside: Inside,
}

impl Inside {
    /// Returns whether the word belongs to these rules.
    pub(super) fn knows(word: &Ident) -> bool {
        word == "keys" || word == "each"
    }

    /// Reads `keys(…)` or `each(…)`.
    pub(super) fn word(&mut self, item: Item, errors: &mut Errors) {
        let word = item.word.clone();
        let Some(arguments) = arguments(item, errors) else {
            return;
        };
        if word == "keys" {
            let keys = Keys::read(word.clone(), arguments, errors);
            set_once(&mut self.keys, keys, &word, errors);
        } else {
            let each = Each::read(word.clone(), arguments, errors);
            set_once(&mut self.each, Box::new(each), &word, errors);
        }
    }
}

fn arguments(item: Item, errors: &mut Errors) -> Option<Vec<Argument>> {
    match item.tail {
        Tail::Arguments(arguments) => Some(arguments),
        Tail::Nothing | Tail::Value(_) => {
            written_like(item.word.span(), &item.word, &[FIELD_USAGE], errors);
            None
        }
    }
}

impl Keys {
    fn read(word: Ident, arguments: Vec<Argument>, errors: &mut Errors) -> Self {
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
        Keys { word, rules }
    }
}

impl Each {
    fn read(word: Ident, arguments: Vec<Argument>, errors: &mut Errors) -> Self {
        let (mut rules, mut inside) = (Rules::default(), Inside::default());
        let mut json_type = None;
        for argument in arguments {
            let Some(item) = argument.into_item(errors) else {
                continue;
            };
            if Inside::knows(&item.word) {
                inside.word(item, errors);
            } else if item.word == "json_type" {
                choose(&mut json_type, &words::JSON_TYPE, &item, errors);
            } else if ["required", "required_when", "forbidden_when"]
                .iter()
                .any(|presence| item.word == presence)
            {
                let text = format!(
                    "`{}` does not fit an element: it is always there",
                    item.word
                );
                errors.at(item.word.span(), text);
            } else if Rules::know(&item.word) {
                rules.read(item, errors);
            } else {
                words::unknown(&item.word, &[RULE_USAGE, EACH_USAGE], errors);
            }
        }
        Each {
            word,
            json_type,
            rules,
            inside,
        }
    }
}

/// The words of `each(…)` that are not rules.
const EACH_USAGE: &[(&str, &str)] = &[
    ("json_type", r#"json_type = "number""#),
    ("keys", "keys(max_length = 40)"),
    ("each", "each(max_length = 64)"),
];
