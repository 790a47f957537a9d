//! The messages of an operation to copy: its examples, and a request for `curl`.

use payspec_codegen::emit::rust::request_program;
use payspec_model::model::{Api, Caller, Header, HeaderFormat, Operation, Server, Side};
use payspec_model::sample;
use payspec_runtime::MediaType;
use payspec_runtime::request::form_pairs;

use crate::auth;
use crate::context::{ApiSite, Site};
use crate::fields::MOST_FIELDS;

use crate::parts::{Sample, Words};

/// Returns the samples of one side of an operation.
pub(crate) fn samples(
    site: &Site<'_>,
    one: &ApiSite<'_>,
    operation: &Operation,
    side: Side,
) -> Vec<Sample> {
    let api = one.api;
    let mut samples = messages(one, operation, side);
    if let Some(first) = samples.first_mut() {
        first.open = true;
    }
    match (side, operation.caller) {
        (Side::Request, Caller::Merchant) => {
            let message = samples.first().map(|one| one.text.clone());
            samples.push(Sample {
                title: "curl".to_owned(),
                language: "sh",
                text: curl(api, operation, message.as_deref()),
                note: note(api),
                open: false,
            });
            let message = message.as_deref().unwrap_or("{}");
            samples.extend(rust(site, api, operation, message));
        }
        (Side::Request, Caller::Provider) | (Side::Response, _) => {}
    }
    samples
}

/// Returns what a reader fills in before the request can be sent.
fn note(api: &Api) -> Option<Words> {
    let text = match (&api.signature, &api.auth) {
        (Some(signature), _) => format!(
            "Replace the value of `{}` with the signature of this request: see the page of the API.",
            signature.header
        ),
        (None, Some(_)) => {
            "Replace the names in angle brackets with your credentials: see the page of the API."
                .to_owned()
        }
        (None, None) => return None,
    };
    Some(Words::new(&text))
}

/// Returns the documented messages, or one that is made from the spec.
fn messages(one: &ApiSite<'_>, operation: &Operation, side: Side) -> Vec<Sample> {
    let api = one.api;
    let documented = operation.examples.iter().filter(|one| one.side == side);
    let documented: Vec<Sample> = documented
        .map(|example| Sample {
            title: match example.http_status {
                Some(status) => format!("{} (HTTP {status})", title(side, &example.name)),
                None => title(side, &example.name),
            },
            language: "json",
            text: example.json.trim_end().to_owned(),
            note: example.note.as_deref().map(Words::new),
            open: false,
        })
        .collect();
    let body = operation.body(side);
    let body = body.filter(|body| documented.is_empty() && !body.object.fields.is_empty());
    // Types that share types multiply the fields of a message with every field.
    let body = body.filter(|body| one.is_small(&body.object, MOST_FIELDS));
    let made = body.and_then(|body| serde_json::to_string_pretty(&sample::full(api, body)).ok());
    let made = made.map(|text| Sample {
        title: title(side, "every field"),
        language: "json",
        text,
        note: Some(Words::new("Made from the spec: no message is documented.")),
        open: false,
    });
    documented.into_iter().chain(made).collect()
}

/// Returns the program that builds a message with the generated crate, if there is one and it can.
fn rust(site: &Site<'_>, api: &Api, operation: &Operation, message: &str) -> Option<Sample> {
    let crate_name = site.crate_name?;
    let message = serde_json::from_str(message).ok()?;
    // A spec whose names have no spelling in Rust has no crate either.
    let text = request_program(api, operation, crate_name, &message).ok()??;
    Some(Sample {
        title: "Rust".to_owned(),
        language: "rust",
        text,
        note: None,
        open: false,
    })
}

fn title(side: Side, name: &str) -> String {
    if name == side.as_str() {
        format!("Example {side}")
    } else {
        format!("Example {side}: {name}")
    }
}

