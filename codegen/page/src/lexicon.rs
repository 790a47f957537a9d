//! The lexicon: the phrases of pages as data, one file per language. Pages mix languages, so all
//! files are used for each page.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use super::facts::{ConditionKind, Format, Requirement, Section, TypeKind};
use super::template::Template;
use super::text::{is_compound_name, norm};

/// One file for each supported language.
const FILES: [&str; 2] = [
    include_str!("phrases/en.yaml"),
    include_str!("phrases/zh.yaml"),
];

/// Returns the lexicon, which is built once.
pub(super) fn lexicon() -> &'static Lexicon {
    static BOOK: LazyLock<Lexicon> = LazyLock::new(|| {
        let mut lexicon = Lexicon::default();
        for file in FILES {
            // A test checks the files against this structure.
            lexicon.add(serde_yaml::from_str(file).unwrap_or_default());
        }
        lexicon.prepare();
        lexicon
    });
    &BOOK
}

/// The titles and lines that show where a section or an example begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    Section(Section),
    RequestExample,
    ResponseExample,
}

/// Lines that belong to the page's frame inside a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    More,
    Frame,
    Button,
    HiddenChildren,
    ShownChildren,
}

/// The kinds of limits that a sentence can state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    MaxLength,
    MinLength,
    MaxItems,
    MultipleOf,
    Range,
}

/// The columns of tables that hold parameters or codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Number,
    Name,
    Type,
    Required,
    MaxLength,
    Code,
    Status,
    Message,
    Action,
    Description,
}

/// All phrases, in their normal form.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) titles: HashMap<String, Title>,
    pub(super) footer: Vec<String>,
    pub(super) labels: HashMap<String, Label>,
    pub(super) note: Vec<String>,
    pub(super) types: HashMap<String, TypeKind>,
    pub(super) object: Vec<String>,
    pub(super) array: Vec<(String, String)>,
    pub(super) bare_array: Vec<String>,
    pub(super) objects: HashMap<String, String>,
    pub(super) requirement: HashMap<String, Requirement>,
    pub(super) requirement_cells: HashMap<String, Requirement>,
    pub(super) limits: Vec<(Limit, Template)>,
    pub(super) formats: Vec<(Format, String)>,
    pub(super) fixed: Vec<Template>,
    pub(super) one_of: Vec<Template>,
    pub(super) conditions: Vec<(ConditionKind, String)>,
    pub(super) unique_items: Vec<String>,
    pub(super) idempotency: Vec<String>,
    pub(super) deprecated: Vec<String>,
    pub(super) parameter_columns: HashMap<String, Column>,
    pub(super) code_columns: HashMap<String, Column>,
    pub(super) status: HashMap<String, String>,
    pub(super) chatter: Vec<String>,
    pub(super) foreign_talk: Vec<String>,
    pub(super) machine: Vec<String>,
}

/// The content of a file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    sections: BTreeMap<SectionWord, Vec<String>>,
    request_example: Vec<String>,
    response_example: Vec<String>,
    footer: Vec<String>,
    labels: Labels,
    buttons: Vec<String>,
    hidden_children: Vec<String>,
    shown_children: Vec<String>,
    note: Vec<String>,
    types: BTreeMap<TypeWord, Vec<String>>,
    object: Vec<String>,
    array: Vec<String>,
    bare_array: Vec<String>,
    objects: BTreeMap<String, String>,
    requirement: Requirements,
    requirement_cells: Requirements,
    constraints: Constraints,
    unique_items: Vec<String>,
    format: BTreeMap<FormatWord, Vec<String>>,
    values: ValuePhrases,
    conditions: Conditions,
    idempotency: Vec<String>,
    deprecated: Vec<String>,
    parameter_columns: BTreeMap<ColumnWord, Vec<String>>,
    code_columns: BTreeMap<ColumnWord, Vec<String>>,
    status: BTreeMap<String, String>,
    chatter: Vec<String>,
    foreign_talk: Vec<String>,
    machine: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    more: Vec<String>,
    frame: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Requirements {
    required: Vec<String>,
    optional: Vec<String>,
    conditional: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Constraints {
    max_length: Vec<String>,
    min_length: Vec<String>,
    max_items: Vec<String>,
    multiple_of: Vec<String>,
    range: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ValuePhrases {
    fixed: Vec<String>,
    one_of: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditions {
    required_when: Vec<String>,
    present_when: Vec<String>,
    absent_when: Vec<String>,
}

/// Defines an enum of names that a file may use as keys for the variants of another enum.
macro_rules! words {
    ($name:ident => $target:ident { $($variant:ident),* $(,)? }) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum $name {
            $($variant),*
        }

        impl From<$name> for $target {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$variant => $target::$variant),*
                }
            }
        }
    };
}

words!(SectionWord => Section { Head, Request, Response, Examples, MoreInformation, ResultLogic, Codes });
words!(TypeWord => TypeKind { String, Integer, Number, Boolean, Datetime, Date, Url });
words!(FormatWord => Format { Datetime, Url, Country, Currency, Mcc, Json, Alphanumeric });
words!(ColumnWord => Column {
    Number, Name, Type, Required, MaxLength, Code, Status, Message, Action, Description,
});

