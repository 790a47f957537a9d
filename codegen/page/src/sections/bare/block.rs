//! The lines below a heading of parameters that does not tell whose they are.

use std::collections::HashSet;

use crate::field::{FieldLine, Strictness, field_line};
use crate::item::{Item, Kind};
use crate::lexicon::{Lexicon, type_norm};
use crate::text::is_wire_name;

/// The parameters below a heading.
pub(super) struct Block {
    /// The share of the names with a requirement.
    pub(super) marks: Marks,
    /// True if all of them are variables of the path.
    pub(super) is_path: bool,
    /// True if half of them or more are in the example of a response.
    pub(super) is_answer: bool,
    /// True if fewer of them are in the example of a request, which the page has.
    pub(super) is_no_question: bool,
}

/// The names that a page has outside its lists of parameters.
pub(super) struct Names<'p> {
    /// The variables of its path.
    pub(super) path: HashSet<&'p str>,
    /// The names in the example of a request; [`None`] without one.
    pub(super) question: Option<HashSet<&'p str>>,
    /// The names in the example of a response.
    pub(super) answer: HashSet<&'p str>,
}

/// The share of the names that have a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    None,
    Some,
    /// Half of them or more.
    Most,
}

/// The greatest number of lines that are looked at.
const LINES: usize = 1000;

impl Block {
    /// Reads the lines from a heading to the next one.
    pub(super) fn of(lexicon: &Lexicon, items: &[Item], heading: usize, known: &Names<'_>) -> Self {
        let below = items.iter().skip(heading + 1).take(LINES);
        let own: Vec<&Item> = below.take_while(|item| item.heading().is_none()).collect();
        // The fields of an object may have requirements that it does not have itself.
        let outermost = own.iter().filter_map(|item| depth(item)).min();
        let own = own.into_iter();
        let own = own.filter(|item| outermost.is_none() || depth(item) == outermost);
        let (mut names, mut marked) = (0_usize, 0_usize);
        let (mut in_path, mut in_question, mut in_answer) = (0_usize, 0_usize, 0_usize);
        for item in own {
            if lexicon.requirement.contains_key(&type_norm(&item.text)) {
                // The name is on the line above.
                names += 1;
                marked += 1;
            }
            let Some(line) = named(lexicon, item) else {
                continue;
            };
            names += 1;
            marked += usize::from(line.declared.required.is_some());
            let name = line.name.unwrap_or(line.printed);
            in_path += usize::from(known.path.contains(name.as_str()));
            let question = known.question.as_ref();
            in_question += usize::from(question.is_some_and(|all| all.contains(name.as_str())));
            in_answer += usize::from(known.answer.contains(name.as_str()));
        }
        Block {
            marks: match marked {
                0 => Marks::None,
                _ if marked * 2 >= names => Marks::Most,
                _ => Marks::Some,
            },
            is_path: names > 0 && in_path == names,
            is_answer: names > 0 && in_answer * 2 >= names,
            is_no_question: known.question.is_some() && in_question < in_answer,
        }
    }
}

/// Returns the depth of a term.
fn depth(item: &Item) -> Option<u8> {
    match item.kind {
        Kind::Term(depth) => Some(depth),
        Kind::Heading(_) | Kind::Text | Kind::Bullet | Kind::Row(_) | Kind::Code | Kind::Fence => {
            None
        }
    }
}

/// Reads a line that names a parameter.
fn named(lexicon: &Lexicon, item: &Item) -> Option<FieldLine> {
    match &item.kind {
        Kind::Term(_) => field_line(lexicon, &item.text, Strictness::Name),
        Kind::Text | Kind::Bullet => {
            let line = field_line(lexicon, &item.text, Strictness::Prose);
            line.or_else(|| {
                let line = field_line(lexicon, &item.text, Strictness::Name)?;
                line.declared.required.is_some().then_some(line)
            })
        }
        Kind::Row(row) => field_line(lexicon, &row.cells.join(" "), Strictness::Prose),
        Kind::Heading(_) | Kind::Code | Kind::Fence => None,
    }
}

/// Returns the variables of the paths that some lines print: `id` in `/v1/bills/{id}` and
/// `/v1/bills/:id`.
pub(super) fn path_variables(items: &[Item]) -> HashSet<&str> {
    let texts = items.iter().map(|item| item.text.as_str());
    let paths = texts.filter(|text| text.contains("/:") || text.contains("/{"));
    let breaks = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '`' | '"' | '\'' | '\\');
    let segments = paths.flat_map(|text| text.split(breaks));
    let names = segments.filter_map(|segment| {
        let braced = segment.strip_prefix('{');
        let braced = braced.and_then(|name| name.strip_suffix('}'));
        braced.or_else(|| segment.strip_prefix(':'))
    });
    names.filter(|name| is_wire_name(name)).collect()
}

/// Returns the names in the JSON below a heading; [`None`] if it has no code.
pub(super) fn example_names(items: &[Item], heading: usize) -> Option<HashSet<&str>> {
    let below = items.iter().skip(heading + 1).take(LINES);
    let own = below.take_while(|item| item.heading().is_none());
    let mut code = own.filter(|item| item.kind == Kind::Code).peekable();
    code.peek()?;
    let names = code.flat_map(|item| {
        let parts: Vec<&str> = item.text.split('"').collect();
        let pairs: Vec<&str> = parts
            .windows(2)
            .filter_map(|pair| match pair {
                [name, behind] if behind.trim_start().starts_with(':') => Some(*name),
                _ => None,
            })
            .collect();
        pairs
    });
    Some(names.filter(|name| is_wire_name(name)).collect())
}
