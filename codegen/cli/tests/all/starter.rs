use crate::support::{folder, snapshot, with};

#[test]
fn the_starter_works() {
    let (_folder, path) = folder();
    let spec = format!("{path}/spec");
    snapshot!("init", with(&["init", &spec]), path => "DIR");
    snapshot!("init_again", with(&["init", &spec]), path => "DIR");

    snapshot!("starter_check", with(&["check", "--spec", &spec]), path => "DIR");
    let out = format!("{path}/out");
    let generated = with(&["generate", "--spec", &spec, "--out", &out]);
    snapshot!("starter_generate", generated, path => "DIR");
    let examples = [
        ("place_order", "request"),
        ("place_order", "response"),
        ("find_order", "response"),
        ("notify_order", "request"),
    ];
    for (operation, side) in examples {
        let name = operation.replace('_', "-");
        let example = format!("{spec}/shop/examples/{name}.{side}.json");
        let args = [
            "validate",
            "--spec",
            &spec,
            "--operation",
            operation,
            "--side",
            side,
        ];
        let run = with(&[&args[..], &[&example]].concat());
        assert_eq!(run.code, Some(0), "{run}");
    }
}

#[test]
fn hints_are_commands_of_a_shell() {
    let (_folder, path) = folder();
    let spec = format!("{path}/it's here");
    let run = with(&["init", &spec]);
    let wanted = format!("check it with `payspec check --spec '{path}/it'\\''s here'`");
    assert!(run.stderr.contains(&wanted), "{run}");
    let out = format!("{path}/the source");
    let run = with(&["generate", "--spec", &spec, "--out", &out, "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains(&format!("--out '{out}'")), "{run}");
}

#[test]
fn only_an_empty_place_is_taken() {
    let (folder, path) = folder();
    assert_eq!(with(&["init", &path]).code, Some(0));
    std::fs::write(folder.path().join("file"), "").expect("writable");
    let file = format!("{path}/file");
    assert_eq!(with(&["init", &file]).code, Some(2));
}
