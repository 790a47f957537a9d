use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Context;
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes, limits};
use crate::format::{self, ApiFile, ServerEntry};
use crate::model::{
    Api, EmptyText, Header, HeaderFormat, Host, Lengths, NotTemplate, Operation, Scalars, Server,
    Signature, SourceIds, TemplateOf, TemplatePart, Wire,
};
use crate::source::{ApiSource, At};
use payspec_runtime::closest;

impl<'a> Context<'a> {
    /// Resolves the whole API; everything else in this module is part of it.
    pub(super) fn api(&mut self, source: &'a ApiSource) -> Option<Api> {
        let head = source.api.as_ref().map(|file| {
            let at = self.at_file(file);
            (&file.value, at)
        });
        // Tags first, because all files name them. Then names, types, codes, and the constructs that
        // use them.
        let sources = match head {
            Some((file, at)) => self.declare_sources(&file.sources, at.at("sources")),
            None => Vec::new(),
        };
        self.declare_types(source);
        self.resolve_types(source);
        self.check_unions(source);
        self.find_endless_types();
        self.find_unions_in_themselves();
        let statuses = self.shared_results(source);
        let [bases, operations] = self.operations(source);
        let flows = self.flows(source, &operations);
        let (file, at) = head?;
        let mut api = self.head(file, at, &operations, &bases);
        api.flows = flows;
        api.sources = sources;
        api.statuses = statuses;
        api.operations = operations;
        api.bases = bases;
        api.objects = std::mem::take(&mut self.objects);
        api.enums = std::mem::take(&mut self.enums);
        api.unions = std::mem::take(&mut self.unions);
        api.disputes = std::mem::take(&mut self.disputes);
        // The register has the order of the files.
        api.disputes.sort_by_key(|dispute| dispute.origin);
        super::plain::settle(&mut api);
        self.names(&api);
        self.unused(&api);
        Some(api)
    }

    fn head(
        &mut self,
        file: &ApiFile,
        at: At<'_>,
        operations: &[Operation],
        bases: &[Operation],
    ) -> Api {
        let origin = self.map.origin(at.at("id").span());
        let inherited = self.needed_sources(file.source.as_ref(), at, &Cited::default(), "API");
        self.disputes(&file.disputed, at, origin, || file.id.clone());
        self.transport(file, at);
        let servers = self.servers(file, at.at("servers"), &inherited);
        let hosts = self.hosts(file, at.at("hosts"), &inherited);
        let headers = at.at("headers");
        let request_headers = self.headers(
            &file.headers.request,
            headers.at("request"),
            &inherited,
            "request",
        );
        let response_headers = self.headers(
            &file.headers.response,
            headers.at("response"),
            &inherited,
            "response",
        );
        let wire = self.wire(file.wire.as_ref(), at.at("wire"), &inherited);
        let signature = file
            .signature
            .as_ref()
            .map(|signature| self.signature(signature, at.at("signature"), &inherited));
        let own = operations.iter().chain(bases);
        let own = own.filter_map(|one| one.auth.as_ref()).collect();
        let (credentials, auth) = self.authentication(file, at, &inherited, own);
        Api {
            id: file.id.clone(),
            folder: self.folder.to_owned(),
            title: file.title.clone(),
            description: file.description.clone(),
            sources: Vec::new(),
            servers,
            hosts,
            request_headers,
            response_headers,
            wire,
            signature,
            credentials,
            auth,
            objects: Vec::new(),
            enums: Vec::new(),
            unions: Vec::new(),
            statuses: Vec::new(),
            operations: Vec::new(),
            bases: Vec::new(),
            flows: Vec::new(),
            disputes: Vec::new(),
            origin,
        }
    }

    fn servers(&mut self, file: &ApiFile, at: At<'_>, inherited: &Cited) -> Vec<Server> {
        let servers = file.servers.iter().zip(at.entries());
        let resolve = |((environment, entry), at): ((&String, &ServerEntry), At<'_>)| {
            let server = match entry {
                ServerEntry::Url(url) => &format::Server {
                    url: url.clone(),
                    ..format::Server::default()
                },
                ServerEntry::Server(server) => server,
            };
            let (host, prefix) = self.server_url(&server.url, at.at("url").span());
            Server {
                environment: environment.clone(),
                host: host.map(str::to_owned),
                prefix: prefix.to_owned(),
                description: server.description.clone(),
                client_id_prefix: server.client_id_prefix.clone(),
                sources: self.sources(server.source.as_ref(), at, inherited).ids,
                origin: self.origin(at),
            }
        };
        servers.map(resolve).collect()
    }

    fn hosts(&mut self, file: &ApiFile, at: At<'_>, inherited: &Cited) -> Vec<Host> {
        let resolve = |(host, at): (&format::Host, At<'_>)| {
            self.removed(host.removed.as_ref(), at);
            Host {
                region: host.region.clone(),
                host: host.host.clone(),
                role: host.role,
                note: host.note.clone(),
                since: self.since(host.since.as_ref(), at).map(|since| since.date),
                removed: host.removed.as_ref().map(|removed| removed.date.clone()),
                sources: self.sources(host.source.as_ref(), at, inherited).ids,
                origin: self.origin(at),
            }
        };
        file.hosts.iter().zip(at.each()).map(resolve).collect()
    }

