//! Reads the messages of a record: a line of a recording, or an entry of a HAR file.

use std::borrow::Cow;

use payspec_runtime::json::Node;
use payspec_runtime::rules;

use super::body::Body;
use super::problem::Problem;
use payspec_model::model::Side;

/// A recorded message.
#[derive(Debug)]
pub(super) struct Message<'n> {
    pub(super) target: Target<'n>,
    pub(super) side: Side,
    /// The HTTP status of a response, if the record has it.
    pub(super) http_status: Option<u16>,
    pub(super) body: Result<Body<'n>, Problem>,
}

/// The operation that a record names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target<'n> {
    /// The id of the operation.
    Operation(&'n str),
    /// The method and the path of the request, without host and query.
    Address(Cow<'n, str>, &'n str),
}

/// Returns the messages of a record: one, or the two of an exchange.
pub(super) fn messages<'n>(record: &'n Node<'n>) -> Result<Vec<Message<'n>>, Problem> {
    let Node::Object(_) = record else {
        return Err(Problem::NotRecord);
    };
    match record.get("request") {
        Some(request @ Node::Object(_)) if request.get("url").is_some() => {
            exchange(record, request)
        }
        Some(_) | None => one(record).map(|message| vec![message]),
    }
}

/// Reads a line with a body: `operation` and `side`, or `method`, `path` and, for a response,
/// `status`.
fn one<'n>(record: &'n Node<'n>) -> Result<Message<'n>, Problem> {
    let target = match text(record, "operation")? {
        Some(operation) => Target::Operation(operation),
        None => match (text(record, "method")?, text(record, "path")?) {
            (Some(method), Some(path)) => address(method, path),
            (Some(_) | None, Some(_) | None) => return Err(Problem::Unnamed),
        },
    };
    let side = match (text(record, "side")?, record.get("status")) {
        (Some(side), _) => Side::parse(side).ok_or(Problem::Side)?,
        (None, None | Some(Node::Null)) => match target {
            Target::Address(..) => Side::Request,
            Target::Operation(_) => return Err(Problem::Side),
        },
        (None, Some(_)) => Side::Response,
    };
    let http_status = record.get("status").filter(|_| side == Side::Response);
    let http_status = http_status.and_then(number);
    let body = match record.get("body") {
        None | Some(Node::Null) => no_body(http_status),
        Some(Node::String(text)) => Ok(Body::Text(Cow::Borrowed(text.as_bytes()))),
        Some(node) => Ok(Body::Node(node)),
    };
    Ok(Message {
        target,
        side,
        http_status,
        body,
    })
}

/// Reads the request and, if one came, the response of a HAR entry.
fn exchange<'n>(entry: &'n Node<'n>, request: &'n Node<'n>) -> Result<Vec<Message<'n>>, Problem> {
    let method = text(request, "method")?.ok_or(Problem::Unnamed)?;
    let url = text(request, "url")?.ok_or(Problem::Unnamed)?;
    let target = address(method, without_host(url));
    let mut messages = vec![Message {
        target: target.clone(),
        side: Side::Request,
        http_status: None,
        body: content(request.get("postData")),
    }];
    let response = entry.get("response");
    // Browsers write the status 0 if no response came.
    let status = response.and_then(|response| response.get("status"));
    if let Some(written @ Node::Number(status)) = status
        && *status != "0"
    {
        let http_status = number(written);
        let body = content(response.and_then(|response| response.get("content")));
        messages.push(Message {
            target,
            side: Side::Response,
            http_status,
            body: match body {
                Err(Problem::NoBody) => no_body(http_status),
                read => read,
            },
        });
    }
    Ok(messages)
}

/// Returns the body of a message without one: an answer whose HTTP status allows none has no fields.
fn no_body<'n>(http_status: Option<u16>) -> Result<Body<'n>, Problem> {
    match http_status.is_some_and(rules::has_no_body) {
        true => Ok(Body::Text(Cow::Borrowed(b"{}"))),
        false => Err(Problem::NoBody),
    }
}

/// Returns the HTTP status that a recording states.
fn number(status: &Node<'_>) -> Option<u16> {
    match status {
        Node::Number(text) => text.parse().ok(),
        Node::String(text) => text.parse().ok(),
        Node::Null | Node::Boolean(_) | Node::Array(_) | Node::Object(_) | Node::Damaged(_) => None,
    }
}

