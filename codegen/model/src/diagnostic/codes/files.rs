//! Codes of files: finding them, the YAML, the shape.

super::codes! {
    NO_SPEC = "E001", "spec not found",
        "The spec folder does not exist, cannot be listed, or holds no API. Each API is a folder in \
         it that has an `api.yaml`.",
        "payspec check --spec no-such-folder";
    UNREADABLE_FILE = "E002", "a file or folder cannot be read",
        "The operating system refused to give its content, for the reason in the message; or it is not \
         the spec's own: a link that leads out of the spec folder, a folder, a pipe or a device in the \
         place of a file, or a name that is not UTF-8. Hidden files, whose names start with a dot, are \
         left alone.",
        "spec/shop/api.yaml without read permission";
    FILE_TOO_LARGE = "E003", "a file is too large",
        "A spec file has at most 8 MiB. All files below `types/` and `operations/` are read, so a \
         large one can be split.",
        "a types/all.yaml of 9 MiB";
    NOT_UTF8 = "E004", "a file is not UTF-8",
        "Spec files are UTF-8 text. The diagnostic names UTF-16 and UTF-32, and points at the first byte \
         that is not UTF-8 otherwise.",
        "a file saved as UTF-16, GBK or Latin-1";
    YAML_SYNTAX = "E005", "a file is not YAML",
        "The YAML parser could not go on at the place shown. Often a quote or bracket is not \
         closed, or a text with `: ` in it is not in quotes.",
        "description: a note: with a colon";
    ALIAS = "E006", "anchors and aliases are not allowed",
        "A spec is read by people, line by line, and an alias can blow a small file up to \
         gigabytes. Write shared things as types.",
        "first: &a {x: 1}\nsecond: *a";
    TAG = "E007", "tags are not allowed",
        "The spec format has no use for YAML tags. A text that starts with `!` belongs in quotes.",
        "title: !important text";
    DOCUMENTS = "E008", "a file has several documents",
        "A spec file is one YAML document. A second `---` starts another, which nothing would read.",
        "objects: {}\n---\nobjects: {}";
    NESTING = "E009", "nested too deep",
        "Mappings and lists may be nested 64 levels deep, far deeper than the spec format goes.",
        "[[[[…]]]] with 65 brackets";
    DUPLICATE_KEY = "E010", "duplicate key",
        "Of two equal keys in one mapping only one could count. Remove one, or correct its name.",
        "fields:\n  id: {…}\n  id: {…}";
    LOOK_ALIKE = "E011", "an invisible or full-width character",
        "Text pasted from web pages brings no-break spaces, zero-width characters and full-width \
         colons. YAML takes them for letters, so that a key is not the key that it looks like. The line \
         separators of Unicode (U+0085, U+2028, U+2029) end a line for some readers only, and are \
         refused everywhere.",
        "type\u{ff1a}string";
    KEY_NOT_TEXT = "E012", "a key is not a text",
        "Keys are names. YAML would allow a list or a mapping as a key; a spec has no use for it.",
        "? [a, b]\n: c";
    UNREADABLE_YAML = "E013", "a file cannot be read",
        "The file passed the gate and the shape check, yet the reader of YAML refused it, for the \
         reason in the message.",
        "a construct on which YAML 1.1 and YAML 1.2 disagree";

    UNKNOWN_KEY = "E020", "unknown key",
        "The spec format has no such key in this place. `payspec schema` prints what there is; an \
         editor that knows the schema completes it.",
        "fields:\n  id: {type: string, requierd: true, description: The id.}";
    WRONG_TYPE = "E021", "wrong type of value",
        "The value is a number, a text, a list or a mapping where the format wants another of \
         them. A text that looks like a number or like `true` belongs in quotes.",
        "const: 20        # write const: \"20\"";
    MISSING_KEY = "E022", "a key is missing",
        "The format cannot do without this key here.",
        "fields:\n  id: {type: string}    # no description";
    UNKNOWN_WORD = "E023", "not one of the words allowed",
        "The value is one of a fixed set of words, and this is none of them.",
        "sensitive: private        # pii or secret";
    OUT_OF_RANGE = "E024", "too few, too small or too large",
        "A list has too few elements, a text is empty, or a number is out of its range.",
        "payspec: 2";

    FILE_NOT_READ = "W001", "nothing reads this file",
        "A YAML file lies in the folder of an API where no spec file is expected. Its content has \
         no effect.",
        "spec/shop/types.yaml instead of spec/shop/types/types.yaml";
    LOOK_ALIKE_IN_TEXT = "W002", "an invisible or full-width character in a text",
        "A text without quotes has a character that looks like nothing or like an ASCII one. In \
         prose that is ugly, in a name or value it is wrong. Put the text in quotes if it is meant.",
        "description: The\u{a0}id.";
}
