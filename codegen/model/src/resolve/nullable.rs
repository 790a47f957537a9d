use super::Context;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format;
use crate::model::{Field, Type};
use crate::source::{At, Span};
use payspec_runtime::{Location, MediaType};

impl Context<'_> {
    /// Returns whether `null` is a value of a field.
    pub(super) fn nullable(
        &mut self,
        field: &format::Field,
        ty: Option<&Type>,
        at: At<'_>,
    ) -> bool {
        if !field.nullable {
            return false;
        }
        if !self.may_be_null(ty, at) {
            return false;
        }
        if field.money.is_some() {
            let misfit = null_misfit(at, "an amount of money");
            let help = "make the field that holds the whole amount `nullable`";
            self.report(misfit.help(help).limit(&limits::NULL_AS_MONEY));
        }
        field.money.is_none()
    }

    /// Returns whether `null` can be a value beside those of this type, and reports a type that has it already.
    pub(super) fn may_be_null(&mut self, ty: Option<&Type>, at: At<'_>) -> bool {
        let holds_null = ty.is_some_and(Type::holds_null);
        if holds_null {
            let misfit = null_misfit(at, "values of type any");
            self.report(misfit.help("remove it: `null` is a value of `any` already"));
        }
        !holds_null
    }

    /// Reports `null` as a value of a field that travels as text.
    pub(super) fn no_null(&mut self, field: &Field, media_type: MediaType, at: At<'_>) {
        let part = match (field.location, media_type) {
            (Location::Body, MediaType::Json) => return,
            (Location::WholeBody, _) => return,
            (Location::Body, MediaType::Form) => "form",
            (Location::Path, _) => "path",
            (Location::Query, _) => "query",
            (Location::Header, _) => "header",
        };
        let Some(path) = self.null_within(field, &mut Vec::new()) else {
            return;
        };
        let message = format!("a {part} cannot contain `null`, which is a value of `/{path}`");
        let span: Span = match at.get("nullable") {
            Some(at) => at.key_span(),
            None => at.key_span(),
        };
        let wrong = Diagnostic::new(&codes::WRONG_PLACE, message).at(span, "");
        self.report(
            wrong
                .help("remove `nullable`: only a JSON body has `null`")
                .limit(&limits::NULL_IN_TEXT),
        );
    }

    /// Returns the path of the first value, in a field or anything that it contains, of which `null` is one.
    fn null_within(&self, field: &Field, seen: &mut Vec<usize>) -> Option<String> {
        if field.nullable {
            return Some(field.name.clone());
        }
        if let Some(within) = null_among(&field.ty) {
            return Some(format!("{}{within}", field.name));
        }
        let path = self
            .objects_of(field.ty.innermost())
            .into_iter()
            .find_map(|id| {
                if seen.contains(&id.0) {
                    return None;
                }
                seen.push(id.0);
                let mut inner = self.objects.get(id.0)?.fields.iter();
                inner.find_map(|inner| self.null_within(inner, seen))
            })?;
        Some(format!("{}/{path}", field.name))
    }
}

fn null_misfit(at: At<'_>, of: &str) -> Diagnostic {
    let message = format!("`nullable` does not apply to {of}");
    Diagnostic::new(&codes::MISFIT, message).at(at.at("nullable").key_span(), "")
}

/// Returns the path of the elements or values, in a list or map, of which `null` is one.
fn null_among(ty: &Type) -> Option<String> {
    let element = ty.element()?;
    if element.nullable {
        return Some("/*".to_owned());
    }
    Some(format!("/*{}", null_among(&element.ty)?))
}
