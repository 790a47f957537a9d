//! From a request to the parts of HTTP.

use super::error::{RequestError, RequestProblem};
use super::json::{Members, members, text, written};
use super::pairs::PairWriter;
use super::path::{PathSegment, is_value};
use super::shape::Shape;
use super::{RequestField, RequestLayout, encoding};
use crate::json::Node;
use crate::{Location, MediaType};
use core::fmt;
use std::borrow::Cow;

/// The parts of a request in HTTP.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpParts {
    /// The path, with its values percent-encoded, and the query.
    pub target: String,
    /// The names and values of the headers that are fields of the request.
    pub headers: Vec<(String, String)>,
    /// The media type of the body; [`None`] if there is none.
    pub media_type: Option<MediaType>,
    /// The body.
    pub body: Vec<u8>,
}

/// Shows no values: they may be sensitive.
impl fmt::Debug for HttpParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpParts").finish_non_exhaustive()
    }
}

impl RequestLayout<'_> {
    /// Takes a request apart. Where every field is in a JSON body, the body consists of exactly these bytes.
    ///
    /// # Errors
    ///
    /// When a value cannot travel in its place: see [`RequestProblem`].
    pub fn split(&self, json: &[u8]) -> Result<HttpParts, RequestError> {
        if self.is_whole() {
            return Ok(HttpParts {
                target: self.path.as_str().to_owned(),
                headers: Vec::new(),
                media_type: self.body,
                body: json.to_vec(),
            });
        }
        let members = members(json)?;
        let mut target = self.written_path(&members)?;
        let query = self.query(&members)?;
        if !query.is_empty() {
            target.extend(["?", &query]);
        }
        let mut headers = Vec::new();
        for field in self.at(Location::Header) {
            if let Some(value) = value(&members, field)? {
                let text = scalar(field, value)?;
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
            media_type: self.body,
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
                    let text = scalar(field, value)?;
                    if !is_value(&text) {
                        return Err(wrong(name, RequestProblem::Segment));
                    }
                    encoding::encode(&mut path, &text);
                }
            }
        }
        Ok(path)
    }

    fn query(&self, members: &Members<'_>) -> Result<String, RequestError> {
        let mut pairs = PairWriter::new(self, Location::Query);
        for field in self.at(Location::Query) {
            if let Some(value) = value(members, field)? {
                pairs.field(field, value)?;
            }
        }
        Ok(pairs.text)
    }

    fn body(&self, members: Members<'_>) -> Result<Vec<u8>, RequestError> {
        let is_elsewhere = |name: &str| {
            let field = self.field(name);
            field.is_some_and(|field| match field.location {
                Location::Path | Location::Query | Location::Header => true,
                Location::Body | Location::WholeBody => false,
            })
        };
        let members: Members<'_> = members
            .into_iter()
            .filter(|(name, _)| !is_elsewhere(name))
            .collect();
        if let Some(field) = self.whole_body() {
            return whole_body(field, &members);
        }
        match self.body {
            Some(MediaType::Json) => written(&Node::Object(members)),
            Some(MediaType::Form) => self.form(&members),
            None => match members.iter().find(|(_, value)| *value != Node::Null) {
                Some((name, _)) => {
                    let problem = RequestProblem::NoBody;
                    Err(RequestError::new(name, Location::Body, problem))
                }
                None => Ok(Vec::new()),
            },
        }
    }

    /// Returns the members of the body as a form: the fields in their order, then the others.
    fn form(&self, members: &Members<'_>) -> Result<Vec<u8>, RequestError> {
        let mut pairs = PairWriter::new(self, Location::Body);
        for field in self.at(Location::Body) {
            if let Some(value) = value(members, field)? {
                pairs.field(field, value)?;
            }
        }
        for (name, value) in members {
            if self.field(name).is_none() && *value != Node::Null {
                pairs.unknown(name, value)?;
            }
        }
        Ok(pairs.text.into_bytes())
    }
}

/// Returns the body that is the value of a field.
fn whole_body(field: &RequestField<'_>, members: &Members<'_>) -> Result<Vec<u8>, RequestError> {
    let wrong = |name: &str, problem| RequestError::new(name, Location::WholeBody, problem);
    if let Some((name, _)) = members.iter().find(|(name, _)| name != field.name) {
        return Err(wrong(name, RequestProblem::BesideBody));
    }
    match value(members, field)? {
        Some(value) => written(value),
        None => Err(wrong(field.name, RequestProblem::Absent)),
    }
}

/// Returns the value of a field, if it is present. `null` is a value where any JSON is one.
fn value<'m, 'j>(
    members: &'m Members<'j>,
    field: &RequestField<'_>,
) -> Result<Option<&'m Node<'j>>, RequestError> {
    let mut values = members.iter().filter(|(name, _)| name == field.name);
    match (values.next(), values.next()) {
        (None, None) => Ok(None),
        (Some((_, Node::Null)), None) if field.shape != Shape::Any => Ok(None),
        (Some((_, value)), None) => Ok(Some(value)),
        (_, Some(_)) => {
            let problem = RequestProblem::Repeated;
            Err(RequestError::new(field.name, field.location, problem))
        }
    }
}

/// Returns the text of a field in the path or a header.
fn scalar<'m>(field: &RequestField<'_>, value: &'m Node<'_>) -> Result<Cow<'m, str>, RequestError> {
    text(value).ok_or_else(|| {
        let problem = RequestProblem::NotAText;
        RequestError::new(field.name, field.location, problem)
    })
}

/// Returns whether a text arrives unchanged as the value of a header: other characters end it, or are read differently.
pub(super) fn is_header_text(text: &str) -> bool {
    text.trim_matches(' ') == text && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
