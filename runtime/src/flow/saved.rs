//! Saves a machine as a line of text, and restores it.

use super::Table;
use super::life::{Life, LimitMillis, Millis, Phase};
use super::table::Role;
use core::fmt;

/// A line is not a saved machine of the flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSaved {
    flow: &'static str,
    reason: &'static str,
}

impl fmt::Display for NotSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a saved machine of `{}`: {}", self.flow, self.reason)
    }
}

impl core::error::Error for NotSaved {}

/// The state of a machine that left its table: a person has to find out.
const NO_STATE: &str = "?";

impl Life {
    /// Returns one line: `entry_code_payment awaiting now=5000 sent=3 here=2 answer_by=15000 pause=1000
    /// timeout=10000 expires=180000`.
    pub(super) fn save(&self, table: &Table) -> String {
        let state = table
            .states
            .get(self.state)
            .map_or(NO_STATE, |state| state.name);
        let (phase, until) = match self.phase {
            Phase::Resting { send_at } => ("send_at", send_at),
            Phase::InFlight { answer_by } => ("answer_by", answer_by),
        };
        let LimitMillis {
            expires,
            pause,
            timeout,
        } = self.limits;
        let mut line = format!(
            "{} {state} now={} sent={} here={} {phase}={until} pause={pause} timeout={timeout}",
            table.id, self.now, self.sent, self.here
        );
        if let Some(expires) = expires {
            line.push_str(&format!(" expires={expires}"));
        }
        line
    }

    pub(super) fn restore(table: &Table, line: &str) -> Result<Self, NotSaved> {
        parse(table, line).map_err(|reason| NotSaved {
            flow: table.id,
            reason,
        })
    }
}

fn parse(table: &Table, line: &str) -> Result<Life, &'static str> {
    let mut words = line.split_whitespace();
    if words.next() != Some(table.id) {
        return Err("it is of another flow");
    }
    let name = words.next().unwrap_or_default();
    let mut states = table.states.iter();
    let state = match name {
        NO_STATE => table.states.len(),
        name => states
            .position(|state| state.name == name)
            .ok_or("unknown state")?,
    };
    let mut numbers = Numbers { words };
    let now = numbers.next("now")?;
    let sent = numbers.small("sent")?;
    let here = numbers.small("here")?;
    let phase = numbers.phase()?;
    let limits = LimitMillis {
        pause: numbers.next("pause")?,
        timeout: numbers.next("timeout")?,
        expires: numbers.last("expires")?,
    };
    let most = match table.states.get(state).map(|state| &state.role) {
        Some(Role::Step(step)) => step.pauses.len(),
        Some(Role::End(_)) | None => 0,
    };
    let flies = matches!(phase, Phase::InFlight { .. });
    if here > sent || usize::try_from(here).map_or(true, |here| here > most) || (flies && here == 0)
    {
        return Err("its sendings do not add up");
    }
    Ok(Life {
        limits,
        now,
        state,
        sent,
        here,
        phase,
    })
}

/// Reads named numbers in a fixed order.
struct Numbers<'l> {
    words: core::str::SplitWhitespace<'l>,
}

const BROKEN: &str = "a number is missing or broken";

impl<'l> Numbers<'l> {
    fn pair(&mut self) -> Result<(&'l str, Millis), &'static str> {
        let word = self.words.next().ok_or(BROKEN)?;
        let (name, number) = word.split_once('=').ok_or(BROKEN)?;
        // `parse` would also accept a plus sign.
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|_| digits);
        number.map(|number| (name, number)).ok_or(BROKEN)
    }

    fn next(&mut self, name: &str) -> Result<Millis, &'static str> {
        let (found, number) = self.pair()?;
        (found == name).then_some(number).ok_or(BROKEN)
    }

    fn small(&mut self, name: &str) -> Result<u32, &'static str> {
        self.next(name)?.try_into().map_err(|_| BROKEN)
    }

    fn phase(&mut self) -> Result<Phase, &'static str> {
        match self.pair()? {
            ("send_at", send_at) => Ok(Phase::Resting { send_at }),
            ("answer_by", answer_by) => Ok(Phase::InFlight { answer_by }),
            _ => Err(BROKEN),
        }
    }

    /// Reads a number that may be missing, and the end of the line.
    fn last(&mut self, name: &str) -> Result<Option<Millis>, &'static str> {
        if self.words.clone().next().is_none() {
            return Ok(None);
        }
        let number = self.next(name)?;
        match self.words.next() {
            None => Ok(Some(number)),
            Some(_) => Err("unexpected text at the end"),
        }
    }
}
