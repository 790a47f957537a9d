//! A page matched with the operation of the spec that it describes.

use std::collections::BTreeSet;

use super::align::Alignment;
use super::compare::{Against, Difference, StatedValue, compare};
use super::condition::{Condition, Group};
use super::copy::{Copy, Hints};
use super::extent::Compared;
use super::fact_sheet::FactSheet;
use super::find::{self, FindError};
use super::finding::{Finding, Statement};
use super::pairing::{Pairing, unpaired};
use super::place::Place;
use super::value::Value;
use super::{from_page, from_spec};
use payspec_model::model::{Api, Dispute, Model, Operation, PageFact};

/// A page matched with an operation of the spec.
pub(crate) struct Comparison<'m> {
    pub(crate) model: &'m Model,
    pub(crate) api: &'m Api,
    pub(crate) operation: &'m Operation,
    pub(crate) copy: Copy<'m>,
    pub(crate) stated: &'m crate::Operation,
    pub(crate) source: Option<usize>,
    pub(crate) page: FactSheet,
    pub(crate) spec: FactSheet,
    pub(crate) alignment: Alignment,
    pub(crate) differences: Vec<Difference>,
}

impl<'m> Comparison<'m> {
    pub(crate) fn new(
        model: &'m Model,
        copy: Copy<'m>,
        hints: Hints<'_>,
    ) -> Result<Self, FindError> {
        let stated = find::described(copy.page)?;
        let (api, operation) = find::operation(model, stated, hints.operation)?;
        let source = find::source(api, operation, copy.page, hints.source)?;
        let mut page = from_page::of_copy(copy.page, stated);
        page.endpoint.amend(PageFact::Path, |value| match value {
            Value::Word(path) => Value::word(find::without_prefix(api, path)),
            other => other.clone(),
        });
        let spec = from_spec::of_spec(api, operation);
        let alignment = Alignment::new(&page, &spec);
        let against = Against::Spec { source };
        let differences = compare(&page, &spec, &alignment, against);
        Ok(Comparison {
            model,
            api,
            operation,
            copy,
            stated,
            source,
            page,
            spec,
            alignment,
            differences,
        })
    }

    /// Returns the part of the spec that was compared.
    pub(crate) fn compared(&self) -> Compared {
        Compared::new(&self.page, &self.spec, &self.alignment)
    }

    /// Returns the condition of a field of the spec that says what the page does; one in words must
    /// cite the page.
    pub(crate) fn counterpart(&self, read: &Condition, field: usize) -> Option<&Condition> {
        let against = Against::Spec {
            source: self.source,
        };
        let name = |name: &str| {
            let named = self.page.fields.iter();
            let named = named.enumerate().filter(|(_, one)| one.name == name);
            let mut pairs = named.filter_map(|(at, _)| self.alignment.of_page(at));
            let spec = pairs.next().map(|pair| &self.spec.fields[pair.spec]);
            spec.map_or_else(|| name.to_owned(), |spec| spec.name.clone())
        };
        let field = self.spec.fields.get(field)?;
        let pairing = Pairing {
            same_words: false,
            own: &field.name,
            name,
        };
        let Some(Value::Conditions(list)) = field.facts.value(PageFact::Conditions) else {
            return None;
        };
        list.iter().find(|one| {
            let cites = !one.is_in_words() || against.cites(&one.sources);
            let left = unpaired(std::slice::from_ref(read), vec![one], &pairing);
            cites && left.is_empty()
        })
    }

    /// Returns the group of the spec that has the same fields as a group of the page.
    pub(crate) fn spec_group(&self, page: &Group) -> Option<&Group> {
        let members = page.members.iter();
        let members: BTreeSet<usize> = members
            .map(|at| Some(self.alignment.of_page(*at)?.spec))
            .collect::<Option<_>>()?;
        self.spec.groups.iter().find(|one| one.members == members)
    }

    /// Returns `FILE:LINE` of a position.
    pub(crate) fn place(&self, place: Place) -> String {
        match place {
            Place::Line(line) => format!("{}:{line}", self.copy.name),
            Place::Spec(origin) => self.model.place(origin),
        }
    }

    /// Returns the dispute that records the page's statement, if one does.
    pub(crate) fn dispute(&self, difference: &Difference) -> Option<&'m Dispute> {
        let fact = difference.fact?;
        let stated = difference.page.as_ref();
        let page = stated.map_or(UNSTATED, |stated| stated.value.as_str());
        self.api.disputes.iter().find(|dispute| {
            let about = difference
                .origins
                .iter()
                .any(|origin| dispute.concerns(*origin));
            let about = about && !self.is_of_another(dispute);
            let mut stated = dispute.sides.iter().flat_map(|side| &side.states);
            about && stated.any(|(one, is)| *one == fact && is == page)
        })
    }

    /// Returns whether a dispute is about another operation's version of something that both
    /// inherit.
    fn is_of_another(&self, dispute: &Dispute) -> bool {
        let word = dispute.place.split([' ', '/', '.']).next();
        let others = self
            .api
            .operations
            .iter()
            .filter(|one| one.id != self.operation.id);
        others.map(|one| one.id.as_str()).any(|id| word == Some(id))
    }

    pub(crate) fn finding(&self, difference: &Difference) -> Finding {
        let statement = |stated: &StatedValue| Statement {
            value: stated.value.clone(),
            place: self.place(stated.place),
        };
        Finding {
            rule: difference.rule.id,
            level: difference.level,
            subject: difference.subject.clone(),
            fact: difference.fact,
            title: difference.rule.drift,
            help: difference.rule.help,
            page: difference.page.as_ref().map(statement),
            spec: difference.spec.as_ref().map(statement),
            perhaps: difference.perhaps.clone(),
        }
    }
}

/// The word in `states` of a dispute for a page that does not state the fact.
const UNSTATED: &str = "unstated";
