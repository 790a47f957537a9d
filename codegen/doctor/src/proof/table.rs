//! The mistakes in proofs of `auth`, as data.

use super::super::finding::{Certainty, Finding};
use super::super::keys::Standing;
use super::super::words::{self, Words};
use super::covered::{self, Changed, Covered, Described};
use super::secret::GivenSecret;
use super::secret::Key;
use super::spelling::{self, Spelled};
use payspec_model::model::MessageProof;
use payspec_runtime::TextEncoding;

/// A mistake in a proof, with the test that finds it.
pub struct ProofHypothesis {
    /// The stable name in reports.
    pub id: &'static str,
    /// The mistake in words.
    pub title: &'static str,
    /// The recommended correction.
    pub advice: &'static str,
    pub(super) test: Test,
}

/// The test for a mistake.
pub(super) enum Test {
    /// A header cannot be read.
    Header,
    /// The clocks are too far apart.
    Clock,
    /// Reads the text of the signature in another way.
    Spelling(fn(&MessageProof, &str) -> Vec<Spelled>),
    /// Looks at the key pair that made the signature.
    KeyPair(Standing),
    /// Makes another key of the secret.
    Secret(fn(&GivenSecret, Option<TextEncoding>) -> Vec<Key>),
    /// Uses another hash function.
    Algorithm,
    /// Uses another function than an HMAC.
    Function,
    /// Changes the content.
    Content(for<'a> fn(Described<'a>, &Covered<'a>) -> Vec<Changed<'a>>),
}

const fn row(
    id: &'static str,
    title: &'static str,
    test: Test,
    advice: &'static str,
) -> ProofHypothesis {
    ProofHypothesis {
        id,
        title,
        advice,
        test,
    }
}

const fn shared(words: Words, test: Test) -> ProofHypothesis {
    row(words.id, words.title, test, words.advice)
}

/// All mistakes in proofs, the likely ones first.
pub static PROOF_HYPOTHESES: &[ProofHypothesis] = &[
    row(
        "proof-header",
        "A header of the proof is missing or cannot be read",
        Test::Header,
        "Send each header of the proof once, as the spec has it; look for a proxy that drops or renames headers.",
    ),
    shared(words::CLOCK, Test::Clock),
    row(
        "signature-encoding",
        "The signature is written in another encoding",
        Test::Spelling(spelling::other_encodings),
        "Write the signature in the encoding that the spec states, hex digits or base64, perhaps percent-encoded, and encode it once.",
    ),
    shared(words::OTHER_SIDES_KEY, Test::KeyPair(Standing::OtherSide)),
    shared(
        words::OTHER_KEY_OF_THE_SIDE,
        Test::KeyPair(Standing::OtherVersion),
    ),
    row(
        "secret-encoding",
        "The secret was used in another encoding",
        Test::Secret(|secret, encoding| secret.in_other_encodings(encoding)),
        "Decode the secret if the spec states its `encoding`; else the bytes of its text are the key.",
    ),
    row(
        "secret-part",
        "Only a part of the secret was used",
        Test::Secret(|secret, _| secret.parts()),
        "Use the whole secret as it was handed out, with its prefix.",
    ),
    row(
        "secret-blanks",
        "The secret was used with or without blanks around it",
        Test::Secret(|secret, _| secret.with_blanks()),
        "Read the secret without the line end of its file or variable.",
    ),
    row(
        "other-hash",
        "The signature is made with another hash function",
        Test::Algorithm,
        "Use the algorithm that the spec states.",
    ),
    row(
        "digest-in-place-of-hmac",
        "A digest was made in place of an HMAC",
        Test::Function,
        "Use the HMAC of the library, with the secret as the key and the content as the message.",
    ),
    row(
        "part-left-out",
        "A part of the content was not signed",
        Test::Content(covered::left_out),
        "Sign every part that `content` of the spec names, with the text that its header has.",
    ),
    row(
        "part-separators",
        "The parts of the content were joined in another way",
        Test::Content(covered::separators),
        "Join the parts exactly as `content` of the spec has them, with nothing more at the end.",
    ),
    row(
        "crc32-form",
        "The CRC-32 of the body was written in another form",
        Test::Content(covered::crc32_form),
        "Write the CRC-32 of the body's bytes as a decimal number without a sign, such as 743564121.",
    ),
    shared(words::TIME_FORM, Test::Content(covered::time_form)),
    shared(words::METHOD, Test::Content(covered::method)),
    shared(words::QUERY, Test::Content(covered::query)),
    shared(words::SLASH, Test::Content(covered::slash)),
    shared(words::LINE_ENDS, Test::Content(covered::line_ends)),
    shared(words::OUTER_BLANKS, Test::Content(covered::outer_blanks)),
    shared(
        words::BYTE_ORDER_MARK,
        Test::Content(covered::byte_order_mark),
    ),
    shared(words::STAND_IN, Test::Content(covered::stand_in)),
    shared(words::NUMBERS, Test::Content(covered::numbers)),
    shared(words::REWRITTEN, Test::Content(covered::rewritten)),
];

impl ProofHypothesis {
    /// Creates the finding that this mistake was made.
    pub(super) fn found(&self, detail: impl Into<String>) -> Finding {
        Finding {
            mistake: self.id,
            title: self.title,
            certainty: Certainty::Proved,
            detail: detail.into(),
            advice: self.advice,
        }
    }
}
