//! The rules that an operation adds to fields inside shared objects, as a tree along their paths.

use super::{
    Body, Condition, Constraint, DefaultValue, Field, Object, Origin, Refinement, SourceIds,
};

/// The additional rules at a field, and at the fields inside it.
#[derive(Debug, Clone, Default)]
pub struct Refined<'m> {
    /// The refinements of this very field.
    pub refinements: Vec<&'m Refinement>,
    /// The additional constraints.
    pub constraints: Vec<&'m Constraint>,
    /// The conditions under which the field must be present; paths from the body.
    pub required_when: Vec<&'m Condition>,
    /// The conditions under which the field must be absent; paths from the body.
    pub forbidden_when: Vec<&'m Condition>,
    /// The value that the receiver assumes here.
    pub default: Option<&'m DefaultValue>,
    /// The reasons and meanings in this place.
    pub notes: Vec<&'m str>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The places in the spec.
    pub origins: Vec<Origin>,
    /// By the name of the field, or `*` for the elements of a list.
    children: Vec<(&'m str, Refined<'m>)>,
}

impl<'m> Refined<'m> {
    /// Returns the refinements of a body.
    pub fn of(body: &'m Body) -> Self {
        let Body {
            named: _,
            object: _,
            refinements,
            // A rule between fields.
            same_currency: _,
            media_type: _,
        } = body;
        let mut root = Refined::default();
        for refinement in refinements {
            let Refinement {
                path,
                note,
                constraints,
                required_when,
                forbidden_when,
                default,
                sources,
                origin,
            } = refinement;
            let place = path.iter().fold(&mut root, |place, name| place.enter(name));
            place.refinements.push(refinement);
            place.constraints.extend(constraints);
            place.required_when.extend(required_when);
            place.forbidden_when.extend(forbidden_when);
            place.default = default.as_ref().or(place.default);
            place.notes.extend(note.as_deref());
            place.sources.extend(sources);
            place.origins.push(*origin);
        }
        root
    }

    fn enter(&mut self, name: &'m str) -> &mut Self {
        let at = self.children.iter().position(|(child, _)| *child == name);
        let at = at.unwrap_or_else(|| {
            self.children.push((name, Refined::default()));
            self.children.len() - 1
        });
        &mut self.children[at].1
    }

    /// Returns the refinements of a field inside.
    pub fn child(&self, name: &str) -> Option<&Refined<'m>> {
        let mut children = self.children.iter();
        children
            .find(|(child, _)| *child == name)
            .map(|(_, child)| child)
    }

    /// Returns whether something inside the value is refined.
    pub fn has_children(&self) -> bool {
        !self.children.is_empty()
    }

    /// Iterates over the refined fields of an object, in the object's order.
    pub fn fields<'o>(
        &'o self,
        object: &'o Object,
    ) -> impl Iterator<Item = (&'o Field, &'o Refined<'m>)> {
        object
            .fields
            .iter()
            .filter_map(|field| Some((field, self.child(&field.name)?)))
    }
}
