//! Finds the definition of a place in a message.

use payspec_runtime::Sensitive;
use payspec_runtime::json::Node;
use payspec_runtime::rules::BodyForm;

use super::mask;
use payspec_model::model::{Api, Object, Type};
use payspec_model::pointer::pointer;

/// A place in a message.
#[derive(Debug)]
pub(super) struct Spot<'n> {
    /// JSON Pointer with `*` for the index of an element, the key of an entry, and a name that must not be
    /// shown.
    pub(super) pointer: String,
    /// The reason why the value must not be shown.
    sensitive: Option<Sensitive>,
    value: Option<&'n Node<'n>>,
    /// True if the value is in a text that holds JSON.
    in_text: bool,
}

impl Spot<'_> {
    /// Returns the value, masked.
    pub(super) fn shown(&self) -> String {
        match (self.sensitive, self.in_text) {
            (Some(sensitive), _) if self.value.is_some() || self.in_text => {
                sensitive.mask().to_owned()
            }
            (_, true) => "a value in a JSON text".to_owned(),
            (sensitive, false) => mask::value(self.value, sensitive),
        }
    }
}

/// The type at one step of a path.
enum Step<'m> {
    Object(&'m Object),
    Value(&'m Type),
    Discriminator,
    Unknown,
}

/// Follows a pointer through a body and a message.
pub(super) fn locate<'n>(
    api: &Api,
    body: &Object,
    message: &'n Node<'n>,
    names: &[String],
) -> Spot<'n> {
    let mut folded: Vec<String> = Vec::with_capacity(names.len());
    let whole = body.whole_body().filter(|_| match (body.form(), message) {
        (BodyForm::Members, _) | (BodyForm::ListOrMembers, Node::Object(_)) => false,
        (BodyForm::Value | BodyForm::ListOrMembers, _) => true,
    });
    let mut step = whole.map_or(Step::Object(body), |field| Step::Value(&field.ty));
    let mut sensitive = whole.and_then(|field| field.sensitive);
    let mut value = Some(message);
    let mut in_text = false;
    for name in names {
        if let Step::Value(Type::Object(id) | Type::Json(id)) = step {
            step = Step::Object(api.object(*id));
        }
        if let Step::Value(Type::Union(id)) = step {
            let union = api.union(*id);
            let variant = value.and_then(|value| union.variant_of_node(value));
            let is_tag = union.discriminator.field() == Some(name.as_str());
            step = match (is_tag, variant) {
                (true, _) => Step::Discriminator,
                (false, Some(variant)) => {
                    folded.push(union.step(variant));
                    match variant.object() {
                        Some(object) => Step::Object(api.object(object)),
                        None => Step::Value(&variant.ty),
                    }
                }
                (false, None) => Step::Unknown,
            };
        }
        in_text |= matches!(value, Some(Node::String(_)));
        let (shown, next, inside) = match step {
            Step::Object(object) => {
                let inside = value.and_then(|value| value.get(name));
                match object.field(name) {
                    Some(field) => {
                        sensitive = field.sensitive.or(sensitive);
                        (name.as_str(), Step::Value(&field.ty), inside)
                    }
                    None => (mask::name(name), Step::Unknown, inside),
                }
            }
            Step::Value(Type::List(element)) => {
                ("*", Step::Value(&element.ty), element_of(value, name))
            }
            // The keys of a map are data.
            Step::Value(Type::Map(map)) => {
                let inside = value.and_then(|value| value.get(name));
                ("*", Step::Value(&map.values.ty), inside)
            }
            Step::Discriminator => {
                let inside = value.and_then(|value| value.get(name));
                (name.as_str(), Step::Unknown, inside)
            }
            Step::Value(_) | Step::Unknown => (mask::name(name), Step::Unknown, None),
        };
        folded.push(shown.to_owned());
        (step, value) = (next, inside);
    }
    Spot {
        pointer: pointer(&folded),
        sensitive,
        value,
        in_text,
    }
}

fn element_of<'n>(list: Option<&'n Node<'n>>, index: &str) -> Option<&'n Node<'n>> {
    match list? {
        Node::Array(elements) => elements.get(index.parse::<usize>().ok()?),
        Node::Null
        | Node::Boolean(_)
        | Node::Number(_)
        | Node::String(_)
        | Node::Object(_)
        | Node::Damaged(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use payspec_model::pointer::names;
    use payspec_model::source::Memory;

    use super::*;

    const API: &str = "
payspec: 2
id: demo
title: Demo
objects:
  Card: { fields: { number: { type: string, sensitive: secret }, brand: string } }
unions:
  Way: { discriminator: type, one_of: { card: Card } }
operations:
  send:
    method: POST
    path: /send
    request: { fields: { way: Way, ways: { type: list, of: Way } } }
    response: { fields: {} }
";

    #[test]
    fn sensitive_values_in_unions_are_masked() {
        let mut files = Memory::default();
        let path = "demo/api.yaml".to_owned();
        files.files.insert(path, API.as_bytes().to_vec());
        let model = payspec_model::load_from(&files).model.expect("a model");
        let (api, operation) = model.operation("send").expect("an operation");
        let message = Node::parse(
            r#"{"way":{"number":"4111","brand":"VISA","type":"card"},"ways":[{"type":"new","pin":"1234"},{"number":"4222"}]}"#,
        )
        .expect("JSON");
        let at = |pointer: &str| {
            let spot = locate(api, &operation.request.object, &message, &names(pointer));
            (spot.pointer.clone(), spot.shown())
        };
        let (pointer, shown) = at("/way/number");
        assert_eq!(
            (pointer.as_str(), shown.as_str()),
            ("/way/[type=card]/number", "[secret]")
        );
        assert_eq!(at("/way/type").0, "/way/type");
        for pointer in ["/ways/0/pin", "/ways/1/number", "/way/other"] {
            let (place, shown) = at(pointer);
            assert!(
                !shown.contains("1234") && !shown.contains("4222"),
                "{place}: {shown}"
            );
        }
    }
}
