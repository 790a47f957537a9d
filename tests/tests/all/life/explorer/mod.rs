//! Everything that can happen to one order, or to its refund, gone through without chance.
//!
//! The shop is the client's life of a payment or a refund, the provider the core of the mock gateway; between
//! them requests and answers are lost, late, spoilt, the program stops and goes on from what it saved,
//! and the payer pays or declines whenever that is possible. Checked in every place that is reached:
//!
//! * the money of an order is taken at most once, whatever was given back aside, and refunded at most once;
//! * what the shop takes to be paid is paid, what it takes to be unpaid is unpaid, and stays so;
//! * every course ends with the order paid, unpaid or in doubt.
//!
//! A counterexample is shown as a sequence diagram, the one with the fewest mishaps and then the
//! shortest. Shops and providers that break a rule prove that breaches are found.

// Few of these values live at a time.
#![allow(clippy::large_enum_variant, clippy::result_large_err)]

mod carrier;
mod diagram;
mod keys;
mod machine;
mod paper;
mod program;
mod provider;
mod search;
mod shop;
mod way;
mod world;

use self::keys::{Signs, Verifies};
use self::program::Kind;
use self::provider::Provider;
use self::search::{Counterexample, Extent, search};
use self::shop::{By, Method};
use self::world::{Choice, Rules, World};
use payspec_tests::agree::Validators;
use payspec_tests::random::{is_tried, is_whole};
use std::rc::Rc;

/// A provider and the keys of both sides, with what they remember of other searches.
struct Stage {
    provider: Rc<Provider>,
    keys: (Signs, Verifies),
}

impl Stage {
    fn new(breach: Option<provider::Breach>) -> Self {
        Stage {
            provider: Rc::new(Provider::new(Validators::load().model(), breach)),
            keys: keys::remembering(),
        }
    }

    fn explore(&self, rules: Rules, mishaps: u32) -> Result<Extent, Counterexample<World>> {
        let begin = || World::new(&self.provider, &self.keys, rules);
        search(begin, mishaps)
    }

    /// Breaks a rule, and shows what comes of it.
    fn broken(&self, rules: Rules, mishaps: u32) -> String {
        match self.explore(rules, mishaps) {
            Ok(extent) => panic!("it is not found: {rules:?} {extent:?}"),
            Err(found) => shown(&found),
        }
    }
}

fn shown(found: &Counterexample<World>) -> String {
    let Counterexample {
        why,
        mishaps,
        course,
    } = found;
    format!("{why} ({mishaps} mishaps)\n\n{}", course.diagram)
}

const METHODS: [Method; 4] = [
    Method::EntryCode,
    Method::OrderCode,
    Method::UserPresented,
    Method::Refund,
];

/// Returns the methods that are gone through: one, unless the proof is whole. Refunds have most courses.
fn methods() -> &'static [Method] {
    match is_whole() {
        true => &METHODS,
        false => &[Method::UserPresented],
    }
}

/// Returns the rows of a table that are gone through: the first, which takes the least time, unless the proof is
/// whole.
fn tried<T, const N: usize>(table: [T; N]) -> impl Iterator<Item = T> {
    let rows = table.into_iter().enumerate();
    rows.filter_map(|(number, row)| is_tried(number).then_some(row))
}

const CLIENTS: [By; 2] = [By::Client(Kind::Blocking), By::Client(Kind::Async)];

/// Rules that nobody breaks.
fn honest(method: Method, by: By, expires: u64, menu: Option<&'static [Choice]>) -> Rules {
    Rules {
        method,
        by,
        shop: None,
        // A refund never does.
        expires: (method != Method::Refund).then_some(expires),
        menu,
        anew: false,
    }
}

