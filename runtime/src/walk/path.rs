//! The position of the walk: a list of stack frames, turned into a JSON Pointer only when something is
//! wrong.

use crate::pointer::{Pointer, Steps, write_name};
use crate::schema::Field;
use crate::{Purpose, Schema, Sensitive};
use core::fmt::{self, Write};

/// A place in the message, with the reason why values there must not be shown.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
    /// Number of steps to this place.
    depth: usize,
    /// The message whose fields are here.
    message: Option<&'static Schema>,
    /// True if the schemas of the fields on the way do not determine the next one, or not its pointer.
    is_undetermined: bool,
    pub(super) sensitive: Option<Sensitive>,
    /// The purpose of the field at this place, or of the list that holds it.
    pub(super) purpose: Option<Purpose>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Field(usize, &'static str),
    Unknown(&'a str),
    Element(usize),
    Entry(&'a str),
}

impl<'a> Place<'a> {
    /// Returns the place of a message.
    pub(super) const fn root(message: &'static Schema) -> Self {
        Self {
            parent: None,
            step: Step::Root,
            depth: 0,
            message: Some(message),
            is_undetermined: false,
            sensitive: None,
            purpose: None,
        }
    }

    /// Returns the place of a field of the object here. Everything inside a sensitive value is
    /// sensitive. The place of a whole body is the message itself, unless it is a member of it.
    pub(super) fn field(&'a self, index: usize, field: &'static Field) -> Self {
        let is_here = field.is_whole_body() && self.message.is_some_and(Schema::is_whole_body);
        let place = match is_here {
            true => Self {
                is_undetermined: true,
                ..*self
            },
            false => self.inside(Step::Field(index, field.name)),
        };
        Self {
            sensitive: field.sensitive.or(self.sensitive),
            purpose: field.purpose,
            ..place
        }
    }

    /// Returns the place of an unknown or duplicate field of the object here.
    pub(super) fn unknown(&'a self, name: &'a str) -> Self {
        self.inside(Step::Unknown(name))
    }

    /// Returns the place of an element of the list here.
    pub(super) fn element(&'a self, index: usize) -> Self {
        self.inside(Step::Element(index))
    }

    /// Returns the place of an entry of the map here.
    pub(super) fn entry(&'a self, key: &'a str) -> Self {
        self.inside(Step::Entry(key))
    }

    /// Returns the same place, in one of the objects of a union.
    pub(super) fn in_union(&self) -> Self {
        Self {
            is_undetermined: true,
            ..*self
        }
    }

    fn inside(&'a self, step: Step<'a>) -> Self {
        Self {
            parent: Some(self),
            step,
            depth: self.depth + 1,
            message: None,
            is_undetermined: self.is_undetermined,
            sensitive: self.sensitive,
            purpose: self.purpose,
        }
    }

    /// Returns the JSON Pointer into a message of this schema.
    pub(super) fn pointer(&self, message: &'static Schema) -> Pointer {
        self.steps(message)
            .map_or_else(|| self.text().into(), Pointer::later)
    }

    /// Returns the steps to this place, if the schema knows all of them and they are small.
    fn steps(&self, message: &'static Schema) -> Option<Steps> {
        if self.is_undetermined {
            return None;
        }
        let mut steps = Steps {
            message,
            indexes: [0; Steps::MOST],
            count: u8::try_from(self.depth).ok()?,
        };
        let mut rest = self;
        while let Some(parent) = rest.parent {
            let (Step::Field(index, _) | Step::Element(index)) = rest.step else {
                return None;
            };
            *steps.indexes.get_mut(parent.depth)? = u16::try_from(index).ok()?;
            rest = parent;
        }
        Some(steps)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.write(out)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Field(_, name) | Step::Unknown(name) => write_name(out, name),
            Step::Element(index) => write!(out, "/{index}"),
            Step::Entry(key) => {
                // The keys of a sensitive map say as much as its values.
                let mask = self.sensitive.map(Sensitive::mask);
                write_name(out, mask.unwrap_or(key))
            }
        }
    }
}
