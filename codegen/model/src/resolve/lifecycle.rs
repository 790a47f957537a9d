//! The dates at which something came and goes: dates, deprecations, removals.

use payspec_runtime::rules;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format;
use crate::model::{Deprecated, Since};
use crate::source::At;

impl Context<'_> {
    pub(super) fn since(&mut self, since: Option<&format::Since>, at: At<'_>) -> Option<Since> {
        let since = since?;
        let at = at.at("since");
        self.date(&since.date, at.at("date"));
        self.sources(since.source.as_ref(), at, &Cited::default());
        Some(Since {
            date: since.date.clone(),
            note: since.note.clone(),
        })
    }

    pub(super) fn deprecated(
        &mut self,
        deprecated: Option<&format::Deprecated>,
        at: At<'_>,
    ) -> Option<Deprecated> {
        let deprecated = deprecated?;
        let at = at.at("deprecated");
        if let Some(date) = &deprecated.date {
            self.date(date, at.at("date"));
        }
        if let Some(sunset) = &deprecated.sunset {
            self.date(sunset, at.at("sunset"));
            let date = deprecated.date.as_deref().unwrap_or_default();
            if is_date(sunset) && is_date(date) && is_before(sunset, date) {
                let message = format!("the sunset `{sunset}` is before the deprecation `{date}`");
                self.report(
                    Diagnostic::new(&codes::BAD_DATE, message)
                        .at(at.at("sunset").span(), "expected a later date")
                        .also(at.at("date").span(), "deprecated here"),
                );
            }
        }
        self.sources(deprecated.source.as_ref(), at, &Cited::default());
        Some(Deprecated {
            reason: deprecated.reason.clone(),
            replacement: deprecated.replacement.clone(),
            date: deprecated.date.clone(),
            sunset: deprecated.sunset.clone(),
        })
    }

    /// Checks a removal; returns whether there is one.
    pub(super) fn removed(&mut self, removed: Option<&format::Removed>, at: At<'_>) -> bool {
        let Some(removed) = removed else { return false };
        let at = at.at("removed");
        self.date(&removed.date, at.at("date"));
        self.sources(removed.source.as_ref(), at, &Cited::default());
        true
    }

    fn date(&mut self, date: &str, at: At<'_>) {
        if !is_date(date) {
            self.report(
                Diagnostic::new(&codes::BAD_DATE, format!("invalid date `{date}`"))
                    .at(at.span(), "expected YYYY-MM-DD or YYYY-MM"),
            );
        }
    }
}

/// Returns whether a text is `YYYY-MM` or `YYYY-MM-DD`, of a day that exists.
fn is_date(text: &str) -> bool {
    let day = match text.len() {
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    rules::date(&day)
}

/// Returns whether a day or month is before another one. A month is not before a day in it.
fn is_before(one: &str, other: &str) -> bool {
    let length = one.len().min(other.len());
    matches!((one.get(..length), other.get(..length)), (Some(one), Some(other)) if one < other)
}
