//! The decision table of result codes: of an operation, and of a whole API.

use askama::Template;
use askama::filters::HtmlSafe;
use payspec_model::describe;
use payspec_model::model::{Api, Code, NextStep, Operation, StatusClass};
use payspec_report::{Badge, Tone};
use payspec_review::Item;

use super::shell;
use crate::context::{ApiSite, Site};
use crate::parts::{ChangeView, DisputeView, Link, Sources, Words, deprecation, disputes, quiet};
use crate::{File, links};

/// A table of codes, with a filter by step.
#[derive(Template)]
#[template(path = "codes.html")]
pub(super) struct CodeTable<'s> {
    steps: Vec<&'static str>,
    rows: Vec<CodeRow<'s>>,
}

impl HtmlSafe for CodeTable<'_> {}

struct CodeRow<'s> {
    anchor: String,
    name: &'s str,
    badges: Vec<Badge>,
    status: &'s str,
    class: Option<Badge>,
    meaning: Words,
    action: Words,
    step: &'static str,
    actor: &'static str,
    does: &'static str,
    id: &'static str,
    resend: &'static str,
    resend_means: &'static str,
    deprecated: Option<Words>,
    /// On the page of an API: the operations that can answer with it.
    operations: Vec<Link>,
    changes: Vec<ChangeView<'s>>,
    disputes: Vec<DisputeView<'s>>,
    sources: Sources<'s>,
}

#[derive(Template)]
#[template(path = "codes_page.html")]
struct CodesPage<'s> {
    title: &'s str,
    table: CodeTable<'s>,
}

impl<'s> CodeTable<'s> {
    /// Returns the table of an operation.
    pub(super) fn of_operation(
        site: &'s Site<'_>,
        api: &'s ApiSite<'_>,
        operation: &'s Operation,
        page: &str,
    ) -> Self {
        let codes = operation.result.iter().flat_map(|result| &result.codes);
        let rows = codes.map(|code| {
            let anchor = links::anchor("code", &code.name);
            let mut row = CodeRow::new(api, operation, code, page, anchor);
            let item = Item::Code(code.name.clone());
            let changes = site.changes.at(&api.api.id, Some(&operation.id), item);
            row.changes = ChangeView::all(changes);
            row
        });
        Self::new(rows.collect())
    }

    fn new(rows: Vec<CodeRow<'s>>) -> Self {
        let mut steps: Vec<&'static str> = rows.iter().map(|row| row.step).collect();
        steps.sort_unstable();
        steps.dedup();
        CodeTable { steps, rows }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<'s> CodeRow<'s> {
    fn new(
        api: &'s ApiSite<'_>,
        operation: &'s Operation,
        code: &'s Code,
        page: &str,
        anchor: String,
    ) -> Self {
        let Code {
            name,
            // A matter of the generated code.
            rust_name: _,
            status,
            meaning,
            action,
            next_step,
            resend,
            // A matter of the mock gateway.
            refuses: _,
            shared,
            renamed_from,
            deprecated,
            sources,
            origin,
        } = code;
        let class = class(api.api, operation, status);
        let (actor, does) = describe::next_step(*next_step);
        let mut badges = Vec::new();
        if *shared {
            badges.push(quiet("shared"));
        }
        if let Some(renamed) = renamed_from {
            badges.push(quiet(&format!("formerly {renamed}")));
        }
        if deprecated.is_some() {
            badges.push(Badge::new(Tone::Warn, "deprecated"));
        }
        CodeRow {
            anchor,
            name,
            badges,
            status,
            class: class.map(badge),
            meaning: Words::new(meaning),
            action: Words::new(action),
            step: next_step.as_str(),
            actor,
            does,
            id: next_id(operation, code, class),
            resend: resend.as_str(),
            resend_means: describe::resend(*resend),
            deprecated: deprecated.as_ref().map(|one| Words::new(&deprecation(one))),
            operations: Vec::new(),
            changes: Vec::new(),
            disputes: disputes(api, page, &[*origin], Some(&operation.id)),
            sources: Sources::new(api, page, sources),
        }
    }
}

fn class(api: &Api, operation: &Operation, status: &str) -> Option<StatusClass> {
    let result = operation.result.as_ref()?;
    api.class(result, status)
}

/// Returns the badge of a status class.
pub(super) fn badge(class: StatusClass) -> Badge {
    let tone = match class {
        StatusClass::Succeeded => Tone::Good,
        StatusClass::Failed => Tone::Bad,
        StatusClass::Pending => Tone::Warn,
    };
    Badge::new(tone, class.as_str())
}

/// Returns the id of the next attempt after a code: a new one only where the answer proves that the old request ended
/// without success.
fn next_id(operation: &Operation, code: &Code, class: Option<StatusClass>) -> &'static str {
    let Some(rule) = &operation.idempotency else {
        return NO_ATTEMPT;
    };
    let is_settled = rule.settled.contains(&code.status);
    match code.next_step {
        NextStep::NewRequestId => "new",
        NextStep::ResendSame => "same",
        NextStep::FixRequest
        | NextStep::FixCredentials
        | NextStep::CheckContract
        | NextStep::RegisterMerchant
        | NextStep::LowerAmount => match class {
            Some(StatusClass::Failed) if is_settled => "new",
            Some(StatusClass::Failed) => "same or new",
            Some(StatusClass::Pending) => "same",
            Some(StatusClass::Succeeded) | None => NO_ATTEMPT,
        },
        NextStep::Done
        | NextStep::Redirect
        | NextStep::Inquire
        | NextStep::Refund
        | NextStep::ContactSupport
        | NextStep::TellUser => NO_ATTEMPT,
    }
}

const NO_ATTEMPT: &str = "–";

/// Returns the page of all codes of an API. What several operations share is one row.
pub(super) fn page(site: &Site<'_>, one: &ApiSite<'_>) -> File {
    let path = &one.codes;
    let mut rows: Vec<(CodeKey<'_>, CodeRow<'_>)> = Vec::new();
    for operation in &one.api.operations {
        let page = one.operation(&operation.id);
        for code in operation.result.iter().flat_map(|result| &result.codes) {
            let link =
                page.map(|page| links::link_to(path, page, &links::anchor("code", &code.name)));
            let link = Link::new(&operation.id, link);
            let class = class(one.api, operation, &code.status);
            let key = (code, next_id(operation, code, class));
            if let Some((_, row)) = rows.iter_mut().find(|(other, _)| *other == key) {
                row.operations.push(link);
                continue;
            }
            let number = rows.iter().filter(|(other, _)| other.0.name == code.name);
            let anchor = match number.count() {
                0 => links::anchor("code", &code.name),
                before => links::anchor("code", &format!("{}/{}", code.name, before + 1)),
            };
            let mut row = CodeRow::new(one, operation, code, path, anchor);
            row.operations.push(link);
            rows.push((key, row));
        }
    }
    rows.sort_by(|(one, _), (other, _)| one.0.name.cmp(&other.0.name));
    let page = CodesPage {
        title: &one.api.title,
        table: CodeTable::new(rows.into_iter().map(|(_, row)| row).collect()),
    };
    let title = format!("Result codes: {}", one.api.title);
    shell::page(site, Some(one), path, &title, &page)
}

/// The facts by which the codes of two operations are one row.
type CodeKey<'s> = (&'s Code, &'static str);
