//! `payspec export`: the documents, and what its options refuse.

use serde_json::Value;

use crate::support::{Run, folder, root, with};

fn json(run: &Run) -> Value {
    assert_eq!(run.code, Some(0), "{run}");
    serde_json::from_str(&run.stdout).expect("JSON")
}

#[test]
fn openapi_is_json_and_version_3_1_by_default() {
    let document = json(&with(&["export", "openapi", "--api", "ams_instore"]));
    assert_eq!(document["openapi"], "3.1.1");
    assert!(document["webhooks"]["notify_payment"].is_object());
    let older = json(&with(&[
        "export",
        "openapi",
        "--api",
        "ams_instore",
        "--openapi",
        "3.0",
    ]));
    assert_eq!(older["openapi"], "3.0.4");
    assert!(older["x-webhooks"]["notify_payment"].is_object());
    let yaml = with(&["export", "openapi", "--api", "ams_instore", "--yaml"]);
    let read: Value = serde_yaml::from_str(&yaml.stdout).expect("YAML");
    assert_eq!(read, document);
}

/// The sources of others have no say in the version of an API.
#[test]
fn the_version_is_a_day_of_the_provider() {
    let spec = root().join("tests/providers/stripe").display().to_string();
    let document = json(&with(&["export", "openapi", "--spec", &spec]));
    assert_eq!(document["info"]["version"], "2023-04-14");
    let third_party = &document["x-payspec-sources"]["declines"];
    assert_eq!(third_party["date"], "2023-09-12", "{document:#}");
    let result = &document["paths"]["/v1/payment_intents"]["post"]["x-payspec-result"];
    let code = serde_json::json!(["/error/decline_code", "/error/code", "/error/type"]);
    assert_eq!(result["code"], code);
}

#[test]
fn tokens_are_a_security_scheme() {
    let spec = crate::support::root().join("tests/cases/tokens/spec");
    let spec = spec.display().to_string();
    let document = json(&with(&["export", "openapi", "--spec", &spec]));
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["token"]["type"], "oauth2");
    let flow = &schemes["token"]["flows"]["clientCredentials"];
    assert_eq!(flow["tokenUrl"], "https://api.example.com/v1/token");
    let from = serde_json::json!({
        "operation": "get_token", "token": "/access_token", "expires_in": "/expires_in",
    });
    assert_eq!(schemes["token"]["x-payspec-token"], from);
    assert_eq!(schemes["get_token_basic"]["scheme"], "basic");
    let none = serde_json::json!([]);
    assert_eq!(document["security"], serde_json::json!([{ "token": none }]));
    let paths = &document["paths"];
    let own = serde_json::json!([{ "get_token_basic": none }]);
    assert_eq!(paths["/token"]["post"]["security"], own);
    assert_eq!(paths["/status"]["get"]["security"], none);
    assert!(paths["/payments"]["post"].get("security").is_none());
}

/// The three ways to pay share a path.
#[test]
fn credentials_are_security_schemes() {
    let spec = crate::support::root().join("tests/cases/bearer/spec");
    let spec = spec.display().to_string();
    let document = json(&with(&["export", "openapi", "--spec", &spec]));
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["bearer"]["type"], "http");
    assert_eq!(schemes["bearer"]["scheme"], "bearer");
    let text = "The secret key of the merchant's account.";
    assert_eq!(schemes["bearer"]["description"], text);
    let header = &schemes["X-Account"];
    assert_eq!(
        (&header["type"], &header["in"]),
        (&"apiKey".into(), &"header".into())
    );
    let text = "The account that is charged. The value is `account {account}`.";
    assert_eq!(header["description"], text);
    assert_eq!(header["x-payspec-credentials"][0]["kind"], "id");
    // Both are needed at once.
    let security = serde_json::json!([{ "bearer": [], "X-Account": [] }]);
    assert_eq!(document["security"], security);
}

#[test]
fn scenarios_are_told_apart_by_their_constant() {
    let document = json(&with(&["export", "openapi", "--api", "ams_instore"]));
    let schemas = &document["components"]["schemas"];
    let ways = schemas["PayRequest"]["oneOf"]
        .as_array()
        .expect("ways to pay");
    assert_eq!(ways.len(), 3);
    let mut constants = Vec::new();
    for way in ways {
        let reference = way["$ref"].as_str().expect("a reference");
        let schema = document.pointer(&reference[1..]).expect("a schema");
        assert!(
            schema["title"]
                .as_str()
                .is_some_and(|title| title.starts_with("Pay ("))
        );
        assert_eq!(
            schema["allOf"][0]["$ref"],
            "#/components/schemas/PayRequestCommon"
        );
        let scenario = schema.pointer(
            "/allOf/1/properties/paymentFactor/allOf/1/properties/inStorePaymentScenario/const",
        );
        constants.push(scenario.expect("a constant").clone());
    }
    assert_eq!(constants, ["EntryCode", "OrderCode", "PaymentCode"]);
    let operation = &document["paths"]["/v1/payments/pay"]["post"];
    let ids = operation["x-payspec-operations"]
        .as_array()
        .expect("operations");
    let ids: Vec<&Value> = ids.iter().map(|one| &one["id"]).collect();
    assert_eq!(
        ids,
        ["pay_entry_code", "pay_order_code", "pay_user_presented"]
    );
}

