//! Compares what pages and specs advise after a result.

use super::{Against, Comparing, Difference, Sides, stated_value};
use crate::Advice;
use crate::drift::extent::Cut;
use crate::drift::letters::letters;
use crate::drift::place::Place;
use crate::drift::rules;
use payspec_model::model::PageFact;

impl Comparing<'_> {
    /// Compares what the statuses mean. A spec has it in the decisions, also where no page says it.
    pub(super) fn logic(&mut self) {
        let of_page = matches!(self.against, Against::Page { .. });
        let (page, spec) = (self.page, self.spec);
        for logic in &page.logic {
            let subject = logic.subject();
            let Some(other) = spec.logic.iter().find(|one| one.status == logic.status) else {
                if of_page && !self.older_cut.is_some_and(Cut::lacks_logic) {
                    let stated = Some(stated_value(&logic.words, logic.place));
                    self.whole(&rules::LOGIC, &subject, stated, None, &[]);
                }
                continue;
            };
            let step = PageFact::NextStep;
            if of_page {
                let sides = Sides {
                    page: &logic.facts,
                    spec: &other.facts,
                    grouped: false,
                };
                self.facts(&subject, sides, &other.origins);
            } else if let (Some(page), Some(spec)) = (logic.facts.get(step), other.facts.get(step))
                && !self.against.agree(&page.value, &spec.value)
            {
                self.fact(&subject, step, Some(page), Some(spec), &other.origins);
            }
            let sides = [logic, other].map(|one| (&one.advice, one.words.as_str(), one.place));
            self.unsure(&subject, sides);
        }
        let is_cut = self.cut.is_some_and(Cut::lacks_logic);
        let known = |status: &str| page.logic.iter().any(|one| one.status == status);
        for logic in spec
            .logic
            .iter()
            .filter(|one| of_page && !known(&one.status) && !is_cut)
        {
            let stated = Some(stated_value(&logic.words, logic.place));
            self.whole(&rules::LOGIC, &logic.subject(), None, stated, &[]);
        }
    }

    /// Compares the words of two pages whose advice is not understood.
    pub(super) fn unsure(&mut self, subject: &str, [page, spec]: [(&Advice, &str, Place); 2]) {
        let Against::Page {
            same_language: true,
            ..
        } = self.against
        else {
            return;
        };
        let unsure = !page.0.is_sure() || !spec.0.is_sure();
        let is_reported =
            |one: &Difference| one.fact == Some(PageFact::NextStep) && one.subject == subject;
        if unsure && !self.found.iter().any(is_reported) && letters(page.1) != letters(spec.1) {
            let side = |words: &str, place| Some(stated_value(words, place));
            let (page, spec) = (side(page.1, page.2), side(spec.1, spec.2));
            self.whole(&rules::ADVICE_WORDS, subject, page, spec, &[]);
        }
    }
}
