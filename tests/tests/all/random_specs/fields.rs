//! Writes the fields of a random object or body, and their constraints.

use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::vocabulary::{NAMES, SCALARS, TEXTS};

/// Returns a text that tries to be more than prose.
pub(super) fn text(dice: &Dice) -> String {
    (*dice.pick(TEXTS)).to_owned()
}

pub(super) fn fields(
    dice: &Dice,
    objects: &[&&str],
    enums: &[&&str],
    own: Option<&str>,
) -> Map<String, Value> {
    let mut fields = Map::new();
    for name in dice.some(NAMES, 9) {
        let earlier: Vec<String> = fields
            .iter()
            .filter(|(_, field): &(&String, &Value)| field["type"] == "string")
            .map(|(name, _)| name.clone())
            .collect();
        let field = field(dice, objects, enums, own, &earlier);
        fields.insert((*name).to_owned(), field);
    }
    fields
}

fn field(
    dice: &Dice,
    objects: &[&&str],
    enums: &[&&str],
    own: Option<&str>,
    texts: &[String],
) -> Value {
    let mut field = json!({ "description": text(dice) });
    let choice = dice.below(12);
    let (ty, of) = match (choice, objects.is_empty(), enums.is_empty()) {
        (0, false, _) => ((**dice.pick(objects)).to_owned(), None),
        (1, false, _) => ("json".to_owned(), Some((**dice.pick(objects)).to_owned())),
        (2, false, _) => ("list".to_owned(), Some((**dice.pick(objects)).to_owned())),
        (3, _, false) => ((**dice.pick(enums)).to_owned(), None),
        (4, _, false) => ("list".to_owned(), Some((**dice.pick(enums)).to_owned())),
        (5, _, _) => ("list".to_owned(), Some((*dice.pick(SCALARS)).to_owned())),
        (7, false, _) => ("map".to_owned(), Some((**dice.pick(objects)).to_owned())),
        (8, _, false) => ("map".to_owned(), Some((**dice.pick(enums)).to_owned())),
        (9, _, _) => ("map".to_owned(), Some((*dice.pick(SCALARS)).to_owned())),
        // An object inside itself.
        (6, _, _) if own.is_some() => (own.unwrap_or_default().to_owned(), None),
        _ => ((*dice.pick(SCALARS)).to_owned(), None),
    };
    let is_own = own == Some(ty.as_str());
    constrain(dice, &mut field, &ty);
    travel(dice, &mut field, &ty);
    field["type"] = json!(ty);
    if let Some(of) = of.filter(|_| field.get("of").is_none()) {
        field["of"] = json!(of);
    }
    if !is_own && dice.once_in(2) {
        field["required"] = json!(true);
    } else if dice.once_in(6) {
        field["required"] =
            json!({ "severity": "warning", "direction": "outgoing", "reason": text(dice) });
    } else if let Some(other) = texts.first().filter(|_| dice.once_in(2)) {
        let path = format!("/{}", other.replace('/', "~1"));
        let word = *dice.pick(&["required_when", "forbidden_when"]);
        field[word] = match dice.below(4) {
            3 => json!([{ "path": path, "absent": true }]),
            0 => json!([{ "path": path, "values": [text(dice), "other"] }]),
            1 => json!([{ "path": path, "text": text(dice), "severity": "warning" }]),
            _ => json!([{ "text": text(dice) }]),
        };
    }
    if dice.once_in(6) {
        field["sensitive"] = json!(dice.pick(&["pii", "secret"]));
    }
    if dice.once_in(6) {
        field["deprecated"] = json!({ "reason": text(dice), "date": "2024-01" });
        field["since"] = json!({ "date": "2023-01-31", "note": text(dice) });
    }
    let may_have_one = field["required"] != json!(true) && field["sensitive"] != json!("secret");
    if let Some(default) = default(&field).filter(|_| may_have_one && dice.once_in(2)) {
        field["default"] = default;
    }
    field
}

/// Lets `null` be a value of some fields.
pub(super) fn nullable(dice: &Dice, field: &mut Value) {
    if field["type"] != json!("any") && dice.once_in(4) {
        field["nullable"] = json!(true);
    }
    let of = &field["of"];
    let of = match of.is_string() {
        true => json!({ "type": of }),
        false => of.clone(),
    };
    let has_elements = field["type"] == json!("list") || field["type"] == json!("map");
    if has_elements && of["type"] != json!("any") && dice.once_in(2) {
        field["of"] = of;
        field["of"]["nullable"] = json!(true);
    }
}

