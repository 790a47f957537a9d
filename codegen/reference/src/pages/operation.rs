//! The page of an operation: messages, fields, decisions and codes.

use askama::Template;
use payspec_model::counted;
use payspec_model::model::{
    Body, Caller, Decision, Idempotency, Operation, SharedCodes, Side, StatusPlace,
};
use payspec_model::pointer::pointer;
use payspec_report::{Badge, Tone};
use payspec_review::Item;
use payspec_runtime::MediaType;

use super::codes::{CodeTable, badge};
use super::shell;
use crate::context::{ApiSite, Site};
use crate::fields::{FieldView, Fields, Place};
use crate::parts::{
    ChangeView, DisputeView, Link, Prose, RuleView, Sample, Sources, Words, beginning, deprecation,
    disputes,
};
use crate::{File, links, request};

#[derive(Template)]
#[template(path = "operation.html")]
struct OperationPage<'s> {
    title: &'s str,
    id: &'s str,
    method: &'static str,
    path: &'s str,
    caller: &'static str,
    badges: Vec<Badge>,
    changes: Vec<ChangeView<'s>>,
    /// `2 changes`, if there are any.
    change_count: Option<String>,
    changes_page: String,
    description: Prose,
    notes: Vec<Words>,
    sources: Sources<'s>,
    disputes: Vec<DisputeView<'s>>,
    flows: Vec<Link>,
    idempotency: Option<IdempotencyView<'s>>,
    sides: Vec<SideView<'s>>,
    result: Option<ResultView<'s>>,
}

struct SideView<'s> {
    side: Side,
    description: Prose,
    changes: Vec<ChangeView<'s>>,
    disputes: Vec<DisputeView<'s>>,
    rules: Vec<RuleView<'s>>,
    fields: Vec<FieldView<'s>>,
    removed: Vec<Words>,
    samples: Vec<Sample>,
}

struct IdempotencyView<'s> {
    key: Link,
    must_repeat: Vec<Link>,
    settled: String,
    conflict: Option<&'s str>,
    lifetime: Option<String>,
    description: Words,
    changes: Vec<ChangeView<'s>>,
    sources: Sources<'s>,
}

struct ResultView<'s> {
    status: Option<String>,
    by_http_status: bool,
    code: Vec<String>,
    references: Vec<String>,
    changes: Vec<ChangeView<'s>>,
    decisions: Vec<DecisionRow<'s>>,
    note: Option<&'static str>,
    table: CodeTable<'s>,
}

struct DecisionRow<'s> {
    status: &'s str,
    class: Badge,
    cases: Vec<String>,
    name: &'s str,
    /// The kind of the outcome, if its name is another word.
    kind: Option<&'static str>,
    description: Words,
    payload: Option<String>,
    needs: Vec<String>,
    actions: Vec<&'static str>,
    sources: Sources<'s>,
}

/// Returns the pages of an API's operations.
pub(super) fn pages(site: &Site<'_>, api: &ApiSite<'_>) -> Vec<File> {
    let operations = api.api.operations.iter();
    operations
        .filter_map(|one| Some(page(site, api, one, api.operation(&one.id)?)))
        .collect()
}

fn page(site: &Site<'_>, api: &ApiSite<'_>, operation: &Operation, path: &str) -> File {
    let id = Some(operation.id.as_str());
    let changes = |item| ChangeView::all(site.changes.at(&api.api.id, id, item));
    let mut origins = vec![operation.origin];
    origins.extend(operation.result.as_ref().map(|result| result.origin));
    origins.extend(operation.idempotency.as_ref().map(|rule| rule.origin));
    let mut notes = Vec::new();
    notes.extend(
        operation
            .since
            .as_ref()
            .map(|one| Words::new(&beginning(one))),
    );
    notes.extend(
        operation
            .deprecated
            .as_ref()
            .map(|one| Words::new(&deprecation(one))),
    );
    notes.extend(operation.encrypted.as_ref().map(|one| {
        let text = format!(
            "`/{}` travels encrypted; this page describes the plaintext.",
            one.field
        );
        Words::new(&text)
    }));
    notes.extend(operation.pagination.as_ref().map(|one| {
        let facts = one.facts().into_iter();
        let parts: Vec<String> = facts
            .map(|(name, place)| format!("{name} `{place}`"))
            .collect();
        Words::new(&format!("The list comes in pages: {}.", parts.join(", ")))
    }));
    notes.extend(operation.each.as_ref().map(|each| {
        let text = format!(
            "A message has several of these, at `{}`; this page describes one.",
            pointer(&each.path())
        );
        Words::new(&text)
    }));
    if !operation.event_id.is_empty() {
        let paths = operation.event_id.iter();
        let paths: Vec<String> = paths.map(|path| format!("`{}`", pointer(path))).collect();
        let text = format!("A repetition has the same {}.", paths.join(", "));
        notes.push(Words::new(&text));
    }
    let flows = api.api.flows.iter();
    let flows = flows.filter(|flow| flow.operations().contains(&operation.id.as_str()));
    let flows = flows.map(|flow| {
        let page = api.flow(&flow.id);
        Link::new(&flow.title, page.map(|page| links::link(path, page)))
    });
    let deprecated = operation.deprecated.iter();
    let count = site.changes.count_in(&api.api.id, &operation.id);
    let page = OperationPage {
        title: &operation.title,
        id: &operation.id,
        method: operation.method.as_str(),
        path: &operation.path,
        caller: match operation.caller {
            Caller::Merchant => "The merchant calls the provider.",
            Caller::Provider => "The provider calls the merchant.",
        },
        badges: deprecated
            .map(|_| Badge::new(Tone::Warn, "deprecated"))
            .chain(form(operation))
            .collect(),
        changes: changes(Item::Operation),
        change_count: (count > 0).then(|| counted(count, "change")),
        changes_page: links::link(path, links::CHANGES),
        description: Prose::new(&operation.description),
        notes,
        sources: Sources::new(api, path, &operation.sources),
        disputes: disputes(api, path, &origins, id),
        flows: flows.collect(),
        idempotency: (operation.idempotency.as_ref())
            .map(|rule| idempotency(api, path, rule, changes(Item::Idempotency))),
        sides: Side::ALL
            .iter()
            .filter_map(|side| {
                let body = operation.body(*side)?;
                Some(of_side(site, api, operation, (*side, body), path))
            })
            .collect(),
        result: result(site, api, operation, path),
    };
    shell::page(site, Some(api), path, &operation.title, &page)
}

