//! The line of the key that changed, where the thing is known and the files are at hand.

use super::change::Edit;
use super::facet::Facet;
use super::report::{Report, Said};
use super::rules::Rule;
use payspec_model::model::Model;
use payspec_model::source::{Keys, SourceMap};

impl Report {
    /// Names the line of the changed key in place of that of its thing: of `path:`, not of the operation. The
    /// specs are those that were compared, each with its files.
    pub fn locate(&mut self, old: (&Model, &SourceMap), new: (&Model, &SourceMap)) {
        let (mut before, mut after) = (Keys::new(old.1), Keys::new(new.1));
        for entry in &mut self.findings {
            let Some(rule) = Rule::find(&entry.rule) else {
                continue;
            };
            // What comes or goes stands where its name does.
            if matches!(rule.edit, Edit::Added | Edit::Removed) || rule.edit.keeps() {
                continue;
            }
            let keys = keys(rule.facet);
            let sides = [
                (&mut entry.old, &mut before, old.0),
                (&mut entry.new, &mut after, new.0),
            ];
            for (said, known, model) in sides {
                if let Some(said) = said {
                    name(said, keys, known, model);
                }
            }
        }
    }
}

fn name(said: &mut Said, keys: &[&str], known: &mut Keys<'_>, model: &Model) {
    let Some(thing) = said.origin else {
        return;
    };
    if let Some(origin) = keys.iter().find_map(|key| known.find(thing, key)) {
        said.spec = model.place(origin);
        said.origin = Some(origin);
    }
}

/// The keys that state a property, the likeliest first; none for what the thing itself states.
fn keys(facet: Facet) -> &'static [&'static str] {
    match facet {
        Facet::Field | Facet::Member | Facet::Header => &["required"],
        Facet::Kind | Facet::MemberType => &["type", "of"],
        Facet::Allowed => &["values", "const"],
        Facet::Open | Facet::EnumOpen => &["open"],
        Facet::Pattern | Facet::HeaderPattern => &["pattern"],
        Facet::Format | Facet::HeaderFormat => &["format"],
        Facet::RequiredWhen => &["required_when"],
        Facet::ForbiddenWhen => &["forbidden_when"],
        Facet::AtLeastOneOf => &["at_least_one_of"],
        Facet::SameCurrency => &["same_currency"],
        Facet::AmountSteps => &["amount.multiple_of"],
        Facet::AmountFields => &["amount"],
        Facet::QuoteFields => &["quote"],
        Facet::ConditionInWords => &["required_when", "forbidden_when"],
        Facet::StatusPointer | Facet::CodeStatus => &["status"],
        Facet::CodePointer => &["code"],
        Facet::MessagePointer => &["message"],
        Facet::References => &["references"],
        Facet::Agrees => &["agrees"],
        Facet::Decides => &["decide"],
        Facet::OutcomeName => &["as"],
        Facet::Payload => &["payload"],
        Facet::Needs => &["needs"],
        Facet::PendingActions => &["actions"],
        Facet::NextStep => &["next_step"],
        Facet::Resend => &["resend"],
        Facet::Refuses => &["refuses"],
        Facet::SharedCodes => &["shared_codes"],
        Facet::StatusClass => &["class"],
        Facet::IdempotencyKey => &["key"],
        Facet::MustRepeat => &["must_repeat"],
        Facet::Settled => &["settled"],
        Facet::ConflictCode => &["conflict_code"],
        Facet::HostRole => &["role"],
        Facet::Prefix => &["prefix"],
        Facet::PrefixClientIds => &["client_id_prefix"],
        Facet::HeaderMaxLength => &["max_length"],
        Facet::Scalars => &["wire.scalars"],
        Facet::EmptyText => &["wire.empty_text"],
        Facet::Lengths => &["wire.lengths"],
        Facet::FlowRole => &["send", "end"],
        Facet::FlowPauses => &["after_s"],
        Facet::Sensitive => &["sensitive"],
        Facet::FormerName => &["renamed_from"],
        Facet::Deprecated => &["deprecated"],
        Facet::Lifecycle => &["since", "removed"],
        Facet::Description => &["description", "action", "note"],
        Facet::CodeMeaning => &["meaning"],
        Facet::Example => &["example"],
        Facet::Unknown => &["max_length", "max_items"],
        Facet::Sources => &["source"],
        Facet::Dispute => &["takes"],
        // What the thing itself states, what several keys state, and what knows its own line.
        Facet::Method
        | Facet::Path
        | Facet::Caller
        | Facet::FlowPays
        | Facet::FlowStart
        | Facet::FlowHeard
        | Facet::FlowExpires
        | Facet::FlowProves
        | Facet::MinLength
        | Facet::MaxLength
        | Facet::Min
        | Facet::Max
        | Facet::MinItems
        | Facet::MaxItems
        | Facet::Default
        | Facet::Advice
        | Facet::IdleRules
        | Facet::Api
        | Facet::Operation
        | Facet::Body
        | Facet::Result
        | Facet::Decision
        | Facet::Code
        | Facet::Status
        | Facet::Idempotency
        | Facet::Host
        | Facet::Environment
        | Facet::Signature
        | Facet::SignatureRecipe
        | Facet::Type
        | Facet::MemberOrder
        | Facet::EnumValue
        | Facet::Flow
        | Facet::FlowState
        | Facet::FlowTarget => &[],
    }
}
