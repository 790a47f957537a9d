//! The answers of an operation by their HTTP status.

use payspec_runtime::rules;

use super::{Body, ObjectId, Operation, Origin, ResultHandling, SourceIds};

/// The answer of one HTTP status, of a class of them, or of every other status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status, `4XX` for a class, or `default`.
    pub status: String,
    /// The object that is its whole body, if the spec names one.
    pub named: Option<ObjectId>,
    /// The fields that its body has, in the order of the spec. [`Operation::response`] describes them.
    pub fields: Vec<ResponseField>,
    /// The sources that state it.
    pub sources: SourceIds,
    /// The place in the spec.
    pub origin: Origin,
}

/// A field of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseField {
    /// The name on the wire.
    pub name: String,
    /// True if the answer must have it.
    pub required: bool,
    /// The place in the spec.
    pub origin: Origin,
}

impl Response {
    /// Returns whether its body has the field in which a path begins. Fields of one name are the same in all answers,
    /// so the body has the whole path.
    pub fn has(&self, path: &[String]) -> bool {
        path.first().is_none_or(|name| self.field(name).is_some())
    }

    /// Returns the field with this name, if its body has it.
    pub fn field(&self, name: &str) -> Option<&ResponseField> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Returns the body of this answer alone. `whole` has the fields of all answers.
    pub fn body(&self, whole: &Body) -> Body {
        let mut body = whole.clone();
        body.named = self.named.into_iter().collect();
        body.object
            .fields
            .retain(|field| self.field(&field.name).is_some());
        for field in &mut body.object.fields {
            field.required = self.field(&field.name).is_some_and(|own| own.required);
        }
        body
    }
}

impl Operation {
    /// Returns the answers by HTTP status, if this is the body of answers that differ.
    pub fn responses_of(&self, body: &Body) -> &[Response] {
        let is_answer = self.response.as_ref();
        match is_answer.is_some_and(|answer| std::ptr::eq(answer, body)) {
            true => &self.responses,
            false => &[],
        }
    }

    /// Returns the answer that an HTTP status has, if the spec describes answers by status.
    pub fn response_of(&self, http_status: u16) -> Option<&Response> {
        response_of(&self.responses, http_status)
    }
}

/// Returns the answer that an HTTP status has.
pub(crate) fn response_of(responses: &[Response], http_status: u16) -> Option<&Response> {
    let statuses = responses.iter().map(|one| one.status.as_str());
    let statuses: Vec<&str> = statuses.collect();
    let status = rules::http_response(&statuses, http_status)?;
    responses.iter().find(|one| one.status == status)
}

/// Returns the answers of the HTTP statuses that a case decides. `cases` are all cases.
pub(crate) fn responses_of_case<'r>(
    responses: &'r [Response],
    cases: &[&str],
    case: &str,
) -> Vec<&'r Response> {
    if responses.is_empty() {
        return Vec::new();
    }
    let statuses = 100..600;
    let decided = statuses.filter(|status| rules::http_status_case(cases, *status) == Some(case));
    let mut found: Vec<&Response> = Vec::new();
    for response in decided.filter_map(|status| response_of(responses, status)) {
        if !found.contains(&response) {
            found.push(response);
        }
    }
    found
}

impl ResultHandling {
    /// Returns the answers of the HTTP statuses that a case decides.
    pub fn responses_of<'r>(&self, responses: &'r [Response], case: &str) -> Vec<&'r Response> {
        responses_of_case(responses, &self.statuses(), case)
    }
}
