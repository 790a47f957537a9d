//! Collects the facts of an operation, with its idempotency and its examples.

use super::{FactCollector, titled};
use crate::location::Item;
use crate::property::Property;
use payspec_model::model::{
    Encrypted, Example, Idempotency, Operation, Origin, Response, ResponseField, Side,
};
use payspec_model::value::{Address, Value};

impl<'m> FactCollector<'m> {
    /// Adds everything that an operation states.
    pub(super) fn operation(&mut self, operation: &'m Operation) {
        let Operation {
            id,
            // This only affects how the spec is written.
            extends: _,
            title,
            description,
            method,
            path,
            caller,
            encrypted,
            each,
            event_id,
            renamed_from,
            since,
            deprecated,
            auth,
            request,
            response,
            responses,
            result,
            idempotency,
            pagination,
            examples,
            // Callers do not care how the provider's page is read.
            waivers: _,
            sources,
            origin,
            origins,
        } = operation;
        self.operation = Some(id);
        let subject = Item::Operation;
        // The caller depends on whether the call is answered, the receiver on whether it knows the
        // call.
        self.direction = operation.direction(Side::Request);
        self.push(&subject, Property::Operation, true, *origin);
        let method = Value::Word(method.as_str());
        self.push(&subject, Property::Method, method, origins.method);
        let address = match operation.address_field() {
            Some(name) => Address::Field(name.to_owned()),
            None => Address::Fixed(path.clone()),
        };
        self.push(
            &subject,
            Property::Path,
            Value::Address(address),
            origins.path,
        );
        let caller = Value::Word(caller.as_str());
        self.push(&subject, Property::Caller, caller, origins.caller);
        if let Some(Encrypted { field, origin }) = encrypted {
            let path = Value::Path(vec![field.clone()]);
            self.push(&subject, Property::Encrypted, path, *origin);
        }
        if let Some(each) = each {
            let path = Value::Path(each.path());
            self.push(&subject, Property::Each, path, each.origin);
        }
        if !event_id.is_empty() {
            self.paths(&subject, Property::EventId, event_id, origins.caller);
        }
        if let Some(own) = auth {
            self.operation_auth(&subject, own);
        }
        let text = titled(title, description);
        self.words(&subject, Property::Description, text, *origin);
        self.former(&subject, renamed_from.as_ref(), *origin);
        self.since(&subject, since.as_ref(), *origin);
        self.deprecated(&subject, deprecated.as_ref(), *origin);
        self.sources(&subject, sources, *origin);
        let bodies = [
            (Side::Request, Some(request)),
            (Side::Response, response.as_ref()),
        ];
        for (side, body) in bodies {
            if let Some(body) = body {
                self.body(side, operation.direction(side), body);
            }
        }
        self.responses(responses, *origin);
        result.iter().for_each(|result| self.result(result));
        idempotency
            .iter()
            .for_each(|idempotency| self.idempotency(idempotency));
        if let Some(pagination) = pagination {
            let origin = pagination.origin;
            self.push(&subject, Property::Pagination, true, origin);
            let parts = Value::Recipe(pagination.facts().into_iter().collect());
            self.push(&subject, Property::PaginationParts, parts, origin);
        }
        examples.iter().for_each(|example| self.example(example));
        self.operation = None;
    }

    /// Adds the answers that differ by HTTP status, each with its fields.
    fn responses(&mut self, responses: &[Response], origin: Origin) {
        if !responses.is_empty() {
            self.push(&Item::Responses, Property::Responses, true, origin);
        }
        for response in responses {
            let Response {
                status,
                // The fields are the same, however the spec lists them.
                named: _,
                fields,
                sources,
                origin,
            } = response;
            let subject = Item::Response(status.clone());
            self.push(&subject, Property::Response, true, *origin);
            self.sources(&subject, sources, *origin);
            for field in fields {
                let ResponseField {
                    name,
                    required,
                    origin,
                } = field;
                let subject = Item::ResponseField(status.clone(), name.clone());
                self.push(&subject, Property::ResponseField, *required, *origin);
            }
        }
    }

    fn idempotency(&mut self, idempotency: &Idempotency) {
        let Idempotency {
            key,
            must_repeat,
            settled,
            conflict_code,
            lifetime,
            description,
            sources,
            origin,
        } = idempotency;
        let subject = Item::Idempotency;
        self.push(&subject, Property::Idempotency, true, *origin);
        let key = Value::Path(key.clone());
        self.push(&subject, Property::IdempotencyKey, key, *origin);
        self.paths(&subject, Property::MustRepeat, must_repeat, *origin);
        let settled = settled.iter().cloned();
        self.names(&subject, Property::Settled, settled, *origin);
        let conflict = conflict_code.clone().map(Value::Name);
        self.push_opt(&subject, Property::ConflictCode, conflict, *origin);
        let lifetime = lifetime.map(|lifetime| Value::Pauses(vec![lifetime]));
        self.push_opt(&subject, Property::KeyLifetime, lifetime, *origin);
        self.words(&subject, Property::Description, description, *origin);
        self.sources(&subject, sources, *origin);
    }

    fn example(&mut self, example: &Example) {
        let Example {
            name,
            side,
            http_status,
            file: _,
            json,
            note,
            sources,
            origin,
        } = example;
        let subject = Item::Example(name.clone());
        // White space between the parts of a JSON message does not matter.
        let json = serde_json::from_str(json)
            .map_or_else(|_| json.clone(), |json: serde_json::Value| json.to_string());
        let status = http_status.map(|status| format!(" {status}"));
        let text = format!("{side}{}: {json}", status.unwrap_or_default());
        self.words(&subject, Property::Example, text, *origin);
        let note = note.clone().map(Value::Words);
        self.push_opt(&subject, Property::Description, note, *origin);
        self.sources(&subject, sources, *origin);
    }
}
