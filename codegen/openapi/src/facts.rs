//! The sources and disputes of facts.

use payspec_model::model::{Api, Dispute, DisputeSide, Origin, Source, SourceIds};

use crate::json::{Json, Map};

/// Returns the tags of sources, the most trusted first, as the value of a key.
pub(crate) fn sources(api: &Api, key: &str, ids: &SourceIds) -> Map {
    let tags = ids.iter().filter_map(|id| api.sources.get(*id));
    Map::new().with_filled(key, tags.map(|source| &source.tag).collect::<Json>())
}

/// Returns the ids of the disputes about some places, as the value of a key.
pub(crate) fn disputes(api: &Api, key: &str, origins: &[Origin]) -> Map {
    let about = api.disputes.iter().filter(|dispute| {
        let mut origins = origins.iter();
        origins.any(|origin| dispute.concerns(*origin))
    });
    Map::new().with_filled(key, about.map(|dispute| &dispute.id).collect::<Json>())
}

/// Returns the sources and the disputes of a fact.
pub(crate) fn provenance(api: &Api, ids: &SourceIds, origins: &[Origin]) -> Map {
    sources(api, "x-payspec-sources", ids).and(disputes(api, "x-payspec-disputes", origins))
}

/// Returns all sources of an API, by their tags.
pub(crate) fn all_sources(api: &Api) -> Map {
    let sources = api.sources.iter().map(|source| {
        let Source {
            tag,
            title,
            kind,
            read,
            date,
            url,
            note,
            origin: _,
        } = source;
        let source = Map::new()
            .with("title", title)
            .with("kind", kind.as_str())
            .with("read", read.as_str())
            .with("date", date)
            .with_some("url", url.as_ref())
            .with_some("note", note.as_ref());
        (tag.clone(), Json::from(source))
    });
    sources.collect()
}

/// Returns all disputes of an API, by their ids.
pub(crate) fn all_disputes(api: &Api) -> Map {
    let disputes = api.disputes.iter().map(|dispute| {
        let Dispute {
            id,
            place,
            subject: _,
            inherited_by: _,
            question,
            sides,
            takes,
            because,
            // Checks of the spec itself.
            settles: _,
            origin: _,
        } = dispute;
        let sides = sides.iter().enumerate().map(|(index, side)| {
            let DisputeSide {
                says,
                sources: cited,
                // For the comparison with a page.
                states: _,
            } = side;
            Map::new()
                .with("says", says)
                .with_true("taken", index == *takes)
                .and(sources(api, "sources", cited))
        });
        let dispute = Map::new()
            .with("place", place)
            .with("question", question)
            .with("sides", sides.collect::<Json>())
            .with("because", because);
        (id.clone(), Json::from(dispute))
    });
    disputes.collect()
}
