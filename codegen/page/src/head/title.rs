//! Finds the title of a page among the lines of the site around it.

use std::collections::HashSet;

use crate::item::{Item, Kind};
use crate::lexicon::Lexicon;
use crate::text::{is_compound_name, is_wire_name, norm};

/// The number of lines at the start, of which one may be the name of the operation.
const FIRST: usize = 3;

/// The greatest number of characters in a title.
const LONGEST: usize = 120;

/// The marks that sites put between the parts of a title.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " · ", "｜", " :: "];

/// The marks that sites put between the parts of a breadcrumb.
const CRUMBS: [char; 5] = ['>', '›', '»', '/', '→'];

/// The lines above the parameters.
pub(super) struct Candidates<'p> {
    pub(super) lexicon: &'p Lexicon,
    pub(super) items: &'p [Item],
    /// The lines of the section.
    pub(super) own: &'p [usize],
    /// The path of the endpoint.
    pub(super) path: Option<&'p str>,
    /// The names that sentences use for operations.
    pub(super) introduced: HashSet<&'p str>,
}

/// Returns the names of operations in a sentence: `refund` in `use the refund API`.
pub(super) fn introduced<'t>(lexicon: &Lexicon, text: &'t str) -> Vec<&'t str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_mark = |behind: &str| {
        let mut marks = lexicon.chrome.names.iter();
        marks.any(|mark| {
            let start = behind.get(..mark.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
        })
    };
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let word = &rest[start..];
        let end = word.find(|c| !is_part(c)).unwrap_or(word.len());
        let (word, behind) = word.split_at(end);
        if word.starts_with(|c: char| c.is_ascii_lowercase()) && is_mark(behind.trim_start()) {
            names.push(word);
        }
        rest = behind;
    }
    names
}

impl<'p> Candidates<'p> {
    /// Returns the line that is the title: one that names the end of the path, else one that begins with the
    /// operation that a sentence below calls by its name, else the line above
    /// the date, else the first heading, else the line above the endpoint.
    pub(super) fn title(&self, date: Option<usize>, endpoint: Option<usize>) -> Option<usize> {
        let fitting: Vec<usize> = self
            .own
            .iter()
            .copied()
            .filter(|at| self.fits(*at))
            .collect();
        let before = |end: Option<usize>| {
            let end = end?;
            let mut above = fitting.iter().rev().filter(move |at| **at < end);
            above.next().copied()
        };
        let named = || {
            let path = self.path?;
            let last = norm(path.trim_end_matches('/').rsplit('/').next()?);
            let names = |at: &&usize| norm(self.words(**at)) == last;
            let headings = fitting.iter().filter(|at| self.is_heading(**at));
            let heading = headings.rev().find(names);
            heading.or(fitting.iter().rev().find(names)).copied()
        };
        let heading = |plain: bool| {
            let headings = fitting.iter().filter(|at| self.is_heading(**at));
            let mut headings = headings.filter(|at| !plain || !self.has_site(**at));
            headings.next().copied()
        };
        named()
            .or_else(|| self.introduced())
            .or_else(|| before(date))
            .or_else(|| heading(true))
            .or_else(|| before(endpoint))
            .or_else(|| heading(false))
            .or_else(|| {
                let mut first = fitting.iter().take(FIRST);
                first.find(|at| is_operation(self.text(**at))).copied()
            })
            .or_else(|| fitting.first().copied())
            .or_else(|| self.own.first().copied())
    }

    /// Returns the line that begins with the name of the operation.
    fn introduced(&self) -> Option<usize> {
        let mut lines = self.own.iter().copied();
        lines.find(|at| self.is_short_line(*at) && self.introduced_name(*at).is_some())
    }

