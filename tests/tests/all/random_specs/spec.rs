use payspec_model::source::Memory;
use serde_json::{Map, Value, json};

use super::dice::Dice;

/// Names that mean something in Rust, in the generated code, or that need mapping.
const NAMES: &[&str] = &[
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "fn",
    "async",
    "gen",
    "try",
    "build",
    "builder",
    "new",
    "name",
    "value",
    "validate",
    "schema",
    "get",
    "outcome",
    "key",
    "2fa",
    "x-y",
    "a.b",
    "a/b",
    "osType",
    "OS",
    "ID_2",
    "code",
    "status",
    "message",
    "reference",
    "class",
    "decided",
    "payload",
    "holder",
    "word",
    "text",
    "core",
    "std",
    "payspec_runtime",
    "types",
    "mod",
    "lib",
    "main",
    "request",
    "response",
    "field",
    "violations",
    "clone",
    "fmt",
    "index",
    "put",
    "into",
    "from",
    "required",
    "default",
    "hash",
    "eq",
    "drop",
    "serialize",
    "union",
    "raw",
    "r",
    "x1y2",
];

/// Names of types.
const TYPES: &[&str] = &[
    "Option",
    "String",
    "Vec",
    "Result",
    "Box",
    "Some",
    "Order",
    "order_item",
    "Value",
    "Message",
    "Field",
    "Schema",
    "Unknown",
    "Url",
    "DateTime",
    "EpochSeconds",
    "Uuid",
    "Binary",
    "JsonText",
    "Decimal",
    "Currency",
    "Valid",
    "Violation",
    "Error",
    "Default",
    "Debug",
    "Iterator",
    "Item",
    "Core",
    "Serde",
    "Kind",
    "T",
    "Self_",
    "Type",
    "Builder",
    "Required",
];

/// Spellings of enum values and of codes.
const WORDS: &[&str] = &[
    "UNKNOWN",
    "Unknown",
    "SUCCESS",
    "01",
    "2",
    "A B",
    "A/B",
    "self",
    "Self",
    "EntryCode",
    "None",
    "Some",
    "Ok",
    "x-1",
    "OTHER_VALUE",
    "OTHER",
    "a",
    "crate",
    "W3C",
    "it.s",
    "V1",
];

/// Texts that try to be more than prose.
const TEXTS: &[&str] = &[
    "Plain.",
    "*/ pub fn owned() {} /*",
    "\"] pub fn owned() {} #[doc = \"",
    "#![feature(x)]",
    "first\n\n    let x = indented();",
    "first\n\n```\npanic!();\n```",
    "~~~\npanic!();\n~~~",
    "`closed` and `open",
    "[x] [`Vec`] [Order] [a](b) ![c](d.png) [e]: https://e.f",
    "<script> <b>x",
    "see https://example.com/a_b?c=d*e, (http://x.y).",
    "{} {0} {{x}} \\ \\n",
    "# heading",
    "> quote\n- item\n1. item\n2) item",
    "a | b\n--|--\nc | d",
    "&lt; &#60; &copy; a & b",
    "_a_ __b__ *c* **d** snake_case",
    "\u{202e}right\u{2066} to \u{200b}left \u{7}",
    "金额：￥100 🎉",
    "://",
    "a 2025). b 12. c",
    "\"quotes\" and 'ticks' and \\",
    "///",
    "//! x",
    "-",
];

const SCALARS: &[&str] = &[
    "string",
    "string",
    "string",
    "integer",
    "decimal",
    "boolean",
    "datetime",
    "date",
    "url",
    "epoch_seconds",
    "epoch_millis",
    "uuid",
    "binary",
    "country",
    "currency",
    "any",
];

/// Writes the files of a random API.
pub(crate) fn write(dice: &Dice, number: usize, memory: &mut Memory) {
    let folder = format!("api{number}");
    let mut put = |path: &str, value: Value| {
        // JSON is YAML.
        let text = value.to_string().into_bytes();
        memory.files.insert(format!("{folder}/{path}"), text);
    };
    put("api.yaml", api(dice, number));
    put("results.yaml", results(dice));
    let types = dice.some(TYPES, 7);
    let (enums, objects) = types.split_at(types.len() / 2);
    let make = |dice: &Dice, at: usize, name: &str| object(dice, name, &objects[at + 1..], enums);
    let objects_made: Map<String, Value> = objects
        .iter()
        .enumerate()
        .map(|(at, name)| ((**name).to_owned(), make(dice, at, name)))
        .collect();
    let enums_made: Map<String, Value> = enums
        .iter()
        .map(|name| ((**name).to_owned(), listed(dice)))
        .collect();
    put(
        "types/all.yaml",
        json!({ "source": "page", "objects": objects_made, "enums": enums_made }),
    );
    for id in dice.some(&["pay", "type", "r2_d2", "types2", "order", "mod"], 2) {
        let operation = operation(dice, &format!("{id}_{number}"), objects, enums);
        put(&format!("operations/{id}.yaml"), operation);
    }
}

