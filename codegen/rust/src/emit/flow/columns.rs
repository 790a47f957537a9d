//! The lanes between steps and ends: one for each target state, in the order with the fewest crossings.

use super::shapes::{Box, EndBox};
use payspec_model::model::{StateId, Target};

/// A vertical line that gathers all lines to one state.
#[derive(Clone)]
pub(super) struct Lane {
    pub(super) target: StateId,
    pub(super) x: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
    /// The places, in a box, from which lines come in.
    pub(super) ports: Vec<(i32, i32)>,
    /// The height at which it continues to its target.
    pub(super) exit: i32,
    /// The side of the target at which it arrives.
    pub(super) to_x: i32,
    /// True if the target is on the right.
    pub(super) to_end: bool,
}

/// Largest number of lanes for which all orders are tried; more would take too long.
const MOST: usize = 7;

/// Returns all lanes.
pub(super) fn lanes(boxes: &[Box], ends: &[EndBox], left: i32, distance: i32) -> Vec<Lane> {
    let mut found = Vec::new();
    let steps = boxes.iter().map(|one| one.state);
    let mut states: Vec<StateId> = steps.chain(ends.iter().map(|end| end.state)).collect();
    states.sort_unstable();
    for target in states {
        let lists = boxes
            .iter()
            .flat_map(|one| one.lists.iter().map(|list| (one.right, list)));
        let lists = lists.filter(|(_, list)| list.target == Target::State(target));
        let ports: Vec<(i32, i32)> = lists.map(|(right, list)| (right, list.y)).collect();
        let end = ends.iter().find(|end| end.state == target);
        let step = boxes.iter().find(|one| one.state == target);
        let Some(exit) = end.map(|end| end.y).or(step.map(Box::entry)) else {
            continue;
        };
        let heights = || ports.iter().map(|(_, y)| *y).chain([exit]);
        if let (false, Some(top), Some(bottom)) =
            (ports.is_empty(), heights().min(), heights().max())
        {
            found.push(Lane {
                target,
                x: 0,
                top,
                bottom,
                ports,
                exit,
                // Ends are to the right of all lanes, whose number is not known yet.
                to_x: step.map_or(0, |step| step.right),
                to_end: end.is_some(),
            });
        }
    }
    let order = best_order(&found);
    let lanes = order.iter().enumerate().map(|(place, index)| Lane {
        x: left + distance * (place as i32 + 1),
        ..found[*index].clone()
    });
    lanes.collect()
}

/// Returns the order with the fewest crossings; of several, the first one.
fn best_order(lanes: &[Lane]) -> Vec<usize> {
    // Lanes to steps first: they turn back to the left.
    let mut order: Vec<usize> = (0..lanes.len()).collect();
    order.sort_by_key(|index| lanes[*index].to_end);
    if lanes.len() > MOST {
        return order;
    }
    let mut best = (crossings(lanes, &order), order.clone());
    permute(&mut order, 0, &mut |order| {
        let count = crossings(lanes, order);
        if count < best.0 {
            best = (count, order.to_vec());
        }
    });
    best.1
}

fn permute(order: &mut Vec<usize>, start: usize, visit: &mut impl FnMut(&[usize])) {
    if start == order.len() {
        return visit(order);
    }
    for index in start..order.len() {
        order.swap(start, index);
        permute(order, start + 1, visit);
        order.swap(start, index);
    }
}

/// Counts the crossings of horizontal lines with lanes that are not theirs.
fn crossings(lanes: &[Lane], order: &[usize]) -> usize {
    let mut count = 0;
    for (place, index) in order.iter().enumerate() {
        let lane = &lanes[*index];
        let crossed = |others: &[usize], y: i32| {
            let inside = |other: &&usize| lanes[**other].top < y && y < lanes[**other].bottom;
            others.iter().filter(inside).count()
        };
        let (before, after) = (&order[..place], &order[place + 1..]);
        count += lane
            .ports
            .iter()
            .map(|(_, y)| crossed(before, *y))
            .sum::<usize>();
        count += match lane.to_end {
            true => crossed(after, lane.exit),
            false => crossed(before, lane.exit),
        };
    }
    count
}
