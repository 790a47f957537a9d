//! The limits of the format that `docs/limits.md` lists. If a key or value asks for one of them, its diagnostic points
//! to that page.

use super::Diagnostic;

/// Something that a spec cannot describe.
#[derive(Debug)]
pub(crate) struct Limit {
    /// The name on the page.
    wanted: &'static str,
    /// Keys and values that ask for it, without regard to case, `_` and `-`.
    words: &'static [&'static str],
    /// A key that is known where the words ask for it; [`None`] for anywhere.
    beside: Option<&'static str>,
}

const fn anywhere(wanted: &'static str, words: &'static [&'static str]) -> Limit {
    Limit {
        wanted,
        words,
        beside: None,
    }
}

pub(crate) const SIGNED_FILTERS: Limit = anywhere(
    "filters in signed content other than the CRC-32 of the body",
    &[],
);
pub(crate) const NO_TEXT: Limit =
    anywhere("lists, objects, maps and JSON in the path or a header", &[]);
pub(crate) const FORMS_RECEIVED: Limit = anywhere("forms in answers or from the provider", &[]);
pub(crate) const BODY_OF_GET: Limit = anywhere("a body in a `GET` or `DELETE` request", &[]);
pub(crate) const PATH_IN_WHOLE_BODY: Limit =
    anywhere("paths into a whole body that is not an object", &[]);
pub(crate) const WHOLE_IN_ANSWERS: Limit = anywhere(
    "whole bodies other than objects and lists in answers that differ by HTTP status",
    &[],
);
pub(crate) const WHOLE_IN_BATCH: Limit =
    anywhere("notifications of a batch that are not objects", &[]);
pub(crate) const WHOLE_IN_FORM: Limit =
    anywhere("whole bodies that are not objects in a form", &[]);
pub(crate) const GROUPS_IN_ANSWERS: Limit =
    anywhere("groups of fields that only some answers have", &[]);
pub(crate) const LIST_ELEMENTS: Limit = anywhere("decisions about the elements of a list", &[]);
pub(crate) const STEPS_OF_MAJOR_UNITS: Limit =
    anywhere("steps of amounts in major units, by currency", &[]);
pub(crate) const NULL_AS_MONEY: Limit = anywhere(
    "null as an amount of money, or as a currency in small letters",
    &[],
);
pub(crate) const DISTANT_CURRENCY: Limit =
    anywhere("amounts whose currency is in another object", &[]);

pub(crate) const ANSWERS_DIFFER: Limit = anywhere(
    "a field of one name and two types in the answers of one operation",
    &[],
);
pub(crate) const ABSENT_IN_ANSWERS: Limit = anywhere(
    "conditions on absence, or presence with a warning, of a field that only some answers have",
    &[],
);
pub(crate) const NULL_IN_TEXT: Limit =
    anywhere("null in the path, a query, a header or a form", &[]);
pub(crate) const PAIRS_IN_BODY: Limit =
    anywhere("signatures inside the body by keys in pairs", &[]);
pub(crate) const NOT_VALUES: Limit = anywhere(
    "signatures inside the body over anything but single values of it",
    &[],
);
pub(crate) const BATCH_REPLY: Limit = anywhere(
    "batches that are answered with a body, or whose objects are encrypted",
    &[],
);
pub(crate) const CREDENTIALS_AND_SIGNATURE: Limit =
    anywhere("credentials and signatures in one API", &[]);
pub(crate) const PATH_IN_UNION: Limit = anywhere(
    "paths into unions, of conditions, refinements, results and whatever else names a field",
    &[],
);
pub(crate) const UNION_OF_CONTAINERS: Limit = anywhere(
    "lists, maps and constraints in unions that JSON types tell apart",
    &[],
);
pub(crate) const UNION_IN_ITSELF: Limit = anywhere(
    "unions that contain themselves outside of lists and maps",
    &[],
);
pub(crate) const SIGNED_BY_STATUS: Limit =
    anywhere("signed answers that the HTTP status decides", &[]);

pub(crate) const OWN_SIGNATURE: Limit = anywhere(
    "signatures of single operations, and tokens for single operations that another one hands out",
    &[],
);
pub(crate) const SIGNED_AND_OWN: Limit = anywhere(
    "tokens that an operation hands out, or authentication of single operations, in an API that signs requests",
    &[],
);
pub(crate) const TOKEN_REQUEST: Limit = anywhere(
    "requests for tokens with other required fields than texts that have one allowed value",
    &[],
);

/// The limits that words ask for.
const LIMITS: &[Limit] = &[
    anywhere(
        "lists in a query or form separated by spaces, pipes or tabs",
        &[
            "space_delimited",
            "pipe_delimited",
            "spaces",
            "pipes",
            "space",
            "pipe",
            "ssv",
            "tsv",
        ],
    ),
    anywhere("fields in cookies", &["cookie", "cookies"]),
    anywhere(
        "plain text, XML, multipart or binary bodies",
        &[
            "xml",
            "application/xml",
            "text/xml",
            "text/plain",
            "multipart",
            "multipart/form-data",
            "application/octet-stream",
            "bytes",
            "file",
        ],
    ),
    anywhere(
        "client certificates, credentials in a query",
        &["mtls", "mutual_tls", "client_certificate"],
    ),
    Limit {
        wanted: "proofs of acknowledgements other than `signature`",
        words: &["acknowledgement"],
        beside: Some("request"),
    },
    Limit {
        wanted: "signatures inside the body of requests and answers",
        words: &["field", "fields", "pointer"],
        beside: Some("time"),
    },
    anywhere(
        "signatures other than RSA with SHA-256 and HMAC over the described parts",
        &[
            "hmac",
            "hmac_sha1",
            "ed25519",
            "ecdsa",
            "es256",
            "rsa_pss",
            "ps256",
            "rsa_sha1",
            "rsa_sha512",
            "rs512",
            "sm2",
            "md5",
            "hex",
            "nonce",
            "secret",
            "signed_headers",
        ],
    ),
    anywhere(
        "encryption of requests, answers, or more than one object of a notification",
        &[
            "encryption",
            "encrypted",
            "cipher",
            "decrypt",
            "aes_gcm",
            "aes_256_gcm",
        ],
    ),
    anywhere(
        "unions without a name",
        &["one_of", "any_of", "all_of", "union", "discriminator"],
    ),
    anywhere(
        "floating-point numbers",
        &["float", "double", "number", "real", "f32", "f64"],
    ),
    anywhere(
        "whole numbers of major units, decimal numbers of minor ones",
        &["unit", "exponent"],
    ),
    anywhere(
        "dates and times in another form than ISO 8601 or a number since 1970",
        &["date_format", "time_format"],
    ),
    anywhere(
        "arithmetic between fields, such as a total of its parts",
        &[
            "sum",
            "sum_of",
            "total_of",
            "formula",
            "expression",
            "computed",
        ],
    ),
    anywhere(
        "pages by number or by link, rate limits",
        &[
            "paginated",
            "cursor",
            "page_number",
            "page_size",
            "per_page",
            "rate_limit",
            "rate_limits",
        ],
    ),
];

impl Limit {
    /// Finds the limit that a word asks for; `known` are the keys that are allowed beside it.
    pub(crate) fn of<'k>(
        word: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> Option<&'static Self> {
        let word = bare(word);
        LIMITS.iter().find(|limit| {
            let fits = |key| known.clone().any(|one| one == key);
            limit.words.iter().any(|one| bare(one) == word) && limit.beside.is_none_or(fits)
        })
    }
}

impl Diagnostic {
    /// Says that a spec cannot describe this.
    pub(crate) fn limit(self, limit: &Limit) -> Self {
        self.help(format!(
            "payspec does not describe {}: see docs/limits.md",
            limit.wanted
        ))
    }
}

/// Returns a word in lower case without `_` and `-`.
fn bare(word: &str) -> String {
    let kept = word.chars().filter(|char| !matches!(char, '_' | '-'));
    kept.flat_map(char::to_lowercase).collect()
}
