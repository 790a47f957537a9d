//! The diagram: no parts overlap, and the same flow gives the same bytes.

use super::{Mark, Markers, changed_svg, svg};
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
            let width = i32::try_from(text.chars().count()).expect("short") * size * 61 / 100;
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
        colour: "#d9780f",
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
            area.2 < view[2] && area.3 < view[3],
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
