//! Fields of a body that should have the same currency.

use super::Context;
use super::paths::{Wanted, Way};
use super::sources::Cited;
use crate::diagnostic::{Diagnostic, codes};
use crate::format;
use crate::model::{Object, SameCurrency};
use crate::source::At;

impl Context<'_> {
    /// Resolves the groups of a body; the objects on the paths must be resolved already.
    pub(super) fn same_currency(
        &mut self,
        groups: &[format::SameCurrency],
        at: At<'_>,
        body: &Object,
        sources: &Cited,
    ) -> Vec<SameCurrency> {
        let list = at.at("same_currency");
        let resolve = |(group, at): (&format::SameCurrency, At<'_>)| {
            let mut paths: Vec<Vec<String>> = Vec::new();
            for (text, at) in group.fields.iter().zip(at.at("fields").each()) {
                let wanted = (Way::OneValue, Wanted::Currency);
                let Some(path) = self.path_to(body, text, at, wanted) else {
                    continue;
                };
                if paths.contains(&path) {
                    let message = format!("duplicate path `{text}`");
                    self.report(
                        Diagnostic::new(&codes::IDLE_GROUP, message).at(at.span(), "again"),
                    );
                }
                paths.push(path);
            }
            SameCurrency {
                paths,
                strength: self.strength(&group.particulars, at.at("particulars"), sources),
                origin: self.map.origin(at.key_span()),
            }
        };
        groups.iter().zip(list.each()).map(resolve).collect()
    }
}
