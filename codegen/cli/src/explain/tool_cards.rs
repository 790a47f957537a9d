//! The cards of what the tool defines: diagnostics, rules of messages, of changes and of drift.

use std::io::{self, Write};

use payspec_runtime::RuleId;
use serde::Serialize;

use super::details::Details;
use super::head::Head;
use super::text::{heading, paragraph};
use super::words;
use crate::output::{dim, plain};
use payspec_model::diagnostic::Code;
use payspec_model::model::Direction;
use payspec_page::drift::rules as drift;
use payspec_review::approvals::PolicyRule;
use payspec_review::catalogue::{Equivalents, Example};

/// The explanation of something that the tool defines.
#[derive(Debug, Serialize)]
pub(super) struct ToolCard {
    #[serde(flatten)]
    pub(super) head: Head,
    pub(super) meaning: &'static str,
    #[serde(flatten)]
    pub(super) details: Details<'static>,
}

/// The explanation of a kind of change.
#[derive(Debug, Serialize)]
pub(super) struct ChangeCard {
    #[serde(flatten)]
    pub(super) card: ToolCard,
    /// An edit of a spec that the rule reports; the rules of approvals have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) change: Option<ChangeFact>,
}

/// An edit of a spec.
#[derive(Debug, Serialize)]
pub(super) struct ChangeFact {
    pub(super) file: String,
    /// The edit as the lines of a patch.
    pub(super) patch: String,
}

impl ToolCard {
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.head.write(None, out)?;
        paragraph(out, "  ", self.meaning)?;
        self.details.write(out)
    }
}

impl ChangeCard {
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.card.write(out)?;
        let Some(ChangeFact { file, patch }) = &self.change else {
            return Ok(());
        };
        heading(out, "example", false)?;
        writeln!(out, "  {}", dim(plain(file)))?;
        for line in patch.lines() {
            writeln!(out, "  {}", plain(line))?;
        }
        Ok(())
    }
}

/// Explains a diagnostic.
pub(super) fn diagnostic(head: Head, code: &'static Code) -> ToolCard {
    let mut details = Details::default();
    details.add("level", code.level().as_str());
    details.add("title", code.title);
    details.add("example", code.example);
    ToolCard {
        head,
        meaning: code.explanation,
        details,
    }
}

/// Explains a rule of `payspec diff`.
pub(super) fn change(head: Head, rule: &'static payspec_review::Rule) -> ChangeCard {
    let mut details = Details::default();
    details.add("title", rule.title);
    for (direction, word) in [
        (Direction::Outgoing, "sent_by_the_merchant"),
        (Direction::Incoming, "sent_by_the_provider"),
    ] {
        if let Some(class) = rule.usual_class(direction) {
            let (old, new) = (class.old_caller.as_str(), class.new_caller.as_str());
            details.add(
                word,
                format!("old callers: {old}; new callers at an old provider: {new}"),
            );
        }
    }
    details.add("in_rust", rule.rust_words());
    details.add("money", rule.money_words());
    if let Some(Equivalents { oasdiff, buf }) = rule.equivalents() {
        for (tool, rules) in [("oasdiff", oasdiff), ("buf", buf)] {
            let rules = (!rules.is_empty()).then(|| rules.join(", "));
            details.maybe(tool, rules);
        }
    }
    ChangeCard {
        card: ToolCard {
            head,
            meaning: rule.explanation,
            details,
        },
        change: rule
            .example()
            .map(|Example { file, patch }| ChangeFact { file, patch }),
    }
}

/// Explains a rule about approvals.
pub(super) fn policy(head: Head, rule: &'static PolicyRule) -> ChangeCard {
    let mut details = Details::default();
    details.add("title", rule.title);
    details.add("level", rule.level.as_str());
    ChangeCard {
        card: ToolCard {
            head,
            meaning: rule.explanation,
            details,
        },
        change: None,
    }
}

/// Explains a rule of `payspec drift`.
pub(super) fn drift(head: Head, rule: &'static drift::Rule) -> ToolCard {
    let mut details = Details::default();
    details.add("level", rule.level.as_str());
    details.add("page_and_spec", rule.drift);
    details.add("two_pages", rule.change);
    details.add("what_to_do", rule.help);
    ToolCard {
        head,
        meaning: rule.explanation,
        details,
    }
}

/// Explains a rule of messages.
pub(super) fn rule(head: Head, rule: RuleId) -> ToolCard {
    let (meaning, spelling) = words::rule(rule);
    let mut details = Details::default();
    details.maybe("in_a_spec", spelling);
    ToolCard {
        head,
        meaning,
        details,
    }
}
