//! The diagram: no parts overlap, and the same flow gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use super::hue::COLOURS;
use super::{Hue, Mark, Markers, OutcomeDiagram, Way, changed_svg, svg};
use crate::emit::rust::tests::sample;
use payspec_model::model::*;

fn row(event: FlowEvent, target: Target) -> Row {
    Row {
        event,
        target,
        origin: Origin::default(),
    }
}

fn outcome(name: &str, target: Target) -> Row {
    let (operation, rest) = name.split_once('.').expect("an operation");
    let (outcome, code) = match rest.split_once(' ') {
        Some((outcome, code)) => (outcome, Some(code.to_owned())),
        None => (rest, None),
    };
    let event = FlowEvent::Outcome {
        operation: operation.to_owned(),
        outcome: outcome.to_owned(),
        code,
    };
    row(event, target)
}

fn step(name: &str, send: &str, pauses: &[u32], rows: Vec<Row>) -> State {
    State {
        name: name.to_owned(),
        description: String::new(),
        role: Role::Step(Step {
            send: send.to_owned(),
            pauses: pauses.iter().map(|pause| Pause::Seconds(*pause)).collect(),
            rows,
            origin: Origin::default(),
        }),
        sources: SourceIds::new(),
        origin: Origin::default(),
    }
}

fn end(end: End) -> State {
    State {
        name: end.as_str().to_owned(),
        description: String::new(),
        role: Role::End(end),
        sources: SourceIds::new(),
        origin: Origin::default(),
    }
}

/// A flow with every kind of line: down, past other steps, to shared ends.
fn flow() -> Flow {
    let to = |index| Target::State(StateId(index));
    let [
        asking,
        cancelling,
        settling,
        paid,
        unpaid,
        cancelled,
        escalated,
    ] = [1, 2, 3, 4, 5, 6, 7].map(to);
    Flow {
        id: "life".to_owned(),
        title: "A <life> & more".to_owned(),
        description: String::new(),
        kind: FlowKind::Payment,
        principal: "pay_entry_code".to_owned(),
        starts: StateId(0),
        notified_by: vec!["notify_payment".to_owned()],
        expires: None,
        proves: Vec::new(),
        with: Vec::new(),
        states: vec![
            step(
                "paying",
                "pay_entry_code",
                &[0, 1, 1],
                vec![
                    outcome("pay_entry_code.redirect", asking),
                    outcome("pay_entry_code.failed", unpaid),
                    outcome("pay_entry_code.pending", Target::Again),
                    row(FlowEvent::NoAnswer, Target::Again),
                    row(FlowEvent::Exhausted, asking),
                    row(FlowEvent::Expired, cancelling),
                    outcome("notify_payment.paid", paid),
                    outcome("notify_payment.unpaid", unpaid),
                    outcome("notify_payment.processing", Target::Stay),
                ],
            ),
            step(
                "asking",
                "inquiry_payment",
                &[2, 3, 3, 5, 5, 5, 5, 5, 5],
                vec![
                    outcome("inquiry_payment.failed ORDER_NOT_EXIST", Target::Again),
                    outcome("inquiry_payment.paid", paid),
                    outcome("inquiry_payment.unpaid", unpaid),
                    outcome("inquiry_payment.cancelled", cancelled),
                    outcome("inquiry_payment.processing", Target::Again),
                    outcome("inquiry_payment.pending", Target::Again),
                    outcome("inquiry_payment.failed", cancelling),
                    row(FlowEvent::NoAnswer, Target::Again),
                    row(FlowEvent::Exhausted, cancelling),
                    row(FlowEvent::Expired, cancelling),
                    outcome("notify_payment.paid", paid),
                    outcome("notify_payment.unpaid", unpaid),
                    outcome("notify_payment.processing", Target::Stay),
                ],
            ),
            step(
                "cancelling",
                "cancel",
                &[0, 2, 3, 3, 5, 5],
                vec![
                    outcome("cancel.cancelled", cancelled),
                    outcome("cancel.failed", settling),
                    outcome("cancel.pending", Target::Again),
                    row(FlowEvent::NoAnswer, Target::Again),
                    row(FlowEvent::Exhausted, escalated),
                    row(FlowEvent::Expired, Target::Stay),
                    outcome("notify_payment.paid", Target::Stay),
                ],
            ),
            step(
                "settling",
                "inquiry_payment",
                &[0, 2, 3],
                vec![
                    outcome("inquiry_payment.paid", paid),
                    outcome("inquiry_payment.unpaid", unpaid),
                    outcome("inquiry_payment.cancelled", cancelled),
                    outcome("inquiry_payment.processing", Target::Again),
                    row(FlowEvent::NoAnswer, Target::Again),
                    row(FlowEvent::Exhausted, escalated),
                ],
            ),
            end(End::Paid),
            end(End::Unpaid),
            end(End::Cancelled),
            end(End::Escalated),
        ],
        sources: SourceIds::new(),
        origin: Origin::default(),
        origins: Default::default(),
    }
}

