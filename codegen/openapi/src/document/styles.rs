//! The styles of values in queries and forms.

use payspec_model::model::{Api, Field, Operation, Type};
use payspec_runtime::{Location, MediaType, Style};

use crate::json::{Json, Map};

/// Returns the keywords of a parameter with this schema.
pub(super) fn parameter(api: &Api, field: &Field, schema: impl Into<Json>) -> Map {
    let is_json = field.location == Location::Query && is_one_json(field);
    match is_json {
        true => Map::new().with(
            "content",
            Map::new().with(MediaType::Json.as_str(), Map::new().with("schema", schema)),
        ),
        false if field.location == Location::Query => {
            let keywords = match field.style {
                // The usual one of a parameter.
                Style::Repeat => Map::new(),
                Style::Comma | Style::Brackets | Style::EmptyBrackets | Style::Json => {
                    written(api, field)
                }
            };
            Map::new().with("schema", schema).and(keywords)
        }
        false => Map::new().with("schema", schema),
    }
}

/// Returns how the fields of a form are written, by name.
pub(super) fn encoding(api: &Api, operation: &Operation) -> Map {
    let fields = operation.request.object.fields.iter();
    let fields = fields.filter(|field| field.location == Location::Body && !field.ty.is_text());
    let keywords = fields.map(|field| {
        let keywords = match is_one_json(field) {
            true => Map::new().with("contentType", MediaType::Json.as_str()),
            false => written(api, field),
        };
        (field.name.clone(), Json::from(keywords))
    });
    keywords.collect()
}

/// Returns whether a value is written as one JSON text.
fn is_one_json(field: &Field) -> bool {
    field.style == Style::Json && !field.ty.is_text()
}

/// Returns the style in the words of OpenAPI. It defines none for nested values and for lists in brackets: those keep the
/// nearest one, and the exact one in a keyword of payspec.
fn written(api: &Api, field: &Field) -> Map {
    let keywords =
        |style: &str, explode: bool| Map::new().with("style", style).with("explode", explode);
    let exact = |keywords: Map| keywords.with("x-payspec-style", field.style.as_str());
    match (field.style, &field.ty) {
        (Style::Repeat, _) => keywords("form", true),
        (Style::Comma, _) => keywords("form", false),
        (Style::Brackets | Style::EmptyBrackets, Type::List(_)) => exact(keywords("form", true)),
        (Style::Brackets | Style::EmptyBrackets, ty) if is_flat(api, ty) => {
            keywords("deepObject", true)
        }
        (Style::Brackets | Style::EmptyBrackets, _) => exact(keywords("deepObject", true)),
        (Style::Json, _) => Map::new(),
    }
}

/// Returns whether a value consists of named texts.
fn is_flat(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Object(id) => api
            .object(*id)
            .fields
            .iter()
            .all(|field| field.ty.is_text()),
        Type::Map(map) => map.values.ty.is_text(),
        Type::String
        | Type::Integer
        | Type::Decimal
        | Type::Boolean
        | Type::DateTime
        | Type::Date
        | Type::Timestamp(_)
        | Type::Uuid
        | Type::Binary
        | Type::Url
        | Type::Country
        | Type::Currency(_)
        | Type::Enum(_)
        | Type::List(_)
        | Type::Union(_)
        | Type::Json(_)
        | Type::Any => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_style_has_the_nearest_words_of_openapi() {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/forms");
        let model = payspec_model::load(&folder).model.expect("a model");
        let (api, send) = model.operation("send").expect("an operation");
        let expected = r#"{
            "card": {"style": "deepObject", "explode": true, "x-payspec-style": "brackets"},
            "items": {"style": "form", "explode": true, "x-payspec-style": "brackets"},
            "metadata": {"style": "deepObject", "explode": true},
            "methods": {"style": "form", "explode": false},
            "notes": {"style": "form", "explode": true},
            "extra": {"contentType": "application/json"}
        }"#;
        assert_eq!(Some(Json::from(encoding(api, send))), Json::parse(expected));
        let (api, find) = model.operation("find").expect("an operation");
        let fields = find.request.object.fields.iter();
        let keywords = fields.map(|field| {
            let keywords = parameter(api, field, Map::new());
            (field.name.clone(), Json::from(keywords))
        });
        let expected = r#"{
            "orderId": {"schema": {}},
            "created": {"schema": {}, "style": "deepObject", "explode": true},
            "states": {"schema": {}},
            "pages": {"schema": {}, "style": "form", "explode": false},
            "expand": {"schema": {}, "style": "form", "explode": true, "x-payspec-style": "brackets"},
            "metadata": {"schema": {}, "style": "deepObject", "explode": true},
            "where": {"content": {"application/json": {"schema": {}}}}
        }"#;
        assert_eq!(
            Some(keywords.collect::<Map>().into()),
            Json::parse(expected)
        );
    }
}
