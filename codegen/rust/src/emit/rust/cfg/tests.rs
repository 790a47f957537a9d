use crate::emit::GeneratedFile;
use crate::emit::rust::tests::sample::{field, model, object};
use crate::emit::rust::{ClientCode, Options, Root, emit};
use payspec_model::model::{EnumId, Type};

/// Returns the `cfg` attributes of the items of a file, by the items' names.
fn cfg_features(files: &[GeneratedFile], path: &str) -> Vec<(String, String)> {
    let file = files.iter().find(|file| file.path == path).expect(path);
    let file = syn::parse_file(&file.contents).expect("the output is Rust");
    let items = file.items.iter().filter_map(|item| match item {
        syn::Item::Struct(item) => Some((&item.ident, &item.attrs)),
        syn::Item::Enum(item) => Some((&item.ident, &item.attrs)),
        syn::Item::Mod(item) => Some((&item.ident, &item.attrs)),
        _ => None,
    });
    let shown = items.map(|(ident, attrs)| {
        let cfg_feature = attrs.iter().find(|attr| attr.path().is_ident("cfg"));
        let cfg_feature = cfg_feature.and_then(|cfg_feature| cfg_feature.meta.require_list().ok());
        let cfg_feature = cfg_feature
            .map(|cfg_feature| cfg_feature.tokens.to_string())
            .unwrap_or_default();
        (ident.to_string(), cfg_feature.replace(' ', ""))
    });
    shown.collect()
}

#[test]
fn types_stand_behind_the_operations_that_reach_them() {
    let mut model = model();
    let api = &mut model.apis[0];
    let mut ask = api.operations[0].clone();
    ask.id = "ask".into();
    // It asks about a form, and its answer consists of a result only.
    ask.request
        .object
        .fields
        .retain(|field| field.name == "requestId");
    ask.request.refinements.clear();
    let response = ask.response.as_mut().expect("a response");
    response
        .object
        .fields
        .retain(|field| field.name == "result");
    (ask.result, ask.idempotency) = (None, None);
    api.operations.insert(0, ask);
    // No operation reaches this one, and it contains the enum that one operation reaches.
    let kind = field("kind", Type::Enum(EnumId(0)), true);
    api.objects.push(object("Stray", vec![kind]));
    let options = Options {
        operation_features: true,
        client: ClientCode::Absent,
        ..Options::new("spec".as_ref(), Root::Crate)
    };
    let files = emit(&model, &options).expect("the sample can be written");
    let shown = |path: &str| -> Vec<String> {
        let cfg_features = cfg_features(&files, path).into_iter();
        cfg_features
            .map(|(name, cfg_feature)| format!("{name} {cfg_feature}"))
            .collect()
    };
    assert_eq!(
        shown("shop/mod.rs"),
        [
            "types any(feature=\"ask\",feature=\"pay\")",
            "ask feature=\"ask\"",
            "pay feature=\"pay\""
        ]
    );
    assert_eq!(
        shown("shop/types.rs"),
        [
            "ResultInfo ",
            "Form feature=\"pay\"",
            "Tree feature=\"pay\"",
            "Stray ",
            "Kind "
        ]
    );
    assert_eq!(shown("lib.rs"), ["shop "]);
    assert_eq!(
        shown("shop/pay.rs")
            .iter()
            .filter(|one| one.contains('='))
            .count(),
        0
    );
}
