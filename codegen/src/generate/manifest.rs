use std::path::Path;

/// The name of the library whose source folder this is, as code spells it: from the `Cargo.toml`
/// beside the folder. [`None`] when there is none, or none that is plain to read.
pub(super) fn crate_name(source: &Path) -> Option<String> {
    if source.file_name()? != "src" {
        return None;
    }
    let manifest = std::fs::read_to_string(source.with_file_name("Cargo.toml")).ok()?;
    name_in(&manifest)
}

fn name_in(manifest: &str) -> Option<String> {
    let mut section = "";
    let (mut package, mut library) = (None, None);
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        }
        let name = line.split_once('=').filter(|(key, _)| key.trim() == "name");
        let Some(name) = name.and_then(|(_, value)| text(value)) else {
            continue;
        };
        match section {
            "[package]" => package = Some(name),
            "[lib]" => library = Some(name),
            _ => {}
        }
    }
    let name = library.or(package)?.replace('-', "_");
    syn::parse_str::<syn::Ident>(&name).is_ok().then_some(name)
}

/// The content of a text in quotes, without escapes.
fn text(value: &str) -> Option<&str> {
    let rest = value.trim().strip_prefix('"')?;
    let (text, _) = rest.split_once('"')?;
    (!text.contains('\\')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::name_in;

    #[test]
    fn names_of_libraries() {
        let package = "[package]\nname = \"alipay-instore\" # ours\n[dependencies]\nname = \"x\"\n";
        assert_eq!(name_in(package).as_deref(), Some("alipay_instore"));
        let library = format!("{package}[lib]\nname=\"ams\"\n");
        assert_eq!(name_in(&library).as_deref(), Some("ams"));
        assert_eq!(name_in("[package]\nname = \"type\"\n"), None);
        assert_eq!(name_in("name = \"x\"\n"), None);
        assert_eq!(name_in("[package]\nname = \"a\\u0062\"\n"), None);
    }
}
