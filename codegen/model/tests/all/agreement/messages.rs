//! Random messages: mostly in the shape of the spec, with every kind of error.

use payspec_model::model::{Api, Element, Object, Type, Union};
use payspec_runtime::Case;
use serde_json::{Value, json};

/// Texts that are valid for one type and invalid for the next.
const TEXTS: &[&str] = &[
    "",
    "a",
    "ab",
    "abc",
    "abcd",
    "abcdefghi",
    "RED",
    "BLUE",
    "PINK",
    "ROUND",
    "FLAT",
    "YES",
    "US",
    "JP",
    "ZZ",
    "us",
    "USD",
    "JPY",
    "IDR",
    "XXQ",
    "true",
    "false",
    "True",
    "0",
    "1",
    "150",
    "100",
    "-1",
    "007",
    "1.5",
    "0.4",
    "10.0",
    "9.99",
    "9999999",
    "99999999999999999999",
    "2019-11-27T12:01:01+08:00",
    "2019-11-27",
    "2019-13-27",
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "cGF5",
    "cGE=",
    "cGF=",
    "1700000000000",
    "http://a.b/c",
    "alipays://x",
    "not a url",
    "http://example.com/a/very/long/path/that/is",
    "5411",
    "支付宝支付",
    "😀😀😀😀😀",
    "{}",
    "[1]",
    "nul",
    "\u{0}\u{202e}",
    r#"{"kind":"ROUND"}"#,
    r#"{"kind":"FLAT","note":"x","inner":"{\"flag\":\"true\",\"word\":\"yes\"}"}"#,
    r#"{"kind":"ODD","inner":"{\"flag\":true,\"x\":1}","kind":"FLAT"}"#,
    "CONNECT_WALLET",
    "EntryCode",
    "IN_STORE_PAYMENT",
    "WAP",
    "POST",
];

/// A generator of messages; the same ones in every run.
pub(crate) struct Messages<'a> {
    api: &'a Api,
    state: u64,
}

impl<'a> Messages<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        Messages {
            api,
            state: 88_172_645_463_325_252,
        }
    }

    /// Returns the next message for a body.
    pub(crate) fn next(&mut self, body: &Object) -> String {
        match body.whole_body() {
            // A message may be the value alone, whatever its form should be.
            Some(field) if self.below(3) > 0 => self.value(&field.ty, 1),
            Some(_) | None => self.object(body, 0),
        }
    }

    /// Returns a number below a limit (xorshift).
    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % limit as u64).unwrap_or(0)
    }

    fn object(&mut self, object: &Object, depth: usize) -> String {
        let mut members = Vec::new();
        for field in &object.fields {
            if self.below(5) > 0 {
                let value = self.value(&field.ty, depth + 1);
                members.push(format!("{}:{value}", json!(field.name)));
            }
            if self.below(40) == 0 {
                members.push(format!("{}:{}", json!(field.name), self.anything()));
            }
        }
        if self.below(8) == 0 {
            let name = ["amont", "x/y~z", "extr"][self.below(3)];
            members.push(format!("{}:{}", json!(name), self.anything()));
        }
        if self.below(3) == 0 && !members.is_empty() {
            let turn = self.below(members.len());
            members.rotate_left(turn);
        }
        format!("{{{}}}", members.join(","))
    }

    fn element(&mut self, element: &Element, depth: usize) -> String {
        match element.nullable && self.below(3) == 0 {
            true => "null".to_owned(),
            false => self.value(&element.ty, depth),
        }
    }

    fn value(&mut self, ty: &Type, depth: usize) -> String {
        if depth > 7 || self.below(5) == 0 {
            return self.anything().to_string();
        }
        match ty {
            Type::Object(id) => self.object(self.api.object(*id), depth),
            Type::Json(id) => {
                let inner = self.object(self.api.object(*id), depth);
                if self.below(4) == 0 {
                    inner
                } else {
                    json!(inner).to_string()
                }
            }
            Type::List(element) => {
                let count = self.below(5);
                let elements: Vec<_> = (0..count)
                    .map(|_| self.element(element, depth + 1))
                    .collect();
                format!("[{}]", elements.join(","))
            }
            Type::Map(map) => {
                let entries: Vec<_> = (0..self.below(5))
                    .map(|_| {
                        let key = ["a", "key", "longer key", "a/b~", "", "\u{fffd}"][self.below(6)];
                        format!("{}:{}", json!(key), self.element(&map.values, depth + 1))
                    })
                    .collect();
                format!("{{{}}}", entries.join(","))
            }
            Type::Union(id) => self.variant(self.api.union(*id), depth),
            Type::Enum(id) => {
                let values = &self.api.enumeration(*id).values;
                let value = &values[self.below(values.len())].name;
                match (*self.api.written_as(ty) == Type::Integer, self.below(8)) {
                    (true, 0) => "7".to_owned(),
                    (true, 1) => "1.0".to_owned(),
                    (true, 2) => "\"01\"".to_owned(),
                    (true, 3..=5) => value.clone(),
                    (true | false, _) => json!(value).to_string(),
                }
            }
            Type::Currency(Case::Upper) => {
                json!(["USD", "JPY", "IDR", "ISK", "ZZZ", "usd"][self.below(6)]).to_string()
            }
            Type::Currency(Case::Lower) => {
                json!(["usd", "jpy", "idr", "isk", "zzz", "USD"][self.below(6)]).to_string()
            }
            Type::Integer => {
                ["\"100\"", "150", "\"15\"", "\"6000\"", "1e2", "-0"][self.below(6)].to_owned()
            }
            Type::Timestamp(_) => {
                let texts = [
                    "1700000000",
                    "\"1700000000123\"",
                    "253402300800",
                    "1.7e9",
                    "-1",
                    "0",
                ];
                texts[self.below(6)].to_owned()
            }
            Type::Boolean => ["\"true\"", "false", "true"][self.below(3)].to_owned(),
            Type::Decimal => {
                let texts = [
                    "\"1.5\"",
                    "9.99",
                    "0.25",
                    "1e2",
                    "\"12.345\"",
                    "\"7\"",
                    "1e-3",
                ];
                texts[self.below(7)].to_owned()
            }
            Type::String
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Url
            | Type::Country
            | Type::Any => self.anything().to_string(),
        }
    }

    /// Returns a value of a union; an object mostly with a tag, at any place among its members.
    fn variant(&mut self, union: &Union, depth: usize) -> String {
        let variant = &union.variants[self.below(union.variants.len())];
        let object = self.value(&variant.ty, depth);
        let Some(tag) = union
            .discriminator
            .field()
            .filter(|_| object.starts_with('{'))
        else {
            return object;
        };
        let tag = json!(tag);
        let tags = match self.below(10) {
            0 => Vec::new(),
            1 => vec![format!("{tag}:{}", self.anything())],
            2 => vec![format!("{tag}:\"other\"")],
            3 => vec![format!("{tag}:{}", json!(variant.tag)); 2],
            _ => vec![format!("{tag}:{}", json!(variant.tag))],
        };
        let members = object[1..object.len() - 1].to_owned();
        let mut all = tags;
        if !members.is_empty() {
            let place = self.below(all.len() + 1);
            all.insert(place, members);
        }
        format!("{{{}}}", all.join(","))
    }

    fn anything(&mut self) -> Value {
        match self.below(14) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(5),
            3 => json!(1.5),
            4 => json!(["a", "", null, "abc"]),
            5 => json!({}),
            6 => {
                json!({ "kind": "ROUND", "note": "n", "inner": { "flag": "false", "word": "no" } })
            }
            _ => json!(TEXTS[self.below(TEXTS.len())]),
        }
    }
}
