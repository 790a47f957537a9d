//! Reads definition lists: a name is a term, or alone on its line, and its type and its requirement
//! begin the lines below.

use super::{Mode, Reader};
use crate::clause::Clause;
use crate::condition;
use crate::declared::Declared;
use crate::facts::{Aspect, Requirement, Stated, TypeKind};
use crate::field::{FieldLine, Strictness, declared, field_line};
use crate::item::{Item, Kind};
use crate::lexicon::{Lexicon, type_norm};
use crate::tables::without_marks;

/// Terms are deeper than headings.
pub(super) const TERMS: u8 = 10;
/// Lines are deeper than terms; their indentation is added.
pub(super) const LINES: u8 = 40;

impl Reader<'_> {
    /// Reads a term of a definition list.
    pub(super) fn term(&mut self, index: usize, depth: u8) {
        let Some(item) = self.items.get(index) else {
            return;
        };
        self.end_tables(0);
        // A word with a capital may be any term.
        let is_name = |line: &FieldLine| {
            let declared = &line.declared;
            declared.ty.is_some() || declared.required.is_some() || starts_as_name(line)
        };
        let line = named(self.lexicon, &item.text).map(|line| (line, ""));
        let line = line.or_else(|| named_with_condition(self.lexicon, &item.text));
        match line.filter(|(line, _)| is_name(line)) {
            Some((line, words)) => {
                self.begin(index, TERMS.saturating_add(depth).min(LINES), line);
                if !words.is_empty() {
                    self.requirement_words(index, words);
                    self.mode = Mode::Description;
                }
                self.awaits_declaration = true;
            }
            None => self.end(),
        }
    }

    /// Reads a name that is alone on its line.
    pub(super) fn name_alone(&mut self, index: usize, own: &[usize]) -> bool {
        let Some(item) = self.items.get(index).filter(|_| self.lexicon.names_alone) else {
            return false;
        };
        let line = match item.kind {
            Kind::Text => self.line_above_declaration(item, own),
            Kind::Bullet if !matches!(self.mode, Mode::Values(_)) => {
                field_line(self.lexicon, &item.text, Strictness::Prose)
                    .or_else(|| self.line_above_declaration(item, own))
            }
            // Behind a list, a term without a blank line above it looks like one more value.
            Kind::Bullet => self.line_above_declaration(item, own),
            Kind::Heading(_) | Kind::Term(_) | Kind::Row(_) | Kind::Code | Kind::Fence => None,
        };
        let Some(line) = line else { return false };
        self.begin(index, level_of(item), line);
        self.awaits_declaration = true;
        true
    }

    /// Returns the name on a line, if the line below begins with its type or its requirement.
    pub(super) fn line_above_declaration(&self, item: &Item, own: &[usize]) -> Option<FieldLine> {
        let line = named(self.lexicon, &item.text)?;
        let below = own.get(1).and_then(|below| self.items.get(*below))?;
        let follows = line.declared.ty.is_some() && line.declared.required.is_some()
            || below.is_prose() && opening(self.lexicon, &below.text).is_some();
        (starts_as_name(&line) && follows).then_some(line)
    }

    /// Reads the type and the requirement at the start of a line below a name; returns whether the
    /// line was read.
    pub(super) fn declaration_below(&mut self, index: usize) -> bool {
        let Some(item) = self.items.get(index).filter(|_| self.awaits_declaration) else {
            return false;
        };
        self.awaits_declaration = false;
        let Some(current) = self.current else {
            return false;
        };
        let Some((found, rest)) = opening(self.lexicon, &item.text) else {
            return false;
        };
        let Some(parameter) = self.read.parameters.get(current) else {
            return false;
        };
        let is_stated = parameter.required.line != parameter.line
            || parameter.required.value != Requirement::Optional;
        if found.ty.is_some() && parameter.ty.is_some() || found.required.is_some() && is_stated {
            return false;
        }
        let is_whole = rest.is_empty();
        self.declare(index, current, found);
        if is_whole {
            self.awaits_declaration = true;
        } else {
            self.clause(&Clause::new([(index, rest)]), Kind::Text);
        }
        true
    }

    /// States what a line declares.
    fn declare(&mut self, item: usize, current: usize, found: Declared) {
        let line = self.items.get(item).map_or(0, |item| item.line);
        let subject = self.owner.subject(current);
        let Some(parameter) = self.read.parameters.get_mut(current) else {
            return;
        };
        parameter.end_line = line;
        let stated = |value| Stated { value, line };
        let mut states = |aspect| self.annotations.fact(item, subject, aspect);
        if let Some(ty) = found.ty {
            parameter.ty = Some(Stated { value: ty, line });
            states(Aspect::Type);
        }
        if let Some(required) = found.required {
            parameter.required = Stated {
                value: required,
                line,
            };
            states(Aspect::Required);
        }
        for (slot, value, aspect) in [
            (
                &mut parameter.min_length,
                found.min_length,
                Aspect::MinLength,
            ),
            (
                &mut parameter.max_length,
                found.max_length,
                Aspect::MaxLength,
            ),
            (&mut parameter.min_items, found.min_items, Aspect::MinItems),
            (&mut parameter.max_items, found.max_items, Aspect::MaxItems),
        ] {
            if let Some(value) = value {
                *slot = Some(stated(value));
                states(aspect);
            }
        }
        if let Some(range) = found.range {
            parameter.range = Some(Stated { value: range, line });
            states(Aspect::Range);
        }
        parameter.guesses.extend(found.guesses);
    }

    /// Makes the next names fields of a parameter.
    pub(super) fn enclose(&mut self, parent: usize, own: &[usize]) {
        while self.open.last().is_some_and(|(_, open)| *open != parent) {
            self.open.pop();
        }
        if self.open.is_empty() {
            self.open.push((TERMS - 1, parent));
        }
        let next = own.get(1).and_then(|next| self.items.get(*next));
        let next = next.map_or(0, level_of);
        if let Some((level, _)) = self.open.last_mut()
            && next <= *level
        {
            // No indentation shows the depth.
            *level = next.saturating_sub(1);
        }
    }
}

