//! Recorded messages held against one spec, and against two; the baseline is reading them as JSON alone.
//! Processor time is that of all threads, from `/proc`, so this runs on Linux only.

#[path = "support/cpu.rs"]
mod cpu;

use cpu::cpu_time;
use payspec_model::load;
use payspec_model::model::Model;
use payspec_review::traffic::{Input, hold, survey};
use payspec_runtime::json::Node;
use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Instant;

/// So many bytes are recorded, at least.
const SIZE: usize = 64 << 20;

/// So often everything is measured; the candidates take turns.
const ROUNDS: usize = 9;

/// Something to measure: its name, how many specs judge each message, and one call of it.
type Candidate<'a> = (&'static str, f64, Box<dyn Fn() -> u64 + 'a>);

fn main() -> io::Result<()> {
    let loaded = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"));
    let model = loaded.model.expect("the spec has no errors");
    let lines = lines(&model);
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    let mut size = 0;
    let mut messages = 0;
    while size < SIZE {
        for line in &lines {
            file.write_all(line.as_bytes())
                .expect("a file can be written");
            size += line.len();
            messages += 1;
        }
    }
    let input = Input::new([file.path()]);
    let threads = |count: usize| NonZeroUsize::new(count).expect("not zero");
    let parse = || {
        let text = std::fs::read(file.path()).expect("a file can be read");
        let lines = text
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        lines
            .map(|line| u64::from(Node::from_slice(line).is_ok()))
            .sum()
    };
    let judge = |count| survey(&model, &input, threads(count)).judged;
    let compare = |count| hold(&model, &model, &input, threads(count)).traffic.judged;
    let candidates: [Candidate<'_>; 5] = [
        ("parsing alone, one thread", 1.0, Box::new(parse)),
        ("one spec, one thread", 1.0, Box::new(|| judge(1))),
        ("one spec, two threads", 1.0, Box::new(|| judge(2))),
        ("two specs, one thread", 2.0, Box::new(|| compare(1))),
        ("two specs, two threads", 2.0, Box::new(|| compare(2))),
    ];
    let mut times = vec![Vec::with_capacity(ROUNDS); candidates.len()];
    let mut processor = vec![Vec::with_capacity(ROUNDS); candidates.len()];
    for _ in 0..ROUNDS {
        for (at, (_, _, run)) in candidates.iter().enumerate() {
            let (start, before) = (Instant::now(), cpu_time()?);
            assert_eq!(run(), messages, "every message is judged");
            times[at].push(start.elapsed().as_secs_f64());
            processor[at].push((cpu_time()? - before).as_secs_f64());
        }
    }
    let megabytes = size as f64 / 1e6;
    println!("\n{messages} messages, {megabytes:.0} MB");
    println!(
        "{:<28} {:>8} {:>14} {:>22} {:>7}",
        "", "MB/s", "MB per CPU-s", "the same, per spec", "ratio"
    );
    let baseline = low(&mut processor[0].clone());
    for (at, (name, specs, _)) in candidates.iter().enumerate() {
        let speed = megabytes / low(&mut times[at]);
        let cpu = low(&mut processor[at]);
        println!(
            "{name:<28} {speed:>8.0} {:>14.0} {:>22.0} {:>7.2}",
            megabytes / cpu,
            megabytes / cpu * specs,
            cpu / baseline
        );
    }
    Ok(())
}

/// The time of the best round: the others met whatever else the machine did.
fn low(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[0]
}

/// The documented messages of all operations, as lines of a recording.
fn lines(model: &Model) -> Vec<String> {
    let operations = model.apis.iter().flat_map(|api| &api.operations);
    let lines = operations.flat_map(|operation| {
        operation.examples.iter().map(|example| {
            let body: serde_json::Value = serde_json::from_str(&example.json).expect("JSON");
            let (id, side) = (&operation.id, example.side);
            format!("{{\"operation\":\"{id}\",\"side\":\"{side}\",\"body\":{body}}}\n")
        })
    });
    lines.collect()
}
