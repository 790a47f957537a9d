use indexmap::IndexMap;

use super::Context;
use crate::diagnostic::{Diagnostic, codes};
use crate::format::{self, FileKind, Particulars, Sources};
use crate::model::{Direction, Severity, Source, SourceIds, Strength};
use crate::source::{At, FileId, Span};

/// The sources of a construct, and the file that names them. Constructs inside it inherit them, unless
/// they are in another file: then they have the sources of that file.
#[derive(Debug, Clone, Default)]
pub(super) struct Cited {
    pub(super) ids: SourceIds,
    file: Option<FileId>,
}

/// The tags declared in `api.yaml`, and whether each is used.
#[derive(Default)]
pub(super) struct Tags {
    names: IndexMap<String, Span>,
    pub(super) used: Vec<bool>,
}

impl Tags {
    /// Iterates over the declarations that nothing uses.
    pub(super) fn unused(&self) -> impl Iterator<Item = (&str, Span)> {
        let names = self.names.iter().zip(&self.used);
        names.filter_map(|((name, span), used)| (!used).then_some((name.as_str(), *span)))
    }
}

impl Context<'_> {
    pub(super) fn declare_sources(
        &mut self,
        sources: &IndexMap<String, format::Source>,
        at: At<'_>,
    ) -> Vec<Source> {
        let mut declared = Vec::new();
        for ((tag, source), at) in sources.iter().zip(at.entries()) {
            self.tags.names.insert(tag.clone(), at.key_span());
            self.tags.used.push(false);
            declared.push(Source {
                tag: tag.clone(),
                title: source.title.clone(),
                kind: source.kind,
                read: source.read,
                date: source.date.clone(),
                url: source.url.clone(),
                note: source.note.clone(),
                origin: self.origin(at),
            });
        }
        declared
    }

    /// Returns the sources that a construct names at its key `source`, or those that it inherits.
    pub(super) fn sources(
        &mut self,
        own: Option<&Sources>,
        at: At<'_>,
        inherited: &Cited,
    ) -> Cited {
        if let Some(own) = own {
            return Cited {
                ids: self.own_sources(own, at),
                file: Some(at.at("source").span().file),
            };
        }
        let file = Some(at.key_span().file);
        let elsewhere = inherited.file != file;
        let default = self.defaults.iter().find(|default| default.file == file);
        default.filter(|_| elsewhere).unwrap_or(inherited).clone()
    }

    /// Makes the sources of a file the default for its constructs that name none.
    pub(super) fn default_sources(&mut self, cited: &Cited) {
        self.defaults.retain(|default| default.file != cited.file);
        self.defaults.push(cited.clone());
    }

    pub(super) fn own_sources(&mut self, own: &Sources, at: At<'_>) -> SourceIds {
        let mut ids = SourceIds::new();
        for (tag, at) in own.tags().iter().zip(at.at("source").each()) {
            match self.tags.names.get_index_of(tag.as_str()) {
                Some(id) => {
                    self.tags.used[id] = true;
                    ids.push(id);
                }
                None if !self.may_exist(FileKind::Api, "sources", tag) => {
                    let unknown =
                        Diagnostic::new(&codes::UNKNOWN_SOURCE, format!("unknown source `{tag}`"))
                            .at(at.span(), "not declared in `api.yaml`");
                    let unknown =
                        self.suggest(unknown, tag, self.tags.names.keys().map(String::as_str));
                    self.report(unknown);
                }
                None => {}
            }
        }
        ids
    }

    /// Works like [`sources`](Self::sources), for a construct that must have sources if the API declares
    /// any.
    pub(super) fn needed_sources(
        &mut self,
        own: Option<&Sources>,
        at: At<'_>,
        inherited: &Cited,
        what: &str,
    ) -> Cited {
        let none = match own {
            Some(own) => own.tags().is_empty(),
            None => inherited.ids.is_empty(),
        };
        if none && !self.tags.names.is_empty() && self.complete(FileKind::Api) {
            let message = format!("this {what} has no source");
            self.report(
                Diagnostic::new(&codes::NO_SOURCE, message)
                    .at(at.key_span(), "expected a `source`")
                    .help("add `source: TAG` here, or at the top of the file for all in it"),
            );
        }
        self.sources(own, at, inherited)
    }

    pub(super) fn strength(
        &mut self,
        particulars: &Particulars,
        at: At<'_>,
        inherited: &Cited,
    ) -> Strength {
        Strength {
            severity: particulars.severity,
            direction: direction(particulars.direction),
            sources: self.sources(particulars.source.as_ref(), at, inherited).ids,
            reason: particulars.reason.clone(),
        }
    }

    /// Returns the strength of a constraint in its short form.
    pub(super) fn plain_strength(&mut self, at: At<'_>, inherited: &Cited) -> Strength {
        Strength {
            severity: Severity::Error,
            direction: None,
            sources: self.sources(None, at, inherited).ids,
            reason: None,
        }
    }
}

fn direction(direction: format::Direction) -> Option<Direction> {
    match direction {
        format::Direction::Outgoing => Some(Direction::Outgoing),
        format::Direction::Incoming => Some(Direction::Incoming),
        format::Direction::Both => None,
    }
}
