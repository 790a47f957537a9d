//! Flows: the lives of payments and refunds.

use payspec_model::model::{Api, CarriedValue, Flow, FlowOrigins, Pause, Role, State, Step};
use payspec_model::pointer::pointer;

use crate::facts;
use crate::json::{Json, Map};

/// Returns the flows of an API, by id.
pub(super) fn flows(api: &Api) -> Map {
    let flows = api.flows.iter();
    flows
        .map(|one| (one.id.clone(), Json::from(flow(api, one))))
        .collect()
}

/// Returns a time in seconds, or the word `unknown`.
pub(super) fn seconds(time: &Pause) -> Json {
    match time {
        Pause::Seconds(seconds) => Json::from(*seconds),
        Pause::Unknown => "unknown".into(),
    }
}

fn flow(api: &Api, flow: &Flow) -> Map {
    let Flow {
        id: _,
        title,
        description,
        kind,
        principal,
        starts,
        notified_by,
        expires,
        proves,
        with,
        states,
        sources,
        origin,
        origins:
            FlowOrigins {
                principal: _,
                starts: _,
                notified_by: _,
                expires: _,
                proves: _,
                with: _,
            },
    } = flow;
    let states = states
        .iter()
        .map(|one| (one.name.clone(), Json::from(state(api, flow, one))));
    Map::new()
        .with_filled("title", title)
        .with_filled("description", description)
        .with(kind.key(), principal)
        .with("starts", &flow.state(*starts).name)
        .with_filled("notified_by", notified_by.clone())
        .with_some("expires", expires.as_ref().map(|path| pointer(path)))
        .with_filled(
            "proves",
            proves.iter().map(|path| pointer(path)).collect::<Json>(),
        )
        .with_filled(
            "with",
            with.iter()
                .map(CarriedValue::to_string)
                .map(Json::from)
                .collect::<Json>(),
        )
        .with("states", states.collect::<Map>())
        .and(facts::sources(api, "sources", sources))
        .and(facts::disputes(api, "disputes", &[*origin]))
}

fn state(api: &Api, flow: &Flow, state: &State) -> Map {
    let State {
        name: _,
        description,
        role,
        sources,
        origin,
    } = state;
    let map = Map::new().with_filled("description", description);
    let map = match role {
        Role::End(end) => map.with("end", end.as_str()),
        Role::Step(Step {
            send,
            pauses,
            rows,
            origin: _,
        }) => {
            let pauses = pauses.iter().map(seconds);
            let events = rows.iter().map(|row| {
                let target = flow.target_name(row.target);
                (row.event.name(), Json::from(target))
            });
            map.with("send", send)
                .with("pauses", pauses.collect::<Json>())
                .with("on", events.collect::<Map>())
        }
    };
    map.and(facts::sources(api, "sources", sources))
        .and(facts::disputes(api, "disputes", &[*origin]))
}
