use super::http_status::is_http_status_case;
use super::path::Stars;
use super::{amount, distinct, named, path, places, quoted, rules, whole_body};
use crate::ast::{Container, Field, Leaf, Message, Shape};
use crate::attr::inside::{Each, Inside};
use crate::attr::message::{Alternatives, Refinement, Response, SameCurrency};
use crate::attr::path::Path;
use crate::attr::quote::Quote;
use crate::attr::rule::{Condition, Met};
use crate::attr::words::Chosen;
use crate::errors::Errors;

/// The limit of the runtime, which keeps one bit per field while it reads.
const MAX_FIELDS: usize = 512;

/// Checks a message.
pub(crate) fn message(message: &Message, errors: &mut Errors) {
    names(message, errors);
    for one in &message.fields {
        field(one, message, errors);
    }
    places::message(message, errors);
    whole_body::message(message, errors);
    let attributes = &message.attributes;
    for group in &attributes.alternatives {
        alternatives(group, message, errors);
    }
    for group in &attributes.same_currency {
        same_currency(group, message, errors);
    }
    for (index, rule) in attributes.amounts.iter().enumerate() {
        amount::amount(rule, &attributes.amounts[..index], message, errors);
    }
    if let Some(rule) = &attributes.quote {
        quote(rule, message, errors);
    }
    for (index, one) in attributes.refinements.iter().enumerate() {
        refinement(one, &attributes.refinements[..index], message, errors);
    }
    for (index, one) in attributes.responses.iter().enumerate() {
        response(one, &attributes.responses[..index], message, errors);
    }
    for (index, path) in attributes.decisive.iter().enumerate() {
        decisive(path, &attributes.decisive[..index], message, errors);
    }
}

fn decisive(path: &Path, before: &[Path], message: &Message, errors: &mut Errors) {
    path::path(path, message, Stars::Nowhere, errors);
    let comes_in = message.attributes.direction;
    if comes_in.is_none_or(|direction| direction.word != "incoming") {
        let text = "only a message with `direction = \"incoming\"` has decisive values";
        errors.at(path.span(), text);
    }
    if before.contains(path) {
        errors.at(path.span(), "duplicate path");
    }
}

fn response(one: &Response, before: &[Response], message: &Message, errors: &mut Errors) {
    let Response {
        status,
        required,
        optional,
    } = one;
    let comes_in = message.attributes.direction;
    if comes_in.is_none_or(|direction| direction.word != "incoming") {
        let text = "only a message with `direction = \"incoming\"` is an answer";
        errors.at(status.span(), text);
    }
    let text = status.value();
    if text != "default" && !is_http_status_case(&text) {
        let text = "expected an HTTP status, a class such as `4XX`, or `default`";
        errors.at(status.span(), text);
    }
    if before.iter().any(|other| other.status.value() == text) {
        errors.at(status.span(), "duplicate status");
    }
    let names = || required.iter().chain(optional);
    distinct(names(), errors);
    for name in names() {
        named(name, message, errors);
    }
}

fn refinement(
    refinement: &Refinement,
    before: &[Refinement],
    message: &Message,
    errors: &mut Errors,
) {
    let Refinement { path, rules } = refinement;
    path::path(path, message, Stars::Anywhere, errors);
    rules::rules(&rules.rules, errors);
    conditions(&rules.conditions, path.names(), message, errors);
    // Several refinements of one path are one list of rules.
    for earlier in before.iter().filter(|earlier| earlier.path == *path) {
        rules::pairs(&earlier.rules.rules, &rules.rules, errors);
    }
    // A macro cannot see the type of a deeper field.
    if let Some([name]) = path.names().as_deref() {
        if let Some(field) = message.field(name) {
            rules::fit_values(&rules.rules, &field.shape, errors);
        }
    }
}

fn names(message: &Message, errors: &mut Errors) {
    if let Some(over) = message.fields.get(MAX_FIELDS) {
        let text = format!("a message has at most {MAX_FIELDS} fields");
        errors.at(over.ident.span(), text);
    }
    for (index, field) in message.fields.iter().enumerate() {
        let (name, span) = (field.wire_name(), field.wire_name_span());
        if name.is_empty() {
            errors.at(span, "empty name");
        }
        if name == "*" {
            errors.at(span, "`*` matches every element of a list, not a field");
        }
        if message.fields[..index]
            .iter()
            .any(|earlier| earlier.wire_name() == name)
        {
            errors.at(
                span,
                format!("another field has the name {} too", quoted(&name)),
            );
        }
    }
}

