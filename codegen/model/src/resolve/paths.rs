use super::Context;
use crate::diagnostic::limits::{self, Limit};
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{Element, Field, Object, Type};
use crate::pointer::{EACH, pointer};
use crate::source::{At, Span};
use payspec_runtime::Pointer;
use payspec_runtime::closest;

/// The values that a path may go through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Objects and JSON texts, and lists and maps by `*`.
    Everything,
    /// Objects and JSON texts, so that it names one value.
    OneValue,
    /// Objects only, because generated code reads the field.
    Fields,
    /// Objects only, because a decision depends on the field.
    Decision,
}

/// The target of a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'m> {
    Field(&'m Field),
    /// Each element of the list, or each value of the map, in a field.
    Elements(&'m Field, &'m Element),
    /// A part of the spec on the way could not be read, so the target is unknown.
    Unclear,
}

/// The reason why a path has no target.
pub(super) struct Lost {
    message: String,
    help: Option<String>,
    limit: Option<&'static Limit>,
}

impl Lost {
    pub(super) fn at(self, span: Span) -> Diagnostic {
        let diagnostic = Diagnostic::new(&codes::DANGLING_PATH, self.message).at(span, "");
        let diagnostic = match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        };
        match self.limit {
            Some(limit) => diagnostic.limit(limit),
            None => diagnostic,
        }
    }
}

/// The kind of field that a path must lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Any,
    Text,
    Scalar,
    Object,
    /// A list of single values.
    Scalars,
    Instant,
    Currency,
}

impl Wanted {
    fn accepts(self, ty: &Type) -> bool {
        match ty {
            Type::String | Type::Enum(_) => {
                matches!(self, Wanted::Any | Wanted::Text | Wanted::Scalar)
            }
            Type::DateTime => matches!(self, Wanted::Any | Wanted::Scalar | Wanted::Instant),
            Type::Integer
            | Type::Decimal
            | Type::Boolean
            | Type::Date
            | Type::Uuid
            | Type::Binary
            | Type::Timestamp(_)
            | Type::Url
            | Type::Country => matches!(self, Wanted::Any | Wanted::Scalar),
            Type::Currency(_) => matches!(self, Wanted::Any | Wanted::Scalar | Wanted::Currency),
            Type::Object(_) => matches!(self, Wanted::Any | Wanted::Object),
            Type::List(element) => {
                self == Wanted::Any
                    || self == Wanted::Scalars && Wanted::Scalar.accepts(&element.ty)
            }
            Type::Map(_) | Type::Union(_) | Type::Json(_) | Type::Any => self == Wanted::Any,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Wanted::Any => "a field",
            Wanted::Text => "a string or enum",
            Wanted::Scalar => "a single value",
            Wanted::Object => "an object",
            Wanted::Scalars => "a list of single values",
            Wanted::Instant => "a date with time",
            Wanted::Currency => "a currency",
        }
    }
}

impl Context<'_> {
    /// Returns the names of a JSON Pointer.
    pub(super) fn pointer(&mut self, text: &str, span: Span) -> Option<Vec<String>> {
        let names = parse(text);
        if names.is_none() {
            let rule = if text.contains('~') {
                "`~0` stands for `~` and `~1` for `/`"
            } else {
                "expected a slash before each name"
            };
            let diagnostic =
                Diagnostic::new(&codes::BAD_PATH, format!("invalid path `{text}`")).at(span, rule);
            let name_like = !text.is_empty() && !text.contains('/');
            self.report(if name_like {
                diagnostic.help(format!("did you mean `/{}`?", text.replace('.', "/")))
            } else {
                diagnostic
            });
        }
        names
    }

    /// Follows names from an object to a field.
    pub(super) fn follow<'m>(
        &'m self,
        start: &'m Object,
        names: &[String],
        way: Way,
    ) -> Result<Target<'m>, Lost> {
        let mut object = start;
        let mut at = 0;
        loop {
            let Some(field) = names.get(at).and_then(|name| object.field(name)) else {
                return Err(no_field(object, names, at));
            };
            at += 1;
            if self.opaque.contains(&field.origin) {
                return Ok(Target::Unclear);
            }
            if field.is_whole_body() {
                return Err(into_whole_body(names));
            }
            let mut ty = &field.ty;
            while let (Some(element), true) = (ty.element(), at < names.len()) {
                if names[at] != EACH || way != Way::Everything {
                    let lost = match matches!(ty, Type::Map(_)) {
                        true => map_on_the_way,
                        false => list_on_the_way,
                    };
                    return Err(lost(&field.name, names, at, way));
                }
                at += 1;
                if at == names.len() {
                    return Ok(Target::Elements(field, element));
                }
                ty = &element.ty;
            }
            if at == names.len() {
                return Ok(Target::Field(field));
            }
            match ty {
                Type::Json(_) if matches!(way, Way::Fields | Way::Decision) => {
                    let message = format!(
                        "`{}` is a JSON text, but this path must not lead into one",
                        field.name
                    );
                    return Err(Lost {
                        message,
                        help: None,
                        limit: None,
                    });
                }
                Type::Object(id) | Type::Json(id) => object = &self.objects[id.0],
                Type::Union(_) => {
                    return Err(union_on_the_way(&field.name, &self.type_name(ty)));
                }
                Type::String
                | Type::Integer
                | Type::Decimal
                | Type::Boolean
                | Type::Any
                | Type::DateTime
                | Type::Date
                | Type::Uuid
                | Type::Binary
                | Type::Timestamp(_)
                | Type::Url
                | Type::Country
                | Type::Currency(_)
                | Type::Enum(_)
                | Type::List(_)
                | Type::Map(_) => {
                    let subject = match field.ty.element() {
                        Some(_) => format!("each element of `{}`", field.name),
                        None => format!("`{}`", field.name),
                    };
                    let ty = self.type_name(ty);
                    let message =
                        format!("unknown path: {subject} is of type {ty} and has no fields");
                    return Err(Lost {
                        message,
                        help: None,
                        limit: None,
                    });
                }
            }
        }
    }

    /// Follows the path at a key to a field of the wanted kind.
    pub(super) fn path_to(
        &mut self,
        start: &Object,
        text: &str,
        at: At<'_>,
        (way, wanted): (Way, Wanted),
    ) -> Option<Vec<String>> {
        let names = self.pointer(text, at.span())?;
        let found = self.judge(start, &names, at.span(), (way, wanted));
        self.found.extend(found);
        Some(names)
    }

    /// Returns whether names lead to a field of the wanted kind.
    pub(super) fn judge(
        &self,
        start: &Object,
        names: &[String],
        span: Span,
        (way, wanted): (Way, Wanted),
    ) -> Option<Diagnostic> {
        let field = match self.follow(start, names, way) {
            Ok(Target::Field(field)) => field,
            // Only a refinement can be about elements.
            Ok(Target::Elements(..) | Target::Unclear) => return None,
            Err(lost) => return Some(lost.at(span)),
        };
        if wanted.accepts(&field.ty) {
            return None;
        }
        let words = wanted.words();
        let message = format!(
            "the field at this path is of type {}, not {words}",
            self.type_name(&field.ty)
        );
        let declared = self.map.word_at(field.origin);
        Some(
            Diagnostic::new(&codes::WRONG_TARGET, message)
                .at(span, format!("expected {words}"))
                .also(declared, "declared here"),
        )
    }
}

