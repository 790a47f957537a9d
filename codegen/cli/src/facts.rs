//! The sources, the disputes and the place of a fact, for reports.

use serde::Serialize;

use payspec_model::model::{Api, Dispute, Model, Origin};

/// Looks facts up in one API.
#[derive(Clone, Copy)]
pub(super) struct Facts<'m> {
    pub(super) model: &'m Model,
    pub(super) api: &'m Api,
}

/// A source as JSON reports show it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SourceFact<'m> {
    pub(super) tag: &'m str,
    pub(super) title: &'m str,
    pub(super) date: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'m str>,
}

/// A dispute as JSON reports show it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DisputeFact<'m> {
    pub(super) id: &'m str,
    pub(super) api: &'m str,
    pub(super) place: &'m str,
    pub(super) question: &'m str,
    pub(super) sides: Vec<SideFact<'m>>,
    pub(super) takes: &'m str,
    pub(super) because: &'m str,
    pub(super) spec: String,
}

/// A side of a dispute as JSON reports show it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SideFact<'m> {
    pub(super) says: &'m str,
    pub(super) taken: bool,
    pub(super) sources: Vec<SourceFact<'m>>,
}

impl<'m> Facts<'m> {
    /// Returns the facts of each API of a spec.
    pub(super) fn all(model: &'m Model) -> impl Iterator<Item = Facts<'m>> {
        model.apis.iter().map(move |api| Facts { model, api })
    }

    /// Returns every dispute of the API.
    pub(super) fn register(self) -> impl Iterator<Item = DisputeFact<'m>> {
        self.api
            .disputes
            .iter()
            .map(move |dispute| self.dispute(dispute))
    }

    /// Returns the disputes about these places of the spec, or about these paths in messages.
    pub(super) fn disputes_about(
        self,
        origins: &[Origin],
        paths: &[String],
    ) -> Vec<DisputeFact<'m>> {
        let about = self.api.disputes_about(origins, paths).into_iter();
        about.map(|dispute| self.dispute(dispute)).collect()
    }

    /// Returns the sources with these ids.
    pub(super) fn sources(self, ids: &[usize]) -> Vec<SourceFact<'m>> {
        ids.iter()
            .filter_map(|id| self.api.sources.get(*id))
            .map(|source| SourceFact {
                tag: &source.tag,
                title: &source.title,
                date: &source.date,
                url: source.url.as_deref(),
            })
            .collect()
    }

    /// Returns a place as `file:line`.
    pub(super) fn place(self, origin: Origin) -> String {
        self.model.place(origin)
    }

    /// Returns a dispute with its sides and their sources.
    pub(super) fn dispute(self, dispute: &'m Dispute) -> DisputeFact<'m> {
        let sides = dispute
            .sides
            .iter()
            .enumerate()
            .map(|(index, side)| SideFact {
                says: &side.says,
                taken: index == dispute.takes,
                sources: self.sources(&side.sources),
            });
        DisputeFact {
            id: &dispute.id,
            api: &self.api.id,
            place: &dispute.place,
            question: &dispute.question,
            sides: sides.collect(),
            takes: dispute
                .sides
                .get(dispute.takes)
                .map_or("", |side| &side.says),
            because: &dispute.because,
            spec: self.place(dispute.origin),
        }
    }
}
