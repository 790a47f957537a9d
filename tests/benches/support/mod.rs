//! Ratios against a baseline, taken in one run: the candidates take turns, so that whatever else
//! the machine does falls on all of them.

use std::time::{Duration, Instant};

/// Something to measure.
pub(crate) struct Candidate<'a> {
    /// The name in the report.
    pub(crate) name: &'static str,
    /// One call of it.
    pub(crate) run: Box<dyn FnMut() + 'a>,
}

impl<'a> Candidate<'a> {
    /// A candidate that keeps what `run` returns from being optimised away.
    pub(crate) fn new<T>(name: &'static str, mut run: impl FnMut() -> T + 'a) -> Self {
        Candidate {
            name,
            run: Box::new(move || drop(std::hint::black_box(run()))),
        }
    }
}

/// Measures the candidates in turns and prints each one's time and its ratio to the first. The time is
/// one that a tenth of the rounds stay below: the others met whatever else the machine did.
pub(crate) fn compare(title: &str, candidates: &mut [Candidate<'_>]) {
    const ROUNDS: usize = 1001;
    const BATCH: Duration = Duration::from_micros(200);

    let sizes: Vec<u32> = candidates
        .iter_mut()
        .map(|one| batch_size(&mut one.run, BATCH))
        .collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); candidates.len()];
    for _ in 0..ROUNDS {
        for ((candidate, size), times) in candidates.iter_mut().zip(&sizes).zip(&mut times) {
            let time = time_of(&mut candidate.run, *size);
            times.push(time.as_secs_f64() * 1e9 / f64::from(*size));
        }
    }
    println!("\n{title}");
    println!("{:<58} {:>10} {:>7}", "", "ns", "ratio");
    let lows: Vec<f64> = times.iter_mut().map(|times| low(times)).collect();
    for (candidate, low) in candidates.iter().zip(&lows) {
        let ratio = low / lows[0];
        println!("{:<58} {low:>10.0} {ratio:>7.2}", candidate.name);
    }
}

fn time_of(run: &mut dyn FnMut(), times: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..times {
        run();
    }
    start.elapsed()
}

/// How many calls take at least this time, also when nothing interrupts them.
fn batch_size(run: &mut dyn FnMut(), batch: Duration) -> u32 {
    let mut size = 1_u32;
    while size < 1 << 24 && (0..5).any(|_| time_of(run, size) < batch) {
        size *= 2;
    }
    size
}

fn low(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 10]
}