/// Returns the level of a name on a line.
pub(super) fn level_of(item: &Item) -> u8 {
    match item.kind {
        Kind::Heading(level) => level,
        Kind::Term(depth) => TERMS.saturating_add(depth).min(LINES),
        Kind::Text | Kind::Bullet | Kind::Row(_) | Kind::Code | Kind::Fence => {
            let indent = u8::try_from(item.indent).unwrap_or(u8::MAX);
            LINES.saturating_add(indent)
        }
    }
}

fn starts_as_name(line: &FieldLine) -> bool {
    line.printed
        .starts_with(|char: char| char.is_ascii_lowercase() || char == '_')
}

/// Reads a name with a mark or words for its requirement and its type.
fn named(lexicon: &Lexicon, text: &str) -> Option<FieldLine> {
    let (mark, text) = without_marks(lexicon, text);
    let mut line = field_line(lexicon, text, Strictness::Name)?;
    if lexicon.requirement.contains_key(&type_norm(&line.printed)) {
        return None;
    }
    line.declared.required = mark.or(line.declared.required);
    Some(line)
}

/// Returns whether a bullet is a parameter of a list of them: `• order_no 必填 string(32)`.
pub(super) fn is_listed(item: &Item, line: &FieldLine) -> bool {
    let declared = &line.declared;
    item.kind == Kind::Bullet && declared.ty.is_some() && declared.required.is_some()
}

/// Reads an item of a list with a name, its requirement and its title in brackets, without a type:
/// `• order_no 必填【订单号】 商户的编号。`
pub(crate) fn titled_item(lexicon: &Lexicon, item: &Item) -> Option<FieldLine> {
    if item.kind != Kind::Bullet {
        return None;
    }
    let at = item.text.find('【')?;
    let (start, description) = item.text.split_at_checked(at)?;
    let mut line = field_line(lexicon, start.trim(), Strictness::Name)?;
    let is_declared = line.declared.required.is_some() && starts_as_name(&line);
    description.clone_into(&mut line.description);
    is_declared.then_some(line)
}

/// Reads a name with a requirement on a condition: `amount _mandatory if fixed=true_`. The second part has
/// the words of the requirement.
fn named_with_condition<'t>(lexicon: &Lexicon, text: &'t str) -> Option<(FieldLine, &'t str)> {
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at);
    let mut start = 0;
    for end in ends {
        let word = text.get(start..end)?;
        if lexicon.requirement.contains_key(&type_norm(word)) && start > 0 {
            let words = text.get(start..)?;
            let mut line = named(lexicon, text.get(..end)?)?;
            line.declared.required = Some(Requirement::Conditional);
            return condition::may_state(&lexicon.conditions, words).then_some((line, words));
        }
        start = end + 1;
    }
    None
}

/// Splits a type in backticks off the start of a description: `` `array` List of the keys``.
fn quoted_opening<'t>(lexicon: &Lexicon, text: &'t str) -> Option<(Declared, &'t str)> {
    let (ty, rest) = text.strip_prefix('`')?.split_once('`')?;
    let rest = rest.trim_start();
    let goes_on = rest.starts_with(|c: char| c.is_alphabetic()) && rest.contains(' ');
    let (found, unknown) = declared(lexicon, ty);
    // The requirement may follow.
    let word = rest.split([' ', ',', '.']).next().unwrap_or_default();
    let is_whole = goes_on && !lexicon.is_requirement(word) && found.ty.is_some();
    (is_whole && unknown.is_none()).then_some((found, rest))
}

/// Splits a type and a requirement off the start of a text.
fn opening<'t>(lexicon: &Lexicon, text: &'t str) -> Option<(Declared, &'t str)> {
    const WORDS: usize = 8;
    let mut marks = lexicon.requirement_marks.iter();
    if let Some((_, requirement)) = marks.find(|(mark, _)| mark == text.trim()) {
        let found = Declared {
            required: Some(*requirement),
            ..Declared::default()
        };
        return Some((found, ""));
    }
    if let Some(found) = quoted_opening(lexicon, text) {
        return Some(found);
    }
    let ends = text.match_indices(|char: char| {
        char.is_whitespace()
            || matches!(
                char,
                ',' | '，' | '.' | '。' | ':' | '：' | ';' | '(' | '（'
            )
    });
    let ends = ends.map(|(at, _)| at).filter(|at| *at > 0).take(WORDS);
    let mut best = None;
    for end in ends.chain([text.len()]) {
        let Some((start, rest)) = text.split_at_checked(end) else {
            continue;
        };
        if end == text.len() && text.len() > 100 {
            continue;
        }
        let (found, unknown) = declared(lexicon, start);
        let rest = rest.trim_start_matches([
            ' ', ',', '，', '.', '。', ':', '：', ';', '-', '–', '—', '|',
        ]);
        // A sentence may begin with a word that could be the name of an object.
        let is_word = found.ty.as_ref().is_some_and(|ty| {
            let ends = |word: &String| ty.printed.to_lowercase().ends_with(word.as_str());
            ty.kind == TypeKind::Object && ty.name.is_some() && !lexicon.object.iter().any(ends)
        });
        let is_word = is_word && !(rest.is_empty() && found.required.is_some());
        let states = found.ty.is_some() || found.required.is_some();
        if unknown.is_none() && states && !is_word {
            best = Some((found, rest));
        }
    }
    best
}
