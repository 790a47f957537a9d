//! The cards of the subjects in `api.yaml`.

use super::body::{ApiBody, NoBody, PartFact};
use super::details::Details;
use super::head::Head;
use super::spec_card::SpecCard;
use crate::facts::Facts;
use payspec_model::describe;
use payspec_model::model::{Auth, AuthScheme, Credential, Header, Host, Side, Signature, Source};

/// Explains an API as a whole.
pub(super) fn api<'m>(head: Head, facts: Facts<'m>) -> SpecCard<'m, ApiBody<'m>> {
    let api = facts.api;
    let mut details = Details::default();
    details.add("title", api.title.as_str());
    let prefixes = api.servers.iter();
    let prefixes = prefixes.map(|prefix| format!("{}: {}", prefix.environment, prefix.prefix));
    details.lines("servers", prefixes);
    let hosts = api.hosts.iter().filter(|host| host.removed.is_none());
    let hosts = hosts.map(|host| format!("{}: {}", host.region, host.host));
    details.lines("hosts", hosts);
    let operations = api.operations.iter();
    let operations = operations.map(|operation| PartFact {
        name: operation.id.as_str().into(),
        ty: None,
        meaning: &operation.title,
    });
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: api.description.clone(),
        details,
        body: ApiBody {
            operations: operations.collect(),
        },
        disputes: facts.disputes_about(&[api.origin], &[]),
        sources: Vec::new(),
        spec: facts.place(api.origin),
    }
}

/// Explains a source of facts.
pub(super) fn source<'m>(head: Head, facts: Facts<'m>, source: &'m Source) -> SpecCard<'m, NoBody> {
    let mut details = Details::default();
    details.add("date", source.date.as_str());
    details.maybe("url", source.url.as_deref());
    details.maybe("note", source.note.as_deref());
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: source.title.clone(),
        details,
        body: NoBody {},
        disputes: Vec::new(),
        sources: Vec::new(),
        spec: facts.place(source.origin),
    }
}

/// Explains a host.
pub(super) fn host<'m>(head: Head, facts: Facts<'m>, host: &'m Host) -> SpecCard<'m, NoBody> {
    let mut details = Details::default();
    details.add("region", host.region.as_str());
    details.add("role", describe::host_role(host.role));
    details.maybe("since", host.since.as_deref());
    details.maybe("removed", host.removed.as_deref());
    details.maybe("note", host.note.as_deref());
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: format!("A host that serves {}.", facts.api.title),
        details,
        body: NoBody {},
        disputes: Vec::new(),
        sources: facts.sources(&host.sources),
        spec: facts.place(host.origin),
    }
}

/// Explains a header of requests or responses.
pub(super) fn header<'m>(
    head: Head,
    facts: Facts<'m>,
    side: Side,
    header: &'m Header,
) -> SpecCard<'m, NoBody> {
    let mut details = Details::default();
    details.add("side", side.as_str());
    let required = if header.required { "yes" } else { "no" };
    details.add("required", required);
    details.add("format", describe::header_format(header.format));
    let longest = header.max_length.map(|length| length.to_string());
    details.maybe("max_length", longest);
    details.maybe("pattern", header.pattern.as_deref());
    details.maybe("example", header.example.as_deref());
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: header.description.clone(),
        details,
        body: NoBody {},
        disputes: facts.disputes_about(&[header.origin], &[]),
        sources: facts.sources(&header.sources),
        spec: facts.place(header.origin),
    }
}

/// Explains how values are written in messages.
pub(super) fn wire<'m>(head: Head, facts: Facts<'m>) -> SpecCard<'m, NoBody> {
    let wire = &facts.api.wire;
    let meaning = wire.description.as_deref();
    let mut details = Details::default();
    details.add("scalars", describe::scalars(wire.scalars));
    details.add("empty_text", describe::empty_text(wire.empty_text));
    details.add("lengths", describe::lengths(wire.lengths));
    let disputes = facts.api.disputes.iter();
    let about = disputes.filter(|dispute| dispute.place == "wire");
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: meaning.unwrap_or("How values are written.").to_owned(),
        details,
        body: NoBody {},
        disputes: about.map(|dispute| facts.dispute(dispute)).collect(),
        sources: facts.sources(&wire.sources),
        spec: facts.place(facts.api.origin),
    }
}

