//! Reads a text about the current parameter, statement by statement.

use super::fact_writer::FactWriter;
use super::values::lists_value;
use super::{Mode, Purpose, Reader};
use crate::clause::{Clause, Says};
use crate::condition::{self, About};
use crate::facts::{Aspect, Parameter, Test, ValuesKind};
use crate::item::Kind;

impl Reader<'_> {
    /// Reads a text about the current parameter.
    pub(super) fn clause(&mut self, clause: &Clause, kind: Kind) {
        let Some(current) = self.current else {
            return;
        };
        let Some(parameter) = self.read.parameters.get_mut(current) else {
            return;
        };
        let writer = FactWriter {
            items: self.items,
            subject: self.owner.subject(current),
        };
        let grammar = &self.lexicon.conditions;
        let is_listed = matches!(self.mode, Mode::Conditions(..));
        let names = match self.purpose {
            Purpose::Facts(names) if is_listed || condition::may_match(grammar, &clause.text) => {
                Some(names)
            }
            Purpose::Facts(_) | Purpose::Names => None,
        };
        let own = names.map(|_| own_names(parameter)).unwrap_or_default();
        let about = names.map(|names| About { names, own: &own });
        let is_bullet = kind == Kind::Bullet;
        if is_bullet && self.lexicon.listed_values && !is_listed {
            let line = clause.items().next().and_then(|item| self.items.get(item));
            if line.is_some_and(|item| lists_value(parameter, &clause.text, item.line)) {
                self.mode = Mode::Values(ValuesKind::OneOf);
            }
        }
        let listed = match self.mode {
            Mode::Values(kind) if is_bullet => {
                writer.value(parameter, clause, kind, self.lexicon, self.annotations)
            }
            Mode::Conditions(kind, under) if is_bullet => {
                let test = about.map_or(Test::Words, |about| {
                    condition::listed(grammar, &clause.text, about, under)
                });
                writer.condition(parameter, clause, (kind, test), self.annotations);
                true
            }
            Mode::Values(_) | Mode::Conditions(..) => {
                // The list has ended.
                self.mode = Mode::Facts;
                false
            }
            Mode::Nowhere | Mode::Description | Mode::Note | Mode::Facts => false,
        };
        if listed {
            if matches!(self.mode, Mode::Values(_)) {
                let says = clause.statements(self.lexicon, about);
                writer.behind_value(parameter, clause, says, self.annotations);
            }
            writer.close(parameter, clause);
            return;
        }
        let statements = match self.purpose {
            Purpose::Names => clause.listed_values(self.lexicon),
            Purpose::Facts(_) => {
                writer.all_prose(clause, self.annotations);
                clause.statements(self.lexicon, about)
            }
        };
        let mut understood = !statements.is_empty();
        let mut next = None;
        for statement in statements {
            let (first, last) = statement.items;
            let line = self.items.get(first).map_or(0, |item| item.line);
            let end_line = self.items.get(last).map_or(line, |item| item.line);
            next = match &statement.says {
                Says::ValuesFollow(kind) => Some(Mode::Values(*kind)),
                Says::ConditionsFollow(kind, under) => Some(Mode::Conditions(*kind, *under)),
                Says::Limit(..)
                | Says::Format(_)
                | Says::Values(..)
                | Says::Default(..)
                | Says::Condition(..)
                | Says::Exemption(..)
                | Says::Outright(..)
                | Says::UniqueItems
                | Says::Idempotency
                | Says::Deprecated => next,
            };
            let known = writer.known(&statement.says);
            let Some(aspect) = writer.state(parameter, statement.says, line, end_line) else {
                understood = false;
                continue;
            };
            writer.understood(clause, &statement.range, known, self.annotations);
            for item in clause.items().filter(|item| (first..=last).contains(item)) {
                self.annotations.fact(item, writer.subject, aspect);
            }
        }
        match self.mode {
            Mode::Description if !is_bullet => {
                let description = &mut parameter.description;
                writer.prose(description, clause, Aspect::Description, self.annotations);
            }
            Mode::Note if !understood => {
                let mut note = None;
                writer.prose(&mut note, clause, Aspect::Notes, self.annotations);
                parameter.notes.extend(note);
            }
            Mode::Nowhere
            | Mode::Description
            | Mode::Note
            | Mode::Facts
            | Mode::Values(_)
            | Mode::Conditions(..) => {}
        }
        if understood || self.mode != Mode::Facts {
            writer.close(parameter, clause);
        }
        self.mode = next.unwrap_or(self.mode);
    }
}

/// Returns the spellings of a parameter, the one on the wire first.
fn own_names(parameter: &Parameter) -> Vec<String> {
    let path = parameter.path.replace("/*", "");
    let dotted = path.trim_start_matches('/').replace('/', ".");
    let mut names = vec![parameter.name_as_printed.clone(), dotted];
    if let Some(name) = &parameter.name {
        names.insert(0, name.clone());
    }
    names
}
