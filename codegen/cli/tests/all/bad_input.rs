use crate::support::{file, folder, piped, snapshot, with};

const VALIDATE: [&str; 5] = [
    "validate",
    "--operation",
    "pay_entry_code",
    "--side",
    "request",
];

#[test]
fn invalid_messages() {
    let (folder, path) = folder();
    std::fs::create_dir(folder.path().join("folder")).expect("a folder");
    let files = [
        format!("{path}/missing.json"),
        format!("{path}/folder"),
        file(&folder, "empty.json", b""),
        file(&folder, "cut.json", b"{\"productCode\": \"IN_STORE"),
        file(&folder, "binary.json", &[0, 159, 146, 150, 255]),
        file(&folder, "list.json", b"[]"),
        file(&folder, "deep.json", "[".repeat(1_000_000).as_bytes()),
        file(&folder, "trailing.json", b"{} {}"),
    ];
    let mut all = String::new();
    for name in &files {
        let run = with(&[&VALIDATE[..], &[name]].concat());
        all += &format!("==== {name}\n{run}\n");
    }
    snapshot!("bad_messages", all, path => "DIR");
}

#[test]
fn unknown_words() {
    let mut all = String::new();
    for args in [
        &[
            "validate",
            "--operation",
            "pay_entry_cod",
            "--side",
            "request",
        ][..],
        &["validate", "--operation", "quux", "--side", "request"],
        &[
            "validate",
            "--operation",
            "pay_entry_code",
            "--side",
            "reqest",
        ],
        &[
            "validate",
            "--operation",
            "trade_precreate",
            "--side",
            "response",
        ],
        &["validate", "--side", "request"],
        &["results", "--format", "github"],
        &["chekc"],
        &[],
    ] {
        let run = with(args);
        assert_eq!(run.code, Some(2), "{args:?}");
        all += &format!("==== payspec {}\n{run}\n", args.join(" "));
    }
    snapshot!("bad_words", all);
}

#[test]
fn invalid_specs() {
    let (folder, path) = folder();
    let empty = format!("{path}/empty");
    std::fs::create_dir(&empty).expect("a folder");
    let not_a_folder = file(&folder, "file", b"");
    let missing = format!("{path}/missing");
    let broken = format!("{path}/broken");
    std::fs::create_dir_all(format!("{broken}/api")).expect("a folder");
    std::fs::write(format!("{broken}/api/api.yaml"), "payspec: [").expect("a file");
    let inside = format!("{broken}/api");
    let mut all = String::new();
    for spec in [&missing, &not_a_folder, &empty, &inside, &broken] {
        for command in ["check", "results", "generate"] {
            let run = with(&[command, "--spec", spec]);
            all += &format!("==== {command} --spec {spec}\n{run}\n");
        }
    }
    snapshot!("bad_specs", all, path => "DIR");
}

#[test]
fn hostile_names_do_not_reach_the_terminal() {
    let run = piped(
        &VALIDATE,
        "{\"\\u001b[31mred\": 1, \"a/b~c\": \"\\u0000\"}".as_bytes(),
    );
    assert_eq!(run.code, Some(1));
    assert!(
        !run.stdout.contains('\x1b') && !run.stdout.contains('\0'),
        "{run}"
    );
    assert!(run.stdout.contains("/a~1b~0c"), "{run}");
}