/// Goes through all that can happen with so many mishaps at most. Returns how much that is, in one line.
fn nothing_breaks(stage: &Stage, rules: Rules, mishaps: u32) -> String {
    let Rules {
        method,
        by,
        shop: _,
        expires,
        menu,
        anew,
    } = rules;
    let expires = match expires {
        Some(seconds) => format!("expiry after {seconds} s"),
        None => "no expiry".to_owned(),
    };
    let anew = if anew { ", once more" } else { "" };
    let among = menu.map_or(String::new(), |menu| format!(" of {menu:?}"));
    let what = format!("{method:?} by {by:?}, {expires}, {mishaps} mishaps{among}{anew}");
    match stage.explore(rules, mishaps) {
        Ok(extent) => {
            println!("{what}: {extent:?}");
            format!("{what}: {extent:?}\n")
        }
        Err(found) => panic!("{what}: {}", shown(&found)),
    }
}

/// Compares how much was gone through with a snapshot: a search that loses courses is seen. The
/// snapshot has the lines of the whole proof.
macro_rules! assert_extent {
    ($name:literal, $extents:expr) => {
        let extents: String = $extents;
        if is_whole() {
            insta::assert_snapshot!($name, extents);
        } else {
            let kept = include_str!(concat!("snapshots/all__life__explorer__", $name, ".snap"));
            for line in extents.lines() {
                assert!(kept.lines().any(|one| one == line), "{line}\n{kept}");
            }
        }
    };
}

#[test]
fn no_interleaving_breaks_the_promise() {
    let stage = Stage::new(None);
    let mut extents = String::new();
    for method in methods() {
        let expires: &[u64] = match method {
            Method::EntryCode | Method::OrderCode | Method::UserPresented => &[1, 3],
            Method::Refund => &[1],
        };
        for expires in expires {
            let rules = honest(*method, By::Machine, *expires, None);
            extents += &nothing_breaks(&stage, rules, 1);
        }
    }
    assert_extent!("extent", extents);
}

#[test]
fn no_interleaving_breaks_the_promise_of_a_client() {
    let stage = Stage::new(None);
    let mut extents = String::new();
    for method in methods() {
        for by in CLIENTS {
            extents += &nothing_breaks(&stage, honest(*method, by, 1, None), 1);
        }
    }
    assert_extent!("extent_of_clients", extents);
}

/// Mishaps that go together worst: each pair of a row.
const PAIRS: &[&[Choice]] = &[
    &[Choice::AnswerLost, Choice::Down],
    &[Choice::DiskFull, Choice::Down],
    &[Choice::DiskFull, Choice::AnswerLost],
    &[Choice::Dropped, Choice::CrashAfter],
    &[Choice::RequestLate, Choice::CrashAfter],
    &[Choice::ArrivesAndCrash(0), Choice::DiskFull],
    &[Choice::Undecided, Choice::Refused],
    &[Choice::OtherAmount, Choice::DiskFull],
    &[Choice::ArrivesWithOtherAmount(0), Choice::AnswerLost],
    &[Choice::ClockBack, Choice::Down],
    &[Choice::ClockForward, Choice::CrashAfter],
];

#[test]
#[ignore = "an own step of .ci/more"]
fn no_interleaving_with_two_mishaps_of_a_pair_breaks_the_promise_bounded() {
    let stage = Stage::new(None);
    let mut extents = String::new();
    for method in METHODS {
        let mut rules = honest(method, By::Machine, 1, None);
        rules.anew = true;
        extents += &nothing_breaks(&stage, rules, 1);
        for by in [By::Machine, By::Client(Kind::Async)] {
            for menu in PAIRS {
                extents += &nothing_breaks(&stage, honest(method, by, 1, Some(menu)), 2);
            }
        }
    }
    insta::assert_snapshot!("extent_of_pairs", extents);
}

#[test]
#[ignore = "an own step of .ci/more"]
fn no_interleaving_with_two_mishaps_breaks_the_promise_in_full() {
    let stage = Stage::new(None);
    for method in METHODS {
        for by in [By::Machine, CLIENTS[0], CLIENTS[1]] {
            nothing_breaks(&stage, honest(method, by, 1, None), 2);
        }
    }
}

