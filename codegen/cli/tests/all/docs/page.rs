//! A page as what can be tried: blocks of commands, code in the text, links, pictures.

use std::fs;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::support::root;

pub(super) struct Page {
    pub(super) path: String,
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    /// Code within a line, without its backticks.
    pub(super) code: Vec<String>,
    /// Targets of links and pictures.
    pub(super) links: Vec<String>,
    /// Anchors of the headings, as GitHub makes them.
    pub(super) anchors: Vec<String>,
}

/// A block of commands, with the comments directly above it:
///
/// - `<!-- setup: COMMANDS -->` runs first; it prepares the files that the page speaks of;
/// - `<!-- exit: 1 -->` is the exit code of the only command of a `sh` block;
/// - `<!-- serve: REASON -->`: the command runs on in the background, until the page ends;
/// - `<!-- long: REASON -->`: tried by the long proofs only;
/// - `<!-- skip: REASON -->`: not tried.
#[derive(Default)]
pub(super) struct Block {
    pub(super) line: usize,
    pub(super) console: bool,
    pub(super) text: String,
    pub(super) setup: Vec<String>,
    pub(super) exit: i32,
    pub(super) serves: bool,
    pub(super) long: Option<String>,
    pub(super) skipped: Option<String>,
}

/// A command of a `console` block, and what the block shows below it.
pub(super) struct Shown<'b> {
    pub(super) command: &'b str,
    pub(super) output: Vec<&'b str>,
    pub(super) exit: i32,
}

impl Block {
    fn direct(&mut self, comment: &str) -> Result<(), String> {
        let (key, value) = comment.split_once(':').ok_or("expected `key: value`")?;
        let value = value.trim().to_owned();
        match key.trim() {
            "setup" => self.setup.push(value),
            "exit" => self.exit = value.parse().map_err(|_| "expected an exit code")?,
            "serve" => self.serves = true,
            "long" => self.long = Some(value),
            "skip" => self.skipped = Some(value),
            other => return Err(format!("unknown directive `{other}`")),
        }
        Ok(())
    }

    /// Returns the commands of a `console` block. `$ echo $?` below a command shows its exit code.
    pub(super) fn shown(&self) -> Vec<Shown<'_>> {
        let mut shown: Vec<Shown<'_>> = Vec::new();
        let mut lines = self.text.lines();
        while let Some(line) = lines.next() {
            match (line.strip_prefix("$ "), shown.last_mut()) {
                (Some("echo $?"), Some(last)) => {
                    let code = lines.next().and_then(|line| line.parse().ok());
                    last.exit = code.expect("an exit code below `$ echo $?`");
                }
                (Some(command), _) => shown.push(Shown {
                    command,
                    output: Vec::new(),
                    exit: 0,
                }),
                (None, Some(last)) => last.output.push(line),
                (None, None) => panic!("line {}: a block begins with a command", self.line),
            }
        }
        shown
    }

    /// True for a block that only builds, tests or measures this repository.
    pub(super) fn only_builds(&self) -> bool {
        let mut lines = self.text.lines().filter(|line| !line.is_empty());
        !self.console
            && lines.all(|line| {
                let command = without_variables(line);
                ["cargo ", ".ci/"]
                    .iter()
                    .any(|tool| command.starts_with(tool))
            })
    }

    /// Counts the commands; one that goes on in the next line is one.
    pub(super) fn commands(&self) -> usize {
        if self.console {
            return self.shown().len();
        }
        let mut goes_on = false;
        let begins = self.text.lines().filter(|line| {
            let begins = !goes_on && !line.is_empty() && !line.starts_with('#');
            goes_on = line.ends_with('\\');
            begins
        });
        begins.count()
    }
}

impl Page {
    pub(super) fn read(path: &str) -> Self {
        let text = fs::read_to_string(root().join(path)).expect("a page");
        Self::parse(path, &text)
    }

    pub(super) fn parse(path: &str, text: &str) -> Self {
        let mut page = Page {
            path: path.to_owned(),
            text: text.to_owned(),
            blocks: Vec::new(),
            code: Vec::new(),
            links: Vec::new(),
            anchors: Vec::new(),
        };
        let mut comments = String::new();
        let mut heading: Option<String> = None;
        let mut block: Option<Block> = None;
        for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
                Event::Html(html) => comments.push_str(&html),
                Event::Start(Tag::CodeBlock(kind)) => {
                    let language = match kind {
                        CodeBlockKind::Fenced(language) => language.to_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    let line = text[..range.start].matches('\n').count() + 1;
                    block = ["sh", "console"].contains(&language.as_str()).then(|| {
                        let mut block = Block {
                            line,
                            console: language == "console",
                            ..Block::default()
                        };
                        for comment in directives(&comments) {
                            if let Err(why) = block.direct(comment) {
                                panic!("{path}:{line}: {why} in `<!--{comment}-->`");
                            }
                        }
                        block
                    });
                    comments.clear();
                }
                Event::End(TagEnd::CodeBlock) => page.blocks.extend(block.take()),
                Event::Text(text) => match (&mut block, &mut heading) {
                    (Some(block), _) => block.text.push_str(&text),
                    (None, Some(heading)) => heading.push_str(&text),
                    (None, None) => {}
                },
                Event::Code(code) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&code);
                    }
                    page.code.push(code.to_string());
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.to_string());
                }
                Event::Start(Tag::Heading { .. }) => {
                    comments.clear();
                    heading = Some(String::new());
                }
                Event::End(TagEnd::Heading(_)) => {
                    page.anchors
                        .extend(heading.take().map(|text| anchor(&text)));
                }
                Event::Start(_) => comments.clear(),
                _ => {}
            }
        }
        page
    }
}

/// Returns the texts of the comments, without their marks.
fn directives(html: &str) -> impl Iterator<Item = &str> {
    html.split("<!--")
        .skip(1)
        .filter_map(|part| part.split_once("-->"))
        .map(|(comment, _)| comment)
}

/// Makes the anchor of a heading as GitHub does: letters and digits in lower case, blanks as hyphens.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c.to_ascii_lowercase()),
        _ => None,
    });
    kept.collect()
}

/// Returns a command without the variables that are set for it: `LONG=yes cargo test` is `cargo test`.
pub(super) fn without_variables(line: &str) -> &str {
    let is_name = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    };
    match line.split_once(' ') {
        Some((first, rest)) if first.split_once('=').is_some_and(|(name, _)| is_name(name)) => {
            without_variables(rest)
        }
        Some(_) | None => line,
    }
}
