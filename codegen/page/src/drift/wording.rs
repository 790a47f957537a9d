//! Finds the lines that differ between two copies of a page, in every section.

mod matching;

use std::collections::{BTreeSet, HashMap};

use super::compare::Difference;
use super::place::Place;
use crate::{FrameKind, Line, Page, Parameter, Reading, Section, Subject};
use matching::{Block, unmatched};

/// A line that only one copy has, or that replaces another one.
pub(crate) struct ChangedLine {
    pub(crate) subject: String,
    pub(crate) old: Option<(String, u32)>,
    pub(crate) new: Option<(String, u32)>,
    /// True if a part of it looks like a fact that no rule understood.
    pub(crate) open: bool,
}

/// Returns the lines that differ, in the order of the copies, without those that a difference is
/// about already. `is_behind` tells whether a line of the older or of the newer copy is behind the
/// early end of the other one.
pub(crate) fn changed_lines(
    old: &Page,
    new: &Page,
    differences: &[Difference],
    is_behind: impl Fn(Side, &str, Section) -> bool,
) -> Vec<ChangedLine> {
    let sides = [Side::Old, Side::New];
    let pages = [old, new];
    let renderings_differ = old.rendering != new.rendering;
    let lines = pages.map(|page| Lines::new(page, renderings_differ));
    let known = sides.map(|side| covered(side, pages[side.index()], differences));
    let shared = pages.map(shared_lines);
    let mut unmatched = unmatched(&lines[0], &lines[1], renderings_differ);
    for side in sides {
        let at = side.index();
        unmatched[at].retain(|index| {
            let line = &lines[at].all[*index];
            let number = line.line.line;
            let is_known = known[at].iter().any(|known| {
                let is_here = (known.from..=known.to).contains(&number);
                is_here && (!shared[at].contains(&number) || known.is_about(&line.subject))
            });
            !is_known && !is_behind(side, &line.subject, line.line.section)
        });
    }
    paired(&lines, unmatched)
}

/// One of the two copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Old,
    New,
}

impl Side {
    const fn index(self) -> usize {
        match self {
            Side::Old => 0,
            Side::New => 1,
        }
    }
}

/// A line with what it is about.
struct Subjected<'p> {
    line: &'p Line,
    subject: String,
    key: String,
}

impl Subjected<'_> {
    fn block(&self) -> Block<'_> {
        (self.line.section, &self.subject)
    }
}

struct Lines<'p> {
    all: Vec<Subjected<'p>>,
}

impl<'p> Lines<'p> {
    fn new(page: &'p Page, renderings_differ: bool) -> Self {
        let mut all = Vec::new();
        let mut section = None;
        let mut subject = String::new();
        for line in &page.lines {
            if section != Some(line.section) {
                section = Some(line.section);
                section_word(line.section).clone_into(&mut subject);
            }
            let key = key(&line.text, renderings_differ);
            if let Reading::Captured { facts, .. } = &line.reading
                && let Some(own) = facts.iter().find_map(|fact| named(page, fact.subject))
            {
                subject = own;
            }
            if !key.is_empty() && is_content(&line.reading) {
                all.push(Subjected {
                    line,
                    subject: subject.clone(),
                    key,
                });
            }
        }
        Lines { all }
    }

    /// Returns all letters and digits of the copy.
    fn stream(&self) -> String {
        self.all.iter().map(|line| line.key.as_str()).collect()
    }
}

/// Returns what two copies of a text have in common: its letters, digits and signs, and in one rendering
/// its quotes and the points in its numbers.
fn key(text: &str, renderings_differ: bool) -> String {
    let is_digit = |char: Option<char>| char.is_some_and(|char| char.is_ascii_digit());
    let kept = text.char_indices().filter(|(at, char)| match char {
        '<' | '>' | '=' | '≤' | '≥' | '%' => true,
        '"' | '“' | '”' => !renderings_differ,
        '.' => {
            let behind = text[at + 1..].chars().next();
            !renderings_differ && is_digit(behind) && is_digit(text[..*at].chars().next_back())
        }
        char => char.is_alphanumeric(),
    });
    kept.flat_map(|(_, char)| char.to_lowercase()).collect()
}

fn is_content(reading: &Reading) -> bool {
    match reading {
        Reading::Junk { .. } => false,
        Reading::Frame { kind } => match kind {
            FrameKind::Heading | FrameKind::Label | FrameKind::TableHead => true,
            FrameKind::Button | FrameKind::Fence => false,
        },
        Reading::Captured { .. } | Reading::Unread | Reading::Outside => true,
    }
}

fn named(page: &Page, subject: Subject) -> Option<String> {
    match subject {
        Subject::Page | Subject::Operation { .. } | Subject::Example { .. } => None,
        Subject::Parameter { side, .. } => {
            let parameter = page.parameter(subject)?;
            Some(format!("{side}{}", parameter.path))
        }
        Subject::Field { object, .. } => {
            let name = &page.objects.get(object)?.name.value;
            let field = page.parameter(subject)?;
            Some(format!("objects/{name}{}", field.path))
        }
        Subject::Logic { operation, index } => {
            let logic = page.operations.get(operation)?.result_logic.get(index)?;
            let status = logic.statuses.first()?;
            Some(format!("logic/{status}"))
        }
        Subject::Code { operation, index } => {
            let code = page.operations.get(operation)?.codes.get(index)?;
            Some(format!("codes/{}", code.code))
        }
    }
}

