//! `docs/limits.md` is true: each limit that it states is tried, by an edit of a spec that `payspec check` refuses
//! with the code in the row.

use std::collections::BTreeSet;

use super::page::Page;
use crate::diff::starter;
use crate::support::{folder, with};

/// The beginning of a row, the code, and the edit: file, old text, new text.
type Case = (
    &'static str,
    &'static str,
    (&'static str, &'static str, &'static str),
);

const PLACE: &str = "operations/place_order.yaml";
const ORDER: &str = "types/order.yaml";
const NOTIFY: &str = "operations/notify_order.yaml";

const CASES: &[Case] = &[
    (
        "Lists, objects, maps and JSON in the path",
        "E068",
        (PLACE, "type: Amount", "in: header\n      type: Amount"),
    ),
    (
        "Lists in a query or form separated",
        "E023",
        (
            PLACE,
            "type: string",
            "in: query\n      style: pipes\n      type: string",
        ),
    ),
    (
        "Fields in cookies",
        "E023",
        (PLACE, "type: string", "in: cookie\n      type: string"),
    ),
    (
        "A body in a `GET`",
        "E066",
        (
            PLACE,
            "method: POST\npath: /v1/orders\n\nrequest:\n  fields:\n    requestId:\n",
            "method: GET\npath: /v1/orders\n\nrequest:\n  fields:\n    requestId:\n      in: body\n",
        ),
    ),
    (
        "Plain text, XML",
        "E023",
        (
            PLACE,
            "request:\n",
            "request:\n  media_type: multipart/form-data\n",
        ),
    ),
    (
        "Forms in answers",
        "E046",
        (
            PLACE,
            "response:\n",
            "response:\n  media_type: application/x-www-form-urlencoded\n",
        ),
    ),
    (
        "Whole bodies that are not objects in a form",
        "E068",
        ("api.yaml", "wire:", WHOLE_FORM),
    ),
    (
        "Whole bodies other than objects and lists",
        "E050",
        ("api.yaml", "wire:", WHOLE_ANSWER),
    ),
    (
        "Notifications of a batch that are not objects",
        "E050",
        ("api.yaml", "wire:", WHOLE_EACH),
    ),
    (
        "Paths into a whole body that is not an object",
        "E061",
        ("api.yaml", "wire:", WHOLE_PATH),
    ),
    (
        "Groups of fields that only some answers",
        "E050",
        ("api.yaml", "wire:", GROUPS),
    ),
    (
        "A field of one name and two types",
        "E050",
        ("api.yaml", "wire:", TWO_TYPES),
    ),
    (
        "Conditions on absence",
        "E050",
        ("api.yaml", "wire:", ABSENT),
    ),
    (
        "Client certificates",
        "E020",
        ("api.yaml", "wire:", "client_certificate: key\nwire:"),
    ),
    (
        "Signatures of single operations",
        "E063",
        (
            PLACE,
            "method: POST",
            "auth: { request: { bearer: key, time: { form: iso8601 } } }\nmethod: POST",
        ),
    ),
    (
        "Tokens that an operation hands out, or",
        "E063",
        ("api.yaml", "wire:", SIGNED_TOKEN),
    ),
    (
        "Requests for tokens",
        "E063",
        ("api.yaml", "wire:", TOKEN_WITH_FIELD),
    ),
    (
        "Credentials and signatures",
        "E063",
        ("api.yaml", "wire:", BOTH),
    ),
    (
        "Proofs of acknowledgements",
        "E020",
        (
            "api.yaml",
            "wire:",
            "auth: { request: { bearer: key }, acknowledgement: response }\nwire:",
        ),
    ),
    (
        "Filters in signed content",
        "E064",
        ("api.yaml", "wire:", OTHER_FILTER),
    ),
    (
        "Signatures inside the body of requests",
        "E020",
        ("api.yaml", "wire:", IN_BODY),
    ),
    (
        "Signatures inside the body by keys",
        "E063",
        ("api.yaml", "wire:", PAIRS_IN_BODY),
    ),
    (
        "Signatures inside the body over anything",
        "E064",
        ("api.yaml", "wire:", BODY_IN_BODY),
    ),
    (
        "Batches that are answered",
        "E075",
        (
            NOTIFY,
            "notification: {}",
            "notification: { each: /items/* }",
        ),
    ),
    (
        "Signatures other than",
        "E023",
        ("api.yaml", "wire:", SIGNATURE),
    ),
    (
        "Encryption of requests",
        "E020",
        (
            NOTIFY,
            "notification: {}",
            "encryption: aes_256_gcm\nnotification: {}",
        ),
    ),
    (
        "Unions without a name",
        "E020",
        (
            PLACE,
            "type: Amount",
            "type: Amount\n      one_of: [Amount, Buyer]",
        ),
    ),
    (
        "Unions without a name",
        "E020",
        (
            "types/order.yaml",
            "objects:\n",
            "unions: { Way: { any_of: { a: Buyer }, discriminator: type, one_of: { a: Buyer } } }\nobjects:\n",
        ),
    ),
    (
        "Lists, maps and constraints in unions",
        "E050",
        (
            "types/order.yaml",
            "objects:\n",
            "unions: { Way: { one_of: [any, Buyer] } }\nobjects:\n",
        ),
    ),
    (
        "Unions that contain themselves",
        "E042",
        (
            "types/order.yaml",
            "objects:\n",
            "unions: { Way: { discriminator: type, one_of: { a: Way1 } } }\nobjects:\n  Way1: { description: A way., fields: { next: { type: Way, description: The next. } } }\n",
        ),
    ),
    (
        "Null in the path",
        "E068",
        (
            PLACE,
            "type: string",
            "in: header\n      nullable: true\n      type: string",
        ),
    ),
    (
        "Floating-point numbers",
        "E040",
        (PLACE, "type: Amount", "type: float"),
    ),
    (
        "Amounts whose currency is in another object",
        "E060",
        (ORDER, "money: /currency", "money: /order/currency"),
    ),
    (
        "Steps of amounts in major units",
        "E050",
        (
            ORDER,
            "type: integer\n        money: /currency",
            "type: decimal\n        money: { currency: /currency, multiple_of: { IDR: { step: 100 } } }",
        ),
    ),
    (
        "Whole numbers of major units",
        "E020",
        (
            ORDER,
            "money: /currency",
            "money: { currency: /currency, unit: major }",
        ),
    ),
    (
        "Null as an amount of money",
        "E050",
        (
            ORDER,
            "money: /currency",
            "money: /currency\n        nullable: true",
        ),
    ),
    (
        "Dates and times in another form",
        "E020",
        (
            PLACE,
            "type: Amount",
            "type: Amount\n      date_format: yyyyMMdd",
        ),
    ),
    (
        "Arithmetic between fields",
        "E020",
        (
            PLACE,
            "type: Amount",
            "type: Amount\n      sum_of: [/price, /tax]",
        ),
    ),
    (
        "Pages by number or by link",
        "E020",
        (PLACE, "method: POST", "page_size: 10\nmethod: POST"),
    ),
];

/// The beginning of a row that needs two edits, the code, and the edits.
type Pair = (
    &'static str,
    &'static str,
    [(&'static str, &'static str, &'static str); 2],
);

const PAIRS: &[Pair] = &[
    (
        "Paths into unions",
        "E061",
        [
            (
                "types/order.yaml",
                "objects:\n",
                "unions: { Way: { discriminator: type, one_of: { a: Buyer } } }\nobjects:\n",
            ),
            (
                PLACE,
                "request:\n  fields:\n",
                "request:\n  fields:\n    way: { type: Way, description: A way. }\n    why: { type: string, description: Why., required_when: [{ path: /way/name }] }\n",
            ),
        ],
    ),
    (
        "Signed answers",
        "E102",
        [
            ("results.yaml", "by: /result/status", "by: http_status"),
            ("api.yaml", "wire:", SIGNED),
        ],
    ),
    (
        "Decisions about the elements",
        "E061",
        [
            (
                PLACE,
                "    orderId:\n      type: string",
                "    orders:\n      type: list\n      of: Buyer\n      description: The orders.\n    orderId:\n      type: string",
            ),
            (PLACE, "needs: [/orderId]", "needs: [/orders/0/name]"),
        ],
    ),
];

const TWO_TYPES: &str = "operations:
  look_twice:
    method: GET
    path: /v1/twice
    request: { fields: {} }
    responses: { 200: { fields: { a: string } }, 4XX: { fields: { a: integer } } }
    result: { by: http_status, cases: { 200: { decide: done } } }

wire:";

const ABSENT: &str = "operations:
  look_twice:
    method: GET
    path: /v1/twice
    request: { fields: {} }
    responses:
      200: { fields: { a: string, b: { type: string, required_when: [{ path: /a, absent: true }] } } }
      4XX: { fields: { a: string } }
    result: { by: http_status, cases: { 200: { decide: done } } }

wire:";

const GROUPS: &str = "objects:
  Either: { fields: { a: string, b: string }, at_least_one_of: [{ fields: [a, b] }] }
operations:
  look_twice:
    method: GET
    path: /v1/twice
    request: { fields: {} }
    responses: { 200: { body: Either }, 4XX: { fields: {} } }
    result: { by: http_status, cases: { 200: { decide: done } } }

wire:";

const WHOLE_FORM: &str = "operations:
  label:
    method: POST
    path: /v1/labels
    request: { media_type: application/x-www-form-urlencoded, body: { type: map, of: string } }

wire:";

const WHOLE_ANSWER: &str = "operations:
  look_twice:
    method: GET
    path: /v1/twice
    request: { fields: {} }
    responses: { 200: { body: string }, 4XX: { fields: {} } }
    result: { by: http_status, cases: { 200: { decide: done } } }

wire:";

const WHOLE_EACH: &str = "operations:
  notify_all:
    method: POST
    path: /all
    notification: { each: /items/* }
    request: { body: string }

wire:";

const WHOLE_PATH: &str = "operations:
  change:
    method: PATCH
    path: /v1/changes
    request: { body: { type: list, of: string }, refinements: { /body/*: { max_length: 3 } } }

wire:";

const SIGNED_TOKEN: &str = "auth:
  request:
    bearer: { operation: get_token, token: /token, expires_in: /seconds }
    headers: { Signature: \"{signature}\" }
    signature: { algorithm: hmac_sha256, key: shared, content: \"{body}\", encoding: hex }

wire:";

const TOKEN_WITH_FIELD: &str =
    "auth: { request: { bearer: { operation: get_token, token: /token, expires_in: /seconds } } }
operations:
  get_token:
    method: POST
    path: /v1/token
    auth: { request: { basic: [user, password] } }
    request: { fields: { scope: { type: string, required: true } } }
    response: { fields: { token: { type: string, sensitive: secret }, seconds: integer } }

wire:";

const IN_BODY: &str = "auth:
  request: { bearer: key }
  response:
    field: /additionalData/hmacSignature
    headers: { Signature: \"{signature}\" }
    signature: { algorithm: hmac_sha256, key: hook, content: \"{body}\", encoding: hex }

wire:";

const PAIRS_IN_BODY: &str = "auth:
  request: { bearer: key }
  notification:
    field: /signature
    signature: { algorithm: rsa_pkcs1_v15_sha256, key: hook, content: \"{/id}:{/state}\", encoding: hex }

wire:";

const OTHER_FILTER: &str = "auth:
  request: { bearer: key }
  notification:
    headers: { Proof: \"{signature}\" }
    signature: { algorithm: hmac_sha256, key: hook, content: \"{body|sha256}\", encoding: hex }

wire:";

const BODY_IN_BODY: &str = "auth:
  request: { bearer: key }
  notification:
    field: /signature
    signature: { algorithm: hmac_sha256, key: hook, content: \"{body}\", encoding: hex }

wire:";

const SIGNATURE: &str = r#"signature:
  algorithm: ed25519
  algorithm_name: Ed25519
  key_bits: 2048
  request_content: "{method} {uri}\n{client_id}.{request_time}.{body}"
  response_content: "{method} {uri}\n{client_id}.{response_time}.{body}"
  uri: Path and query.
  encoding: [base64, form_urlencoded]
  header: Signature
  header_keys: [algorithm, keyVersion, signature]

wire:"#;

const BOTH: &str = r#"auth: { request: { bearer: key } }
signature:
  algorithm: rsa_pkcs1_v15_sha256
  algorithm_name: RSA256
  key_bits: 2048
  request_content: "{body}"
  response_content: "{body}"
  uri: Path and query.
  encoding: [base64]
  header: Signature
  header_keys: [signature]

wire:"#;

const SIGNED: &str = r#"signature:
  algorithm: rsa_pkcs1_v15_sha256
  algorithm_name: RSA256
  key_bits: 2048
  request_content: "{body}"
  response_content: "{body}"
  uri: Path and query.
  encoding: [base64]
  header: Signature
  header_keys: [signature]

wire:"#;

/// The rows of the table of what a spec cannot describe.
fn rows(text: &str) -> Vec<(&str, &str)> {
    let table = text
        .lines()
        .skip_while(|line| !line.starts_with("| wanted |"));
    table
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.trim_matches('|').split_once('|'))
        .map(|(wanted, says)| (wanted.trim(), says.trim()))
        .collect()
}

#[test]
fn what_a_spec_cannot_describe_is_refused_with_the_stated_code() {
    let page = Page::read("docs/limits.md");
    let rows = rows(&page.text);
    let mut tried = BTreeSet::new();
    let cases = CASES
        .iter()
        .map(|(row, code, edit)| (*row, *code, vec![*edit]));
    let pairs = PAIRS
        .iter()
        .map(|(row, code, edits)| (*row, *code, edits.to_vec()));
    for (wanted, code, edits) in cases.chain(pairs) {
        let (row, says) = rows
            .iter()
            .find(|(row, _)| row.starts_with(wanted))
            .unwrap_or_else(|| panic!("the page has no row `{wanted}`"));
        assert!(
            says.contains(&format!("`{code}`")),
            "{row}: {code} is not stated"
        );
        let (folder, _) = folder();
        let spec = starter(&folder.path().join("spec"), &edits);
        let run = with(&["check", &spec]);
        assert_eq!(run.code, Some(1), "{row}: {run}");
        assert!(
            run.stdout.contains(&format!("error[{code}]")),
            "{row}: {run}"
        );
        // It says so in the words of the page, and names the page.
        let mut words = row.chars();
        let first = words.next().map(|first| first.to_lowercase().to_string());
        let row_words = first.unwrap_or_default() + words.as_str();
        let says = format!("payspec does not describe {row_words}: see docs/limits.md");
        assert!(run.stdout.contains(&says), "{says}\n{run}");
        tried.insert((*row, code));
    }
    for (row, says) in rows {
        for code in says.split('`').filter(|word| word.starts_with('E')) {
            assert!(tried.contains(&(row, code)), "{row}: {code} is not tried");
        }
        assert!(
            says.contains("`E"),
            "{row}: a limit has the code of its error"
        );
    }
}

/// A field or state more than the page allows is refused, and as many are not.
#[test]
fn the_numbers_of_the_page_are_the_limits() {
    let text = Page::read("docs/limits.md").text;
    for (sentence, file, make) in [
        (
            "at most 512 fields",
            "types/many.yaml",
            fields as fn(usize) -> String,
        ),
        ("at most 64 states", "flows/many.yaml", states),
    ] {
        assert!(text.contains(sentence), "{sentence}");
        let most: usize = sentence
            .split(' ')
            .find_map(|word| word.parse().ok())
            .expect("a number");
        for (count, fits) in [(most, true), (most + 1, false)] {
            let (folder, _) = folder();
            let spec = starter(&folder.path().join("spec"), &[]);
            std::fs::write(format!("{spec}/shop/{file}"), make(count)).expect("a file");
            let run = with(&["check", &spec]);
            let refused = run.stdout.contains("error[E025]");
            assert_eq!(refused, !fits, "{sentence}: {count}: {run}");
        }
    }
}

fn fields(count: usize) -> String {
    let field = |index| format!("      f{index}: {{ type: string, description: One of many. }}\n");
    let fields: String = (0..count).map(field).collect();
    format!(
        "source: page\nobjects:\n  Many:\n    description: An object of many fields.\n    fields:\n{fields}"
    )
}

/// A flow of this many states, most of which nothing enters: other errors do not matter here.
fn states(count: usize) -> String {
    let state = |index| format!("  s{index}: {{ description: One of many., end: escalated }}\n");
    let states: String = (0..count).map(state).collect();
    format!(
        "id: many\ntitle: Many\ndescription: A flow of many states.\nsource: page\npays: place_order\nstarts: s0\nstates:\n{states}"
    )
}

#[test]
fn a_file_has_a_largest_size_and_a_pattern_its_words() {
    let (folder, _) = folder();
    let spec = starter(&folder.path().join("spec"), &[]);
    let large = format!("# {}\n", "x".repeat(8 << 20));
    std::fs::write(format!("{spec}/shop/types/large.yaml"), large).expect("a file");
    let run = with(&["check", &spec]);
    assert!(run.stdout.contains("error[E003]"), "{run}");

    let refused = [
        ("E054", (PLACE, "max_length: 64", "pattern: \"(?=a)b\"")),
        // A number of 39 digits, and an integer beyond 64 bits.
        (
            "E056",
            (
                "types/order.yaml",
                "type: integer",
                "max: \"123456789012345678901234567890123456789\"\n        type: decimal",
            ),
        ),
        (
            "E056",
            (
                "types/order.yaml",
                "min: \"1\"",
                "min: \"9223372036854775808\"",
            ),
        ),
    ];
    for (code, edit) in refused {
        let (folder, _) = self::folder();
        let spec = starter(&folder.path().join("spec"), &[edit]);
        let run = with(&["check", &spec]);
        assert!(
            run.stdout.contains(&format!("error[{code}]")),
            "{code}: {run}"
        );
    }
}
