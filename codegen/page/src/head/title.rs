//! Finds the title of a page among the lines of the site around it.

use crate::item::{Item, Kind};
use crate::lexicon::Lexicon;
use crate::text::norm;

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
}

impl<'p> Candidates<'p> {
    /// Returns the line that is the title: one that names the end of the path, else the line above
    /// the date, else the first heading, else the line above the endpoint.
    pub(super) fn title(&self, date: Option<usize>, endpoint: Option<usize>) -> Option<usize> {
        let fitting: Vec<usize> = self
            .own
            .iter()
            .copied()
            .filter(|at| self.fits(*at))
            .collect();
        let end = date.and_then(|place| self.own.get(place)).copied();
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
            .or_else(|| before(end))
            .or_else(|| heading(true))
            .or_else(|| before(endpoint))
            .or_else(|| heading(false))
            .or_else(|| fitting.first().copied())
            .or_else(|| self.own.first().copied())
    }

    /// Returns the words of a title, without the name of the site.
    pub(super) fn words(&self, at: usize) -> &'p str {
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
            && !is_chrome(self.lexicon, text)
    }
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