/// Returns the command that sends a request. It has the headers that the spec requires, with their examples.
fn curl(api: &Api, operation: &Operation, message: Option<&str>) -> String {
    let parts = message.and_then(|message| Parts::of(api, operation, message));
    let parts = parts.unwrap_or_else(|| Parts {
        target: operation.path.clone(),
        headers: Vec::new(),
        body: message.map(|message| vec![("--data-raw", message.to_owned())]),
    });
    let mut lines = vec![format!(
        "curl -X {} {}",
        operation.method.as_str(),
        quoted(&url(api, &parts.target))
    )];
    for (name, value) in &parts.headers {
        lines.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
    }
    lines.extend(
        auth::options(api, operation).map(|(option, value)| format!("{option} {}", quoted(&value))),
    );
    let is_type = |header: &&Header| header.format == HeaderFormat::MediaType;
    let headers = api.request_headers.iter();
    for header in headers.clone().filter(|one| one.required || is_type(one)) {
        let placeholder = format!("<{}>", header.name);
        let value = header.example.as_deref().unwrap_or(&placeholder);
        let value = match operation.body_type() {
            Some(form @ MediaType::Form) if is_type(&header) => form.as_str(),
            Some(MediaType::Form | MediaType::Json) | None => value,
        };
        lines.push(format!(
            "-H {}",
            quoted(&format!("{}: {value}", header.name))
        ));
    }
    if let Some(body) = &parts.body {
        // curl itself says that a body is a form.
        let is_json = operation.body_type() == Some(MediaType::Json);
        if is_json && headers.filter(is_type).count() == 0 {
            lines.push(format!("-H {}", quoted("Content-Type: application/json")));
        }
        let data = body.iter();
        lines.extend(data.map(|(option, data)| format!("{option} {}", quoted(data))));
    }
    lines.join(" \\\n  ")
}

/// The parts of a documented request in HTTP.
struct Parts {
    target: String,
    headers: Vec<(String, String)>,
    /// The options with the body: as it is documented, unless other parts have some of it, or a pair of a form each;
    /// absent where the method has none.
    body: Option<Vec<(&'static str, String)>>,
}

impl Parts {
    /// Takes a message apart; [`None`] if it cannot be sent.
    fn of(api: &Api, operation: &Operation, message: &str) -> Option<Self> {
        let layout = operation.layout(api);
        if layout.is_whole() {
            return None;
        }
        let parts = layout.split(message.as_bytes()).ok()?;
        let text = String::from_utf8(parts.body).ok();
        let text = text.filter(|text| !text.is_empty());
        let body = text.map(|text| match parts.media_type {
            Some(MediaType::Form) => form(&text),
            Some(MediaType::Json) | None => vec![("--data-raw", text)],
        });
        Some(Parts {
            target: parts.target,
            headers: parts.headers,
            body,
        })
    }
}

/// Returns the pairs of a form. curl encodes the value, but not the name.
fn form(text: &str) -> Vec<(&'static str, String)> {
    let names = text
        .split('&')
        .map(|pair| pair.split('=').next().unwrap_or(pair));
    let values = form_pairs(text).unwrap_or_default();
    let pairs = names.zip(values).map(|(name, (_, value))| {
        let name = name.replace("%5B", "[").replace("%5D", "]");
        ("--data-urlencode", format!("{name}={value}"))
    });
    pairs.collect()
}

/// Returns the address of a request: that of the sandbox, if there is one.
fn url(api: &Api, target: &str) -> String {
    let mut servers = api.servers.iter();
    let sandbox = servers.clone().find(|one| one.environment == "sandbox");
    let server: Option<&Server> = sandbox.or_else(|| servers.next());
    let hosts = || api.hosts.iter().filter(|host| host.removed.is_none());
    let host = server
        .and_then(|server| server.host.as_deref())
        .or_else(|| hosts().next().map(|host| host.host.as_str()))
        .unwrap_or("HOST");
    let prefix = server.map_or("", |server| &server.prefix);
    format!("https://{host}{prefix}{target}")
}

/// Quotes a text for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::{curl, quoted};

    #[test]
    fn a_shell_reads_the_text_as_it_is() {
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
    }

    #[test]
    fn curl_encodes_the_values_of_a_form() {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/forms");
        let model = payspec_model::load(&folder).model.expect("a model");
        let (api, send) = model.operation("send").expect("an operation");
        let message = r#"{"Idempotency-Key": "1", "orderId": "a b&c", "card": {"token": "it's"}}"#;
        let command = curl(api, send, Some(message));
        let data = "--data-urlencode 'orderId=a b&c' \\\n  --data-urlencode 'card[token]=it'\\''s'";
        assert!(command.ends_with(data), "{command}");
        assert!(!command.contains("application/json"), "{command}");
    }
}