fn drawn() -> String {
    svg(&sample::model().apis[0], &flow())
}

/// Returns the value of an attribute.
fn attribute<'s>(element: &'s str, name: &str) -> Option<&'s str> {
    let rest = element.split_once(&format!(" {name}=\""))?.1;
    Some(rest.split_once('"')?.0)
}

fn number(element: &str, name: &str) -> i32 {
    let text = attribute(element, name).unwrap_or_else(|| panic!("{name} of {element}"));
    text.parse().expect("a whole number")
}

/// A rectangle: left, top, right, bottom.
type Area = (i32, i32, i32, i32);

fn meet(one: Area, other: Area) -> bool {
    one.0 < other.2 && other.0 < one.2 && one.1 < other.3 && other.1 < one.3
}

/// Returns the areas of the texts, in the widest font.
fn texts(svg: &str) -> Vec<(Area, &str)> {
    let texts = svg.lines().filter(|line| line.starts_with("<text"));
    texts
        .map(|line| {
            let text = line.split_once('>').expect("a text").1;
            let text = text.trim_end_matches("</text>");
            let size = if line.contains("font-size=\"13\"") {
                13
            } else {
                11
            };
            // Wide characters are as wide as the font is high.
            let wide = |char: &char| *char >= '\u{1100}';
            let (wide, narrow): (Vec<char>, Vec<char>) = text.chars().partition(wide);
            let part = |chars: Vec<char>, share: i32| chars.len() as i32 * size * share / 100;
            let width = part(narrow, 61) + part(wide, 100);
            let (x, y) = (number(line, "x"), number(line, "y"));
            ((x, y - size + 2, x + width, y + 3), text)
        })
        .collect()
}

/// Returns the areas of the lines.
fn lines(svg: &str) -> Vec<Area> {
    let lines = svg.lines().filter(|line| line.starts_with("<polyline"));
    lines
        .map(|line| {
            let points = attribute(line, "points").expect("points");
            let points: Vec<(i32, i32)> = points
                .split(' ')
                .map(|point| {
                    let (x, y) = point.split_once(',').expect("a point");
                    (x.parse().expect("x"), y.parse().expect("y"))
                })
                .collect();
            let [(ax, ay), (bx, by)] = points[..] else {
                panic!("a straight line: {line}")
            };
            assert!(ax == bx || ay == by, "{line}");
            (ax.min(bx), ay.min(by), ax.max(bx) + 1, ay.max(by) + 1)
        })
        .collect()
}

