//! Reads the endpoint of a request that a page shows only as a command of `curl`.

use super::METHODS;
use crate::item::{Item, Kind};

/// The greatest number of lines of a command.
const LINES: usize = 60;

/// The endpoint of a command.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    /// The line with the address.
    pub(super) index: usize,
    pub(super) method: String,
    /// The path. [`None`] if a part of it is an id, in place of which the API has a variable.
    pub(super) path: Option<String>,
}

/// Returns the endpoint of the first command.
pub(super) fn endpoint(items: &[Item]) -> Option<Endpoint> {
    let begins = |item: &Item| item.kind == Kind::Code && item.text.starts_with("curl ");
    let first = items.iter().position(begins)?;
    let lines = items.iter().enumerate().skip(first).take(LINES);
    let mut goes_on = true;
    let lines = lines.take_while(|(_, item)| {
        let is_own = goes_on && item.kind == Kind::Code;
        goes_on = item.text.ends_with('\\');
        is_own
    });
    let (mut method, mut address, mut sends) = (None, None, false);
    for (index, item) in lines {
        // `- X` is a damaged `-X`.
        let text = item.text.replace("- ", "-");
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            let word = word.trim_matches(['"', '\'']);
            match word {
                "-X" | "--request" => method = words.next().map(str::to_uppercase),
                "-d" | "--data" | "-F" | "--form" => sends = true,
                _ if address.is_none() && word.contains("://") => {
                    address = path(word).map(|path| (index, path.to_owned()));
                }
                _ => {}
            }
        }
    }
    let (index, path) = address?;
    let method = method.unwrap_or_else(|| if sends { "POST" } else { "GET" }.to_owned());
    METHODS.contains(&method.as_str()).then(|| Endpoint {
        index,
        method,
        path: path.split('/').all(is_plain).then_some(path),
    })
}

/// Returns the path of an address.
fn path(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let path = rest.get(rest.find('/')?..)?;
    path.split(['?', '#', '"', '\'']).next()
}

/// Returns whether a part of a path is a word, a version or a variable.
fn is_plain(part: &str) -> bool {
    let is_version = part.strip_prefix('v').is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let mut bytes = part.bytes();
    let is_word = bytes.all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-' | b'.'));
    is_version || is_word || part.starts_with([':', '{'])
}