fn field(field: &Field, message: &Message, errors: &mut Errors) {
    let attributes = &field.attributes;
    rules::rules(&attributes.rules.rules, errors);
    rules::fit(&attributes.rules.rules, &field.shape, errors);
    inside(&attributes.inside, &field.shape, errors);
    places::field(field, message, errors);
    if let Some(word) = attributes.json_type {
        json_type(word, &field.shape, errors);
        if attributes
            .location
            .is_some_and(|place| !["body", "whole_body"].contains(&place.word))
        {
            errors.at(word.span, "only a field of the body has a `json_type`");
        }
    }
    if let Some(case) = attributes.case {
        let is_plain = field.shape.container.is_none() && !field.shape.nullable;
        if !is_plain || ![Leaf::Currency, Leaf::Wrong].contains(&field.shape.leaf) {
            errors.at(case.span, "`case` fits a `Currency` only");
        }
    }
    if let Some(purpose) = attributes.purpose {
        let fits = [Leaf::String, Leaf::Url, Leaf::Wrong].contains(&field.shape.leaf);
        if !fits {
            errors.at(purpose.span, "`purpose` fits texts and addresses only");
        }
    }
    for condition in &attributes.rules.conditions {
        if !field.shape.optional {
            let text = format!("`{}` fits an `Option` only", condition.word);
            errors.at(condition.word.span(), text);
        }
    }
    let own = Some(vec![field.wire_name()]);
    conditions(&attributes.rules.conditions, own, message, errors);
}

/// Checks the JSON type of a value. One that an enum or a message cannot have is found when the table is compiled.
fn json_type(chosen: Chosen, shape: &Shape, errors: &mut Errors) {
    let expected = match shape.leaf {
        _ if shape.container.is_some() => Some("`json_type` of elements goes into `each(…)`"),
        Leaf::Integer | Leaf::Decimal | Leaf::Timestamp if chosen.word == "boolean" => {
            Some("a number is a JSON string or number")
        }
        Leaf::Boolean if chosen.word == "number" => Some("a `bool` is a JSON string or boolean"),
        Leaf::Integer
        | Leaf::Decimal
        | Leaf::Timestamp
        | Leaf::Boolean
        | Leaf::Other
        | Leaf::Wrong => None,
        Leaf::String
        | Leaf::DateTime
        | Leaf::Date
        | Leaf::Uuid
        | Leaf::Binary
        | Leaf::Url
        | Leaf::Country
        | Leaf::Currency
        | Leaf::Json
        | Leaf::Any => Some("`json_type` fits numbers and `bool` only"),
    };
    if let Some(expected) = expected {
        errors.at(chosen.span, expected);
    }
}

/// Checks the rules of what a list or map contains.
fn inside(inner: &Inside, shape: &Shape, errors: &mut Errors) {
    let Inside { keys, each } = inner;
    if let Some(keys) = keys {
        rules::rules(&keys.rules.rules, errors);
        if shape.container != Some(Container::Map) {
            errors.at(keys.word.span(), "`keys` fits a `Map` only");
        }
    }
    if let Some(each) = each {
        let Each {
            word,
            json_type: own,
            rules,
            inside: deeper,
        } = &**each;
        rules::rules(&rules.rules, errors);
        match shape.of_element() {
            Some(element) => {
                rules::fit_values(&rules.rules, &element, errors);
                if let Some(chosen) = own {
                    json_type(*chosen, &element, errors);
                }
                inside(deeper, &element, errors);
            }
            None => errors.at(word.span(), "`each` fits a `Vec` or `Map` only"),
        }
    }
}

fn conditions(
    conditions: &[Condition],
    target: Option<Vec<String>>,
    message: &Message,
    errors: &mut Errors,
) {
    for condition in conditions {
        let stars = match &condition.met {
            Met::OneOf(values) => {
                distinct(values, errors);
                Stars::Last
            }
            Met::Present | Met::Absent => Stars::Nowhere,
        };
        path::path(&condition.path, message, stars, errors);
        if condition.path.names() == target {
            errors.at(
                condition.path.span(),
                "the condition depends on the field itself",
            );
        }
    }
}

fn alternatives(group: &Alternatives, message: &Message, errors: &mut Errors) {
    if group.fields.len() < 2 {
        errors.at(
            group.word.span(),
            "`at_least_one_of` needs two fields or more",
        );
    }
    distinct(&group.fields, errors);
    for name in &group.fields {
        let Some(field) = named(name, message, errors) else {
            continue;
        };
        if !field.shape.optional && !field.shape.nullable {
            let text = format!("{} is always there: no `Option`", quoted(&name.value()));
            errors.at(name.span(), text);
        }
    }
}

fn same_currency(group: &SameCurrency, message: &Message, errors: &mut Errors) {
    if group.paths.len() < 2 {
        errors.at(group.word.span(), "`same_currency` needs two paths or more");
    }
    for (index, one) in group.paths.iter().enumerate() {
        path::path(one, message, Stars::Nowhere, errors);
        if group.paths[..index].contains(one) {
            errors.at(one.span(), "duplicate path");
        }
    }
}

fn quote(quote: &Quote, message: &Message, errors: &mut Errors) {
    if let Some(field) = named(&quote.pair, message, errors) {
        if field.shape.container.is_some()
            || field.shape.nullable
            || ![Leaf::String, Leaf::Wrong].contains(&field.shape.leaf)
        {
            errors.on(field.ty, "the pair of a quote is a `String`");
        }
    }
    if let Some(field) = named(&quote.price, message, errors) {
        if field.shape.container.is_some()
            || field.shape.nullable
            || ![Leaf::Decimal, Leaf::Wrong].contains(&field.shape.leaf)
        {
            errors.on(field.ty, "the price of a quote is a `Decimal`");
        }
    }
}
