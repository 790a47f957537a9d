//! The legend below a diagram: the shapes and words that occur in it.

use super::hue::Hue;
use super::markers::Mark;
use super::shapes::{Box, CHAR, EndBox, LINE, PAD, columns};
use payspec_model::model::Target;

/// The names of the ends of a diagram, by their colours.
pub(super) type Ends = fn(Hue) -> &'static str;

/// An entry of the legend.
pub(super) struct Entry {
    pub(super) symbol: Symbol,
    pub(super) text: &'static str,
    /// The left side of the symbol.
    pub(super) x: i32,
    /// The base line of the text.
    pub(super) y: i32,
}

/// The part of the diagram that an entry explains.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Symbol {
    Start,
    Step,
    End(Hue),
    Word(&'static str),
    Mark(Mark),
}

/// Width of the shape of an entry.
pub(super) const SHAPE: i32 = 24;
const GAP: i32 = 18;

impl Symbol {
    fn width(self) -> i32 {
        match self {
            Symbol::Start => 12,
            Symbol::Step | Symbol::End(_) => SHAPE,
            Symbol::Word(word) => CHAR * columns(word),
            Symbol::Mark(_) => CHAR,
        }
    }
}

impl Entry {
    /// Returns the left side of the text.
    pub(super) fn text_left(&self) -> i32 {
        self.x + self.symbol.width() + 8
    }

    fn right(&self) -> i32 {
        self.text_left() + CHAR * columns(self.text)
    }
}

/// The symbols that occur in a diagram, each once.
pub(super) struct Legend(Vec<(Symbol, &'static str)>);

/// A legend below its diagram, and the size of both.
pub(super) struct Placed {
    pub(super) entries: Vec<Entry>,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Legend {
    /// Collects the symbols of a diagram; `starts` is true if the flow begins at the first step.
    pub(super) fn of(boxes: &[Box], ends: &[EndBox], starts: bool, names: Ends) -> Legend {
        let mut all = Vec::new();
        if starts {
            all.push((Symbol::Start, "start"));
        }
        all.push((Symbol::Step, "step, with its events by target"));
        let hues = ends.iter().map(|end| end.hue);
        all.extend(hues.map(|hue| (Symbol::End(hue), names(hue))));
        let lists = || boxes.iter().flat_map(|one| &one.lists);
        let has = |target: Target| lists().any(|list| list.target == target);
        if has(Target::Again) {
            all.push((Symbol::Word("again"), "the request is sent again"));
        }
        if has(Target::Stay) {
            all.push((Symbol::Word("stay"), "nothing changes"));
        }
        let of_lines = lists().flat_map(|list| list.lines.iter().filter_map(|line| line.mark));
        let of_states = boxes.iter().filter_map(|one| one.mark);
        let of_ends = ends.iter().filter_map(|end| end.mark);
        let marks = of_states.chain(of_lines).chain(of_ends);
        all.extend(marks.map(|mark| (Symbol::Mark(mark), mark.word)));
        let mut once: Vec<(Symbol, &'static str)> = Vec::new();
        for one in all {
            if !once.iter().any(|(symbol, _)| *symbol == one.0) {
                once.push(one);
            }
        }
        Legend(once)
    }

    /// Places the legend below a diagram of this size, in as many rows as the width asks for.
    pub(super) fn place(self, mut width: i32, height: i32) -> Placed {
        let (mut x, mut y) = (PAD, height + LINE + 4);
        let mut entries = Vec::new();
        for (symbol, text) in self.0 {
            let mut entry = Entry { symbol, text, x, y };
            if x > PAD && entry.right() + PAD > width {
                y += LINE + 4;
                (entry.x, entry.y) = (PAD, y);
            }
            x = entry.right() + GAP;
            width = width.max(entry.right() + PAD);
            entries.push(entry);
        }
        Placed {
            entries,
            width,
            height: y + PAD,
        }
    }
}
