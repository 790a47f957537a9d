//! Whatever spec the loader accepts, the documents that are exported from it are valid: by the official schemas of OpenAPI
//! and the meta-schema of JSON Schema, with references that lead somewhere. Messages of such specs are valid by the JSON
//! Schema when the message checker finds no error.

use std::collections::BTreeSet;
use std::path::Path;

use jsonschema::Validator;
use payspec_model::check::Checker;
use payspec_model::model::{Api, Body, Model, Side};
use payspec_model::pointer::pointer;
use payspec_model::{load, load_from, sample};
use payspec_openapi::{Form, Version, api_schema, document, message_schema, text};
use payspec_tests::random::share;
use serde_json::{Value, json};

use crate::random_specs::accepted;

/// The official schema of OpenAPI documents.
fn official(version: &str) -> Validator {
    let path = format!("fixtures/openapi/schema-{version}.json");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let schema = std::fs::read_to_string(path).expect("the official schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema")
}

/// Checks the documents of an API.
fn check(api: &Api, validators: &[(Version, Validator); 2]) {
    for (version, official) in validators {
        let document = document(api, *version);
        let value = serde_json::to_value(&document).expect("JSON");
        let errors: Vec<String> = official
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{} {version:?}: {errors:#?}", api.id);
        references_lead_somewhere(&value);
        let yaml = text(&document, Form::Yaml).expect("YAML");
        let read: Value = serde_yaml::from_str(&yaml).expect("YAML");
        assert_eq!(read, value, "{}", api.id);
        if *version == Version::V31 {
            for (name, schema) in value["components"]["schemas"]
                .as_object()
                .into_iter()
                .flatten()
            {
                assert!(
                    jsonschema::draft202012::meta::is_valid(schema),
                    "{} {name}",
                    api.id
                );
            }
        }
        let ids = operation_ids(&value);
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{ids:?}");
    }
    let all = serde_json::to_value(api_schema(api)).expect("JSON");
    assert!(jsonschema::draft202012::meta::is_valid(&all), "{}", api.id);
    references_lead_somewhere(&all);
}

fn references_lead_somewhere(document: &Value) {
    let mut open = vec![document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    let there = reference
                        .strip_prefix('#')
                        .and_then(|path| document.pointer(path));
                    assert!(there.is_some_and(|there| !there.is_null()), "{reference}");
                }
                open.extend(
                    members
                        .iter()
                        .filter(|(name, _)| *name != "value")
                        .map(|(_, value)| value),
                );
            }
            Value::Array(values) => open.extend(values),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

fn operation_ids(document: &Value) -> Vec<&str> {
    let groups = ["paths", "webhooks", "x-webhooks"].map(|key| document[key].as_object());
    let items = groups
        .into_iter()
        .flatten()
        .flat_map(|items| items.values());
    let operations = items.flat_map(|item| item.as_object().expect("a path item").values());
    operations
        .filter_map(|operation| operation["operationId"].as_str())
        .collect()
}

/// Compares the verdicts of schema and checker on messages with everything, and with one field less or more.
fn compare(api: &Api) -> usize {
    let mut compared = 0;
    for operation in &api.operations {
        for side in Side::ALL {
            let Some(body) = operation.body(*side) else {
                continue;
            };
            let exported = message_schema(api, operation, *side).expect("a body");
            let schema = serde_json::to_value(&exported.schema).expect("JSON");
            references_lead_somewhere(&schema);
            let validator = jsonschema::draft202012::new(&schema).expect("a schema");
            let checker = Checker::new(api, operation, *side).expect("a body");
            let full = sample::full(api, body);
            let mut messages = vec![full.clone(), json!({}), json!([])];
            for name in full
                .as_object()
                .into_iter()
                .flat_map(|members| members.keys())
            {
                for new in [
                    None,
                    Some(Value::Null),
                    Some(json!("")),
                    Some(json!(1)),
                    Some(json!("x")),
                ] {
                    let mut message = full.clone();
                    let members = message.as_object_mut().expect("an object");
                    match new {
                        Some(value) => members.insert(name.clone(), value),
                        None => members.remove(name),
                    };
                    messages.push(message);
                }
            }
            messages.extend(with_unions(api, body));
            for message in messages {
                let json = message.to_string();
                let findings = checker.check(json.as_bytes()).expect("JSON");
                let is_valid = validator.is_valid(&message);
                // What a schema does not say only makes it more tolerant.
                assert!(
                    is_valid || !findings.is_valid(),
                    "{} {side}: {json}\n{schema:#}",
                    operation.id
                );
                if is_valid && !findings.is_valid() {
                    assert!(
                        !exported.unsaid.is_empty(),
                        "{} {side}: {json}\n{findings:#?}\n{schema:#}",
                        operation.id
                    );
                }
                compared += 1;
            }
        }
    }
    compared
}

/// Returns messages with each object of each union, and with discriminators that name none.
fn with_unions(api: &Api, body: &Body) -> Vec<Value> {
    let mut messages = Vec::new();
    for union in &api.unions {
        for variant in &union.variants {
            let path = pointer(&[union.step(variant)]);
            messages.push(sample::along(api, body, &path));
        }
        let fields = body.object.fields.iter();
        for field in
            fields.filter(|field| field.ty.union().is_some_and(|id| api.union(id) == union))
        {
            let mut path = vec![field.name.clone()];
            path.extend(union.discriminator.field().map(str::to_owned));
            let tag = pointer(&path);
            for new in [
                None,
                Some(Value::Null),
                Some(json!("")),
                Some(json!(1)),
                Some(json!("x")),
                Some(json!(true)),
                Some(json!([])),
                Some(json!({})),
            ] {
                let mut message = sample::full(api, body);
                sample::set(&mut message, &tag, new);
                messages.push(message);
            }
        }
    }
    messages
}

fn validators() -> [(Version, Validator); 2] {
    [
        (Version::V31, official("3.1")),
        (Version::V30, official("3.0")),
    ]
}

#[test]
fn the_documents_of_this_repository_are_valid() {
    let loaded = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"));
    let model = loaded.model.expect("the spec has no errors");
    let validators = validators();
    for api in &model.apis {
        check(api, &validators);
    }
}

#[test]
fn the_documents_of_unions_are_valid() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/union");
    let model = load(&folder).model.expect("the spec has no errors");
    let [api] = model.apis.as_slice() else {
        panic!("one API");
    };
    check(api, &validators());
    assert!(compare(api) > 40);
    let document = document(api, Version::V31);
    let document = serde_json::to_value(&document).expect("JSON");
    let schemas = &document["components"]["schemas"];
    let names = [
        "Method",
        "MethodThreeDSecure",
        "ReceivedMethod",
        "SenderCash",
    ];
    let shown: Value = names
        .iter()
        .map(|name| ((*name).to_owned(), schemas[*name].clone()))
        .collect();
    insta::assert_snapshot!("union", format!("{shown:#}"));
}

