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

use self::provider::Provider;
use self::search::{Counterexample, Extent, search};
use self::world::{Rules, World};
use payspec_tests::agree::Validators;
use std::rc::Rc;

fn explore(
    provider: Option<provider::Breach>,
    rules: Rules,
    mishaps: u32,
) -> Result<Extent, Counterexample<World>> {
    let provider = Rc::new(Provider::new(Validators::load().model(), provider));
    let keys = keys::remembering();
    search(|| World::new(&provider, &keys, rules), mishaps)
}

fn shown(found: &Counterexample<World>) -> String {
    let Counterexample {
        why,
        mishaps,
        course,
    } = found;
    format!("{why} ({mishaps} mishaps)\n\n{}", course.diagram)
}

#[test]
fn no_interleaving_breaks_the_promise() {
    for (expires, mishaps) in [(1, 1), (3, 0)] {
        let rules = Rules {
            shop: None,
            expires: Some(expires),
        };
        match explore(None, rules, mishaps) {
            Ok(extent) => {
                println!("expiry after {expires} s, {mishaps} mishaps: {extent:?}");
                // It goes through something.
                assert!(extent.courses > 10 && extent.longest >= 8, "{extent:?}");
            }
            Err(found) => panic!("{}", shown(&found)),
        }
    }
}

/// Breaks a rule, and shows what comes of it.
fn broken(shop: Option<shop::Breach>, provider: Option<provider::Breach>, expires: u64) -> String {
    let rules = Rules {
        shop,
        expires: Some(expires),
    };
    match explore(provider, rules, 1) {
        Ok(extent) => panic!("{shop:?} {provider:?} is not found: {extent:?}"),
        Err(found) => shown(&found),
    }
}

#[test]
fn shops_that_break_a_rule_are_found() {
    use shop::Breach;
    for (name, breach, expires) in [
        ("pays_anew", Breach::PaysAnew, 3),
        ("believes_redirects", Breach::BelievesRedirects, 3),
        ("believes_cancellations", Breach::BelievesCancellations, 3),
        ("believes_late_notices", Breach::BelievesLateNotices, 3),
    ] {
        insta::assert_snapshot!(name, broken(Some(breach), None, expires));
    }
}

#[test]
fn providers_that_break_a_rule_are_found() {
    use provider::Breach;
    for (name, breach, expires) in [
        ("forgets_requests", Breach::ForgetsRequests, 3),
        ("forgets_cancellations", Breach::ForgetsCancellations, 1),
    ] {
        insta::assert_snapshot!(name, broken(None, Some(breach), expires));
    }
}
