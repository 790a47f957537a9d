//! Detects the language of a page, and how it was saved or rendered.

use crate::facts::{Language, Rendering};
use crate::input::Input;
use crate::item::Item;
use crate::lexicon::{Lexicon, Title};
use crate::text;

/// Detects the language of a page, and whether a machine translated it.
pub(super) fn language(lexicon: &Lexicon, items: &[Item], chatter: bool) -> Language {
    let chars = || items.iter().flat_map(|item| item.text.chars());
    let chinese = chars().filter(|char| text::is_chinese(*char)).count();
    let letters = chars().filter(|char| char.is_alphabetic()).count();
    if chinese * 10 < letters.max(1) {
        return Language::English;
    }
    let short = items.iter().filter(|item| item.text.len() <= 100);
    let is_machine = |item: &Item| {
        let norm = text::norm(&item.text);
        lexicon.machine.iter().any(|word| norm.contains(word))
    };
    if chatter
        || short
            .filter(|item| !is_title(lexicon, item))
            .any(is_machine)
    {
        Language::MachineChinese
    } else {
        Language::Chinese
    }
}

fn is_title(lexicon: &Lexicon, item: &Item) -> bool {
    matches!(lexicon.title(&item.text), Some(Title::Section(_)))
}

/// Returns the format in which a page was saved or rendered.
pub(super) fn rendering(input: Input, text: &str, tables: bool, in_parentheses: bool) -> Rendering {
    match input {
        Input::Html => Rendering::Html,
        Input::Markdown | Input::Plain if tables => Rendering::Tables,
        Input::Markdown if in_parentheses => Rendering::ProviderMarkdown,
        Input::Markdown => Rendering::ScrapedMarkdown,
        Input::Plain => {
            let lines = text.lines().count();
            let blank = text.lines().filter(|line| line.trim().is_empty()).count();
            if blank * 5 < lines {
                Rendering::FlatText
            } else {
                Rendering::HtmlText
            }
        }
    }
}
