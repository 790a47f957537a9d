//! Compares result codes.

use super::{Against, Comparing, Sides, stated_value};
use crate::drift::extent::Cut;
use crate::drift::fact_sheet::Code;
use crate::drift::rules;
use crate::drift::value::Value;
use payspec_model::model::PageFact;

impl Comparing<'_> {
    pub(super) fn codes(&mut self) {
        if self.page.codes.is_empty() {
            let is_cut = self.cut.is_some_and(|cut| cut.lacks_code(0));
            let expected = self.spec.whole_table && !is_cut;
            if let Some(first) = self.spec.codes.first().filter(|_| expected) {
                let count = format!("{} codes", self.spec.codes.len());
                let spec = Some(stated_value(&count, first.place));
                self.whole(&rules::TABLE_GONE, "codes", None, spec, &[]);
            }
            return;
        }
        for (at, code) in self.page.codes.iter().enumerate() {
            let subject = format!("codes/{}", code.name);
            let pair = self.alignment.codes.iter().find(|pair| pair.page == at);
            let is_unknown = self.older_cut.is_some_and(|cut| cut.lacks_code(at))
                || self.cut.is_some_and(|cut| cut.halves_code(at));
            if pair.is_none() && is_unknown {
                continue;
            }
            let Some(pair) = pair else {
                let page = Some(stated_value(&status(code), code.place));
                self.whole(&rules::CODE_NEW, &subject, page, None, &[]);
                continue;
            };
            let spec = &self.spec.codes[pair.spec];
            let subject = format!("codes/{}", spec.name);
            let sides = Sides {
                page: &code.facts,
                spec: &spec.facts,
                grouped: false,
            };
            let is_last = at + 1 == self.page.codes.len();
            let is_older_last = pair.spec + 1 == self.spec.codes.len();
            self.incomplete = is_last && self.cut.is_some_and(Cut::is_among_codes)
                || is_older_last && self.older_cut.is_some_and(Cut::is_among_codes);
            self.facts(&subject, sides, &spec.origins);
            self.incomplete = false;
            let sides = [code, spec].map(|code| {
                let action = code.action.as_deref().unwrap_or_default();
                (&code.advice, action, code.place)
            });
            self.unsure(&subject, sides);
            self.http_status(&subject, code, spec);
        }
        for (at, code) in self.spec.codes.iter().enumerate() {
            let matched = self.alignment.codes.iter().any(|pair| pair.spec == at);
            let may_be_missing = code.removed.is_some() || code.is_common;
            let is_cut = self.cut.is_some_and(|cut| cut.lacks_code(at))
                || self.older_cut.is_some_and(|cut| cut.halves_code(at));
            if !matched && !is_cut && !may_be_missing && self.against.cites(&code.sources) {
                let subject = format!("codes/{}", code.name);
                let spec = Some(stated_value(&status(code), code.place));
                self.whole(&rules::CODE_GONE, &subject, None, spec, &code.origins);
            }
        }
    }

    /// Compares the HTTP statuses of two pages.
    fn http_status(&mut self, subject: &str, page: &Code, older: &Code) {
        match self.against {
            Against::Spec { .. } => return,
            Against::Page { .. } => {}
        }
        if page.http_status != older.http_status {
            let side = |code: &Code| {
                let status = code.http_status?;
                Some(stated_value(&status.to_string(), code.place))
            };
            let (page, older) = (side(page), side(older));
            self.whole(&rules::HTTP_STATUS, subject, page, older, &[]);
        }
    }
}

fn status(code: &Code) -> String {
    let status = code.facts.value(PageFact::Status);
    status.map_or_else(|| "no status".to_owned(), Value::to_string)
}
