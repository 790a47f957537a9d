use super::Context;
use super::conditions::{Check, ConditionTarget};
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, Fields};
use crate::model::{Field, RemovedField, Type};
use crate::source::At;
use payspec_runtime::schema::MAX_FIELDS;
use payspec_runtime::{Location, Style};

impl Context<'_> {
    /// Resolves the fields of an object. The conditions' paths can only be followed once all fields are
    /// known, so they are returned.
    pub(super) fn fields(
        &mut self,
        object: &str,
        fields: &Fields,
        at: At<'_>,
        inherited: &Cited,
    ) -> (Vec<Field>, Vec<RemovedField>, Vec<Check>) {
        let (mut resolved, mut removed, mut checks) = (Vec::new(), Vec::new(), Vec::new());
        let fields = fields.iter().map(|(name, field)| (name, field.field()));
        let fields: Vec<_> = fields.collect();
        let present = fields.iter().map(|(_, field)| field).zip(at.entries());
        let mut present = present.filter(|(field, _)| field.removed.is_none());
        if let Some((_, over)) = present.nth(MAX_FIELDS) {
            let message = format!("an object has at most {MAX_FIELDS} fields");
            self.report(Diagnostic::new(&codes::TOO_MANY, message).at(over.key_span(), ""));
        }
        for ((name, field), at) in fields.iter().zip(at.entries()) {
            let name = *name;
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

    pub(super) fn field(
        &mut self,
        name: &str,
        field: &format::Field,
        at: At<'_>,
        inherited: &Cited,
        checks: &mut Vec<Check>,
    ) -> Field {
        let origin = self.origin(at);
        let sources = self.sources(field.source.as_ref(), at, inherited);
        let (ty, unknown_key_limits) = self.field_type(field, at, &sources);
        let ty = self.case(field, ty, at);
        if ty.is_none() {
            self.opaque.insert(origin);
        }
        let constraints = field.constraints();
        let rules = self.constraints(&constraints, at, ty.as_ref(), &sources, field.sensitive);
        let target = ConditionTarget {
            path: &[name.to_owned()],
            required: rules.required,
        };
        let [required_when, forbidden_when] =
            self.conditions(&constraints, at, &target, &sources, checks);
        Field {
            name: name.to_owned(),
            description: field.description.clone(),
            location: Location::Body,
            style: Style::Repeat,
            json_type: self.json_type(field.json_type, ty.as_ref(), at),
            nullable: self.nullable(field, ty.as_ref(), at),
            ty: ty.unwrap_or(Type::String),
            required: rules.required,
            plain: rules.required,
            constraints: rules.constraints,
            required_when,
            forbidden_when,
            unknown_limits: [rules.unknown_limits, unknown_key_limits].concat(),
            sensitive: field.sensitive,
            renamed_from: field.renamed_from.clone(),
            since: self.since(field.since.as_deref(), at),
            deprecated: self.deprecated(field.deprecated.as_deref(), at),
            default: rules.default,
            example: field.example.clone(),
            rust_name: field.rust_name.clone(),
            page_names: field.page_names.clone(),
            sources: sources.ids,
            origin,
        }
    }
}
