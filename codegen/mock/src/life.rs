//! The life of a resource as the spec describes it: the ways it can end, and the reports of its end.

use payspec_runtime::StatusClass;
use serde_json::Value;

use super::draft::{text, word};
use payspec_model::format::Method;
use payspec_model::model::{
    Api, Auth, Caller, Decide, End, FlowKind, Operation, Refusal, StatusPlace,
};

/// The life of the resource that an operation is about: a payment, a refund, a registration.
#[derive(Clone, Copy)]
pub(super) struct Life<'m> {
    api: &'m Api,
    operation: &'m Operation,
}

impl<'m> Life<'m> {
    pub(super) fn of(api: &'m Api, operation: &'m Operation) -> Self {
        Life { api, operation }
    }

    /// Returns the possible ends: final outcomes that an inquiry can report, or else a notification. One notification may
    /// report on several kinds of resources.
    fn ends(self) -> impl Iterator<Item = (&'m str, Decide)> {
        let mut ends = self.ends_of(Caller::Merchant);
        if ends.is_empty() {
            ends = self.ends_of(Caller::Provider);
        }
        ends.into_iter()
    }

    fn ends_of(self, caller: Caller) -> Vec<(&'m str, Decide)> {
        let operations = self.api.operations.iter();
        let family =
            operations.filter(|one| one.caller == caller && shares(self.api, one, self.operation));
        let decisions = family.flat_map(|one| one.result.iter().flat_map(|it| &it.decisions));
        let decided = decisions.filter(|decision| !decision.cases.is_empty());
        let decided =
            decided.filter(|decision| matches!(decision.decide, Decide::Done | Decide::Ended));
        decided
            .map(|decision| (decision.name.as_str(), decision.decide))
            .collect()
    }

    /// Returns whether an outcome with this name is an end.
    pub(super) fn is_end(self, name: &str) -> bool {
        self.ends().any(|(end, _)| end == name)
    }

    /// Returns the name of the successful end, or of the failed one that is not a cancellation.
    pub(super) fn end(self, well: bool) -> Option<&'m str> {
        let wanted = if well { Decide::Done } else { Decide::Ended };
        let mut ends = self.ends();
        let end = ends.find(|(name, decide)| *decide == wanted && !is_cancelled(name));
        end.map(|(name, _)| name)
    }

    /// Returns the refusal of later requests about the resource after this end, if there is one.
    pub(super) fn refusal(self, end: &str) -> Option<Refusal> {
        if is_cancelled(end) {
            return Some(Refusal::Cancelled);
        }
        let mut ends = self.ends();
        let is_over = ends.any(|(name, decide)| name == end && decide == Decide::Ended);
        is_over.then_some(Refusal::Closed)
    }

    /// Returns whether the operation reports the state of a record: a field decides the outcome of a success, or the
    /// request only reads.
    pub(super) fn tells_of_a_record(self) -> bool {
        let mut decisions = self.operation.result.iter().flat_map(|it| &it.decisions);
        self.operation.method == Method::Get || decisions.any(|decision| !decision.cases.is_empty())
    }

    /// Returns whether the operation begins a resource: it has an idempotency rule.
    pub(super) fn begins(self) -> bool {
        self.operation.idempotency.is_some()
    }

    /// Returns the operation that reports the end to the merchant, and its address: the one that the request names, or
    /// else `notify_url`.
    pub(super) fn report(
        self,
        request: &Value,
        notify_url: Option<&str>,
    ) -> Option<(&'m Operation, String)> {
        let mut all = self.api.operations.iter();
        let named = all.find_map(|one| {
            let name = one.address_field()?;
            let address = text(request, std::slice::from_ref(&name.to_owned()))?;
            Some((one, address.to_owned()))
        });
        named.or_else(|| Some((self.webhook()?, notify_url?.to_owned())))
    }

    /// Returns the operation that reports an end of the resource, and for which no request names an address.
    fn webhook(self) -> Option<&'m Operation> {
        let mut webhooks = webhooks(self.api);
        webhooks.find(|one| {
            let outcomes = one.outcomes();
            let mut outcomes = outcomes.iter();
            shares(self.api, one, self.operation)
                && (prompts(self.api) || outcomes.any(|outcome| self.is_end(outcome.name)))
        })
    }

    /// Returns whether an operation reports this end. One that nothing proves prompts an inquiry after each end.
    pub(super) fn reports(self, operation: &str, end: &str) -> bool {
        let operation = self.api.operation(operation);
        operation.is_some_and(|one| reported(self.api, one, end).is_some())
    }

    /// Returns the expiry that the request sets, as it is written there.
    pub(super) fn expiry(self, request: &Value) -> Option<String> {
        let mut flows = self.api.flows.iter();
        let flow = flows.find(|flow| flow.principal == self.operation.id)?;
        text(request, flow.expires.as_ref()?).map(str::to_owned)
    }
}

/// Returns the notifications of an API for which no request names an address.
pub(super) fn webhooks(api: &Api) -> impl Iterator<Item = &Operation> {
    let operations = api.operations.iter();
    let notifications = operations.filter(|one| one.caller == Caller::Provider);
    notifications.filter(|one| one.address_field().is_none())
}

