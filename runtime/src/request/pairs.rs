//! The pairs `name=value` of a query or form.

use super::error::{RequestError, RequestProblem};
use super::json::{Members, text, written};
use super::shape::Shape;
use super::{RequestField, RequestLayout, encoding};
use crate::json::Node;
use crate::{Location, Style};
use std::borrow::Cow;

/// A pair as it arrives.
pub(super) type Pair = (String, String);

/// Returns the names and values of a form; [`None`] if a text is not UTF-8.
///
/// ```
/// use payspec_runtime::request::form_pairs;
///
/// let pairs = form_pairs("card%5Bname%5D=Ann+B&amount=5").expect("UTF-8");
/// assert_eq!(pairs[0], ("card[name]".to_owned(), "Ann B".to_owned()));
/// ```
pub fn form_pairs(text: &str) -> Option<Vec<(String, String)>> {
    read(text, Location::Body).ok()
}

/// Reads the pairs of a query or form. `+` is a space.
pub(super) fn read(text: &str, location: Location) -> Result<Vec<Pair>, RequestError> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let not_utf8 = || RequestError::whole(location, RequestProblem::NotUtf8);
        let name = encoding::decode_query(name).ok_or_else(not_utf8)?;
        let value = encoding::decode_query(value).ok_or_else(not_utf8)?;
        Ok((name, value))
    });
    pairs.collect()
}

/// Writes the pairs of a query or form.
pub(super) struct PairWriter<'l> {
    layout: &'l RequestLayout<'l>,
    location: Location,
    /// The pairs written so far.
    pub(super) text: String,
    /// The name of the next pair.
    name: String,
    /// The path of its value, for errors.
    place: String,
}

impl<'l> PairWriter<'l> {
    pub(super) fn new(layout: &'l RequestLayout<'l>, location: Location) -> Self {
        Self {
            layout,
            location,
            text: String::new(),
            name: String::new(),
            place: String::new(),
        }
    }

    /// Writes a field.
    pub(super) fn field(
        &mut self,
        field: &RequestField<'_>,
        value: &Node<'_>,
    ) -> Result<(), RequestError> {
        self.start(field.name);
        match (field.style, &field.shape, value) {
            (Style::Repeat, Shape::List(_), Node::Array(elements)) => {
                for element in self.some(elements)? {
                    self.pair(element)?;
                }
                Ok(())
            }
            (Style::Comma, Shape::List(_), Node::Array(elements)) => self.joined(elements),
            (_, Shape::Json | Shape::Any, value) => {
                let text = written(value)?;
                let text =
                    String::from_utf8(text).map_err(|_| self.wrong(RequestProblem::NotUtf8))?;
                self.append(&text);
                Ok(())
            }
            (Style::Brackets | Style::EmptyBrackets, shape, value) => {
                self.nested(field.style, shape, value)
            }
            (
                Style::Repeat | Style::Comma | Style::Json,
                Shape::Text(_) | Shape::List(_) | Shape::Map(_) | Shape::Object(_),
                value,
            ) => self.pair(value),
        }
    }

    /// Writes a member that is not a field, if it is a text.
    pub(super) fn unknown(&mut self, name: &str, value: &Node<'_>) -> Result<(), RequestError> {
        self.start(name);
        self.pair(value)
    }

    fn start(&mut self, name: &str) {
        name.clone_into(&mut self.name);
        name.clone_into(&mut self.place);
    }

