//! Codes of constraints, results, sources and examples.

super::codes! {
    BAD_STYLE = "E045", "a value that its style cannot write",
        "A query or form consists of `name=value` pairs. The `style` of a field of the request, or \
         `wire.style` for all, says how they write a list, an object or a map: `repeat`, the default, \
         and `comma` write lists of texts, numbers, booleans and enums, `comma` only those whose \
         elements cannot contain a comma; `brackets` writes everything but any JSON and unions; `empty_brackets` \
         does, too, but a list in it contains no lists, objects and maps; `json` writes everything as \
         one text. What the other side could read differently is refused.",
        "method: GET\nrequest: { fields: { filter: { type: map, of: string } } }   # style: brackets";
    NO_FORM = "E046", "a form where only JSON travels",
        "Requests of the merchant can be forms. Answers and what the provider sends are JSON.",
        "response: { media_type: application/x-www-form-urlencoded, … }";

    MISFIT = "E050", "the constraint does not fit the type",
        "Lengths, patterns, `values` and `const` apply to texts; `min`, `max` and `multiple_of` \
         to numbers; `min_items` and `max_items` to lists and maps; `keys` to maps; `json_type` to numbers and booleans; `case` to fields of type `currency`; `nullable` to everything but `any`, amounts of money and their currencies, and to elements and values. `money` applies to fields of type `integer` and `decimal`, and its `multiple_of` to integers. `unique_items` applies to lists of \
         texts, dates or numbers, because two programs may disagree on whether two objects or two \
         points in time are equal. To constrain the elements of a list or the values of a map, use a refinement. The \
         `pattern` of a header requires the format `text`.",
        "count: {type: integer, max_length: 3}";
    BAD_BOUNDS = "E051", "the bounds exclude everything",
        "The smallest value, length or number of elements is greater than the largest, the \
         largest is 0, or `multiple_of` is not greater than 0.",
        "min: \"10\"\nmax: \"1\"";
    IMPOSSIBLE_CONST = "E052", "the constant is not allowed by the other rules",
        "The value of `const` does not fit the type, is not one of the `values`, or breaks a \
         length, range or pattern of the same field. No value could be valid.",
        "const: OTHER\nvalues: [A, B]";
    IMPOSSIBLE_VALUES = "E053", "values that cannot occur",
        "`values` is empty, lists a value twice, or lists one that does not fit the type or \
         breaks another rule of the same field.",
        "type: OsType        # IOS, ANDROID\nvalues: [IOS, SYMBIAN]";
    BAD_PATTERN = "E054", "invalid pattern",
        "Patterns are regular expressions in the syntax of the crate `regex-lite`: no \
         look-around, no back-references. A pattern must match the whole text. A pattern is \
         refused if it ends inside a comment of `(?x)`, if it matches no text, or if its \
         repetitions multiply to thousands of states: it would reject every value, or take \
         minutes to check a long one.",
        "pattern: \"[a-z\"";
    CONTRADICTS_BASE = "E055", "a refinement contradicts the type that it refines",
        "A refinement adds rules to those of the shared type. The rules together allow no value.",
        "the type has max_length 16, the refinement min_length 32";
    BAD_NUMBER = "E056", "invalid number",
        "`min` and `max` are decimal numbers in quotes; for an integer, whole numbers. The values of an enum with \
         `type: integer` are whole numbers of 64 bits, without a plus sign or leading zeros.",
        "min: \"ten\"";
    IDLE_CONDITION = "E057", "a condition without effect",
        "A condition has a `path` (the field to test), a `text` (words for the reader), or both. `values` \
         need a path and must be possible values of that field. A field that is always required has no \
         conditions.",
        "required_when:\n  - values: [APP]";

    IDLE_GROUP = "E058", "this group has no effect",
        "A group needs at least two different optional fields; a required field always satisfies it.",
        "at_least_one_of: [{ fields: [paymentId, paymentId] }]";

    BAD_DEFAULT = "E059", "invalid default",
        "The receiver assumes the default when the field is absent. So the field must be \
         optional, must not be secret and must allow more than one value. The default must be one \
         text, number or boolean that fits the type and breaks no rule of the field.",
        "type: integer\nmax: \"5\"\ndefault: \"10\"";

    BAD_AUTH = "E063", "invalid authentication",
        "`auth` states the headers that prove who calls: `bearer`, `basic` or `headers`, each made of `credentials`. Every \
         header has a credential, every credential is used and of the kind that its use needs, and no header is stated \
         twice. A signature of requests, answers or notifications is in one header; a time is described, sent and \
         signed, or none of these, and so are a nonce and the id of a key. An API has `auth` or a `signature`, not both. A token that an \
         operation hands out is a secret text in its answer, with its lifetime beside it; that operation has `auth` of its own, no idempotency key \
         and no flow, and operations at one address have the same `auth`.",
        "auth: { request: { headers: { X-API-Key: secret } } }        # {secret}";
    BAD_TEMPLATE = "E064", "invalid template",
        "A header of `auth` is a text with the names of credentials in braces, such as `Token {api_key}`. A header of a proof ends with `{signature}`, `{time}`, `{nonce}` or `{key_id}`, or has no placeholder; the content of \
         the proof has `{body}` or `{body|crc32}`, and perhaps `{method}`, `{target}`, `{time}`, `{nonce}`, `{key_id}` and the \
         names of listed credentials of `kind: id`. The signed content is a text with placeholders in braces: `{method}`, `{uri}`, \
         `{client_id}`, `{body}`, and `{request_time}` in a request, `{response_time}` in a \
         response. `{body}` is required: a signature that does not cover the body proves nothing.",
        "request_content: \"{method} {url}\"";

    BAD_ADDRESS = "E065", "invalid address",
        "The path of an operation and the prefix before it start with `/`, and contain only what \
         RFC 3986 allows in a path: no blank, no query, no fragment, no empty or dotted segment. \
         They are sent and signed as written. A segment of the path of an operation can be the name \
         of a field in braces: its value is sent there. The whole path of an operation that the \
         provider calls can be the name of the field in which a request gave the address. A host \
         has neither a scheme nor a path.",
        "path: v1/orders        # /v1/orders";
    BODY_NOT_SENT = "E066", "a request body that may be dropped",
        "HTTP defines no meaning for a body of GET or DELETE: servers and proxies drop or refuse \
         it. Fields of such a request travel in its path, its query or a header.",
        "method: GET\nrequest: { fields: { orderId: { in: body, … } } }";
    BAD_HEADER = "E067", "invalid name or value of an HTTP header",
        "The name of a header consists of ASCII letters, digits and `-`, without a colon. Its \
         value, and each `key=value` pair in it, consists of visible ASCII characters. Anything \
         else cannot be sent.",
        "name: \"Client Id:\"        # Client-Id";

    WRONG_PLACE = "E068", "a field in a wrong place of a request",
        "`in` is for the own fields of a request that the merchant sends. A field is in the path if \
         the path of the operation contains its name in braces, and it is required. A path or a \
         header contains texts, numbers and booleans. A field in a \
         header is named like the header, which neither the client sets itself nor the API declares for \
         all messages. Only a JSON body has JSON types and `null`, so no other field has a `json_type` or is `nullable`.",
        "path: /payments\nrequest: { fields: { paymentId: { in: path, … } } }";
    SAME_PATH = "E069", "two operations at the same path",
        "A path with fields belongs to one operation for each method. A literal segment takes \
         precedence over a field, so `/payments/search` and `/payments/{id}` are different paths. \
         Paths that differ only in the names of their fields are one path, with the same names.",
        "path: /payments/{id}      # get_payment\npath: /payments/{number}  # find_payment";

    UNKNOWN_SOURCE = "E070", "unknown source",
        "Source tags are declared in `api.yaml` under `sources`.",
        "source: PGAE";
    NO_SOURCE = "E071", "a fact without a source",
        "Every fact names its source, with a `source` of its own or of the type or file around \
         it. A wrong fact can be corrected if its source is known.",
        "a types file without `source`, and an object in it without one";
    BAD_DATE = "E072", "invalid date",
        "Dates of changes have the form `YYYY-MM-DD` or `YYYY-MM`.",
        "since: {date: \"July 2021\"}";

    BAD_ENCRYPTED = "E074", "invalid encrypted object",
        "`encrypted` of a notification is the JSON Pointer of a field of its request. The field is required, and its \
         object is the plaintext; `encryption` in `auth` states how it travels.",
        "notification: { encrypted: /resource }        # no `encryption` in `auth`";
    BAD_PAGINATION = "E077", "invalid pagination",
        "`pagination` describes a list that the merchant reads with `GET`, page by page. `items` is a list in the \
         answer. `next` is a text or an integer in the answer or in the last element of the list; `to` is an optional field of the \
         request of the same type. `more` is a boolean in the answer. The answer is judged by a `result`.",
        "pagination: { items: /data, next: /data/[last]/id, to: /after, more: /has_more }   # `after` is an integer";
    BAD_BATCH = "E075", "invalid batch of notifications",
        "`each` of a notification is the JSON Pointer of the notifications in a message with several, with `*` for the \
         elements of the list. The request is one of them. `auth` proves notifications, an HTTP status alone answers \
         the message, and no object of them is encrypted.",
        "notification: { each: /items }        # /items/*";
    NOT_SIGNED = "E076", "a decision by a value that is not signed",
        "The signature inside the body of a notification proves the values that it covers, and nothing else: whoever \
         sends a signed notification on can change the others. So what decides, what names the payment and what \
         identifies the event must be among the signed values, each of which is a single value of the request.",
        "notification: { event_id: [/id] }        # the signed content has no {/id}";
    NOTIFICATION_PROOF_UNSTATED = "E083", "no word about the proof of notifications",
        "A forged notification makes an order look paid. So an API whose requests have `auth` says in \
         `auth.notification` what proves that a notification is the provider's, or with `none` that nothing does. There is no \
         default.",
        "auth: { request: { bearer: key } }        # and an operation with `notification: {}`";
    UNPROVED_DECIDES = "E084", "a decision by a notification that nothing proves",
        "With `notification: none` in `auth`, anyone can send a notification. It prompts an inquiry, whose answer \
         decides: each decision of its `result` is `pending` with the action `inquire`, and it has no `agrees`, because a \
         contradiction would end a payment in doubt.",
        "auth: { notification: none, … }\nresult: { default: { decide: done } }";
    STILL_THERE = "E073", "the old name of a renamed item still exists",
        "`renamed_from` is the previous name of an item, so that a comparison of two specs treats \
         both as one item. The old name must no longer exist, and only one item can have had it. \
         A removed field can keep its entry, with `removed`.",
        "PAID:\n  renamed_from: DONE        # DONE is still listed";

    TAKES_NO_SIDE = "E080", "a dispute takes none of its sides",
        "`takes` must repeat exactly the `says` of the side that the spec follows.",
        "sides: [{says: required, …}, {says: optional, …}]\ntakes: mandatory";
    DISPUTE_TWICE = "E081", "duplicate dispute id",
        "The id of a dispute must be unique within its API, because reports refer to it.",
        "two entries with `id: quote-price`";

    UNKNOWN_STATUS = "E100", "unknown status",
        "A status is one of the cases of the result: those of `results.yaml`, and those of the \
         operation.",
        "status: X";
    UNKNOWN_CODE = "E101", "unknown code",
        "A code marked `shared` must be defined in `results.yaml`. The `conflict_code` of an \
         operation must be one of its codes.",
        "codes:\n  SUCESS: shared";
    WRONG_DECISION = "E102", "the decision does not fit its case",
        "A shared case that decides `failed` stays `failed` or becomes `pending`, and one that \
         decides `pending` stays so: an operation can make nothing better of it. `failed` and \
         `pending` have no payload, only `pending` has actions, and `pending` cannot be renamed \
         with `as`. `default` decides a message that has no `by`. Of the HTTP statuses, those of the classes 1XX and 3XX \
         and the class 5XX say nothing about the call.",
        "cases: { F: { decide: redirect } }   # results.yaml: F: { decide: failed }";
    NO_DECISION = "E103", "a code whose status has no decision",
        "A shared code of this operation has a status that is not one of the operation's cases.",
        "a code with status U and no case U";
    OUTCOMES_DIFFER = "E104", "two different outcomes with the same name",
        "Decisions with the same name are one outcome: they must decide the same and have the \
         same type of payload. Use `as` to give one another name. Without `as`, the name of an \
         outcome is the word in `decide`.",
        "S: { decide: done, payload: /order, … }\nA: { decide: done, … }";
    WRONG_CASE = "E105", "a case that cannot occur",
        "The cases of a status are values of the field in `by`. This value is not one of its \
         enum, or its `const` or `values` do not allow it. The cases of `by: http_status` are the statuses 100 to 599, and \
         the classes 1XX to 5XX.",
        "by: /paymentStatus\ncases: { PAYED: { decide: done, … } }";
    NO_AGREEMENT = "E106", "a field that cannot be compared with the request",
        "`agrees` names fields of the incoming message. The request must have a field at the same \
         path: the request of the operation itself, or that of `pays` or `refunds` in each flow that \
         sends or receives the operation. Both fields must have the same type: a text with only \
         one spelling, a number, a boolean, or an object of these. They must not be `sensitive`, \
         because reports show both values.",
        "agrees: [/paymentTime]        # the request has no such field";

    NO_EXAMPLE = "E110", "the example cannot be read",
        "An example must be a file inside the folder of the API, of at most 1 MiB.",
        "file: ../secret.json";
    EXAMPLE_NOT_JSON = "E111", "invalid JSON in an example",
        "The message says where the JSON parser stopped, or names the encoding of the file. JSON \
         must be UTF-8, without a byte order mark.",
        "{\"paymentId\": }";
    EXAMPLE_BREAKS_SPEC = "E112", "the example breaks the spec",
        "The documented message breaks a rule of severity `error`. Correct the rule, or make it a \
         `warning`: a rule that the provider's own example breaks must not reject messages.",
        "an example without a required field";

    NO_CASE = "W040", "a value without a case",
        "The field in `by` can have a value that is not among the cases. An answer with this \
         value is pending, like an answer with an unknown value. If this is intended, add a case \
         with `decide: pending`.",
        "by: /paymentStatus        # SUCCESS, FAIL\ncases: { SUCCESS: { decide: done, … } }";
    EXAMPLE_WITHOUT_STATUS = "W042", "an example without a valid status",
        "The status judges this operation, but the documented answer has no status, an unknown \
         status, or one that does not belong to its code. A call with such an answer stays \
         pending forever. Either the example is wrong, or the spec is incomplete.",
        "an example `{}` of an operation whose `status` is at `/result/status`";
    SENSITIVE_ADDRESS = "W043", "a sensitive value in an address",
        "Programs on the way log the path and query of a request, so a `sensitive` value there is \
         soon in files that nobody guards. If the provider takes it nowhere else, the warning \
         stays, for those who run the servers.",
        "token: { type: string, in: query, sensitive: secret, … }";
}
