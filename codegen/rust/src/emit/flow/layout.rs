//! The positions of all parts of the diagram.
//!
//! Steps are on the left, one below the other, in an order in which all paths lead down; ends are on
//! the right. A step groups its events by target, so that no text is on a line. A line runs from each
//! list to the lane of its target, and the lane to the target: by construction there is room for
//! everything.

use super::columns::{Lane, lanes};
use super::markers::{Line, Mark, Markers};
use super::words::schedule;
use payspec_model::model::{Api, End, Flow, Role, StateId, Target};

/// Width of a character in pixels, in any monospaced font of size 11.
pub(super) const CHAR: i32 = 7;
/// The colour of the surrounding text.
pub(super) const TEXT: &str = "currentColor";
/// Height of a line of text.
pub(super) const LINE: i32 = 16;
pub(super) const PAD: i32 = 10;
/// Distance between a list and the next one.
const RULE: i32 = 8;
const HEAD: i32 = 48;
const GAP: i32 = 30;
const TOP: i32 = 28;
const LANE: i32 = 16;
pub(super) const END_HEIGHT: i32 = 30;
/// Longest line of events, in characters.
const LONGEST: usize = 50;

/// A step with its lists.
pub(super) struct Box {
    pub(super) state: StateId,
    pub(super) name: String,
    pub(super) mark: Option<Mark>,
    pub(super) sends: String,
    pub(super) lists: Vec<List>,
    pub(super) y: i32,
    pub(super) height: i32,
}

/// The events of a step that have one target.
pub(super) struct List {
    pub(super) target: Target,
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
    /// The position of its first line; a line to the target starts at the same height.
    pub(super) y: i32,
}

/// An end.
pub(super) struct EndBox {
    pub(super) state: StateId,
    pub(super) name: String,
    pub(super) colour: &'static str,
    /// The height of its middle.
    pub(super) y: i32,
}

/// The whole diagram.
pub(super) struct Layout {
    pub(super) boxes: Vec<Box>,
    pub(super) ends: Vec<EndBox>,
    pub(super) lanes: Vec<Lane>,
    /// True if the flow begins at the first step.
    pub(super) starts: bool,
    /// Right side of the steps; their left side is at 1.
    pub(super) box_right: i32,
    /// The position of the events in a box, after the names of the targets.
    pub(super) column: i32,
    pub(super) end_left: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Layout {
    /// Lays out a flow.
    pub(super) fn new(api: &Api, flow: &Flow, markers: &Markers) -> Layout {
        Self::of(stack(api, flow, markers), ends_of(flow, markers))
    }

    /// Lays out the marked parts of a flow: the steps with a mark, and the targets of marked events.
    /// [`None`] if nothing is marked, or if nothing can be left out.
    pub(super) fn of_marked(api: &Api, flow: &Flow, markers: &Markers) -> Option<Layout> {
        let all = stack(api, flow, markers);
        let marked = all.iter().filter(|one| one.is_marked());
        let lists = marked.clone().flat_map(|one| &one.lists);
        let reached: Vec<Target> = lists
            .filter(|list| list.is_marked())
            .map(|list| list.target)
            .collect();
        if marked.count() == 0 {
            return None;
        }
        let is_reached = |state| reached.contains(&Target::State(state));
        let whole = all.len();
        let boxes: Vec<Box> = all
            .into_iter()
            .filter(|one| one.is_marked() || is_reached(one.state))
            .map(|mut one| {
                if !one.is_marked() {
                    one.lists.clear();
                }
                one
            })
            .collect();
        let mut ends = ends_of(flow, markers);
        ends.retain(|end| is_reached(end.state));
        let first = boxes.first().map(|one| one.state);
        (boxes.len() < whole).then(|| Layout {
            starts: first == Some(flow.starts),
            ..Self::of(boxes, ends)
        })
    }

    /// Lays out steps and ends that have no positions yet.
    pub(super) fn of(mut boxes: Vec<Box>, mut ends: Vec<EndBox>) -> Layout {
        let longest = |texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| columns(text)).max().unwrap_or(0)
        };
        let lists = || boxes.iter().flat_map(|one| &one.lists);
        let column = PAD + CHAR * (longest(&mut lists().map(|list| &list.name)) + 2);
        let lines = longest(&mut lists().flat_map(|list| list.lines.iter().map(|line| &line.text)));
        // Names of states have a larger font.
        let names = longest(&mut boxes.iter().map(|one| &one.name)) * 6 / 5 + 1;
        let sends = longest(&mut boxes.iter().map(|one| &one.sends));
        let inner = (column + CHAR * lines).max(PAD + CHAR * names.max(sends));
        let box_right = inner + PAD;
        let bottom = place(&mut boxes);
        place_ends(&mut ends, &boxes);
        let lanes = lanes(&boxes, &ends, box_right, LANE);
        let end_left = box_right + LANE * (lanes.len() as i32 + 2);
        let end_width =
            2 * PAD + CHAR * (longest(&mut ends.iter().map(|end| &end.name)) * 6 / 5 + 1);
        let lowest = ends.iter().map(|end| end.y + END_HEIGHT / 2).max();
        Layout {
            column,
            box_right,
            end_left,
            width: end_left + end_width + 1,
            height: bottom.max(lowest.unwrap_or(0)) + 2,
            boxes,
            ends,
            lanes,
            starts: true,
        }
    }

    /// Returns the colour of lines to a state.
    pub(super) fn colour_of(&self, state: StateId) -> &'static str {
        let end = self.ends.iter().find(|end| end.state == state);
        end.map_or(TEXT, |end| end.colour)
    }
}

