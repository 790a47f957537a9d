//! The owner of the fields that a section describes, and the facts about them that are wanted.

use crate::condition::Names;
use crate::facts::Subject;

/// The owner of the fields that are being read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Owner {
    /// A side of an operation.
    Body {
        operation: usize,
        side: payspec_model::model::Side,
    },
    /// An object that a table describes.
    Object(usize),
}

impl Owner {
    pub(super) fn subject(self, index: usize) -> Subject {
        match self {
            Owner::Body { operation, side } => Subject::Parameter {
                operation,
                side,
                index,
            },
            Owner::Object(object) => Subject::Field { object, index },
        }
    }
}

/// The facts that are wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose<'n> {
    /// The names and the values of the parameters.
    Names,
    /// All; the conditions may refer to these parameters.
    Facts(&'n Names),
}
