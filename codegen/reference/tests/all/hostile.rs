//! Texts of a spec are texts, whatever they hold.

use payspec_model::model::Model;
use scraper::{Html, Selector};

use crate::{made, small};

const HOSTILE: &str =
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'></details></code>`</pre>`";

fn spoil(model: &mut Model) {
    for api in &mut model.apis {
        api.title = HOSTILE.to_owned();
        api.description = HOSTILE.to_owned();
        for source in &mut api.sources {
            source.title = HOSTILE.to_owned();
            source.url = Some("javascript:alert(3)".to_owned());
        }
        for header in &mut api.request_headers {
            header.example = Some(HOSTILE.to_owned());
        }
        for operation in &mut api.operations {
            operation.title = HOSTILE.to_owned();
            operation.path = HOSTILE.to_owned();
            for code in operation
                .result
                .iter_mut()
                .flat_map(|result| &mut result.codes)
            {
                code.name = HOSTILE.to_owned();
                code.meaning = HOSTILE.to_owned();
            }
            for example in &mut operation.examples {
                example.name = HOSTILE.to_owned();
                example.json = HOSTILE.to_owned();
            }
        }
        for flow in &mut api.flows {
            for state in &mut flow.states {
                state.name = HOSTILE.to_owned();
            }
        }
        for object in &mut api.objects {
            object.name = format!("{HOSTILE}{}", object.name);
            for field in &mut object.fields {
                field.name = format!("{HOSTILE}{}", field.name);
                field.description = HOSTILE.to_owned();
                field.example = Some(HOSTILE.to_owned());
            }
        }
        for set in &mut api.enums {
            for value in &mut set.values {
                value.description = HOSTILE.to_owned();
            }
        }
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let mut model = small();
    spoil(&mut model);
    let all = Selector::parse("*").expect("a selector");
    let mut pages = 0;
    for file in made(&model) {
        if !file.path.ends_with(".html") {
            continue;
        }
        pages += 1;
        let html = Html::parse_document(&file.text);
        let mut scripts = 0;
        for element in html.select(&all) {
            let name = element.value().name();
            assert_ne!(name, "img", "{}", file.path);
            scripts += usize::from(name == "script");
            for (attribute, value) in element.value().attrs() {
                assert!(!attribute.starts_with("on"), "{}: {attribute}", file.path);
                let is_link = attribute == "href";
                assert!(
                    !is_link || !value.starts_with("javascript:"),
                    "{}",
                    file.path
                );
            }
        }
        assert_eq!(scripts, 1, "{}", file.path);
    }
    assert!(pages > 8, "{pages}");
}
