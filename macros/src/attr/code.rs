use super::syntax::{self, Argument};
use super::words::{self, CODE_USAGE, Chosen};
use super::{set_once, text_value};
use crate::errors::Errors;
use syn::{Attribute, Lit, LitStr};

/// The content of `#[code("…", …)]`.
#[derive(Default)]
pub(crate) struct CodeAttribute {
    pub(crate) code: Option<LitStr>,
    pub(crate) status: Option<LitStr>,
    pub(crate) class: Option<Chosen>,
    pub(crate) next_step: Option<Chosen>,
    pub(crate) resend: Option<Chosen>,
    pub(crate) message: Option<LitStr>,
    /// Words that were given, even with an unusable value, so that they are not reported as missing.
    pub(crate) said: Vec<String>,
}

impl CodeAttribute {
    pub(crate) fn read(attribute: &Attribute, errors: &mut Errors) -> Self {
        let mut this = CodeAttribute::default();
        let mut arguments = syntax::arguments(attribute, errors).into_iter().peekable();
        let first = |one: &Argument| matches!(one, Argument::Literal(Lit::Str(_)));
        if let Some(Argument::Literal(Lit::Str(code))) = arguments.next_if(first) {
            this.code = Some(code);
        } else {
            errors.on(
                &attribute.meta,
                "the code comes first: `#[code(\"SUCCESS\", …)]`",
            );
        }
        for argument in arguments {
            if let Some(item) = argument.into_item(errors) {
                this.word(&item, errors);
            }
        }
        this
    }

    fn word(&mut self, item: &syntax::Item, errors: &mut Errors) {
        let word = item.word.to_string();
        if !CODE_USAGE.iter().any(|(known, _)| *known == word) {
            return words::unknown(&item.word, &[CODE_USAGE], errors);
        }
        let text = text_value(item, &[CODE_USAGE], errors);
        self.said.push(word.clone());
        let Some(text) = text else { return };
        let (slot, vocabulary) = match word.as_str() {
            "status" => return set_once(&mut self.status, text, &item.word, errors),
            "message" => return set_once(&mut self.message, text, &item.word, errors),
            "class" => (&mut self.class, &words::CLASS),
            "resend" => (&mut self.resend, &words::RESEND),
            _ => (&mut self.next_step, &words::NEXT_STEP),
        };
        if let Some(chosen) = vocabulary.choose(&text, errors) {
            set_once(slot, chosen, &item.word, errors);
        }
    }
}
