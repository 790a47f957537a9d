//! Finds the parts of a message that the spec does not know: fields, and values of enums.

use std::borrow::Cow;

use payspec_runtime::json::Node;
use payspec_runtime::{JsonShape, rules};

use super::mask;
use payspec_model::format::EnumType;
use payspec_model::model::{
    Api, Constraint, Discriminator, EnumId, Field, Object, Rule, Type, Union,
};
use payspec_model::pointer::pointer;

/// A part of a message that the spec does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unknown {
    /// A field.
    Field,
    /// A value of an enum, or of a field with listed values; masked if necessary.
    Value(String),
}

/// Calls `found` with each unknown part and its pointer, with `*` for the index of an element, and
/// for a name that must not be shown.
pub(super) fn unknown(
    api: &Api,
    body: &Object,
    message: &Node<'_>,
    found: &mut impl FnMut(String, Unknown),
) {
    let mut walk = Walk {
        api,
        path: Vec::new(),
        found,
    };
    walk.object(body, message, None);
}

struct Walk<'a, F> {
    api: &'a Api,
    path: Vec<Cow<'a, str>>,
    found: &'a mut F,
}

impl<'a, F: FnMut(String, Unknown)> Walk<'a, F> {
    fn object(&mut self, object: &'a Object, node: &Node<'_>, outer: Option<&'a Field>) {
        self.object_beside(None, object, node, outer);
    }

    /// Visits an object, which may have a tag beside its fields.
    fn object_beside(
        &mut self,
        tag: Option<&str>,
        object: &'a Object,
        node: &Node<'_>,
        outer: Option<&'a Field>,
    ) {
        let Node::Object(members) = node else {
            return;
        };
        let mut next = 0;
        for (name, value) in members {
            let position = object.position(name, next);
            next = position.map_or(next, |position| position + 1);
            match position.and_then(|position| object.fields.get(position)) {
                Some(field) => {
                    let hidden = match field.sensitive {
                        Some(_) => Some(field),
                        None => outer,
                    };
                    self.path.push(field.name.as_str().into());
                    self.value(&field.ty, &field.constraints, value, hidden);
                    self.path.pop();
                }
                None if tag.is_some_and(|tag| tag == name) => {}
                None => {
                    let pointer = self.pointer(Some(mask::name(name)));
                    (self.found)(pointer, Unknown::Field);
                }
            }
        }
    }

    /// Visits a value; `hidden` is the sensitive field that contains it.
    fn value(
        &mut self,
        ty: &'a Type,
        constraints: &'a [Constraint],
        node: &Node<'_>,
        hidden: Option<&'a Field>,
    ) {
        match (ty, node) {
            (Type::Object(id), _) => self.object(self.api.object(*id), node, hidden),
            (Type::Union(id), node) => self.variant(self.api.union(*id), node, hidden),
            (Type::Json(id), Node::String(text)) => {
                if let Ok(inner) = Node::parse_lenient(text) {
                    self.object(self.api.object(*id), &inner, hidden);
                }
            }
            (Type::Json(id), _) => self.object(self.api.object(*id), node, hidden),
            (Type::List(element), Node::Array(nodes)) => {
                self.path.push("*".into());
                for node in nodes {
                    self.value(&element.ty, &element.constraints, node, hidden);
                }
                self.path.pop();
            }
            (Type::Map(map), Node::Object(members)) => {
                self.path.push("*".into());
                for (_, node) in members {
                    self.value(&map.values.ty, &map.values.constraints, node, hidden);
                }
                self.path.pop();
            }
            (Type::Enum(id), Node::String(text)) => self.listed(*id, text, hidden),
            (Type::Enum(id), Node::Number(digits)) => self.listed(*id, digits, hidden),
            (Type::String, Node::String(text)) => {
                // A constant is checked, not listed.
                let mut lists = constraints.iter().filter_map(|one| {
                    let Rule::Values(values) = &one.rule else {
                        return None;
                    };
                    Some(values)
                });
                if lists.any(|values| !values.iter().any(|value| value == text)) {
                    self.unlisted(text, hidden);
                }
            }
            (
                Type::List(_)
                | Type::Map(_)
                | Type::Enum(_)
                | Type::String
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
                | Type::Currency(_),
                _,
            ) => {}
        }
    }

    /// Visits a value of a union.
    fn variant(&mut self, union: &'a Union, node: &Node<'_>, hidden: Option<&'a Field>) {
        let Some(variant) = union.variant_of_node(node) else {
            let tag = match &union.discriminator {
                Discriminator::Field { name, .. } => match node.get(name) {
                    Some(Node::String(tag)) => Some(&**tag),
                    Some(_) | None => None,
                },
                Discriminator::JsonType => node.shape().map(JsonShape::as_str),
            };
            if let Some(tag) = tag.filter(|tag| !tag.is_empty()) {
                self.path.push(union.discriminator.step().into());
                self.unlisted(tag, hidden);
                self.path.pop();
            }
            return;
        };
        self.path.push(union.step(variant).into());
        match variant.object() {
            Some(id) => {
                let tag = union.discriminator.field();
                self.object_beside(tag, self.api.object(id), node, hidden);
            }
            None => self.value(&variant.ty, &[], node, hidden),
        }
        self.path.pop();
    }

    /// Finds a value that its enum does not list.
    fn listed(&mut self, id: EnumId, text: &str, hidden: Option<&Field>) {
        let set = self.api.enumeration(id);
        let number = match set.ty {
            EnumType::Integer => rules::exact_integer(text).map(|number| number.to_string()),
            EnumType::String => None,
        };
        let text = number.as_deref().unwrap_or(text);
        if !text.is_empty() && !set.values.iter().any(|value| value.name == text) {
            self.unlisted(text, hidden);
        }
    }

    fn unlisted(&mut self, text: &str, hidden: Option<&Field>) {
        let hidden = hidden.and_then(|field| field.sensitive);
        let pointer = self.pointer(None);
        (self.found)(pointer, Unknown::Value(mask::text(text, hidden)));
    }

    fn pointer(&self, last: Option<&str>) -> String {
        let names = self.path.iter().map(|name| &**name).chain(last);
        let names: Vec<String> = names.map(str::to_owned).collect();
        pointer(&names)
    }
}
