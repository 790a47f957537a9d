//! Finds the example messages, and detects damage to them.

mod message;

use super::annotations::Annotations;
use super::facts::{Aspect, Example, Stated, Subject};
use super::item::{Item, Kind};
use super::lexicon::{Label, Lexicon, Title};
use super::line_report::{FrameKind, JunkKind};
use super::text::norm;
use message::{Draft, judge};
use payspec_model::model::Side;

/// The content of the examples section.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) examples: Vec<Example>,
    pub(super) endpoints: Vec<Stated<String>>,
    /// True if the section contains remarks of a translator.
    pub(super) chatter: bool,
}

/// Reads the section. `names` are the names of all parameters: an example without any of them
/// belongs to another API.
pub(super) fn examples(
    lexicon: &Lexicon,
    items: &[Item],
    titles: &[Option<Title>],
    own: &[usize],
    names: &[&str],
    operation: usize,
    annotations: &mut Annotations,
) -> Found {
    let mut reader = Reader {
        lexicon,
        items,
        names,
        operation,
        annotations,
        found: Found::default(),
        draft: Draft::default(),
        side: None,
        in_fence: false,
        heading: None,
        talk: false,
    };
    for (at, index) in own.iter().enumerate() {
        if let (Some(item), Some(title)) = (items.get(*index), titles.get(*index)) {
            let next = own.get(at + 1).and_then(|next| items.get(*next));
            reader.item(*index, item, *title, next);
        }
    }
    reader.finish();
    reader.found
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    items: &'a [Item],
    names: &'a [&'a str],
    operation: usize,
    annotations: &'a mut Annotations,
    found: Found,
    /// The example that is being collected.
    draft: Draft,
    side: Option<Side>,
    in_fence: bool,
    /// A heading that no rule knows, which may be the title of unrelated content.
    heading: Option<usize>,
    /// True if the last example belongs to another API, and the next lines talk about it.
    talk: bool,
}

impl Reader<'_> {
    fn item(&mut self, index: usize, item: &Item, title: Option<Title>, next: Option<&Item>) {
        if let Some(title) = title {
            self.finish();
            self.talk = false;
            self.heading = None;
            self.side = match title {
                Title::RequestExample => Some(Side::Request),
                Title::ResponseExample => Some(Side::Response),
                Title::Section(_) => None,
            };
            self.annotations.frame(index, FrameKind::Heading);
            return;
        }
        match &item.kind {
            Kind::Heading(_) => {
                self.finish();
                self.talk = false;
                self.heading = Some(index);
                self.side = None;
            }
            Kind::Fence => {
                self.in_fence = !self.in_fence;
                if self.in_fence && self.draft.is_whole() {
                    self.finish();
                }
                self.annotations.frame(index, FrameKind::Fence);
            }
            // The fence of the next example: the page closes only the last one.
            Kind::Code if item.text.starts_with("```") => {
                if self.draft.is_whole() {
                    self.finish();
                }
                self.annotations.frame(index, FrameKind::Fence);
            }
            Kind::Code => self.draft.add(index, &item.text),
            Kind::Row(_) => {}
            Kind::Text | Kind::Bullet | Kind::Term(_) => self.prose(index, item, next),
        }
    }

    fn prose(&mut self, index: usize, item: &Item, next: Option<&Item>) {
        let text = item.text.as_str();
        if let Some(label) = self.lexicon.label(text) {
            if label == Label::Button {
                self.finish();
                self.annotations.frame(index, FrameKind::Button);
            } else {
                self.annotations.frame(index, FrameKind::Label);
            }
        } else if let Some(number) = self.draft.number(text) {
            self.draft.count(index, number);
        } else if is_probe(text) {
            self.draft.probes += 1;
            self.annotations.junk(index, JunkKind::WidthProbe);
        } else if is_json(text) && !(self.draft.is_whole() && text.starts_with('{')) {
            self.draft.add(index, text);
        } else if is_json(text) {
            self.finish();
            self.draft.add(index, text);
        } else if self.is_chatter(text) {
            self.found.chatter = true;
            self.annotations.junk(index, JunkKind::TranslatorChatter);
        } else if self.draft.is_in_text() || text == "..." && !self.draft.is_empty() {
            self.draft.add(index, text);
        } else {
            self.finish();
            self.other(index, item, next);
        }
    }

    /// Reads a line that belongs to no example.
    fn other(&mut self, index: usize, item: &Item, next: Option<&Item>) {
        let text = item.text.as_str();
        if is_url(text) {
            let operation = self.operation;
            let value = text.to_owned();
            let line = item.line;
            self.found.endpoints.push(Stated { value, line });
            self.annotations
                .fact(index, Subject::Operation { operation }, Aspect::Endpoints);
        } else if self.talk || self.is_foreign_talk(text) {
            self.annotations.junk(index, JunkKind::ForeignExample);
        } else if next.is_some_and(|next| is_url(&next.text)) {
            // The name of the region for the address that follows.
            self.annotations.frame(index, FrameKind::Label);
        }
    }

    /// Ends the example.
    fn finish(&mut self) {
        let draft = std::mem::take(&mut self.draft);
        let Some(example) = judge(&draft, self.items, self.side, self.names) else {
            return;
        };
        let subject = Subject::Example {
            operation: self.operation,
            index: self.found.examples.len(),
        };
        for item in draft.items() {
            self.annotations.fact(item, subject, Aspect::Text);
        }
        for item in draft.numbers() {
            self.annotations.fact(item, subject, Aspect::Gutter);
        }
        if example.foreign.is_some() {
            self.talk = true;
            if let Some(heading) = self.heading {
                self.annotations.junk(heading, JunkKind::ForeignExample);
            }
        }
        self.found.examples.push(example);
    }

    fn is_chatter(&self, text: &str) -> bool {
        let norm = norm(text);
        self.lexicon
            .chatter
            .iter()
            .any(|phrase| norm.contains(phrase))
    }

    fn is_foreign_talk(&self, text: &str) -> bool {
        let norm = norm(text);
        let phrases = &self.lexicon.foreign_talk;
        phrases.iter().any(|phrase| norm.contains(phrase))
    }
}

/// Returns whether a line starts like a line of JSON.
fn is_json(text: &str) -> bool {
    text.starts_with(['{', '}', '[', ']', '"'])
}

/// Returns whether a text is a long run of one character, which a page uses to measure widths.
fn is_probe(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    first.is_some_and(char::is_alphabetic)
        && text.chars().count() >= 20
        && chars.all(|char| Some(char) == first)
}

fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}
