//! The shapes of a diagram and their sizes.

use super::hue::Hue;
use super::markers::{Line, Mark};
use payspec_model::model::{StateId, Target};
use unicode_width::UnicodeWidthStr as _;

/// Width of a character in pixels, in any monospaced font of size 11.
pub(super) const CHAR: i32 = 7;
/// Height of a line of text.
pub(super) const LINE: i32 = 16;
pub(super) const PAD: i32 = 10;
/// Height above the first line of what a step sends.
const HEAD: i32 = 32;
/// Height of an end.
pub(super) const END_HEIGHT: i32 = 30;

/// A step with its lists.
pub(super) struct Box {
    pub(super) state: StateId,
    pub(super) name: String,
    pub(super) mark: Option<Mark>,
    /// The request that it sends and when, in lines.
    pub(super) sends: Vec<String>,
    pub(super) lists: Vec<List>,
    pub(super) y: i32,
    /// The right side; the left side is at 1.
    pub(super) right: i32,
    pub(super) height: i32,
}

impl Box {
    /// Returns whether a part has a mark.
    pub(super) fn is_marked(&self) -> bool {
        self.mark.is_some() || self.lists.iter().any(List::is_marked)
    }

    /// Returns the height at which lines to the step arrive.
    pub(super) fn entry(&self) -> i32 {
        self.y + (HEAD + LINE) / 2
    }

    /// Returns the height below the names.
    pub(super) fn head(&self) -> i32 {
        self.y + HEAD + LINE * self.sends.len() as i32
    }
}

/// The events of a step that have one target.
pub(super) struct List {
    pub(super) target: Target,
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
    /// The position of its first line; a line to the target starts at the same height.
    pub(super) y: i32,
}

impl List {
    /// Returns whether a part has a mark.
    pub(super) fn is_marked(&self) -> bool {
        self.lines.iter().any(|line| line.mark.is_some())
    }
}

/// An end.
pub(super) struct EndBox {
    pub(super) state: StateId,
    pub(super) name: String,
    pub(super) mark: Option<Mark>,
    pub(super) hue: Hue,
    /// The height of its middle.
    pub(super) y: i32,
}

/// Returns the width of a text in columns: characters of East Asian scripts take two.
pub(super) fn columns(text: &str) -> i32 {
    i32::try_from(text.width()).unwrap_or(i32::MAX / 64)
}
