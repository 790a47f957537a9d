//! Files of format version 1: an array of texts on each line, without a checksum.

use super::parts::Parts;
use super::record::Record;
use std::collections::HashMap;

/// The first text of each kind of line.
const OPENED: &str = "opened";
const BEFORE: &str = "before";
const BEGIN: &str = "begin";
const STANDS: &str = "stands";
const DECIDED: &str = "decided";
const NOT_SENT: &str = "not_sent";
const IN_DOUBT: &str = "in_doubt";

const ALL: [&str; 7] = [OPENED, BEFORE, BEGIN, STANDS, DECIDED, NOT_SENT, IN_DOUBT];

/// Returns whether a file contains a line of this format.
pub(super) fn begins(bytes: &[u8]) -> bool {
    (0..bytes.len()).any(|place| texts(bytes, place).is_some())
}

/// Reads a file as records of the present format.
pub(super) fn records(bytes: &[u8]) -> Parts {
    let mut doubts = Doubts::default();
    Parts::read(bytes, |place| {
        let (texts, end) = texts(bytes, place)?;
        Some((doubts.record(&texts)?, end))
    })
}

/// Reads an array whose first text is a keyword of this format; returns it with its end. Such an array
/// never occurs inside a text, where each quote has a backslash before it.
fn texts(bytes: &[u8], place: usize) -> Option<(Vec<String>, usize)> {
    let rest = bytes.get(place..)?;
    let word = rest.strip_prefix(b"[\"")?;
    let is_word = |known: &&str| {
        let after = word.strip_prefix(known.as_bytes());
        after.is_some_and(|after| after.first() == Some(&b'"'))
    };
    ALL.iter().find(|known| is_word(known))?;
    let mut stream = serde_json::Deserializer::from_slice(rest).into_iter::<Vec<String>>();
    let texts = stream.next()?.ok()?;
    Some((texts, place + stream.byte_offset()))
}

/// The open entries, with whether they may have arrived before they were last tried.
#[derive(Default)]
struct Doubts {
    open: HashMap<(String, String), bool>,
}

impl Doubts {
    /// Returns the record of a line; an inner [`None`] for a line that changes nothing, an outer one
    /// for a line that is not of this format.
    fn record(&mut self, texts: &[String]) -> Option<Option<Record<String>>> {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let name = |operation: &str, id: &str| (operation.to_owned(), id.to_owned());
        Some(match texts.as_slice() {
            [OPENED] => {
                self.open.values_mut().for_each(|doubtful| *doubtful = true);
                None
            }
            [BEFORE, operation, id, body] => {
                let name = name(operation, id);
                if self.open.contains_key(&name) {
                    return Some(None);
                }
                self.open.insert(name.clone(), false);
                Some(Record::Call {
                    operation: name.0,
                    id: name.1,
                    scope: String::new(),
                    body: (*body).to_owned(),
                    begun: None,
                })
            }
            [BEGIN, operation, id, body, state] => {
                let name = name(operation, id);
                self.open.insert(name.clone(), false);
                Some(Record::Payment {
                    operation: name.0,
                    id: name.1,
                    scope: String::new(),
                    body: (*body).to_owned(),
                    state: (*state).to_owned(),
                })
            }
            [STANDS, operation, id, state] => {
                let (operation, id) = name(operation, id);
                Some(Record::Stands {
                    operation,
                    id,
                    state: (*state).to_owned(),
                })
            }
            [DECIDED, operation, id] => {
                let (operation, id) = name(operation, id);
                self.open.remove(&(operation.clone(), id.clone()));
                Some(Record::Decided { operation, id })
            }
            [NOT_SENT, operation, id] => {
                let name = name(operation, id);
                // This sending did not leave, but an earlier one may have.
                match self.open.get_mut(&name) {
                    Some(true) | None => None,
                    Some(false) => {
                        self.open.remove(&name);
                        let (operation, id) = name;
                        Some(Record::NotSent { operation, id })
                    }
                }
            }
            [IN_DOUBT, operation, id] => {
                if let Some(doubtful) = self.open.get_mut(&name(operation, id)) {
                    *doubtful = true;
                }
                None
            }
            _ => return None,
        })
    }
}
