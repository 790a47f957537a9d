//! Draws the states of a flow as an SVG for a page or a file: it has colours for light and for dark
//! pages, and needs no other files.

use super::draw::Svg;
use super::hue::Hue;
use super::layout::Layout;
use super::legend::{Entry, SHAPE, Symbol};
use super::markers::Markers;
use super::shapes::{Box, CHAR, END_HEIGHT, EndBox, LINE, PAD, columns};
use payspec_model::model::{Api, Flow, Target};

/// Draws a flow. The SVG has no empty line, because that would end it inside Markdown.
pub(crate) fn svg(api: &Api, flow: &Flow) -> String {
    marked_svg(api, flow, &Markers::default())
}

/// Draws a flow with highlighted markers.
pub fn marked_svg(api: &Api, flow: &Flow, markers: &Markers) -> String {
    let title = format!("The states of {}", flow.title);
    drawn(&Layout::new(api, flow, markers), &title)
}

/// Draws a flow for a page that has the states in words: the names of the states link to these.
pub fn linked_svg(api: &Api, flow: &Flow, href: &dyn Fn(&str) -> String) -> String {
    let title = format!("The states of {}", flow.title);
    drawn_with(
        &Layout::new(api, flow, &Markers::default()),
        &title,
        Some(href),
    )
}

/// Draws only the marked parts of a flow and their targets; [`None`] if nothing or everything is
/// marked.
pub fn changed_svg(api: &Api, flow: &Flow, markers: &Markers) -> Option<String> {
    let title = format!("The states of {} that changed", flow.title);
    let layout = Layout::of_marked(api, flow, markers)?;
    Some(drawn(&layout, &title))
}

/// Draws a layout.
pub(super) fn drawn(layout: &Layout, title: &str) -> String {
    drawn_with(layout, title, None)
}

/// The link of a state, by its name.
type Href<'h> = Option<&'h dyn Fn(&str) -> String>;

fn drawn_with(layout: &Layout, title: &str, href: Href<'_>) -> String {
    // What contains links is no single picture.
    let role = if href.is_some() { "group" } else { "img" };
    let size = (layout.width, layout.height);
    let mut svg = Svg::new(size, role, title, &layout.description());
    start(&mut svg, layout);
    for lane in &layout.lanes {
        let hue = layout.hue_of(lane.target);
        for (x, y) in &lane.ports {
            svg.line(hue, &[(*x, *y), (lane.x, *y)]);
            svg.dot(hue, lane.x, *y);
        }
        svg.line(hue, &[(lane.x, lane.top), (lane.x, lane.bottom)]);
        let (to, side) = if lane.to_end {
            (layout.end_left, 1)
        } else {
            (lane.to_x, -1)
        };
        svg.line(hue, &[(lane.x, lane.exit), (to - 6 * side, lane.exit)]);
        svg.arrow(hue, to, lane.exit, side);
    }
    for one in &layout.boxes {
        step(&mut svg, layout, one, href);
    }
    for one in &layout.ends {
        end(&mut svg, layout, one, href);
    }
    for entry in &layout.legend {
        explained(&mut svg, entry);
    }
    svg.finish()
}

/// Draws the dot for the beginning, above the first step.
fn start(svg: &mut Svg, layout: &Layout) {
    if let Some(first) = layout.boxes.first().filter(|_| layout.starts) {
        let x = PAD + 6;
        svg.circle(x, 8, 5);
        svg.line(Hue::Text, &[(x, 8), (x, first.y - 6)]);
        svg.arrow_down(x, first.y);
    }
}

fn step(svg: &mut Svg, layout: &Layout, one: &Box, href: Href<'_>) {
    let frame = one.mark.map_or(Hue::Text, |mark| mark.hue);
    svg.frame(frame, [1, one.y, one.right - 1, one.height]);
    let href = href.map(|href| href(&one.name));
    svg.title(PAD, one.y + 20, &one.name, href.as_deref());
    for (index, line) in one.sends.iter().enumerate() {
        svg.faint(PAD, one.y + 38 + LINE * index as i32, line);
    }
    if !one.lists.is_empty() {
        svg.rule(2, one.right - 1, one.head());
    }
    for list in &one.lists {
        let baseline = list.y + 4;
        match list.target {
            Target::State(id) => svg.name(layout.hue_of(id), PAD, baseline, &list.name),
            Target::Again | Target::Stay => svg.faint(PAD, baseline, &list.name),
        }
        for (index, line) in list.lines.iter().enumerate() {
            let y = baseline + LINE * index as i32;
            match line.mark {
                None => svg.text(layout.column, y, &line.text),
                Some(mark) => svg.name(mark.hue, layout.column, y, &line.text),
            }
        }
    }
}

fn end(svg: &mut Svg, layout: &Layout, one: &EndBox, href: Href<'_>) {
    let width = layout.end_width;
    let top = one.y - END_HEIGHT / 2;
    svg.end(one.hue, [layout.end_left, top, width, END_HEIGHT]);
    let text = columns(&one.name) * CHAR * 6 / 5;
    let href = href.map(|href| href(&one.name));
    let left = layout.end_left + (width - text) / 2;
    svg.title(left, one.y + 5, &one.name, href.as_deref());
}

/// Draws an entry of the legend.
fn explained(svg: &mut Svg, entry: &Entry) {
    let (x, y) = (entry.x, entry.y);
    let shape = [x, y - 11, SHAPE, 14];
    match entry.symbol {
        Symbol::Start => svg.circle(x + 6, y - 4, 5),
        Symbol::Step => svg.frame(Hue::Text, shape),
        Symbol::End(hue) => svg.end(hue, shape),
        Symbol::Word(word) => svg.faint(x, y, word),
        Symbol::Mark(mark) => svg.name(mark.hue, x, y, &mark.sign.to_string()),
    }
    svg.text(entry.text_left(), y, entry.text);
}
