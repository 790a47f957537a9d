//! Compares conditions and groups.

use super::{Against, Comparing, stated_value};
use crate::drift::condition::{Condition, Group};
use crate::drift::fact_sheet::{FactSheet, Facts};
use crate::drift::pairing::{Pairing, Unpaired, unpaired};
use crate::drift::place::Place;
use crate::drift::rules::{self, Level};
use crate::drift::value::Value;
use payspec_model::model::{Origin, PageFact};

impl Comparing<'_> {
    /// Finds the conditions of a field that only one side has.
    pub(super) fn unpaired<'f>(
        &self,
        subject: &str,
        page: &'f Facts,
        spec: &'f Facts,
    ) -> Unpaired<'f> {
        let list = |facts: &'f Facts| -> &'f [Condition] {
            match facts.value(PageFact::Conditions) {
                Some(Value::Conditions(list)) => list,
                Some(_) | None => &[],
            }
        };
        let same_words = matches!(
            self.against,
            Against::Page {
                same_language: true
            }
        );
        // A condition that only other sources state need not be on the page.
        let (cited, others): (Vec<_>, Vec<_>) = list(spec)
            .iter()
            .partition(|one| self.against.cites(&one.sources));
        let name = |name: &str| self.spec_name(name).unwrap_or(name).to_owned();
        let all = cited.into_iter().chain(others);
        let pairing = Pairing {
            same_words,
            own: subject.rsplit('/').next().unwrap_or(subject),
            name,
        };
        let mut found = unpaired(list(page), all.collect(), &pairing);
        found.spec.retain(|one| self.against.cites(&one.sources));
        found
    }

    /// Returns the name that the spec has for a field of the page.
    pub(super) fn spec_name(&self, name: &str) -> Option<&str> {
        let named = self
            .page
            .fields
            .iter()
            .position(|field| field.name == name)?;
        let pair = self.alignment.of_page(named)?;
        Some(self.spec.fields.get(pair.spec)?.name.as_str())
    }

    /// Returns the severity of conditions that differ. A page that says less than the spec, or says
    /// it in words, does not contradict it, unless the words name something else; two copies of a
    /// page must say the same.
    pub(super) fn level(&self, unpaired: &Unpaired<'_>) -> Level {
        let contradicts = match self.against {
            Against::Spec { .. } => {
                unpaired.page.iter().any(|one| !one.is_in_words()) || unpaired.names_others()
            }
            Against::Page { same_language } => unpaired.contradicts(same_language),
        };
        if contradicts {
            Level::Error
        } else {
            Level::Warning
        }
    }

    pub(super) fn groups(&mut self) {
        let mut paired = Vec::new();
        for group in &self.page.groups {
            let members = group.members.iter();
            let members: Vec<Option<usize>> = members
                .map(|at| Some(self.alignment.of_page(*at)?.spec))
                .collect();
            let has = |other: &Group, member: &Option<usize>| {
                member.is_some_and(|member| other.members.contains(&member))
            };
            let others = || self.spec.groups.iter().enumerate();
            let same = others().find(|(_, other)| {
                other.members.len() == members.len() && members.iter().all(|one| has(other, one))
            });
            if let Some((at, _)) = same {
                paired.push(at);
                continue;
            }
            let near = others().find(|(at, other)| {
                !paired.contains(at) && members.iter().any(|one| has(other, one))
            });
            paired.extend(near.map(|(at, _)| at));
            if near.is_none() && self.older_cut.is_some_and(|cut| cut.is_inside(group.side)) {
                continue;
            }
            self.group(Some(group), near.map(|(_, other)| other));
        }
        for (at, group) in self.spec.groups.iter().enumerate() {
            let mut members = group.members.iter();
            let shown = members.any(|at| self.alignment.of_spec(*at).is_some());
            // A copy that ends among the fields may end before it states the group.
            let is_cut = self.cut.is_some_and(|cut| cut.is_inside(group.side));
            if !paired.contains(&at) && shown && !is_cut && self.against.cites(&group.sources) {
                self.group(None, Some(group));
            }
        }
    }

    pub(super) fn group(&mut self, page: Option<&Group>, spec: Option<&Group>) {
        let side = |sheet: &FactSheet, group: &Group| {
            let names = sheet.names(group).join(", ");
            stated_value(&format!("at least one of {names}"), group.place)
        };
        let subject = match (spec, page) {
            (Some(spec), _) => self.spec.group_subject(spec),
            (None, Some(page)) => self.page.group_subject(page),
            (None, None) => return,
        };
        let origins = spec.map(|group| group.place);
        let origins: Vec<Origin> = match origins {
            Some(Place::Spec(origin)) => vec![origin],
            Some(Place::Line(_)) | None => Vec::new(),
        };
        let (page, spec) = (
            page.map(|one| side(self.page, one)),
            spec.map(|one| side(self.spec, one)),
        );
        // A copy of a page that no longer states a group allows what the older one refuses.
        let is_weaker = page.is_none() && matches!(self.against, Against::Spec { .. });
        let rule = rules::of_fact(PageFact::Conditions);
        self.whole(rule, &subject, page, spec, &origins);
        if let Some(last) = self.found.last_mut() {
            last.fact = Some(PageFact::Conditions);
            if is_weaker {
                last.level = Level::Warning;
            }
        }
    }
}