#[test]
fn a_drawing_of_what_changed_has_nothing_else() {
    let model = sample::model();
    let changed = |markers: &Markers| changed_svg(&model.apis[0], &flow(), markers);
    assert_eq!(changed(&Markers::default()), None);
    let mark = Mark {
        sign: '~',
        hue: Hue::Warn,
        word: "changed",
    };
    let mut markers = Markers::default();
    markers
        .events
        .insert(("asking".into(), "exhausted".into()), mark);
    markers
        .events
        .insert(("asking".into(), "notify_payment.paid".into()), mark);
    let svg = changed(&markers).expect("a drawing");
    let texts = texts(&svg);
    let names: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
    for name in [
        "asking",
        "cancelling",
        "paid",
        "~ exhausted",
        "~ notify_payment.paid",
    ] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    // The step that it leads to has only a head, and nothing starts here.
    assert!(!names.contains(&"cancel: cancelled"), "{names:?}");
    assert!(
        !svg.contains("paying") && !svg.contains("settling"),
        "{svg}"
    );
    assert!(!svg.contains("r=\"5\""), "{svg}");
    for (index, (area, text)) in texts.iter().enumerate() {
        for (other, name) in &texts[index + 1..] {
            assert!(!meet(*area, *other), "`{text}` and `{name}`");
        }
    }
    // If all steps changed, there is no part to draw.
    for state in flow().states {
        markers.states.insert(state.name, mark);
    }
    assert_eq!(changed(&markers), None);
}

#[test]
fn nothing_stands_on_anything_else() {
    let svg = drawn();
    let texts = texts(&svg);
    assert!(texts.len() > 30);
    for (index, (area, text)) in texts.iter().enumerate() {
        for (other, name) in &texts[index + 1..] {
            assert!(!meet(*area, *other), "`{text}` and `{name}`");
        }
        for line in lines(&svg) {
            assert!(!meet(*area, line), "`{text}` and {line:?}");
        }
        let view = attribute(&svg, "viewBox").expect("a view");
        let view: Vec<i32> = view
            .split(' ')
            .map(|n| n.parse().expect("a number"))
            .collect();
        assert!(area.0 > 0 && area.1 > 0, "`{text}`");
        assert!(
            area.2 < view[2] + view[0] && area.3 < view[3] + view[1],
            "`{text}` {area:?} {view:?}"
        );
    }
}

#[test]
fn parallel_lines_stay_apart() {
    let svg = drawn();
    let lines = lines(&svg);
    let flat = |line: &&Area| line.3 - line.1 == 1;
    let flat: Vec<&Area> = lines.iter().filter(flat).collect();
    for (index, one) in flat.iter().enumerate() {
        for other in &flat[index + 1..] {
            let near = (one.1 - other.1).abs() < 4;
            assert!(
                !near || one.2 <= other.0 || other.2 <= one.0,
                "{one:?} {other:?}"
            );
        }
    }
}

#[test]
fn it_can_stand_in_markdown() {
    let svg = drawn();
    assert!(svg.lines().all(|line| !line.trim().is_empty()));
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("<title>The states of A &lt;life&gt; &amp; more</title>"));
    assert_eq!(svg, drawn());
    if let Ok(path) = std::env::var("PAYSPEC_DIAGRAM") {
        std::fs::write(path, &svg).expect("written");
    }
}

/// Returns the luminance of a colour, as WCAG 2 defines it.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let part = u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal digits");
        let part = f64::from(part) / 255.0;
        match part <= 0.04045 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn every_colour_can_be_read_in_light_and_in_dark() {
    let light: BTreeMap<&str, &str> = COLOURS.iter().map(|all| (all.0, all.1)).collect();
    let dark: BTreeMap<&str, &str> = COLOURS.iter().map(|all| (all.0, all.2)).collect();
    assert_eq!(light.len(), COLOURS.len());
    for colours in [light, dark] {
        let backs = ["back", "panel"];
        for (name, colour) in colours.iter().filter(|(name, _)| !backs.contains(name)) {
            for back in backs {
                let (one, other) = (luminance(colour) + 0.05, luminance(colours[back]) + 0.05);
                let ratio = one.max(other) / one.min(other);
                assert!(ratio >= 4.5, "{name} on {back}: {ratio:.2}");
            }
        }
    }
    // Every element has one of these colours, and no other.
    let svg = drawn();
    for line in svg.lines().filter(|line| line.contains("currentColor")) {
        let class = attribute(line, "class").expect("a class");
        assert!(COLOURS.iter().any(|(name, _, _)| *name == class), "{line}");
        assert!(!line.contains("opacity") && !line.contains('#'), "{line}");
    }
    let style = svg.lines().find(|line| line.starts_with("<style>"));
    let (light, dark) = style
        .and_then(|style| style.split_once("@media screen and (prefers-color-scheme:dark)"))
        .expect("two styles");
    for (name, bright, dim) in COLOURS {
        assert!(light.contains(&format!(".payspec-diagram .{name}{{color:{bright}}}")));
        assert!(dark.contains(&format!(".payspec-diagram .{name}{{color:{dim}}}")));
    }
}

