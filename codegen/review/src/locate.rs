//! Finds the line of the key that changed, if the files are available.

use super::edit::Edit;
use super::property::Property;
use super::report::{Report, SourcedValue};
use super::rules::Rule;
use payspec_model::model::Model;
use payspec_model::source::{Keys, SourceMap};

impl Report {
    /// Replaces the line of the item by the line of the changed key: the line of `path:`, not of
    /// the operation. The specs are those that were compared, each with its files.
    pub fn locate(&mut self, old: (&Model, &SourceMap), new: (&Model, &SourceMap)) {
        let (mut before, mut after) = (Keys::new(old.1), Keys::new(new.1));
        for entry in &mut self.findings {
            let Some(rule) = Rule::find(&entry.rule) else {
                continue;
            };
            // An item that was added or removed is already located by its name.
            if matches!(rule.edit, Edit::Added | Edit::Removed) || rule.edit.keeps() {
                continue;
            }
            let keys = keys(rule.property);
            let sides = [
                (&mut entry.old, &mut before, old.0),
                (&mut entry.new, &mut after, new.0),
            ];
            for (value, known, model) in sides {
                if let Some(value) = value {
                    name(value, keys, known, model);
                }
            }
        }
    }
}

fn name(value: &mut SourcedValue, keys: &[&str], known: &mut Keys<'_>, model: &Model) {
    let Some(item) = value.origin else {
        return;
    };
    if let Some(origin) = keys.iter().find_map(|key| known.find(item, key)) {
        value.spec = model.place(origin);
        value.origin = Some(origin);
    }
}

/// Returns the keys that state a property, the likeliest first; none if the item itself states it.
fn keys(property: Property) -> &'static [&'static str] {
    match property {
        Property::Field | Property::Member | Property::Header | Property::ResponseField => {
            &["required"]
        }
        Property::Kind | Property::MemberType => &["type", "of"],
        Property::Location => &["in"],
        Property::Style => &["style"],
        Property::MediaType => &["media_type"],
        Property::WholeBody => &["body"],
        Property::JsonType => &["json_type"],
        Property::Nullable | Property::ElementNullable => &["nullable"],
        Property::RustName => &["rust_name"],
        Property::Allowed => &["values", "const", "one_of"],
        Property::Open | Property::EnumOpen | Property::UnionOpen => &["open"],
        Property::EnumType | Property::UnionObjectType => &["type"],
        Property::Pattern | Property::HeaderPattern => &["pattern"],
        Property::Format | Property::HeaderFormat => &["format"],
        Property::RequiredWhen => &["required_when"],
        Property::ForbiddenWhen => &["forbidden_when"],
        Property::AtLeastOneOf => &["at_least_one_of"],
        Property::SameCurrency => &["same_currency"],
        Property::AmountSteps => &["money.multiple_of"],
        Property::AmountFields => &["money"],
        Property::QuoteFields => &["quote"],
        Property::ConditionInWords => &["required_when", "forbidden_when"],
        Property::StatusPointer => &["by", "default"],
        Property::CodeStatus => &["status"],
        Property::CodePointer => &["code"],
        Property::MessagePointer => &["message"],
        Property::References => &["references"],
        Property::Agrees => &["agrees"],
        Property::Decides => &["decide"],
        Property::OutcomeName => &["as"],
        Property::Payload => &["payload"],
        Property::Needs => &["needs"],
        Property::PendingActions => &["actions"],
        Property::NextStep => &["next_step"],
        Property::Resend => &["resend"],
        Property::Refuses => &["refuses"],
        Property::SharedCodes => &["shared_codes"],
        Property::StatusClass => &["decide", "by"],
        Property::IdempotencyKey => &["key"],
        Property::MustRepeat => &["must_repeat"],
        Property::Settled => &["settled"],
        Property::ConflictCode => &["conflict_code"],
        Property::KeyLifetime => &["lifetime_s"],
        Property::HostRole => &["role"],
        Property::Prefix => &["url"],
        Property::PrefixClientIds => &["client_id_prefix"],
        Property::CredentialKind => &["kind"],
        Property::HeaderMaxLength => &["max_length"],
        Property::Scalars => &["wire.scalars"],
        Property::EmptyText => &["wire.empty_text"],
        Property::Lengths => &["wire.lengths"],
        Property::Decimals => &["wire.decimals"],
        Property::FlowRole => &["send", "end"],
        Property::FlowPauses => &["after_s"],
        Property::Sensitive => &["sensitive"],
        Property::FormerName => &["renamed_from"],
        Property::Deprecated | Property::Sunset => &["deprecated"],
        Property::Lifecycle => &["since", "removed"],
        Property::Description => &["description", "action", "note"],
        Property::CodeMeaning => &["meaning"],
        Property::Example => &["example"],
        Property::MultipleOf => &["multiple_of"],
        Property::Unknown => &["max_length", "max_items", "keys"],
        Property::Sources => &["source"],
        Property::Dispute => &["takes"],
        // Properties that the item itself or several keys state, and those that know their own
        // line.
        Property::Method
        | Property::Path
        | Property::Caller
        | Property::FlowPays
        | Property::FlowStart
        | Property::FlowHeard
        | Property::FlowExpires
        | Property::FlowProves
        | Property::FlowWith
        | Property::MinLength
        | Property::MaxLength
        | Property::Min
        | Property::Max
        | Property::MinItems
        | Property::MaxItems
        | Property::UniqueItems
        | Property::KeyMaxLength
        | Property::KeyPattern
        | Property::Default
        | Property::Advice
        | Property::UnreachableRules
        | Property::Api
        | Property::Operation
        | Property::Body
        | Property::Responses
        | Property::Response
        | Property::Result
        | Property::Decision
        | Property::Code
        | Property::Status
        | Property::Idempotency
        | Property::Host
        | Property::Environment
        | Property::Signature
        | Property::SignatureRecipe
        | Property::Auth
        | Property::AuthHeaders
        | Property::OperationAuth
        | Property::ResponseProof
        | Property::ResponseProofRecipe
        | Property::NotificationProof
        | Property::NotificationProofRecipe
        | Property::UnprovedNotifications
        | Property::NotificationEncryption
        | Property::Encrypted
        | Property::Pagination
        | Property::PaginationParts
        | Property::Each
        | Property::EventId
        | Property::Credential
        | Property::Type
        | Property::MemberOrder
        | Property::EnumValue
        | Property::UnionObject
        | Property::UnionShape
        | Property::Flow
        | Property::FlowState
        | Property::FlowTarget => &[],
    }
}
