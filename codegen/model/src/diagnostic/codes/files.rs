//! Codes of files: finding them, the YAML, the shape.

super::codes! {
    NO_SPEC = "E001", "spec not found",
        "The spec folder does not exist, cannot be listed, or contains no API. Each API is a \
         folder in it that has an `api.yaml`.",
        "payspec check --spec no-such-folder";
    UNREADABLE_FILE = "E002", "a file or folder cannot be read",
        "The operating system refused access, for the reason in the message; or the file does not \
         belong to the spec: a link that leads out of the spec folder, a folder, a pipe or a \
         device in place of a file, or a name that is not UTF-8. Hidden files, whose names start \
         with a dot, are ignored.",
        "spec/shop/api.yaml without read permission";
    FILE_TOO_LARGE = "E003", "a file is too large",
        "A spec file can have at most 8 MiB. All files below `types/` and `operations/` are read, \
         so a large file can be split.",
        "a types/all.yaml of 9 MiB";
    NOT_UTF8 = "E004", "a file is not UTF-8",
        "Spec files are UTF-8 text. The diagnostic names the encoding if it is UTF-16 or UTF-32; \
         otherwise it points at the first byte that is not UTF-8.",
        "a file saved as UTF-16, GBK or Latin-1";
    YAML_SYNTAX = "E005", "invalid YAML",
        "The YAML parser stopped at the place shown. Often a quote or bracket is not closed, or a \
         text that contains `: ` is not in quotes.",
        "description: a note: with a colon";
    ALIAS = "E006", "anchors and aliases are not allowed",
        "People read a spec line by line, and aliases can expand a small file to gigabytes. Write \
         shared parts as types.",
        "first: &a {x: 1}\nsecond: *a";
    TAG = "E007", "tags are not allowed",
        "The spec format does not use YAML tags. Put a text that starts with `!` in quotes.",
        "title: !important text";
    DOCUMENTS = "E008", "several documents in one file",
        "A spec file is one YAML document. A second `---` starts another one, which would be \
         ignored.",
        "objects: {}\n---\nobjects: {}";
    NESTING = "E009", "nested too deep",
        "Mappings and lists can be nested at most 64 levels deep, far deeper than the spec format \
         needs.",
        "[[[[…]]]] with 65 brackets";
    DUPLICATE_KEY = "E010", "duplicate key",
        "Only one of two equal keys in a mapping could take effect. Remove one, or correct its \
         name.",
        "fields:\n  id: {…}\n  id: {…}";
    LOOK_ALIKE = "E011", "an invisible or full-width character",
        "Text pasted from web pages often contains no-break spaces, zero-width characters or \
         full-width colons. YAML treats them as letters, so a key is not the key that it looks \
         like. The line separators of Unicode (U+0085, U+2028, U+2029) end a line in some \
         programs only, and are errors everywhere.",
        "type\u{ff1a}string";
    KEY_NOT_TEXT = "E012", "a key is not a text",
        "Keys are names. YAML also allows a list or a mapping as a key; the spec format does not.",
        "? [a, b]\n: c";
    UNREADABLE_YAML = "E013", "a file cannot be read",
        "The file passed the checks of its syntax and shape, but could not be read, for the reason in \
         the message. This is a mistake of payspec; please report it.",
        "a value that the shape check accepts and the types of the format refuse";
    INDENTATION = "E014", "wrong indentation",
        "A key is a part of the mapping in whose column it starts. This one cannot be there, but could be \
         further in or further out. Other errors of the lines that it moves are not reported.",
        "requestId:\ntype: string        # two more spaces";

    OLD_FORMAT = "E015", "a spec in version 1 of the format",
        "Version 2 has other words. `servers` replaces `path_prefixes`; `headers` are mappings by name; \
         `results.yaml` has `by`, `code`, `message` and `cases` in place of `statuses`, and every \
         operation inherits them; `result` has `by` and `cases` in place of `status` and `decisions`; \
         `notification: {}` replaces `caller: provider`; `money: /currency` on a value replaces \
         `amount` on its object; `shared_codes: unknown` replaces `shared_codes: all`. \
         `docs/spec-format.md` describes the format.",
        "payspec: 1";
    UNKNOWN_KEY = "E020", "unknown key",
        "The spec format has no such key here. `payspec schema` prints the keys of each file; an \
         editor that uses the schema completes them.",
        "fields:\n  id: {type: string, requierd: true, description: The id.}";
    WRONG_TYPE = "E021", "wrong type of value",
        "The value is a number, a text, a list or a mapping, but the format expects another of \
         these. Put a text that looks like a number or like `true` in quotes.",
        "const: 20        # write const: \"20\"";
    MISSING_KEY = "E022", "missing key",
        "The format requires this key here.",
        "fields:\n  id: {type: string}    # no description";
    UNKNOWN_WORD = "E023", "unknown word",
        "The value must be one of a fixed set of words.",
        "sensitive: private        # pii or secret";
    OUT_OF_RANGE = "E024", "an empty or too short value, or a number out of range",
        "A list has too few elements, a text is empty, or a number is out of its range.",
        "payspec: 2";
    TOO_MANY = "E025", "too many fields or states",
        "An object has at most 512 fields, and a flow at most 64 states. Split the object into smaller \
         ones, or the flow into several.",
        "fields: { f0: …, f1: …, …, f512: … }";
    UNKNOWN_CURRENCY = "E026", "unknown currency",
        "A currency is one of the codes of ISO 4217: three capital letters.",
        "multiple_of: { idr: { step: 100 } }        # IDR";

    FILE_NOT_READ = "W001", "unused file",
        "The folder of an API contains a YAML file where no spec file is expected. The file has \
         no effect.",
        "spec/shop/types.yaml instead of spec/shop/types/types.yaml";
    LOOK_ALIKE_IN_TEXT = "W002", "an invisible or full-width character in a text without quotes",
        "The character is invisible or looks like an ASCII character. In a name or value it is \
         usually a mistake. Replace it, or put the text in quotes to keep it.",
        "description: The\u{a0}id.";
    TEXT_TO_WRITE = "W003", "a text that is still to be written",
        "A draft has `TODO` where a person must write a text, and `TODO:` before words of the \
         provider's page that no program understood. Write the text in your own words; for a \
         condition, write its `path` if a message shows what it tests.",
        "description: TODO";
}
