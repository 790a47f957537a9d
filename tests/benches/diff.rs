//! The comparison of two specs of 200 and of 2,000 object types with ten fields each, of which one in
//! twenty changed. CPU time is that of the thread, read from `/proc`, so this runs on Linux only;
//! other work on the machine does not count in it.

use std::path::{Path, PathBuf};
use std::time::{Duration};
use std::{env, fs, io};

use payspec_codegen::diff::findings;
use payspec_codegen::model::Model;
use payspec_tests::synthetic;

/// How often each size is measured. The least of the times is told.
const ROUNDS: usize = 15;

fn main() -> io::Result<()> {
    println!(
        "{:<14} {:>14} {:>12} {:>12} {:>14} {:>8} {:>9}",
        "object types", "load both ms", "findings ms", "in all ms", "us per object", "ratio", "findings"
    );
    for objects in [200, 2_000] {
        let (old, new) = (folder("old", objects), folder("new", objects));
        synthetic::write(&old, objects, 10)?;
        synthetic::write_changed(&new, objects, 10)?;
        let mut rounds = Vec::new();
        let mut found = 0;
        for _ in 0..ROUNDS {
            let start = cpu_time()?;
            let models = (load(&old)?, load(&new)?);
            let loaded = cpu_time()?;
            found = std::hint::black_box(findings(&models.0, &models.1)).len();
            rounds.push((loaded - start, cpu_time()? - loaded));
        }
        let load = least(rounds.iter().map(|(load, _)| *load));
        let compare = least(rounds.iter().map(|(_, compare)| *compare));
        let all = load + compare;
        println!(
            "{objects:<14} {:>14.1} {:>12.1} {:>12.1} {:>14.1} {:>8.2} {found:>9}",
            load * 1e3,
            compare * 1e3,
            all * 1e3,
            all * 1e6 / objects as f64,
            all / load,
        );
    }
    Ok(())
}

fn load(folder: &Path) -> io::Result<Model> {
    let model = payspec_codegen::load(folder).model;
    model.ok_or_else(|| io::Error::other("the synthetic spec has errors"))
}

fn least(times: impl Iterator<Item = Duration>) -> f64 {
    times.map(|time| time.as_secs_f64()).fold(f64::MAX, f64::min)
}

/// What this thread had of the processor.
fn cpu_time() -> io::Result<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = stat.split(' ').next().and_then(|word| word.parse().ok());
    nanoseconds
        .map(Duration::from_nanos)
        .ok_or_else(|| io::Error::other("no time in /proc/thread-self/schedstat"))
}

fn folder(side: &str, objects: usize) -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let folder = target.join(format!("synthetic-diff-{objects}-{side}"));
    let _ = fs::remove_dir_all(&folder);
    folder
}
