//! Writes a spec of any size.
//!
//! ```text
//! cargo run --example synthetic_spec -- target/synthetic/spec 2000 10
//! cargo run --bin payspec -- generate --spec target/synthetic/spec --out target/synthetic/src
//! ```

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Option<Vec<usize>> = arguments.iter().skip(1).map(|n| n.parse().ok()).collect();
    let (Some(folder), Some([objects, fields])) = (arguments.first(), numbers.as_deref()) else {
        eprintln!("usage: synthetic_spec FOLDER OBJECTS FIELDS");
        return ExitCode::from(2);
    };
    match payspec_tests::synthetic::write(Path::new(folder), *objects, *fields) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::from(2)
        }
    }
}
