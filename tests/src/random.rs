//! Random inputs: the same in every run, and failing ones are kept.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestRunner};
use std::cell::Cell;

/// Every run sees the inputs of this seed.
const SEED: u64 = 0x7061_7973_7065_6300;

/// Where [`holds`] keeps the inputs that failed: a file of the folder `tests/kept`, to be committed.
#[macro_export]
macro_rules! kept {
    ($name:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/kept/", $name, ".txt")
    };
}

/// Tries a property on so many random inputs, those that failed in an earlier run first. The property
/// panics where it does not hold, and is `true` where it had something to say of the input.
///
/// Returns the number of inputs of which it had: a caller asserts a floor, so that a filter cannot
/// quietly let nothing through.
///
/// # Panics
///
/// When the property does not hold; the message shows the shrunken input.
pub fn holds<S: Strategy>(
    kept: &'static str,
    cases: u32,
    strategy: &S,
    property: impl Fn(S::Value) -> bool,
) -> u32 {
    let config = Config {
        cases,
        rng_seed: RngSeed::Fixed(SEED),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(kept))),
        ..Config::default()
    };
    let told = Cell::new(0);
    let outcome = TestRunner::new(config).run(strategy, |input| {
        told.set(told.get() + u32::from(property(input)));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    told.get()
}
