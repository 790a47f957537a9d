//! The comparison of two specs of 200 and of 2,000 object types with ten fields each, of which one in
//! twenty changed. CPU time is that of the thread, read from `/proc`, so this runs on Linux only;
//! other work on the machine does not count in it.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use payspec_codegen::diff::findings;
use payspec_codegen::model::Model;
use payspec_tests::synthetic;

/// How often each size is loaded. The mean is told.
const ROUNDS: u32 = 15;

/// How often two loaded specs are compared: the clock moves with the ticks of the kernel only.
const COMPARISONS: u32 = 10;

fn main() -> io::Result<()> {
    println!(
        "{:<14} {:>14} {:>12} {:>12} {:>14} {:>8} {:>12} {:>9}",
        "object types",
        "load both ms",
        "findings ms",
        "in all ms",
        "us per object",
        "ratio",
        "elapsed ms",
        "findings"
    );
    for objects in [200, 2_000] {
        let (old, new) = (folder("old", objects), folder("new", objects));
        synthetic::write(&old, objects, 10)?;
        synthetic::write_changed(&new, objects, 10)?;
        let (mut loading, mut comparing) = (0.0, 0.0);
        let mut elapsed = f64::MAX;
        let mut found = 0;
        for _ in 0..ROUNDS {
            let start = cpu_time()?;
            let models = (load(&old)?, load(&new)?);
            let loaded = cpu_time()?;
            for _ in 0..COMPARISONS {
                found = black_box(findings(&models.0, &models.1)).len();
            }
            loading += (loaded - start).as_secs_f64() / f64::from(ROUNDS);
            comparing += (cpu_time()? - loaded).as_secs_f64() / f64::from(ROUNDS * COMPARISONS);
            elapsed = elapsed.min(at_once(&old, &new)?.as_secs_f64());
        }
        let all = loading + comparing;
        println!(
            "{objects:<14} {:>14.1} {:>12.1} {:>12.1} {:>14.1} {:>8.2} {:>12.1} {found:>9}",
            loading * 1e3,
            comparing * 1e3,
            all * 1e3,
            all * 1e6 / objects as f64,
            all / loading,
            elapsed * 1e3,
        );
    }
    Ok(())
}

/// How long it takes as `payspec diff` does it: both specs are loaded at the same time.
fn at_once(old: &Path, new: &Path) -> io::Result<Duration> {
    let start = Instant::now();
    let (old, new) = thread::scope(|scope| {
        let old = scope.spawn(|| load(old));
        (load(new), old.join())
    });
    let new = new.map_err(|_| io::Error::other("a thread failed"))?;
    black_box(findings(&old?, &new?));
    Ok(start.elapsed())
}

fn load(folder: &Path) -> io::Result<Model> {
    let model = payspec_codegen::load(folder).model;
    model.ok_or_else(|| io::Error::other("the synthetic spec has errors"))
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
