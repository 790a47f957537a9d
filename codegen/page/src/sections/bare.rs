//! Headings of parameters that do not tell whose they are: `Parameters` below `Request`.

use std::collections::HashMap;

use crate::facts::Section;
use crate::item::Item;
use crate::lexicon::{Lexicon, Title};

/// Returns the sections that such headings begin, by their places, where the headings around them leave no
/// doubt. A page may show both messages first and then list the parameters of both.
pub(super) fn bare_titles(lexicon: &Lexicon, items: &[Item]) -> HashMap<usize, Section> {
    let headings = || {
        let all = items.iter().enumerate();
        all.filter(|(_, item)| item.heading().is_some())
    };
    let bare = headings().filter(|(_, item)| lexicon.is_bare_title(&item.text));
    let bare: Vec<usize> = bare.map(|(at, _)| at).collect();
    if bare.is_empty() {
        return HashMap::new();
    }
    let of_side = |side: Section| {
        let own = headings().filter(|(_, item)| {
            let title = lexicon.title(&item.text);
            title.and_then(side_of) == Some(side)
        });
        own.map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let (requests, responses) = (of_side(Section::Request), of_side(Section::Response));
    let found = match (requests.as_slice(), responses.as_slice(), bare.as_slice()) {
        ([request], [response], [first, second])
            if request < first && request < response && response < second =>
        {
            vec![(*first, Section::Request), (*second, Section::Response)]
        }
        ([request], [], [only]) if request < only => vec![(*only, Section::Request)],
        ([request], [response], [only]) if request < only && only < response => {
            vec![(*only, Section::Request)]
        }
        ([], [response], [only]) if response < only => vec![(*only, Section::Response)],
        _ => Vec::new(),
    };
    found.into_iter().collect()
}

/// Returns the section of the parameters below a title.
fn side_of(title: Title) -> Option<Section> {
    match title {
        Title::RequestExample | Title::Section(Section::Request) => Some(Section::Request),
        Title::ResponseExample | Title::Section(Section::Response) => Some(Section::Response),
        Title::Section(
            Section::Head
            | Section::Objects
            | Section::Examples
            | Section::MoreInformation
            | Section::ResultLogic
            | Section::Codes
            | Section::Footer
            | Section::Other,
        ) => None,
    }
}
