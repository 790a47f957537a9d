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
        let misfit = match (ty.currency_case(), case) {
            (Some(_), Case::Lower) if field.nullable => {
                let message = "`nullable` does not apply to a currency in small letters";
                Diagnostic::new(&codes::MISFIT, message)
                    .at(at.at("nullable").key_span(), "")
                    .help("remove it: `null` is then read as an absent value")
                    .limit(&limits::NULL_AS_MONEY)
            }
            (Some(_), Case::Lower | Case::Upper) => return Some(Type::Currency(case)),
            (None, Case::Lower | Case::Upper) => {
                let message = "`case` applies to a field of type currency";
                Diagnostic::new(&codes::MISFIT, message)
                    .at(at.at("case").key_span(), "")
                    .help("remove `case`")
            }
        };
        self.report(misfit);
        Some(ty.clone())
    }
}
