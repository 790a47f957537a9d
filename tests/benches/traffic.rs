//! Recorded messages held against one spec, and against two, against reading them as JSON alone.

use payspec_codegen::load;
use payspec_codegen::model::Model;
use payspec_codegen::traffic::{Input, hold, survey};
use payspec_runtime::json::Node;
use std::fmt::Write as _;
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::Instant;

/// So many bytes are recorded, at least.
const SIZE: usize = 64 << 20;

/// So often everything is measured; the candidates take turns.
const ROUNDS: usize = 9;

/// Something to measure: its name, how many specs judge each message, and one call of it.
type Candidate<'a> = (&'static str, f64, Box<dyn Fn() -> u64 + 'a>);

fn main() {
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
    for _ in 0..ROUNDS {
        for ((_, _, run), times) in candidates.iter().zip(&mut times) {
            let start = Instant::now();
            assert_eq!(run(), messages, "every message is judged");
            times.push(start.elapsed().as_secs_f64());
        }
    }
    let mut table = String::new();
    let megabytes = size as f64 / 1e6;
    for ((name, specs, _), times) in candidates.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        let speed = megabytes / times[ROUNDS / 4];
        let _ = writeln!(
            table,
            "{name:<28} {speed:>7.0} MB/s {:>7.0} MB/s per spec",
            speed * specs
        );
    }
    println!("\n{messages} messages, {megabytes:.0} MB\n{table}");
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
