//! Where the walk stands: a list of stack frames, made into a JSON Pointer only when something is
//! wrong there.

use crate::Sensitive;
use core::fmt::Write;

/// A place in the message, and why values there must not be shown.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
    pub(super) sensitive: Option<Sensitive>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Name(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// The message itself.
    pub(super) const ROOT: Self = Self {
        parent: None,
        step: Step::Root,
        sensitive: None,
    };

    /// A field of the object at this place. What is sensitive stays so inside.
    pub(super) fn field(&'a self, name: &'a str, sensitive: Option<Sensitive>) -> Self {
        Self {
            parent: Some(self),
            step: Step::Name(name),
            sensitive: sensitive.or(self.sensitive),
        }
    }

    /// An element of the list at this place.
    pub(super) fn element(&'a self, index: usize) -> Self {
        Self {
            parent: Some(self),
            step: Step::Index(index),
            sensitive: self.sensitive,
        }
    }

    /// The JSON Pointer.
    pub(super) fn pointer(&self) -> String {
        let mut out = String::with_capacity(self.length());
        self.write(&mut out);
        out
    }

    /// Bytes of the pointer, when no name needs an escape.
    fn length(&self) -> usize {
        let step = match self.step {
            Step::Root => 0,
            Step::Name(name) => name.len() + 1,
            // Nobody sends a list of more than a million elements.
            Step::Index(_) => 7,
        };
        self.parent.map_or(step, |parent| parent.length() + step)
    }

    fn write(&self, out: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(out);
        }
        match self.step {
            Step::Root => {}
            Step::Name(name) => {
                out.push('/');
                if needs_escape(name) {
                    out.push_str(&name.replace('~', "~0").replace('/', "~1"));
                } else {
                    out.push_str(name);
                }
            }
            Step::Index(index) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "/{index}");
            }
        }
    }
}

/// Without a branch, so that many bytes are looked at in one instruction.
fn needs_escape(name: &str) -> bool {
    let bytes = name.as_bytes().iter();
    bytes.fold(false, |found, byte| {
        found | (*byte == b'~') | (*byte == b'/')
    })
}
