use super::Context;
use super::conditions::Check;
use crate::format::{self, Fields};
use crate::model::{Field, RemovedField, SourceIds, Type};
use crate::source::At;

impl Context<'_> {
    /// Resolves the fields of an object. The conditions' paths can only be followed once all
    /// fields are known: they are handed back.
    pub(super) fn fields(
        &mut self,
        object: &str,
        fields: &Fields,
        at: At<'_>,
        inherited: &SourceIds,
    ) -> (Vec<Field>, Vec<RemovedField>, Vec<Check>) {
        let (mut resolved, mut removed, mut checks) = (Vec::new(), Vec::new(), Vec::new());
        for ((name, field), at) in fields.iter().zip(at.entries()) {
            let origin = self.origin(at);
            self.disputes(&field.disputed, at, origin, || format!("{object}.{name}"));
            match &field.removed {
                Some(removal) => {
                    self.removed(Some(removal), at);
                    self.sources(field.source.as_ref(), at, inherited);
                    self.since(field.since.as_deref(), at);
                    removed.push(RemovedField {
                        name: name.clone(),
                        date: removal.date.clone(),
                        note: removal.note.clone(),
                        origin,
                    });
                }
                None => resolved.push(self.field(name, field, at, inherited, &mut checks)),
            }
        }
        (resolved, removed, checks)
    }

    fn field(
        &mut self,
        name: &str,
        field: &format::Field,
        at: At<'_>,
        inherited: &SourceIds,
        checks: &mut Vec<Check>,
    ) -> Field {
        let origin = self.origin(at);
        let sources = self.sources(field.source.as_ref(), at, inherited);
        let ty = self.field_type(&field.ty, field.of.as_deref(), at);
        if ty.is_none() {
            self.opaque.insert(origin);
        }
        let constraints = field.constraints();
        let rules = self.constraints(
            &constraints,
            at,
            ty.as_ref(),
            &sources,
            field.sensitive.is_some(),
        );
        let required_when = self.conditions(
            constraints.required_when,
            at,
            "required_when",
            &sources,
            checks,
        );
        let forbidden_when = self.conditions(
            constraints.forbidden_when,
            at,
            "forbidden_when",
            &sources,
            checks,
        );
        Field {
            name: name.to_owned(),
            description: field.description.clone(),
            ty: ty.unwrap_or(Type::String),
            required: rules.required,
            constraints: rules.constraints,
            required_when,
            forbidden_when,
            unknown_limits: rules.unknown_limits,
            sensitive: field.sensitive,
            since: self.since(field.since.as_deref(), at),
            deprecated: self.deprecated(field.deprecated.as_deref(), at),
            example: field.example.clone(),
            sources,
            origin,
        }
    }
}
