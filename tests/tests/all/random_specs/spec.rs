//! Writes the files of a random API.

use payspec_model::source::Memory;
use serde_json::{Map, Value, json};

use super::bodies;
use super::dice::Dice;
use super::fields::{fields, nullable, text};
use super::money;
use super::vocabulary::{SCALARS, TYPES, WORDS};

/// Writes the files of a random API.
pub(crate) fn write(dice: &Dice, number: usize, memory: &mut Memory) {
    let folder = format!("api{number}");
    let mut put = |path: &str, value: Value| {
        // JSON is YAML.
        let text = value.to_string().into_bytes();
        memory.files.insert(format!("{folder}/{path}"), text);
    };
    let mut api = api(dice, number);
    let mut results = results(dice);
    let is_by_http_status = dice.once_in(3);
    if is_by_http_status {
        // A signed answer is judged by a field.
        let api = api.as_object_mut().expect("an API");
        api.remove("signature");
        if dice.once_in(2) {
            authenticate(dice, api);
        }
        judge_by_http_status(&mut results);
    }
    put("api.yaml", api);
    put("results.yaml", results);
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
    let mut types = json!({ "source": "page", "objects": objects_made, "enums": enums_made });
    if let Some(union) = union(dice, objects) {
        types["unions"] = json!({ UNION: union });
    }
    for id in dice.some(&["pay", "type", "r2_d2", "types2", "order", "mod"], 2) {
        let mut operation = operation(dice, &format!("{id}_{number}"), objects, enums);
        if is_by_http_status {
            judge_by_http_status(&mut operation["result"]);
            operation["idempotency"]["settled"] = json!(["200", "4XX"]);
            bodies::differ_by_status(dice, &mut operation);
        }
        if let Some(objects) = types["objects"].as_object_mut() {
            bodies::name_bodies(dice, &mut operation, objects);
        }
        put(&format!("operations/{id}.yaml"), operation);
    }
    put("types/all.yaml", types);
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
            "decimals": dice.pick(&[json!({}), json!({ "ISK": 2, "UGX": 0 })]),
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

/// Adds credentials, and the headers that carry them.
fn authenticate(dice: &Dice, api: &mut Map<String, Value>) {
    const NAMES: &[&str] = &["key", "type", "secret_key", "r2_d2", "client", "async"];
    let names = dice.some(NAMES, 3);
    let mut request = Map::new();
    let first = names.first().map_or("key", |name| **name);
    match dice.below(3) {
        0 => drop(request.insert("bearer".to_owned(), json!(first))),
        1 => drop(request.insert("basic".to_owned(), json!([first, "pass_word"]))),
        _ => {}
    }
    let template: String = names
        .iter()
        .map(|name| format!("*/ \"{{{name}}}"))
        .collect();
    let headers = json!({ "X-Key": format!("{{{first}}}{template}") });
    request.insert("headers".to_owned(), headers);
    let credentials: Map<String, Value> = names
        .iter()
        .filter(|_| dice.once_in(2))
        .map(|name| {
            let kind = *dice.pick(&["id", "secret"]);
            let credential = json!({ "kind": kind, "description": text(dice) });
            ((**name).to_owned(), credential)
        })
        .collect();
    api.insert("credentials".to_owned(), credentials.into());
    api.insert("auth".to_owned(), json!({ "request": request }));
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

/// Replaces the statuses of a result, or of `results.yaml`, with HTTP statuses.
fn judge_by_http_status(result: &mut Value) {
    let http = |status: &str| match status {
        "S" => "200",
        "F" => "4XX",
        _ => "5XX",
    };
    result["by"] = json!("http_status");
    if let Some(cases) = result["cases"].as_object_mut() {
        *cases = std::mem::take(cases)
            .into_iter()
            .map(|(status, case)| (http(&status).to_owned(), case))
            .collect();
    }
    let codes = result.get_mut("codes").and_then(Value::as_object_mut);
    for code in codes.into_iter().flat_map(|codes| codes.values_mut()) {
        let status = http(code["status"].as_str().unwrap_or_default());
        code["status"] = json!(status);
    }
}

fn listed(dice: &Dice) -> Value {
    if dice.once_in(4) {
        let values = dice.some(&["1", "2", "-3", "9223372036854775807", "0"], 4);
        let values = values.into_iter().enumerate().map(|(at, number)| {
            let value = json!({ "description": text(dice), "rust_name": format!("number_{at}") });
            ((*number).to_owned(), value)
        });
        let values: Map<String, Value> = values.collect();
        return json!({
            "description": text(dice), "type": "integer", "open": dice.once_in(2), "values": values,
        });
    }
    let values: Map<String, Value> = dice
        .some(WORDS, 6)
        .into_iter()
        .map(|word| ((*word).to_owned(), json!({ "description": text(dice) })))
        .collect();
    json!({ "description": text(dice), "open": dice.once_in(2), "values": values })
}

/// The name of the union of a random API.
const UNION: &str = "TheUnion";

/// Returns a union of some of these objects, if there are any.
fn union(dice: &Dice, objects: &[&&str]) -> Option<Value> {
    let (first, _) = objects.split_first()?;
    if dice.once_in(3) {
        let mut types = vec![json!(first)];
        types.extend(
            dice.some(&["string", "date", "currency"], 1)
                .iter()
                .map(|ty| json!(ty)),
        );
        types.extend(
            dice.some(&["integer", "decimal", "epoch_seconds"], 1)
                .iter()
                .map(|ty| json!(ty)),
        );
        types.extend(dice.once_in(3).then(|| json!("boolean")));
        return Some(
            json!({ "description": text(dice), "open": dice.once_in(2), "one_of": types }),
        );
    }
    let tags = dice.some(WORDS, 4);
    let objects = tags.iter().enumerate().map(|(at, tag)| {
        let object = objects.get(at).unwrap_or(first);
        let long = json!({ "type": object, "description": text(dice) });
        (
            (**tag).to_owned(),
            if dice.once_in(2) { json!(object) } else { long },
        )
    });
    let objects: Map<String, Value> = objects.collect();
    Some(json!({
        "description": text(dice), "discriminator": "theKind", "open": dice.once_in(2), "one_of": objects,
    }))
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
        money::add(dice, fields);
    }
    if dice.once_in(5) {
        object["deprecated"] = json!({ "reason": text(dice), "replacement": text(dice) });
    }
    object
}

/// Returns a method, a path and the media type of a form, and gives fields of the request places that they can have.
fn address(
    dice: &Dice,
    id: &str,
    request: &mut Map<String, Value>,
    enums: &[&&str],
) -> (&'static str, String, Option<&'static str>) {
    let method = *dice.pick(&["POST", "PATCH", "PUT", "GET", "DELETE"]);
    let has_text = |field: &Value| {
        let ty = field["type"].as_str().unwrap_or_default();
        (SCALARS.contains(&ty) && ty != "any") || enums.iter().any(|one| **one == ty)
    };
    let styles = ["json", "json", "json", "brackets", "empty_brackets"];
    let style = |request: &mut Map<String, Value>| {
        for field in request.values_mut().filter(|field| !has_text(field)) {
            field["style"] = json!(dice.pick(&styles));
        }
    };
    if matches!(method, "GET" | "DELETE") {
        match dice.once_in(2) {
            true => style(request),
            false => request.retain(|_, field| has_text(field)),
        }
        request.values_mut().for_each(without_json_type);
    } else if dice.once_in(3) {
        style(request);
        return (
            method,
            "/form".to_owned(),
            Some("application/x-www-form-urlencoded"),
        );
    } else {
        for field in request.values_mut().filter(|field| has_text(field)) {
            if dice.once_in(4) {
                field["in"] = json!("query");
                without_json_type(field);
            }
        }
        let in_body =
            |(name, field): &(&String, &mut Value)| *name != "theKey" && field.get("in").is_none();
        for (_, field) in request.iter_mut().filter(in_body) {
            nullable(dice, field);
        }
    }
    match dice.below(4) {
        0 => {
            request["theKey"]["in"] = json!("header");
            (method, "/x".to_owned(), None)
        }
        1 => {
            if let Some(key) = request["theKey"].as_object_mut() {
                key.remove("in");
            }
            (method, format!("/x/{id}/{{theKey}}/{{another}}"), None)
        }
        _ => (method, "/x".to_owned(), None),
    }
}

/// Removes what only a field of the body can have.
fn without_json_type(field: &mut Value) {
    if let Some(field) = field.as_object_mut() {
        field.remove("json_type");
    }
}

/// Now and then returns a whole body, and removes the fields of the body beside it.
fn whole_body(
    dice: &Dice,
    path: &str,
    request: &mut Map<String, Value>,
    objects: &[&&str],
) -> Option<Value> {
    let key_is_elsewhere = path.contains("{theKey}") || request["theKey"].get("in").is_some();
    if !key_is_elsewhere || dice.once_in(2) {
        return None;
    }
    request.retain(|name, field| {
        let is_elsewhere = name == "theKey" || field.get("in").is_some();
        // What they depend on may be gone.
        let keys = ["required_when", "forbidden_when", "money"];
        is_elsewhere && keys.iter().all(|key| field.get(key).is_none())
    });
    let of = match objects {
        [] => "string",
        [..] => *dice.pick(&[**dice.pick(objects), UNION, "string", "integer"]),
    };
    Some(match dice.below(4) {
        0 => json!({ "type": "string", "max_length": 90, "description": text(dice) }),
        1 => json!({ "type": "map", "of": of, "max_items": 9, "description": text(dice) }),
        2 if !objects.is_empty() => json!(UNION),
        _ => json!({ "type": "list", "of": of, "min_items": 1, "description": text(dice) }),
    })
}

fn operation(dice: &Dice, id: &str, objects: &[&&str], enums: &[&&str]) -> Value {
    let mut request = fields(dice, objects, enums, None);
    request.insert(
        "theKey".into(),
        json!({ "type": "string", "required": true, "description": text(dice) }),
    );
    if dice.once_in(3) {
        money::add(dice, &mut request);
    }
    let (method, path, media_type) = address(dice, id, &mut request, enums);
    let is_json = !matches!(method, "GET" | "DELETE") && media_type.is_none();
    let body = is_json
        .then(|| whole_body(dice, &path, &mut request, objects))
        .flatten();
    let mut response = fields(dice, objects, enums, None);
    for field in response.values_mut() {
        nullable(dice, field);
    }
    if !objects.is_empty() {
        let of = dice.pick(&["list", "map", ""]);
        let mut field =
            json!({ "type": UNION, "description": text(dice), "required": dice.once_in(2) });
        if !of.is_empty() {
            field["of"] = field["type"].take();
            field["type"] = json!(of);
        }
        response.insert("theWay".into(), field);
    }
    if dice.once_in(3) {
        money::add(dice, &mut response);
    }
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
    if let Some(body) = body {
        operation["request"]["body"] = body;
    }
    if let Some(media_type) = media_type {
        operation["request"]["media_type"] = json!(media_type);
    }
    if dice.once_in(3) {
        operation["deprecated"] = json!({ "reason": text(dice), "replacement": text(dice) });
    }
    operation
}
