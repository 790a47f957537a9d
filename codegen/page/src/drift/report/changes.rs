//! Compares two copies of a page.

use super::{Change, Changes, Copy, PageInfo, Statement, VERSION, matches};
use crate::drift::align::Alignment;
use crate::drift::compare::{Against, Difference, StatedValue, compare};
use crate::drift::extent::{Compared, Cut};
use crate::drift::fact_sheet::FactSheet;
use crate::drift::find::{self, FindError};
use crate::drift::from_page;
use crate::drift::place::Place;
use crate::drift::rules::{Level, NOT_UNDERSTOOD, WORDING};
use crate::drift::same_operation::same_operation;
use crate::drift::wording::{self, changed_lines};
use crate::{Page, Section};

impl Changes {
    /// Returns its JSON Schema (draft-07).
    pub fn schema() -> serde_json::Value {
        payspec_model::format::printed::<Changes>()
    }

    /// Compares a newer copy of a page with an older one.
    ///
    /// # Errors
    ///
    /// Returns an error if one of them describes no operation.
    pub fn new(old: Copy<'_>, new: Copy<'_>) -> Result<Self, FindError> {
        let (older, newer) = (find::described(old.page)?, find::described(new.page)?);
        same_operation(older, newer)?;
        let older = from_page::of_copy(old.page, older);
        let newer = from_page::of_copy(new.page, newer);
        let alignment = Alignment::new(&newer, &older);
        let same_language = old.page.language == new.page.language;
        let against = Against::Page { same_language };
        let mut differences = compare(&newer, &older, &alignment, against);
        if same_language {
            let words = wording(
                [old.page, new.page],
                [&older, &newer],
                &alignment,
                &differences,
            );
            differences.extend(words);
        }
        let statement = |copy: Copy<'_>, stated: &StatedValue| Statement {
            value: stated.value.clone(),
            place: format!("{}:{}", copy.name, stated.place.line().unwrap_or_default()),
        };
        let changes = differences.iter().map(|difference| Change {
            rule: difference.rule.id,
            level: difference.level,
            subject: difference.subject.clone(),
            fact: difference.fact,
            title: difference.rule.change,
            old: difference
                .spec
                .as_ref()
                .map(|stated| statement(old, stated)),
            new: difference
                .page
                .as_ref()
                .map(|stated| statement(new, stated)),
            perhaps: difference.perhaps.clone(),
        });
        Ok(Changes {
            version: VERSION,
            old: PageInfo::of(old),
            new: PageInfo::of(new),
            matches: matches(new.name, &newer, &older, &alignment),
            compared: Compared::new(&newer, &older, &alignment),
            changes: changes.collect(),
        })
    }

    /// Returns whether more than words changed.
    pub fn is_change(&self) -> bool {
        self.changes.iter().any(|change| change.level > Level::Note)
    }
}

/// Returns the differences of lines that state no fact, or none that is understood.
fn wording(
    [old, new]: [&Page; 2],
    [older, newer]: [&FactSheet; 2],
    alignment: &Alignment,
    differences: &[Difference],
) -> Vec<Difference> {
    let cuts = [
        (older, Cut::of_page(newer, older, alignment)),
        (newer, Cut::of_older(newer, older, alignment)),
    ];
    let is_behind = |side: wording::Side, subject: &str, section: Section| {
        let (sheet, cut) = match side {
            wording::Side::Old => &cuts[0],
            wording::Side::New => &cuts[1],
        };
        cut.is_some_and(|cut| cut.is_behind(sheet, subject, section))
    };
    let lines = changed_lines(old, new, differences, is_behind);
    let differences = lines.into_iter().map(|line| {
        let stated = |side: Option<(String, u32)>| {
            side.map(|(value, line)| StatedValue {
                value,
                place: Place::Line(line),
            })
        };
        let rule = if line.open { &NOT_UNDERSTOOD } else { &WORDING };
        Difference {
            rule,
            level: rule.level,
            subject: line.subject,
            fact: None,
            page: stated(line.new),
            spec: stated(line.old),
            origins: Vec::new(),
            perhaps: None,
        }
    });
    differences.collect()
}
