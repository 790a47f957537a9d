//! Finds the findings that a public item comes from.

use heck::ToUpperCamelCase;

use crate::finding::Finding;
use crate::location::{Item, Location};
use payspec_model::model::{Model, Side, Union};
use payspec_model::naming::{self, NameError, OperationNames};
use payspec_model::pointer::{EACH, names};

/// Returns the fingerprints of the findings about an item, or else about the nearest item that
/// contains it.
pub(super) fn findings_of(path: &str, named: &[(String, String)]) -> Vec<String> {
    let owner = path
        .trim_start_matches('<')
        .split(" as ")
        .next()
        .unwrap_or(path);
    let owner = without_generics(owner);
    let mut name = owner.as_str();
    loop {
        let own = named.iter().filter(|(other, _)| other == name);
        let mut found: Vec<String> = own.map(|(_, fingerprint)| fingerprint.clone()).collect();
        if !found.is_empty() {
            found.dedup();
            return found;
        }
        match name.rsplit_once("::") {
            Some((parent, _)) => name = parent,
            None => return Vec::new(),
        }
    }
}

/// Removes the parameters of generic types from a path.
fn without_generics(path: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::new();
    for char in path.chars() {
        match char {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            char if depth == 0 => kept.push(char),
            _ => {}
        }
    }
    kept
}

/// Returns the paths of the items that findings are about, with their fingerprints.
pub(super) fn named(models: [&Model; 2], findings: &[Finding]) -> Vec<(String, String)> {
    let mut named = Vec::new();
    for finding in findings {
        let fingerprint = finding.fingerprint();
        // A renamed item is missing under its old name.
        let places = finding.places.iter().chain(&finding.types);
        for place in places.chain(&finding.change.was) {
            // A name that cannot be spelled in Rust has no item.
            let mut paths = paths(place).unwrap_or_default();
            for model in models {
                paths.extend(inside(model, place).unwrap_or_default());
            }
            named.extend(paths.into_iter().map(|path| (path, fingerprint.clone())));
        }
    }
    named
}

/// Returns the items of shared types for a place inside a body: the field, and the object that it
/// holds.
fn inside(model: &Model, place: &Location) -> Option<Vec<String>> {
    let (Some(operation), Item::Field(side, pointer)) = (&place.operation, &place.subject) else {
        return None;
    };
    let (api, operation) = model.operation(operation)?;
    let types = format!("{}::types", naming::module_name(&api.id).ok()?);
    let mut holder = &operation.body(*side)?.object;
    let (mut paths, mut union) = (Vec::new(), None::<&Union>);
    let names = names(pointer);
    for name in names.iter().filter(|name| *name != EACH) {
        if let Some(union) = union.take() {
            let named = format!("{types}::{}", naming::type_name(&union.name).ok()?);
            let Some(variant) = union.at_step(name) else {
                // The discriminator.
                return Some(vec![named]);
            };
            if let Some(object) = variant.object() {
                holder = api.object(object);
            }
            let variant = naming::variant_name(variant.spelling()).ok()?;
            paths = vec![format!("{named}::{variant}")];
            continue;
        }
        let field = holder.field(name)?;
        let named = naming::type_name(&holder.name).ok()?;
        paths = vec![format!(
            "{types}::{named}::{}",
            naming::field_name(field.spelling()).ok()?
        )];
        if let Some(id) = field.ty.innermost().union() {
            union = Some(api.union(id));
            let named = naming::type_name(&api.union(id).name).ok()?;
            paths.push(format!("{types}::{named}"));
        } else if let Some(id) = field.ty.innermost().object() {
            holder = api.object(id);
            paths.push(format!(
                "{types}::{}",
                naming::type_name(&holder.name).ok()?
            ));
        }
    }
    Some(paths)
}

/// Returns the items of the client for a call or a flow.
fn of_client(api: &str, module: &str) -> [String; 3] {
    let client = format!("{api}::{}", naming::CLIENT_MODULE);
    [
        format!("{client}::Client::{module}"),
        format!("{client}::AsyncClient::{module}"),
        format!("{client}::Unfinished::{}", module.to_upper_camel_case()),
    ]
}

