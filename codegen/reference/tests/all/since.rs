//! The changes since another revision are marked where they happened.

use payspec_model::model::{Model, Rule};
use payspec_reference::{Options, Since, site};
use scraper::{Html, Selector};

use crate::{page, real};

/// Returns the model as it was: one limit was lower, and a field did not exist.
fn older() -> Model {
    let mut model = real();
    let api = model.apis.iter_mut().find(|api| api.id == "ams_instore");
    let api = api.expect("the API");
    let order = api.objects.iter_mut().find(|one| one.name == "Order");
    let order = order.expect("the type");
    order.fields.retain(|field| field.name != "env");
    for operation in &mut api.operations {
        for refinement in &mut operation.request.refinements {
            assert!(refinement.path.len() < 9);
        }
        operation
            .request
            .refinements
            .retain(|one| !one.path.contains(&"env".to_owned()));
        for field in &mut operation.request.object.fields {
            if field.name != "paymentRequestId" {
                continue;
            }
            for one in &mut field.constraints {
                if let Rule::MaxLength(most) = &mut one.rule {
                    *most = 32;
                }
            }
        }
    }
    model
}

#[test]
fn a_change_is_marked_at_its_field() {
    let (old, new) = (older(), real());
    let since = Since {
        name: "v1",
        model: &old,
    };
    let files = site(
        &new,
        &Options {
            since: Some(since),
            ..Options::default()
        },
    );
    let changes = |path: &str, id: &str| -> Vec<String> {
        let html = Html::parse_document(page(&files, path));
        let all = Selector::parse("[id]").expect("a selector");
        let mut fields = html.select(&all).filter(|one| one.attr("id") == Some(id));
        let field = fields.next().unwrap_or_else(|| panic!("no {id} in {path}"));
        let marks = field.children().filter_map(scraper::ElementRef::wrap);
        let marks = marks.filter(|one| one.attr("class") == Some("change"));
        marks.map(|one| one.text().collect::<String>()).collect()
    };
    let path = "ams_instore/operations/cancel.html";
    let limit = changes(path, "request/paymentRequestId");
    assert!(
        limit
            .iter()
            .any(|one| one.contains("32") && one.contains("64")),
        "{limit:?}"
    );
    assert!(changes(path, "request/paymentId").is_empty());
    let added = changes(
        "ams_instore/operations/pay_entry_code.html",
        "request/order/env",
    );
    assert!(!added.is_empty());
    let list = page(&files, "changes.html");
    assert!(list.contains("What changed since v1"), "{list}");
    let link = "href=\"ams_instore/operations/cancel.html#request/paymentRequestId\"";
    assert!(list.contains(link), "{list}");
    assert!(page(&files, "index.html").contains("changes since v1"));
}

#[test]
fn a_site_without_a_revision_has_no_changes() {
    let files = site(&real(), &Options::default());
    assert!(files.iter().all(|file| file.path != "changes.html"));
    assert!(
        files
            .iter()
            .all(|file| !file.text.contains("class=\"change\""))
    );
}