#[test]
fn the_documents_of_unions_by_json_type_are_valid() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/union-by-json-type");
    let model = load(&folder).model.expect("the spec has no errors");
    let [api] = model.apis.as_slice() else {
        panic!("one API");
    };
    check(api, &validators());
    assert!(compare(api) > 40);
    let shown = [Version::V30, Version::V31].map(|version| {
        let document = serde_json::to_value(document(api, version)).expect("JSON");
        let schemas = &document["components"]["schemas"];
        let names = schemas.as_object().into_iter().flatten();
        let unions = names.filter(|(_, schema)| schema.get("oneOf").is_some());
        let unions: serde_json::Map<String, Value> = unions
            .map(|(name, schema)| (name.clone(), schema.clone()))
            .collect();
        Value::from(unions)
    });
    insta::assert_snapshot!(
        "union_by_json_type",
        format!("{:#}", Value::from(shown.to_vec()))
    );
}

#[test]
fn the_documents_of_random_specs_are_valid() {
    let model: Model = load_from(&accepted(share(400) as usize))
        .model
        .expect("accepted");
    let validators = validators();
    let compared: usize = model
        .apis
        .iter()
        .map(|api| {
            check(api, &validators);
            compare(api)
        })
        .sum();
    assert!(compared > 40 * model.apis.len(), "{compared} messages");
}
