//! The shapes of the diagram as SVG elements, each on a line of its own.

use std::fmt::{Display, Write};

use super::hue::{DIAGRAM, Hue, style};

/// An SVG that is being written.
pub(super) struct Svg {
    out: String,
}

/// Fonts whose characters have the width that the layout assumes.
const FONT: &str = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";

/// Distance between the drawing and its edge.
const MARGIN: i32 = 8;

impl Svg {
    /// Begins a picture. Its title and its description are for those who do not see it.
    pub(super) fn new(
        (width, height): (i32, i32),
        role: &str,
        title: &str,
        description: &str,
    ) -> Self {
        let (whole, high) = (width + 2 * MARGIN, height + 2 * MARGIN);
        let mut svg = Svg { out: String::new() };
        svg.element(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{DIAGRAM}\" role=\"{role}\" \
             width=\"{whole}\" height=\"{high}\" viewBox=\"-{MARGIN} -{MARGIN} {whole} {high}\" \
             style=\"max-width:100%;min-width:{}px;height:auto\" font-family=\"{FONT}\" font-size=\"11\" fill=\"none\" stroke-width=\"1.5\">",
            // Smaller text cannot be read: a narrow page scrolls.
            whole * 3 / 4
        ));
        svg.element(format_args!("<title>{}</title>", Escaped(title)));
        svg.element(format_args!("<desc>{}</desc>", Escaped(description)));
        svg.element(format_args!("<style>{}</style>", style()));
        // A back of its own makes sure that the colours can be read on any page.
        svg.element(format_args!(
            "<rect class=\"back\" x=\"-{MARGIN}\" y=\"-{MARGIN}\" width=\"{whole}\" height=\"{high}\" rx=\"6\" \
             fill=\"currentColor\"></rect>"
        ));
        svg
    }

    fn element(&mut self, element: impl Display) {
        // Writing into a String does not fail.
        let _ = writeln!(self.out, "{element}");
    }

    /// Adds a line through points.
    pub(super) fn line(&mut self, hue: Hue, points: &[(i32, i32)]) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let points = points.join(" ");
        self.element(format_args!(
            "<polyline class=\"{}\" points=\"{points}\" stroke=\"currentColor\"></polyline>",
            hue.class()
        ));
    }

    /// Adds a faint horizontal line.
    pub(super) fn rule(&mut self, from: i32, to: i32, y: i32) {
        self.element(format_args!(
            "<path class=\"faint\" d=\"M{from} {y}H{to}\" stroke=\"currentColor\" stroke-width=\"0.75\"></path>"
        ));
    }

    /// Adds an arrow head that points to the right (1) or to the left (-1), with its tip at the place.
    pub(super) fn arrow(&mut self, hue: Hue, x: i32, y: i32, side: i32) {
        let back = x - 8 * side;
        self.element(format_args!(
            "<path class=\"{}\" d=\"M{x} {y}L{back} {}V{}Z\" fill=\"currentColor\"></path>",
            hue.class(),
            y - 4,
            y + 4
        ));
    }

    /// Adds an arrow head that points down.
    pub(super) fn arrow_down(&mut self, x: i32, y: i32) {
        let (left, right, back) = (x - 4, x + 4, y - 8);
        self.element(format_args!(
            "<path class=\"text\" d=\"M{x} {y}L{left} {back}H{right}Z\" fill=\"currentColor\"></path>"
        ));
    }

    /// Adds a dot where a line meets a lane.
    pub(super) fn dot(&mut self, hue: Hue, x: i32, y: i32) {
        self.element(format_args!(
            "<circle class=\"{}\" cx=\"{x}\" cy=\"{y}\" r=\"2.5\" fill=\"currentColor\"></circle>",
            hue.class()
        ));
    }

    pub(super) fn circle(&mut self, x: i32, y: i32, radius: i32) {
        self.element(format_args!(
            "<circle class=\"text\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"currentColor\"></circle>"
        ));
    }

    /// Adds the frame of a step.
    pub(super) fn frame(&mut self, hue: Hue, [x, y, width, height]: [i32; 4]) {
        self.element(format_args!(
            "<rect class=\"panel\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\" \
             fill=\"currentColor\"></rect>"
        ));
        self.element(format_args!(
            "<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\" \
             stroke=\"currentColor\"></rect>",
            hue.class()
        ));
    }

    /// Adds the frame of an end. Ends differ by shape as well as by colour.
    pub(super) fn end(&mut self, hue: Hue, area: [i32; 4]) {
        let outline = outline(hue, area);
        self.element(format_args!(
            "<path class=\"panel\" d=\"{outline}\" fill=\"currentColor\"></path>"
        ));
        self.element(format_args!(
            "<path class=\"{}\" d=\"{outline}\" stroke=\"currentColor\" stroke-width=\"2\"></path>",
            hue.class()
        ));
    }

    /// Adds the name of a state, with a link.
    pub(super) fn title(&mut self, x: i32, y: i32, text: &str, href: Option<&str>) {
        if let Some(href) = href {
            self.element(format_args!("<a href=\"{}\">", Escaped(href)));
        }
        self.words(x, y, "text", "font-size=\"13\" font-weight=\"bold\"", text);
        if href.is_some() {
            self.element("</a>");
        }
    }

    /// Adds the name of a target.
    pub(super) fn name(&mut self, hue: Hue, x: i32, y: i32, text: &str) {
        self.words(x, y, hue.class(), "font-weight=\"bold\"", text);
    }

    pub(super) fn text(&mut self, x: i32, y: i32, text: &str) {
        self.words(x, y, "text", "", text);
    }

    pub(super) fn faint(&mut self, x: i32, y: i32, text: &str) {
        self.words(x, y, "faint", "", text);
    }

    fn words(&mut self, x: i32, y: i32, class: &str, look: &str, text: &str) {
        self.element(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" fill=\"currentColor\" {look} xml:space=\"preserve\">{}</text>",
            Escaped(text)
        ));
    }

    pub(super) fn finish(mut self) -> String {
        self.element("</svg>");
        self.out
    }
}

/// Returns the outline of an end: round where it went well, with cut corners where it did not, with points
/// where it is open, and else with straight corners.
fn outline(hue: Hue, [x, y, width, height]: [i32; 4]) -> String {
    let (right, bottom) = (x + width, y + height);
    let half = height / 2;
    let cut = height / 4;
    match hue {
        Hue::Good => format!(
            "M{} {y}H{}A{half} {half} 0 0 1 {} {bottom}H{}A{half} {half} 0 0 1 {} {y}Z",
            x + half,
            right - half,
            right - half,
            x + half,
            x + half
        ),
        Hue::Bad => format!(
            "M{} {y}H{}L{right} {}V{}L{} {bottom}H{}L{x} {}V{}Z",
            x + cut,
            right - cut,
            y + cut,
            bottom - cut,
            right - cut,
            x + cut,
            bottom - cut,
            y + cut
        ),
        Hue::Warn => format!(
            "M{x} {}L{} {y}H{}L{right} {}L{} {bottom}H{}Z",
            y + half,
            x + half,
            right - half,
            y + half,
            right - half,
            x + half
        ),
        Hue::Calm | Hue::Text => format!("M{x} {y}H{right}V{bottom}H{x}Z"),
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
