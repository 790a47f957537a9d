use super::Context;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::Disputed;
use crate::model::{Dispute, DisputeSide, Origin};
use crate::source::At;

impl Context<'_> {
    /// Adds the disputes of a construct to the register.
    pub(super) fn disputes(
        &mut self,
        disputed: &[Disputed],
        holder: At<'_>,
        subject: Origin,
        place: impl FnOnce() -> String,
    ) {
        if disputed.is_empty() {
            return;
        }
        let place = place();
        let list = holder.at("disputed");
        for (dispute, at) in disputed.iter().zip(list.each()) {
            let span = at.at("id").span();
            // A dispute that several operations inherit is a single one: that of their base.
            if self.dispute_ids.get(&dispute.id) == Some(&span) {
                let origin = self.map.origin(span);
                let mut known = self.disputes.iter_mut();
                if let Some(known) = known.find(|known| known.origin == origin) {
                    known.inherited_by.push(subject);
                    continue;
                }
            }
            let resolved = self.dispute(dispute, at, subject, place.clone());
            self.disputes.push(resolved);
        }
    }

    fn dispute(
        &mut self,
        dispute: &Disputed,
        at: At<'_>,
        subject: Origin,
        place: String,
    ) -> Dispute {
        let id_span = at.at("id").span();
        if let Some(first) = self.dispute_ids.insert(dispute.id.clone(), id_span) {
            self.report(
                Diagnostic::new(
                    &codes::DISPUTE_TWICE,
                    format!("duplicate dispute id `{}`", dispute.id),
                )
                .at(id_span, "again")
                .also(first, "first"),
            );
        }
        let takes = dispute
            .sides
            .iter()
            .position(|side| side.says == dispute.takes);
        if takes.is_none() {
            let says = dispute.sides.iter().map(|side| format!("`{}`", side.says));
            self.report(
                Diagnostic::new(&codes::TAKES_NO_SIDE, "`takes` matches none of the sides")
                    .at(at.at("takes").span(), "expected the `says` of a side")
                    .help(format!(
                        "the sides say {}",
                        says.collect::<Vec<_>>().join(", ")
                    )),
            );
        }
        let located = dispute.sides.iter().zip(at.at("sides").each());
        let sides = located.map(|(side, at)| DisputeSide {
            says: side.says.clone(),
            sources: self.own_sources(&side.source, at),
            states: side
                .states
                .iter()
                .map(|one| (one.fact, one.is.clone()))
                .collect(),
        });
        Dispute {
            id: dispute.id.clone(),
            place,
            subject,
            inherited_by: Vec::new(),
            question: dispute.question.clone(),
            sides: sides.collect(),
            takes: takes.unwrap_or(0),
            because: dispute.because.clone(),
            settles: dispute.settles.clone(),
            origin: self.map.origin(id_span),
        }
    }
}
