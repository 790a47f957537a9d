//! The bodies of operations, with their rules for fields inside shared objects.

use super::conditions::ConditionTarget;
use super::paths::{Target, Way};
use super::sources::Cited;
use super::{Context, title};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, Caller, Constraints, OperationFile};
use crate::model::{Body, Constraint, Object, Refinement, Rule, Side};
use crate::naming;
use crate::source::At;

/// Returns the name of the body of an operation. An id without a Rust spelling has been reported.
fn body_name(operation: &str, side: Side) -> String {
    match (naming::operation_names(operation), side) {
        (Ok(names), Side::Request) => names.request,
        (Ok(names), Side::Response) => names.response,
        (Err(_), side) => format!("{operation} {side}"),
    }
}

/// Returns the sentence about the body of an operation.
pub(super) fn description(file: &OperationFile, side: Side, named: Option<&str>) -> String {
    let title = title(&file.title, &file.id);
    match named {
        Some(named) => format!("The {side} of {title}: `{named}`."),
        None => format!("The {side} of {title}."),
    }
}

impl Context<'_> {
    /// Resolves the body of one side.
    pub(super) fn body(
        &mut self,
        file: &OperationFile,
        body: &format::Body,
        side: Side,
        at: At<'_>,
        sources: &Cited,
    ) -> Body {
        let name = body_name(&file.id, side);
        let place = format!("{}/{side}", file.id);
        let media_type = self.media_type(file, body, side, at);
        let (mut fields, removed_fields, checks) =
            self.fields(&place, &body.fields, at.at("fields"), sources);
        let is_request = (side, file.caller()) == (Side::Request, Caller::Merchant);
        if is_request {
            self.place(file, at, &mut fields, sources);
        } else {
            self.no_place(&body.fields, at.at("fields"));
        }
        let named = body.body.as_ref().map(|said| said.field().ty.clone());
        let named_object = named
            .as_deref()
            .filter(|name| self.types.object(name).is_some());
        let mut object = Object {
            name,
            description: description(file, side, named_object),
            fields,
            removed_fields,
            at_least_one_of: Vec::new(),
            amounts: Vec::new(),
            quote: None,
            renamed_from: None,
            deprecated: None,
            since: None,
            sources: sources.ids.clone(),
            origin: self.origin(at),
        };
        let named = self.whole_body(file, body, (side, at), &mut object, sources);
        if is_request {
            self.styled(body, media_type, &mut object.fields);
        }
        let groups = self.alternatives(&body.at_least_one_of, at, &object, sources);
        object.at_least_one_of.extend(groups);
        let amounts = self.amounts(&body.fields, at.at("fields"), &object, sources);
        object.amounts.extend(amounts);
        for check in checks {
            let found = self.check_condition(&object, &check);
            self.found.extend(found);
        }
        let entries = body.refinements.iter().zip(at.at("refinements").entries());
        let refinements = entries
            .filter_map(|((path, refinement), at)| {
                self.refinement(&place, path, refinement, at, &object, sources)
            })
            .collect();
        let same_currency = self.same_currency(&body.same_currency, at, &object, sources);
        let mut body = Body {
            media_type,
            named: named.into_iter().collect(),
            object,
            refinements,
            same_currency,
        };
        body.fold();
        body
    }

    fn refinement(
        &mut self,
        place: &str,
        path: &str,
        refinement: &format::Refinement,
        at: At<'_>,
        body: &Object,
        sources: &Cited,
    ) -> Option<Refinement> {
        let origin = self.origin(at);
        self.disputes(&refinement.disputed, at, origin, || {
            format!("{place}{path}")
        });
        let sources = self.sources(refinement.source.as_ref(), at, sources);
        let span = at.key_span();
        let names = self.pointer(path, span)?;
        let followed = self.follow(body, &names, Way::Everything);
        let mut constraints = refinement.constraints();
        let mut base = Vec::new();
        let (field, ty, secrecy) = match followed {
            Ok(Target::Field(field)) => {
                (Some(field.clone()), Some(field.ty.clone()), field.sensitive)
            }
            Ok(Target::Elements(field, element)) => {
                let (element, secrecy) = (element.clone(), field.sensitive);
                self.no_presence(&mut constraints, at);
                base = element.constraints;
                (None, Some(element.ty), secrecy)
            }
            Ok(Target::Unclear) => (None, None, None),
            Err(lost) => {
                let lost = lost.at(span);
                self.report(lost);
                return None;
            }
        };
        let sensitive = secrecy.is_some();
        if sensitive {
            for key in ["const", "values", "default"] {
                self.hidden
                    .extend(at.get(key).map(|value| value.full_span()));
            }
        }
        let mut rules = self.constraints(&constraints, at, ty.as_ref(), &sources, secrecy);
        if rules.required {
            let origin = self.map.origin(at.at("required").key_span());
            let strength = self.required_strength(&constraints, at, &sources);
            let required = Constraint {
                rule: Rule::Required,
                strength,
                origin,
            };
            rules.constraints.insert(0, required);
        }
        self.contradictions(&base, &rules.constraints, sensitive);
        if let Some(field) = &field {
            self.contradictions(&field.constraints, &rules.constraints, sensitive);
            let (own, required) = (rules.default.as_ref(), rules.required);
            self.refined_default(field, own, &rules.constraints, required);
        }
        let mut checks = Vec::new();
        let target = ConditionTarget {
            path: &names,
            required: rules.required,
        };
        let [required_when, forbidden_when] =
            self.conditions(&constraints, at, &target, &sources, &mut checks);
        for check in checks {
            let found = self.check_condition(body, &check);
            self.found.extend(found);
        }
        Some(Refinement {
            path: names,
            note: refinement.note.clone(),
            constraints: rules.constraints,
            required_when,
            forbidden_when,
            default: rules.default,
            sources: sources.ids,
            origin,
        })
    }

    /// Reports and removes constraints on the presence of an element of a list or a value of a map, which is always
    /// there.
    fn no_presence(&mut self, constraints: &mut Constraints<'_>, at: At<'_>) {
        for key in ["required", "required_when", "forbidden_when", "default"] {
            if at.get(key).is_some() {
                let message = format!("`{key}` does not apply to the elements of a list or map");
                self.report(
                    Diagnostic::new(&codes::MISFIT, message)
                        .at(at.at(key).key_span(), "an element is always present")
                        .help("limit the number of elements with `min_items` and `max_items`"),
                );
            }
        }
        *constraints = Constraints {
            required: None,
            required_when: &[],
            forbidden_when: &[],
            default: None,
            ..*constraints
        };
    }
}
