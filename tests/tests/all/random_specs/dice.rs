use std::cell::Cell;

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(Cell<u64>);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice(Cell::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1))
    }

    /// A number below a bound.
    pub(crate) fn below(&self, bound: usize) -> usize {
        let mut state = self.0.get();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.0.set(state);
        (state >> 11) as usize % bound
    }

    /// True once in so many times.
    pub(crate) fn once_in(&self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<'a, T>(&self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Some of a list, in its order, each once; at least one.
    pub(crate) fn some<'a, T>(&self, from: &'a [T], most: usize) -> Vec<&'a T> {
        let mut left: Vec<usize> = (0..from.len()).collect();
        let count = 1 + self.below(most.min(from.len()));
        let mut chosen: Vec<usize> = (0..count)
            .map(|_| left.swap_remove(self.below(left.len())))
            .collect();
        chosen.sort_unstable();
        chosen.into_iter().map(|index| &from[index]).collect()
    }
}
