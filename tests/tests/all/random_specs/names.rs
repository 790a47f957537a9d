use payspec_model::source::Memory;
use serde_json::{Map, Value, json};

/// The kinds of items that have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Api,
    Type,
    Field,
    Value,
    Code,
    Outcome,
    Operation,
    Flow,
}

impl Role {
    pub(crate) const ALL: &[Role] = &[
        Role::Api,
        Role::Type,
        Role::Field,
        Role::Value,
        Role::Code,
        Role::Outcome,
        Role::Operation,
        Role::Flow,
    ];

    /// A word as this role wants names spelt: ids are `snake_case`, all else is the provider's.
    pub(crate) fn spelled(self, word: &str) -> String {
        match self {
            Role::Type | Role::Field | Role::Value | Role::Code => word.to_owned(),
            Role::Api | Role::Outcome | Role::Operation | Role::Flow => snake(word),
        }
    }
}

/// `AsyncFn` as `async_fn`, `2fa` as `n2fa`: enough to get past the demand for `snake_case`.
fn snake(word: &str) -> String {
    let mut id = String::new();
    for c in word.chars() {
        let starts = c.is_ascii_uppercase() && id.ends_with(|c: char| c.is_ascii_lowercase());
        if (starts || !c.is_ascii_alphanumeric()) && !id.is_empty() && !id.ends_with('_') {
            id.push('_');
        }
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        }
    }
    let id = id.trim_end_matches('_');
    match id.starts_with(|c: char| c.is_ascii_lowercase()) {
        true => id.to_owned(),
        false => format!("n{id}"),
    }
}

/// Keywords of all editions: strict, reserved, weak.
const KEYWORDS: &str = "abstract as async auto await become box break const continue crate default do \
    dyn else enum extern false final fn for gen if impl in let loop macro macro_rules match mod move \
    mut override priv pub raw ref return safe self Self static struct super trait true try type \
    typeof union unsafe unsized use virtual where while yield";

/// Names of the prelude and of the primitive types.
const PRELUDE: &str = "AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Debug Default \
    DoubleEndedIterator Drop Eq Err Error ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator \
    Future Hash Infallible Into IntoFuture IntoIterator Iterator None Ok Option Ord PartialEq \
    PartialOrd Result Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec \
    alloc bool char core f64 i64 std str u32 usize vec assert matches panic unreachable \
    clone cmp drop eq fmt from from_str hash into ne partial_cmp size_of to_owned to_string try_from";

/// Names that the generator and the derives write, or that the runtime has.
const WRITTEN: &str = "A ALL Amount Answer Answered AsyncClient BeginError Binary Builder Call CallError Client \
    CodeMeaning Command Country Currency D Date DateTime Decimal Driven END ENDPOINT Endpoint EpochMillis \
    EpochSeconds EnumSchema Event Failed Fields Flow Hears IDEMPOTENCY_KEY Idempotent Input JsonText Judgement \
    Kind Life Limits METHOD MUST_REPEAT Machine Message NamedUnknown NoAnswer NotAValue OpenEnum \
    Outcome PATH PATH_PREFIXES Payment Pending Quote RECIPE REQUEST_HEADERS Recipe Repeat Request \
    Required Response Resend ResultCode ResultInfo Role S SCHEMA STATUSES Schema Sending Shown \
    Signal State StatusClass Step T TABLE Table Target Tick Transport Undecided Unknown \
    UnknownValue Url Uuid V VALUES Valid Value Verdict Violation Violations Wire \
    amount answer answered as_str asked begin build build_ builder call class client code content \
    decided dyn_ event exhausted expired expires failed field fields follow_ups get go_on heard holder \
    id index input is_known judge judgement key lib main message meaning mod_ new no_answer name \
    outcome parse payload payspec_runtime pending place put read reference references required \
    request response result schema self_ serialize set_build shown signal state status step text \
    accept begin close deref envelope journal notified reject resend resolve settle transport \
    AsyncRawClient Met RawClient Validated \
    tick types types2 type_ unfinished unknown validate value values violations \
    aux bin con com1 lpt9 nul prn tests examples benches build_script Cargo";

/// Names as providers have them.
const WIRE: &[&str] = &[
    "2fa", "x-y", "x.y", "x/y", "X Y", "01", "-1", "+1", "1", "x1", "x_1", "X1", "a", "A", "aB",
    "a_b", "AB", "A_B", "ab", "OS", "osType", "URL2", "R2D2", "r2_d2", "V1", "V01", "_id", "id_",
    "@type", "$ref", "#", "_", "", "naïve", "订单", "x\"y", "x\u{7}y",
];

/// The outcome that ends a flow well.
const PAID: &str = "paid";

/// All words that are tried.
pub(crate) fn words() -> Vec<&'static str> {
    let lists = [KEYWORDS, PRELUDE, WRITTEN];
    let mut words: Vec<&str> = lists
        .iter()
        .flat_map(|list| list.split_whitespace())
        .collect();
    words.extend(WIRE);
    words.sort_unstable();
    words.dedup();
    words
}

/// Other spellings of a word, which may become the same name in Rust.
pub(crate) fn respelt(word: &str) -> [String; 6] {
    let id = snake(word);
    [
        word.to_ascii_uppercase(),
        word.to_ascii_lowercase(),
        id.to_ascii_uppercase(),
        id.replace('_', ""),
        format!("{word}_"),
        id,
    ]
}

