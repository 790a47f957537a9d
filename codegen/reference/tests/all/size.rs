//! Large and recursive specs.

use payspec_model::model::{Element, Model, ObjectId, Type};

use crate::{made, page, real, small};

/// The real site stays small enough to be published and searched anywhere.
#[test]
fn the_real_site_is_below_three_megabytes() {
    let mut model = real();
    model.apis.retain(|api| api.id == "ams_instore");
    let size: usize = made(&model).iter().map(|file| file.text.len()).sum();
    println!("{size} bytes");
    assert!(size < 3_000_000, "{size}");
}

/// Returns a model with many types, each of which has two fields of the next types: unfolded without a limit, they
/// would fill any disk.
fn large(types: usize) -> Model {
    let mut model = small();
    let api = &mut model.apis[0];
    let first = api.objects.len();
    let object = api.objects[0].clone();
    let field = object.fields[0].clone();
    for number in 0..types {
        let mut one = object.clone();
        one.name = format!("Type{number}");
        let next = |step: usize| ObjectId(first + (number + step) % types);
        one.fields = ["one", "other", "list"]
            .iter()
            .enumerate()
            .map(|(step, name)| {
                let mut field = field.clone();
                field.name = (*name).to_owned();
                field.constraints.clear();
                field.ty = Type::Object(next(step + 1));
                field
            })
            .collect();
        api.objects.push(one);
    }
    let mut root = field;
    root.name = "root".to_owned();
    root.constraints.clear();
    root.ty = Type::List(Box::new(Element::plain(Type::Object(ObjectId(first)))));
    api.operations[0].request.object.fields.push(root);
    model
}

#[test]
fn two_thousand_types_that_share_types() {
    let model = large(2000);
    let begun = std::time::Instant::now();
    let files = made(&model);
    println!("{} files in {:?}", files.len(), begun.elapsed());
    assert!(files.len() > 2000, "{}", files.len());
    let largest = files.iter().map(|file| file.text.len()).max();
    assert!(largest.is_some_and(|size| size < 2_000_000), "{largest:?}");
}

#[test]
fn a_type_that_contains_itself_is_unfolded_once() {
    let model = large(1);
    let files = made(&model);
    let operation = &model.apis[0].operations[0].id;
    let page = page(&files, &format!("shop/operations/{operation}.html"));
    assert!(page.contains("id=\"request/root/*/one\""));
    assert!(!page.contains("id=\"request/root/*/one/one\""));
}
