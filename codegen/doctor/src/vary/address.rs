//! Other methods, paths and client ids that may have been signed.

use percent_encoding::percent_decode_str;

use super::super::case::Case;
use super::super::parts::Variations;
use payspec_model::model::{Operation, Side};
use payspec_runtime::request::PathPattern;

const METHODS: [&str; 5] = ["POST", "GET", "PUT", "PATCH", "DELETE"];

pub(in super::super) fn method(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    for method in METHODS {
        to.method(method);
        to.method(&method.to_ascii_lowercase());
    }
    to.method("Post");
    to.method("");
}

/// Adds the same operation in another environment.
pub(in super::super) fn environment(case: &Case<'_>, to: &mut Variations<'_, '_>) {
    let uri = to.uri_now();
    let Some(rest) = case.behind_prefix(uri) else {
        return;
    };
    for environment in &case.api.servers {
        to.uri(&[&environment.prefix, rest].concat());
    }
}

/// Adds the path without its prefix, as the page of an operation prints it, or with a prefix if it has none.
pub(in super::super) fn without_prefix(case: &Case<'_>, to: &mut Variations<'_, '_>) {
    let uri = to.uri_now();
    match case.behind_prefix(uri) {
        Some(rest) => to.uri(rest),
        None => {
            for environment in &case.api.servers {
                to.uri(&[&environment.prefix, uri].concat());
            }
        }
    }
}

/// Adds the address with its host.
pub(in super::super) fn whole_url(case: &Case<'_>, to: &mut Variations<'_, '_>) {
    let uri = to.uri_now();
    let sent = match case.side {
        Side::Request => Some(case.message),
        Side::Response => case.other,
    };
    let sent = sent.and_then(|request| request.value("host"));
    let documented = case.api.hosts.iter().map(|host| host.host.as_str());
    for host in sent.into_iter().chain(documented) {
        for scheme in ["https://", "http://", ""] {
            to.uri(&[scheme, host, uri].concat());
        }
    }
}

pub(in super::super) fn query(case: &Case<'_>, to: &mut Variations<'_, '_>) {
    let uri = to.uri_now();
    if let Some((path, query)) = uri.split_once('?') {
        to.uri(path);
        to.uri(&format!("{path}?"));
        let mut sorted: Vec<&str> = query.split('&').collect();
        sorted.sort_unstable();
        to.uri(&format!("{path}?{}", sorted.join("&")));
        return;
    }
    to.uri(&format!("{uri}?"));
    // The path that was given by hand may lack the query of the request.
    let sent = case.sent_uri().and_then(|sent| sent.split_once('?'));
    if let Some((_, query)) = sent {
        to.uri(&format!("{uri}?{query}"));
    }
}

pub(in super::super) fn slash(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    let uri = to.uri_now();
    let (path, query) = match uri.find('?') {
        Some(start) => uri.split_at(start),
        None => (uri, ""),
    };
    let other = match path.strip_suffix('/') {
        Some(path) => format!("{path}{query}"),
        None => format!("{path}/{query}"),
    };
    to.uri(&other);
}

/// Adds the paths of other operations, and the rest of the path after a proxy that cuts off its beginning.
pub(in super::super) fn other_path(case: &Case<'_>, to: &mut Variations<'_, '_>) {
    let uri = to.uri_now();
    for (start, _) in uri.match_indices('/').skip(1) {
        to.uri(&uri[start..]);
    }
    let is_whole =
        |operation: &&Operation| PathPattern::new(&operation.path).fields().next().is_none();
    for operation in case.api.operations.iter().filter(is_whole) {
        for environment in &case.api.servers {
            to.uri(&[&*environment.prefix, &operation.path].concat());
        }
        to.uri(&operation.path);
    }
    if let Some(sent) = case.sent_uri() {
        to.uri(sent);
    }
    to.uri("/");
    to.uri("");
}

pub(in super::super) fn path_spelling(_: &Case<'_>, to: &mut Variations<'_, '_>) {
    let uri = to.uri_now();
    to.uri(&uri.to_ascii_lowercase());
    to.uri(uri.trim_start_matches('/'));
    to.uri(&format!("/{uri}"));
    to.uri(&uri.replace('/', "%2F"));
    to.uri(&uri.replace("//", "/"));
    if let Ok(decoded) = percent_decode_str(uri).decode_utf8() {
        to.uri(&decoded);
    }
}

pub(in super::super) fn client_id(case: &Case<'_>, to: &mut Variations<'_, '_>) {
    let id = to.client_id_now();
    let header = &case.signing.client_id.name;
    let messages = [Some(case.message), case.other];
    let stated = messages.into_iter().flatten();
    let stated = stated.filter_map(|message| message.value(header));
    for other in stated.chain(case.settings.client_id.as_deref()) {
        to.client_id(other);
    }
    let beginnings = case.api.servers.iter();
    for beginning in beginnings.filter_map(|one| one.client_id_prefix.as_deref()) {
        match id.strip_prefix(beginning) {
            Some(rest) => to.client_id(rest),
            None => to.client_id(&[beginning, id].concat()),
        }
    }
    to.client_id(&id.to_ascii_lowercase());
    to.client_id(&id.to_ascii_uppercase());
    to.client_id("");
    to.client_id("null");
}
