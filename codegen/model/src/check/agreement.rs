//! Compares an incoming message with the request that it is about, as generated clients do.

use payspec_runtime::json::{Node, lenient_text};
use payspec_runtime::{Agreed, AgreedPart, Contradiction, NotJson, StatusClass, rules};

use super::{Because, Checker, Findings, Verdict};
use crate::model::{Agreement, Decide, Direction};
use crate::pointer::pointer;

impl<'m> Checker<'m> {
    /// Checks and judges a message as [`assess`](Self::assess) does, and compares it with the request
    /// that it is about: for an answer to an inquiry and for a notification, that is the request that
    /// pays. A message that names another id or another amount decides nothing.
    ///
    /// # Errors
    ///
    /// When the message is not a JSON text.
    pub fn assess_against(
        &self,
        json: &[u8],
        request: &Node<'_>,
        http_status: Option<u16>,
    ) -> Result<(Findings, Option<Verdict<'m>>), NotJson> {
        let (findings, verdict) = self.assess(json, http_status)?;
        let json = http_status.map_or(json, |status| rules::json_of_answer(status, json));
        let text = lenient_text(json)?;
        let message = Node::parse_lenient(&text)?;
        let verdict = verdict.map(|verdict| match self.contradiction(&message, request) {
            Some(contradiction) => verdict.contradicted(contradiction),
            None => verdict,
        });
        Ok((findings, verdict))
    }

    /// Returns the first value of an incoming message that contradicts the request.
    fn contradiction(&self, message: &Node<'_>, request: &Node<'_>) -> Option<Contradiction> {
        let result = self.operation.result.as_ref();
        let handling = result.filter(|_| self.direction == Direction::Incoming)?;
        // Ids are compared like amounts: a contradiction shows both values, so neither may be
        // sensitive.
        let ids = handling.references.iter().map(|path| Agreement {
            path: path.clone(),
            origin: handling.origin,
        });
        let mut compared = ids.chain(handling.agrees.iter().cloned());
        compared.find_map(|agreement| {
            // Fields that cannot be compared have been reported.
            let parts = agreement.parts(self.api, &self.body.object).ok()?;
            let parts: Vec<AgreedPart<'_>> = parts
                .iter()
                .map(|part| AgreedPart {
                    path: &part.path,
                    kind: part.kind,
                })
                .collect();
            let names: Vec<&str> = agreement.path.iter().map(String::as_str).collect();
            let agreed = Agreed {
                pointer: &pointer(&agreement.path),
                path: &names,
                parts: &parts,
            };
            agreed.compare(request, message).err()
        })
    }
}

impl Verdict<'_> {
    /// Returns a verdict for the same message that decides nothing.
    fn contradicted(self, contradiction: Contradiction) -> Self {
        Verdict {
            decide: Decide::Pending,
            class: StatusClass::Pending,
            because: Because::OtherRequest(contradiction),
            known: None,
            decision: None,
            ..self
        }
    }
}
