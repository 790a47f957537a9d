//! The requests for tokens that an operation hands out: a client makes them by itself.

use super::drive::fixed_text;
use super::{Api, Operation};
use payspec_runtime::request::HttpParts;
use serde_json::{Map, Value};

impl Operation {
    /// Returns the request that a client can make by itself: the required fields, each with its single allowed value.
    ///
    /// # Errors
    ///
    /// With the name of a required field that has no single allowed value, or of a group that needs one of its fields.
    pub fn fixed_request(&self) -> Result<Map<String, Value>, &str> {
        let body = &self.request.object;
        let mut request = Map::new();
        for field in &body.fields {
            match (field.required, fixed_text(field)) {
                (true, Some(text)) => {
                    request.insert(field.name.clone(), Value::String(text.to_owned()));
                }
                (true, None) => return Err(&field.name),
                (false, _) => {}
            }
        }
        let mut choices = body.at_least_one_of.iter();
        let unmet = |fields: &[String]| !fields.iter().any(|name| request.contains_key(name));
        match choices.find(|choice| unmet(&choice.fields)) {
            Some(choice) => Err(choice.fields.first().map_or("", String::as_str)),
            None => Ok(request),
        }
    }

    /// Returns the parts in HTTP of the request that a client can make by itself, without the prefix of an environment.
    pub fn fixed_parts(&self, api: &Api) -> Option<HttpParts> {
        let request = Value::Object(self.fixed_request().ok()?).to_string();
        self.layout(api).split(request.as_bytes()).ok()
    }
}
