//! From the pairs of a query or form to the values of a request.

use super::error::{RequestError, RequestProblem};
use super::json::node;
use super::pairs::is_segment;
use super::shape::Shape;
use super::{RequestField, RequestLayout};
use crate::json::{MAX_DEPTH, Node};
use crate::{Location, Style};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The texts of one name, and the names in brackets behind it.
#[derive(Debug, Default)]
pub(super) struct Branch<'t> {
    texts: Vec<&'t str>,
    /// By what is in the brackets, with the position in the order of their arrival.
    inner: BTreeMap<&'t str, (usize, Branch<'t>)>,
}

impl<'t> Branch<'t> {
    /// Adds a text behind these segments. An index is a name here, so that a large one costs nothing.
    pub(super) fn add(&mut self, segments: &[&'t str], text: &'t str) {
        let mut branch = self;
        for segment in segments {
            let next = branch.inner.len();
            let entry = branch.inner.entry(segment);
            branch = &mut entry.or_insert_with(|| (next, Branch::default())).1;
        }
        branch.texts.push(text);
    }

    fn in_order(&self) -> Vec<(&'t str, &Branch<'t>)> {
        let inner = self.inner.iter();
        let mut all: Vec<_> = inner.map(|(name, (at, one))| (*at, *name, one)).collect();
        all.sort_unstable_by_key(|(at, ..)| *at);
        all.into_iter().map(|(_, name, one)| (name, one)).collect()
    }
}

/// Returns what is in the brackets of a name, behind its first part: `a[b][0]` has `b` and `0`.
pub(super) fn segments(brackets: &str) -> Result<Vec<&str>, RequestProblem> {
    let mut found = Vec::new();
    let mut rest = brackets;
    while !rest.is_empty() {
        let inner = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let (segment, after) = inner.ok_or(RequestProblem::OtherStyle)?;
        if segment.contains('[') {
            return Err(RequestProblem::OtherStyle);
        }
        if found.len() == MAX_DEPTH {
            return Err(RequestProblem::TooDeep);
        }
        found.push(segment);
        rest = after;
    }
    Ok(found)
}

/// Reads the values of one field.
pub(super) struct PairReader<'l> {
    layout: &'l RequestLayout<'l>,
    field: &'l RequestField<'l>,
    location: Location,
    place: String,
}

impl<'l> PairReader<'l> {
    pub(super) fn new(
        layout: &'l RequestLayout<'l>,
        field: &'l RequestField<'l>,
        location: Location,
    ) -> Self {
        Self {
            layout,
            field,
            location,
            place: field.name.to_owned(),
        }
    }