/// Returns the frames of the steps. The frame in the legend is small.
fn frames(svg: &str) -> Vec<Area> {
    let frames = svg
        .lines()
        .filter(|line| line.starts_with("<rect class=\"panel\""));
    let frames = frames.filter(|line| number(line, "height") > 20);
    frames
        .map(|line| {
            let (x, y) = (number(line, "x"), number(line, "y"));
            (x, y, x + number(line, "width"), y + number(line, "height"))
        })
        .collect()
}

#[test]
fn a_step_is_as_wide_as_its_own_text() {
    let steps = frames(&drawn());
    assert_eq!(steps.len(), 4);
    let rights: BTreeSet<i32> = steps.iter().map(|one| one.2).collect();
    assert!(rights.len() > 1, "{rights:?}");
    // Wide characters take their room: two columns each.
    let mut wide = flow();
    wide.states[3].name = "結算".repeat(20);
    let wide = super::svg(&sample::model().apis[0], &wide);
    let (area, text) = *texts(&wide)
        .iter()
        .find(|(_, text)| text.starts_with("結算結"))
        .expect("the name");
    let frames = frames(&wide);
    let inside = frames
        .iter()
        .any(|frame| frame.0 < area.0 && area.2 < frame.2 && frame.1 < area.1 && area.3 < frame.3);
    assert!(inside, "{text}: {area:?} in {frames:?}");
}

#[test]
fn ends_differ_by_shape_and_the_legend_explains_them() {
    let svg = drawn();
    let shape = |class: &str| {
        let start = format!("<path class=\"{class}\"");
        let mut ends = svg.lines().filter(|line| line.starts_with(&start));
        let end = ends.find(|line| line.contains("stroke-width=\"2\""));
        let path = attribute(end.unwrap_or_else(|| panic!("{class}")), "d").expect("a path");
        let commands: String = path.chars().filter(|char| char.is_alphabetic()).collect();
        commands
    };
    let shapes = ["good", "bad", "calm", "warn"].map(shape);
    for (index, one) in shapes.iter().enumerate() {
        assert!(!shapes[index + 1..].contains(one), "{shapes:?}");
    }
    let texts = texts(&svg);
    for text in [
        "start",
        "step, with its events by target",
        "end: it succeeded",
        "end: it failed",
        "end: it was cancelled",
        "end: people find out",
        "the request is sent again",
        "nothing changes",
    ] {
        assert!(texts.iter().any(|(_, one)| *one == text), "{text}");
    }
    assert!(svg.contains("<desc>Steps: paying, asking, cancelling, settling. Ends: "));
    // A legend explains what is there, and nothing else.
    let diagram = OutcomeDiagram {
        title: "Outcomes".to_owned(),
        name: "pay".to_owned(),
        does: "an answer by its status".to_owned(),
        ways: vec![Way {
            to: "paid".to_owned(),
            hue: Hue::Good,
            mark: None,
            lines: vec![("S".to_owned(), None)],
        }],
    };
    let svg = diagram.svg();
    assert!(
        svg.contains("it is done") && !svg.contains("it failed"),
        "{svg}"
    );
    assert!(!svg.contains("sent again"), "{svg}");
}