    fn nested(
        &mut self,
        style: Style,
        shape: &Shape,
        value: &Node<'_>,
    ) -> Result<(), RequestError> {
        match (shape, value) {
            (Shape::List(element), Node::Array(values)) => {
                for (index, value) in self.some(values)?.iter().enumerate() {
                    let index = index.to_string();
                    let segment = match style {
                        Style::EmptyBrackets => "",
                        Style::Repeat | Style::Comma | Style::Brackets | Style::Json => &index,
                    };
                    self.inside((segment, &index), |this| match (style, value) {
                        (Style::EmptyBrackets, value) => this.pair(value),
                        (_, value) => this.nested(style, element, value),
                    })?;
                }
                Ok(())
            }
            (Shape::Map(each), Node::Object(members)) => {
                for (key, value) in self.present(members)? {
                    if !is_segment(key) {
                        return self.inside(("", "*"), |this| Err(this.wrong(RequestProblem::Key)));
                    }
                    self.inside((key, "*"), |this| this.nested(style, each, value))?;
                }
                Ok(())
            }
            (Shape::Object(at), Node::Object(members)) => {
                let fields = self.layout.objects.get(*at);
                for (name, value) in self.present(members)? {
                    let mut known = fields.into_iter().flatten();
                    match known.find(|(known, _)| known == name) {
                        Some((name, shape)) => {
                            self.inside((name, name), |this| this.nested(style, shape, value))?;
                        }
                        None => self.inside((name, "*"), |this| this.pair(value))?,
                    }
                }
                Ok(())
            }
            (Shape::Text(_) | Shape::List(_) | Shape::Map(_) | Shape::Object(_), value) => {
                self.pair(value)
            }
            (Shape::Json | Shape::Any, _) => Err(self.wrong(RequestProblem::NotAText)),
        }
    }

    /// Does this one level deeper, with a segment of the name, and the same in errors.
    fn inside(
        &mut self,
        (segment, shown): (&str, &str),
        act: impl FnOnce(&mut Self) -> Result<(), RequestError>,
    ) -> Result<(), RequestError> {
        let (name, place) = (self.name.len(), self.place.len());
        self.name.extend(["[", segment, "]"]);
        self.place.extend(["/", shown]);
        let done = act(self);
        self.name.truncate(name);
        self.place.truncate(place);
        done
    }

    /// Returns the elements of a list, which has at least one.
    fn some<'v, T>(&self, values: &'v [T]) -> Result<&'v [T], RequestError> {
        match values {
            [] => Err(self.wrong(RequestProblem::Empty)),
            values => Ok(values),
        }
    }

    /// Returns the members of an object that are present: at least one, and none twice.
    fn present<'v, 'j>(
        &self,
        members: &'v Members<'j>,
    ) -> Result<Vec<(&'v Cow<'j, str>, &'v Node<'j>)>, RequestError> {
        let present = members.iter().filter(|(_, value)| *value != Node::Null);
        let present: Vec<_> = present.map(|(name, value)| (name, value)).collect();
        let mut names: Vec<&str> = present.iter().map(|(name, _)| name.as_ref()).collect();
        names.sort_unstable();
        let is_repeated = names.windows(2).any(|two| two.first() == two.last());
        match (is_repeated, present.as_slice()) {
            (true, _) => Err(self.wrong(RequestProblem::Repeated)),
            (false, []) => Err(self.wrong(RequestProblem::Empty)),
            (false, _) => Ok(present),
        }
    }

    fn joined(&mut self, elements: &[Node<'_>]) -> Result<(), RequestError> {
        let texts = self.some(elements)?.iter().map(|one| self.text(one));
        let texts = texts.collect::<Result<Vec<_>, _>>()?;
        if texts.iter().any(|text| text.contains(',')) {
            return Err(self.wrong(RequestProblem::Comma));
        }
        self.append_name();
        for (index, text) in texts.iter().enumerate() {
            if index > 0 {
                // Not encoded: some readers split the value before they decode it, the others after.
                self.text.push(',');
            }
            encoding::encode(&mut self.text, text);
        }
        Ok(())
    }

    fn pair(&mut self, value: &Node<'_>) -> Result<(), RequestError> {
        let text = self.text(value)?;
        self.append(&text);
        Ok(())
    }

    fn append(&mut self, text: &str) {
        self.append_name();
        encoding::encode(&mut self.text, text);
    }

    fn append_name(&mut self) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        encoding::encode(&mut self.text, &self.name);
        self.text.push('=');
    }

    fn text<'v>(&self, value: &'v Node<'_>) -> Result<Cow<'v, str>, RequestError> {
        text(value).ok_or_else(|| self.wrong(RequestProblem::NotAText))
    }

    fn wrong(&self, problem: RequestProblem) -> RequestError {
        RequestError::new(&self.place, self.location, problem)
    }
}

/// Returns whether a text can be a key in brackets: others end too early, or are read as an element of a list.
pub(super) fn is_segment(key: &str) -> bool {
    !key.is_empty() && !key.contains(['[', ']'])
}
