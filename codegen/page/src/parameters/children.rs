//! Finds the parameter that contains the next ones: by a label above their table, or by a name that
//! names it as well.

use std::collections::HashMap;

use super::Reader;
use crate::declared::Declared;
use crate::facts::{
    Aspect, Children, Confidence, Guess, Parameter, Requirement, TypeFact, TypeKind,
};
use crate::field::FieldLine;
use crate::tables::Head;
use crate::text::{between, first_sentence, norm};

/// The greatest depth of a parameter.
const DEEPEST: u32 = 16;

/// The names and titles of the parameters so far, normalised.
#[derive(Debug, Default)]
pub(super) struct Index {
    titles: HashMap<String, Vec<usize>>,
    /// The number of parameters whose descriptions are among them.
    described: usize,
}

impl Index {
    pub(super) fn add(&mut self, title: String, parameter: usize) {
        // Whole paragraphs are no titles.
        if !title.is_empty() && title.len() <= 100 {
            self.titles.entry(title).or_default().push(parameter);
        }
    }

    /// Returns the last parameters with a title, the latest first.
    fn all(&self, title: &str) -> impl Iterator<Item = usize> + '_ {
        const MOST: usize = 100;
        let all = self.titles.get(title).into_iter().flatten();
        all.rev().take(MOST).copied()
    }
}

impl Reader<'_> {
    /// Returns whether a line only names the parameter whose fields the table below it lists, and
    /// remembers that parameter.
    pub(super) fn names_parent(&mut self, index: usize, own: &[usize]) -> bool {
        self.index_descriptions();
        let below = own.get(1).and_then(|below| self.items.get(*below));
        let is_above_table =
            below.is_some_and(|below| Head::of_parameters(self.lexicon, below).is_some());
        let Some(item) = self.items.get(index) else {
            return false;
        };
        let labelled = self.labelled(&item.text);
        let found = match labelled {
            Some(found) => Some(found),
            None if is_above_table => self.titled(&item.text),
            None => None,
        };
        let Some(parent) = found else {
            return false;
        };
        if is_above_table {
            self.end_tables(0);
            self.below = Some(parent);
        } else {
            // What follows is inside the parameter.
            self.enclose(parent, own);
        }
        let subject = self.owner.subject(parent);
        self.annotations.fact(index, subject, Aspect::Children);
        true
    }

    /// Finds the parameter that a label names: `Child attributes of order`.
    pub(super) fn labelled(&self, text: &str) -> Option<usize> {
        if text.len() > 200 || self.lexicon.child_labels.is_empty() {
            return None;
        }
        let text = norm(text);
        let mut labels = self.lexicon.child_labels.iter();
        labels.find_map(|(before, after)| {
            let name = between(&text, before, after)?;
            self.named(name)
        })
    }

    /// Finds the parameter whose name or title is a text, or a part of it.
    fn titled(&self, text: &str) -> Option<usize> {
        if text.len() > 200 {
            return None;
        }
        let parts = text.split(['(', ')', '（', '）', ':', '：', '-', '—', '|', ' ', '`']);
        std::iter::once(text)
            .chain(parts)
            .find_map(|part| self.named(&norm(part)))
    }

    /// Finds the last object with a name or a title, normalised; its description counts as one.
    fn named(&self, name: &str) -> Option<usize> {
        let has_fields = |at: &usize| self.has_fields(*at);
        let current = self.current.filter(|current| {
            let current = self.read.parameters.get(*current);
            current.and_then(title).is_some_and(|title| title == name)
        });
        let found = self.titles.all(name).find(has_fields);
        found.or(current.filter(has_fields))
    }

    /// Adds the descriptions of the parameters so far to the titles; that of the current one may be
    /// incomplete.
    fn index_descriptions(&mut self) {
        let end = self.current.unwrap_or(self.read.parameters.len());
        while self.titles.described < end {
            let at = self.titles.described;
            self.titles.described += 1;
            if let Some(title) = self.read.parameters.get(at).and_then(title) {
                self.titles.add(title, at);
            }
        }
    }

    /// Returns a parent, or one around it if its fields would be too deep.
    pub(super) fn not_too_deep(&self, parent: Option<usize>) -> Option<usize> {
        let mut parent = parent;
        while let Some(above) = parent.and_then(|parent| self.read.parameters.get(parent)) {
            if above.depth < DEEPEST {
                break;
            }
            parent = above.parent;
        }
        parent
    }

    /// Returns whether a parameter may have fields.
    pub(super) fn has_fields(&self, index: usize) -> bool {
        let parameter = self.read.parameters.get(index);
        // A text may hold a message, whose fields a button shows.
        if parameter.is_some_and(|one| one.children == Some(Children::Shown)) {
            return true;
        }
        let ty = parameter.map(|parameter| parameter.ty.as_ref().map(|ty| ty.value.kind));
        match ty {
            Some(Some(TypeKind::Object | TypeKind::Array | TypeKind::Any) | None) => true,
            Some(Some(
                TypeKind::String
                | TypeKind::Integer
                | TypeKind::Number
                | TypeKind::Boolean
                | TypeKind::Datetime
                | TypeKind::Date
                | TypeKind::Url,
            ))
            | None => false,
        }
    }

    /// Finds the parent of a dotted name, and leaves the last name: `order.env` is in `order`. A
    /// parent that is only named here is added.
    pub(super) fn parent_by_name(
        &mut self,
        item: usize,
        parent: Option<usize>,
        line: &mut FieldLine,
    ) -> Option<usize> {
        let Some((above, last)) = line.name.as_deref().and_then(|name| name.rsplit_once('.'))
        else {
            if let Some(name) = &mut line.name {
                *name = name.trim_end_matches("[]").to_owned();
            }
            return parent;
        };
        let (above, last) = (above.to_owned(), last.trim_end_matches("[]").to_owned());
        line.name = Some(last);
        let whole = format!("/{}", above.replace("[]", "").replace('.', "/"));
        if let Some(found) = self.paths.get(&whole) {
            return Some(*found);
        }
        let mut parent = parent;
        let mut path = parent
            .and_then(|parent| self.bare_paths.get(parent))
            .cloned()
            .unwrap_or_default();
        for part in above.split('.') {
            let name = part.trim_end_matches("[]");
            path = format!("{path}/{name}");
            parent = match self.paths.get(&path) {
                Some(found) => Some(*found),
                None => Some(self.implied(item, parent, name, part.ends_with("[]"))),
            };
        }
        parent
    }

    /// Adds a parameter that the name of its field implies.
    fn implied(&mut self, item: usize, parent: Option<usize>, name: &str, is_list: bool) -> usize {
        let kind = if is_list {
            TypeKind::Array
        } else {
            TypeKind::Object
        };
        let declared = Declared {
            ty: Some(TypeFact {
                kind,
                name: None,
                of: None,
                printed: name.to_owned(),
            }),
            required: Some(Requirement::Unstated),
            guesses: vec![Guess {
                aspect: Aspect::Type,
                confidence: Confidence::High,
                why: "only the names of its fields show the type".to_owned(),
            }],
            ..Declared::default()
        };
        let line = FieldLine {
            printed: name.to_owned(),
            name: Some(name.to_owned()),
            declared,
            ..FieldLine::default()
        };
        self.add(item, parent, line)
    }
}

/// Returns the first sentence of a parameter's description, normalised.
fn title(parameter: &Parameter) -> Option<String> {
    let words = parameter.description.as_ref()?;
    Some(norm(first_sentence(&words.text)))
}
