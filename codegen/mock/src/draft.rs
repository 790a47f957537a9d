//! A body that may become an answer, with the HTTP status that it would be sent with.

use std::borrow::Cow;

use payspec_runtime::rules;
use serde_json::{Map, Value};

use payspec_model::model::{Code, Example, ResultHandling, StatusPlace};

/// A body, and its HTTP status if that decides.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) json: Value,
    pub(super) http_status: Option<u16>,
}

impl Draft {
    pub(super) fn of(json: Value) -> Self {
        Draft {
            json,
            http_status: None,
        }
    }

    /// Returns the content of a documented message.
    pub(super) fn of_example(example: &Example) -> Option<Self> {
        Some(Draft {
            json: serde_json::from_str(&example.json).ok()?,
            http_status: example.http_status,
        })
    }

    /// Returns an answer of a server that is down, which decides nothing where the HTTP status decides.
    pub(super) fn unavailable() -> Self {
        Draft {
            json: Value::Object(Map::new()),
            http_status: Some(503),
        }
    }

    /// Returns whether the answer is sent without a body.
    pub(super) fn has_no_body(&self) -> bool {
        self.http_status.is_some_and(rules::has_no_body)
    }

    /// Sets the status.
    pub(super) fn set_status(&mut self, result: &ResultHandling, status: &str) {
        match &result.status {
            StatusPlace::Field(path) => put(&mut self.json, path, status),
            StatusPlace::HttpStatus => {
                self.http_status = result.http_status_of(status);
                if self.has_no_body() {
                    self.json = Value::Object(Map::new());
                }
            }
            StatusPlace::Always(_) => {}
        }
    }

    /// Writes a code, with its status and message.
    pub(super) fn set_code(&mut self, result: &ResultHandling, code: &Code) {
        self.set_status(result, &code.status);
        if let Some(path) = result.code.first() {
            put(&mut self.json, path, &code.name);
        }
        if let Some(path) = &result.message {
            // The meaning is one or two sentences; messages are seldom allowed to be longer than this.
            let short: String = code.meaning.chars().take(200).collect();
            put(&mut self.json, path, &short);
        }
    }

    /// Returns whether it has this code.
    pub(super) fn says(&self, result: &ResultHandling, documented: &Code) -> bool {
        code(result, &self.json).as_deref() == Some(documented.name.as_str())
    }

    /// Removes the fields that hold the code and the message.
    pub(super) fn clear_code(&mut self, result: &ResultHandling) {
        for path in result.code.iter().chain(&result.message) {
            if let (Value::Object(fields), Some(name)) = (&mut self.json, path.first()) {
                fields.remove(name);
            }
        }
    }
}

/// Sets a text at a path of names, and creates the objects on the way.
pub(super) fn put(json: &mut Value, path: &[String], text: &str) {
    set(json, path, Value::String(text.to_owned()));
}

/// Sets a value at a path of names, and creates the objects on the way.
pub(super) fn set(json: &mut Value, path: &[String], value: Value) {
    let mut here = json;
    for name in path {
        if !here.is_object() {
            *here = Value::Object(Map::new());
        }
        let Value::Object(fields) = here else { return };
        here = fields.entry(name.clone()).or_insert(Value::Null);
    }
    *here = value;
}

/// Returns the text at a path of names.
pub(super) fn text<'j>(json: &'j Value, path: &[String]) -> Option<&'j str> {
    at(json, path)?.as_str()
}

/// Returns the code of a message.
pub(super) fn code<'j>(result: &ResultHandling, json: &'j Value) -> Option<Cow<'j, str>> {
    let mut places = result.code.iter().filter_map(|path| word(json, path));
    places.find(|code| !code.is_empty())
}

/// Returns the text or number at a path of names, such as a status.
pub(super) fn word<'j>(json: &'j Value, path: &[String]) -> Option<Cow<'j, str>> {
    match at(json, path)? {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns the value at a path of names.
pub(super) fn at<'j>(json: &'j Value, path: &[String]) -> Option<&'j Value> {
    path.iter().try_fold(json, |json, name| json.get(name))
}
