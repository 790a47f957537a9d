//! Ratios against a baseline, taken in one run: the candidates take turns, so that whatever else
//! the machine does falls on all of them.

use std::time::{Duration, Instant};

/// Something to measure.
pub(crate) struct Candidate<'a> {
    /// What the report calls it.
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

/// Measures the candidates in turns and prints each one's median and its ratio to the first.
pub(crate) fn compare(title: &str, candidates: &mut [Candidate<'_>]) {
    const ROUNDS: usize = 151;
    const BATCH: Duration = Duration::from_millis(2);

    let sizes: Vec<u32> = candidates
        .iter_mut()
        .map(|one| batch_size(&mut one.run, BATCH))
        .collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); candidates.len()];
    for _ in 0..ROUNDS {
        for ((candidate, size), times) in candidates.iter_mut().zip(&sizes).zip(&mut times) {
            let start = Instant::now();
            for _ in 0..*size {
                (candidate.run)();
            }
            times.push(start.elapsed().as_secs_f64() * 1e9 / f64::from(*size));
        }
    }
    println!("\n{title}");
    println!("{:<58} {:>10} {:>7}", "", "median ns", "ratio");
    let medians: Vec<f64> = times.iter_mut().map(|times| median(times)).collect();
    for (candidate, median) in candidates.iter().zip(&medians) {
        println!(
            "{:<58} {median:>10.0} {:>7.2}",
            candidate.name,
            median / medians[0]
        );
    }
}

fn batch_size(run: &mut dyn FnMut(), batch: Duration) -> u32 {
    let mut size = 1_u32;
    loop {
        let start = Instant::now();
        for _ in 0..size {
            run();
        }
        if start.elapsed() >= batch || size >= 1 << 24 {
            return size;
        }
        size *= 2;
    }
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
