//! The place of a walk over a body.

use super::FactCollector;
use payspec_model::model::{Direction, ObjectId, Refinement, Side};

/// The walk over all places of a body.
pub(super) struct Walk<'s, 'm> {
    pub(super) facts: &'s mut FactCollector<'m>,
    pub(super) side: Side,
    pub(super) direction: Direction,
    pub(super) refinements: &'m [Refinement],
    pub(super) holders: Vec<ObjectId>,
    pub(super) path: Vec<String>,
}
