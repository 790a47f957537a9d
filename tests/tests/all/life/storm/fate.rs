//! The fate of each payment, and of each of its sendings. It depends on the seed and the payment's id
//! alone, not on who comes first.

/// The act of the payer on a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Payer {
    /// Pays at once.
    Pays,
    /// Pays after a while.
    Hesitates,
    /// Declines.
    Declines,
    /// Goes away: nobody pays.
    Leaves,
    /// Is not let in: the request itself is refused.
    Refused,
}

/// How a payment is paid: it hangs on its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    EntryCode,
    OrderCode,
    UserPresented,
}

impl Method {
    pub(super) fn of(id: &str) -> Self {
        let number = id
            .rsplit('-')
            .next()
            .and_then(|text| text.parse::<u32>().ok());
        match number.expect("ids end in a number") % 3 {
            0 => Method::EntryCode,
            1 => Method::OrderCode,
            _ => Method::UserPresented,
        }
    }
}

impl Payer {
    /// Returns whether nothing is decided when the request is answered.
    pub(super) fn acts_later(self) -> bool {
        match self {
            Payer::Pays | Payer::Refused => false,
            Payer::Hesitates | Payer::Declines | Payer::Leaves => true,
        }
    }

    /// How the gateway is told.
    pub(super) fn later(self) -> Option<&'static str> {
        match self {
            Payer::Pays => Some("succeeds"),
            Payer::Hesitates => Some("succeeds=1"),
            Payer::Declines => Some("fails"),
            Payer::Leaves => Some("waits"),
            Payer::Refused => None,
        }
    }
}

/// One in a thousand each: what a payer does.
const PAYERS: &[(u64, Payer)] = &[
    (60, Payer::Refused),
    (60, Payer::Declines),
    (60, Payer::Leaves),
    (120, Payer::Hesitates),
    (700, Payer::Pays),
];

/// One in a thousand each: what goes wrong on the way.
const FAULTS: &[(u64, &str)] = &[
    (50, "drop"),
    (50, "lose-answer"),
    (30, "truncate"),
    (10, "unsigned"),
    (10, "wrong-signature"),
    (10, "changed-body"),
    (5, "no-time"),
    (5, "twice"),
    (5, "not-json"),
    (5, "no-result"),
    (5, "unknown-status"),
    // Often enough that a run of 300 payments meets one in an answer that decides a flow.
    (50, "other-amount"),
    (10, "http-status=502"),
    (50, "delay=10"),
    (20, "delay=40"),
    (5, "delay=40,lose-answer"),
    // Longer than the client waits.
    (1, "delay=4000"),
];

/// One in a thousand: the answer is that nobody knows.
const UNKNOWN: u64 = 60;

/// One in a thousand: a program that is in doubt is stopped, and goes on from its journal.
const STOPPED: u64 = 300;

/// One in a thousand: the future that carries a payment is dropped.
const DROPPED: u64 = 200;

/// Numbers by chance: the same for the same seed and words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Dice(seed)
    }

    /// From 0 to 999.
    fn throw(self, words: &[&str], number: u32) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325 ^ self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let bytes = words.iter().flat_map(|word| word.bytes().chain([0xff]));
        for byte in bytes.chain(number.to_le_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        hash ^= hash >> 32;
        hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) % 1000
    }

    /// A number below a limit.
    pub(super) fn within(self, id: &str, time: u32, limit: u64) -> u64 {
        self.throw(&["within", id], time) * limit / 1000
    }

    pub(super) fn payer(self, id: &str) -> Payer {
        pick(PAYERS, self.throw(&["payer", id], 0)).unwrap_or(Payer::Pays)
    }

    /// Returns the fault of a sending, if it has one.
    pub(super) fn fault(self, operation: &str, id: &str, sending: u32) -> Option<&'static str> {
        pick(FAULTS, self.throw(&["fault", operation, id], sending))
    }

    pub(super) fn is_unknown(self, operation: &str, id: &str, sending: u32) -> bool {
        self.throw(&["unknown", operation, id], sending) < UNKNOWN
    }

    /// After how many milliseconds the future of a sending is dropped, if it is.
    pub(super) fn drops(self, id: &str, time: u32) -> Option<u64> {
        let thrown = self.throw(&["drop", id], time);
        (thrown < DROPPED).then_some(thrown % 20)
    }

    pub(super) fn stops(self, id: &str, time: u32) -> bool {
        self.throw(&["stop", id], time) < STOPPED
    }
}

fn pick<T: Copy>(table: &[(u64, T)], thrown: u64) -> Option<T> {
    let mut from = 0;
    table.iter().find_map(|(share, one)| {
        from += share;
        (thrown < from).then_some(*one)
    })
}