/// Returns the Rust items for a place in the spec.
fn paths(place: &Location) -> Result<Vec<String>, NameError> {
    let api = naming::module_name(&place.api)?;
    let operation = match &place.operation {
        Some(id) => Some(naming::operation_names(id)?),
        None => None,
    };
    let shared = match &operation {
        None => format!("{api}::types"),
        Some(names) => format!("{api}::{}", names.module),
    };
    let of_operation = |name: fn(&OperationNames) -> &String| {
        let names = operation.as_ref();
        names.map(|names| format!("{api}::{}::{}", names.module, name(names)))
    };
    let one = |path: String| Ok(vec![path]);
    let perhaps = |path: Option<String>| Ok(path.into_iter().collect());
    match &place.subject {
        Item::Api | Item::Signature | Item::Auth | Item::Credential(_) | Item::Wire => one(api),
        Item::Host(_) | Item::Header(..) | Item::Prefix(_) | Item::Status(_) => one(api),
        Item::Operation | Item::Idempotency => {
            let module = operation.iter().map(|names| names.module.as_str());
            let client = module.flat_map(|module| of_client(&api, module));
            Ok(std::iter::once(shared).chain(client).collect())
        }
        Item::Result | Item::Decision(_) => perhaps(of_operation(|names| &names.outcome)),
        Item::Code(code) => {
            let codes = of_operation(|names| &names.result_code);
            let variant = naming::variant_name(code)?;
            perhaps(codes.map(|codes| format!("{codes}::{variant}")))
        }
        Item::Responses | Item::Response(_) => perhaps(of_operation(|names| &names.response)),
        Item::ResponseField(_, field) => {
            let body = of_operation(|names| &names.response);
            let field = naming::field_name(field)?;
            perhaps(body.map(|body| format!("{body}::{field}")))
        }
        Item::Body(side) => perhaps(of_operation(match side {
            Side::Request => |names| &names.request,
            Side::Response => |names| &names.response,
        })),
        Item::Object(object) => one(format!("{shared}::{}", naming::type_name(object)?)),
        Item::Member(object, field) => {
            let object = format!("{shared}::{}", naming::type_name(object)?);
            // A required field is an argument of the builder as well.
            Ok(vec![
                format!("{object}::{}", naming::field_name(field)?),
                format!("{object}::builder"),
            ])
        }
        Item::Field(side, pointer) => {
            let body = of_operation(match side {
                Side::Request => |names| &names.request,
                Side::Response => |names| &names.response,
            });
            let name = pointer.trim_start_matches('/');
            if name.is_empty() || name.contains('/') {
                return Ok(Vec::new());
            }
            let field = naming::field_name(name)?;
            perhaps(body.map(|body| format!("{body}::{field}")))
        }
        Item::Enum(name) => one(format!("{api}::types::{}", naming::type_name(name)?)),
        Item::EnumValue(name, value) => one(format!(
            "{api}::types::{}::{}",
            naming::type_name(name)?,
            naming::variant_name(value)?
        )),
        Item::Union(name) => one(format!("{api}::types::{}", naming::type_name(name)?)),
        Item::UnionObject(name, tag) => one(format!(
            "{api}::types::{}::{}",
            naming::type_name(name)?,
            naming::variant_name(tag)?
        )),
        Item::Flow(flow) => {
            let module = naming::module_name(flow)?;
            let client = of_client(&api, &module);
            Ok(std::iter::once(format!("{api}::{module}"))
                .chain(client)
                .collect())
        }
        Item::FlowState(flow, state) | Item::FlowEvent(flow, state, _) => {
            let flow = format!("{api}::{}", naming::module_name(flow)?);
            let state = state.to_upper_camel_case();
            Ok(vec![
                format!("{flow}::State::{state}"),
                format!("{flow}::State"),
            ])
        }
        Item::Example(_) | Item::Dispute(_) | Item::Source(_) => Ok(Vec::new()),
    }
}
