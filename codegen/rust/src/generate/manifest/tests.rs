use super::*;

fn manifest(text: &str) -> Manifest {
    Manifest::parse("Cargo.toml".into(), text.to_owned()).expect("TOML")
}

fn features(names: &[&str]) -> Vec<Feature> {
    let plain = |name: &&str| Feature {
        name: (*name).to_owned(),
        implies: Vec::new(),
        default: true,
    };
    names.iter().map(plain).collect()
}

fn brought(text: &str, names: &[&str]) -> String {
    let brought = manifest(text).with_features(&features(names));
    brought.expect("features can be written")
}

#[test]
fn names_of_libraries() {
    let name = |text: &str| manifest(text).crate_name();
    let package = "[package]\nname = \"alipay-instore\" # ours\n[dependencies]\nname = \"x\"\n";
    assert_eq!(name(package).as_deref(), Some("alipay_instore"));
    let library = format!("{package}[lib]\nname=\"ams\"\n");
    assert_eq!(name(&library).as_deref(), Some("ams"));
    assert_eq!(name("[package]\nname = \"type\"\n"), None);
    assert_eq!(name("name = \"x\"\n"), None);
    assert_eq!(name("[package]\nname.workspace = true\n"), None);
}

#[test]
fn packages_state_their_version_and_the_crates_of_their_examples() {
    let own = manifest("[package]\nname = \"some-shop\"\nversion = \"4.5.6\"\n");
    let own = own.package().expect("a package");
    assert_eq!(
        (own.name.as_str(), own.version.as_str()),
        ("some-shop", "4.5.6")
    );
    assert_eq!(own.examples, ExampleCrates::default());
    let no_version = manifest("[package]\nname = \"some-shop\"\n");
    assert_eq!(no_version.package(), None);

    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &Path, text: &str| {
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write(
        &folder.path().join("Cargo.toml"),
        "[workspace]\n[workspace.package]\nversion = \"7.8.9\"\n",
    );
    let member = folder.path().join("shops/one");
    write(
        &member.join("Cargo.toml"),
        "[package]\nname = \"one\"\nversion.workspace = true\n\
         [dependencies]\npayspec-runtime = { version = \"1\", features = [\"ureq\"] }\n\
         [dev-dependencies]\npayspec-mock = \"1\"\npayspec-model.workspace = true\n",
    );
    let member = Manifest::beside(&member.join("src")).expect("a manifest");
    let member = member
        .and_then(|member| member.package())
        .expect("a package");
    assert_eq!(member.version, "7.8.9");
    let found = ExampleCrates {
        ureq: true,
        reqwest: false,
        mock: true,
    };
    assert_eq!(member.examples, found);
}

#[test]
fn features_are_asked_for() {
    let settings = |text: &str| manifest(text).settings();
    let wants = |text: &str| settings(text).map(|settings| settings.operation_features);
    assert!(matches!(wants("[package]\nname = \"x\"\n"), Ok(false)));
    assert!(matches!(wants("[package.metadata.payspec]\n"), Ok(false)));
    let on = "[package.metadata.payspec]\noperation-features = true\n";
    assert!(matches!(wants(on), Ok(true)));
    let off = "[package.metadata]\npayspec = { operation-features = false }\n";
    assert!(matches!(wants(off), Ok(false)));
    let complaint = |text: &str| wants(text).expect_err("a mistake").to_string();
    assert_eq!(
        complaint("[package.metadata.payspec]\noperation-features = \"yes\"\n"),
        "Cargo.toml: `package.metadata.payspec.operation-features` is neither `true` nor `false`"
    );
    assert_eq!(
        complaint("[package.metadata.payspec]\noperation_features = true\n"),
        "Cargo.toml: `package.metadata.payspec` has no setting `operation_features`; \
         did you mean `operation-features`?"
    );
    assert_eq!(
        complaint("[package.metadata]\npayspec = true\n"),
        "Cargo.toml: `package.metadata.payspec` is not a table"
    );
}

#[test]
fn all_else_stays_as_it_is() {
    let before = "\
# A comment.
[package]
name = \"x\"   # here

[features]   # ours
# The second one.
refund = []
default = [\"refund\", \"old\", \"fast\"]
old = [\"refund\"]
fast = [\"dep:serde\"]
pay = [\"serde?/std\"]
mine = [\"pay\"]

[dependencies]
serde = {version=\"1\",optional=true}
";
    let after = "\
# A comment.
[package]
name = \"x\"   # here

[features]   # ours
default = [
    \"pay\",
    \"refund\",
    \"fast\",
]
pay = [\"serde?/std\"]
# The second one.
refund = []
fast = [\"dep:serde\"]
mine = [\"pay\"]

[dependencies]
serde = {version=\"1\",optional=true}
";
    assert_eq!(brought(before, &["pay", "refund"]), after);
    assert_eq!(brought(after, &["pay", "refund"]), after);
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(
        brought(&windows(before), &["pay", "refund"]),
        windows(after)
    );
}

#[test]
fn a_missing_table_is_added() {
    let before = "[package]\nname = \"x\"\n\n[lints]\nworkspace = true\n";
    let after = format!(
        "{before}\n# Written by `payspec generate`: one feature for each operation and flow.\n\
         [features]\ndefault = [\"pay\"]\npay = []\n"
    );
    assert_eq!(brought(before, &["pay"]), after);
    let inline = "features = { a = [] }\n[package]\nname = \"x\"\n";
    let found = brought(inline, &["pay"]);
    assert!(
        found.contains("pay = []") && found.contains("default = [\"pay\"]"),
        "{found}"
    );
    assert_eq!(brought(&found, &["pay"]), found);
}

#[test]
fn features_imply_others() {
    let flow = Feature {
        name: "flow".into(),
        implies: vec!["pay".into(), "cancel".into()],
        default: true,
    };
    let all = [features(&["cancel", "pay"]), vec![flow]].concat();
    let text = manifest("").with_features(&all).expect("features");
    let table = "flow = [\n    \"pay\",\n    \"cancel\",\n]\n";
    assert!(text.ends_with(table), "{text}");
}

#[test]
fn the_feature_of_clients_is_off_by_default() {
    let on = "[package.metadata.payspec]\nclient-feature = true\n";
    let settings = manifest(on).settings().expect("settings");
    assert!(settings.client_feature && !settings.operation_features);
    let alone = settings.features(&Model::default());
    let text = "[features]\ndefault = [\"mine\"]\nmine = []\n";
    let brought = manifest(text).with_features(&alone).expect("features");
    // A feature that is not payspec's stays, as long as payspec keeps no other feature.
    let after =
        "[features]\ndefault = [\"mine\"]\nclient = [\"payspec-runtime/client\"]\nmine = []\n";
    assert_eq!(brought, after);
    let again = manifest(after).with_features(&alone).expect("features");
    assert_eq!(again, after);
    // A user who enables it by default keeps that setting.
    let chosen = "[features]\ndefault = [\n    \"pay\",\n    \"client\",\n]\npay = []\n\
        client = [\"payspec-runtime/client\"]\n";
    let all = [features(&["pay"]), alone].concat();
    let kept = manifest(chosen).with_features(&all).expect("features");
    assert_eq!(kept, chosen);
    let twice = [features(&["client"]), vec![client()]].concat();
    let error = manifest("").with_features(&twice).expect_err("a mistake");
    assert!(
        error.to_string().contains("the operation `client`"),
        "{error}"
    );
}

#[test]
fn what_cannot_be_followed() {
    let complaint = |text: &str, names: &[&str]| {
        let error = manifest(text).with_features(&features(names));
        error.expect_err("a mistake").to_string()
    };
    assert_eq!(
        complaint("", &["default"]),
        "Cargo.toml: the operation `default` cannot have a feature of its name, which cargo has \
         for the set that is on by default; rename it, or turn `operation-features` off"
    );
    assert_eq!(
        complaint("features = 1\n", &["pay"]),
        "Cargo.toml: `features` is not a table"
    );
    assert_eq!(
        complaint("[features]\npay = [1]\n", &["pay"]),
        "Cargo.toml: the feature `pay` is not a list of texts"
    );
    let Err(error) = Manifest::parse("Cargo.toml".into(), "[package\n".into()) else {
        panic!("this is no TOML");
    };
    assert!(
        error
            .to_string()
            .starts_with("Cargo.toml: TOML parse error at line 1"),
        "{error}"
    );
}
