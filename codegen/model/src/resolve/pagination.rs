//! Lists that come in pages.

use super::Context;
use super::paths::{Target, Wanted, Way};
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{Caller, Method, OperationFile};
use crate::model::{Body, Cursor, Element, Field, Object, Pagination, Type};
use crate::source::At;

impl Context<'_> {
    /// Resolves the parts of a list that comes in pages.
    pub(super) fn pagination(
        &mut self,
        file: &OperationFile,
        at: At<'_>,
        request: &Body,
        response: Option<&Body>,
    ) -> Option<Pagination> {
        let stated = file.pagination.as_ref()?;
        let reads = file.method == Method::Get && file.caller() == Caller::Merchant;
        let Some(response) = response.filter(|_| reads && file.result.is_some()) else {
            let message = format!("`{}` reads no list whose answer is judged", file.id);
            let help = "pages are read with `GET`, and a `result` judges each answer";
            return self.bad_pagination(at, message, help);
        };
        let answer = &response.object;
        let (items, list) = self.named(answer, &stated.items, at.at("items"), Wanted::Any)?;
        let (Type::List(element), false) = (list.ty, list.nullable) else {
            let message = format!("`{}` is not a list", stated.items);
            return self.bad_pagination(at.at("items"), message, "name the list of the elements");
        };
        let (mut to, taking) =
            self.named(&request.object, &stated.to, at.at("to"), Wanted::Scalar)?;
        let (Some(to), true) = (to.pop(), to.is_empty()) else {
            let message = format!("`{}` is not a field of the request itself", stated.to);
            return self.bad_pagination(
                at.at("to"),
                message,
                "name the field that takes the cursor",
            );
        };
        if taking.required || taking.nullable {
            let message = format!(
                "`{}` cannot be absent, as in the request of the first page",
                stated.to
            );
            return self.bad_pagination(
                at.at("to"),
                message,
                "name an optional field that is not `nullable`",
            );
        }
        let (next, cursor) =
            self.cursor(&stated.next, (answer, &items, &element), at.at("next"))?;
        let fits = matches!(
            (&cursor.ty, &taking.ty),
            (Type::String, Type::String) | (Type::Integer, Type::Integer)
        );
        if !fits {
            let message = format!("`{}` cannot take the cursor `{}`", stated.to, stated.next);
            let help = "both are texts (`string`), or both are integers";
            return self.bad_pagination(at.at("next"), message, help);
        }
        let more = match &stated.more {
            None => None,
            Some(text) => {
                let (more, field) = self.named(answer, text, at.at("more"), Wanted::Scalar)?;
                if field.ty != Type::Boolean {
                    let message = format!("`{text}` is not a boolean");
                    return self.bad_pagination(
                        at.at("more"),
                        message,
                        "name a boolean, or leave `more` out",
                    );
                }
                Some(more)
            }
        };
        Some(Pagination {
            items,
            next,
            to,
            more,
            origin: self.origin(at),
        })
    }

    /// Resolves the place of the cursor: in the answer, or in the last element of its list.
    fn cursor(
        &mut self,
        text: &str,
        (answer, items, element): (&Object, &[String], &Element),
        at: At<'_>,
    ) -> Option<(Cursor, Field)> {
        let names = self.pointer(text, at.span())?;
        let Some(last) = names.iter().position(|name| name == Pagination::LAST) else {
            let (path, field) = self.named(answer, text, at, Wanted::Scalar)?;
            return Some((Cursor::Answer(path), field));
        };
        let inside = &names[last + 1..];
        let (true, Type::Object(id)) = (names[..last] == *items, &element.ty) else {
            let message = format!("`{text}` does not lead into an element of the list");
            let help = "`[last]` stands behind the path of `items`, whose elements are objects";
            return self.bad_pagination(at, message, help);
        };
        let object = self.objects[id.0].clone();
        let wrong = self.judge(&object, inside, at.span(), (Way::Fields, Wanted::Scalar));
        let field = self.field_at(&object, inside);
        self.found.extend(wrong);
        Some((Cursor::LastItem(inside.to_vec()), field?))
    }

    /// Follows the path at a key to a field of the wanted kind; [`None`] if that was reported, or if the field could
    /// not be read.
    fn named(
        &mut self,
        start: &Object,
        text: &str,
        at: At<'_>,
        wanted: Wanted,
    ) -> Option<(Vec<String>, Field)> {
        let names = self.path_to(start, text, at, (Way::Fields, wanted))?;
        let field = self.field_at(start, &names)?;
        Some((names, field))
    }

    fn field_at(&self, start: &Object, names: &[String]) -> Option<Field> {
        match self.follow(start, names, Way::Fields) {
            Ok(Target::Field(field)) => Some(field.clone()),
            Ok(Target::Elements(..) | Target::Unclear) | Err(_) => None,
        }
    }

    fn bad_pagination<T>(&mut self, at: At<'_>, message: String, help: &str) -> Option<T> {
        let bad = Diagnostic::new(&codes::BAD_PAGINATION, message);
        self.report(bad.at(at.span(), "").help(help));
        None
    }
}
