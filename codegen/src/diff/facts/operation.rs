use super::{Said, pointer, word};
use crate::diff::facet::Facet;
use crate::diff::place::Subject;
use crate::model::{Example, Idempotency, Operation, Side};

impl<'m> Said<'m> {
    /// Everything that an operation states.
    pub(super) fn operation(&mut self, operation: &'m Operation) {
        let Operation {
            id,
            // Only how the spec is written.
            extends: _,
            title,
            description,
            method,
            path,
            caller,
            renamed_from,
            since,
            request,
            response,
            result,
            idempotency,
            examples,
            // How the provider's page is read is no news to callers.
            waivers: _,
            sources,
            origin,
        } = operation;
        self.operation = Some(id);
        let subject = Subject::Operation;
        // Who sends the call is judged by whether it is answered, who gets it by whether it is known.
        self.direction = operation.direction(Side::Request);
        self.say(&subject, Facet::Operation, true, *origin);
        self.say(&subject, Facet::Method, word(method), *origin);
        self.say(&subject, Facet::Path, path, *origin);
        self.say(&subject, Facet::Caller, word(caller), *origin);
        self.say(
            &subject,
            Facet::Description,
            format!("{title}. {description}"),
            *origin,
        );
        self.perhaps(&subject, Facet::FormerName, renamed_from.as_ref(), *origin);
        self.since(&subject, since.as_ref(), *origin);
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
        result.iter().for_each(|result| self.result(result));
        idempotency
            .iter()
            .for_each(|idempotency| self.idempotency(idempotency));
        examples.iter().for_each(|example| self.example(example));
        self.operation = None;
    }

    fn idempotency(&mut self, idempotency: &Idempotency) {
        let Idempotency {
            key,
            must_repeat,
            settled,
            conflict_code,
            description,
            sources,
            origin,
        } = idempotency;
        let subject = Subject::Idempotency;
        self.say(&subject, Facet::Idempotency, true, *origin);
        self.say(&subject, Facet::IdempotencyKey, pointer(key), *origin);
        let repeated = must_repeat.iter().map(|path| pointer(path)).collect();
        self.list(&subject, Facet::MustRepeat, repeated, *origin);
        self.list(&subject, Facet::Settled, settled.clone(), *origin);
        self.perhaps(
            &subject,
            Facet::ConflictCode,
            conflict_code.as_ref(),
            *origin,
        );
        self.say(&subject, Facet::Description, description, *origin);
        self.sources(&subject, sources, *origin);
    }

    fn example(&mut self, example: &Example) {
        let Example {
            name,
            side,
            file: _,
            json,
            note,
            sources,
            origin,
        } = example;
        let subject = Subject::Example(name.clone());
        // White space between the parts of a message is none of it.
        let json = serde_json::from_str(json)
            .map_or_else(|_| json.clone(), |json: serde_json::Value| json.to_string());
        self.say(&subject, Facet::Example, format!("{side}: {json}"), *origin);
        self.perhaps(&subject, Facet::Description, note.as_ref(), *origin);
        self.sources(&subject, sources, *origin);
    }
}
