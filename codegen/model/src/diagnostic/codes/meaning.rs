//! Codes of constraints, results, sources and examples.

super::codes! {
    MISFIT = "E050", "the constraint does not fit the type",
        "Lengths, patterns, `values` and `const` are for texts; `min`, `max` and `multiple_of` for \
         numbers; `min_items` and `max_items` for lists; `unique_items` for lists of texts, dates or \
         numbers, since two readers may disagree on whether two objects or two points in time are \
         the same. A refinement reaches the elements of a list. The `pattern` of a header is for the \
         format `text`.",
        "count: {type: integer, max_length: 3}";
    BAD_BOUNDS = "E051", "the bounds exclude everything",
        "The least value, length or number of elements is greater than the greatest, the greatest \
         is 0, or `multiple_of` is not above 0.",
        "min: \"10\"\nmax: \"1\"";
    IMPOSSIBLE_CONST = "E052", "the constant is not allowed by the other rules",
        "The value of `const` is not a value of the type, not among `values`, or breaks a length, \
         range or pattern of the same field. No message could be right.",
        "const: OTHER\nvalues: [A, B]";
    IMPOSSIBLE_VALUES = "E053", "values that cannot occur",
        "`values` is empty, names a value twice, or names one that is not a value of the type or \
         that breaks another rule of the same field.",
        "type: OsType        # IOS, ANDROID\nvalues: [IOS, SYMBIAN]";
    BAD_PATTERN = "E054", "not a usable pattern",
        "Patterns are regular expressions in the syntax of the crate `regex-lite`: no look-around, \
         no back-references. The whole text is matched. A pattern that ends inside a comment of `(?x)`, \
         that no text can match, or whose repetitions multiply to thousands of states is refused: it \
         would reject every value, or take minutes to judge a long one.",
        "pattern: \"[a-z\"";
    CONTRADICTS_BASE = "E055", "a refinement contradicts the type that it refines",
        "A refinement adds to what the shared type says. Together they leave no value that could \
         be right.",
        "the type has max_length 16, the refinement min_length 32";
    BAD_NUMBER = "E056", "not a number",
        "`min` and `max` are decimal numbers in quotes, whole ones for an integer.",
        "min: \"ten\"";
    IDLE_CONDITION = "E057", "a condition without effect",
        "A condition has a `path` (the field to test), a `text` (words for the reader), or both. `values` \
         need a path and must be possible values of that field. A field that is always required has no \
         conditions.",
        "required_when:\n  - values: [APP]";

    IDLE_GROUP = "E058", "this group has no effect",
        "A group needs at least two different optional fields; a required field always satisfies it.",
        "at_least_one_of: [{ fields: [paymentId, paymentId] }]";

    BAD_DEFAULT = "E059", "a default that cannot be assumed",
        "A default is what the receiver assumes when the field is absent. So the field may be absent, is \
         no secret and has more than one value, and the default is one text, number or boolean that the \
         field could have: it fits the type and breaks no rule beside it.",
        "type: integer\nmax: \"5\"\ndefault: \"10\"";

    BAD_TEMPLATE = "E064", "not a template of what is signed",
        "What is signed is a text in which names in braces are filled in: `{method}`, `{uri}`, \
         `{client_id}`, `{body}`, and `{request_time}` of a request, `{response_time}` of a response. \
         `{body}` must be among them: a signature that does not cover the body proves nothing.",
        "request_content: \"{method} {url}\"";

    BAD_ADDRESS = "E065", "an address that cannot be requested",
        "The path of an operation and the prefix before it start with `/`, and hold only what RFC 3986 \
         allows in a path: no blank, no query, no fragment, no empty or dotted segment. They are sent, \
         and signed, as they are written. Names in braces are not filled in, except where the path of \
         an operation that the provider calls is one such name as a whole: the field in which a \
         request gave the address. A host has neither a scheme nor a path.",
        "path: v1/orders        # /v1/orders";
    BODY_NOT_SENT = "E066", "a body that may not arrive",
        "Fields of a request are sent in its body. HTTP gives no meaning to a body of GET or DELETE: \
         servers and proxies drop it, or refuse it.",
        "method: GET\nrequest: { fields: { orderId: {…} } }";
    BAD_HEADER = "E067", "not the name or the value of an HTTP header",
        "The name of a header is made of ASCII letters, digits and `-`, without a colon; its value, and \
         what stands in it as `key=value`, of visible ASCII characters. Anything else cannot be sent.",
        "name: \"Client Id:\"        # Client-Id";

    UNKNOWN_SOURCE = "E070", "unknown source",
        "Tags of sources are declared in `api.yaml` under `sources`.",
        "source: PGAE";
    NO_SOURCE = "E071", "a fact without a source",
        "Every fact names its source, by a `source` of its own or of the type or file around it. A wrong fact with a source can be mended.",
        "a types file without `source`, and an object in it without one";
    BAD_DATE = "E072", "not a date",
        "Dates of changes are `YYYY-MM-DD` or `YYYY-MM`.",
        "since: {date: \"July 2021\"}";

    STILL_THERE = "E073", "the old name of a renamed thing still exists",
        "`renamed_from` says what a thing was called before, so that a comparison of two specs takes \
         both for one. The old name must be gone, and only one thing can have had it. A removed \
         field may keep its entry, with `removed`.",
        "PAID:\n  renamed_from: DONE        # and DONE is still listed";

    TAKES_NO_SIDE = "E080", "a dispute takes none of its sides",
        "`takes` repeats, to the letter, the `says` of the side that the spec follows.",
        "sides: [{says: required, …}, {says: optional, …}]\ntakes: mandatory";
    DISPUTE_TWICE = "E081", "two disputes with one id",
        "The id of a dispute is unique within its API: reports refer to it.",
        "two entries with `id: quote-price`";

    UNKNOWN_STATUS = "E100", "unknown status",
        "Statuses are declared in `results.yaml` under `statuses`.",
        "status: X";
    UNKNOWN_CODE = "E101", "unknown code",
        "A code marked `shared` is defined in `results.yaml`; the `conflict_code` of an operation is \
         one of its codes.",
        "codes:\n  SUCESS: shared";
    WRONG_DECISION = "E102", "the decision does not fit the status",
        "A status of class `succeeded` decides `done`, `redirect`, `waiting` or `ended`, one of class \
         `failed` decides `failed`, one of class `pending` decides `pending`; a case beside any \
         status may decide `pending`. `failed` and `pending` have no payload, only `pending` has \
         actions, and `pending` has no name by `as`.",
        "decisions:\n  F: {decide: redirect, …}";
    NO_DECISION = "E103", "a code whose status decides nothing",
        "A code of this operation comes with a status for which the operation has no decision.",
        "a code with status U and no decision for U";
    OUTCOMES_DIFFER = "E104", "two outcomes with one name",
        "Decisions with the same name are one outcome: they decide the same and hand over the same \
         type. Others are told apart by `as`. Without it a decision is called by its own word.",
        "S: { decide: done, payload: /order, … }\nA: { decide: done, … }";
    WRONG_CASE = "E105", "a case that cannot occur",
        "The cases of a status are values of the field that splits it. This one is not among the \
         values of its enum, or not allowed by its `const` or `values`.",
        "by: /paymentStatus\ncases: { PAYED: { decide: done, … } }";
    NO_AGREEMENT = "E106", "a field that cannot agree with the request",
        "`agrees` names fields of the message that comes in. The request has a field at the same \
         path: the request of the operation itself, or that of the `pays` of each flow in which the \
         operation is sent or heard. Both are of the same type: a text without other spellings, a \
         number, a boolean, or an object of these. They are not `sensitive`, since both values go \
         into reports.",
        "agrees: [/paymentTime]        # the request has no such field";

    NO_EXAMPLE = "E110", "the example cannot be read",
        "An example is a file inside the folder of the API, of at most 1 MiB.",
        "file: ../secret.json";
    EXAMPLE_NOT_JSON = "E111", "the example is not JSON",
        "The message says where the JSON parser stopped, or in which encoding the file is: JSON is UTF-8, \
         without a byte order mark.",
        "{\"paymentId\": }";
    EXAMPLE_BREAKS_SPEC = "E112", "the example breaks the spec",
        "The documented message breaks a rule of severity `error`. Either the rule is wrong, or it \
         is a `warning`: a rule that the provider's own example breaks must not reject it.",
        "an example without a required field";

    NO_CASE = "W040", "a value without a case",
        "The field that splits a status has a value that is not among the cases. An answer with it \
         is pending, as one with a value that nobody knows. If that is meant, say `decide: pending`.",
        "by: /paymentStatus        # SUCCESS, FAIL\ncases: { SUCCESS: { decide: done, … } }";
    IDLE_STATUS = "W041", "a status that decides nothing",
        "The API has a status that settles calls, and this operation does not say what it decides. \
         An answer with it is pending.",
        "decisions: { S: … }        # and nothing about F";
    EXAMPLE_WITHOUT_STATUS = "W042", "an example that decides nothing",
        "The operation is judged by a status, and this documented answer has none, one that the spec \
         does not know, or one that its code does not belong to. A call that is answered like that stays \
         pending for ever. Either the example is wrong, or the spec is incomplete.",
        "an example `{}` of an operation whose `status` is at `/result/status`";
}