impl Lexicon {
    fn add(&mut self, file: Phrases) {
        fn map<T: Copy>(into: &mut HashMap<String, T>, words: &[String], value: T) {
            into.extend(words.iter().map(|word| (type_norm(word), value)));
        }
        fn norms(words: &[String]) -> impl Iterator<Item = String> + '_ {
            words.iter().map(|word| norm(word))
        }
        for (section, words) in &file.sections {
            let title = Title::Section((*section).into());
            self.titles.extend(norms(words).map(|word| (word, title)));
        }
        for (words, title) in [
            (&file.request_example, Title::RequestExample),
            (&file.response_example, Title::ResponseExample),
        ] {
            self.titles.extend(norms(words).map(|word| (word, title)));
        }
        for (words, label) in [
            (&file.labels.more, Label::More),
            (&file.labels.frame, Label::Frame),
            (&file.buttons, Label::Button),
            (&file.hidden_children, Label::HiddenChildren),
            (&file.shown_children, Label::ShownChildren),
        ] {
            self.labels.extend(norms(words).map(|word| (word, label)));
        }
        self.footer.extend(norms(&file.footer));
        self.note.extend(file.note);
        for (kind, words) in &file.types {
            map(&mut self.types, words, (*kind).into());
        }
        self.object
            .extend(file.object.iter().map(|word| type_norm(word)));
        self.array.extend(file.array.iter().filter_map(|pattern| {
            let (before, after) = pattern.split_once('*')?;
            Some((type_norm(before), type_norm(after)))
        }));
        self.bare_array
            .extend(file.bare_array.iter().map(|word| type_norm(word)));
        self.objects.extend(
            file.objects
                .into_iter()
                .map(|(word, name)| (type_norm(&word), name)),
        );
        for (words, into) in [
            (&file.requirement, &mut self.requirement),
            (&file.requirement_cells, &mut self.requirement_cells),
        ] {
            map(into, &words.required, Requirement::Required);
            map(into, &words.optional, Requirement::Optional);
            map(into, &words.conditional, Requirement::Conditional);
        }
        for (words, limit) in [
            (&file.constraints.max_length, Limit::MaxLength),
            (&file.constraints.min_length, Limit::MinLength),
            (&file.constraints.max_items, Limit::MaxItems),
            (&file.constraints.multiple_of, Limit::MultipleOf),
            (&file.constraints.range, Limit::Range),
        ] {
            let templates = words.iter().map(|text| (limit, Template::of(text)));
            self.limits.extend(templates);
        }
        for (format, words) in &file.format {
            let format = (*format).into();
            self.formats.extend(norms(words).map(|word| (format, word)));
        }
        let templates = |words: &[String]| words.iter().map(|text| Template::of(text)).collect();
        let (mut fixed, mut one_of): (Vec<_>, Vec<_>) = (
            templates(&file.values.fixed),
            templates(&file.values.one_of),
        );
        self.fixed.append(&mut fixed);
        self.one_of.append(&mut one_of);
        for (words, kind) in [
            (&file.conditions.required_when, ConditionKind::RequiredWhen),
            (&file.conditions.present_when, ConditionKind::PresentWhen),
            (&file.conditions.absent_when, ConditionKind::AbsentWhen),
        ] {
            self.conditions
                .extend(norms(words).map(|word| (kind, word)));
        }
        self.unique_items.extend(norms(&file.unique_items));
        self.idempotency.extend(norms(&file.idempotency));
        self.deprecated.extend(norms(&file.deprecated));
        for (words, into) in [
            (&file.parameter_columns, &mut self.parameter_columns),
            (&file.code_columns, &mut self.code_columns),
        ] {
            for (column, words) in words {
                map(into, words, (*column).into());
            }
        }
        self.status.extend(
            file.status
                .into_iter()
                .map(|(word, status)| (type_norm(&word), status)),
        );
        self.chatter.extend(norms(&file.chatter));
        self.foreign_talk.extend(norms(&file.foreign_talk));
        self.machine.extend(norms(&file.machine));
    }

    /// Sorts longer phrases before the phrases that they begin with.
    fn prepare(&mut self) {
        self.array
            .sort_by_key(|(before, after)| std::cmp::Reverse(before.len() + after.len()));
        self.note.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }

    pub(super) fn title(&self, text: &str) -> Option<Title> {
        // Titles are short, so whole paragraphs need not be normalised.
        // A field may have the words of a title as its name.
        let is_short = text.len() <= 100 && !is_compound_name(text);
        is_short.then(|| self.titles.get(&norm(text)).copied())?
    }

    pub(super) fn label(&self, text: &str) -> Option<Label> {
        let is_short = text.len() <= 100 && !is_compound_name(text);
        is_short.then(|| self.labels.get(&norm(text)).copied())?
    }

    /// Returns the text after the word for a note and a colon.
    pub(super) fn note<'t>(&self, text: &'t str) -> Option<&'t str> {
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

    pub(super) fn is_footer(&self, text: &str) -> bool {
        let start: String = text.chars().take(60).collect();
        let start = norm(&start);
        self.footer.iter().any(|phrase| start.starts_with(phrase))
    }
}

/// Normalises the words of types and columns for comparison: lower case, no spaces, no full stops.
pub(super) fn type_norm(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '`' | '*' | '\\'));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_the_shape() {
        for file in FILES {
            serde_yaml::from_str::<Phrases>(file).expect("valid phrases");
        }
    }
}
