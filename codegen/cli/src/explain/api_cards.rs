//! The cards of the subjects in `api.yaml`.

use super::card::{Card, PartFact};
use crate::facts::Facts;
use payspec_model::format::{
    EmptyText, HeaderFormat, HostRole, Lengths, Scalars, SignatureAlgorithm, SignatureEncoding,
};
use payspec_model::model::{Header, Host, Side, Signature, Source};

impl Card<'_> {
    /// Adds a fact of several lines, unless it has none.
    fn lines(&mut self, name: &'static str, lines: Vec<String>) {
        if !lines.is_empty() {
            self.facts.add(name, lines.join("\n"));
        }
    }
}

/// Explains an API as a whole.
pub(super) fn api(facts: Facts<'_>) -> Card<'_> {
    let api = facts.api;
    let mut card = Card {
        meaning: api.description.clone(),
        ..Card::default()
    };
    card.facts.add("title", api.title.as_str());
    let prefixes = api.path_prefixes.iter();
    let prefixes = prefixes.map(|prefix| format!("{}: {}", prefix.environment, prefix.prefix));
    card.lines("path_prefixes", prefixes.collect());
    let hosts = api.hosts.iter().filter(|host| host.removed.is_none());
    let hosts = hosts.map(|host| format!("{}: {}", host.region, host.host));
    card.lines("hosts", hosts.collect());
    let operations = api.operations.iter();
    card.parts = operations
        .map(|operation| PartFact {
            name: operation.id.as_str().into(),
            ty: None,
            meaning: &operation.title,
        })
        .collect();
    card.disputed(facts, &[api.origin]);
    card.stands(facts, &Vec::new(), api.origin);
    card
}

/// Explains a source of facts.
pub(super) fn source<'m>(facts: Facts<'m>, source: &'m Source) -> Card<'m> {
    let mut card = Card {
        meaning: source.title.clone(),
        ..Card::default()
    };
    card.facts.add("date", source.date.as_str());
    card.facts.maybe("url", source.url.as_deref());
    card.facts.maybe("note", source.note.as_deref());
    card.stands(facts, &Vec::new(), source.origin);
    card
}

/// Explains a host.
pub(super) fn host<'m>(facts: Facts<'m>, host: &'m Host) -> Card<'m> {
    let mut card = Card {
        meaning: format!("A host that serves {}.", facts.api.title),
        ..Card::default()
    };
    card.facts.add("region", host.region.as_str());
    card.facts.add(
        "role",
        match host.role {
            HostRole::Recommended => "recommended",
            HostRole::Ordinary => "ordinary",
        },
    );
    card.facts.maybe("since", host.since.as_deref());
    card.facts.maybe("removed", host.removed.as_deref());
    card.facts.maybe("note", host.note.as_deref());
    card.stands(facts, &host.sources, host.origin);
    card
}

/// Explains a header of requests or responses.
pub(super) fn header<'m>(facts: Facts<'m>, side: Side, header: &'m Header) -> Card<'m> {
    let mut card = Card {
        meaning: header.description.clone(),
        ..Card::default()
    };
    card.facts.add("side", side.as_str());
    let required = if header.required { "yes" } else { "no" };
    card.facts.add("required", required);
    card.facts.add(
        "format",
        match header.format {
            HeaderFormat::EpochMillis => "epoch_millis: milliseconds since 1970, in decimal digits",
            HeaderFormat::Datetime => "datetime: ISO 8601 with offset, to the second",
            HeaderFormat::KeyValueList => "key_value_list: `key=value` pairs with commas between",
            HeaderFormat::MediaType => "media_type: a media type",
            HeaderFormat::Text => "text: any text",
        },
    );
    let longest = header.max_length.map(|length| length.to_string());
    card.facts.maybe("max_length", longest);
    card.facts.maybe("pattern", header.pattern.as_deref());
    card.facts.maybe("example", header.example.as_deref());
    card.disputed(facts, &[header.origin]);
    card.stands(facts, &header.sources, header.origin);
    card
}

/// Explains how values are written in messages.
pub(super) fn wire(facts: Facts<'_>) -> Card<'_> {
    let wire = &facts.api.wire;
    let meaning = wire.description.as_deref();
    let mut card = Card {
        meaning: meaning.unwrap_or("How values are written.").to_owned(),
        ..Card::default()
    };
    card.facts.add(
        "scalars",
        match wire.scalars {
            Scalars::Strings => "strings: numbers and booleans are JSON strings",
            Scalars::Native => "native: numbers and booleans are JSON numbers and booleans",
        },
    );
    card.facts.add(
        "empty_text",
        match wire.empty_text {
            EmptyText::Forbidden => {
                "forbidden: a field without a value is left out of what is sent"
            }
            EmptyText::Allowed => "allowed: a text like any other",
        },
    );
    card.facts.add(
        "lengths",
        match wire.lengths {
            Lengths::Characters => "characters",
        },
    );
    let disputes = facts.api.disputes.iter();
    let about = disputes.filter(|dispute| dispute.place == "wire");
    card.disputes = about.map(|dispute| facts.dispute(dispute)).collect();
    card.stands(facts, &wire.sources, facts.api.origin);
    card
}

/// Explains how messages are signed.
pub(super) fn signature<'m>(facts: Facts<'m>, signature: &'m Signature) -> Card<'m> {
    let mut card = Card {
        meaning: "How messages are signed.".to_owned(),
        ..Card::default()
    };
    let algorithm = match signature.algorithm {
        SignatureAlgorithm::RsaPkcs1V15Sha256 => "RSASSA-PKCS1-v1_5 with SHA-256",
    };
    let text = format!(
        "{algorithm}, called {}, keys of {} bits",
        signature.algorithm_name, signature.key_bits
    );
    card.facts.add("algorithm", text);
    card.facts
        .add("request_content", signature.request_content.as_str());
    card.facts
        .add("response_content", signature.response_content.as_str());
    card.facts.add("uri", signature.uri.as_str());
    let encoding = signature.encoding.iter().map(|step| match step {
        SignatureEncoding::Base64 => "base64",
        SignatureEncoding::FormUrlencoded => "form_urlencoded",
    });
    card.facts
        .add("encoding", encoding.collect::<Vec<_>>().join(", then "));
    card.facts.add("header", signature.header.as_str());
    card.facts
        .add("header_keys", signature.header_keys.join(", "));
    card.lines("notes", signature.notes.clone());
    card.disputed(facts, &[signature.origin]);
    card.stands(facts, &signature.sources, signature.origin);
    card
}