/// Explains how messages are signed.
pub(super) fn signature<'m>(
    head: Head,
    facts: Facts<'m>,
    signature: &'m Signature,
) -> SpecCard<'m, NoBody> {
    let mut details = Details::default();
    let algorithm = describe::signature_algorithm(signature.algorithm);
    let text = format!(
        "{algorithm}, called {}, keys of {} bits",
        signature.algorithm_name, signature.key_bits
    );
    details.add("algorithm", text);
    details.add("request_content", signature.request_content.as_str());
    details.add("response_content", signature.response_content.as_str());
    details.add("uri", signature.uri.as_str());
    details.add("encoding", describe::encoding(&signature.encoding));
    details.add("header", signature.header.as_str());
    details.add("header_keys", signature.header_keys.join(", "));
    details.lines("notes", signature.notes.clone());
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: "How messages are signed.".to_owned(),
        details,
        body: NoBody {},
        disputes: facts.disputes_about(&[signature.origin], &[]),
        sources: facts.sources(&signature.sources),
        spec: facts.place(signature.origin),
    }
}

/// Explains the headers that prove who calls.
pub(super) fn auth<'m>(head: Head, facts: Facts<'m>, auth: &'m Auth) -> SpecCard<'m, NoBody> {
    let mut details = Details::default();
    let headers = auth.headers().into_iter();
    let headers = headers.map(|(name, value)| format!("{name}: {value}"));
    details.lines("headers", headers);
    let own = facts.api.operations.iter().filter_map(|operation| {
        let own = operation.auth.as_ref()?;
        let headers = own.schemes.iter().map(AuthScheme::header);
        let headers = headers.map(|(name, value)| format!("{name}: {value}"));
        let headers = headers.collect::<Vec<_>>().join(", ");
        let headers = match headers.as_str() {
            "" => "none",
            headers => headers,
        };
        Some(format!("{}: {headers}", operation.id))
    });
    details.lines("headers of single operations", own);
    for (title, proof) in [
        ("requests", &auth.request),
        ("answers", &auth.response),
        ("notifications", &auth.notification),
    ] {
        if let Some(proof) = proof {
            let facts = proof.facts().into_iter();
            let facts = facts.map(|(name, value)| format!("{name}: {value}"));
            details.lines(title, facts);
        }
    }
    if let Some(proof) = &auth.body_proof {
        let facts = proof.facts().into_iter();
        let facts = facts.map(|(name, value)| format!("{name}: {value}"));
        details.lines("notifications", facts);
    }
    if auth.unproved.is_some() {
        let fact = "proof: none, so that each prompts an inquiry and decides nothing";
        details.lines("notifications", [fact.to_owned()]);
    }
    if let Some(encryption) = &auth.encryption {
        let facts = encryption.facts().into_iter();
        let facts = facts.map(|(name, value)| format!("{name}: {value}"));
        details.lines("encrypted objects", facts);
    }
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: "The headers of every request, which prove who calls.".to_owned(),
        details,
        body: NoBody {},
        disputes: facts.disputes_about(&[auth.origin], &[]),
        sources: facts.sources(&auth.sources),
        spec: facts.place(auth.origin),
    }
}

/// Explains a credential.
pub(super) fn credential<'m>(
    head: Head,
    facts: Facts<'m>,
    credential: &'m Credential,
) -> SpecCard<'m, NoBody> {
    let mut details = Details::default();
    details.add("kind", credential.kind.as_str());
    SpecCard {
        head,
        api: &facts.api.id,
        meaning: credential.description.clone(),
        details,
        body: NoBody {},
        disputes: facts.disputes_about(&[credential.origin], &[]),
        sources: facts.sources(&credential.sources),
        spec: facts.place(credential.origin),
    }
}
