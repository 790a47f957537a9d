//! One step and what it can come to, in the form of the states of a flow.

use super::diagram::drawn;
use super::layout::{Box, EndBox, Layout, List, signed, wrap};
use super::marks::{Line, Mark};
use crate::model::{StateId, Target};

/// A step with its ways.
pub(crate) struct Fan {
    /// What the drawing shows.
    pub(crate) title: String,
    /// The name of the step.
    pub(crate) name: String,
    /// What it does.
    pub(crate) does: String,
    /// What it can come to.
    pub(crate) ways: Vec<Way>,
}

/// Something that a step can come to.
pub(crate) struct Way {
    /// What it is called.
    pub(crate) to: String,
    pub(crate) colour: &'static str,
    pub(crate) mark: Option<Mark>,
    /// What leads there. A sign stands before what is marked.
    pub(crate) lines: Vec<(String, Option<Mark>)>,
}

impl Fan {
    /// The SVG, as that of a flow: inline, without an empty line.
    pub(crate) fn svg(&self) -> String {
        let ways = || self.ways.iter().enumerate();
        let lists = ways().map(|(at, way)| List {
            target: Target::State(StateId(at)),
            name: way.to.clone(),
            lines: way
                .lines
                .iter()
                .flat_map(|(text, mark)| {
                    wrap(Line {
                        text: signed(text, *mark),
                        mark: *mark,
                    })
                })
                .collect(),
            y: 0,
        });
        let step = Box {
            state: StateId(self.ways.len()),
            name: self.name.clone(),
            mark: None,
            sends: self.does.clone(),
            lists: lists.collect(),
            y: 0,
            height: 0,
        };
        let ends = ways().map(|(at, way)| EndBox {
            state: StateId(at),
            name: signed(&way.to, way.mark),
            colour: way.colour,
            y: 0,
        });
        drawn(&Layout::of(vec![step], ends.collect()), &self.title)
    }
}
