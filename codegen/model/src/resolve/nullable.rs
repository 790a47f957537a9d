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
        let misfit = match (ty, &field.money) {
            (Some(Type::Any), _) => Some((
                "`nullable` does not apply to values of type any",
                "remove it: `null` is a value of `any` already",
            )),
            (_, Some(_)) => Some((
                "`nullable` does not apply to an amount of money",
                "make the field that holds the whole amount `nullable`",
            )),
            (_, None) => None,
        };
        if let Some((message, help)) = misfit {
            let span = at.at("nullable").key_span();
            let misfit = Diagnostic::new(&codes::MISFIT, message).at(span, "");
            let misfit = misfit.help(help);
            self.report(match field.money {
                Some(_) => misfit.limit(&limits::NULL_AS_MONEY),
                None => misfit,
            });
        }
        misfit.is_none()
    }

    /// Reports `null` as a value of a field that travels as text.
    pub(super) fn no_null(&mut self, field: &Field, media_type: MediaType, at: At<'_>) {
        let part = match (field.location, media_type) {
            (Location::Body, MediaType::Json) => return,
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
