//! Every value of every message that comes in, damaged in every way: a side field never changes the
//! decision, one that decides never leads to another decision, and all say the same about it.

use payspec_model::model::{Api, Direction, Object, Operation, Side, Type};
use payspec_model::sample;
use payspec_runtime::RuleId;
use payspec_tests::{agree::Validators, edit, random::is_tried};
use serde_json::Value;

use super::{outcomes, registry};

/// Marks the place of a damage in a message that is built as a tree.
const MARK: &str = "@@ here @@";

/// Values of which no field can be read, whatever its type.
const BROKEN: &[&[u8]] = &[
    br#""ab\ud83d""#,
    br#""\udc00ab""#,
    br#""\ud83d\u0041""#,
    br#""a\qb""#,
    br#""\u12g4""#,
    b"\"a\x01b\"",
    b"\"a\tb\"",
    b"\"\xc4\xe3\xba\xc3\"",
    b"\"a\xff\"",
    b"\"\x81\\\"",
    b"NaN",
    b"Infinity",
    b"-Infinity",
    b"01",
    b"+1",
    b"1.",
    b".5",
    b"-",
    b"0x1F",
    b"True",
    b"None",
    b"undefined",
    b"nul",
    b"truee",
];

/// Values that some types can read, and others not.
const ODD: &[&[u8]] = &[
    b"[]",
    b"{}",
    b"[{}]",
    b"[null]",
    b"[1]",
    br#""""#,
    br#"" ""#,
    br#""x""#,
    br#""TRUE""#,
    br#""hkd""#,
    br#""US$""#,
    br#""2026-11-02T15:16:02+0800""#,
    br#""2026-11-02T15:16+08:00""#,
    br#""2026-11-02 15:16:02+08:00""#,
    br#""{""#,
    br#""{\"a\":\"\\ud83d\"}""#,
    b"true",
    b"0",
    b"-0",
    b"1e3",
    b"5.06E-5",
    b"1e999999999",
    b"-1e-999999999",
    b"99999999999999999999999",
    b"0.1",
];

/// A message that comes in, and what is known of it.
struct Incoming<'a> {
    validators: &'a Validators,
    api: &'a Api,
    operation: &'a Operation,
    registered: registry::Operation,
    side: Side,
    body: &'a Object,
    message: Value,
    decision: Option<String>,
}

impl Incoming<'_> {
    /// The message with something else in place of the value at a pointer.
    fn with(&self, pointer: &str, value: &[u8]) -> Vec<u8> {
        let mut message = self.message.clone();
        edit::set(&mut message, pointer, MARK.into());
        replaced(&message, value)
    }

    /// The message as bytes, and what it comes to, when all agree on it.
    fn decision(&self, json: &[u8]) -> Option<String> {
        let body = self.registered.body(self.side).expect("a body");
        (body.both)(self.validators, &self.operation.id, self.side, json);
        outcomes::of(self.validators, &self.registered, self.side, json)
    }

    fn again(&self, json: &[u8]) -> Option<registry::Again> {
        let body = self.registered.body(self.side).expect("a body");
        (body.again)(json).ok()
    }

    /// Returns whether the value at a pointer has a part in the decision.
    fn decides(&self, pointer: &str) -> bool {
        let result = self.operation.result.as_ref();
        let decisions = result.map_or(&[][..], |result| &result.decisions);
        let needed = decisions.iter().flat_map(|decision| {
            let case = decision.cases.iter().map(|case| case.by.as_slice());
            let needs = decision.payload.iter().chain(&decision.needs);
            case.chain(needs.map(Vec::as_slice))
        });
        let decisive = self.operation.decisive(self.api);
        let mut paths = decisive.iter().map(Vec::as_slice).chain(needed);
        paths.any(|path| {
            let path = payspec_model::pointer::pointer(path);
            is_within(&path, pointer) || is_within(pointer, &path)
        })
    }

    /// The pointer of what is absent in the generated type when the value at a pointer cannot be read:
    /// the value, or what cannot do without it. [`None`] when that is the message.
    fn lost_with(&self, pointer: &str) -> Option<String> {
        let mut lost = None;
        let mut at = String::new();
        let mut ty: Option<&Type> = None;
        let mut object = Some(self.body);
        for name in pointer.split('/').skip(1) {
            at = format!("{at}/{name}");
            if let Some(Type::List(element)) = ty {
                ty = Some(&element.ty);
            } else {
                let field = object?.field(name)?;
                if !field.plain {
                    lost = Some(at.clone());
                }
                ty = Some(&field.ty);
            }
            object = ty?.object().map(|id| self.api.object(id));
        }
        lost
    }
}