fn no_field(object: &Object, names: &[String], at: usize) -> Lost {
    let name = names.get(at).map_or("", String::as_str);
    let removed = object
        .removed_fields
        .iter()
        .find(|field| field.name == name);
    let message = match removed {
        Some(field) => format!(
            "unknown path: `{name}` was removed from `{}` in {}",
            object.name, field.date
        ),
        None => format!("unknown path: `{}` has no field `{name}`", object.name),
    };
    let fields = object.fields.iter().map(|field| field.name.as_str());
    let help = closest(name, fields).map(|closest| {
        let mut names = names.to_vec();
        names[at] = closest.to_owned();
        format!("did you mean `{}`?", pointer(&names))
    });
    Lost {
        message,
        help,
        limit: None,
    }
}

fn list_on_the_way(name: &str, names: &[String], at: usize, way: Way) -> Lost {
    match way {
        Way::OneValue | Way::Fields | Way::Decision => Lost {
            message: format!("`{name}` is a list, but this path must lead to one value"),
            help: None,
            limit: (way == Way::Decision).then_some(&limits::LIST_ELEMENTS),
        },
        Way::Everything => {
            let mut hint = names.to_vec();
            hint.insert(at, EACH.to_owned());
            Lost {
                message: format!("`{name}` is a list: continue with `*`"),
                help: (names[at] != EACH).then(|| format!("did you mean `{}`?", pointer(&hint))),
                limit: None,
            }
        }
    }
}

fn map_on_the_way(name: &str, names: &[String], at: usize, way: Way) -> Lost {
    match way {
        Way::OneValue | Way::Fields | Way::Decision => Lost {
            message: format!("`{name}` is a map, and this path cannot lead into one"),
            help: Some(
                "only refinements reach the values of a map: describe the rule in a `description`"
                    .into(),
            ),
            limit: None,
        },
        Way::Everything => {
            let mut hint = names.to_vec();
            EACH.clone_into(&mut hint[at]);
            Lost {
                message: format!("`{name}` is a map: a rule cannot be about a single key"),
                help: Some(format!(
                    "for a rule about each value write `{}`",
                    pointer(&hint)
                )),
                limit: None,
            }
        }
    }
}

fn into_whole_body(names: &[String]) -> Lost {
    Lost {
        message: format!("`{}` leads to a whole body", pointer(names)),
        help: None,
        limit: Some(&limits::PATH_IN_WHOLE_BODY),
    }
}

fn union_on_the_way(name: &str, union: &str) -> Lost {
    Lost {
        message: format!("`{name}` is the union `{union}`, and a path cannot lead into one"),
        help: Some("state the rule in the objects of the union".into()),
        limit: Some(&limits::PATH_IN_UNION),
    }
}

/// Parses a JSON Pointer (RFC 6901) of at least one name.
fn parse(text: &str) -> Option<Vec<String>> {
    let rest = text.strip_prefix('/')?;
    let name = |name: &str| {
        // `~` is allowed in `~0` and `~1` only; otherwise one field would have several paths.
        let escapes = name
            .split('~')
            .skip(1)
            .all(|rest| rest.starts_with(['0', '1']));
        (escapes && !name.is_empty()).then(|| Pointer::unescape(name).into_owned())
    };
    rest.split('/').map(name).collect()
}
