//! The page of a flow: its diagram, and each state in words.

use askama::Template;
use payspec_codegen::emit::flow::linked_svg;
use payspec_codegen::emit::words::schedule;
use payspec_model::model::{Flow, FlowKind, Role, Row, State, Target};
use payspec_model::pointer::pointer;
use payspec_review::Item;

use super::shell;
use crate::changes::Change;
use crate::context::{ApiSite, Site};
use crate::parts::{ChangeView, DisputeView, Link, Prose, Sources, disputes};
use crate::{File, links};

#[derive(Template)]
#[template(path = "flow.html")]
struct FlowPage<'s> {
    title: &'s str,
    id: &'s str,
    description: Prose,
    changes: Vec<ChangeView<'s>>,
    disputes: Vec<DisputeView<'s>>,
    sources: Sources<'s>,
    moves: &'static str,
    principal: Link,
    notified_by: Vec<Link>,
    expires: Option<String>,
    proves: Vec<String>,
    /// An SVG of our own, in which the texts are escaped.
    diagram: String,
    states: Vec<StateView<'s>>,
}

struct StateView<'s> {
    anchor: String,
    name: &'s str,
    is_start: bool,
    end: Option<&'static str>,
    description: Prose,
    sends: Option<(Link, String)>,
    /// The values that the request carries: the field, the place of the value, the message, and its operation.
    carries: Vec<(String, String, &'static str, Link)>,
    rows: Vec<(String, Link)>,
    changes: Vec<ChangeView<'s>>,
    disputes: Vec<DisputeView<'s>>,
    sources: Sources<'s>,
}

/// Returns the pages of an API's flows.
pub(super) fn pages(site: &Site<'_>, api: &ApiSite<'_>) -> Vec<File> {
    let flows = api.api.flows.iter();
    flows
        .filter_map(|flow| Some(page(site, api, flow, api.flow(&flow.id)?)))
        .collect()
}

fn page(site: &Site<'_>, api: &ApiSite<'_>, flow: &Flow, path: &str) -> File {
    let Flow {
        id,
        title,
        description,
        kind,
        principal,
        starts: _,
        notified_by,
        expires,
        proves,
        with: _,
        states,
        sources,
        origin,
        origins: _,
    } = flow;
    let href = |state: &str| format!("#{}", links::anchor("state", state));
    let page = FlowPage {
        title,
        id,
        description: Prose::new(description),
        changes: ChangeView::all(site.changes.at(&api.api.id, None, Item::Flow(id.clone()))),
        disputes: disputes(api, path, &[*origin], None),
        sources: Sources::new(api, path, sources),
        moves: match kind {
            FlowKind::Payment => "Pays with",
            FlowKind::Refund => "Refunds with",
        },
        principal: operation(api, path, principal),
        notified_by: notified_by
            .iter()
            .map(|id| operation(api, path, id))
            .collect(),
        expires: expires.as_ref().map(|path| pointer(path)),
        proves: proves.iter().map(|path| pointer(path)).collect(),
        diagram: linked_svg(api.api, flow, &href),
        states: states
            .iter()
            .map(|state| of_state(site, api, flow, state, path))
            .collect(),
    };
    shell::page(site, Some(api), path, title, &page)
}

fn operation(api: &ApiSite<'_>, page: &str, id: &str) -> Link {
    let to = api.operation(id);
    Link::new(id, to.map(|to| links::link(page, to)))
}

fn of_state<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    flow: &'s Flow,
    state: &'s State,
    page: &str,
) -> StateView<'s> {
    let State {
        name,
        description,
        role,
        sources,
        origin,
    } = state;
    let (sends, carries, rows, end) = match role {
        Role::Step(step) => {
            let rows = step.rows.iter().map(|row| of_row(flow, row));
            let sends = (operation(api, page, &step.send), schedule(step));
            let carries = flow.carried_by(&step.send).map(|one| {
                let from = operation(api, page, &one.from);
                let message = one.side.of_operation();
                (format!("/{}", one.field), pointer(&one.path), message, from)
            });
            (Some(sends), carries.collect(), rows.collect(), None)
        }
        Role::End(end) => (None, Vec::new(), Vec::new(), Some(end.as_str())),
    };
    StateView {
        anchor: links::anchor("state", name),
        name,
        is_start: flow.state(flow.starts) == state,
        end,
        description: Prose::new(description),
        sends,
        carries,
        rows,
        changes: ChangeView::all(changes(site, api, flow, state)),
        disputes: disputes(api, page, &[*origin], None),
        sources: Sources::new(api, page, sources),
    }
}

fn of_row(flow: &Flow, row: &Row) -> (String, Link) {
    let name = flow.target_name(row.target);
    let href = match row.target {
        Target::State(_) => Some(format!("#{}", links::anchor("state", name))),
        Target::Again | Target::Stay => None,
    };
    (row.event.name(), Link::new(name, href))
}

/// Returns the changes of a state and of its events.
fn changes<'s>(
    site: &'s Site<'_>,
    api: &ApiSite<'_>,
    flow: &Flow,
    state: &State,
) -> Vec<&'s Change> {
    let at = |item| site.changes.at(&api.api.id, None, item);
    let (flow_id, name) = (flow.id.clone(), state.name.clone());
    let mut all = at(Item::FlowState(flow_id.clone(), name.clone()));
    let Role::Step(step) = &state.role else {
        return all;
    };
    for row in &step.rows {
        let event = row.event.name();
        all.extend(at(Item::FlowEvent(flow_id.clone(), name.clone(), event)));
    }
    all
}
