use crate::json::Node;
use std::borrow::Cow;

/// The relation between the JSON of a message and its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyForm {
    /// An object with the fields as members. A request whose whole body stands beside fields in the path, the query or
    /// headers has a member for it, until it is taken apart for sending.
    Members,
    /// The value of the only field, which is the whole body.
    Value,
    /// Answers that differ by HTTP status: the list in the field that is the whole body, or an object with the others as
    /// members.
    ListOrMembers,
}

impl BodyForm {
    /// Returns the form of messages with so many fields. `differ` is true for answers that differ by HTTP status.
    pub const fn of(has_whole_body: bool, fields: usize, differ: bool) -> Self {
        match (has_whole_body, fields, differ) {
            (false, _, _) => Self::Members,
            (true, _, true) => Self::ListOrMembers,
            (true, 1, false) => Self::Value,
            (true, _, false) => Self::Members,
        }
    }

    /// Returns the fields of a message in this form. `name` is that of the field that is the whole body.
    pub fn members<'a>(self, name: &'a str, message: Node<'a>) -> Node<'a> {
        match (self, message) {
            (Self::Members, message) => message,
            (Self::ListOrMembers, Node::Object(mut members)) => {
                members.retain(|(member, _)| member != name);
                Node::Object(members)
            }
            (Self::Value | Self::ListOrMembers, value) => {
                Node::Object(vec![(Cow::Borrowed(name), value)])
            }
        }
    }
}
