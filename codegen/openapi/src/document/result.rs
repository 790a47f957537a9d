//! The judgement of answers: statuses, decisions, and codes with the next step and the rule for sending again.

use payspec_model::format::HTTP_STATUS;
use payspec_model::model::{
    Api, Case, CaseValue, Code, Decision, ResultHandling, SharedCodes, Status, StatusPlace,
};
use payspec_model::pointer::pointer;

use super::transport::word;
use crate::facts;
use crate::json::{Json, Map};
use crate::schema::deprecation;

fn pointers(paths: &[Vec<String>]) -> Json {
    paths.iter().map(|path| pointer(path)).collect()
}

/// Returns the statuses that operations share, by name.
pub(super) fn statuses(api: &Api) -> Map {
    let statuses = api.statuses.iter().map(|status| {
        let Status {
            name,
            description,
            class,
            sources,
            origin,
        } = status;
        let map = Map::new()
            .with("class", class.as_str())
            .with_filled("description", description)
            .and(facts::sources(api, "sources", sources))
            .and(facts::disputes(api, "disputes", &[*origin]));
        (name.clone(), Json::from(map))
    });
    statuses.collect()
}

/// Returns the places of the values that decide.
pub(super) fn places(result: &ResultHandling) -> Map {
    let ResultHandling {
        status,
        code,
        message,
        references,
        agrees,
        decisions: _,
        codes: _,
        shared_codes,
        origin: _,
    } = result;
    let map = match status {
        StatusPlace::Field(path) => Map::new().with("status", pointer(path)),
        StatusPlace::HttpStatus => Map::new().with("by", HTTP_STATUS),
        StatusPlace::Always(status) => Map::new().with("always", status),
    };
    let agrees = agrees.iter().map(|agreement| pointer(&agreement.path));
    let map = match code.as_slice() {
        [path] => map.with("code", pointer(path)),
        paths => map.with_filled("code", pointers(paths)),
    };
    map.with_some("message", message.as_ref().map(|path| pointer(path)))
        .with_filled("references", pointers(references))
        .with_filled("agrees", agrees.collect::<Json>())
        .with(
            "shared_codes",
            match shared_codes {
                SharedCodes::Listed => "listed",
                SharedCodes::All => "all",
                SharedCodes::Unknown => "unknown",
            },
        )
}

/// Returns the decisions, in the order in which they are tried.
pub(super) fn decisions(api: &Api, result: &ResultHandling) -> Json {
    let decisions = result.decisions.iter().map(|decision| {
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
        let cases = cases.iter().map(|Case { by, value }| {
            let field = Map::new().with("field", pointer(by));
            match value {
                CaseValue::Listed(value) => field.with("value", value),
                CaseValue::Other(listed) => field.with(
                    "other_than",
                    listed.iter().map(String::as_str).collect::<Json>(),
                ),
            }
        });
        let actions = actions.iter().map(|action| action.as_str());
        Map::new()
            .with("status", status)
            .with_filled("when", cases.collect::<Json>())
            .with("decide", decide.as_str())
            .with("class", decide.class().as_str())
            .with("outcome", name)
            .with_filled("description", description)
            .with_some("payload", payload.as_ref().map(|path| pointer(path)))
            .with_filled("needs", pointers(needs))
            .with_filled("actions", actions.collect::<Json>())
            .and(facts::sources(api, "sources", sources))
            .and(facts::disputes(api, "disputes", &[*origin]))
    });
    decisions.collect()
}

/// Returns the codes that operations share, by name.
pub(super) fn shared_codes(api: &Api) -> Map {
    let results = api.operations.iter().flat_map(|one| &one.result);
    let shared = results.flat_map(|result| &result.codes);
    let mut codes = Map::new();
    for shared in shared.filter(|code| code.shared) {
        if codes.get(&shared.name).is_none() {
            codes.set(&shared.name, code(api, shared));
        }
    }
    codes
}

/// Returns the result codes, in the page's order: a shared one by its name.
pub(super) fn codes(api: &Api, result: &ResultHandling) -> Json {
    let codes = result.codes.iter().map(|one| match one.shared {
        true => Json::from(&one.name),
        false => Map::new()
            .with("code", &one.name)
            .and(code(api, one))
            .into(),
    });
    codes.collect()
}

/// Returns the facts about a code beside its name.
fn code(api: &Api, code: &Code) -> Map {
    let Code {
        name: _,
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
    Map::new()
        .with("status", status)
        .with_filled("meaning", meaning)
        .with_filled("action", action)
        .with("next_step", next_step.as_str())
        .with("resend", resend.as_str())
        .with_some("refuses", refuses.as_ref().and_then(word))
        .with_some("renamed_from", renamed_from.as_ref())
        .with_some("deprecated", deprecated.as_ref().map(deprecation))
        .and(facts::sources(api, "sources", sources))
        .and(facts::disputes(api, "disputes", &[*origin]))
}
