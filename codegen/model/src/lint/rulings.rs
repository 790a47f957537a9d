use std::collections::BTreeSet;

use super::{Found, about};
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::format::Contradiction;
use crate::model::{Api, Origin};
use crate::source::SourceMap;

/// Reports contradictions without a ruling, and rulings without a contradiction.
pub(super) fn demand(
    api: &Api,
    found: Vec<Found>,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let mut idle: BTreeSet<(usize, Contradiction)> = BTreeSet::new();
    for (index, dispute) in api.disputes.iter().enumerate() {
        idle.extend(
            dispute
                .settles
                .iter()
                .map(|contradiction| (index, *contradiction)),
        );
    }
    let mut said: BTreeSet<(Contradiction, Origin)> = BTreeSet::new();
    for contradiction in found {
        let mut ruled = false;
        for (index, dispute) in api.disputes.iter().enumerate() {
            let settles = dispute.settles.contains(&contradiction.contradiction);
            if settles
                && contradiction
                    .subjects
                    .iter()
                    .any(|it| dispute.concerns(*it))
            {
                idle.remove(&(index, contradiction.contradiction));
                ruled = true;
            }
        }
        // Operations that extend the same one share its content.
        if !ruled && said.insert((contradiction.contradiction, contradiction.at)) {
            diagnostics.push(unruled(contradiction, sources));
        }
    }
    for (index, contradiction) in idle {
        // Two codes may have the same meaning in different words, which only a person can see.
        if contradiction == Contradiction::CodesConflict {
            continue;
        }
        let dispute = &api.disputes[index];
        let (word, _) = about(contradiction);
        diagnostics.push(
            Diagnostic::new(
                &codes::SETTLES_NOTHING,
                format!(
                    "the dispute `{}` settles `{word}`, but this contradiction does not exist here",
                    dispute.id
                ),
            )
            .at(sources.word_at(dispute.origin), "")
            .also(sources.word_at(dispute.subject), "here"),
        );
    }
}

fn unruled(found: Found, sources: &SourceMap) -> Diagnostic {
    let (word, code) = about(found.contradiction);
    let mut diagnostic = Diagnostic::new(code, found.message)
        .at(sources.word_at(found.at), "no dispute settles this")
        .help(format!(
            "record both sides, and the one that the spec follows:\n\
             disputed:\n\
             \x20 - id: SHORT-NAME\n\
             \x20   question: What is in question?\n\
             \x20   sides:\n\
             \x20     - {{ says: One side., source: TAG }}\n\
             \x20     - {{ says: The other side., source: TAG }}\n\
             \x20   takes: One side.\n\
             \x20   because: Why.\n\
             \x20   settles: [{word}]"
        ));
    if let Some(subject) = found
        .subjects
        .first()
        .filter(|subject| **subject != found.at)
    {
        diagnostic = diagnostic.also(sources.word_at(*subject), "the dispute belongs here");
    }
    for (origin, why) in found.also {
        diagnostic = diagnostic.also(sources.word_at(origin), why);
    }
    diagnostic
}
