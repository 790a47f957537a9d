//! The positions of all parts of the diagram.
//!
//! Steps are on the left, one below the other, in an order in which all paths lead down; ends are on
//! the right. A step groups its events by target, so that no text is on a line. A line runs from each
//! list to the lane of its target, and the lane to the target: by construction there is room for
//! everything.

use super::columns::{Lane, lanes};
use super::hue::Hue;
use super::legend::{Ends, Entry, Legend};
use super::markers::{Line, Mark, Markers};
use super::shapes::{Box, CHAR, END_HEIGHT, EndBox, LINE, List, PAD, columns};
use super::words::schedule;
use payspec_model::model::{Api, End, Flow, Role, StateId, Target};

/// Distance between a list and the next one.
const RULE: i32 = 8;

const GAP: i32 = 30;
const TOP: i32 = 28;
const LANE: i32 = 16;

/// Longest line of events, in columns.
const LONGEST: i32 = 48;
/// Longest line of what a step sends, which begins further to the left.
const LONGEST_SENT: i32 = 56;

/// The whole diagram.
pub(super) struct Layout {
    pub(super) boxes: Vec<Box>,
    pub(super) ends: Vec<EndBox>,
    pub(super) lanes: Vec<Lane>,
    /// True if the flow begins at the first step.
    pub(super) starts: bool,
    /// The position of the events in a box, after the names of the targets.
    pub(super) column: i32,
    pub(super) end_left: i32,
    pub(super) end_width: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) legend: Vec<Entry>,
}

impl Layout {
    /// Lays out a flow.
    pub(super) fn new(api: &Api, flow: &Flow, markers: &Markers) -> Layout {
        Self::of(
            stack(api, flow, markers),
            ends_of(flow, markers),
            true,
            words_of,
        )
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
        let starts = first == Some(flow.starts);
        (boxes.len() < whole).then(|| Self::of(boxes, ends, starts, words_of))
    }

    /// Lays out steps and ends that have no positions yet.
    pub(super) fn of(
        mut boxes: Vec<Box>,
        mut ends: Vec<EndBox>,
        starts: bool,
        words: Ends,
    ) -> Layout {
        let longest = |texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| columns(text)).max().unwrap_or(0)
        };
        let lists = || boxes.iter().flat_map(|one| &one.lists);
        let column = PAD + CHAR * (longest(&mut lists().map(|list| &list.name)) + 2);
        // A box is as wide as its text, so that a long line of one step does not widen all of them.
        for one in &mut boxes {
            let lines = one.lists.iter().flat_map(|list| &list.lines);
            let lines = longest(&mut lines.map(|line| &line.text));
            // Names of states have a larger font.
            let name = columns(&one.name) * 6 / 5 + 1;
            let head = name.max(longest(&mut one.sends.iter()));
            let lists = if one.lists.is_empty() {
                0
            } else {
                column + CHAR * lines
            };
            one.right = lists.max(PAD + CHAR * head) + PAD;
        }
        let box_right = boxes.iter().map(|one| one.right).max().unwrap_or(0);
        let bottom = place(&mut boxes);
        place_ends(&mut ends, &boxes);
        let lanes = lanes(&boxes, &ends, box_right, LANE);
        let end_left = box_right + LANE * (lanes.len() as i32 + 2);
        // An end with points has less room for its name.
        let end_width =
            END_HEIGHT + CHAR * (longest(&mut ends.iter().map(|end| &end.name)) * 6 / 5 + 1);
        let lowest = ends.iter().map(|end| end.y + END_HEIGHT / 2).max();
        let width = end_left + end_width + 2;
        let height = bottom.max(lowest.unwrap_or(0)) + 2;
        let legend = Legend::of(&boxes, &ends, starts, words).place(width, height);
        Layout {
            column,
            end_left,
            end_width,
            width: legend.width,
            height: legend.height,
            boxes,
            ends,
            lanes,
            starts,
            legend: legend.entries,
        }
    }

    /// Describes the diagram for those who do not see it.
    pub(super) fn description(&self) -> String {
        let steps: Vec<&str> = self.boxes.iter().map(|one| one.name.as_str()).collect();
        let ends: Vec<&str> = self.ends.iter().map(|end| end.name.as_str()).collect();
        let ends = match ends.is_empty() {
            true => String::new(),
            false => format!(" Ends: {}.", ends.join(", ")),
        };
        format!("Steps: {}.{ends}", steps.join(", "))
    }

    /// Returns the colour of lines to a state.
    pub(super) fn hue_of(&self, state: StateId) -> Hue {
        let end = self.ends.iter().find(|end| end.state == state);
        end.map_or(Hue::Text, |end| end.hue)
    }
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
            sends: folded(&format!("sends {} {}", step.send, schedule(step))),
            lists: lists.collect(),
            y: 0,
            right: 0,
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
        y = one.head();
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
            mark: markers.state(&state.name),
            hue: hue(end),
            y: 0,
        }),
    });
    ends.collect()
}

fn hue(end: End) -> Hue {
    match end {
        End::Paid | End::Refunded => Hue::Good,
        End::Unpaid | End::RefundFailed => Hue::Bad,
        End::Cancelled => Hue::Calm,
        End::Escalated => Hue::Warn,
    }
}

/// Returns the words of the legend for an end of this colour.
fn words_of(hue: Hue) -> &'static str {
    match hue {
        Hue::Good => "end: it succeeded",
        Hue::Bad => "end: it failed",
        Hue::Calm | Hue::Text => "end: it was cancelled",
        Hue::Warn => "end: people find out",
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

/// Breaks a sentence between words.
pub(super) fn folded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(last) if columns(last) + 1 + columns(word) <= LONGEST_SENT => {
                last.push(' ');
                last.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Breaks a line of events after a comma, so that an outcome and its code stay together.
pub(super) fn wrap(line: Line) -> Vec<Line> {
    let mut lines: Vec<String> = Vec::new();
    for part in line.text.split_inclusive(", ") {
        match lines.last_mut() {
            Some(last) if columns(last) + columns(part.trim_end()) <= LONGEST => {
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