const fn section_word(section: Section) -> &'static str {
    match section {
        Section::Head => "introduction",
        Section::Request => "request",
        Section::Response => "response",
        Section::Objects => "objects",
        Section::Examples => "examples",
        Section::MoreInformation => "more information",
        Section::ResultLogic => "logic",
        Section::Codes => "codes",
        Section::Footer => "footer",
        Section::Other => "page",
    }
}

/// Returns the line numbers that several lines share: HTML may be written on a single line.
fn shared_lines(page: &Page) -> BTreeSet<u32> {
    let pairs = page.lines.windows(2);
    let shared = pairs.filter_map(|pair| match pair {
        [one, next] if one.line == next.line => Some(one.line),
        _ => None,
    });
    shared.collect()
}

/// Lines that a difference is about.
struct Covered<'d> {
    from: u32,
    to: u32,
    subject: &'d str,
}

impl Covered<'_> {
    fn is_about(&self, subject: &str) -> bool {
        let own = match self.subject {
            "endpoint" => "introduction",
            other => other,
        };
        let rest = subject.strip_prefix(own);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Returns the lines of a copy that a difference is about.
fn covered<'d>(side: Side, page: &Page, differences: &'d [Difference]) -> Vec<Covered<'d>> {
    let mut covered = Vec::new();
    for difference in differences {
        let stated = match side {
            Side::Old => &difference.spec,
            Side::New => &difference.page,
        };
        let Some(Place::Line(line)) = stated.as_ref().map(|stated| stated.place) else {
            continue;
        };
        let lines = |(from, to)| Covered {
            from,
            to,
            subject: &difference.subject,
        };
        covered.push(lines((line, line)));
        let is_whole = difference.page.is_none() || difference.spec.is_none();
        if difference.fact.is_some() || !is_whole {
            continue;
        }
        for operation in &page.operations {
            for list in [&operation.request, &operation.response] {
                covered.extend(list.iter().position(|one| one.line == line).map(|at| {
                    let last = inside(list, at).map(|one| one.end_line).max();
                    lines((line, last.unwrap_or(line)))
                }));
            }
            let code = operation.codes.iter().find(|one| one.line == line);
            covered.extend(code.map(|code| lines((code.line, code.end_line))));
            if difference.subject == "codes" {
                let codes = operation.codes.iter();
                covered.extend(codes.map(|one| lines((one.line, one.end_line))));
            }
        }
    }
    covered
}

/// Returns a parameter and those inside it.
fn inside(list: &[Parameter], at: usize) -> impl Iterator<Item = &Parameter> {
    let path = list.get(at).map_or("", |one| one.path.as_str());
    list.iter().skip(at).take_while(move |one| {
        let rest = one.path.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Pairs the lines that only one copy has, by their subjects and their order.
fn paired(lines: &[Lines<'_>; 2], [old, new]: [Vec<usize>; 2]) -> Vec<ChangedLine> {
    let mut partners: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in new.iter().rev() {
        let subject = lines[1].all[*at].subject.as_str();
        partners.entry(subject).or_default().push(*at);
    }
    let mut changed = Vec::new();
    let mut taken: HashMap<usize, usize> = HashMap::new();
    let mut gone = Vec::new();
    for at in old {
        let subject = lines[0].all[at].subject.as_str();
        match partners.get_mut(subject).and_then(Vec::pop) {
            Some(partner) => {
                taken.insert(partner, at);
            }
            None => gone.push(at),
        }
    }
    for at in new {
        let new = &lines[1].all[at];
        let old = taken.get(&at).map(|old| &lines[0].all[*old]);
        changed.push(line(old, Some(new)));
    }
    changed.extend(
        gone.into_iter()
            .map(|at| line(Some(&lines[0].all[at]), None)),
    );
    changed
}

fn line(old: Option<&Subjected<'_>>, new: Option<&Subjected<'_>>) -> ChangedLine {
    let side = |one: Option<&Subjected<'_>>| {
        one.map(|one| (one.line.text.replace('\n', " "), one.line.line))
    };
    let subject = new.or(old).map_or("", |one| one.subject.as_str());
    ChangedLine {
        subject: subject.to_owned(),
        old: side(old),
        new: side(new),
        open: open(old) != open(new),
    }
}

/// Returns the parts of a line that look like facts and that no rule understood.
fn open<'l>(line: Option<&Subjected<'l>>) -> Vec<&'l str> {
    let Some(line) = line.map(|line| line.line) else {
        return Vec::new();
    };
    match line.reading {
        Reading::Unread => vec![line.text.as_str()],
        Reading::Captured { .. }
        | Reading::Frame { .. }
        | Reading::Junk { .. }
        | Reading::Outside => {
            let parts = line.open().iter();
            parts.map(|part| part.of(&line.text)).collect()
        }
    }
}
