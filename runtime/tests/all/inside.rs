//! Rules of the elements of lists and of the values of maps.

use payspec_runtime::{Date, Map, Message, RuleId, Validate, check, decode, decode_reporting};

#[derive(Clone, PartialEq, Message)]
#[message(direction = "outgoing", scalars = "strings", empty_text = "forbidden")]
#[message(refine("/tags/*", min_length = 2))]
struct Sent {
    #[field(max_items = 3, each(max_length = 3))]
    tags: Option<Vec<String>>,
    #[field(each(min_items = 1, unique_items, each(max = "9")))]
    rows: Option<Vec<Vec<i64>>>,
    #[field(
        keys(max_length = 2),
        each(max_items = 1, keys(max_length = 3), each(each(min_length = 2)))
    )]
    groups: Option<Map<Map<Vec<String>>>>,
    #[field(sensitive = "secret", each(each(max_length = 1)))]
    secrets: Option<Vec<Map<String>>>,
}

#[derive(Clone, PartialEq, Message)]
#[message(direction = "incoming")]
struct Received {
    #[field(each(max_items = 1))]
    days: Option<Map<Vec<Date>>>,
    rows: Option<Vec<Map<Date>>>,
}

fn rules(json: &str) -> Vec<(String, RuleId)> {
    let found = check::<Sent>(json.as_bytes()).expect("JSON");
    if let Ok(message) = decode::<Sent>(json.as_bytes()) {
        assert_eq!(message.violations(), found, "both walks agree on {json}");
    }
    let found = found.iter();
    found.map(|one| (one.path.to_string(), one.rule)).collect()
}

fn at(path: &str, rule: RuleId) -> (String, RuleId) {
    (path.to_owned(), rule)
}

#[test]
fn elements_have_rules() {
    assert_eq!(rules(r#"{"tags":["ab","abc"]}"#), []);
    assert_eq!(
        rules(r#"{"tags":["abcd","a"]}"#),
        [
            at("/tags/0", RuleId::MaxLength),
            at("/tags/1", RuleId::MinLength)
        ]
    );
}

#[test]
fn lists_and_maps_contain_each_other() {
    assert_eq!(
        rules(r#"{"rows":[["1","2"],["3"]],"groups":{"a":{"b":["cc"]}}}"#),
        []
    );
    assert_eq!(
        rules(
            r#"{"rows":[[],["1","1"],["10"]],"groups":{"abc":{"a":["b"]},"b":{"c":[],"long":[]}}}"#
        ),
        [
            at("/rows/0", RuleId::MinItems),
            at("/rows/1", RuleId::UniqueItems),
            at("/rows/2/0", RuleId::Max),
            at("/groups/abc", RuleId::KeyMaxLength),
            at("/groups/abc/a/0", RuleId::MinLength),
            at("/groups/b", RuleId::MaxItems),
            at("/groups/b/long", RuleId::KeyMaxLength),
        ]
    );
}

#[test]
fn nothing_in_a_sensitive_list_is_shown() {
    let json = br#"{"secrets":[{"CANARY":"CANARY"}]}"#;
    let found = check::<Sent>(json).expect("JSON");
    assert_eq!(
        found.to_string(),
        "/secrets/0/[secret]: error [max_length]: expected at most 1 character, found 6 characters"
    );
    let message: Sent = decode(json).expect("a message");
    assert_eq!(message.violations(), found);
    assert!(!format!("{message:?}").contains("CANARY"));
}

#[test]
fn a_list_is_lost_with_an_element_and_a_map_loses_it_alone() {
    let json =
        br#"{"days":{"a":["2024-01-02"],"b":["soon"]},"rows":[{"a":"soon","b":"2024-01-02"}]}"#;
    let decoded = decode_reporting::<Received>(json).expect("the rest can be read");
    let keys = |map: &Map<Vec<Date>>| map.keys().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        decoded.message.days.as_ref().map(keys),
        Some(vec!["a".to_owned()])
    );
    assert_eq!(decoded.message.rows.map(|rows| rows[0].len()), Some(1));
    let lost: Vec<String> = decoded
        .dropped
        .iter()
        .map(|one| one.path.to_string())
        .collect();
    assert_eq!(lost, ["/days/b/0", "/rows/0/a"]);
}
