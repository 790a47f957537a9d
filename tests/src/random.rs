//! Random inputs: the same in every run, and failing ones are kept.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestRunner};
use std::cell::Cell;

/// Every run sees the inputs of this seed.
const SEED: u64 = 0x7061_7973_7065_6300;

/// Returns whether proofs go through everything that they are about, and not through a tenth of it: the
/// variable `PAYSPEC_PROOFS` is `whole`, as it is in `.ci/more proofs`.
pub fn is_whole() -> bool {
    std::env::var("PAYSPEC_PROOFS").is_ok_and(|word| word == "whole")
}

/// Returns how many random inputs to try of so many: the first tenth, unless the proof is whole.
pub fn share(all: u32) -> u32 {
    if is_whole() { all } else { all / 10 }
}

/// Returns whether to try the input with this number: one in ten, unless the proof is whole.
pub fn is_tried(number: usize) -> bool {
    is_whole() || number.is_multiple_of(10)
}

/// The file in which [`holds`] keeps the inputs that failed, in the folder `tests/kept`, to be committed.
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
