//! Draws the states of a flow as an SVG inside a page: it has the colour of the surrounding text, so
//! that it suits light and dark pages, and needs no other files.

use super::draw::Svg;
use super::layout::{Box, CHAR, END_HEIGHT, EndBox, LINE, Layout, PAD, TEXT, columns};
use super::markers::Markers;
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

/// Draws only the marked parts of a flow and their targets; [`None`] if nothing or everything is
/// marked.
pub fn changed_svg(api: &Api, flow: &Flow, markers: &Markers) -> Option<String> {
    let title = format!("The states of {} that changed", flow.title);
    let layout = Layout::of_marked(api, flow, markers)?;
    Some(drawn(&layout, &title))
}

/// Draws a layout.
pub(super) fn drawn(layout: &Layout, title: &str) -> String {
    let mut svg = Svg::new(layout.width, layout.height, title);
    start(&mut svg, layout);
    for lane in &layout.lanes {
        let colour = layout.colour_of(lane.target);
        for y in &lane.ports {
            svg.line(colour, &[(layout.box_right, *y), (lane.x, *y)]);
            svg.dot(colour, lane.x, *y);
        }
        svg.line(colour, &[(lane.x, lane.top), (lane.x, lane.bottom)]);
        let (to, side) = if lane.to_end {
            (layout.end_left, 1)
        } else {
            (layout.box_right, -1)
        };
        svg.line(colour, &[(lane.x, lane.exit), (to - 6 * side, lane.exit)]);
        svg.arrow(colour, to, lane.exit, side);
    }
    for one in &layout.boxes {
        step(&mut svg, layout, one);
    }
    for one in &layout.ends {
        end(&mut svg, layout, one);
    }
    svg.finish()
}

/// Draws the dot for the beginning, above the first step.
fn start(svg: &mut Svg, layout: &Layout) {
    if let Some(first) = layout.boxes.first().filter(|_| layout.starts) {
        let x = PAD + 6;
        svg.circle(x, 6, 5);
        svg.line(TEXT, &[(x, 6), (x, first.y - 6)]);
        svg.arrow_down(TEXT, x, first.y);
    }
}

fn step(svg: &mut Svg, layout: &Layout, one: &Box) {
    let frame = one.mark.map_or(TEXT, |mark| mark.colour);
    svg.frame(frame, 1, one.y, layout.box_right - 1, one.height);
    svg.title(PAD, one.y + 20, &one.name);
    svg.faint(PAD, one.y + 38, &one.sends);
    svg.rule(1, layout.box_right, one.head());
    for list in &one.lists {
        let baseline = list.y + 4;
        match list.target {
            Target::State(id) => svg.name(layout.colour_of(id), PAD, baseline, &list.name),
            Target::Again | Target::Stay => svg.faint(PAD, baseline, &list.name),
        }
        for (index, line) in list.lines.iter().enumerate() {
            let y = baseline + LINE * index as i32;
            match line.mark {
                None => svg.text(layout.column, y, &line.text),
                Some(mark) => svg.name(mark.colour, layout.column, y, &line.text),
            }
        }
    }
}

fn end(svg: &mut Svg, layout: &Layout, one: &EndBox) {
    let width = layout.width - layout.end_left - 1;
    let top = one.y - END_HEIGHT / 2;
    svg.pill(one.colour, layout.end_left, top, width, END_HEIGHT);
    let text = columns(&one.name) * CHAR * 6 / 5;
    svg.title(layout.end_left + (width - text) / 2, one.y + 5, &one.name);
}
