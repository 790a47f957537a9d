//! Recognises titles of sections, labels and notes.

use super::{Label, Lexicon, Title};
use crate::facts::Section;
use crate::text::{is_compound_name, norm};

impl Lexicon {
    pub(crate) fn title(&self, text: &str) -> Option<Title> {
        // Titles are short, so whole paragraphs need not be normalised.
        // A field may have the words of a title as its name.
        if text.len() > 100 || is_compound_name(text) {
            return None;
        }
        let title = |text: &str| self.titles.get(&norm(text)).copied();
        title(text).or_else(|| title(without_number(text)?))
    }

    /// Returns the section whose parameters a sentence announces: `The Refund entity has the following fields:`.
    pub(crate) fn announced(&self, text: &str) -> Option<Section> {
        let is_open = text.len() <= 200 && text.ends_with([':', '：', '.', '。']);
        if !is_open || self.announcements.is_empty() {
            return None;
        }
        let text = norm(text);
        let mut all = self.announcements.iter();
        let found = all.find(|(before, after, _)| {
            let rest = text.strip_prefix(before.as_str());
            rest.is_some_and(|rest| rest.ends_with(after.as_str()))
        });
        found.map(|(_, _, section)| *section)
    }

    /// Returns whether a heading names parameters, and not whose.
    pub(crate) fn is_bare_title(&self, text: &str) -> bool {
        let is_bare = |text: &str| self.bare_titles.contains(&norm(text));
        text.len() <= 100 && (is_bare(text) || without_number(text).is_some_and(is_bare))
    }

    pub(crate) fn label(&self, text: &str) -> Option<Label> {
        let is_short = text.len() <= 100 && !is_compound_name(text);
        is_short.then(|| self.labels.get(&norm(text)).copied())?
    }

    /// Returns the text after the word for a note and a colon.
    pub(crate) fn note<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.note.iter().find_map(|word| {
            let start = text.get(..word.len())?;
            if !start.eq_ignore_ascii_case(word) {
                return None;
            }
            let rest = text[word.len()..].trim_start();
            let after = rest.strip_prefix([':', '：']);
            after
                .or_else(|| rest.is_empty().then_some(rest))
                .map(str::trim_start)
        })
    }

    /// Returns whether a sentence begins as an example, which states no rule.
    pub(crate) fn begins_example(&self, text: &str) -> bool {
        let mut places = self.example_starts.places(text).into_iter();
        places.any(|place| place.start == 0)
    }

    pub(crate) fn is_footer(&self, text: &str) -> bool {
        let start: String = text.chars().take(60).collect();
        let start = norm(&start);
        self.footer.iter().any(|phrase| start.starts_with(phrase))
    }
}

/// Returns a heading without the number before it: `2. Request`, `02 请求参数`, `（一）请求参数`.
fn without_number(text: &str) -> Option<&str> {
    const NUMERALS: &str = "一二三四五六七八九十";
    const DIGITS: usize = 2;
    let is_numeral = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
    let joins = |c: char| matches!(c, '.' | '-' | '_' | '．');
    let inner = text.trim_start().trim_start_matches(['(', '（', '第']);
    let words = inner.trim_start_matches(|c: char| is_numeral(c) || joins(c));
    let number = inner.strip_suffix(words)?;
    // Longer numbers mean something: `404 Response`.
    let mut parts = number.split(joins);
    let is_short = parts.all(|part| part.chars().count() <= DIGITS);
    let words = words.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '、' | ')' | '）' | ':' | '：' | ',' | '，' | '章' | '节')
    });
    (is_short && number.contains(is_numeral) && !words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::without_number;

    #[test]
    fn a_heading_may_have_a_number() {
        for (text, words) in [
            ("2. Request", Some("Request")),
            ("2.Request", Some("Request")),
            ("3) Request", Some("Request")),
            ("2.1 Request", Some("Request")),
            ("02_2 Request", Some("Request")),
            ("02 请求参数", Some("请求参数")),
            ("一、请求参数", Some("请求参数")),
            ("（二）请求参数", Some("请求参数")),
            ("第三节 请求参数", Some("请求参数")),
            ("404 Response", None),
            ("Request", None),
            ("- Request", None),
            ("2.", None),
        ] {
            assert_eq!(without_number(text), words, "{text}");
        }
    }
}