#[test]
fn a_shop_that_forgets_dropped_futures_is_found() {
    let stage = Stage::new(None);
    let mut rules = honest(Method::EntryCode, By::Client(Kind::Async), 3, None);
    rules.shop = Some(shop::Breach::ForgetsDroppedFutures);
    insta::assert_snapshot!("forgets_dropped_futures", stage.broken(rules, 1));
}

#[test]
fn shops_that_break_a_rule_of_refunds_are_found() {
    use shop::Breach;
    let stage = Stage::new(None);
    let table = [
        ("believes_acceptance", Breach::BelievesRedirects),
        ("refunds_anew", Breach::PaysAnew),
        ("refunds_without_a_journal", Breach::KeepsNoJournal),
        ("passes_over_refunded_amounts", Breach::PassesOverAmounts),
    ];
    for (name, breach) in tried(table) {
        let mut rules = honest(Method::Refund, By::Machine, 1, None);
        rules.shop = Some(breach);
        insta::assert_snapshot!(name, stage.broken(rules, 1));
    }
}

#[test]
fn shops_that_break_a_rule_are_found() {
    use shop::Breach;
    let stage = Stage::new(None);
    // At its expiry a payment is asked for before it is cancelled, when nobody can pay it any more: what
    // goes wrong with a cancellation is found where the schedule ends before the payment expires.
    let table = [
        ("pays_anew", Breach::PaysAnew, 3),
        ("believes_redirects", Breach::BelievesRedirects, 3),
        ("believes_cancellations", Breach::BelievesCancellations, 60),
        (
            "believes_late_notifications",
            Breach::BelievesLateNotifications,
            60,
        ),
        ("keeps_no_journal", Breach::KeepsNoJournal, 3),
        ("passes_over_amounts", Breach::PassesOverAmounts, 3),
    ];
    for (name, breach, expires) in tried(table) {
        let mut rules = honest(Method::EntryCode, By::Machine, expires, None);
        rules.shop = Some(breach);
        insta::assert_snapshot!(name, stage.broken(rules, 1));
    }
}

/// A breach that takes several mishaps is looked for among those kinds alone: all others would take minutes.
#[test]
#[ignore = "long: an own step of .ci/run"]
fn shops_that_break_a_rule_are_found_by_mishaps_that_go_together() {
    use shop::Breach;
    let stage = Stage::new(None);
    let table: [(_, _, &'static [Choice], _, _); 4] = [
        (
            "forgets_notifications",
            Breach::ForgetsNotifications,
            &[Choice::ArrivesAndCrash(0), Choice::AnswerLost],
            3,
            3,
        ),
        (
            "believes_refusals",
            Breach::BelievesRefusals,
            &[Choice::Undecided, Choice::Refused],
            30,
            2,
        ),
        (
            "believes_absence",
            Breach::BelievesAbsence,
            &[Choice::RequestLate, Choice::TurnedAway],
            30,
            2,
        ),
        (
            "tells_unwritten_ends",
            Breach::TellsUnwrittenEnds,
            &[Choice::DiskFull, Choice::Down, Choice::AnswerLost],
            1,
            4,
        ),
    ];
    for (name, breach, menu, expires, mishaps) in table {
        let mut rules = honest(Method::EntryCode, By::Machine, expires, Some(menu));
        rules.shop = Some(breach);
        insta::assert_snapshot!(name, stage.broken(rules, mishaps));
        rules.shop = None;
        let honest = stage.explore(rules, mishaps);
        assert!(
            honest.is_ok(),
            "{}",
            honest.err().map_or_else(String::new, |found| shown(&found))
        );
    }
}

#[test]
fn providers_that_break_a_rule_are_found() {
    use provider::Breach;
    for (name, breach, expires) in [
        ("forgets_requests", Breach::ForgetsRequests, 3),
        ("forgets_cancellations", Breach::ForgetsCancellations, 1),
    ] {
        let rules = honest(Method::EntryCode, By::Machine, expires, None);
        insta::assert_snapshot!(name, Stage::new(Some(breach)).broken(rules, 1));
    }
}
