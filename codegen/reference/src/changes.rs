//! The changes since another revision, by the place that changed.

use std::collections::BTreeMap;

use payspec_model::model::Model;
use payspec_review::{Item, Level, Location, Report, findings};

use crate::Since;

/// The changes since another revision.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// The name of the revision; [`None`] without a comparison.
    pub(crate) since: Option<String>,
    /// The changes, the worst first.
    pub(crate) all: Vec<Change>,
    by_place: BTreeMap<Location, Vec<usize>>,
}

/// A change.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) level: Level,
    pub(crate) title: &'static str,
    pub(crate) rule: String,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    /// The places of messages, and then of types.
    pub(crate) places: Vec<Location>,
}

impl Changes {
    /// Compares a model with that of a revision.
    pub(crate) fn of(model: &Model, since: Option<Since<'_>>) -> Self {
        let Some(Since { name, model: old }) = since else {
            return Changes::default();
        };
        // The report has the values in the form that readers may see; the findings have the places.
        let mut report = Report::new(old, model);
        let mut values: BTreeMap<String, _> = report
            .findings
            .drain(..)
            .map(|entry| (entry.fingerprint, (entry.old, entry.new)))
            .collect();
        let mut changes = Changes {
            since: Some(name.to_owned()),
            ..Changes::default()
        };
        for finding in findings(old, model) {
            let (old, new) = values.remove(&finding.fingerprint()).unwrap_or_default();
            let number = changes.all.len();
            let places: Vec<Location> = [&finding.places[..], &finding.types[..]].concat();
            for place in &places {
                let at = changes.by_place.entry(place.clone()).or_default();
                if !at.contains(&number) {
                    at.push(number);
                }
            }
            changes.all.push(Change {
                level: finding.level(),
                title: finding.rule.title,
                rule: finding.rule.id(),
                old: old.map(|value| value.value),
                new: new.map(|value| value.value),
                places,
            });
        }
        changes
    }

    /// Returns the changes of an item.
    pub(crate) fn at(&self, api: &str, operation: Option<&str>, subject: Item) -> Vec<&Change> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let place = Location {
            api: api.to_owned(),
            operation: operation.map(str::to_owned),
            subject,
        };
        let numbers = self.by_place.get(&place).into_iter().flatten();
        numbers.map(|number| &self.all[*number]).collect()
    }

    /// Returns the number of changes in an operation.
    pub(crate) fn count_in(&self, api: &str, operation: &str) -> usize {
        let inside =
            |place: &Location| place.api == api && place.operation.as_deref() == Some(operation);
        let changes = self.all.iter();
        changes
            .filter(|change| change.places.iter().any(inside))
            .count()
    }
}
