use super::no_field;
use crate::ast::Message;
use crate::complaints::Complaints;
use syn::LitStr;

/// Complains about a path that does not lead from a message to a value inside it. How it goes on
/// beyond the first field, a macro cannot see.
pub(super) fn path(literal: &LitStr, message: &Message, stars: bool, complaints: &mut Complaints) {
    let text = literal.value();
    let Some(names) = text.strip_prefix('/') else {
        return complaints.at(literal.span(), "a path begins with `/`");
    };
    let names: Vec<&str> = names.split('/').collect();
    if names.contains(&"") {
        return complaints.at(literal.span(), "the path has an empty name");
    }
    if !stars && names.contains(&"*") {
        return complaints.at(literal.span(), "`*` stands in paths of refinements only");
    }
    let Some(field) = message.field(names[0]) else {
        return complaints.at(literal.span(), no_field(names[0], message));
    };
    if let Some(next) = names.get(1) {
        match (field.shape.list, *next == "*") {
            (true, false) => {
                let message = format!("`{0}` is a list: go on with `/{0}/*`", names[0]);
                complaints.at(literal.span(), message);
            }
            (false, true) => {
                complaints.at(literal.span(), format!("`{}` is no list", names[0]));
            }
            (true, true) | (false, false) => {}
        }
    }
}
