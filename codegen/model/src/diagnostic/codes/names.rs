//! Codes of names, types and paths.

super::codes! {
    BAD_NAME = "E030", "a name cannot be spelt in Rust",
        "Names of types, fields, enum values, codes, operations and APIs become names in the \
         generated code. A keyword is fine, it gets a raw form; a name without a letter, or with \
         characters that cannot be mapped, is not. APIs and operations are `snake_case`.",
        "id: pay-entry-code";
    NAMES_COLLIDE = "E031", "two names have the same Rust spelling",
        "Case conversion makes one name of the two, so the generated code would not compile. This \
         also holds for the companions `TRequired` and `TBuilder` of a type `T`.",
        "fields:\n  paymentId: {…}\n  payment_id: {…}";
    DECLARED_TWICE = "E032", "declared twice",
        "Types are unique within an API, across its files; operations are unique in the whole \
         spec; examples are unique in their operation.",
        "an object `Order` in both types/a.yaml and types/b.yaml";
    BUILT_IN_NAME = "E033", "the name of a built-in type",
        "A type of one's own cannot have the name of a built-in one.",
        "objects:\n  string: {…}";

    UNKNOWN_BASE = "E034", "unknown abstract operation or flow",
        "`extends` names the `id` of an abstract operation, or of an abstract flow, of the same API.",
        "extends: pai";
    BASE_NOT_ABSTRACT = "E035", "the extended operation or flow is not abstract",
        "An operation or flow that others extend is marked `abstract: true`. No code is generated for it.",
        "extends: refund        # and refund.yaml says no `abstract: true`";
    BASE_EXTENDS = "E036", "an abstract operation or flow extends another one",
        "A reader must not have to look through a tower of files: each lies over one base, and a \
         base over none.",
        "abstract: true\nextends: pay";

    UNKNOWN_TYPE = "E040", "unknown type",
        "The name is neither a built-in type nor an object or enum of this API.",
        "type: Odrer";
    BAD_ELEMENT = "E041", "`of` is missing, superfluous or of the wrong kind",
        "A `list` needs `of`, its element type; a `json` needs `of`, the object inside the text. \
         No other type has an `of`.",
        "type: list        # of what?";
    ENDLESS_TYPE = "E042", "a type contains itself",
        "Objects that require each other in a circle can never be finished. Somewhere on the way \
         there must be an optional field or a list.",
        "A requires a field of type B, B requires a field of type A";
    EMPTY_ENUM = "E043", "an enum without values, or no code at all",
        "An enum lists at least one value that still exists, and an operation that judges its \
         answers at least one code.",
        "values: {}";

    BAD_PATH = "E060", "not a JSON Pointer",
        "Paths are JSON Pointers such as `/order/orderAmount`: each name with a slash before it. \
         `*` matches every element of a list.",
        "key: paymentRequestId        # /paymentRequestId";
    DANGLING_PATH = "E061", "unknown path",
        "The path, or the name of a field, leads to no field. The message says how far it goes.",
        "refinements:\n  /order/evn/userAgent: {required: true}";
    WRONG_TARGET = "E062", "the path leads to the wrong kind of field",
        "A status, a code, a reference and an idempotency key are texts, and the key is always \
         there; the payload of a decision is an object; an amount has a `currency` and an \
         `integer`.",
        "payload: /result/resultCode";

    UNUSED_BASE = "W023", "nothing extends an abstract operation or flow",
        "No code is generated for an abstract operation alone.",
        "abstract: true        # and no `extends` with its id";
    UNUSED_TYPE = "W020", "a type is never used",
        "No field has this type, neither directly nor inside another one that is used.",
        "an object that nothing names";
    UNUSED_SOURCE = "W021", "a source is never named",
        "No fact comes from this source. Remove it, or name it where it is the source.",
        "sources:\n  OLD: {…}        # and no `source: OLD`";
    UNUSED_CODE = "W022", "a shared code is never used",
        "No operation lists this code of `results.yaml`.",
        "codes:\n  GHOST: {…}";
}
