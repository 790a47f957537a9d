//! The shapes of the diagram as SVG elements, each on a line of its own.

use std::fmt::{Display, Write};

/// An SVG that is being written.
pub(super) struct Svg {
    out: String,
}

/// Fonts whose characters have the width that the layout assumes.
const FONT: &str = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";

impl Svg {
    pub(super) fn new(width: i32, height: i32, title: &str) -> Self {
        let mut svg = Svg { out: String::new() };
        svg.element(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {width} {height}\" \
             style=\"width:100%;max-width:{width}px;height:auto\" font-family=\"{FONT}\" \
             font-size=\"11\" fill=\"none\" stroke-width=\"1.5\">"
        ));
        svg.element(format_args!("<title>{}</title>", Escaped(title)));
        svg
    }

    fn element(&mut self, element: impl Display) {
        // Writing into a String does not fail.
        let _ = writeln!(self.out, "{element}");
    }

    /// Adds a line through points.
    pub(super) fn line(&mut self, colour: &str, points: &[(i32, i32)]) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let points = points.join(" ");
        self.element(format_args!(
            "<polyline points=\"{points}\" stroke=\"{colour}\"></polyline>"
        ));
    }

    /// Adds a faint horizontal line.
    pub(super) fn rule(&mut self, from: i32, to: i32, y: i32) {
        self.element(format_args!(
            "<path d=\"M{from} {y}H{to}\" stroke=\"currentColor\" stroke-opacity=\"0.35\"></path>"
        ));
    }

    /// Adds an arrow head that points to the right (1) or to the left (-1), with its tip at the place.
    pub(super) fn arrow(&mut self, colour: &str, x: i32, y: i32, side: i32) {
        let back = x - 8 * side;
        self.element(format_args!(
            "<path d=\"M{x} {y}L{back} {}V{}Z\" fill=\"{colour}\"></path>",
            y - 4,
            y + 4
        ));
    }

    /// Adds an arrow head that points down.
    pub(super) fn arrow_down(&mut self, colour: &str, x: i32, y: i32) {
        let (left, right, back) = (x - 4, x + 4, y - 8);
        self.element(format_args!(
            "<path d=\"M{x} {y}L{left} {back}H{right}Z\" fill=\"{colour}\"></path>"
        ));
    }

    /// Adds a dot where a line meets a lane.
    pub(super) fn dot(&mut self, colour: &str, x: i32, y: i32) {
        self.element(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"2.5\" fill=\"{colour}\"></circle>"
        ));
    }

    pub(super) fn circle(&mut self, x: i32, y: i32, radius: i32) {
        self.element(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"currentColor\"></circle>"
        ));
    }

    /// Adds the frame of a step.
    pub(super) fn frame(&mut self, colour: &str, x: i32, y: i32, width: i32, height: i32) {
        self.element(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\" \
             stroke=\"{colour}\" fill=\"currentColor\" fill-opacity=\"0.04\"></rect>"
        ));
    }

    /// Adds the frame of an end.
    pub(super) fn pill(&mut self, colour: &str, x: i32, y: i32, width: i32, height: i32) {
        self.element(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{}\" \
             stroke=\"{colour}\" fill=\"{colour}\" fill-opacity=\"0.15\"></rect>",
            height / 2
        ));
    }

    /// Adds the name of a state.
    pub(super) fn title(&mut self, x: i32, y: i32, text: &str) {
        self.words(
            x,
            y,
            "font-size=\"13\" font-weight=\"bold\" fill=\"currentColor\"",
            text,
        );
    }

    /// Adds the name of a target.
    pub(super) fn name(&mut self, colour: &str, x: i32, y: i32, text: &str) {
        self.words(
            x,
            y,
            format_args!("font-weight=\"bold\" fill=\"{colour}\""),
            text,
        );
    }

    pub(super) fn text(&mut self, x: i32, y: i32, text: &str) {
        self.words(x, y, "fill=\"currentColor\"", text);
    }

    pub(super) fn faint(&mut self, x: i32, y: i32, text: &str) {
        self.words(x, y, "fill=\"currentColor\" fill-opacity=\"0.7\"", text);
    }

    fn words(&mut self, x: i32, y: i32, look: impl Display, text: &str) {
        self.element(format_args!(
            "<text x=\"{x}\" y=\"{y}\" {look} xml:space=\"preserve\">{}</text>",
            Escaped(text)
        ));
    }

    pub(super) fn finish(mut self) -> String {
        self.element("</svg>");
        self.out
    }
}

/// A text inside an element, without markup and line breaks.
struct Escaped<'t>(&'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '&' => f.write_str("&amp;")?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