/// Returns whether notifications are sent: the spec says what proves them, or that nothing does.
pub(super) fn sends_notifications(api: &Api) -> bool {
    let auth = api.auth.as_ref();
    api.signature.is_some() || auth.is_some_and(Auth::receives_notifications)
}

/// Returns whether nothing proves the notifications of an API, so that they only prompt an inquiry.
fn prompts(api: &Api) -> bool {
    let auth = api.auth.as_ref();
    auth.is_some_and(|auth| auth.unproved.is_some())
}

/// Returns the outcome of a notification that reports this end: the one with its name, or a pending one if nothing proves it.
pub(super) fn reported<'m>(api: &Api, operation: &'m Operation, end: &str) -> Option<&'m str> {
    let outcomes = operation.outcomes();
    let mut outcomes = outcomes.iter();
    let named = outcomes.find(|outcome| match prompts(api) {
        true => outcome.kind == Decide::Pending,
        false => outcome.name == end,
    });
    named.map(|outcome| outcome.name)
}

/// Returns whether an end is a cancellation, by the name that the flows of the spec use.
pub(super) fn is_cancelled(end: &str) -> bool {
    end == End::Cancelled.as_str()
}

/// Returns the paths of the names of an operation's resource: the ids that the operation returns and its own
/// key. If its request has none of them, the keys of other requests that it mentions are names, too.
pub(super) fn names<'m>(api: &'m Api, operation: &'m Operation) -> Vec<&'m [String]> {
    let references = operation
        .result
        .iter()
        .flat_map(|result| &result.references);
    let key = operation.idempotency.iter().map(|rule| &rule.key);
    let mut names: Vec<&[String]> = Vec::new();
    for path in references.chain(key) {
        if !names.contains(&path.as_slice()) {
            names.push(path);
        }
    }
    let request = &operation.request.object;
    let mut own = names.iter();
    let asks_by_own = own.any(|path| api.field_at(request, path).is_some());
    // The payment that a refund mentions is another resource.
    if asks_by_own || !names.is_empty() && refunds(api, operation) {
        return names;
    }
    let keys = api
        .operations
        .iter()
        .filter_map(|one| one.idempotency.as_ref());
    let mut mentioned: Vec<&[String]> = keys.map(|rule| rule.key.as_slice()).collect();
    mentioned.retain(|path| matches!(path, [name] if request.field(name).is_some()));
    mentioned.sort();
    mentioned.dedup();
    names.extend(mentioned);
    names
}

/// Returns the paths, in the request of an operation, of the names of other resources: a refund names a
/// payment.
pub(super) fn mentions<'m>(api: &'m Api, operation: &'m Operation) -> Vec<&'m [String]> {
    let own = names(api, operation);
    let all = api.operations.iter().flat_map(|one| names(api, one));
    let mut others: Vec<&[String]> = all.filter(|path| !own.contains(path)).collect();
    others.retain(|path| matches!(path, [name] if operation.request.object.field(name).is_some()));
    others.sort();
    others.dedup();
    others
}

/// Returns whether a flow of the spec refunds by this operation.
pub(super) fn refunds(api: &Api, operation: &Operation) -> bool {
    let mut flows = api.flows.iter();
    flows.any(|flow| flow.kind == FlowKind::Refund && flow.principal == operation.id)
}

/// Returns the path of the resources that an operation is about, such as `/payments` of `/payments/{id}/cancel`, if an
/// operation of the API names one of them in its path.
fn collection<'m>(api: &'m Api, operation: &Operation) -> Option<&'m str> {
    let collections = api.operations.iter();
    let mut collections = collections.filter_map(|one| Some(one.path.split_once("/{")?.0));
    collections.find(|path| {
        let rest = operation.path.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("/{"))
    })
}

/// Returns whether two operations are about the same kind of resource: its names are those of the same fields, and
/// beneath the same path if they are in paths.
fn shares(api: &Api, one: &Operation, other: &Operation) -> bool {
    let paths = [collection(api, one), collection(api, other)];
    if let [Some(one), Some(other)] = paths
        && one != other
    {
        return false;
    }
    let others = names(api, other);
    names(api, one)
        .iter()
        .any(|path| others.iter().any(|other| other.last() == path.last()))
}

/// Returns whether the answer to a notification acknowledges it: where the spec describes a status field, it
/// must say success.
pub(super) fn acknowledges(operation: &Operation, reply: &Value) -> bool {
    let (Some(result), Some(response)) = (&operation.result, &operation.response) else {
        return true;
    };
    let path = match &result.status {
        StatusPlace::Field(path) => path,
        StatusPlace::HttpStatus | StatusPlace::Always(_) => return true,
    };
    let is_there = path
        .first()
        .is_some_and(|name| response.object.field(name).is_some());
    let class = word(reply, path).and_then(|status| result.class(&status));
    !is_there || class == Some(StatusClass::Succeeded)
}
