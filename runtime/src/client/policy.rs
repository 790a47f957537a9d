//! The number of repetitions of a request, and the pauses between them.

use std::time::Duration;

/// The number of repetitions of a request whose outcome is unknown, and the pauses between them.
///
/// The pauses double from [`first_pause`](Self::first_pause) to [`longest_pause`](Self::longest_pause).
/// Each is shortened at random by up to a half, so that many clients do not repeat at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The number of repetitions; [`None`] for the number in the description of the API.
    pub repeats: Option<u32>,
    /// The pause before the second sending, at most.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// The longest pause that an answer may request with `Retry-After`; longer ones are reduced to
    /// this.
    ///
    /// Anyone on the network path can write that header, so it can only lengthen a pause: it never
    /// shortens one, and never decides whether the request is sent again.
    pub longest_retry_after: Duration,
}

impl Policy {
    /// Sends nothing again: the caller decides.
    pub const ONCE: Self = Self {
        repeats: Some(0),
        first_pause: Duration::ZERO,
        longest_pause: Duration::ZERO,
        longest_retry_after: Duration::ZERO,
    };

    /// Returns the pause after this number of sendings, if the last answer requested `asked`.
    pub(super) fn pause(
        &self,
        sendings: u32,
        asked: Option<Duration>,
        random: &mut Random,
    ) -> Duration {
        let asked = asked.unwrap_or_default().min(self.longest_retry_after);
        self.own_pause(sendings, random).max(asked)
    }

    fn own_pause(&self, sendings: u32, random: &mut Random) -> Duration {
        let doubled = 1u32.checked_shl(sendings.saturating_sub(1));
        let full = self.first_pause.saturating_mul(doubled.unwrap_or(u32::MAX));
        let half = full.min(self.longest_pause) / 2;
        half + half.mul_f64(random.share())
    }
}

impl Default for Policy {
    /// Returns the policy of the description: its number of repetitions, after pauses of at most 0.5,
    /// 1, 2, … 8 seconds, or of up to 30 if an answer requests it.
    fn default() -> Self {
        Self {
            repeats: None,
            first_pause: Duration::from_millis(500),
            longest_pause: Duration::from_secs(8),
            longest_retry_after: Duration::from_secs(30),
        }
    }
}

/// Random numbers that spread pauses (SplitMix64). They protect no secret.
#[derive(Debug, Clone, Copy)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number from 0 to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let high = u32::try_from(mixed >> 32).unwrap_or(0);
        f64::from(high) / f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::{Policy, Random};
    use std::time::Duration;

    /// The upper halves of SplitMix64's numbers from seed 0: <https://prng.di.unimi.it/splitmix64.c>.
    #[test]
    fn the_numbers_are_those_of_a_known_generator() {
        let mut random = Random::from_seed(0);
        for high in [0xe220_a839_u32, 0x6e78_9e6a, 0x06c4_5d18] {
            let share = f64::from(high) / f64::from(u32::MAX);
            assert_eq!(random.share().to_bits(), share.to_bits());
        }
    }

    #[test]
    fn pauses_double_and_keep_within_their_bounds() {
        let policy = Policy::default();
        let mut random = Random::from_seed(7);
        for (sendings, longest) in [(1, 500), (2, 1000), (3, 2000), (5, 8000), (99, 8000)] {
            let longest = Duration::from_millis(longest);
            for _ in 0..1000 {
                let pause = policy.pause(sendings, None, &mut random);
                assert!(pause <= longest && pause >= longest / 2, "{pause:?}");
            }
        }
        let longest = Duration::from_secs(u64::MAX);
        assert_eq!(
            Policy::ONCE.pause(1, Some(longest), &mut random),
            Duration::ZERO
        );
    }

    #[test]
    fn an_answer_lengthens_a_pause_within_a_bound_and_never_shortens_it() {
        let policy = Policy::default();
        let pause = |asked| policy.pause(1, asked, &mut Random::from_seed(7));
        let own = pause(None);
        assert_eq!(pause(Some(Duration::ZERO)), own);
        assert_eq!(pause(Some(own / 2)), own);
        assert_eq!(pause(Some(Duration::from_secs(5))), Duration::from_secs(5));
        for more in [31, 3600, u64::MAX] {
            assert_eq!(
                pause(Some(Duration::from_secs(more))),
                Duration::from_secs(30)
            );
        }
    }

    #[test]
    fn pauses_differ_by_their_seed() {
        let pause = |seed| Policy::default().pause(1, None, &mut Random::from_seed(seed));
        assert_eq!(pause(1), pause(1));
        assert_ne!(pause(1), pause(2));
    }
}
