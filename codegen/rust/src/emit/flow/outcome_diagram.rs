//! A diagram of one step and its results, in the style of a flow's diagram.

use super::diagram::drawn;
use super::hue::Hue;
use super::layout::{Layout, folded, signed, wrap};
use super::markers::{Line, Mark};
use super::shapes::{Box, EndBox, List};
use payspec_model::model::{StateId, Target};

/// A step with its results.
pub struct OutcomeDiagram {
    /// The title of the drawing.
    pub title: String,
    /// The name of the step.
    pub name: String,
    /// The description of the step.
    pub does: String,
    /// The results.
    pub ways: Vec<Way>,
}

/// A result of a step.
#[derive(Clone)]
pub struct Way {
    /// The name of the result.
    pub to: String,
    /// The colour of its box, which decides its shape.
    pub hue: Hue,
    /// The mark of the result.
    pub mark: Option<Mark>,
    /// The causes of the result. A marked one gets a sign.
    pub lines: Vec<(String, Option<Mark>)>,
}

impl OutcomeDiagram {
    /// Draws the SVG like that of a flow: without an empty line.
    pub fn svg(&self) -> String {
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
            sends: folded(&self.does),
            lists: lists.collect(),
            y: 0,
            right: 0,
            height: 0,
        };
        let ends = ways().map(|(at, way)| EndBox {
            state: StateId(at),
            name: signed(&way.to, way.mark),
            mark: way.mark,
            hue: way.hue,
            y: 0,
        });
        let layout = Layout::of(vec![step], ends.collect(), true, words_of);
        drawn(&layout, &self.title)
    }

    /// Draws only the results with a mark, like [`OutcomeDiagram::svg`]; [`None`] if nothing or
    /// everything is marked.
    pub fn changed_svg(&self) -> Option<String> {
        let is_marked =
            |way: &&Way| way.mark.is_some() || way.lines.iter().any(|(_, mark)| mark.is_some());
        let ways: Vec<Way> = self.ways.iter().filter(is_marked).cloned().collect();
        let is_part = !ways.is_empty() && ways.len() < self.ways.len();
        is_part.then(|| {
            let part = OutcomeDiagram {
                title: format!("{}: what changed", self.title),
                name: self.name.clone(),
                does: self.does.clone(),
                ways,
            };
            part.svg()
        })
    }

    /// Returns the same as Mermaid, which GitHub draws in Markdown: a line to each result, labelled
    /// with its first cause, and one for each marked cause.
    pub fn mermaid(&self) -> String {
        let mut out = format!("flowchart LR\n  step[\"{}\"]\n", label(&self.name));
        let mut styles = String::new();
        let mut edges = 0;
        for (at, way) in self.ways.iter().enumerate() {
            let name = label(&signed(&way.to, way.mark));
            out += &format!("  end{at}([\"{name}\"])\n");
            styles += &format!("  style end{at} stroke:{}\n", way.hue.anywhere());
            for (place, (text, mark)) in way.lines.iter().enumerate() {
                if place > 0 && mark.is_none() {
                    continue;
                }
                let text = label(&signed(text, *mark));
                let arrow = if mark.is_some() { "==>" } else { "-->" };
                out += &format!("  step {arrow}|\"{text}\"| end{at}\n");
                if let Some(mark) = mark {
                    styles += &format!("  linkStyle {edges} stroke:{}\n", mark.hue.anywhere());
                }
                edges += 1;
            }
        }
        out + &styles
    }
}

/// Returns the words of the legend for a result of this colour.
fn words_of(hue: Hue) -> &'static str {
    match hue {
        Hue::Good => "it is done",
        Hue::Bad => "it failed or ended",
        Hue::Calm | Hue::Text => "it goes on",
        Hue::Warn => "it is open",
    }
}

/// Escapes a text in quotes for Mermaid, which only has escapes by character number.
fn label(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        match char {
            'a'..='z'
            | 'A'..='Z'
            | '0'..='9'
            | ' '
            | '_'
            | '-'
            | '.'
            | ','
            | '/'
            | '='
            | '('
            | ')' => {
                out.push(char);
            }
            char if char.is_control() => out.push(' '),
            char => out += &format!("#{};", u32::from(char)),
        }
    }
    out
}
