//! The output of `payspec explain`: one card for each kind of subject, for JSON and for people.

use std::io::{self, Write};

use serde::Serialize;

use super::body::{ApiBody, EnumBody, FieldBody, NoBody, ObjectBody, OperationBody, UsedBody};
use super::flow::FlowBody;
use super::head::Head;
use super::spec_card::SpecCard;
use super::subject::Subject;
use super::text::write_dispute;
use super::tool_cards::{ChangeCard, ToolCard};
use super::{api_cards, flow, operation_cards, tool_cards, type_cards, union_cards};
use crate::facts::{DisputeFact, Facts};
use payspec_model::model::{Api, Model};

/// The explanation of one subject.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Card<'m> {
    Code(SpecCard<'m, UsedBody>),
    Status(SpecCard<'m, NoBody>),
    Field(SpecCard<'m, FieldBody<'m>>),
    Object(SpecCard<'m, ObjectBody<'m>>),
    Enum(SpecCard<'m, EnumBody<'m>>),
    Value(SpecCard<'m, UsedBody>),
    Union(SpecCard<'m, EnumBody<'m>>),
    Operation(SpecCard<'m, OperationBody<'m>>),
    Flow(SpecCard<'m, FlowBody<'m>>),
    Dispute(DisputeCard<'m>),
    Api(SpecCard<'m, ApiBody<'m>>),
    Source(SpecCard<'m, NoBody>),
    Host(SpecCard<'m, NoBody>),
    Header(SpecCard<'m, NoBody>),
    Wire(SpecCard<'m, NoBody>),
    Signature(SpecCard<'m, NoBody>),
    Auth(SpecCard<'m, NoBody>),
    Credential(SpecCard<'m, NoBody>),
    Diagnostic(ToolCard),
    Rule(ToolCard),
    Change(ChangeCard),
    Drift(ToolCard),
}

/// The explanation of a dispute.
#[derive(Debug, Serialize)]
pub(super) struct DisputeCard<'m> {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) api: &'m str,
    pub(super) meaning: &'m str,
    /// The dispute, in the place where other cards have theirs.
    pub(super) disputes: [DisputeFact<'m>; 1],
}

impl<'m> Subject<'m> {
    /// Returns the card of the subject.
    pub(super) fn card(&self, model: &'m Model) -> Card<'m> {
        let facts = |api: &'m Api| Facts { model, api };
        let head = Head::of(self);
        match *self {
            Subject::Code(api, _, code) => {
                Card::Code(operation_cards::code(head, facts(api), code))
            }
            Subject::Status(api, status) => {
                Card::Status(operation_cards::status(head, facts(api), status))
            }
            Subject::Field(api, _, field) => {
                Card::Field(type_cards::field(head, facts(api), field))
            }
            Subject::Object(api, object) => {
                Card::Object(type_cards::object(head, facts(api), object))
            }
            Subject::Enum(api, set) => Card::Enum(type_cards::enumeration(head, facts(api), set)),
            Subject::Value(api, set, value) => {
                Card::Value(type_cards::value(head, facts(api), set, value))
            }
            Subject::Union(api, union) => Card::Union(union_cards::union(head, facts(api), union)),
            Subject::UnionObject(api, union, variant) => {
                Card::Value(union_cards::variant(head, facts(api), union, variant))
            }
            Subject::Operation(api, operation) => {
                Card::Operation(operation_cards::operation(head, facts(api), operation))
            }
            Subject::Flow(api, flow) => Card::Flow(flow::card(head, facts(api), flow)),
            Subject::Dispute(api, dispute) => Card::Dispute(DisputeCard {
                head,
                api: &api.id,
                meaning: &dispute.question,
                disputes: [facts(api).dispute(dispute)],
            }),
            Subject::Api(api) => Card::Api(api_cards::api(head, facts(api))),
            Subject::Source(api, source) => {
                Card::Source(api_cards::source(head, facts(api), source))
            }
            Subject::Host(api, host) => Card::Host(api_cards::host(head, facts(api), host)),
            Subject::Header(api, side, header) => {
                Card::Header(api_cards::header(head, facts(api), side, header))
            }
            Subject::Wire(api) => Card::Wire(api_cards::wire(head, facts(api))),
            Subject::Signature(api, signature) => {
                Card::Signature(api_cards::signature(head, facts(api), signature))
            }
            Subject::Auth(api, auth) => Card::Auth(api_cards::auth(head, facts(api), auth)),
            Subject::Credential(api, credential) => {
                Card::Credential(api_cards::credential(head, facts(api), credential))
            }
            Subject::Diagnostic(code) => Card::Diagnostic(tool_cards::diagnostic(head, code)),
            Subject::Change(rule) => Card::Change(tool_cards::change(head, rule)),
            Subject::Policy(rule) => Card::Change(tool_cards::policy(head, rule)),
            Subject::Rule(rule) => Card::Rule(tool_cards::rule(head, rule)),
            Subject::Drift(rule) => Card::Drift(tool_cards::drift(head, rule)),
        }
    }
}

impl Card<'_> {
    /// Writes the explanation for people.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Card::Code(card) | Card::Value(card) => card.write(out),
            Card::Field(card) => card.write(out),
            Card::Object(card) => card.write(out),
            Card::Enum(card) => card.write(out),
            Card::Union(card) => card.write(out),
            Card::Operation(card) => card.write(out),
            Card::Flow(card) => card.write(out),
            Card::Api(card) => card.write(out),
            Card::Status(card)
            | Card::Source(card)
            | Card::Host(card)
            | Card::Header(card)
            | Card::Wire(card)
            | Card::Signature(card)
            | Card::Auth(card)
            | Card::Credential(card) => card.write(out),
            Card::Dispute(DisputeCard { disputes, .. }) => {
                let [dispute] = disputes;
                write_dispute(out, dispute)
            }
            Card::Diagnostic(card) | Card::Rule(card) | Card::Drift(card) => card.write(out),
            Card::Change(card) => card.write(out),
        }
    }
}
