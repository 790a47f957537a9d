//! Addresses are no place for sensitive values: servers and proxies log them.

use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::model::{Api, Caller, Field};
use crate::source::SourceMap;
use payspec_runtime::Location;

/// Reports each sensitive field of a request that travels in the path or query.
pub(super) fn check(api: &Api, sources: &SourceMap, diagnostics: &mut Diagnostics) {
    let sent = api
        .operations
        .iter()
        .filter(|one| one.caller == Caller::Merchant);
    for operation in sent {
        let fields = operation.request.object.fields.iter();
        for field in fields.filter(|field| field.sensitive.is_some()) {
            let place = match field.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header | Location::Body | Location::WholeBody => continue,
            };
            diagnostics.extend([logged(field, place, sources)]);
        }
    }
}

fn logged(field: &Field, place: &str, sources: &SourceMap) -> Diagnostic {
    let message = format!(
        "`{}` is sensitive, and travels in the {place}, which servers and proxies log",
        field.name
    );
    Diagnostic::new(&codes::SENSITIVE_ADDRESS, message)
        .at(sources.word_at(field.origin), "")
        .help("let it travel in a header or the body, if the provider takes it there")
}
