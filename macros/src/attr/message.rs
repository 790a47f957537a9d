use super::amount::Amount;
use super::path::Path;
use super::quote::Quote;
use super::rule::{Call, Rules, Strength};
use super::syntax::{Argument, Item};
use super::words::{self, Chosen, MESSAGE_USAGE};
use super::{choose, group, set_once, syntax, written_like};
use crate::errors::Errors;
use proc_macro2::Ident;
use syn::{Attribute, Lit, LitStr};

/// The content of `#[message(…)]`.
#[derive(Default)]
pub(crate) struct MessageAttributes {
    pub(crate) direction: Option<Chosen>,
    pub(crate) body: Option<Chosen>,
    pub(crate) scalars: Option<Chosen>,
    pub(crate) empty_text: Option<Chosen>,
    pub(crate) alternatives: Vec<Alternatives>,
    pub(crate) same_currency: Vec<SameCurrency>,
    pub(crate) amounts: Vec<Amount>,
    pub(crate) quote: Option<Quote>,
    pub(crate) refinements: Vec<Refinement>,
    pub(crate) responses: Vec<Response>,
    pub(crate) decisive: Vec<Path>,
}

/// The fields of the answer of one HTTP status.
pub(crate) struct Response {
    pub(crate) status: LitStr,
    pub(crate) required: Vec<LitStr>,
    pub(crate) optional: Vec<LitStr>,
}

/// Fields of which at least one must be present.
pub(crate) struct Alternatives {
    pub(crate) word: Ident,
    pub(crate) fields: Vec<LitStr>,
    pub(crate) strength: Strength,
}

/// Fields that should have the same currency.
pub(crate) struct SameCurrency {
    pub(crate) word: Ident,
    pub(crate) paths: Vec<Path>,
    pub(crate) strength: Strength,
}

/// Rules for the values at a path.
pub(crate) struct Refinement {
    pub(crate) path: Path,
    pub(crate) rules: Rules,
}

impl MessageAttributes {
    /// Returns whether its fields in the body travel as a form.
    pub(crate) fn is_form(&self) -> bool {
        self.body.is_some_and(|body| body.word == "form")
    }

    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut this = MessageAttributes::default();
        for attribute in attributes
            .iter()
            .filter(|one| one.path().is_ident("message"))
        {
            for item in syntax::items(attribute, errors) {
                this.word(item, errors);
            }
        }
        this
    }

    fn word(&mut self, item: Item, errors: &mut Errors) {
        match item.word.to_string().as_str() {
            "direction" => choose(&mut self.direction, &words::DIRECTION, &item, errors),
            "body" => choose(&mut self.body, &words::BODY, &item, errors),
            "scalars" => choose(&mut self.scalars, &words::SCALARS, &item, errors),
            "empty_text" => choose(&mut self.empty_text, &words::EMPTY_TEXT, &item, errors),
            "at_least_one_of" => self.alternatives.extend(Alternatives::read(item, errors)),
            "same_currency" => self.same_currency.extend(SameCurrency::read(item, errors)),
            "amount" => self.amounts.extend(Amount::read(item, errors)),
            "quote" => {
                let word = item.word.clone();
                let Some(quote) = Quote::read(item, errors) else {
                    return;
                };
                set_once(&mut self.quote, quote, &word, errors);
            }
            "refine" => self.refinements.extend(Refinement::read(item, errors)),
            "response" => self.responses.extend(Response::read(item, errors)),
            "decisive" => self.decisive.extend(decisive(item, errors)),
            _ => words::unknown(&item.word, &[MESSAGE_USAGE], errors),
        }
    }
}

/// Reads the paths to the deciding values.
fn decisive(item: Item, errors: &mut Errors) -> Vec<Path> {
    let call = Call::read(item, errors);
    if !call.strength.is_plain() {
        let text = format!("`{}` takes paths only", call.word);
        errors.at(call.word.span(), text);
    }
    let paths = call.texts(errors).unwrap_or_default();
    paths.into_iter().map(Path::new).collect()
}

impl Alternatives {
    fn read(item: Item, errors: &mut Errors) -> Option<Self> {
        let call = Call::read(item, errors);
        let fields = call.texts(errors)?;
        Some(Alternatives {
            word: call.word,
            fields,
            strength: call.strength,
        })
    }
}

impl SameCurrency {
    fn read(item: Item, errors: &mut Errors) -> Option<Self> {
        let call = Call::read(item, errors);
        let paths = call.texts(errors)?;
        Some(SameCurrency {
            word: call.word,
            paths: paths.into_iter().map(Path::new).collect(),
            strength: call.strength,
        })
    }
}

impl Response {
    fn read(item: Item, errors: &mut Errors) -> Option<Self> {
        let (word, arguments) = group(item, errors)?;
        let (mut texts, mut optional) = (Vec::new(), Vec::new());
        for argument in arguments {
            match argument {
                Argument::Literal(Lit::Str(text)) => texts.push(text),
                Argument::Item(item) if item.word == "optional" => {
                    let call = Call::read(item, errors);
                    optional.extend(call.texts(errors)?);
                }
                Argument::Literal(_) | Argument::Item(_) => {
                    written_like(word.span(), &word, &[MESSAGE_USAGE], errors);
                    return None;
                }
            }
        }
        let mut texts = texts.into_iter();
        let Some(status) = texts.next() else {
            written_like(word.span(), &word, &[MESSAGE_USAGE], errors);
            return None;
        };
        Some(Response {
            status,
            required: texts.collect(),
            optional,
        })
    }
}

impl Refinement {
    fn read(item: Item, errors: &mut Errors) -> Option<Self> {
        let (word, arguments) = group(item, errors)?;
        let mut arguments = arguments.into_iter();
        let Some(Argument::Literal(Lit::Str(path))) = arguments.next() else {
            written_like(word.span(), &word, &[MESSAGE_USAGE], errors);
            return None;
        };
        let mut rules = Rules::default();
        let mut said = false;
        for argument in arguments {
            said = true;
            let Some(item) = argument.into_item(errors) else {
                continue;
            };
            rules.read(item, errors);
        }
        if !said {
            errors.at(
                path.span(),
                "a refinement needs a rule: `refine(\"/path\", required)`",
            );
        }
        let path = Path::new(path);
        Some(Refinement { path, rules })
    }
}
