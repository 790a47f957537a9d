use super::Context;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::EnumType;
use crate::model::Type;
use crate::source::At;
use payspec_runtime::JsonType;

impl Context<'_> {
    /// Returns the JSON type of a value, if it has one of its own and its type can travel in it.
    pub(super) fn json_type(
        &mut self,
        json_type: Option<JsonType>,
        ty: Option<&Type>,
        at: At<'_>,
    ) -> Option<JsonType> {
        let (json_type, ty) = (json_type?, ty?);
        let written_as = match self.enum_of(ty).map(|set| set.ty) {
            Some(EnumType::Integer) => &Type::Integer,
            Some(EnumType::String) | None => ty,
        };
        if written_as.travels_as(json_type) {
            return Some(json_type);
        }
        let types = written_as.json_types().iter().map(|one| format!("`{one}`"));
        let types: Vec<String> = types.collect();
        let help = match (ty, types.as_slice()) {
            (Type::List(_) | Type::Map(_), _) => {
                "write it in `of`: `of: { type: integer, json_type: string }`".to_owned()
            }
            (_, []) => "only numbers and booleans have several JSON types".to_owned(),
            (_, types) => format!("expected {}", types.join(" or ")),
        };
        let name = self.type_name(ty);
        let message = format!("`json_type: {json_type}` does not apply to values of type {name}");
        let span = at.at("json_type").span();
        self.report(
            Diagnostic::new(&codes::MISFIT, message)
                .at(span, "does not fit the type")
                .help(help),
        );
        None
    }
}
