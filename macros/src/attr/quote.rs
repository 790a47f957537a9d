use super::syntax::Item;
use super::words::{self, Chosen, MESSAGE_USAGE, QUOTE_USAGE};
use super::{group, set_once, text_value, written_like};
use crate::errors::Errors;
use syn::LitStr;

/// The attribute that makes a message an exchange rate.
pub(crate) struct Quote {
    pub(crate) pair: LitStr,
    pub(crate) price: LitStr,
    pub(crate) direction: Chosen,
}

impl Quote {
    pub(super) fn read(item: Item, errors: &mut Errors) -> Option<Self> {
        let (word, arguments) = group(item, errors)?;
        let (mut pair, mut price, mut direction) = (None, None, None);
        for argument in arguments {
            let Some(item) = argument.into_item(errors) else {
                continue;
            };
            let slot = match item.word.to_string().as_str() {
                "pair" => &mut pair,
                "price" => &mut price,
                "direction" => &mut direction,
                _ => {
                    words::unknown(&item.word, &[QUOTE_USAGE], errors);
                    continue;
                }
            };
            let Some(text) = text_value(&item, &[QUOTE_USAGE], errors) else {
                continue;
            };
            set_once(slot, text, &item.word, errors);
        }
        let (Some(pair), Some(price), Some(direction)) = (pair, price, direction) else {
            written_like(word.span(), &word, &[MESSAGE_USAGE], errors);
            return None;
        };
        Some(Quote {
            pair,
            price,
            direction: words::QUOTE_DIRECTION.choose(&direction, errors)?,
        })
    }
}
