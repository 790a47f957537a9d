//! Goes through everything that can happen, in order, without chance: depth first, each time from the
//! start.

use std::collections::HashMap;
use std::fmt::Debug;

/// Something that takes its course, in which now and then several things can happen.
pub(super) trait Course {
    /// An event that can happen.
    type Choice: Copy + Debug;

    /// The events that can happen next, each with how many mishaps it counts for. Whoever always takes the first that
    /// counts for none comes to an end. It is over when there is no such choice.
    fn choices(&self) -> Vec<(Self::Choice, u32)>;

    /// This happens.
    fn take(&mut self, choice: Self::Choice);

    /// The state as a text: what can follow depends on this alone.
    fn key(&self) -> String;

    /// The rule that is broken, if one is.
    fn wrong(&self) -> Option<String>;

    /// How long it took.
    fn length(&self) -> usize;
}

/// How much was gone through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// Courses from their start to their end.
    pub(super) courses: usize,
    /// Those that came to where another one had been, and were left there.
    pub(super) merged: usize,
    /// Different places that they passed.
    pub(super) places: usize,
    /// The longest course, in choices.
    pub(super) longest: usize,
}

/// A course on which something goes wrong.
pub(super) struct Counterexample<C> {
    /// The rule that is broken.
    pub(super) why: String,
    /// How many mishaps it takes.
    pub(super) mishaps: u32,
    /// The course.
    pub(super) course: C,
}

/// So many choices are no course any more.
const ENDLESS: usize = 400;

/// Looks for a counterexample with as few mishaps as can be, and among those for the shortest.
pub(super) fn search<C: Course>(
    begin: impl Fn() -> C,
    mishaps: u32,
) -> Result<Extent, Counterexample<C>> {
    let mut extent = Extent::default();
    for mishaps in 0..=mishaps {
        let (found, gone) = all(&begin, mishaps);
        if let Some((why, course)) = found {
            return Err(Counterexample {
                why,
                mishaps,
                course,
            });
        }
        extent = gone;
    }
    Ok(extent)
}

/// Goes through all that can happen with at most so many mishaps.
fn all<C: Course>(begin: &impl Fn() -> C, mishaps: u32) -> (Option<(String, C)>, Extent) {
    let mut extent = Extent::default();
    let mut found: Option<(String, C)> = None;
    // With how many mishaps left a place was passed.
    let mut passed: HashMap<String, u32> = HashMap::new();
    let mut open: Vec<(Vec<C::Choice>, u32)> = vec![(Vec::new(), mishaps)];
    while let Some((mut path, left)) = open.pop() {
        let mut course = begin();
        for choice in &path {
            course.take(*choice);
        }
        loop {
            let is_longer = |(_, other): &(String, C)| course.length() >= other.length();
            if found.as_ref().is_some_and(is_longer) {
                break;
            }
            if let Some(why) = course.wrong() {
                found = Some((why, course));
                break;
            }
            let before = passed.get(&course.key()).copied();
            if before.is_some_and(|before| before >= left) {
                extent.merged += 1;
                break;
            }
            passed.insert(course.key(), left);
            let choices = course.choices();
            // Without a mishap, this is the end.
            let usual = choices.iter().position(|(_, cost)| *cost == 0);
            let others = choices.iter().enumerate();
            let others = others.filter(|(index, _)| Some(*index) != usual);
            for (_, (choice, cost)) in others.rev() {
                if let Some(left) = left.checked_sub(*cost) {
                    open.push(([path.as_slice(), &[*choice]].concat(), left));
                }
            }
            let Some((usual, _)) = usual.and_then(|usual| choices.get(usual)) else {
                extent.courses += 1;
                break;
            };
            assert!(path.len() < ENDLESS, "it comes to no end: {path:?}");
            path.push(*usual);
            extent.longest = extent.longest.max(path.len());
            course.take(*usual);
        }
    }
    extent.places = passed.len();
    (found, extent)
}
