//! Collects the facts of result handling: decisions and codes.

use std::collections::BTreeSet;

use super::{FactCollector, splits, words};
use crate::location::Item;
use crate::property::Property;
use payspec_model::format::{Decide, HTTP_STATUS};
use payspec_model::model::{Code, Decision, ResultHandling, StatusPlace};
use payspec_model::naming;
use payspec_model::value::Value;

impl FactCollector<'_> {
    /// Adds how the answer of an operation is judged.
    pub(super) fn result(&mut self, result: &ResultHandling) {
        let ResultHandling {
            status,
            code,
            message,
            references,
            agrees,
            decisions,
            codes,
            shared_codes,
            origin,
        } = result;
        let subject = Item::Result;
        self.push(&subject, Property::Result, true, *origin);
        let status = match status {
            StatusPlace::Field(path) => Value::Path(path.clone()),
            StatusPlace::HttpStatus => Value::Name(HTTP_STATUS.to_owned()),
            StatusPlace::Always(status) => Value::Name(status.clone()),
        };
        self.push(&subject, Property::StatusPointer, status, *origin);
        let code = match code.as_slice() {
            [] => None,
            [path] => Some(Value::Path(path.clone())),
            paths => Some(Value::Choice(paths.to_vec())),
        };
        self.push_opt(&subject, Property::CodePointer, code, *origin);
        let message = message.clone().map(Value::Path);
        self.push_opt(&subject, Property::MessagePointer, message, *origin);
        let references = (!references.is_empty()).then(|| Value::Choice(references.clone()));
        self.push_opt(&subject, Property::References, references, *origin);
        let agrees: Vec<Vec<String>> = agrees.iter().map(|one| one.path.clone()).collect();
        self.paths(&subject, Property::Agrees, &agrees, *origin);
        let shared = Value::Word(words::shared_codes(*shared_codes));
        self.push(&subject, Property::SharedCodes, shared, *origin);
        let beside = self.beside.unwrap_or_default();
        let mut all = decisions.clone();
        if result.is_by_http_status() {
            all.extend(splits::spread_statuses(decisions, beside));
        }
        let spread = splits::spread(&all, beside);
        all.iter()
            .chain(&spread)
            .for_each(|decision| self.decision(decision));
        codes.iter().for_each(|code| self.code(code));
    }

    fn decision(&mut self, decision: &Decision) {
        let Decision {
            status,
            cases,
            decide,
            name,
            description,
            payload,
            needs,
            actions,
            sources,
            origin,
        } = decision;
        let cases: String = cases.iter().map(|case| format!(" {case}")).collect();
        let subject = Item::Decision(format!("{status}{cases}"));
        // A pending decision decides nothing, so it counts like a missing one.
        if *decide != Decide::Pending {
            self.push(&subject, Property::Decision, true, *origin);
            let decide = Value::Decide(*decide);
            self.push(&subject, Property::Decides, decide, *origin);
            self.name(&subject, Property::OutcomeName, name, *origin);
            let payload = payload.clone().map(Value::Path);
            self.push_opt(&subject, Property::Payload, payload, *origin);
            self.paths(&subject, Property::Needs, needs, *origin);
        }
        let actions: BTreeSet<&str> = actions.iter().map(|action| action.as_str()).collect();
        let actions = (!actions.is_empty()).then_some(Value::WordSet(actions));
        self.push_opt(&subject, Property::PendingActions, actions, *origin);
        self.words(&subject, Property::Description, description, *origin);
        self.sources(&subject, sources, *origin);
    }

    fn code(&mut self, code: &Code) {
        let Code {
            name,
            // Read with the name.
            rust_name: _,
            status,
            meaning,
            action,
            next_step,
            resend,
            refuses,
            shared: _,
            renamed_from,
            deprecated,
            sources,
            origin,
        } = code;
        let subject = Item::Code(name.clone());
        self.push(&subject, Property::Code, true, *origin);
        let names = [name.as_str(), code.spelling()];
        self.rust_name(&subject, names, naming::variant_name, *origin);
        self.name(&subject, Property::CodeStatus, status, *origin);
        let next_step = Value::NextStep(*next_step);
        self.push(&subject, Property::NextStep, next_step, *origin);
        self.push(&subject, Property::Resend, Value::Resend(*resend), *origin);
        let refuses = refuses.map(|what| Value::Word(words::refusal(what)));
        self.push_opt(&subject, Property::Refuses, refuses, *origin);
        self.words(&subject, Property::Description, action, *origin);
        self.words(&subject, Property::CodeMeaning, meaning, *origin);
        self.former(&subject, renamed_from.as_ref(), *origin);
        self.deprecated(&subject, deprecated.as_ref(), *origin);
        self.sources(&subject, sources, *origin);
    }
}
