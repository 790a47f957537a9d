//! The proof that a message belongs to one scenario at most.

use payspec_model::model::{Api, Body, Field, Object, Type};

use super::Writer;
use payspec_model::model::Refined;

/// The texts that a field of every message of a scenario can have.
struct Choice {
    path: Vec<String>,
    texts: Vec<String>,
}

/// Returns whether each message fits at most one of the bodies: for any two, a field that both require has different
/// texts.
pub(crate) fn are_exclusive(writer: &Writer<'_>, bodies: &[&Body]) -> bool {
    let choices: Vec<Vec<Choice>> = bodies.iter().map(|body| choices(writer, body)).collect();
    let mut rest = choices.as_slice();
    while let [first, others @ ..] = rest {
        if !others.iter().all(|other| differ(first, other)) {
            return false;
        }
        rest = others;
    }
    true
}

fn differ(one: &[Choice], other: &[Choice]) -> bool {
    one.iter().any(|choice| {
        let same = other.iter().find(|other| other.path == choice.path);
        same.is_some_and(|other| !choice.texts.iter().any(|text| other.texts.contains(text)))
    })
}

fn choices(writer: &Writer<'_>, body: &Body) -> Vec<Choice> {
    let mut found = Vec::new();
    let refined = Refined::of(body);
    below(
        writer,
        &body.object,
        Some(&refined),
        &mut Vec::new(),
        &mut found,
    );
    found
}

/// Deepest path to a field that tells scenarios apart.
const DEEPEST: usize = 4;

fn below(
    writer: &Writer<'_>,
    object: &Object,
    refined: Option<&Refined<'_>>,
    path: &mut Vec<String>,
    found: &mut Vec<Choice>,
) {
    if path.len() == DEEPEST {
        return;
    }
    for field in &object.fields {
        let refined = refined.and_then(|refined| refined.child(&field.name));
        if !writer.is_required(field, refined) {
            continue;
        }
        path.push(field.name.clone());
        if let Some(texts) = texts(writer, field, refined) {
            let path = path.clone();
            found.push(Choice { path, texts });
        }
        if let Type::Object(id) = field.ty {
            below(writer, inner(writer.api, id), refined, path, found);
        }
        path.pop();
    }
}

fn inner(api: &Api, id: payspec_model::model::ObjectId) -> &Object {
    api.object(id)
}

/// Returns the texts that rules of a field leave.
fn texts(writer: &Writer<'_>, field: &Field, refined: Option<&Refined<'_>>) -> Option<Vec<String>> {
    let added = refined
        .iter()
        .flat_map(|refined| refined.constraints.iter().copied());
    let mut rules = field.constraints.iter().chain(added);
    // Each list is an upper bound, so one of them is enough. The last is that of the operation.
    let found = rules.by_ref().filter(|rule| writer.asserts(&rule.strength));
    found
        .filter_map(|rule| rule.rule.texts())
        .last()
        .map(<[String]>::to_vec)
}
