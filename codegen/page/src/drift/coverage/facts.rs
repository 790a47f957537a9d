//! Finds the support for each fact of the spec that a page could state.

use super::{Fact, FactState};
use crate::drift::compare::Difference;
use crate::drift::comparison::Comparison;
use crate::drift::condition::Group;
use crate::drift::fact_sheet::{Claim, Facts};
use crate::drift::place::Place;
use payspec_model::model::{PageFact, SourceIds};

/// Returns the facts at the levels that the page shows: of the bodies, of the objects that it
/// unfolds, and of the codes.
pub(super) fn facts(comparison: &Comparison<'_>) -> Vec<Fact> {
    let mut judge = Judge {
        comparison,
        facts: Vec::new(),
    };
    judge.fields();
    judge.groups();
    judge.codes();
    judge.facts
}

struct Judge<'b, 'm> {
    comparison: &'b Comparison<'m>,
    facts: Vec<Fact>,
}

/// An item of the spec, and the corresponding facts of the page.
struct Subject<'s> {
    path: String,
    word: &'static str,
    value: String,
    place: Place,
    sources: &'s SourceIds,
    page: Option<(Place, &'s Facts)>,
    spec: &'s Facts,
    /// True if a page may leave it out.
    is_common: bool,
    perhaps: Option<String>,
}

impl Judge<'_, '_> {
    fn fields(&mut self) {
        let comparison = self.comparison;
        for (at, field) in comparison.spec.fields.iter().enumerate() {
            let pair = comparison.alignment.of_spec(at);
            let around = field
                .parent
                .map(|parent| comparison.alignment.of_spec(parent));
            let shown = match around {
                None => true,
                Some(around) => around.is_some_and(|pair| comparison.page.fields[pair.page].open),
            };
            if field.removed.is_some() || !shown {
                continue;
            }
            let page = pair.map(|pair| &comparison.page.fields[pair.page]);
            let mut renamed = comparison.alignment.perhaps.iter();
            let renamed = renamed.find(|(_, spec)| *spec == at);
            self.subject(&Subject {
                path: field.path.clone(),
                word: "field",
                value: field.name.clone(),
                place: field.place,
                sources: &field.sources,
                page: page.map(|page| (page.place, &page.facts)),
                spec: &field.facts,
                is_common: false,
                perhaps: renamed.map(|(page, _)| {
                    let page = &comparison.page.fields[*page];
                    format!("perhaps {} at {}", page.name, comparison.place(page.place))
                }),
            });
        }
    }

    /// Adds the groups of the objects that the page shows.
    fn groups(&mut self) {
        let comparison = self.comparison;
        for group in &comparison.spec.groups {
            let mut members = group.members.iter();
            if !members.any(|at| comparison.alignment.of_spec(*at).is_some()) {
                continue;
            }
            let same = |page: &&Group| {
                let spec = comparison.spec_group(page);
                spec.is_some_and(|spec| spec.place == group.place)
            };
            let page = comparison.page.groups.iter().find(same);
            let state = match page {
                Some(_) => FactState::Stated,
                None => self.elsewhere(&group.sources),
            };
            let line = page.and_then(|page| page.place.line());
            let names = comparison.spec.names(group).join(", ");
            self.facts.push(Fact {
                subject: comparison.spec.group_subject(group),
                fact: PageFact::Conditions.as_str().to_owned(),
                value: format!("at least one of {names}"),
                place: comparison.place(group.place),
                state,
                lines: line.into_iter().collect(),
                sources: self.tags(&group.sources),
                became: None,
            });
        }
    }

    fn codes(&mut self) {
        let comparison = self.comparison;
        for (at, code) in comparison.spec.codes.iter().enumerate() {
            let pair = comparison
                .alignment
                .codes
                .iter()
                .find(|pair| pair.spec == at);
            let page = pair.map(|pair| &comparison.page.codes[pair.page]);
            self.subject(&Subject {
                path: format!("codes/{}", code.name),
                word: "code",
                value: code.name.clone(),
                place: code.place,
                sources: &code.sources,
                page: page.map(|page| (page.place, &page.facts)),
                spec: &code.facts,
                is_common: code.is_common,
                perhaps: None,
            });
        }
    }

    fn subject(&mut self, subject: &Subject<'_>) {
        let state = match subject.page {
            Some(_) => FactState::Stated,
            None if subject.is_common => FactState::OtherSource,
            None => self.elsewhere(subject.sources),
        };
        let line = subject.page.and_then(|(place, _)| place.line());
        self.facts.push(Fact {
            subject: subject.path.clone(),
            fact: subject.word.to_owned(),
            value: subject.value.clone(),
            place: self.comparison.place(subject.place),
            state,
            lines: line.into_iter().collect(),
            sources: self.tags(subject.sources),
            became: subject.perhaps.clone(),
        });
        let Some((_, page)) = subject.page else {
            return;
        };
        for (fact, claim) in subject.spec.iter() {
            self.claim(&subject.path, fact, claim, page);
        }
    }

    fn claim(&mut self, path: &str, fact: PageFact, claim: &Claim, page: &Facts) {
        let stated = page.get(fact);
        // A fact that follows from the type belongs to the type, unless the page repeats it.
        if stated.is_none() && claim.implied {
            return;
        }
        let difference = self.difference(fact, path);
        let (state, became) = match (stated, difference) {
            (Some(_), None) => (FactState::Stated, None),
            (Some(stated), Some(_)) => {
                let text = format!("the page says {}", stated.value);
                let at = self.comparison.place(stated.place);
                (
                    self.elsewhere(&claim.sources),
                    Some(format!("{text} at {at}")),
                )
            }
            (None, _) => (self.elsewhere(&claim.sources), None),
        };
        // If a dispute records the page's statement, the side that the spec takes has the sources.
        let dispute = difference.and_then(|difference| self.comparison.dispute(difference));
        let taken = dispute.and_then(|dispute| dispute.sides.get(dispute.takes));
        let (state, sources) = match taken {
            Some(side) => (FactState::OtherSource, &side.sources),
            None => (state, &claim.sources),
        };
        let lines = match state {
            FactState::Stated => stated.and_then(|stated| stated.place.line()),
            FactState::OtherSource | FactState::Unsupported => None,
        };
        self.facts.push(Fact {
            subject: path.to_owned(),
            fact: fact.as_str().to_owned(),
            value: claim.value.to_string(),
            place: self.comparison.place(claim.place),
            state,
            lines: lines.into_iter().collect(),
            sources: self.tags(sources),
            became,
        });
    }

    /// Returns the support for a fact that the page does not state.
    fn elsewhere(&self, sources: &SourceIds) -> FactState {
        let page = self.comparison.source;
        let other = sources.iter().any(|source| Some(*source) != page);
        if other || sources.is_empty() {
            FactState::OtherSource
        } else {
            FactState::Unsupported
        }
    }

    fn difference(&self, fact: PageFact, path: &str) -> Option<&Difference> {
        let mut all = self.comparison.differences.iter();
        all.find(|one| one.fact == Some(fact) && one.subject == path)
    }

    fn tags(&self, sources: &SourceIds) -> Vec<String> {
        let named = sources
            .iter()
            .filter_map(|id| self.comparison.api.sources.get(*id));
        named.map(|source| source.tag.clone()).collect()
    }
}
