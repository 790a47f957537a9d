//! The rows of the matrix.

/// Arguments, and words of the error. `missing`, `folder`, `empty`, `binary`, `text` and `text/below` are paths in
/// the current folder; `mem` is a file that cannot be read.
pub(super) type Row = (&'static str, &'static str);

const NO_FILE: &str = "No such file or directory";
pub(super) const IS_FOLDER: &str = "expected a file, found a folder";
const IS_FILE: &str = "expected a folder, found a file";
const MEM: &str = "/proc/self/mem: Input/output error";

/// The exit code is 2.
pub(super) const ROWS: &[Row] = &[
    // The spec.
    ("check missing", "spec folder `missing` not found"),
    ("check empty", IS_FILE),
    ("check binary", IS_FILE),
    ("check folder", "no API found in the spec folder `folder`"),
    ("generate missing", "spec folder `missing` not found"),
    ("generate text", IS_FILE),
    ("results missing", "payspec init DIR"),
    ("results text", IS_FILE),
    ("coverage missing", "payspec init DIR"),
    ("coverage text", IS_FILE),
    ("validate --spec missing text", "payspec init DIR"),
    ("drift --spec missing text", "payspec init DIR"),
    ("explain --spec missing", "spec folder `missing` not found"),
    ("explain --spec text E001", ""),
    ("mock --spec missing --port 0", "payspec init DIR"),
    ("mock --spec folder --port 0", "no API found"),
    ("docs --spec missing --out site", "payspec init DIR"),
    ("docs --out text", "text is not a folder"),
    ("docs --out text/below", IS_FILE),
    ("docs --out socket", "socket is not a folder"),
    ("docs --out spec", "was not written by `payspec docs`"),
    ("docs --out site --package text", IS_FILE),
    ("docs --out site --since missing", "git: "),
    ("diff --spec missing", "spec folder `missing` not found"),
    (
        "diff missing spec",
        "`missing` is neither a folder nor a git revision",
    ),
    (
        "diff spec missing",
        "`missing` is neither a folder nor a git revision",
    ),
    ("diff text spec", IS_FILE),
    (
        "diff spec folder",
        "no API found in the spec folder `folder`",
    ),
    ("changelog --spec missing --since x", "git: "),
    (
        "sign --spec missing --key text --path /x --client-id a --time 1 --body text",
        "payspec init DIR",
    ),
    ("doctor --spec missing text", "payspec init DIR"),
    // Messages.
    ("validate missing", NO_FILE),
    ("validate folder", IS_FOLDER),
    ("validate empty", "cannot tell the operation"),
    ("validate binary", "--operation"),
    ("validate mem", MEM),
    (
        "validate --operation place_order --side request missing",
        NO_FILE,
    ),
    (
        "validate --operation place_order --side request folder",
        IS_FOLDER,
    ),
    (
        "validate --operation place_order --side request --lines missing",
        NO_FILE,
    ),
    (
        "validate --operation place_order --side request --lines folder",
        IS_FOLDER,
    ),
    (
        "validate --operation place_order --side request --request missing text",
        NO_FILE,
    ),
    (
        "validate --operation place_order --side request --request folder text",
        IS_FOLDER,
    ),
    (
        "validate --operation place_order --side request --request binary text",
        "the request is not JSON",
    ),
    (
        "validate --operation nosuch --side request text",
        "expected one of: find_order",
    ),
    (
        "validate --traffic missing",
        "no message could be validated",
    ),
    ("validate --traffic folder", "name the files in it"),
    (
        "validate --traffic empty",
        "each line is an object with `operation`",
    ),
    ("validate --traffic binary", "expected JSON lines or HAR"),
    (
        "diff spec spec --traffic missing",
        "no message could be validated",
    ),
    // Pages.
    ("page missing", NO_FILE),
    ("page folder", IS_FOLDER),
    ("page empty", "save the page with its text"),
    ("page binary", "the file is not text"),
    ("page mem", MEM),
    ("page --profile missing text", "unknown profile `missing`"),
    ("page --profile folder text", "not a regular file"),
    ("page --profile text text", "text:1:1"),
    ("page --profile binary text", "UTF-16"),
    ("drift missing", NO_FILE),
    ("drift folder", IS_FOLDER),
    ("drift empty", "save the page with its text"),
    ("drift text", "the page describes no operation"),
    ("drift page.md missing", NO_FILE),
    ("drift page.md text", "the page describes no operation"),
    (
        "drift page.md --operation nosuch",
        "expected one of: find_order",
    ),
    (
        "drift page.md --operation place_order --source nosuch",
        "expected one of: page",
    ),
    // Approvals, dates, revisions.
    ("diff spec spec --approvals missing", "missing:1:1"),
    ("diff spec spec --approvals folder", "not a regular file"),
    ("diff spec spec --approvals binary", "UTF-16"),
    ("diff spec spec --approvals text", "text:1:1"),
    (
        "diff spec spec --accept nosuch",
        "no finding has the fingerprint `nosuch`",
    ),
    ("diff spec spec --today 2020-13-45", "--today 2026-12-31"),
    ("diff --against nosuch", "git: "),
    ("diff a..b", "git: "),
    // Keys and captures, for a spec that signs.
    (
        "sign SIGNED --key missing --path /x --client-id a --time 1 --body text",
        NO_FILE,
    ),
    (
        "sign SIGNED --key folder --path /x --client-id a --time 1 --body text",
        IS_FOLDER,
    ),
    (
        "sign SIGNED --key empty --path /x --client-id a --time 1 --body text",
        "no key: the text is empty",
    ),
    (
        "sign SIGNED --key text --path /x --client-id a --time 1 --body text",
        "neither PEM nor base64",
    ),
    (
        "sign SIGNED --api nosuch --key text --path /x --client-id a --time 1 --body text",
        "expected one of: ",
    ),
    (
        "sign --api nosuch --key text --path /x --client-id a --time 1 --body text",
        "unknown API that signs `nosuch`",
    ),
    (
        "sign --key text --path /x --client-id a --time 1 --body text",
        "no API of this spec signs",
    ),
    (
        "sign SIGNED --path /x --client-id a --time 1 --body text",
        "`--key FILE`",
    ),
    (
        "sign SIGNED --key text --client-id a --time 1 --body text",
        "`--path PATH`",
    ),
    (
        "sign SIGNED --key text --path /x --time 1 --body text",
        "`--client-id ID`",
    ),
    (
        "sign SIGNED --key text --path /x --client-id a --body text",
        "`--time TIME`",
    ),
    (
        "verify SIGNED --key text --path /x --client-id a --time 1 --body text",
        "`--signature HEADER`",
    ),
    (
        "verify SIGNED --key missing --path /x --client-id a --time 1 --body text --signature x",
        NO_FILE,
    ),
    (
        "verify SIGNED --key binary --path /x --client-id a --time 1 --body text --signature x",
        "neither PEM nor base64",
    ),
    ("doctor SIGNED missing", NO_FILE),
    ("doctor SIGNED folder", IS_FOLDER),
    ("doctor SIGNED empty", "the capture is empty"),
    ("doctor SIGNED text", "line 1 is neither"),
    ("doctor SIGNED text --own-private-key missing", NO_FILE),
    ("doctor SIGNED text --provider-public-key folder", IS_FOLDER),
    ("doctor SIGNED mem", MEM),
    // The mock gateway.
    ("mock --port 99999", "is not in 0..=65535"),
    ("mock --listen 999.0.0.1", "as in `127.0.0.1:8080`"),
    ("mock --listen 0.0.0.0:0", "--allow-remote"),
    ("mock --settlement nosuch", "expected succeeds"),
    ("mock --port 0 --state folder", "choose a new file"),
    ("mock --port 0 --state text", "choose a new file"),
    ("mock --port 0 --state binary", "choose a new file"),
    ("mock --port 0 --state text/below", "choose a new file"),
    ("mock --port 0 --script missing", NO_FILE),
    ("mock --port 0 --script folder", IS_FOLDER),
    ("mock --port 0 --script text", "text:1:1: invalid script"),
    ("mock --port 0 --script binary", "not text in UTF-8"),
    ("mock --port 0 --notify-ca missing", NO_FILE),
    (
        "mock --port 0 --notify-ca text",
        "text: TLS: the certificate is invalid",
    ),
    ("mock --port 0 --record folder", IS_FOLDER),
    ("mock SIGNED --port 0 --client-key missing", NO_FILE),
    (
        "mock SIGNED --port 0 --client-key text",
        "neither PEM nor base64",
    ),
    ("mock SIGNED --port 0 --keys text", IS_FILE),
    ("mock SIGNED --port 0 --keys text/below", IS_FILE),
    ("mock --port 0 --tls-ca-out text", "--tls-self-signed"),
    // Output.
    ("generate -o text", IS_FILE),
    ("generate -o text/below", IS_FILE),
    ("coverage -o folder", IS_FOLDER),
    ("coverage -o text", "was not written by payspec"),
    ("coverage -o binary", "not text in UTF-8"),
    ("coverage -o text/below", IS_FILE),
    ("coverage -o socket", "socket is not a regular file"),
    ("explain --all -o folder", IS_FOLDER),
    ("explain --all -o text/below", IS_FILE),
    ("explain --all -o socket", "socket is not a regular file"),
    ("diff spec spec -o folder", IS_FOLDER),
    ("diff spec spec -o text/below", IS_FILE),
    ("diff spec spec -o socket", "cannot write socket"),
    ("drift page.md --operation place_order -o folder", IS_FOLDER),
    (
        "drift page.md --operation place_order -o text/below",
        IS_FILE,
    ),
    (
        "drift page.md --operation place_order -o socket",
        "cannot write socket",
    ),
    (
        "drift page.md --operation place_order --coverage --format html -o folder",
        IS_FOLDER,
    ),
    (
        "drift page.md --operation place_order --write-draft folder",
        "folder is a folder; nothing was written",
    ),
    (
        "drift page.md --operation place_order --write-draft text",
        "overwrite it with `--force`",
    ),
    ("schema -o text", IS_FILE),
    ("schema -o text/below", IS_FILE),
    ("man -o text", IS_FILE),
    ("init text", IS_FILE),
    ("init text/below", IS_FILE),
    ("init spec", "spec is not empty"),
    // Words.
    ("schema nosuch", "expected one of: api, types"),
    ("help nosuch", "expected one of: check"),
    ("help chekc", "did you mean `check`?"),
    ("completions tcsh", "a similar value exists: 'zsh'"),
    ("results --operation nosuch", "expected one of: find_order"),
];

/// Files of settings with a mistake, and words of the error.
pub(super) const SETTINGS: &[Row] = &[
    (
        "spec = 3\n",
        "payspec.toml:1:8: expected a text in quotes, found an integer",
    ),
    (
        "spec = [\"a\"]\n",
        "payspec.toml:1:8: expected a text in quotes, found an array",
    ),
    (
        "[spec]\n",
        "payspec.toml:1:1: expected a text in quotes, found a table",
    ),
    (
        "spce = \"x\"\n",
        "payspec.toml:1:1: unknown key `spce`\nhelp: did you mean `spec`?",
    ),
    ("spec =\n", "payspec.toml:1:"),
    (
        "package = \"\"\n",
        "payspec.toml:1:11: expected a text, found an empty one",
    ),
    (
        "\nfail-on = \"no\"\n",
        "payspec.toml:2:11: unknown level `no`\nhelp: expected one of: money, ",
    ),
    (
        "spec = \"missing\"\n",
        "help: `spec` is set in payspec.toml",
    ),
    ("spec = \"text\"\n", "expected a folder, found a file"),
];