/// A value that every field of this form can have.
fn default(field: &Value) -> Option<Value> {
    match field["type"].as_str()? {
        "boolean" => Some(json!("false")),
        "integer" => Some(json!("5")),
        "decimal" => Some(json!("1000000.50")),
        "epoch_seconds" | "epoch_millis" => Some(json!("1700000000")),
        "uuid" => Some(json!("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")),
        "datetime" => Some(json!("2024-01-01T08:00:00+08:00")),
        "string" => {
            let first = field["values"].as_array()?.first()?;
            first.as_str().filter(|text| !text.is_empty())?;
            Some(first.clone())
        }
        _ => None,
    }
}

/// Gives some numbers and booleans a JSON type of their own.
fn travel(dice: &Dice, value: &mut Value, ty: &str) {
    let types = match ty {
        "integer" | "decimal" | "epoch_seconds" | "epoch_millis" => &["string", "number"],
        "boolean" => &["string", "boolean"],
        _ => return,
    };
    if dice.once_in(4) {
        value["json_type"] = json!(dice.pick(types));
    }
}

fn constrain(dice: &Dice, field: &mut Value, ty: &str) {
    let strength = |dice: &Dice, value: Value| match dice.below(4) {
        0 => json!({ "value": value, "severity": "warning", "reason": text(dice) }),
        1 => json!({ "value": value, "direction": dice.pick(&["outgoing", "incoming"]) }),
        _ => value,
    };
    match ty {
        "string" => match dice.below(7) {
            0 => field["const"] = strength(dice, json!(text(dice))),
            1 => field["values"] = json!(dice.some(TEXTS, 4)),
            2 => {
                let pattern =
                    *dice.pick(&["[0-9]{4}", "a|b", r#""\]"#, "[^]\"\\\\]+", "(?i)x{0,3}"]);
                field["pattern"] = strength(dice, json!(pattern));
            }
            3 => field["format"] = strength(dice, json!(dice.pick(&["mcc", "json"]))),
            4 => {
                field["min_length"] = strength(dice, json!(dice.below(4)));
                field["max_length"] = strength(dice, json!(4 + dice.below(90)));
            }
            5 => field["max_length"] = json!("unknown"),
            _ => field["example"] = json!(text(dice)),
        },
        "integer" => {
            field["min"] = strength(dice, json!(*dice.pick(&["0", "-5", "1"])));
            field["max"] = strength(dice, json!(*dice.pick(&["9999999999999999", "7"])));
            if dice.once_in(2) {
                field["multiple_of"] = strength(dice, json!(*dice.pick(&["1", "7"])));
            }
        }
        "decimal" => {
            field["min"] = strength(dice, json!(*dice.pick(&["0.01", "-3", "1000000"])));
            if dice.once_in(2) {
                field["multiple_of"] = strength(dice, json!(*dice.pick(&["0.01", "0.25"])));
            }
        }
        "list" | "map" if dice.once_in(3) => {
            let mut of = json!({ "type": dice.pick(SCALARS) });
            let ty = of["type"].as_str().unwrap_or_default().to_owned();
            constrain(dice, &mut of, &ty);
            travel(dice, &mut of, &ty);
            if let Some(of) = of.as_object_mut() {
                of.remove("example");
            }
            if dice.once_in(3) {
                of = json!({ "type": dice.pick(&["list", "map"]), "of": of, "max_items": 3 });
            }
            field["of"] = of;
        }
        "map" => {
            field["max_items"] = strength(dice, json!(1 + dice.below(9)));
            if dice.once_in(2) {
                let pattern = *dice.pick(&["[0-9]{4}", r#""\]"#, "[^]\"\\\\]+"]);
                field["keys"] =
                    json!({ "max_length": strength(dice, json!(40)), "pattern": pattern });
            }
        }
        "list" => field["max_items"] = strength(dice, json!(1 + dice.below(9))),
        "url" if dice.once_in(2) => field["max_length"] = strength(dice, json!(2048)),
        _ => {}
    }
}
