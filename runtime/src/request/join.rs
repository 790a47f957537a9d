//! From the parts of HTTP to a request.

use super::error::{RequestError, RequestProblem};
use super::json::{Members, members, node_of, written};
use super::nest::{self, Branch, PairReader};
use super::pairs::{self, Pair};
use super::split::is_header_text;
use super::{RequestField, RequestLayout, encoding};
use crate::json::Node;
use crate::{Location, MediaType};
use core::str;
use std::borrow::Cow;
use std::collections::BTreeMap;

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
        if self.is_whole() && query.is_empty() {
            return match self.path.matches(path) {
                true => Ok(body.to_vec()),
                false => Err(other_path()),
            };
        }
        let mut texts = Vec::new();
        for (name, value) in self.path.values(path).ok_or_else(other_path)? {
            let not_utf8 = || RequestError::new(name, Location::Path, RequestProblem::NotUtf8);
            let value = encoding::decode_segment(value).ok_or_else(not_utf8)?;
            texts.push((Location::Path, name.to_owned(), value));
        }
        let in_query = pairs::read(query, Location::Query)?;
        texts.extend(
            in_query
                .into_iter()
                .map(|(name, value)| (Location::Query, name, value)),
        );
        for field in self.at(Location::Header) {
            for value in header_texts(field, headers)? {
                texts.push((Location::Header, field.name.to_owned(), value));
            }
        }
        let members = match (body, self.body) {
            (b"", _) => Vec::new(),
            (body, Some(MediaType::Form)) => {
                let in_form = form(body)?.into_iter();
                texts.extend(in_form.map(|(name, value)| (Location::Body, name, value)));
                Vec::new()
            }
            (body, Some(MediaType::Json) | None) => match self.whole_body() {
                Some(field) => vec![(Cow::Borrowed(field.name), node_of(body)?)],
                None => members(body)?,
            },
        };
        self.object(&texts, members)
    }

    /// Returns the object of the texts that were found, and of the members of a JSON body.
    fn object(
        &self,
        texts: &[(Location, String, String)],
        body: Members<'_>,
    ) -> Result<Vec<u8>, RequestError> {
        let mut fields: Vec<Option<(Location, Branch<'_>)>> = Vec::new();
        fields.resize_with(self.fields.len(), || None);
        let mut unknown: BTreeMap<&str, &str> = BTreeMap::new();
        for (location, name, text) in texts {
            let Some((at, brackets)) = self.named(name, *location) else {
                if unknown.insert(name, text).is_some() {
                    return Err(RequestError::new(name, *location, RequestProblem::Repeated));
                }
                continue;
            };
            let field = &self.fields[at];
            let wrong = |problem| RequestError::new(field.name, *location, problem);
            if field.location != *location {
                return Err(wrong(RequestProblem::Misplaced(field.location)));
            }
            let segments = nest::segments(brackets).map_err(wrong)?;
            let (_, branch) = fields[at].get_or_insert_with(|| (*location, Branch::default()));
            branch.add(&segments, text);
        }
        let mut object: Vec<(Cow<'_, str>, Node<'_>)> = Vec::new();
        for (field, found) in self.fields.iter().zip(&fields) {
            if let Some((location, branch)) = found {
                let value = PairReader::new(self, field, *location).value(branch)?;
                object.push((Cow::Borrowed(field.name), value));
            }
        }
        let unknown = unknown.into_iter();
        object.extend(unknown.map(|(name, text)| (name.into(), Node::String(text.into()))));
        for (name, value) in body {
            match self.field(&name).map(|field| field.location) {
                None | Some(Location::Body | Location::WholeBody) => {}
                Some(elsewhere @ (Location::Path | Location::Query | Location::Header)) => {
                    let problem = RequestProblem::Misplaced(elsewhere);
                    return Err(RequestError::new(&name, Location::Body, problem));
                }
            }
            object.push((name, value));
        }
        // In the order of the fields, whatever their places.
        let last = self.fields.len();
        object.sort_by_cached_key(|(name, _)| {
            let position = self.fields.iter().position(|field| field.name == name);
            position.unwrap_or(last)
        });
        written(&Node::Object(object))
    }

    /// Returns the field that a name in this place belongs to, and the brackets behind its own name.
    fn named<'n>(&self, name: &'n str, location: Location) -> Option<(usize, &'n str)> {
        let position = |name: &str| self.fields.iter().position(|field| field.name == name);
        if let Some(at) = position(name) {
            return Some((at, ""));
        }
        let bracket = name.find('[').filter(|_| match location {
            Location::Query | Location::Body => true,
            Location::Path | Location::Header | Location::WholeBody => false,
        });
        let (own, brackets) = name.split_at_checked(bracket?)?;
        Some((position(own)?, brackets))
    }
}

/// Reads the pairs of a form.
fn form(body: &[u8]) -> Result<Vec<Pair>, RequestError> {
    let wrong = |problem| RequestError::whole(Location::Body, problem);
    let text = str::from_utf8(body).map_err(|_| wrong(RequestProblem::NotUtf8))?;
    // Its text would become the name of a field, which errors show.
    if text.trim_start().starts_with(['{', '[']) {
        return Err(wrong(RequestProblem::NotAForm));
    }
    pairs::read(text, Location::Body)
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
