//! From the parts of HTTP to a request.

use super::error::{RequestError, RequestProblem};
use super::split::{is_header_text, members, written};
use super::{RequestField, RequestLayout, TextForm, encoding};
use crate::Location;
use crate::json::Node;
use core::str;
use std::borrow::Cow;

impl RequestLayout<'_> {
    /// Puts a request together. `target` is the path after the prefix of the environment, with the query; headers that
    /// are not fields are ignored. A text that does not have the form of its field becomes a string, which the validator
    /// reports; an unknown name in the query becomes a member.
    ///
    /// # Errors
    ///
    /// When the parts are not those of such a request: see [`RequestProblem`].
    pub fn join(
        &self,
        target: &str,
        headers: &[(&str, &[u8])],
        body: &[u8],
    ) -> Result<Vec<u8>, RequestError> {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, query),
            None => (target, ""),
        };
        let has_parameters = !self.is_body_only() || self.path.fields().next().is_some();
        if !has_parameters && self.has_body && query.is_empty() {
            return match self.path.matches(path) {
                true => Ok(body.to_vec()),
                false => Err(other_path()),
            };
        }
        let mut found = Vec::new();
        for (name, value) in self.path.values(path).ok_or_else(other_path)? {
            let not_utf8 = || RequestError::new(name, Location::Path, RequestProblem::NotUtf8);
            let value = encoding::decode_segment(value).ok_or_else(not_utf8)?;
            found.push((Location::Path, Cow::Borrowed(name), value));
        }
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let not_utf8 = || RequestError::whole(Location::Query, RequestProblem::NotUtf8);
            let name = encoding::decode_query(name).ok_or_else(not_utf8)?;
            let value = encoding::decode_query(value).ok_or_else(not_utf8)?;
            found.push((Location::Query, Cow::Owned(name), value));
        }
        for field in self.at(Location::Header) {
            for value in header_texts(field, headers)? {
                found.push((Location::Header, Cow::Borrowed(field.name), value));
            }
        }
        let body = match body {
            b"" => Vec::new(),
            body => members(body)?,
        };
        self.object(&found, body)
    }

    /// Returns the object of the texts that were found in the path, the query and the headers, and the members of the body.
    fn object(
        &self,
        found: &[(Location, Cow<'_, str>, String)],
        body: Vec<(Cow<'_, str>, Node<'_>)>,
    ) -> Result<Vec<u8>, RequestError> {
        let mut object: Vec<(Cow<'_, str>, Node<'_>)> = Vec::new();
        for (location, name, text) in found {
            let (location, name) = (*location, name.as_ref());
            let field = self.field(name);
            if let Some(field) = field.filter(|field| field.location != location) {
                let problem = RequestProblem::Misplaced(field.location);
                return Err(RequestError::new(name, location, problem));
            }
            let is_list = field.is_some_and(|field| field.is_list);
            let form = field.map_or(TextForm::Text, |field| field.form);
            let known = object.iter_mut().find(|(known, _)| known == name);
            match (known, is_list) {
                (Some((_, Node::Array(elements))), true) => elements.push(node(form, text)),
                (Some(_), _) => {
                    return Err(RequestError::new(name, location, RequestProblem::Repeated));
                }
                (None, true) => {
                    let list = Node::Array(vec![node(form, text)]);
                    object.push((Cow::Borrowed(name), list));
                }
                (None, false) => object.push((Cow::Borrowed(name), node(form, text))),
            }
        }
        for (name, value) in body {
            let field = self.field(&name);
            if let Some(field) = field.filter(|field| field.location != Location::Body) {
                let problem = RequestProblem::Misplaced(field.location);
                return Err(RequestError::new(&name, Location::Body, problem));
            }
            object.push((name, value));
        }
        // In the order of the fields, whatever their places.
        let last = self.fields.len();
        object.sort_by_key(|(name, _)| {
            let position = self.fields.iter().position(|field| field.name == name);
            position.unwrap_or(last)
        });
        written(&Node::Object(object))
    }
}

fn other_path() -> RequestError {
    RequestError::whole(Location::Path, RequestProblem::OtherPath)
}

/// Returns the texts of a header. Letter case of its name does not matter.
fn header_texts(
    field: &RequestField<'_>,
    headers: &[(&str, &[u8])],
) -> Result<Vec<String>, RequestError> {
    let named = headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case(field.name));
    let texts = named.map(|(_, value)| {
        let text = str::from_utf8(value)
            .ok()
            .filter(|text| is_header_text(text));
        let wrong = || RequestError::new(field.name, Location::Header, RequestProblem::HeaderText);
        text.map(str::to_owned).ok_or_else(wrong)
    });
    texts.collect()
}

/// Returns the JSON that a text denotes: a string, if it does not have the form.
fn node(form: TextForm, text: &str) -> Node<'_> {
    let read = match form {
        TextForm::Text => None,
        TextForm::Number => Node::parse(text)
            .ok()
            .filter(|node| *node == Node::Number(text)),
        TextForm::Boolean => match text {
            "true" => Some(Node::Boolean(true)),
            "false" => Some(Node::Boolean(false)),
            _ => None,
        },
    };
    read.unwrap_or(Node::String(Cow::Borrowed(text)))
}
