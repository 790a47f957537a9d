//! The start page: all APIs with their operations.

use askama::Template;
use payspec_model::counted;

use super::shell;
use crate::context::Site;
use crate::parts::{Link, Words};
use crate::{File, links};

#[derive(Template)]
#[template(path = "index.html")]
struct Index {
    apis: Vec<ApiCard>,
    since: Option<(String, String, String)>,
}

struct ApiCard {
    title: Link,
    description: Words,
    operations: Vec<Link>,
    counts: String,
}

pub(super) fn page(site: &Site<'_>) -> File {
    let apis = site.apis.iter().map(|api| {
        let operations = api.api.operations.iter().map(|one| {
            let page = api.operation(&one.id);
            Link::new(&one.title, page.map(|page| links::link(links::INDEX, page)))
        });
        let types = api.api.objects.len() + api.api.enums.len() + api.api.unions.len();
        ApiCard {
            title: Link::new(&api.api.title, links::link(links::INDEX, &api.index)),
            description: Words::new(&api.api.description),
            operations: operations.collect(),
            counts: [
                counted(api.api.operations.len(), "operation"),
                counted(api.api.flows.len(), "flow"),
                counted(types, "type"),
            ]
            .join(", "),
        }
    });
    let changes = site.changes;
    let index = Index {
        apis: apis.collect(),
        since: changes.since.as_ref().map(|name| {
            let href = links::link(links::INDEX, links::CHANGES);
            (name.clone(), counted(changes.all.len(), "change"), href)
        }),
    };
    let title = match site.apis.as_slice() {
        [only] => format!("{}: reference", only.api.title),
        _ => "API reference".to_owned(),
    };
    shell::page(site, None, links::INDEX, &title, &index)
}