fn text(dice: &Dice) -> String {
    (*dice.pick(TEXTS)).to_owned()
}

fn api(dice: &Dice, number: usize) -> Value {
    json!({
        "payspec": 2,
        "id": format!("{}{number}", dice.pick(&["api", "r2_d", "type", "crate_", "self_"])).replace("__", "_"),
        "title": text(dice),
        "description": text(dice),
        "sources": { "page": { "title": text(dice), "date": "2024-01-01", "note": text(dice) } },
        "source": "page",
        "servers": { text(dice): { "url": dice.pick(&["", "/a/b"]), "description": text(dice) } },
        "hosts": [{ "region": text(dice), "host": dice.pick(&["a.example", "b.example:80"]), "role": "recommended", "note": text(dice) }],
        "headers": {
            "request": { *dice.pick(&["Client-Id", "X_1"]): { "required": true, "description": text(dice), "format": "text" } },
            "response": { "X-Trace": { "description": text(dice), "max_length": 32, "pattern": dice.pick(&["[0-9]{4}", r#""\]"#, "[^]\"\\\\]+"]) } },
        },
        "wire": {
            "scalars": dice.pick(&["strings", "native"]),
            "empty_text": dice.pick(&["forbidden", "allowed"]),
            "lengths": "characters",
        },
        "signature": {
            "algorithm": "rsa_pkcs1_v15_sha256",
            "algorithm_name": "RSA256",
            "key_bits": 2048,
            "request_content": dice.pick(&["{body}", "{method} {uri}\n{client_id}.{request_time}.{body}"]),
            "response_content": "*/ \"{body}\" {response_time}",
            "uri": text(dice),
            "encoding": ["base64"],
            "header": "Signature",
            "header_keys": ["signature"],
            "notes": [text(dice), text(dice)],
        },
    })
}

fn results(dice: &Dice) -> Value {
    json!({
        "source": "page",
        "cases": {
            "S": { "description": text(dice), "decide": "done" },
            "F": { "description": text(dice), "decide": "failed" },
            "U": { "description": text(dice), "decide": "pending" },
        },
    })
}

fn listed(dice: &Dice) -> Value {
    let values: Map<String, Value> = dice
        .some(WORDS, 6)
        .into_iter()
        .map(|word| ((*word).to_owned(), json!({ "description": text(dice) })))
        .collect();
    json!({ "description": text(dice), "open": dice.once_in(2), "values": values })
}

fn object(dice: &Dice, name: &str, later: &[&&str], enums: &[&&str]) -> Value {
    let fields = fields(dice, later, enums, Some(name));
    let names: Vec<String> = fields
        .iter()
        .filter(|(_, field)| field["required"] != json!(true))
        .map(|(name, _)| name.clone())
        .collect();
    let mut object = json!({ "description": text(dice), "fields": fields });
    if names.len() >= 2 && dice.once_in(3) {
        object["at_least_one_of"] = json!([{ "fields": names[..2] }]);
    }
    if dice.once_in(3) {
        let fields = object["fields"].as_object_mut().expect("fields");
        fields.insert(
            "theCurrency".into(),
            json!({ "type": "currency", "description": text(dice) }),
        );
        let required = dice.once_in(2);
        let money = json!({
            "currency": "/theCurrency",
            "multiple_of": { "IDR": { "step": 100 }, "JPY": { "step": 5 } },
        });
        let value = json!({
            "type": "integer",
            "money": money,
            "description": text(dice),
            "required": required,
        });
        fields.insert("theValue".into(), value);
    }
    if dice.once_in(5) {
        object["deprecated"] = json!({ "reason": text(dice), "replacement": text(dice) });
    }
    object
}

fn fields(
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

/// Returns a method and a path, and gives fields of the request places that they can have.
fn address(
    dice: &Dice,
    id: &str,
    request: &mut Map<String, Value>,
    enums: &[&&str],
) -> (&'static str, String) {
    let method = *dice.pick(&["POST", "PATCH", "PUT", "GET", "DELETE"]);
    let has_text = |field: &Value| {
        let ty = field["type"].as_str().unwrap_or_default();
        (SCALARS.contains(&ty) && ty != "any") || enums.iter().any(|one| **one == ty)
    };
    if matches!(method, "GET" | "DELETE") {
        request.retain(|_, field| has_text(field));
    } else {
        for field in request.values_mut().filter(|field| has_text(field)) {
            if dice.once_in(4) {
                field["in"] = json!("query");
            }
        }
    }
    match dice.below(4) {
        0 => {
            request["theKey"]["in"] = json!("header");
            (method, "/x".to_owned())
        }
        1 => {
            if let Some(key) = request["theKey"].as_object_mut() {
                key.remove("in");
            }
            (method, format!("/x/{id}/{{theKey}}/{{another}}"))
        }
        _ => (method, "/x".to_owned()),
    }
}

fn operation(dice: &Dice, id: &str, objects: &[&&str], enums: &[&&str]) -> Value {
    let mut request = fields(dice, objects, enums, None);
    request.insert(
        "theKey".into(),
        json!({ "type": "string", "required": true, "description": text(dice) }),
    );
    let (method, path) = address(dice, id, &mut request, enums);
    let mut response = fields(dice, objects, enums, None);
    for name in ["theStatus", "theCode", "theText"] {
        let field =
            json!({ "type": "string", "required": dice.once_in(2), "description": text(dice) });
        response.insert(name.into(), field);
    }
    let mut refinements = Map::new();
    for (name, field) in &request {
        let mut path = format!("/{}", name.replace('/', "~1"));
        let rules = match field["type"].as_str() {
            Some("string") if field.get("values").is_none() && field.get("const").is_none() => {
                json!({ "max_length": { "value": 95, "severity": "warning" } })
            }
            Some("map") if field["of"] == "string" && dice.once_in(2) => {
                path.push_str("/*");
                json!({ "max_length": 95, "note": text(dice) })
            }
            _ => json!({ "required": true, "note": text(dice) }),
        };
        if dice.once_in(4) {
            refinements.insert(path, rules);
        }
    }
    let payload = response.iter().find(|(_, field)| {
        let ty = field["type"].as_str().unwrap_or_default();
        objects.iter().any(|object| **object == ty)
    });
    let payload = payload.map(|(name, _)| format!("/{}", name.replace('/', "~1")));
    let needs: Vec<String> = dice
        .some(&response.keys().collect::<Vec<_>>(), 3)
        .into_iter()
        .map(|name| format!("/{}", name.replace('/', "~1")))
        .collect();
    let mut success = json!({ "decide": dice.pick(&["done", "redirect"]), "description": text(dice), "needs": needs });
    if let Some(payload) = payload.filter(|_| dice.once_in(2)) {
        success["payload"] = json!(payload);
    }
    if dice.once_in(2) {
        success["as"] = json!(dice.pick(&["paid", "self", "unknown", "in_process", "fn"]));
    }
    if dice.once_in(2) {
        let other = json!({ "decide": "waiting", "as": "waits", "description": text(dice) });
        let nobody = json!({ "decide": "pending", "description": text(dice) });
        let mut cases = Map::new();
        for case in [success, other, nobody] {
            cases.insert(text(dice), case);
        }
        success = json!({ "by": "/theText", "cases": cases });
    }
    let codes: Map<String, Value> = dice
        .some(WORDS, 6)
        .into_iter()
        .map(|word| {
            let (status, step, resend) = *dice.pick(&[
                ("F", "contact_support", "pointless"),
                ("U", "resend_same", "safe"),
            ]);
            let code = json!({
                "status": status, "next_step": step, "resend": resend,
                "meaning": format!("{word}: {}", text(dice)), "action": text(dice),
            });
            ((*word).to_owned(), code)
        })
        .collect();
    let mut operation = json!({
        "id": id,
        "title": text(dice),
        "description": text(dice),
        "source": "page",
        "method": method,
        "path": path,
        "request": { "fields": request, "refinements": refinements },
        "response": { "fields": response },
        "result": {
            "by": "/theStatus",
            "code": "/theCode",
            "message": "/theText",
            "references": ["/theText", "/theCode"],
            "cases": {
                "S": success,
                "F": { "decide": "failed", "description": text(dice) },
                "U": { "decide": "pending", "description": text(dice), "actions": ["resend_same", "inquire", "cancel"] },
            },
            "codes": codes,
        },
        "idempotency": {
            "key": "/theKey", "must_repeat": ["/theKey"], "settled": ["S", "F"], "description": text(dice),
        },
    });
    if dice.once_in(3) {
        operation["deprecated"] = json!({ "reason": text(dice), "replacement": text(dice) });
    }
    operation
}