#[test]
fn what_only_payspec_knows_is_there() {
    let document = json(&with(&["export", "openapi", "--api", "ams_instore"]));
    let cancel = &document["paths"]["/v1/payments/cancel"]["post"];
    let codes = cancel["x-payspec-codes"].as_array().expect("codes");
    let exceeded = codes
        .iter()
        .find(|one| one["code"] == "CANCEL_WINDOW_EXCEED")
        .expect("the code");
    assert_eq!(
        (&exceeded["next_step"], &exceeded["resend"]),
        (&"refund".into(), &"pointless".into())
    );
    // What several operations share is written once.
    assert!(codes.contains(&"PARAM_ILLEGAL".into()), "{codes:?}");
    let shared = &document["x-payspec-codes"]["PARAM_ILLEGAL"];
    assert_eq!(shared["next_step"], "fix_request");
    assert_eq!(cancel["x-payspec-decisions"][0]["outcome"], "cancelled");
    let schemas = &document["components"]["schemas"];
    let id = &schemas["PaymentMethod"]["properties"]["paymentMethodId"];
    assert_eq!(id["x-payspec-sensitive"], "secret");
    let signature = &document["components"]["securitySchemes"]["signature"]["x-payspec-signature"];
    assert_eq!(signature["algorithm"], "rsa_pkcs1_v15_sha256");
    let end = document.pointer("/x-payspec-flows/entry_code_payment/states/paid/end");
    assert_eq!(end, Some(&"paid".into()));
    let dispute = &document["x-payspec-disputes"]["success-means-redirect"];
    assert_eq!(dispute["sides"][1]["taken"], true);
}

#[test]
fn a_json_schema_of_one_message_or_of_all() {
    let one = json(&with(&["export", "json-schema", "--operation", "cancel"]));
    assert_eq!(
        one["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(one["title"], "Cancellation: request");
    let response = [
        "export",
        "json-schema",
        "--operation",
        "cancel",
        "--side",
        "response",
    ];
    assert_eq!(
        json(&with(&response))["required"],
        serde_json::json!(["result"])
    );
    let all = json(&with(&["export", "json-schema", "--api", "ams_instore"]));
    assert!(all["$defs"]["CancelRequest"].is_object() && all["$defs"]["Amount"].is_object());
}

#[test]
fn a_file_is_written() {
    let (_folder, path) = folder();
    let file = format!("{path}/deep/cancel.json");
    let run = with(&[
        "export",
        "json-schema",
        "--operation",
        "cancel",
        "-o",
        &file,
    ]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run}");
    assert!(run.stderr.contains("written "), "{run}");
    let text = std::fs::read_to_string(&file).expect("the file");
    assert_eq!(
        text,
        with(&["export", "json-schema", "--operation", "cancel"]).stdout
    );
}

#[test]
fn what_cannot_be_exported_is_said() {
    for (args, wanted) in [
        (
            &["openapi"][..],
            "name one with `--api`: ams_instore, openplatform",
        ),
        (
            &["openapi", "--api", "ams_instor"],
            "did you mean `ams_instore`?",
        ),
        (
            &["json-schema", "--operation", "cancle"],
            "did you mean `cancel`?",
        ),
        (
            &["json-schema", "--operation", "cancel", "--side", "answer"],
            "unknown side `answer`",
        ),
        (
            &[
                "json-schema",
                "--operation",
                "cancel",
                "--api",
                "openplatform",
            ],
            "is an operation of `ams_instore`",
        ),
        (
            &[
                "json-schema",
                "--operation",
                "trade_precreate",
                "--side",
                "response",
            ],
            "no source describes the response of `trade_precreate`",
        ),
        (
            &["openapi", "--api", "ams_instore", "--operation", "cancel"],
            "`--operation` is for `json-schema`",
        ),
        (
            &["json-schema", "--api", "ams_instore", "--openapi", "3.0"],
            "`--openapi` is for `openapi`",
        ),
        (&["yaml"], "possible values: openapi, json-schema"),
        (
            &["openapi", "--openapi", "3.2"],
            "possible values: 3.1, 3.0",
        ),
    ] {
        let run = with(&[&["export"], args].concat());
        assert_eq!(run.code, Some(2), "{args:?}: {run}");
        assert!(run.stderr.contains(wanted), "{args:?}: {run}");
    }
}

/// Every `x-payspec-` keyword has a row in `docs/openapi.md`.
#[test]
fn the_keywords_are_documented() {
    let page = std::fs::read_to_string(root().join("docs/openapi.md")).expect("the page");
    let mut seen = 0;
    for (api, version) in [
        ("ams_instore", "3.1"),
        ("ams_instore", "3.0"),
        ("openplatform", "3.1"),
    ] {
        let text = with(&["export", "openapi", "--api", api, "--openapi", version]).stdout;
        for keyword in text
            .split('"')
            .filter(|word| word.starts_with("x-payspec-"))
        {
            assert!(page.contains(&format!("`{keyword}`")), "{keyword}");
            seen += 1;
        }
    }
    assert!(seen > 1000, "{seen}");
}
