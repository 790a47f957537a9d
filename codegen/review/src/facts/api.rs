//! Collects the facts of an API: hosts, environments, headers, signature, statuses, sources, disputes.

use super::unreachable_rules::Held;
use super::{FactCollector, titled, words};
use crate::location::Item;
use crate::property::Property;
use payspec_model::model::{
    Api, Caller, Decision, Direction, Dispute, DisputeSide, EmptyText, Enum, Flow, Header, Host,
    Object, Operation, Read, Server, Side, Source, Status, Union, Wire,
};
use payspec_model::value::{Bound, Value};

/// A part of an API that is compared separately: all facts of its places depend on this part alone.
pub(super) enum Part<'m> {
    /// The API itself, without its other parts.
    Own(&'m Api),
    /// A shared object, and which messages hold it.
    Object(&'m Object, Held),
    /// An enum.
    Enum(&'m Enum),
    /// A union.
    Union(&'m Union),
    /// An operation, with all places in its bodies.
    Operation(&'m Operation),
    /// The life of a payment or a refund.
    Flow(&'m Flow),
}

impl<'m> Part<'m> {
    /// Returns the decisions of an operation.
    pub(super) fn decisions(&self) -> Option<&'m [Decision]> {
        match self {
            Part::Operation(operation) => {
                operation.result.as_ref().map(|it| it.decisions.as_slice())
            }
            Part::Own(_) | Part::Object(..) | Part::Enum(_) | Part::Union(_) | Part::Flow(_) => {
                None
            }
        }
    }

    /// All parts of an API.
    pub(super) fn of(api: &'m Api) -> impl Iterator<Item = Part<'m>> {
        let held = api.objects.iter().zip(Held::of(api));
        let objects = held.map(|(object, held)| Part::Object(object, held));
        let enums = api.enums.iter().map(Part::Enum);
        let unions = api.unions.iter().map(Part::Union);
        let operations = api.operations.iter().map(Part::Operation);
        let flows = api.flows.iter().map(Part::Flow);
        std::iter::once(Part::Own(api))
            .chain(objects)
            .chain(enums)
            .chain(unions)
            .chain(operations)
            .chain(flows)
    }

    /// Returns a key that distinguishes it from the other parts.
    pub(super) fn key(&self) -> (&'static str, &'m str) {
        match self {
            Part::Own(_) => ("api", ""),
            Part::Object(object, _) => ("object", &object.name),
            Part::Enum(one) => ("enum", &one.name),
            Part::Union(one) => ("union", &one.name),
            Part::Operation(operation) => ("operation", &operation.id),
            Part::Flow(flow) => ("flow", &flow.id),
        }
    }
}

impl<'m> FactCollector<'m> {
    /// Adds everything that a part of an API states.
    pub(super) fn part(&mut self, part: &Part<'m>) {
        match part {
            Part::Own(api) => self.own(api),
            Part::Object(object, held) => self.object(object, *held),
            Part::Enum(one) => self.enumeration(one),
            Part::Union(one) => self.union(one),
            Part::Operation(operation) => self.operation(operation),
            Part::Flow(flow) => self.flow(flow),
        }
    }

    fn own(&mut self, api: &Api) {
        let Api {
            id: _,
            folder: _,
            title,
            description,
            sources,
            servers,
            hosts,
            request_headers,
            response_headers,
            wire,
            signature,
            credentials,
            auth,
            // Compared as separate parts.
            objects: _,
            enums: _,
            unions: _,
            operations: _,
            flows: _,
            statuses,
            // Every operation that extends a base states what the base states.
            bases: _,
            disputes,
            origin,
        } = api;
        self.push(&Item::Api, Property::Api, true, *origin);
        let text = titled(title, description);
        self.words(&Item::Api, Property::Description, text, *origin);
        sources.iter().for_each(|source| self.source(source));
        servers.iter().for_each(|prefix| self.prefix(prefix));
        hosts.iter().for_each(|host| self.host(host));
        for (side, headers) in [
            (Side::Request, request_headers),
            (Side::Response, response_headers),
        ] {
            self.direction = side.direction(Caller::Merchant);
            headers.iter().for_each(|header| self.header(side, header));
        }
        self.direction = Direction::Outgoing;
        self.wire(wire);
        signature
            .iter()
            .for_each(|signature| self.signature(signature));
        auth.iter().for_each(|auth| self.auth(auth, credentials));
        credentials
            .iter()
            .for_each(|credential| self.credential(credential));
        statuses.iter().for_each(|status| self.status(status));
        disputes.iter().for_each(|dispute| self.dispute(dispute));
    }

    fn source(&mut self, source: &Source) {
        let Source {
            tag,
            title,
            kind,
            read,
            date,
            url,
            note,
            origin,
        } = source;
        let subject = Item::Source(tag.clone());
        let read = match read {
            Read::Whole => "read whole",
            Read::Part => "read in part",
        };
        let parts = [
            Some(title.as_str()),
            Some(kind.as_str()),
            Some(read),
            Some(date),
            url.as_deref(),
            note.as_deref(),
        ];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        self.words(&subject, Property::Sources, parts.join("; "), *origin);
    }

    fn prefix(&mut self, prefix: &Server) {
        let Server {
            environment,
            host,
            prefix,
            description,
            client_id_prefix,
            sources,
            origin,
        } = prefix;
        let subject = Item::Prefix(environment.clone());
        self.push(&subject, Property::Environment, true, *origin);
        let address = match host {
            Some(host) => format!("https://{host}{prefix}"),
            None => prefix.clone(),
        };
        self.name(&subject, Property::Prefix, &address, *origin);
        let client_ids = client_id_prefix.clone().map(Value::Name);
        self.push_opt(&subject, Property::PrefixClientIds, client_ids, *origin);
        self.words(&subject, Property::Description, description, *origin);
        self.sources(&subject, sources, *origin);
    }

    fn host(&mut self, host: &Host) {
        let Host {
            region,
            host,
            role,
            note,
            since,
            removed,
            sources,
            origin,
        } = host;
        let subject = Item::Host(format!("{host} in {region}"));
        // A host with the date of its end is only kept for the record, so it no longer counts as
        // one.
        if removed.is_none() {
            self.push(&subject, Property::Host, true, *origin);
        }
        let role = Value::Word(words::host_role(*role));
        self.push(&subject, Property::HostRole, role, *origin);
        let note = note.clone().map(Value::Words);
        self.push_opt(&subject, Property::Description, note, *origin);
        let lifecycle = [("since", since), ("until", removed)];
        let lifecycle = lifecycle
            .into_iter()
            .filter_map(|(word, date)| Some(format!("{word} {}", date.as_ref()?)));
        self.names(&subject, Property::Lifecycle, lifecycle, *origin);
        self.sources(&subject, sources, *origin);
    }

    fn header(&mut self, side: Side, header: &Header) {
        let Header {
            name,
            required,
            description,
            format,
            max_length,
            pattern,
            example,
            sources,
            origin,
        } = header;
        let subject = Item::Header(side, name.to_ascii_lowercase());
        self.push(&subject, Property::Header, *required, *origin);
        let format = Value::Word(words::header_format(*format));
        self.push(&subject, Property::HeaderFormat, format, *origin);
        let longest = max_length.map(|length| Value::Count(Bound::Greatest, length));
        self.push_opt(&subject, Property::HeaderMaxLength, longest, *origin);
        let pattern = pattern.clone().map(|one| Value::Patterns([one].into()));
        self.push_opt(&subject, Property::HeaderPattern, pattern, *origin);
        let example = example.clone().map(Value::Name);
        self.push_opt(&subject, Property::Example, example, *origin);
        self.words(&subject, Property::Description, description, *origin);
        self.sources(&subject, sources, *origin);
    }

    fn wire(&mut self, wire: &Wire) {
        let Wire {
            scalars,
            empty_text,
            lengths,
            decimals,
            description,
            sources,
        } = wire;
        let origin = self.api.origin;
        let scalars = Value::Word(words::scalars(*scalars));
        self.push(&Item::Wire, Property::Scalars, scalars, origin);
        let may_be_empty = match empty_text {
            EmptyText::Allowed => true,
            EmptyText::Forbidden => false,
        };
        self.push(&Item::Wire, Property::EmptyText, may_be_empty, origin);
        let lengths = Value::Word(words::lengths(*lengths));
        self.push(&Item::Wire, Property::Lengths, lengths, origin);
        let decimals = (!decimals.is_empty()).then(|| Value::Places(decimals.clone()));
        self.push_opt(&Item::Wire, Property::Decimals, decimals, origin);
        let description = description.clone().map(Value::Words);
        self.push_opt(&Item::Wire, Property::Description, description, origin);
        self.sources(&Item::Wire, sources, origin);
    }

    fn status(&mut self, status: &Status) {
        let Status {
            name,
            description,
            class,
            sources,
            origin,
        } = status;
        let subject = Item::Status(name.clone());
        self.push(&subject, Property::Status, true, *origin);
        self.push(
            &subject,
            Property::StatusClass,
            Value::StatusClass(*class),
            *origin,
        );
        self.words(&subject, Property::Description, description, *origin);
        self.sources(&subject, sources, *origin);
    }

    fn dispute(&mut self, dispute: &Dispute) {
        let Dispute {
            id,
            // The line on which a fact is written does not matter to callers.
            place: _,
            inherited_by: _,
            subject: _,
            question,
            sides,
            takes,
            because,
            settles,
            origin,
        } = dispute;
        let subject = Item::Dispute(id.clone());
        let taken = sides.get(*takes).map(|side| side.says.as_str());
        self.words(
            &subject,
            Property::Dispute,
            taken.unwrap_or_default(),
            *origin,
        );
        let sides: Vec<String> = sides
            .iter()
            .map(|side| {
                // The values that a side states for programs control how pages are read and do not
                // matter to callers.
                let DisputeSide {
                    says,
                    sources,
                    states: _,
                } = side;
                let tags = sources.iter().filter_map(|id| self.api.sources.get(*id));
                let tags: Vec<&str> = tags.map(|source| source.tag.as_str()).collect();
                format!("{says} ({})", tags.join(", "))
            })
            .collect();
        let settles: Vec<&str> = settles
            .iter()
            .map(|one| words::contradiction(*one))
            .collect();
        let parts = [
            question.clone(),
            sides.join(" / "),
            because.clone(),
            settles.join(", "),
        ];
        let stated: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        self.words(&subject, Property::Description, stated.join("; "), *origin);
    }
}
