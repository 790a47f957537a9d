//! Judges lines above the parameters, conditions, and lines about result statuses.

use super::{Fate, Judge, NOT_UNDERSTOOD};
use crate::Aspect;
use crate::drift::align::Pair;
use crate::drift::condition::Test;
use crate::drift::fact_sheet::Logic;
use crate::drift::from_page;
use crate::drift::groups;
use crate::drift::place::Place;
use payspec_model::model::PageFact;

impl Judge<'_, '_> {
    /// Judges one condition. One in words is captured by a condition in words that cites the page.
    pub(super) fn condition(&self, pair: Pair, stated: &crate::Condition) -> Fate {
        let comparison = self.comparison;
        let (page, spec) = (&comparison.page, &comparison.spec);
        let mut read = from_page::condition(stated);
        if let Some(group) = groups::group(page, pair.page, &read) {
            return match comparison.spec_group(&group) {
                Some(same) => Fate::Stated(same.place),
                None => self.unstated(&page.group_subject(&group)),
            };
        }
        if matches!(read.test, Test::Group(_)) {
            read.test = Test::Words;
        }
        let field = &spec.fields[pair.spec];
        match comparison.counterpart(&read, pair.spec) {
            Some(same) => Fate::Stated(same.place),
            None => self.unstated(&field.path),
        }
    }

    /// Judges a condition that the spec lacks.
    fn unstated(&self, subject: &str) -> Fate {
        let why = "the spec does not have this condition".to_owned();
        let Some(difference) = self.difference(PageFact::Conditions, subject) else {
            return Fate::Differs(why);
        };
        let dispute = self.comparison.dispute(difference);
        let place = difference.spec.as_ref().map(|stated| stated.place);
        match (dispute, place) {
            (Some(dispute), Some(place)) => Fate::Known(place, dispute.id.clone()),
            (Some(_) | None, _) => Fate::Differs(why),
        }
    }

    /// Judges a line above the parameters.
    pub(super) fn head(&self, aspect: Aspect) -> Fate {
        let endpoints = (
            &self.comparison.page.endpoint,
            &self.comparison.spec.endpoint,
        );
        match aspect {
            Aspect::Title | Aspect::Date | Aspect::Purpose => {
                Fate::Stated(Place::Spec(self.comparison.operation.origin))
            }
            Aspect::Method => self.fact(PageFact::Method, "endpoint", endpoints.0, endpoints.1),
            Aspect::Path => self.fact(PageFact::Path, "endpoint", endpoints.0, endpoints.1),
            Aspect::Introduction
            | Aspect::Endpoints
            | Aspect::Name
            | Aspect::Type
            | Aspect::Required
            | Aspect::MinLength
            | Aspect::MaxLength
            | Aspect::Range
            | Aspect::MinItems
            | Aspect::MaxItems
            | Aspect::MultipleOf
            | Aspect::UniqueItems
            | Aspect::Format
            | Aspect::Values
            | Aspect::Default
            | Aspect::Conditions
            | Aspect::Idempotency
            | Aspect::Deprecated
            | Aspect::Description
            | Aspect::Notes
            | Aspect::Children
            | Aspect::Code
            | Aspect::Status
            | Aspect::HttpStatus
            | Aspect::Message
            | Aspect::Action
            | Aspect::Text
            | Aspect::Gutter => Fate::Prose,
        }
    }

    /// Judges a line about result statuses.
    pub(super) fn logic(&self, stated: &crate::StatusLogic) -> Fate {
        let mut place = None;
        if !stated.advice.is_sure() {
            return Fate::Differs(NOT_UNDERSTOOD.to_owned());
        }
        for status in &stated.statuses {
            let same = |one: &&Logic| one.status == *status;
            let (page, spec) = (&self.comparison.page.logic, &self.comparison.spec.logic);
            let (Some(page), Some(spec)) = (page.iter().find(same), spec.iter().find(same)) else {
                return Fate::Differs("the spec does not decide this status".to_owned());
            };
            match self.fact(
                PageFact::NextStep,
                &spec.subject(),
                &page.facts,
                &spec.facts,
            ) {
                Fate::Stated(_) | Fate::Prose => place = place.or(Some(spec.place)),
                other => return other,
            }
        }
        place.map_or(Fate::Prose, Fate::Stated)
    }
}
