//! The pictures of the README show what payspec prints today.

use std::fs;

use scraper::{Html, Selector};

use super::page::Page;
use super::stage::Stage;
use crate::support::root;

/// Reads the lines of a terminal from the texts of a picture.
fn lines(svg: &str) -> Vec<String> {
    let picture = Html::parse_fragment(svg);
    let texts = Selector::parse("text").expect("a selector");
    picture
        .select(&texts)
        .map(|text| text.text().collect::<String>().trim_end().to_owned())
        .collect()
}

#[test]
fn the_pictures_of_the_readme_are_small_and_there() {
    let readme = Page::read("README.md");
    let html = Html::parse_fragment(&readme.text);
    let mut found = 0;
    for (tag, attribute) in [("source", "srcset"), ("img", "src")] {
        let selector = Selector::parse(tag).expect("a selector");
        for element in html.select(&selector) {
            let path = element.value().attr(attribute).expect("a path");
            let size = fs::metadata(root().join(path)).map(|file| file.len());
            let size = size.unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!((1..150_000).contains(&size), "{path} has {size} bytes");
            found += 1;
        }
    }
    assert!(found >= 4, "{found} pictures");
}

#[test]
fn the_picture_of_a_diagnostic_is_what_check_prints() {
    let stage = Stage::new();
    for theme in ["light", "dark"] {
        let path = format!("docs/pictures/diagnostic-{theme}.svg");
        let svg = fs::read_to_string(root().join(&path)).expect("the picture");
        let shown = lines(&svg);
        let (command, output) = shown.split_first().expect("a command");
        let command = command.strip_prefix("$ ").expect("a prompt");
        let made = stage.run("git checkout --quiet . && git apply docs/pictures/mistake.patch");
        assert_eq!(made.code, Some(0), "{made}");
        let ran = stage.run(command);
        assert_eq!(ran.code, Some(1), "{ran}");
        let printed: Vec<&str> = ran.stdout.lines().map(str::trim_end).collect();
        assert_eq!(output, printed, "run docs/pictures/make");
    }
}
