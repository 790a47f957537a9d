//! From a request to the parts of HTTP.

use super::error::{RequestError, RequestProblem};
use super::path::{PathSegment, is_value};
use super::{RequestField, RequestLayout, encoding};
use crate::Location;
use crate::json::Node;
use core::fmt;
use std::borrow::Cow;

/// The parts of a request in HTTP.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpParts {
    /// The path, with its values percent-encoded, and the query.
    pub target: String,
    /// The names and values of the headers that are fields of the request.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Shows no values: they may be sensitive.
impl fmt::Debug for HttpParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpParts").finish_non_exhaustive()
    }
}

/// The members of a JSON object that are present.
type Members<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

impl RequestLayout<'_> {
    /// Takes a request apart. Where every field is in the body, the body consists of exactly these bytes.
    ///
    /// # Errors
    ///
    /// When a value cannot travel in its place: see [`RequestProblem`].
    pub fn split(&self, json: &[u8]) -> Result<HttpParts, RequestError> {
        if self.is_body_only() && self.path.fields().next().is_none() {
            return Ok(HttpParts {
                target: self.path.as_str().to_owned(),
                headers: Vec::new(),
                body: if self.has_body {
                    json.to_vec()
                } else {
                    Vec::new()
                },
            });
        }
        let members = members(json)?;
        let mut target = self.written_path(&members)?;
        self.append_query(&mut target, &members)?;
        let mut headers = Vec::new();
        for field in self.at(Location::Header) {
            if let Some(value) = value(&members, field)? {
                let text = text(field, value)?;
                if !is_header_text(&text) {
                    let problem = RequestProblem::HeaderText;
                    return Err(RequestError::new(field.name, Location::Header, problem));
                }
                headers.push((field.name.to_owned(), text.into_owned()));
            }
        }
        Ok(HttpParts {
            target,
            headers,
            body: self.body(members)?,
        })
    }

    fn written_path(&self, members: &Members<'_>) -> Result<String, RequestError> {
        let wrong = |name: &str, problem| RequestError::new(name, Location::Path, problem);
        let mut path = String::with_capacity(self.path.as_str().len());
        for (index, segment) in self.path.segments().enumerate() {
            if index > 0 {
                path.push('/');
            }
            match segment {
                PathSegment::Literal(text) => path.push_str(text),
                PathSegment::Field(name) => {
                    let absent = || wrong(name, RequestProblem::Absent);
                    let field = self.field(name).ok_or_else(absent)?;
                    let value = value(members, field)?.ok_or_else(absent)?;
                    let text = text(field, value)?;
                    if !is_value(&text) {
                        return Err(wrong(name, RequestProblem::Segment));
                    }
                    encoding::encode(&mut path, &text);
                }
            }
        }
        Ok(path)
    }

    fn append_query(&self, to: &mut String, members: &Members<'_>) -> Result<(), RequestError> {
        let mut mark = '?';
        let mut pair = |name: &str, text: &str| {
            to.push(mark);
            mark = '&';
            encoding::encode(to, name);
            to.push('=');
            encoding::encode(to, text);
        };
        for field in self.at(Location::Query) {
            match value(members, field)? {
                Some(Node::Array(elements)) if field.is_list => {
                    for element in elements {
                        pair(field.name, &text(field, element)?);
                    }
                }
                Some(value) => pair(field.name, &text(field, value)?),
                None => {}
            }
        }
        Ok(())
    }

    fn body(&self, members: Members<'_>) -> Result<Vec<u8>, RequestError> {
        let is_elsewhere = |name: &str| {
            let field = self.field(name);
            field.is_some_and(|field| field.location != Location::Body)
        };
        let members: Members<'_> = members
            .into_iter()
            .filter(|(name, _)| !is_elsewhere(name))
            .collect();
        if self.has_body {
            return written(&Node::Object(members));
        }
        match members.iter().find(|(_, value)| *value != Node::Null) {
            Some((name, _)) => {
                let problem = RequestProblem::NoBody;
                Err(RequestError::new(name, Location::Body, problem))
            }
            None => Ok(Vec::new()),
        }
    }
}

/// Returns the members of a JSON object.
pub(super) fn members(json: &[u8]) -> Result<Members<'_>, RequestError> {
    let wrong = |problem| RequestError::whole(Location::Body, problem);
    match Node::from_slice(json) {
        Ok(Node::Object(members)) => Ok(members),
        Ok(_) => Err(wrong(RequestProblem::NotAnObject)),
        Err(error) => Err(wrong(RequestProblem::NotJson(error))),
    }
}

/// Writes JSON.
pub(super) fn written(node: &Node<'_>) -> Result<Vec<u8>, RequestError> {
    // Everything that the strict reader made, and every text, can be written.
    let wrong = |_| RequestError::whole(Location::Body, RequestProblem::NotAnObject);
    serde_json::to_vec(node).map_err(wrong)
}

/// Returns the value of a field, if it is present.
fn value<'m, 'j>(
    members: &'m Members<'j>,
    field: &RequestField<'_>,
) -> Result<Option<&'m Node<'j>>, RequestError> {
    let mut values = members.iter().filter(|(name, _)| name == field.name);
    match (values.next(), values.next()) {
        (None | Some((_, Node::Null)), None) => Ok(None),
        (Some((_, value)), None) => Ok(Some(value)),
        (_, Some(_)) => {
            let problem = RequestProblem::Repeated;
            Err(RequestError::new(field.name, field.location, problem))
        }
    }
}

/// Returns the text of a scalar.
fn text<'m>(field: &RequestField<'_>, value: &'m Node<'_>) -> Result<Cow<'m, str>, RequestError> {
    match value {
        Node::String(text) => Ok(Cow::Borrowed(text)),
        Node::Number(digits) => Ok(Cow::Borrowed(digits)),
        Node::Boolean(true) => Ok(Cow::Borrowed("true")),
        Node::Boolean(false) => Ok(Cow::Borrowed("false")),
        Node::Null | Node::Array(_) | Node::Object(_) | Node::Damaged(_) => {
            let problem = RequestProblem::NotAText;
            Err(RequestError::new(field.name, field.location, problem))
        }
    }
}

/// Returns whether a text arrives unchanged as the value of a header: other characters end it, or are read differently.
pub(super) fn is_header_text(text: &str) -> bool {
    text.trim_matches(' ') == text && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