fn is_within(pointer: &str, outer: &str) -> bool {
    let rest = pointer.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The text of a message with these bytes in place of the mark.
fn replaced(message: &Value, bytes: &[u8]) -> Vec<u8> {
    let text = message.to_string();
    let mark = format!("\"{MARK}\"");
    let (before, behind) = text.split_once(&mark).expect("the mark");
    [before.as_bytes(), bytes, behind.as_bytes()].concat()
}

/// Every message that comes in, with all its fields, for each decision that there is an example of.
fn every_incoming(test: impl Fn(&Incoming<'_>)) {
    let validators = Validators::load();
    let mut count = 0;
    for id in validators.operation_ids() {
        let (api, operation) = validators.operation(id);
        for &side in Side::ALL {
            let Some(body) = operation.body(side) else {
                continue;
            };
            if operation.direction(side) != Direction::Incoming {
                continue;
            }
            let examples = operation.examples.iter().filter(|one| one.side == side);
            let examples = examples.map(|one| serde_json::from_str(&one.json).expect("JSON"));
            for message in std::iter::once(sample::full(api, body)).chain(examples) {
                let mut incoming = Incoming {
                    validators: &validators,
                    api,
                    operation,
                    registered: registry::operation(id),
                    side,
                    body: &body.object,
                    message,
                    decision: None,
                };
                let json = incoming.message.to_string();
                incoming.decision = incoming.decision(json.as_bytes());
                assert!(incoming.decision.is_some(), "{id} is decided by {json}");
                test(&incoming);
                count += 1;
            }
        }
    }
    assert!(count > 20, "only {count} messages");
}

/// Returns the values to try at the place with this number: all, or another tenth at each place.
fn tried(
    values: &'static [&'static [u8]],
    place: usize,
) -> impl Iterator<Item = &'static &'static [u8]> {
    let numbered = values.iter().enumerate();
    numbered.filter_map(move |(number, value)| is_tried(place + number).then_some(value))
}

#[test]
fn a_value_that_cannot_be_read_is_as_if_it_were_absent_or_decides() {
    every_incoming(|incoming| {
        for (number, pointer) in edit::pointers(&incoming.message).into_iter().enumerate() {
            let lost = incoming.lost_with(&pointer);
            // The message without the part that is lost, as it is written: the same for every value.
            let mut without = None;
            for value in tried(BROKEN, number) {
                let json = incoming.with(&pointer, value);
                let shown = || String::from_utf8_lossy(&json).into_owned();
                let decision = incoming.decision(&json);
                let Some(again) = incoming.again(&json) else {
                    assert!(incoming.decides(&pointer), "not read: {}", shown());
                    assert_eq!(decision, None, "{}", shown());
                    continue;
                };
                let Some(lost) = &lost else {
                    panic!("read without it: {}", shown());
                };
                let without = without.get_or_insert_with(|| {
                    let mut rest = incoming.message.clone();
                    edit::remove(&mut rest, lost);
                    let other = incoming.again(rest.to_string().as_bytes());
                    let other = other.expect("it can be read");
                    other.written.expect("written")
                });
                assert_eq!(
                    again.written.expect("written"),
                    *without,
                    "without {lost}: {}",
                    shown()
                );
                let told = again.dropped.iter().filter(|one| one.path == *pointer);
                let told: Vec<RuleId> = told.map(|one| one.rule).collect();
                assert_eq!(told, [RuleId::Type], "{pointer} of {}", shown());
                if incoming.decides(&pointer) {
                    let stands = decision == incoming.decision;
                    assert!(
                        stands || decision.as_deref() == Some("Pending"),
                        "{decision:?} of {}",
                        shown()
                    );
                } else {
                    assert_eq!(decision, incoming.decision, "{}", shown());
                }
            }
        }
    });
}

#[test]
fn an_odd_value_leads_to_no_other_decision() {
    every_incoming(|incoming| {
        for (number, pointer) in edit::pointers(&incoming.message).into_iter().enumerate() {
            for value in tried(ODD, number) {
                let json = incoming.with(&pointer, value);
                let decision = incoming.decision(&json);
                let stands = decision == incoming.decision;
                let shown = || String::from_utf8_lossy(&json).into_owned();
                match decision.as_deref() {
                    None | Some("Pending") if incoming.decides(&pointer) => {}
                    other => assert!(stands, "{other:?} of {}", shown()),
                }
            }
        }
    });
}

/// Ids, statuses and codes: what is there and cannot be read leaves the message undecided.
#[test]
fn what_decides_is_read_or_nothing_is() {
    every_incoming(|incoming| {
        for path in incoming.operation.decisive(incoming.api) {
            let pointer = payspec_model::pointer::pointer(&path);
            if incoming.message.pointer(&pointer).is_none() {
                continue;
            }
            for value in BROKEN {
                let json = incoming.with(&pointer, value);
                assert_eq!(incoming.decision(&json), None, "{pointer}");
            }
        }
    });
}

#[test]
fn a_field_that_comes_twice_has_no_value() {
    every_incoming(|incoming| {
        for pointer in edit::pointers(&incoming.message) {
            let (parent, name) = pointer.rsplit_once('/').expect("a pointer below the root");
            if incoming
                .message
                .pointer(parent)
                .is_some_and(Value::is_array)
            {
                continue;
            }
            let value = incoming.message.pointer(&pointer).expect("it is there");
            let json = incoming.with(&pointer, format!("{value},\"{name}\":{value}").as_bytes());
            let shown = || String::from_utf8_lossy(&json).into_owned();
            let decision = incoming.decision(&json);
            if let Some(again) = incoming.again(&json) {
                let mut told = again.dropped.iter().filter(|one| one.path == *pointer);
                assert!(
                    told.any(|one| one.rule == RuleId::DuplicateField),
                    "{pointer} of {}",
                    shown()
                );
            }
            match decision.as_deref() {
                None | Some("Pending") if incoming.decides(&pointer) => {}
                other => assert_eq!(other, incoming.decision.as_deref(), "{}", shown()),
            }
        }
    });
}

/// Fields that nobody knows, and names that nobody can read, wherever they stand.
#[test]
fn a_damaged_field_that_nobody_knows_is_ignored() {
    every_incoming(|incoming| {
        let read = |json: &[u8]| {
            let again = incoming.again(json);
            let again = again.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(json)));
            (again.written.expect("written"), again.dropped)
        };
        let message = incoming.message.to_string();
        let before = read(message.as_bytes());
        let mut places = edit::pointers(&incoming.message);
        places.push(String::new());
        for (number, place) in places.into_iter().enumerate() {
            if !incoming
                .message
                .pointer(&place)
                .is_some_and(Value::is_object)
            {
                continue;
            }
            let mut message = incoming.message.clone();
            edit::set(&mut message, &format!("{place}/nobodyKnowsIt"), MARK.into());
            for value in tried(BROKEN, number).chain(tried(ODD, number)) {
                let nested = [b"[{\"a\":", *value, b"}]"].concat();
                for value in [*value, &nested] {
                    let json = replaced(&message, value);
                    assert_eq!(incoming.decision(&json), incoming.decision);
                    assert_eq!(read(&json), before, "{}", String::from_utf8_lossy(&json));
                }
            }
            for name in BROKEN.iter().filter(|value| value.starts_with(b"\"")) {
                let json = replaced(&message, &[b"0,", *name, b":1"].concat());
                assert_eq!(incoming.decision(&json), incoming.decision);
                assert_eq!(read(&json), before, "{}", String::from_utf8_lossy(&json));
            }
        }
    });
}

/// A message decides nothing if it is not clear where a value ends.
#[test]
fn a_broken_structure_decides_nothing() {
    every_incoming(|incoming| {
        let message = incoming.message.to_string();
        let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
        let mut endings: Vec<Vec<u8>> = Vec::new();
        for end in (1..message.len()).step_by(7) {
            endings.push(message.as_bytes().get(..end).expect("shorter").to_vec());
        }
        endings.push(format!("{message}x").into_bytes());
        endings.push(format!("[{message}]").into_bytes());
        endings.push(
            message
                .replacen('{', &format!("{{\"a\":{deep},"), 1)
                .into_bytes(),
        );
        endings.push(message.replacen(':', "", 1).into_bytes());
        endings.push(message.replacen(',', "", 1).into_bytes());
        for json in endings {
            let shown = String::from_utf8_lossy(&json);
            assert_eq!(incoming.decision(&json), None, "{shown}");
        }
    });
}
