//! The index that the script of a site searches: a script itself, because a page on a disk may not fetch a file.

use std::collections::BTreeSet;

use payspec_model::model::{Api, Field, Object, Side};
use serde_json::{Value, json};

use crate::context::{ApiSite, Site};
use crate::links;
use crate::links::header_anchor;

/// An index that is being made.
#[derive(Default)]
struct Index {
    pages: Vec<String>,
    entries: Vec<Value>,
}

/// Returns the script with the index. An entry has a kind, a name, where it is, the number of its page, its anchor, and
/// more words that find it.
pub(crate) fn index(site: &Site<'_>) -> String {
    let mut index = Index::default();
    for api in &site.apis {
        index.api(api);
    }
    let Index { pages, entries } = index;
    let mut text = String::from("payspecIndex({\"pages\":");
    text += &json!(pages).to_string();
    text += ",\"entries\":[\n";
    let lines: Vec<String> = entries.iter().map(Value::to_string).collect();
    text += &lines.join(",\n");
    text += "\n]});\n";
    text
}

impl Index {
    fn page(&mut self, path: &str) -> usize {
        // The entries of a page come together.
        if self.pages.last().is_none_or(|last| last != path) {
            self.pages.push(path.to_owned());
        }
        self.pages.len() - 1
    }

    fn add(
        &mut self,
        kind: &str,
        name: &str,
        place: &str,
        (page, anchor): (&str, &str),
        words: &str,
    ) {
        let page = self.page(page);
        self.entries
            .push(json!([kind, name, place, page, anchor, words]));
    }

    fn api(&mut self, one: &ApiSite<'_>) {
        let api = one.api;
        self.add("api", &api.title, &api.id, (&one.index, ""), "");
        for (side, headers) in [
            (Side::Request, &api.request_headers),
            (Side::Response, &api.response_headers),
        ] {
            for header in headers {
                let anchor = header_anchor(side, &header.name);
                let place = format!("{side} header");
                self.add("header", &header.name, &place, (&one.index, &anchor), "");
            }
        }
        for status in &api.statuses {
            let anchor = links::anchor("status", &status.name);
            self.add("status", &status.name, &api.id, (&one.index, &anchor), "");
        }
        for operation in &api.operations {
            let Some(page) = one.operation(&operation.id) else {
                continue;
            };
            let (id, path) = (&operation.id, &operation.path);
            self.add(
                "operation",
                &operation.title,
                id,
                (page, ""),
                &format!("{id} {path}"),
            );
            for side in Side::ALL {
                let Some(body) = operation.body(*side) else {
                    continue;
                };
                for field in &body.object.fields {
                    let path = std::slice::from_ref(&field.name);
                    let anchor = links::field_in_body(*side, path);
                    self.field(field, &format!("{id} {side}"), (page, &anchor));
                }
            }
        }
        for code in codes(api) {
            let anchor = links::anchor("code", code);
            self.add("code", code, &api.id, (&one.codes, &anchor), "");
        }
        for object in &api.objects {
            let Some(page) = one.type_page(&object.name) else {
                continue;
            };
            self.add("type", &object.name, &api.id, (page, ""), "");
            self.fields(object, page);
        }
        for set in &api.enums {
            let Some(page) = one.type_page(&set.name) else {
                continue;
            };
            self.add("type", &set.name, &api.id, (page, ""), "");
            for value in &set.values {
                let anchor = links::anchor("value", &value.name);
                self.add("value", &value.name, &set.name, (page, &anchor), "");
            }
        }
        for union in &api.unions {
            let Some(page) = one.type_page(&union.name) else {
                continue;
            };
            self.add("type", &union.name, &api.id, (page, ""), "");
            for tag in union.tags() {
                let anchor = links::anchor("value", tag);
                self.add("value", tag, &union.name, (page, &anchor), "");
            }
        }
        for flow in &api.flows {
            let Some(page) = one.flow(&flow.id) else {
                continue;
            };
            self.add("flow", &flow.title, &flow.id, (page, ""), &flow.id);
            for state in &flow.states {
                let anchor = links::anchor("state", &state.name);
                self.add("state", &state.name, &flow.id, (page, &anchor), "");
            }
        }
    }

    fn fields(&mut self, object: &Object, page: &str) {
        for field in &object.fields {
            let anchor = links::anchor("field", &field.name);
            self.field(field, &object.name, (page, &anchor));
        }
    }

    fn field(&mut self, field: &Field, place: &str, to: (&str, &str)) {
        let mut words = field.page_names.clone();
        words.extend(field.renamed_from.clone());
        self.add("field", &field.name, place, to, &words.join(" "));
    }
}

/// Returns the codes of an API, each once.
fn codes(api: &Api) -> BTreeSet<&str> {
    let results = api.operations.iter().filter_map(|one| one.result.as_ref());
    let codes = results.flat_map(|result| &result.codes);
    codes.map(|code| code.name.as_str()).collect()
}
