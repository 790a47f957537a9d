//! Any bytes into the loader, as every kind of file.
//! Run with `cargo +nightly fuzz run loader` in `tests/fuzz`.
#![no_main]

use payspec_model::source::Memory;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut memory = Memory::default();
    for name in ["api.yaml", "results.yaml", "types/a.yaml", "operations/a.yaml"] {
        memory.files.insert(format!("a/{name}"), bytes.to_vec());
    }
    let _ = payspec_model::load_from(&memory);
});
