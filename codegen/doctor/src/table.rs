//! The mistakes that the doctor knows, as data.

use super::hypothesis::{Hypothesis, Part, Test};
use super::keys::Standing;
use super::remark;
use super::text;
use super::vary::{address, body, charset, escape, frame, number, time};

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

/// All mistakes: first those that show in the message, then those of the signature's text, its key, its
/// algorithm, and the signed content.
pub static HYPOTHESES: &[Hypothesis] = &[
    row(
        "private-key-given",
        "A private key is given where a public key belongs",
        Test::Remark(remark::private_given),
        "Put the public key there. If the private key was handed out, it is no longer secret: make a new pair.",
    ),
    row(
        "public-key-given",
        "A public key is given where the own private key belongs",
        Test::Remark(remark::public_given),
        "Requests are signed with the private key; only it can sign.",
    ),
    row(
        "keys-exchanged-in-place",
        "The own public key and the provider's have changed places",
        Test::Remark(remark::exchanged),
        "Upload the own public key to the provider, and verify with the one that the provider shows in return.",
    ),
    row(
        "own-key-for-provider",
        "The own public key is given as the provider's",
        Test::Remark(remark::own_for_provider),
        "Verify with the public key that the provider shows for this client id, not with the one that was uploaded there.",
    ),
    row(
        "own-keys-differ",
        "The own public key belongs to another private key",
        Test::Remark(remark::no_pair),
        "Upload the public key that belongs to the private key in use, or sign with the private key whose public half was uploaded.",
    ),
    row(
        "unsigned",
        "The message is not signed",
        Test::Remark(remark::unsigned),
        "An answer without a signature is never to be believed. When it refuses the request, look at the request's signature first.",
    ),
    row(
        "missing-header",
        "A header that signing needs is missing",
        Test::Remark(remark::missing),
        "Send signature, client id and time together; look for a proxy that drops headers.",
    ),
    row(
        "duplicate-header",
        "A header that signing needs is there more than once",
        Test::Remark(remark::twice),
        "Set the header instead of adding to it; look for a proxy or an interceptor that signs again.",
    ),
    row(
        "misspelt-header",
        "A header has another name than the documented one",
        Test::Remark(remark::header_name),
        "Use the documented name. Many proxies drop names with an underscore.",
    ),
    row(
        "folded-header",
        "A header is broken over several lines",
        Test::Remark(remark::folded),
        "Write the header on one line: base64 without line ends.",
    ),
    row(
        "algorithm-name",
        "The header names another algorithm",
        Test::Remark(remark::algorithm),
        "Write the documented name, whatever the library calls the algorithm.",
    ),
    row(
        "signature-pairs",
        "The header of the signature is not made of the documented pairs",
        Test::Remark(remark::pairs),
        "Write the three pairs `algorithm`, `keyVersion` and `signature`, separated by commas.",
    ),
    row(
        "key-version",
        "The key has another version",
        Test::Remark(remark::key_version),
        "Name the version that the provider shows for the key in use; after a change of keys both sides have to take the new one.",
    ),
    row(
        "lower-case-hex",
        "Percent-encoding has hex digits in small letters",
        Test::Remark(remark::lower_hex),
        "Write `%2B`, `%2F` and `%3D`, and compare decoded signatures only.",
    ),
    row(
        "signature-length",
        "The signature has another length than its key makes",
        Test::Repaired(remark::signature_length),
        "Look for a cut header or column, or for a key of another length.",
    ),
    row(
        "client-id-differs",
        "The header names another client id",
        Test::Remark(remark::client_id),
        "Use one client id in the header, in what is signed and for the keys.",
    ),
    row(
        "wrong-environment",
        "Client id and path belong to different environments",
        Test::Remark(remark::environment),
        "Send a sandbox client id to the sandbox path and the other one to the production path; the path is signed, too.",
    ),
    row(
        "unknown-path",
        "The path is none of the spec's",
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
        "The time has another form than the documented one",
        Test::Remark(remark::time_form),
        "Write the time in the documented form, and sign the very text that is sent.",
    ),
    row(
        "clock-off",
        "The clocks are too far apart",
        Test::Remark(remark::clock),
        "Set the clock by a time server, and sign a request when it is sent, not when it is made.",
    ),
    row(
        "content-length",
        "The body has another length than its header states",
        Test::Remark(remark::content_length),
        "Capture the body whole and byte for byte; an editor may have changed it.",
    ),
    row(
        "compressed-body",
        "The body is compressed",
        Test::Remark(remark::compressed),
        "Capture the body as the program gets it: the signature covers the bytes before compression.",
    ),
    row(
        "body-not-utf8",
        "The body is not UTF-8",
        Test::Remark(remark::not_utf8),
        "Send the body in UTF-8, and sign these bytes.",
    ),
    row(
        "lost-characters",
        "The body has a replacement character for a lost one",
        Test::Remark(remark::lost_characters),
        "Keep the text in UTF-8 all the way: look for a column, a log or a program that cannot hold every character, such as emoji, and compare with what the sender signed.",
    ),
    row(
        "other-charset-named",
        "The media type names another character set than UTF-8",
        Test::Remark(remark::media_type),
        "Send `charset=UTF-8`, and sign the body in it.",
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
        "Leave the quotation marks out.",
    ),
    row(
        "signature-broken-lines",
        "The signature is broken over several lines",
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
    row(
        "other-sides-key",
        "The message is signed by the key of the other side",
        Test::Key(Standing::OtherSide),
        "Check which key stands where: a sender signs with its own private key, and is verified with the public key that belongs to it. A notification is signed by the provider: name its operation.",
    ),
    row(
        "other-key-of-the-side",
        "The message is signed by another key of the same side",
        Test::Key(Standing::OtherVersion),
        "Use the key that belongs to the version in the header; retire the old one when nothing is signed with it any more.",
    ),
    row(
        "other-algorithm",
        "The message is signed by another algorithm",
        Test::Algorithm,
        "Sign with SHA256withRSA, which is RSASSA-PKCS1-v1_5 with SHA-256.",
    ),
    row(
        "signed-method",
        "Another HTTP method was signed",
        Test::Content(Part::Method, address::method),
        "Sign the method that is sent, in capitals.",
    ),
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
    row(
        "signed-query",
        "Another query was signed",
        Test::Content(Part::Uri, address::query),
        "Sign path and query exactly as they are sent.",
    ),
    row(
        "signed-slash",
        "A slash at the end of the path differs",
        Test::Content(Part::Uri, address::slash),
        "Sign the path exactly as it is sent; look for a router that adds or drops the slash.",
    ),
    row(
        "signed-other-path",
        "The path of something else was signed",
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
    row(
        "signed-time-form",
        "The time was signed in another form",
        Test::Content(Part::Time, time::form),
        "Format the time once, and use the same text for the header and for signing.",
    ),
    row(
        "signed-other-time",
        "The time of another header was signed",
        Test::Content(Part::Time, time::other_header),
        "Sign the time of the message itself: of a request its own, of an answer that of the answer.",
    ),
    row(
        "separators",
        "The parts were put together in another way",
        Test::Content(Part::Frame, frame::frame),
        "Put them together as documented: one space, one LF (no CR), two dots, nothing at the end.",
    ),
    row(
        "hashed-twice",
        "What was signed was a digest already",
        Test::Content(Part::Frame, frame::hashed_twice),
        "Hand the content itself to SHA256withRSA, which digests it; do not hash it before.",
    ),
    row(
        "signed-line-ends",
        "The lines of the body ended in another way when it was signed",
        Test::Content(Part::Body, body::line_ends),
        "Sign the bytes that are sent; an editor, git or a template may change line ends.",
    ),
    row(
        "signed-outer-blanks",
        "Blanks or a line end at the end of the body differ",
        Test::Content(Part::Body, body::outer_blanks),
        "Sign the bytes that are sent, without trimming and without adding a line end.",
    ),
    row(
        "byte-order-mark",
        "A byte order mark before the body differs",
        Test::Content(Part::Body, body::byte_order_mark),
        "Write UTF-8 without a mark.",
    ),
    row(
        "cut-body",
        "Only a part of the body was signed",
        Test::Content(Part::Body, body::cut),
        "State the length in bytes, not in characters, and read until the end.",
    ),
    row(
        "lost-emoji",
        "Emoji of the body were lost or written in another way",
        Test::Content(Part::Body, charset::emoji),
        "Keep characters beyond U+FFFF whole: in UTF-8 they have four bytes. Look for a column in MySQL's three-byte `utf8`, or for text that is cut into UTF-16 units.",
    ),
    row(
        "signed-charset",
        "The body was signed in another character set",
        Test::Content(Part::Body, charset::charset),
        "Turn the text into UTF-8 bytes once, name the set explicitly, and sign and send these bytes.",
    ),
    row(
        "signed-stand-in",
        "Something was signed in place of the body",
        Test::Content(Part::Body, body::stand_in),
        "Sign the bytes of the body: read it before signing, and encode it once.",
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
        "Sign and send the JSON itself, as `application/json`; look for a framework that takes bodies for forms.",
    ),
    row(
        "rewritten-numbers",
        "Numbers of the body were written in another way",
        Test::Content(Part::Body, number::rewritten),
        "Sign the bytes that are sent; parsing numbers as floats and writing them again changes `1.0`, `1e2` and long digits.",
    ),
    row(
        "rewritten-body",
        "Another spelling of the same JSON was signed",
        Test::Content(Part::Body, body::rewritten),
        "Serialise once, and sign and send, or receive and verify, the same bytes: never parse and write again in between.",
    ),
    row(
        "signed-other-moment",
        "Another moment was signed than the header states",
        Test::Content(Part::Time, time::other_moment),
        "Look at the clock once, and use the same text for the header and for signing.",
    ),
];
