//! The page of changes since another revision.

use askama::Template;
use payspec_model::model::Side;
use payspec_review::{Item, Location};

use super::shell;
use crate::context::{ApiSite, Site};
use crate::links::header_anchor;
use crate::parts::{ChangeView, Link};
use crate::{File, links};
use payspec_model::pointer::names;

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage<'s> {
    since: &'s str,
    changes: Vec<(ChangeView<'s>, Vec<Link>)>,
}

pub(super) fn page(site: &Site<'_>) -> File {
    let changes = site.changes.all.iter().map(|change| {
        let places = change.places.iter().map(|place| {
            let href = target(site, place);
            let href = href.map(|(page, anchor)| match anchor {
                Some(anchor) => links::link_to(links::CHANGES, page, &anchor),
                None => links::link(links::CHANGES, page),
            });
            Link::new(place.to_string(), href)
        });
        (ChangeView::new(change), places.collect())
    });
    let since = site.changes.since.as_deref().unwrap_or_default();
    let page = ChangesPage {
        since,
        changes: changes.collect(),
    };
    let title = format!("What changed since {since}");
    shell::page(site, None, links::CHANGES, &title, &page)
}

/// Returns the page and the anchor of an item, if the site has it: a removed one is in no page.
fn target<'s>(site: &'s Site<'_>, place: &Location) -> Option<(&'s str, Option<String>)> {
    let api = site.api(&place.api)?;
    let Some(id) = &place.operation else {
        return of_api(api, &place.subject);
    };
    let page = api.operation(id)?;
    let operation = api.api.operation(id)?;
    let anchor = match &place.subject {
        Item::Body(side) => Some(side.as_str().to_owned()),
        Item::Responses | Item::Response(_) => Some(Side::Response.as_str().to_owned()),
        Item::ResponseField(_, name) => {
            let body = operation.response.as_ref();
            let field = body.and_then(|body| body.object.field(name));
            field.map(|_| links::field_in_body(Side::Response, std::slice::from_ref(name)))
        }
        Item::Field(side, pointer) => {
            let path = names(pointer);
            let body = operation.body(*side);
            let field = body.and_then(|body| api.api.field_at(&body.object, &path));
            field.map(|_| links::field_in_body(*side, &path))
        }
        Item::Code(name) => {
            let mut codes = operation.result.iter().flat_map(|result| &result.codes);
            let has = codes.any(|code| code.name == *name);
            has.then(|| links::anchor("code", name))
        }
        Item::Decision(_) | Item::Result | Item::Status(_) => Some("results".to_owned()),
        Item::Idempotency => Some("idempotency".to_owned()),
        Item::Api
        | Item::Operation
        | Item::Signature
        | Item::Auth
        | Item::Credential(_)
        | Item::Wire
        | Item::Header(..)
        | Item::Host(_)
        | Item::Prefix(_)
        | Item::Object(_)
        | Item::Member(..)
        | Item::Enum(_)
        | Item::EnumValue(..)
        | Item::Union(_)
        | Item::UnionObject(..)
        | Item::Flow(_)
        | Item::FlowState(..)
        | Item::FlowEvent(..)
        | Item::Example(_)
        | Item::Dispute(_)
        | Item::Source(_) => None,
    };
    Some((page, anchor))
}

fn of_api<'s>(api: &'s ApiSite<'_>, item: &Item) -> Option<(&'s str, Option<String>)> {
    let index = |anchor: &str| Some((api.index.as_str(), Some(anchor.to_owned())));
    match item {
        Item::Signature => index("signature"),
        Item::Auth | Item::Credential(_) => index("authentication"),
        Item::Wire => index("wire"),
        Item::Host(_) => index("hosts"),
        Item::Prefix(_) => index("servers"),
        Item::Status(name) => {
            let has = api.api.statuses.iter().any(|one| one.name == *name);
            has.then(|| (api.index.as_str(), Some(links::anchor("status", name))))
        }
        Item::Header(side, name) => {
            let all = match side {
                Side::Request => &api.api.request_headers,
                Side::Response => &api.api.response_headers,
            };
            let header = all.iter().find(|one| one.name.eq_ignore_ascii_case(name))?;
            index(&header_anchor(*side, &header.name))
        }
        Item::Object(name) | Item::Enum(name) | Item::Union(name) => {
            Some((api.type_page(name)?, None))
        }
        Item::UnionObject(name, tag) => {
            let page = api.type_page(name)?;
            let union = api.api.unions.iter().find(|one| one.name == *name)?;
            let has = union.variant(tag).is_some();
            Some((page, has.then(|| links::anchor("value", tag))))
        }
        Item::Member(object, field) => {
            let page = api.type_page(object)?;
            let object = api.api.objects.iter().find(|one| one.name == *object)?;
            let anchor = object.field(field).map(|_| links::anchor("field", field));
            Some((page, anchor))
        }
        Item::EnumValue(name, value) => {
            let page = api.type_page(name)?;
            let set = api.api.enums.iter().find(|one| one.name == *name)?;
            let has = set.values.iter().any(|one| one.name == *value);
            Some((page, has.then(|| links::anchor("value", value))))
        }
        Item::Flow(id) => Some((api.flow(id)?, None)),
        Item::FlowState(id, state) | Item::FlowEvent(id, state, _) => {
            let page = api.flow(id)?;
            let flow = api.api.flows.iter().find(|one| one.id == *id)?;
            let has = flow.states.iter().any(|one| one.name == *state);
            Some((page, has.then(|| links::anchor("state", state))))
        }
        Item::Source(_) | Item::Dispute(_) => Some((&api.sources, None)),
        Item::Api
        | Item::Operation
        | Item::Idempotency
        | Item::Result
        | Item::Responses
        | Item::Response(_)
        | Item::ResponseField(..)
        | Item::Decision(_)
        | Item::Code(_)
        | Item::Body(_)
        | Item::Field(..)
        | Item::Example(_) => Some((&api.index, None)),
    }
}