    /// Returns the name at the start of a line that a sentence uses for the operation. Behind it may stand
    /// who calls whom, even without a space: `refundACQP → MPP`.
    fn introduced_name(&self, at: usize) -> Option<&'p str> {
        let text = self.text(at);
        let ends = text.char_indices().take(LONGEST);
        let ends = ends
            .filter(|(_, c)| !c.is_ascii_lowercase())
            .map(|(at, _)| at);
        ends.chain([text.len()]).find_map(|end| {
            let (name, caller) = text.split_at_checked(end)?;
            let caller = caller.trim_start();
            let is_caller = caller.starts_with(char::is_uppercase) && caller.contains(" → ");
            let is_name = self.introduced.contains(name) && (caller.is_empty() || is_caller);
            is_name.then_some(name)
        })
    }

    /// Returns the words of a title, without the name of the site.
    pub(super) fn words(&self, at: usize) -> &'p str {
        if let Some(name) = self.introduced_name(at) {
            return name;
        }
        let text = self.text(at);
        let parts = self.parts(text);
        let mut own = parts.iter().filter(|part| !self.is_site(part));
        match (parts.len(), own.next()) {
            (2.., Some(part)) => part,
            (_, _) => text,
        }
    }

    fn text(&self, at: usize) -> &'p str {
        self.items.get(at).map_or("", |item| item.text.as_str())
    }

    /// Splits a title at the name of the site; a title without one is whole.
    fn parts(&self, text: &'p str) -> Vec<&'p str> {
        let split = SEPARATORS.iter().map(|mark| {
            let parts = text.split(mark).map(str::trim);
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>()
        });
        let mut sites =
            split.filter(|parts| parts.len() > 1 && parts.iter().any(|part| self.is_site(part)));
        sites.next().unwrap_or_else(|| vec![text])
    }

    fn has_site(&self, at: usize) -> bool {
        let text = self.text(at);
        self.is_site(text) || self.parts(text).len() > 1
    }

    /// Returns whether a part of a title is the name of a site.
    fn is_site(&self, part: &str) -> bool {
        let words = part.to_lowercase();
        let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).collect();
        let whole = norm(part);
        self.lexicon.chrome.site.iter().any(|site| {
            let is_latin = site.is_ascii();
            whole == *site
                || is_latin && words.contains(&site.as_str())
                || !is_latin && whole.ends_with(site)
        })
    }

    fn is_heading(&self, at: usize) -> bool {
        self.items
            .get(at)
            .is_some_and(|item| item.heading().is_some())
    }

    fn fits(&self, at: usize) -> bool {
        self.is_short_line(at) && !is_chrome(self.lexicon, self.text(at))
    }

    /// Returns whether a line is neither a sentence nor another fact of the head.
    fn is_short_line(&self, at: usize) -> bool {
        let Some(item) = self.items.get(at) else {
            return false;
        };
        let is_line = match item.kind {
            Kind::Heading(_) | Kind::Text => true,
            Kind::Bullet | Kind::Term(_) | Kind::Row(_) | Kind::Code | Kind::Fence => false,
        };
        let text = item.text.as_str();
        let is_sentence = text.ends_with(['.', '。', '!', '！', '?', '？', ':', '：']);
        let is_endpoint = super::endpoint(text).is_some()
            || super::method(text).is_some()
            || super::address(text).is_some();
        let is_date = super::labelled_date(self.lexicon, text).is_some();
        is_line
            && text.chars().count() <= LONGEST
            && !is_sentence
            && !is_endpoint
            && !is_date
            && self.lexicon.title(text).is_none()
    }
}

/// Returns whether a line is written like the name of an operation: `notifyPayment`, `shop.bill.close`.
fn is_operation(text: &str) -> bool {
    let starts_small = |part: &str| part.starts_with(|c: char| c.is_ascii_lowercase());
    let is_part = |part: &str| is_wire_name(part) && starts_small(part);
    let is_dotted = text.contains('.') && text.split('.').all(is_part);
    is_dotted || is_compound_name(text) && !text.contains('_')
}

/// Returns whether a line belongs to the site around a page: a button, a link, a breadcrumb.
pub(super) fn is_chrome(lexicon: &Lexicon, text: &str) -> bool {
    let chrome = &lexicon.chrome;
    let whole = norm(text);
    let starts = || {
        chrome
            .starts
            .iter()
            .any(|start| whole.starts_with(start.as_str()))
    };
    let is_address = text.starts_with("http://") || text.starts_with("https://");
    whole.is_empty()
        || is_address
        || chrome.lines.contains(&whole)
        || starts()
        || is_breadcrumb(text)
}

/// Returns whether a line is a breadcrumb: `Home > APIs > refund`.
fn is_breadcrumb(text: &str) -> bool {
    let count = |mark: char| {
        let parts = text.split(mark);
        let words = parts.filter(|part| part.trim().chars().any(char::is_alphanumeric));
        words.count()
    };
    let is_apart = |mark: char| text.contains(&format!(" {mark} "));
    let angle = |mark: char| mark != '/' && count(mark) > 1;
    CRUMBS
        .into_iter()
        .any(|mark| angle(mark) || is_apart(mark) && count(mark) > 2)
}