    /// Returns the value of the field.
    pub(super) fn value<'t>(mut self, branch: &Branch<'t>) -> Result<Node<'t>, RequestError> {
        let field = self.field;
        match (field.style, &field.shape) {
            (Style::Repeat, Shape::List(element)) if branch.inner.is_empty() => {
                Ok(texts(element, branch.texts.iter().copied()))
            }
            (Style::Comma, Shape::List(element)) => {
                Ok(texts(element, self.text(branch)?.split(',')))
            }
            (_, Shape::Json | Shape::Any) => {
                let text = self.text(branch)?;
                Ok(Node::parse(text).unwrap_or(Node::String(Cow::Borrowed(text))))
            }
            (Style::Brackets | Style::EmptyBrackets, shape) => self.nested(shape, branch),
            (Style::Repeat | Style::Comma | Style::Json, Shape::Text(form)) => {
                Ok(node(*form, self.text(branch)?))
            }
            (
                Style::Repeat | Style::Comma | Style::Json,
                Shape::List(_) | Shape::Map(_) | Shape::Object(_),
            ) => Err(self.wrong(RequestProblem::OtherStyle)),
        }
    }

    fn nested<'t>(&mut self, shape: &Shape, branch: &Branch<'t>) -> Result<Node<'t>, RequestError> {
        match shape {
            Shape::Text(form) => Ok(node(*form, self.text(branch)?)),
            Shape::List(element) => self.list(element, branch),
            Shape::Map(each) => {
                self.has_no_text(branch)?;
                let mut members = Vec::with_capacity(branch.inner.len());
                for (key, inner) in branch.in_order() {
                    let value = self.inside("*", |this| match is_segment(key) {
                        true => this.nested(each, inner),
                        false => Err(this.wrong(RequestProblem::Key)),
                    })?;
                    members.push((Cow::Borrowed(key), value));
                }
                Ok(Node::Object(members))
            }
            Shape::Object(at) => self.object(*at, branch),
            Shape::Json | Shape::Any => Err(self.wrong(RequestProblem::OtherStyle)),
        }
    }

    fn list<'t>(&mut self, element: &Shape, branch: &Branch<'t>) -> Result<Node<'t>, RequestError> {
        self.has_no_text(branch)?;
        if self.field.style == Style::EmptyBrackets {
            let only = branch.inner.get("").filter(|_| branch.inner.len() == 1);
            let only = only.filter(|(_, one)| one.inner.is_empty());
            let (_, one) = only.ok_or_else(|| self.wrong(RequestProblem::OtherStyle))?;
            return Ok(texts(element, one.texts.iter().copied()));
        }
        let mut elements = Vec::with_capacity(branch.inner.len());
        for index in 0..branch.inner.len() {
            let index = index.to_string();
            let (_, inner) = branch
                .inner
                .get(index.as_str())
                .ok_or_else(|| self.wrong(RequestProblem::Index))?;
            elements.push(self.inside(&index, |this| this.nested(element, inner))?);
        }
        Ok(Node::Array(elements))
    }

    fn object<'t>(&mut self, at: usize, branch: &Branch<'t>) -> Result<Node<'t>, RequestError> {
        self.has_no_text(branch)?;
        let layout = self.layout;
        let fields = layout.objects.get(at).map_or(&[][..], Vec::as_slice);
        let mut members = Vec::with_capacity(branch.inner.len());
        for (name, shape) in fields {
            if let Some((_, inner)) = branch.inner.get(name) {
                let value = self.inside(name, |this| this.nested(shape, inner))?;
                members.push((Cow::Owned((*name).to_owned()), value));
            }
        }
        for (name, inner) in branch.in_order() {
            if !fields.iter().any(|(known, _)| *known == name) {
                let value = self.inside("*", |this| this.unknown(inner))?;
                members.push((Cow::Borrowed(name), value));
            }
        }
        Ok(Node::Object(members))
    }

    /// Returns the value of a member that the type does not have: a text, or an object of texts.
    fn unknown<'t>(&mut self, branch: &Branch<'t>) -> Result<Node<'t>, RequestError> {
        if branch.inner.is_empty() {
            return Ok(Node::String(Cow::Borrowed(self.text(branch)?)));
        }
        self.has_no_text(branch)?;
        let mut members = Vec::with_capacity(branch.inner.len());
        for (name, inner) in branch.in_order() {
            members.push((
                Cow::Borrowed(name),
                self.inside("*", |this| this.unknown(inner))?,
            ));
        }
        Ok(Node::Object(members))
    }

    /// Returns the only text of a branch that has nothing in brackets.
    fn text<'t>(&self, branch: &Branch<'t>) -> Result<&'t str, RequestError> {
        match (branch.texts.as_slice(), branch.inner.is_empty()) {
            ([text], true) => Ok(text),
            ([], true) | (_, false) => Err(self.wrong(RequestProblem::OtherStyle)),
            ([_, _, ..], true) => Err(self.wrong(RequestProblem::Repeated)),
        }
    }

    fn has_no_text(&self, branch: &Branch<'_>) -> Result<(), RequestError> {
        match branch.texts.is_empty() {
            true => Ok(()),
            false => Err(self.wrong(RequestProblem::OtherStyle)),
        }
    }

    fn inside<T>(
        &mut self,
        shown: &str,
        act: impl FnOnce(&mut Self) -> Result<T, RequestError>,
    ) -> Result<T, RequestError> {
        let place = self.place.len();
        self.place.extend(["/", shown]);
        let done = act(self);
        self.place.truncate(place);
        done
    }

    fn wrong(&self, problem: RequestProblem) -> RequestError {
        RequestError::new(&self.place, self.location, problem)
    }
}

/// Returns a list of texts.
fn texts<'t>(element: &Shape, texts: impl Iterator<Item = &'t str>) -> Node<'t> {
    let texts = texts.map(|text| match element {
        Shape::Text(form) => node(*form, text),
        Shape::List(_) | Shape::Map(_) | Shape::Object(_) | Shape::Json | Shape::Any => {
            Node::String(Cow::Borrowed(text))
        }
    });
    Node::Array(texts.collect())
}
