//! The mistakes that the doctor knows, as data.

use super::hypothesis::{Hypothesis, Part, Test};
use super::keys::Standing;
use super::remark;
use super::text;
use super::vary::{address, body, charset, escape, frame, number, time};
use super::words::{self, Words};

const fn row(
    id: &'static str,
    title: &'static str,
    test: Test,
    advice: &'static str,
) -> Hypothesis {
    Hypothesis {
        id,
        title,
        advice,
        test,
    }
}

const fn shared(words: Words, test: Test) -> Hypothesis {
    row(words.id, words.title, test, words.advice)
}

/// All mistakes: first those that show in the message, then those of the signature's text, its key, its
/// algorithm, and the signed content.
pub static HYPOTHESES: &[Hypothesis] = &[
    row(
        "private-key-given",
        "A private key is given in place of a public key",
        Test::Remark(remark::private_given),
        "Give the public key. If you handed out the private key, it is no longer secret: generate a new pair.",
    ),
    row(
        "public-key-given",
        "A public key is given in place of your private key",
        Test::Remark(remark::public_given),
        "Give the private key: only it can sign requests.",
    ),
    row(
        "keys-exchanged-in-place",
        "Your public key and the provider's are swapped",
        Test::Remark(remark::exchanged),
        "Upload your public key to the provider, and verify with the one that the provider shows in return.",
    ),
    row(
        "own-key-for-provider",
        "Your public key is given as the provider's",
        Test::Remark(remark::own_for_provider),
        "Verify with the public key that the provider shows for this client id, not with the one that you uploaded.",
    ),
    row(
        "own-keys-differ",
        "Your public key belongs to another private key",
        Test::Remark(remark::no_pair),
        "Upload the public key that belongs to the private key in use, or sign with the private key whose public half was uploaded.",
    ),
    row(
        "unsigned",
        "The message is not signed",
        Test::Remark(remark::unsigned),
        "Never trust an answer without a signature. If it refuses the request, check the signature of the request first.",
    ),
    row(
        "missing-header",
        "A header that signing needs is missing",
        Test::Remark(remark::missing),
        "Send signature, client id and time together; look for a proxy that drops headers.",
    ),
    row(
        "duplicate-header",
        "A header that signing needs is repeated",
        Test::Remark(remark::twice),
        "Set the header instead of adding to it; look for a proxy or an interceptor that signs again.",
    ),
    row(
        "misspelt-header",
        "A header does not have its documented name",
        Test::Remark(remark::header_name),
        "Use the documented name. Many proxies drop names with an underscore.",
    ),
    row(
        "folded-header",
        "A header is split over several lines",
        Test::Remark(remark::folded),
        "Write the header on one line: base64 without line ends.",
    ),
    row(
        "algorithm-name",
        "The signature header names another algorithm",
        Test::Remark(remark::algorithm),
        "Write the documented name, whatever the library calls the algorithm.",
    ),
    row(
        "signature-pairs",
        "The signature header does not have the documented pairs",
        Test::Remark(remark::pairs),
        "Write the three pairs `algorithm`, `keyVersion` and `signature`, separated by commas.",
    ),
    row(
        "key-version",
        "The key version is not the expected one",
        Test::Remark(remark::key_version),
        "Name the version that the provider shows for the key in use; after a key rotation both sides must use the new key.",
    ),
    row(
        "lower-case-hex",
        "Percent-encoding uses lower-case hex digits",
        Test::Remark(remark::lower_hex),
        "Write `%2B`, `%2F` and `%3D`, and compare decoded signatures only.",
    ),
    row(
        "signature-length",
        "The length of the signature does not fit the key",
        Test::Repaired(remark::signature_length),
        "Look for a truncated header or column, or for a key of another length.",
    ),
    row(
        "client-id-differs",
        "The header names another client id",
        Test::Remark(remark::client_id),
        "Use the same client id in the header, in the signed content and for the keys.",
    ),
    row(
        "wrong-environment",
        "Client id and path belong to different environments",
        Test::Remark(remark::environment),
        "Send a sandbox client id to the sandbox path, and a production client id to the production path; the path is part of the signed content.",
    ),
    row(
        "unknown-path",
        "The path is not in the spec",
        Test::Remark(remark::unknown_path),
        "Compare prefix, version and name with the documented endpoint.",
    ),
    row(
        "wrong-method",
        "The request has another HTTP method",
        Test::Remark(remark::wrong_method),
        "Send, and sign, the documented method.",
    ),
    row(
        "time-form",
        "The time does not have the documented form",
        Test::Remark(remark::time_form),
        "Write the time in the documented form, and sign exactly the text that is sent.",
    ),
    shared(words::CLOCK, Test::Remark(remark::clock)),
    row(
        "content-length",
        "The length of the body differs from its header",
        Test::Remark(remark::content_length),
        "Capture the body whole and byte for byte; an editor may have changed it.",
    ),
    row(
        "compressed-body",
        "The body is compressed",
        Test::Remark(remark::compressed),
        "Capture the body as the program receives it: the signature covers the bytes before compression.",
    ),
    row(
        "body-not-utf8",
        "The body is not UTF-8",
        Test::Remark(remark::not_utf8),
        "Send the body in UTF-8, and sign these bytes.",
    ),
    row(
        "lost-characters",
        "The body has replacement characters for lost ones",
        Test::Remark(remark::lost_characters),
        "Keep the text in UTF-8 everywhere: look for a column, a log or a program that cannot store every character, such as emoji, and compare with the text that the sender signed.",
    ),
    row(
        "other-charset-named",
        "The media type names a character set other than UTF-8",
        Test::Remark(remark::media_type),
        "Send `charset=UTF-8`, and sign the body in UTF-8.",
    ),
    row(
        "signature-encoded-twice",
        "The signature is percent-encoded more than once",
        Test::Text(text::encoded_twice),
        "Encode it once; an HTTP library may do it a second time.",
    ),
    row(
        "signature-quoted",
        "The signature is in quotation marks",
        Test::Text(text::quoted),
        "Remove the quotation marks.",
    ),
    row(
        "signature-broken-lines",
        "The signature is split over several lines",
        Test::Text(text::broken_lines),
        "Encode base64 without line ends.",
    ),
    row(
        "plus-as-space",
        "A `+` of the signature has become a space",
        Test::Text(text::plus_as_space),
        "Percent-encode the base64 text, so that `+` is sent as `%2B`; do not decode it as a form twice.",
    ),
    row(
        "signature-not-encoded",
        "The signature is not percent-encoded",
        Test::Text(text::not_encoded),
        "Percent-encode the base64 text: `%2B`, `%2F`, `%3D`. A receiver decodes it before base64.",
    ),
    row(
        "url-safe-base64",
        "The signature is in the URL-safe alphabet of base64",
        Test::Text(text::url_alphabet),
        "Use the standard alphabet, with `+` and `/`, and percent-encode it.",
    ),
    row(
        "hexadecimal-signature",
        "The signature is written in hex digits",
        Test::Text(text::hexadecimal),
        "Write it as base64.",
    ),
    row(
        "unpadded-base64",
        "The base64 of the signature lacks its padding",
        Test::Text(text::unpadded),
        "Keep the `=` at the end, percent-encoded as `%3D`.",
    ),
    row(
        "base64-twice",
        "The signature is base64 of base64",
        Test::Text(text::base64_twice),
        "Encode the bytes of the signature, not a text of it.",
    ),
    shared(words::OTHER_SIDES_KEY, Test::Key(Standing::OtherSide)),
    shared(
        words::OTHER_KEY_OF_THE_SIDE,
        Test::Key(Standing::OtherVersion),
    ),
    row(
        "other-algorithm",
        "The message is signed by another algorithm",
        Test::Algorithm,
        "Sign with SHA256withRSA, which is RSASSA-PKCS1-v1_5 with SHA-256.",
    ),
    shared(words::METHOD, Test::Content(Part::Method, address::method)),
    row(
        "signed-environment",
        "The path of another environment was signed",
        Test::Content(Part::Uri, address::environment),
        "Choose the path before signing: the prefix of the environment is part of what is signed.",
    ),
    row(
        "signed-without-prefix",
        "The path was signed with another prefix",
        Test::Content(Part::Uri, address::without_prefix),
        "Sign the whole path that is sent, with the prefix before the version.",
    ),
    row(
        "signed-url",
        "The whole URL was signed",
        Test::Content(Part::Uri, address::whole_url),
        "Sign path and query, without scheme and host.",
    ),
    shared(words::QUERY, Test::Content(Part::Uri, address::query)),
    shared(words::SLASH, Test::Content(Part::Uri, address::slash)),
    row(
        "signed-other-path",
        "The path of another request was signed",
        Test::Content(Part::Uri, address::other_path),
        "Sign the path of the request itself. Behind a proxy, verify with the path that the sender called.",
    ),
    row(
        "signed-path-spelling",
        "Another spelling of the path was signed",
        Test::Content(Part::Uri, address::path_spelling),
        "Sign the path exactly as it is sent, with the same escapes and letter case.",
    ),
    row(
        "signed-client-id",
        "Another client id was signed",
        Test::Content(Part::ClientId, address::client_id),
        "Sign the client id of the header.",
    ),
    shared(words::TIME_FORM, Test::Content(Part::Time, time::form)),
    row(
        "signed-other-time",
        "The time of another header was signed",
        Test::Content(Part::Time, time::other_header),
        "Sign the time of the message itself: the request time for a request, the response time for a response.",
    ),
    row(
        "separators",
        "The signed parts were joined in another way",
        Test::Content(Part::Frame, frame::frame),
        "Join them as documented: one space, one LF (no CR), two dots, nothing at the end.",
    ),
    row(
        "hashed-twice",
        "A digest was signed in place of the content",
        Test::Content(Part::Frame, frame::hashed_twice),
        "Pass the content itself to SHA256withRSA, which hashes it; do not hash it before.",
    ),
    shared(
        words::LINE_ENDS,
        Test::Content(Part::Body, |_, to| body::line_ends(to)),
    ),
    shared(
        words::OUTER_BLANKS,
        Test::Content(Part::Body, |_, to| body::outer_blanks(to)),
    ),
    shared(
        words::BYTE_ORDER_MARK,
        Test::Content(Part::Body, |_, to| body::byte_order_mark(to)),
    ),
    row(
        "cut-body",
        "Only a part of the body was signed",
        Test::Content(Part::Body, body::cut),
        "State the length in bytes, not in characters, and read until the end.",
    ),
    row(
        "lost-emoji",
        "Emoji in the body were lost or encoded in another way",
        Test::Content(Part::Body, charset::emoji),
        "Keep characters beyond U+FFFF whole: in UTF-8 they have four bytes. Look for a column in MySQL's three-byte `utf8`, or for text that is cut into UTF-16 units.",
    ),
    row(
        "signed-charset",
        "The body was signed in another character set",
        Test::Content(Part::Body, charset::charset),
        "Turn the text into UTF-8 bytes once, name the set explicitly, and sign and send these bytes.",
    ),
    shared(
        words::STAND_IN,
        Test::Content(Part::Body, |_, to| body::stand_in(to)),
    ),
    row(
        "html-escaped-body",
        "The body was escaped for HTML",
        Test::Content(Part::Body, escape::html),
        "Sign and send the same bytes; look for a filter against scripts, or a template, that escapes `&`, `<`, `>` and quotation marks.",
    ),
    row(
        "form-encoded-body",
        "The body was encoded or decoded as a form",
        Test::Content(Part::Body, escape::form),
        "Sign and send the JSON itself, as `application/json`; look for a framework that treats bodies as forms.",
    ),
    shared(
        words::NUMBERS,
        Test::Content(Part::Body, |_, to| number::rewritten(to)),
    ),
    shared(words::REWRITTEN, Test::Content(Part::Body, body::rewritten)),
    row(
        "signed-other-moment",
        "The signed time differs from the time header",
        Test::Content(Part::Time, time::other_moment),
        "Read the clock once, and use the same text for the header and for signing.",
    ),
];
