//! Judges the blocks of an input on several threads.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::thread;

use payspec_model::model::Side;
use payspec_runtime::json::{Node, lenient_text};

use super::block::{Block, Records};
use super::count::At;
use super::input::{Blocks, Input};
use super::message::{Message, Target, messages};
use super::problem::Problem;
use super::routes::Routes;
use super::unwrap::unwrapped;

/// Judges messages, and counts.
pub(super) trait Judge<'m>: Sync {
    /// The counters of a run.
    type Tally: Default + Send;

    /// Returns the operations that messages belong to.
    fn routes(&self) -> &Routes<'m>;

    /// Counts a message of a lane.
    fn message(&self, tally: &mut Self::Tally, at: At, lane: usize, message: Recorded<'_>);

    /// Counts a record that cannot be judged; with the column, if known.
    fn problem(&self, tally: &mut Self::Tally, at: At, problem: Problem, column: Option<usize>);

    /// Adds the tally of a block to that of all blocks before it.
    fn merge(&self, total: &mut Self::Tally, later: Self::Tally);
}

/// The body of a recorded message, with the HTTP status of a response if it is known.
#[derive(Clone, Copy)]
pub(super) struct Recorded<'n> {
    pub(super) body: &'n Node<'n>,
    pub(super) http_status: Option<u16>,
}

/// Tallies in the order of their blocks.
struct Merged<T> {
    total: T,
    /// The number of the next block to merge.
    next: u64,
    /// Finished blocks that wait for an earlier one.
    waiting: BTreeMap<u64, T>,
}

/// Judges all messages of an input. The result does not depend on the number of threads.
pub(super) fn run<'m, J: Judge<'m>>(judge: &J, input: &Input, threads: NonZeroUsize) -> J::Tally {
    let blocks = Mutex::new((0, input.blocks()));
    let merged = Mutex::new(Merged {
        total: J::Tally::default(),
        next: 0,
        waiting: BTreeMap::new(),
    });
    let work = || {
        while let Some((number, block)) = next(&blocks) {
            let tally = judged(judge, &block);
            let mut merged = merged.lock().unwrap_or_else(PoisonError::into_inner);
            let merged = &mut *merged;
            merged.waiting.insert(number, tally);
            while let Some(tally) = merged.waiting.remove(&merged.next) {
                judge.merge(&mut merged.total, tally);
                merged.next += 1;
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads.get() {
            scope.spawn(work);
        }
        work();
    });
    merged
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .total
}

/// Returns the next block, and its number.
fn next(blocks: &Mutex<(u64, Blocks<'_>)>) -> Option<(u64, Block)> {
    let mut blocks = blocks.lock().unwrap_or_else(PoisonError::into_inner);
    let (number, blocks) = &mut *blocks;
    let block = blocks.next()?;
    *number += 1;
    Some((*number - 1, block))
}

fn judged<'m, J: Judge<'m>>(judge: &J, block: &Block) -> J::Tally {
    let mut tally = J::Tally::default();
    let file = block.file;
    let at = |line, message| At {
        file,
        line,
        message,
    };
    block.each(|line, record| {
        let text = lenient_text(record);
        let node = text.as_ref().map_err(Clone::clone);
        let node = match node.and_then(|text| Node::parse_lenient(text)) {
            Ok(node) => node,
            Err(error) => {
                let (problem, column) = Problem::not_json(&error);
                // An entry may span several lines, and may begin in the middle of its first one.
                let inside = error.line() as u64 - 1;
                let is_line = matches!(block.records, Records::Lines(_));
                let column = column.filter(|_| is_line || inside > 0);
                judge.problem(&mut tally, at(line + inside, 0), problem, column);
                return;
            }
        };
        match messages(&node) {
            Ok(all) => record_of(judge, &mut tally, at(line, 0), all),
            Err(problem) => judge.problem(&mut tally, at(line, 0), problem, None),
        }
    });
    for (line, problem) in &block.problems {
        judge.problem(&mut tally, at(*line, 0), problem.clone(), None);
    }
    tally
}

/// Judges the messages of one record. A response belongs to the operation of its request; an
/// exchange at an unknown address is one problem.
fn record_of<'m, J: Judge<'m>>(
    judge: &J,
    tally: &mut J::Tally,
    record: At,
    messages: Vec<Message<'_>>,
) {
    let mut requested: Option<(Target<'_>, usize)> = None;
    let mut at = record;
    for message in messages {
        let Message {
            target,
            side,
            http_status,
            body,
        } = message;
        let candidates = match &requested {
            Some((known, operation)) if *known == target => Ok(vec![*operation]),
            Some(_) | None => judge.routes().find(&target),
        };
        let candidates = match candidates {
            Ok(candidates) => candidates,
            Err(problem) => {
                judge.problem(tally, at, problem, None);
                return;
            }
        };
        let is_by_address = matches!(target, Target::Address(..));
        if side == Side::Request && is_by_address && judge.routes().have_parts(&candidates) {
            judge.problem(tally, at, Problem::Parts, None);
            at.message += 1;
            continue;
        }
        let judged = body.and_then(|body| {
            body.read(|node| {
                let mut operation = None;
                for message in unwrapped(judge.routes(), &candidates, side, node) {
                    match message {
                        Ok(body) => {
                            operation = judge.routes().choose(&candidates, side, body);
                            let recorded = Recorded { body, http_status };
                            if let Some(operation) = operation {
                                let lane = Routes::number(operation, side);
                                judge.message(tally, at, lane, recorded);
                            }
                        }
                        Err(problem) => judge.problem(tally, at, problem, None),
                    }
                    at.message += 1;
                }
                operation
            })
        });
        match judged {
            Ok(Some(operation)) => requested = Some((target, operation)),
            Ok(None) => {}
            Err(problem) => judge.problem(tally, at, problem, None),
        }
        at.message += 1;
    }
}
