//! Codes of names, types and paths.

super::codes! {
    BAD_NAME = "E030", "a name cannot become a Rust name",
        "Names of types, fields, enum values, codes, operations and APIs become names in the \
         generated code. A keyword is allowed and gets a raw form. A name without letters, or \
         with characters that cannot be mapped, is an error. The ids of APIs and operations are \
         `snake_case`.",
        "id: pay-entry-code";
    NAMES_COLLIDE = "E031", "two names become the same Rust name",
        "Case conversion makes both names equal, so the generated code would not compile. This \
         also holds for the companion types `TRequired` and `TBuilder` of a type `T`.",
        "fields:\n  paymentId: {…}\n  payment_id: {…}";
    DECLARED_TWICE = "E032", "declared twice",
        "Types must be unique within an API, across its files; operations in the whole spec; \
         examples in their operation. A union adds its discriminator to its objects, so these do not \
         have it as a field. Without a discriminator, its types have different JSON types.",
        "an object `Order` in both types/a.yaml and types/b.yaml";
    BUILT_IN_NAME = "E033", "the name of a built-in type",
        "A type cannot have the name of a built-in type. Choose another name.",
        "objects:\n  string: {…}";

    UNKNOWN_BASE = "E034", "unknown abstract operation or flow",
        "`extends` must be the `id` of an abstract operation, or of an abstract flow, of the same \
         API.",
        "extends: pai";
    BASE_NOT_ABSTRACT = "E035", "the extended operation or flow is not abstract",
        "An operation or flow that is extended must be marked `abstract: true`. No code is \
         generated for it.",
        "extends: refund        # refund.yaml has no `abstract: true`";
    BASE_EXTENDS = "E036", "an abstract operation or flow extends another one",
        "A file extends at most one base, and a base extends nothing. So a reader never has to \
         follow a chain of files.",
        "abstract: true\nextends: pay";

    UNKNOWN_TYPE = "E040", "unknown type",
        "The name is neither a built-in type nor an object, enum or union of this API. The `one_of` of a \
         union and the `all_of` of an object list objects.",
        "type: Odrer";
    BAD_ELEMENT = "E041", "`of` is missing, unexpected or of the wrong type",
        "A `list` needs `of`, its element type. A `map` needs `of`, the type of its values. A `json` needs `of`, the object inside the text. \
         No other type has an `of`.",
        "type: list        # `of` is missing";
    ENDLESS_TYPE = "E042", "a type contains itself",
        "Objects that require each other in a cycle can never be complete. Make one of the fields \
         in the cycle optional, a list or a map. A union that is part of a cycle needs a list or a map.",
        "A requires a field of type B, B requires a field of type A";
    EMPTY_ENUM = "E043", "an enum without values, a union without types, or an operation without codes",
        "An enum needs at least one value that is not removed. A union needs at least one type. An operation that judges its \
         answers needs at least one code.",
        "values: {}";

    BAD_PATH = "E060", "invalid path",
        "Paths are JSON Pointers such as `/order/orderAmount`, with a slash before each name. `*` \
         matches every element of a list and every value of a map.",
        "key: paymentRequestId        # /paymentRequestId";
    DANGLING_PATH = "E061", "unknown path",
        "The path, or the name of a field, does not lead to a field. The message names the part \
         that does not exist.",
        "refinements:\n  /order/evn/userAgent: {required: true}";
    WRONG_TARGET = "E062", "the path leads to the wrong kind of field",
        "A status, a code, a reference and an idempotency key must be texts, and the key must \
         always be present. The payload of a decision must be an object. An amount is an \
         `integer` or a `decimal`, and a `currency` is beside it.",
        "payload: /result/resultCode";

    UNUSED_BASE = "W023", "unused abstract operation or flow",
        "No operation or flow extends it, and no code is generated for an abstract one alone.",
        "abstract: true        # no other file has `extends` with this id";
    UNUSED_TYPE = "W020", "unused type",
        "No field has this type, neither directly nor inside another type that is used.",
        "an object that no field has as its type";
    UNUSED_SOURCE = "W021", "unused source",
        "No fact comes from this source. Remove it, or name it where it is the source.",
        "sources:\n  OLD: {…}        # no `source: OLD`";
    UNUSED_CODE = "W022", "unused shared code",
        "No operation lists this code of `results.yaml`.",
        "codes:\n  GHOST: {…}";
}
