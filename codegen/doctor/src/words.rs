//! The words of mistakes that a `signature` and a proof of `auth` have in common.

/// A mistake in words.
pub(super) struct Words {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) advice: &'static str,
}

pub(super) const CLOCK: Words = Words {
    id: "clock-off",
    title: "The clocks are too far apart",
    advice: "Synchronise the clock with a time server, and sign a request when it is sent, not when it is built.",
};

pub(super) const OTHER_SIDES_KEY: Words = Words {
    id: "other-sides-key",
    title: "The message is signed by the key of the other side",
    advice: "Check the key files: a sender signs with its own private key, and the receiver verifies with the matching public key. The provider signs notifications: name the operation of a notification.",
};

pub(super) const OTHER_KEY_OF_THE_SIDE: Words = Words {
    id: "other-key-of-the-side",
    title: "The message is signed by another key of the same side",
    advice: "Use the key that belongs to the version in the header; retire the old one when no message is signed with it any more.",
};

pub(super) const METHOD: Words = Words {
    id: "signed-method",
    title: "Another HTTP method was signed",
    advice: "Sign the method that is sent, in capitals.",
};

pub(super) const QUERY: Words = Words {
    id: "signed-query",
    title: "Another query was signed",
    advice: "Sign path and query exactly as they are sent.",
};

pub(super) const SLASH: Words = Words {
    id: "signed-slash",
    title: "A slash at the end of the path differs",
    advice: "Sign the path exactly as it is sent; look for a router that adds or drops the slash.",
};

pub(super) const TIME_FORM: Words = Words {
    id: "signed-time-form",
    title: "The time was signed in another form",
    advice: "Format the time once, and use the same text for the header and for signing.",
};

pub(super) const LINE_ENDS: Words = Words {
    id: "signed-line-ends",
    title: "The body was signed with other line ends",
    advice: "Sign the bytes that are sent; an editor, git or a template may change line ends.",
};

pub(super) const OUTER_BLANKS: Words = Words {
    id: "signed-outer-blanks",
    title: "Whitespace at the start or the end of the body differs",
    advice: "Sign the bytes that are sent, without trimming and without adding a line end.",
};

pub(super) const BYTE_ORDER_MARK: Words = Words {
    id: "byte-order-mark",
    title: "A byte order mark before the body differs",
    advice: "Write UTF-8 without a mark.",
};

pub(super) const STAND_IN: Words = Words {
    id: "signed-stand-in",
    title: "Other content was signed in place of the body",
    advice: "Sign the bytes of the body: read it before signing, and encode it once.",
};

pub(super) const NUMBERS: Words = Words {
    id: "rewritten-numbers",
    title: "Numbers in the body were formatted in another way",
    advice: "Sign the bytes that are sent; parsing numbers as floats and writing them again changes `1.0`, `1e2` and long digits.",
};

pub(super) const REWRITTEN: Words = Words {
    id: "rewritten-body",
    title: "Another spelling of the same JSON was signed",
    advice: "Serialise once, and sign and send, or receive and verify, the same bytes: never parse and write again in between.",
};