    fn headers(
        &mut self,
        headers: &IndexMap<String, format::Header>,
        list: At<'_>,
        inherited: &Cited,
        side: &str,
    ) -> Vec<Header> {
        let resolve = |((name, header), at): ((&String, &format::Header), At<'_>)| {
            let origin = self.origin(at);
            self.since(header.since.as_ref(), at);
            self.header_pattern(header, at);
            self.disputes(&header.disputed, at, origin, || {
                format!("{side} header {name}")
            });
            Header {
                name: name.clone(),
                required: header.required,
                description: header.description.clone(),
                format: header.format.unwrap_or(HeaderFormat::Text),
                max_length: header.max_length,
                pattern: header.pattern.clone(),
                example: header.example.clone(),
                sources: self.sources(header.source.as_ref(), at, inherited).ids,
                origin,
            }
        };
        headers.iter().zip(list.entries()).map(resolve).collect()
    }

    /// Checks that a pattern is valid, and that the format does not make it useless.
    fn header_pattern(&mut self, header: &format::Header, at: At<'_>) {
        let Some(pattern) = &header.pattern else {
            return;
        };
        let at = at.at("pattern");
        match header.format.unwrap_or(HeaderFormat::Text) {
            HeaderFormat::Text => self.usable_pattern(pattern, at.span()),
            HeaderFormat::EpochMillis
            | HeaderFormat::Datetime
            | HeaderFormat::KeyValueList
            | HeaderFormat::MediaType => {
                let message = "`pattern` requires the format `text`";
                let diagnostic = Diagnostic::new(&codes::MISFIT, message)
                    .at(at.key_span(), "does not fit the format")
                    .help("remove `pattern`: the format already defines the form of the value");
                self.report(diagnostic);
            }
        }
    }

    fn wire(&mut self, wire: Option<&format::Wire>, at: At<'_>, inherited: &Cited) -> Wire {
        let Some(wire) = wire else {
            return Wire {
                scalars: Scalars::Native,
                empty_text: EmptyText::Allowed,
                lengths: Lengths::Characters,
                decimals: BTreeMap::new(),
                description: None,
                sources: SourceIds::new(),
            };
        };
        let origin = self.origin(at);
        self.disputes(&wire.disputed, at, origin, || "wire".to_owned());
        Wire {
            scalars: wire.scalars,
            empty_text: wire.empty_text,
            lengths: wire.lengths,
            decimals: self.decimals(&wire.decimals, at.at("decimals")),
            description: wire.description.clone(),
            sources: self.sources(wire.source.as_ref(), at, inherited).ids,
        }
    }

    /// Checks that a template names only parts that can be signed.
    pub(super) fn template(&mut self, of: TemplateOf<'_>, template: &str, at: At<'_>) {
        let names = of.names().into_iter().map(|(name, _)| name);
        let names: Vec<&str> = names.collect();
        let parts = of.parts(template);
        let is_filter = matches!(&parts, Err(NotTemplate::Name(name)) if name.contains('|'));
        let (what, help) = match parts {
            Ok(parts) if parts.iter().any(TemplatePart::is_body) => return,
            Ok(_) => (
                "`{body}` is missing: the body is not signed".to_owned(),
                "add `{body}`: a signature that does not cover the body proves nothing".to_owned(),
            ),
            Err(NotTemplate::Brace) => (
                "unmatched brace".to_owned(),
                "write each placeholder in a pair of braces, such as `{body}`".to_owned(),
            ),
            Err(NotTemplate::Name(name)) => (
                format!("unknown placeholder `{{{name}}}`"),
                match closest(name, names.iter().copied()) {
                    Some(meant) => format!("did you mean `{{{meant}}}`?"),
                    None => format!("expected one of `{{{}}}`", names.join("}`, `{")),
                },
            ),
        };
        let diagnostic = Diagnostic::new(&codes::BAD_TEMPLATE, what)
            .at(at.span(), "in this template")
            .help(help);
        self.report(match is_filter {
            true => diagnostic.limit(&limits::SIGNED_FILTERS),
            false => diagnostic,
        });
    }

    fn signature(
        &mut self,
        signature: &format::Signature,
        at: At<'_>,
        inherited: &Cited,
    ) -> Signature {
        let origin = self.origin(at);
        self.disputes(&signature.disputed, at, origin, || "signature".to_owned());
        let (request, response) = (&signature.request_content, &signature.response_content);
        self.template(TemplateOf::Request, request, at.at("request_content"));
        self.template(TemplateOf::Response, response, at.at("response_content"));
        Signature {
            algorithm: signature.algorithm,
            algorithm_name: signature.algorithm_name.clone(),
            key_bits: signature.key_bits,
            request_content: signature.request_content.clone(),
            response_content: signature.response_content.clone(),
            uri: signature.uri.clone(),
            encoding: signature.encoding.clone(),
            header: signature.header.clone(),
            header_keys: signature.header_keys.clone(),
            notes: signature.notes.clone(),
            sources: self.sources(signature.source.as_ref(), at, inherited).ids,
            origin,
        }
    }
}