fn of_side<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    operation: &'s Operation,
    (side, body): (Side, &'s Body),
    path: &'s str,
) -> SideView<'s> {
    let fields = Fields {
        site,
        api,
        page: path,
        place: Place::Body(operation, side),
    };
    let mut rules = fields.rules_of(&body.object);
    rules.extend(fields.rules_of_body(body));
    let item = Item::Body(side);
    let changes = site.changes.at(&api.api.id, Some(&operation.id), item);
    let removed = body.object.removed_fields.iter().map(|field| {
        let note = field.note.as_deref().unwrap_or_default();
        Words::new(&format!("`{}`, {}. {note}", field.name, field.date))
    });
    SideView {
        side,
        description: Prose::new(&body.object.description),
        changes: ChangeView::all(changes),
        disputes: disputes(api, path, &[body.object.origin], Some(&operation.id)),
        rules,
        fields: fields.of_body(body),
        removed: removed.collect(),
        samples: request::samples(site, api, operation, side),
    }
}

fn idempotency<'s>(
    api: &'s ApiSite<'_>,
    page: &str,
    rule: &'s Idempotency,
    changes: Vec<ChangeView<'s>>,
) -> IdempotencyView<'s> {
    let Idempotency {
        key,
        must_repeat,
        settled,
        conflict_code,
        lifetime,
        description,
        sources,
        origin: _,
    } = rule;
    let link = |path: &Vec<String>| {
        let href = format!("#{}", links::field_in_body(Side::Request, path));
        Link::new(pointer(path), href)
    };
    IdempotencyView {
        key: link(key),
        must_repeat: must_repeat.iter().map(link).collect(),
        settled: settled.join(", "),
        conflict: conflict_code.as_deref(),
        lifetime: lifetime.map(|lifetime| lifetime.to_string()),
        description: Words::new(description),
        changes,
        sources: Sources::new(api, page, sources),
    }
}

fn result<'s>(
    site: &'s Site<'_>,
    api: &'s ApiSite<'_>,
    operation: &'s Operation,
    page: &str,
) -> Option<ResultView<'s>> {
    let result = operation.result.as_ref()?;
    let at = |item| site.changes.at(&api.api.id, Some(&operation.id), item);
    let mut changes = at(Item::Result);
    for status in result.statuses() {
        changes.extend(at(Item::Decision(status.to_owned())));
    }
    let decisions = result.decisions.iter().map(|decision| {
        let Decision {
            status,
            cases,
            decide,
            name,
            description,
            payload,
            needs,
            actions,
            sources,
            origin: _,
        } = decision;
        DecisionRow {
            status,
            class: badge(decide.class()),
            cases: cases.iter().map(ToString::to_string).collect(),
            name,
            kind: (name != decide.as_str()).then_some(decide.as_str()),
            description: Words::new(description),
            payload: payload.as_ref().map(|path| pointer(path)),
            needs: needs.iter().map(|path| pointer(path)).collect(),
            actions: actions.iter().map(|action| action.as_str()).collect(),
            sources: Sources::new(api, page, sources),
        }
    });
    Some(ResultView {
        status: match &result.status {
            StatusPlace::Field(path) => Some(pointer(path)),
            StatusPlace::HttpStatus | StatusPlace::Always(_) => None,
        },
        by_http_status: result.is_by_http_status(),
        code: result.code.iter().map(|path| pointer(path)).collect(),
        references: result.references.iter().map(|path| pointer(path)).collect(),
        changes: ChangeView::all(changes),
        decisions: decisions.collect(),
        note: match result.shared_codes {
            SharedCodes::Listed => None,
            SharedCodes::All => Some("With the codes that operations share."),
            SharedCodes::Unknown => Some(
                "The provider's table could not be read: these are the codes that operations share.",
            ),
        },
        table: CodeTable::of_operation(site, api, operation, page),
    })
}

/// Returns the badge of an operation whose requests have a form as their body.
fn form(operation: &Operation) -> Option<Badge> {
    match operation.body_type()? {
        MediaType::Json => None,
        form @ MediaType::Form => Some(Badge::new(Tone::Quiet, form.as_str())),
    }
}
