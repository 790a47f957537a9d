//! The work of `payspec diff` with two specs of 200 and of 2,000 object types with ten fields each, of which
//! one in twenty changed: it loads both, compares them and what is generated from them, and writes the
//! report. Each object is held by a message. Processor time is that of all threads, from `/proc`, so this
//! runs on Linux only.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use payspec_model::model::Model;
use payspec_review::{Report, findings, render};
use payspec_tests::synthetic;

#[path = "support/cpu.rs"]
mod cpu;

use cpu::cpu_time;

/// How often each size is compared.
const ROUNDS: usize = 20;

fn main() -> io::Result<()> {
    println!(
        "{:<14} {:>12} {:>12} {:>12} {:>12} {:>12} {:>14} {:>12} {:>9}",
        "object types",
        "load both",
        "findings",
        "report",
        "text",
        "elapsed ms",
        "us per object",
        "CPU ms",
        "findings"
    );
    for objects in [200, 2_000] {
        let (old, new) = (folder("old", objects), folder("new", objects));
        synthetic::write_pair(&old, &new, objects, 10)?;
        let mut stages: [Vec<f64>; 5] = Default::default();
        let mut found = 0;
        let before = cpu_time()?;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let (old, new) = at_once(&old, &new)?;
            let loaded = start.elapsed();
            let report = Report::with_generated(&old, &new).map_err(io::Error::other)?;
            let reported = start.elapsed();
            black_box(render::text(&report, false));
            let told = start.elapsed();
            found = report.findings.len();
            let times = [
                loaded,
                Duration::ZERO,
                reported - loaded,
                told - reported,
                told,
            ];
            for (stage, time) in stages.iter_mut().zip(times) {
                stage.push(time.as_secs_f64() * 1e3);
            }
        }
        let cpu = (cpu_time()? - before).as_secs_f64() * 1e3 / ROUNDS as f64;
        // A part of the report, to see its share.
        let (old, new) = at_once(&old, &new)?;
        for time in &mut stages[1] {
            let start = Instant::now();
            black_box(findings(&old, &new));
            *time = start.elapsed().as_secs_f64() * 1e3;
        }
        let [load, findings, report, text, all] = stages.map(low);
        println!(
            "{objects:<14} {load:>12.1} {findings:>12.1} {report:>12.1} {text:>12.1} {all:>12.1} {:>14.1} \
             {cpu:>12.1} {found:>9}",
            all * 1e3 / objects as f64,
        );
    }
    Ok(())
}

/// Loads both specs at the same time, as the command does.
fn at_once(old: &Path, new: &Path) -> io::Result<(Model, Model)> {
    let (old, new) = thread::scope(|scope| {
        let old = scope.spawn(|| load(old));
        let new = load(new);
        (old.join(), new)
    });
    let old = old.map_err(|_| io::Error::other("a thread failed"))?;
    Ok((old?, new?))
}

fn load(folder: &Path) -> io::Result<Model> {
    let model = payspec_model::load(folder).model;
    model.ok_or_else(|| io::Error::other("the synthetic spec has errors"))
}

/// A time that a tenth of the rounds stay below: the others met whatever else the machine did.
fn low(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 10]
}

fn folder(side: &str, objects: usize) -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let folder = target.join(format!("synthetic-diff-{objects}-{side}"));
    let _ = fs::remove_dir_all(&folder);
    folder
}
