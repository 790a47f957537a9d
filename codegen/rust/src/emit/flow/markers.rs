//! The marks in a drawing.

use std::collections::BTreeMap;

use super::hue::Hue;
use super::words::{Group, groups};
use payspec_model::model::{Api, Flow, Step, Target};

/// A mark of a part: a sign before it, a colour with the same meaning, and the word that explains both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The sign.
    pub sign: char,
    /// The colour.
    pub hue: Hue,
    /// The word in the legend.
    pub word: &'static str,
}

/// The marked states and events of a flow, by their names.
#[derive(Debug, Default)]
pub struct Markers {
    /// States, by name.
    pub states: BTreeMap<String, Mark>,
    /// Events, by the names of the state and the event.
    pub events: BTreeMap<(String, String), Mark>,
}

/// A line of events.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) mark: Option<Mark>,
}

impl Markers {
    /// Returns the mark of a state.
    pub(super) fn state(&self, name: &str) -> Option<Mark> {
        self.states.get(name).copied()
    }

    /// Returns the events of a step by target, as lines; marked events are on separate lines after the
    /// others.
    pub(super) fn lines(
        &self,
        api: &Api,
        flow: &Flow,
        state: &str,
        step: &Step,
    ) -> Vec<(Target, Vec<Line>)> {
        let mark = |event: &str| {
            self.events
                .get(&(state.to_owned(), event.to_owned()))
                .copied()
        };
        let mut rest = step.clone();
        rest.rows.retain(|row| mark(&row.event.name()).is_none());
        let rest = groups(api, flow, &rest);
        let all = groups(api, flow, step).into_iter();
        all.map(|Group { target, lines: _ }| {
            let same = rest.iter().filter(|group| group.target == target);
            let same = same.flat_map(|group| &group.lines).map(|text| Line {
                text: text.clone(),
                mark: None,
            });
            let marked = step.rows.iter().filter(|row| row.target == target);
            let marked = marked.filter_map(|row| {
                let event = row.event.name();
                let mark = mark(&event)?;
                Some(Line {
                    text: format!("{} {event}", mark.sign),
                    mark: Some(mark),
                })
            });
            (target, same.chain(marked).collect())
        })
        .collect()
    }
}
