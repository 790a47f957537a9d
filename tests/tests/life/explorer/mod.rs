//! Everything that can happen to one order, gone through without chance.
//!
//! The shop is the client's life of a payment, the provider the core of the sandbox gateway; between
//! them requests and answers are lost, late, spoilt, the program stops and goes on from what it saved,
//! and the payer pays or declines whenever that is possible. Checked in every place that is reached:
//!
//! * the money of an order is taken at most once, whatever was given back aside;
//! * what the shop takes to be paid is paid, what it takes to be unpaid is unpaid, and stays so;
//! * every course ends with the order paid, unpaid or in doubt.
//!
//! A counterexample is shown as a sequence diagram, the one with the fewest mishaps and then the
//! shortest. Shops and providers that break a rule prove that breaches are found.

// Few of these values live at a time.
#![allow(clippy::large_enum_variant, clippy::result_large_err)]

mod diagram;
mod keys;
mod provider;
mod search;
mod shop;
mod world;

use self::keys::{Signs, Verifies};
use self::provider::Provider;
use self::search::{Counterexample, Extent, search};
use self::world::{Choice, Rules, World};
use payspec_tests::agree::Validators;
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

/// Goes through all that can happen, for expiry after so many seconds and so many mishaps at most.
fn nothing_breaks(extents: &[(u64, u32)]) {
    let stage = Stage::new(None);
    for (expires, mishaps) in extents {
        let rules = Rules {
            shop: None,
            expires: Some(*expires),
            menu: None,
        };
        match stage.explore(rules, *mishaps) {
            Ok(extent) => {
                println!("expiry after {expires} s, {mishaps} mishaps: {extent:?}");
                // It goes through something.
                assert!(extent.courses > 10 && extent.longest >= 8, "{extent:?}");
            }
            Err(found) => panic!("{}", shown(&found)),
        }
    }
}

#[test]
fn no_interleaving_breaks_the_promise() {
    nothing_breaks(&[(1, 1), (3, 1)]);
}

#[test]
#[ignore = "it takes minutes: 20,000 courses"]
fn no_interleaving_with_two_mishaps_breaks_the_promise() {
    nothing_breaks(&[(1, 2)]);
}

#[test]
fn shops_that_break_a_rule_are_found() {
    use shop::Breach;
    let stage = Stage::new(None);
    for (name, breach) in [
        ("pays_anew", Breach::PaysAnew),
        ("believes_redirects", Breach::BelievesRedirects),
        ("believes_cancellations", Breach::BelievesCancellations),
        ("believes_late_notices", Breach::BelievesLateNotices),
        ("keeps_no_journal", Breach::KeepsNoJournal),
    ] {
        let rules = Rules {
            shop: Some(breach),
            expires: Some(3),
            menu: None,
        };
        insta::assert_snapshot!(name, stage.broken(rules, 1));
    }
}

/// What takes two mishaps is looked for among those two kinds alone: all others would take minutes.
#[test]
fn shops_that_break_a_rule_are_found_by_two_mishaps() {
    use shop::Breach;
    let stage = Stage::new(None);
    for (name, breach, menu) in [
        (
            "believes_refusals",
            Breach::BelievesRefusals,
            &[Choice::Undecided, Choice::Refused],
        ),
        (
            "believes_absence",
            Breach::BelievesAbsence,
            &[Choice::RequestLate, Choice::TurnedAway],
        ),
    ] {
        let mut rules = Rules {
            shop: Some(breach),
            expires: Some(30),
            menu: Some(menu),
        };
        insta::assert_snapshot!(name, stage.broken(rules, 2));
        rules.shop = None;
        let honest = stage.explore(rules, 2);
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
        let rules = Rules {
            shop: None,
            expires: Some(expires),
            menu: None,
        };
        insta::assert_snapshot!(name, Stage::new(Some(breach)).broken(rules, 1));
    }
}
