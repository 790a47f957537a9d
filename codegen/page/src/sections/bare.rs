//! Headings of parameters that do not tell whose they are: `Parameters` below `Request`.

mod block;

use std::collections::HashMap;

use crate::facts::Section;
use crate::item::Item;
use crate::lexicon::{Lexicon, Title};
use block::{Block, Marks, Names, example_names, path_variables};

/// The sections that such headings begin.
#[derive(Debug, Default)]
pub(super) struct BareTitles {
    /// The sections, by the places of the headings.
    pub(super) sections: HashMap<usize, Section>,
    /// The headings whose parameters may be those of the request or of the response, in their order.
    pub(super) doubtful: Vec<usize>,
}

/// Finds the sections that such headings begin: by the headings around them, by the names in the printed
/// path, and by the requirements beside the names if only requests have them. A page may show both
/// messages first and then list the parameters of both.
pub(super) fn bare_titles(lexicon: &Lexicon, items: &[Item]) -> BareTitles {
    let headings = || {
        let all = items.iter().enumerate();
        all.filter(|(_, item)| item.heading().is_some())
    };
    let bare = headings().filter(|(_, item)| lexicon.is_bare_title(&item.text));
    let bare: Vec<usize> = bare.map(|(at, _)| at).collect();
    let Some(first) = bare.first() else {
        return BareTitles::default();
    };
    let of_side = |side: Section| {
        let own = headings().filter(|(_, item)| {
            let title = lexicon.title(&item.text);
            title.and_then(side_of) == Some(side)
        });
        own.map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let (requests, responses) = (of_side(Section::Request), of_side(Section::Response));
    let names = Names {
        path: path_variables(items.get(..*first).unwrap_or_default()),
        question: requests.last().and_then(|at| example_names(items, *at)),
        answer: responses
            .last()
            .and_then(|at| example_names(items, *at))
            .unwrap_or_default(),
    };
    let blocks = bare
        .iter()
        .map(|at| (*at, Block::of(lexicon, items, *at, &names)));
    let (paths, rest): (Vec<_>, Vec<_>) = blocks.partition(|(_, block)| block.is_path);
    let mut sections: HashMap<usize, Section> = paths
        .into_iter()
        .map(|(at, _)| (at, Section::Request))
        .collect();
    if lexicon.marked_requests {
        sections.extend(by_marks(&rest, &requests, &responses));
    }
    let has_marks = rest.iter().any(|(_, block)| block.marks != Marks::None);
    // Where marks tell two lists apart, the headings must not do so.
    if !lexicon.marked_requests || !has_marks || rest.len() == 1 {
        let rest: Vec<usize> = rest.iter().map(|(at, _)| *at).collect();
        for (at, section) in by_headings(&rest, &requests, &responses) {
            sections.entry(at).or_insert(section);
        }
    }
    let doubtful = bare.iter().filter(|at| !sections.contains_key(at));
    BareTitles {
        doubtful: doubtful.copied().collect(),
        sections,
    }
}

/// Returns the sections where the headings around leave no doubt.
fn by_headings(bare: &[usize], requests: &[usize], responses: &[usize]) -> Vec<(usize, Section)> {
    match (requests, responses, bare) {
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
    }
}

/// Returns the sections on a page where only the parameters of requests have a requirement.
fn by_marks(
    blocks: &[(usize, Block)],
    requests: &[usize],
    responses: &[usize],
) -> Vec<(usize, Section)> {
    let last = blocks.last().map(|(_, block)| block.marks);
    let ends_unmarked = last == Some(Marks::None);
    let found = blocks
        .iter()
        .enumerate()
        .filter_map(|(index, (at, block))| {
            let above = |headings: &[usize]| headings.iter().any(|heading| heading < at);
            let is_last = index + 1 == blocks.len();
            let others_are_marked =
                index > 0 && blocks.iter().any(|(_, one)| one.marks == Marks::Most);
            let answers = is_last && (others_are_marked || block.is_answer);
            let section = match block.marks {
                Marks::Most => Some(Section::Request),
                Marks::None if above(responses) => answers.then_some(Section::Response),
                // A page may mark single parameters of the response.
                Marks::Some if answers && block.is_answer && block.is_no_question => {
                    Some(Section::Response)
                }
                Marks::Some if ends_unmarked && !is_last => Some(Section::Request),
                Marks::None | Marks::Some if above(responses) => None,
                Marks::None | Marks::Some => above(requests).then_some(Section::Request),
            };
            Some((*at, section?))
        });
    found.collect()
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