/// Returns the body in `postData` or `content`.
fn content<'n>(content: Option<&'n Node<'n>>) -> Result<Body<'n>, Problem> {
    let content = content.ok_or(Problem::NoBody)?;
    let body = text(content, "text")?.filter(|text| !text.is_empty());
    let body = body.ok_or(Problem::NoBody)?;
    match text(content, "encoding")? {
        Some("base64") => Body::base64(body).ok_or(Problem::BodyNotJson),
        Some(_) | None => Ok(Body::Text(Cow::Borrowed(body.as_bytes()))),
    }
}

fn address<'n>(method: &'n str, path: &'n str) -> Target<'n> {
    let upper = method.bytes().all(|byte| !byte.is_ascii_lowercase());
    let method = match upper {
        true => Cow::Borrowed(method),
        false => Cow::Owned(method.to_ascii_uppercase()),
    };
    let path = without_host(path);
    Target::Address(method, path.split(['?', '#']).next().unwrap_or(path))
}

/// Removes scheme and host from a URL.
fn without_host(url: &str) -> &str {
    let Some((_, behind)) = url.split_once("://") else {
        return url;
    };
    // A query may hold a URL.
    if url.starts_with('/') {
        return url;
    }
    behind
        .find('/')
        .and_then(|at| behind.get(at..))
        .unwrap_or("/")
}

/// Returns a member that holds a text, if the record has it.
fn text<'n>(record: &'n Node<'n>, name: &'static str) -> Result<Option<&'n str>, Problem> {
    match record.get(name) {
        None | Some(Node::Null) => Ok(None),
        Some(Node::String(text)) => Ok(Some(text)),
        Some(_) => Err(Problem::Member(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(record: &str) -> Result<Vec<(String, Side, bool)>, Problem> {
        let record = Node::parse(record).expect("JSON");
        let messages = messages(&record)?.into_iter();
        let shown = messages.map(|message| {
            let target = match message.target {
                Target::Operation(id) => id.to_owned(),
                Target::Address(method, path) => format!("{method} {path}"),
            };
            (target, message.side, message.body.is_ok())
        });
        Ok(shown.collect())
    }

    #[test]
    fn records() {
        use Side::{Request, Response};
        let one = |record: &str| read(record).map(|all| all[0].clone());
        let is = |target: &str, side, has_body| Ok((target.to_owned(), side, has_body));
        assert_eq!(
            one(r#"{"operation":"pay","side":"request","body":{}}"#),
            is("pay", Request, true)
        );
        assert_eq!(
            one(r#"{"method":"post","path":"/pay?a=/b","body":"{}"}"#),
            is("POST /pay", Request, true)
        );
        assert_eq!(
            one(r#"{"method":"POST","path":"https://a.example/pay","status":200}"#),
            is("POST /pay", Response, false)
        );
        assert_eq!(
            one(r#"{"operation":"undo","status":204}"#),
            is("undo", Response, true)
        );
        assert_eq!(
            one(r#"{"operation":"pay","status":200,"body":[]}"#),
            is("pay", Response, true)
        );
        for (record, problem) in [
            ("[]", Problem::NotRecord),
            ("{}", Problem::Unnamed),
            (r#"{"method":"POST"}"#, Problem::Unnamed),
            (r#"{"operation":5}"#, Problem::Member("operation")),
            (r#"{"operation":"pay","body":{}}"#, Problem::Side),
            (
                r#"{"operation":"pay","side":"both","body":{}}"#,
                Problem::Side,
            ),
        ] {
            assert_eq!(read(record), Err(problem), "{record}");
        }
    }

    #[test]
    fn entries() {
        let entry = r#"{"request":{"method":"POST","url":"https://a.example/x/pay?q=http://b/c",
            "postData":{"text":"{}"}},"response":{"status":200,"content":{"text":"e30=","encoding":"base64"}}}"#;
        let path = "POST /x/pay".to_owned();
        let both = vec![
            (path.clone(), Side::Request, true),
            (path.clone(), Side::Response, true),
        ];
        assert_eq!(read(entry), Ok(both));
        let unanswered = r#"{"request":{"method":"POST","url":"/x/pay"},"response":{"status":0}}"#;
        assert_eq!(read(unanswered), Ok(vec![(path, Side::Request, false)]));
    }
}
