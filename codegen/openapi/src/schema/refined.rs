//! The rules that an operation adds to fields inside shared objects, as a tree along their paths.

use payspec_model::model::{
    Body, Condition, Constraint, DefaultValue, Object, Origin, Refinement, SourceIds,
};

/// The additional rules at a field, and at the fields inside it.
#[derive(Default)]
pub(super) struct Refined<'m> {
    pub(super) constraints: Vec<&'m Constraint>,
    pub(super) required_when: Vec<&'m Condition>,
    pub(super) forbidden_when: Vec<&'m Condition>,
    pub(super) default: Option<&'m DefaultValue>,
    pub(super) notes: Vec<&'m str>,
    pub(super) sources: SourceIds,
    pub(super) origins: Vec<Origin>,
    /// By the name of the field, or `*` for the elements of a list.
    children: Vec<(&'m str, Refined<'m>)>,
}

impl<'m> Refined<'m> {
    /// Returns the refinements of a body.
    pub(super) fn of(body: &'m Body) -> Self {
        let Body {
            object: _,
            refinements,
            // A rule between fields.
            same_currency: _,
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
    pub(super) fn child(&self, name: &str) -> Option<&Refined<'m>> {
        let mut children = self.children.iter();
        children
            .find(|(child, _)| *child == name)
            .map(|(_, child)| child)
    }

    /// Returns whether something inside the value is refined.
    pub(super) fn has_children(&self) -> bool {
        !self.children.is_empty()
    }

    /// Iterates over the refined fields of an object, in the object's order.
    pub(super) fn fields<'o>(
        &'o self,
        object: &'o Object,
    ) -> impl Iterator<Item = (&'o payspec_model::model::Field, &'o Refined<'m>)> {
        object
            .fields
            .iter()
            .filter_map(|field| Some((field, self.child(&field.name)?)))
    }
}
