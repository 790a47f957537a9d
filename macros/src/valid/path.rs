use super::no_field;
use crate::ast::Message;
use crate::attr::path::Path;
use crate::complaints::Complaints;

/// Complains about a path that does not lead from a message to a value inside it. How it goes on
/// beyond the first field, a macro cannot see.
pub(super) fn path(path: &Path, message: &Message, stars: bool, complaints: &mut Complaints) {
    let complaint = complaint(path, message, stars);
    if let Some(complaint) = complaint {
        complaints.at(path.span(), complaint);
    }
}

fn complaint(path: &Path, message: &Message, stars: bool) -> Option<String> {
    let Some(names) = path.names() else {
        return Some("a path begins with `/`".to_owned());
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if names.contains(&"") {
        return Some("the path has an empty name".to_owned());
    }
    if !stars && names.contains(&"*") {
        return Some("`*` stands in paths of refinements only".to_owned());
    }
    let (first, next) = (names[0], names.get(1));
    let Some(field) = message.field(first) else {
        return Some(no_field(first, message));
    };
    match (field.shape.list, *next? == "*") {
        (true, false) => Some(format!("`{first}` is a list: go on with `/{first}/*`")),
        (false, true) => Some(format!("`{first}` is no list")),
        (true, true) | (false, false) => None,
    }
}
