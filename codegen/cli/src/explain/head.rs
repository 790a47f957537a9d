//! The first line of a card.

use std::io::{self, Write};

use serde::Serialize;

use super::subject::{Kind, Subject};
use crate::output::{bold, dim, plain};

/// The first line of a card.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    kind: Kind,
    /// The name without the API, because the card has the API in another place.
    name: String,
}

impl Head {
    /// Makes the head of the card of a subject.
    pub(super) fn of(subject: &Subject<'_>) -> Self {
        let mut names = subject.names();
        let name = names.swap_remove(usize::from(names.len() > 1));
        Head {
            kind: subject.kind(),
            name,
        }
    }

    pub(super) fn write(&self, api: Option<&str>, out: &mut impl Write) -> io::Result<()> {
        let api = api.map(|api| format!(", {api}")).unwrap_or_default();
        let kind = dim(format!("({}{api})", self.kind.as_str()));
        writeln!(out, "{} {kind}", bold(plain(&self.name)))
    }
}
