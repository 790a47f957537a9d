//! The case of currencies.

use payspec_runtime::Case;

use super::Context;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format;
use crate::model::Type;
use crate::source::At;

impl Context<'_> {
    /// Returns the type of a field with the case of its letters.
    pub(super) fn case(
        &mut self,
        field: &format::Field,
        ty: Option<Type>,
        at: At<'_>,
    ) -> Option<Type> {
        let (Some(case), Some(ty)) = (field.case, ty.as_ref()) else {
            return ty;
        };
        let place = at.at("case");
        let misfit = match (ty, case) {
            (Type::Currency(_), Case::Lower) if field.nullable => {
                let message = "`nullable` does not apply to a currency in small letters";
                self.report(
                    Diagnostic::new(&codes::MISFIT, message)
                        .at(at.at("nullable").key_span(), "")
                        .help("remove it: `null` is then read as an absent value")
                        .limit(&limits::NULL_AS_MONEY),
                );
                None
            }
            (Type::Currency(_), Case::Lower | Case::Upper) => {
                return Some(Type::Currency(case));
            }
            (
                Type::String
                | Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::Any
                | Type::DateTime
                | Type::Date
                | Type::Timestamp(_)
                | Type::Uuid
                | Type::Binary
                | Type::Url
                | Type::Country
                | Type::Enum(_)
                | Type::Object(_)
                | Type::List(_)
                | Type::Map(_)
                | Type::Union(_)
                | Type::Json(_),
                Case::Lower | Case::Upper,
            ) => Some((
                "`case` applies to a field of type currency",
                "remove `case`",
            )),
        };
        if let Some((message, help)) = misfit {
            self.report(
                Diagnostic::new(&codes::MISFIT, message)
                    .at(place.key_span(), "")
                    .help(help),
            );
        }
        Some(ty.clone())
    }
}