/// A small spec in which these names stand. Of those with one role each is beside the other.
pub(crate) fn spec(names: &[(Role, &str)]) -> Memory {
    let of = |role: Role| -> Vec<String> {
        let own = names.iter().filter(move |(one, _)| *one == role);
        own.map(|(role, word)| role.spelled(word)).collect()
    };
    let or = |role: Role, other: &str| match of(role) {
        none if none.is_empty() => vec![other.to_owned()],
        some => some,
    };
    let mut memory = Memory::default();
    let is_simple = |role: &Role| matches!(role, Role::Type | Role::Field | Role::Value);
    let is_simple = names.iter().all(|(role, _)| is_simple(role));
    for (index, api) in or(Role::Api, "demo").into_iter().enumerate() {
        let mut put = |path: String, value: Value| {
            // JSON is YAML.
            let text = value.to_string().into_bytes();
            memory.files.insert(format!("api{index}/{path}"), text);
        };
        put(
            "api.yaml".to_owned(),
            json!({
                "payspec": 2, "id": api, "title": "An API.", "description": "An API.",
                "sources": { "page": { "title": "A page.", "date": "unknown" } }, "source": "page",
            }),
        );
        put("types/all.yaml".to_owned(), types(&of));
        if is_simple || index > 0 {
            continue;
        }
        let statuses = json!({
            "S": { "description": "Good.", "decide": "done" },
            "F": { "description": "Bad.", "decide": "failed" },
            "U": { "description": "Open.", "decide": "pending" },
        });
        put(
            "results.yaml".to_owned(),
            json!({ "source": "page", "cases": statuses }),
        );
        let operations = or(Role::Operation, "demo_call");
        let mut outcomes = of(Role::Outcome);
        if !outcomes.iter().any(|name| name == PAID) {
            outcomes.push(PAID.to_owned());
        }
        for (number, id) in operations.iter().enumerate() {
            put(
                format!("operations/o{number}.yaml"),
                operation(id, &or(Role::Code, "BAD"), &outcomes),
            );
        }
        for (number, id) in of(Role::Flow).iter().enumerate() {
            let calls = (operations[0].as_str(), outcomes.as_slice());
            put(format!("flows/f{number}.yaml"), flow(id, calls));
        }
    }
    memory
}

fn types(of: &dyn Fn(Role) -> Vec<String>) -> Value {
    let described = |names: Vec<String>, what: Value| -> Map<String, Value> {
        names.into_iter().map(|name| (name, what.clone())).collect()
    };
    let field = json!({ "type": "string", "description": "A field.", "required": true });
    let other = json!({ "type": "string", "description": "A field." });
    let mut fields = described(of(Role::Field), other);
    let mut required = fields.clone();
    required.values_mut().for_each(|one| *one = field.clone());
    let value = json!({ "description": "A value." });
    let (mut objects, mut enums) = (Map::new(), Map::new());
    fields.entry("xField").or_insert(field.clone());
    required.entry("xField").or_insert(field);
    objects.insert(
        "ThingXOptional".into(),
        json!({ "description": "A thing.", "fields": fields }),
    );
    objects.insert(
        "ThingXNeeded".into(),
        json!({ "description": "A thing.", "fields": required }),
    );
    let mut values = described(of(Role::Value), value.clone());
    values.entry("X_VALUE").or_insert(value);
    for (name, open) in [("KindXOpen", true), ("KindXClosed", false)] {
        enums.insert(
            name.into(),
            json!({ "description": "A kind.", "open": open, "values": values }),
        );
    }
    for (number, name) in of(Role::Type).into_iter().enumerate() {
        // The first as an object, the second as an enum.
        if number == 0 {
            let made = objects["ThingXNeeded"].clone();
            objects.insert(name, made);
        } else {
            let made = enums["KindXOpen"].clone();
            enums.insert(name, made);
        }
    }
    json!({ "source": "page", "objects": objects, "enums": enums })
}

fn operation(id: &str, codes: &[String], outcomes: &[String]) -> Value {
    let text = json!({ "type": "string", "required": true, "description": "A text." });
    let code = json!({
        "status": "F", "meaning": "Bad.", "action": "Stop.", "next_step": "tell_user",
        "resend": "pointless",
    });
    let codes: Map<String, Value> = codes
        .iter()
        .map(|name| (name.clone(), code.clone()))
        .collect();
    let cases = outcomes.iter().enumerate().map(|(number, name)| {
        let decision = json!({ "decide": "done", "as": name, "description": "Good." });
        (format!("C{number}"), decision)
    });
    let cases: Map<String, Value> = cases.collect();
    json!({
        "id": id, "title": "A call", "description": "A call.", "source": "page",
        "method": "POST", "path": "/x",
        "request": { "fields": { "key": text } },
        "response": { "fields": { "status": text, "code": text, "state": text } },
        "result": {
            "by": "/status", "code": "/code",
            "cases": {
                "S": { "by": "/state", "cases": cases },
                "F": { "decide": "failed", "description": "Bad." },
                "U": { "decide": "pending", "description": "Open." },
            },
            "codes": codes,
        },
        "idempotency": { "key": "/key", "settled": ["S", "F"], "description": "The key." },
    })
}

fn flow(id: &str, (pays, outcomes): (&str, &[String])) -> Value {
    let mut on = Map::new();
    for name in outcomes {
        let end = if name == PAID { "paid" } else { "escalated" };
        on.insert(format!("{pays}.{name}"), json!(end));
    }
    on.insert(format!("{pays}.failed"), json!("unpaid"));
    on.insert(format!("{pays}.pending"), json!("escalated"));
    on.insert("no_answer".to_owned(), json!("escalated"));
    json!({
        "id": id, "title": "A life", "description": "A life.", "source": "page",
        "pays": pays, "starts": "paying",
        "states": {
            "paying": { "description": "Paying.", "send": pays, "after_s": [0], "on": on },
            "paid": { "description": "Paid.", "end": "paid" },
            "unpaid": { "description": "Unpaid.", "end": "unpaid" },
            "escalated": { "description": "Unclear.", "end": "escalated" },
        },
    })
}