impl List {
    fn is_marked(&self) -> bool {
        self.lines.iter().any(|line| line.mark.is_some())
    }
}

impl Box {
    fn is_marked(&self) -> bool {
        self.mark.is_some() || self.lists.iter().any(List::is_marked)
    }

    /// Returns the height at which lines to the step arrive.
    pub(super) fn entry(&self) -> i32 {
        self.y + HEAD / 2
    }

    /// Returns the height below the names.
    pub(super) fn head(&self) -> i32 {
        self.y + HEAD
    }
}

/// Returns the number of characters of a text.
pub(super) fn columns(text: &str) -> i32 {
    i32::try_from(text.chars().count()).unwrap_or(i32::MAX / 64)
}

/// Returns the steps in an order in which all paths lead down, each with its lists, without positions.
fn stack(api: &Api, flow: &Flow, markers: &Markers) -> Vec<Box> {
    let mut steps: Vec<_> = flow.steps().collect();
    let mut boxes = Vec::new();
    while !steps.is_empty() {
        // Take the first step that no remaining one leads to. In a cycle, which a sound flow does not
        // have, just take the first.
        let free = steps.iter().position(|(id, _, _)| {
            let mut others = steps.iter().filter(|(other, _, _)| other != id);
            !others.any(|(_, _, step)| step.rows.iter().any(|row| row.target == Target::State(*id)))
        });
        let (state, named, step) = steps.remove(free.unwrap_or(0));
        let groups = markers.lines(api, flow, &named.name, step).into_iter();
        let lists = groups.map(|(target, lines)| List {
            target,
            name: flow.target_name(target).to_owned(),
            lines: lines.into_iter().flat_map(wrap).collect(),
            y: 0,
        });
        let mark = markers.state(&named.name);
        boxes.push(Box {
            state,
            name: signed(&named.name, mark),
            mark,
            sends: format!("sends {} {}", step.send, schedule(step)),
            lists: lists.collect(),
            y: 0,
            height: 0,
        });
    }
    boxes
}

/// Places the boxes below each other; returns the bottom of the last one.
fn place(boxes: &mut [Box]) -> i32 {
    let mut y = TOP;
    for one in boxes {
        one.y = y;
        y += HEAD;
        for list in &mut one.lists {
            y += RULE;
            list.y = y + LINE / 2;
            y += LINE * list.lines.len() as i32;
        }
        y += RULE;
        one.height = y - one.y;
        y += GAP;
    }
    y - GAP
}

/// Returns the ends of a flow, without positions.
fn ends_of(flow: &Flow, markers: &Markers) -> Vec<EndBox> {
    let states = flow.states.iter().enumerate();
    let ends = states.filter_map(|(index, state)| match state.role {
        Role::Step(_) => None,
        Role::End(end) => Some(EndBox {
            state: StateId(index),
            name: signed(&state.name, markers.state(&state.name)),
            colour: colour(end),
            y: 0,
        }),
    });
    ends.collect()
}

/// Returns a colour that is visible on white and on dark grey.
fn colour(end: End) -> &'static str {
    match end {
        End::Paid | End::Refunded => "#2f9e50",
        End::Unpaid | End::RefundFailed => "#dd5566",
        End::Cancelled => "#4a8fe0",
        End::Escalated => "#d9780f",
    }
}

/// Puts each end at the middle height of the lists that lead to it.
fn place_ends(ends: &mut [EndBox], boxes: &[Box]) {
    for end in ends.iter_mut() {
        let lists = boxes.iter().flat_map(|one| &one.lists);
        let sources = lists.filter(|list| list.target == Target::State(end.state));
        let heights: Vec<i32> = sources.map(|list| list.y).collect();
        end.y = heights.iter().sum::<i32>() / heights.len().max(1) as i32;
    }
    ends.sort_by_key(|end| end.y);
    let ports: Vec<i32> = boxes
        .iter()
        .flat_map(|one| one.lists.iter().map(|list| list.y).chain([one.entry()]))
        .collect();
    let mut free = TOP + END_HEIGHT / 2;
    for end in ends {
        end.y = end.y.max(free);
        // Two lines at one height would look like a single one.
        while ports.iter().any(|port| (port - end.y).abs() < 4) {
            end.y += 1;
        }
        free = end.y + END_HEIGHT + RULE;
    }
}

/// Returns the name of a state, with the sign of its mark.
pub(super) fn signed(name: &str, mark: Option<Mark>) -> String {
    match mark {
        None => name.to_owned(),
        Some(mark) => format!("{} {name}", mark.sign),
    }
}

/// Breaks a line of events after a comma, so that an outcome and its code stay together.
pub(super) fn wrap(line: Line) -> Vec<Line> {
    let mut lines: Vec<String> = Vec::new();
    for part in line.text.split_inclusive(", ") {
        match lines.last_mut() {
            Some(last) if last.chars().count() + part.trim_end().chars().count() <= LONGEST => {
                last.push_str(part);
            }
            Some(_) => lines.push(format!("  {part}")),
            None => lines.push(part.to_owned()),
        }
    }
    lines
        .iter()
        .map(|text| Line {
            text: text.trim_end().to_owned(),
            mark: line.mark,
        })
        .collect()
}
