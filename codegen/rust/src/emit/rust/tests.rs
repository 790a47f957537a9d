pub(crate) mod sample;

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{Event, Options as Markdown, Parser, Tag};
use quote::ToTokens;

use self::sample::{constraint, model};
use super::docs::{Docs, collapse, prose};
use super::*;
use payspec_model::model::{
    Condition, DefaultValue, Deprecated, Rule, Severity, Signature, SignatureAlgorithm,
    SignatureEncoding, Since, Strength,
};

/// Texts that try to break out of prose.
const HOSTILE: &[&str] = &[
    "*/ pub fn owned() {} /*",
    "\"] pub fn owned() {} #[doc = \"",
    "#[derive(Default)]",
    "#![feature(x)]",
    "first\n\n    let x = indented();",
    "first\n\n```rust\npanic!();\n```",
    "~~~\npanic!();\n~~~",
    "``` ` `` a `",
    "`closed` and `open",
    "[x] [link](https://example.com) ![image](x.png) [`Vec`]",
    "[x]: https://example.com",
    "see https://example.com/a_b?c=d*e, (http://x.y).",
    "<script>alert(1)</script> <https://example.com> <!-- x -->",
    "{} {0} {{x}} \\ \\n \\\\",
    "# heading",
    "> quote\n- item\n+ item\n* item\n1. item\n2) item",
    "a\n===\nb\n---\n***",
    "a | b\n--|--\nc | d",
    "&lt;b&gt; &#60; &copy; a & b",
    "_a_ __b__ *c* **d** snake_case_name _ * ~~e~~",
    "right-to-left \u{202E}text\u{2066} \u{200B}hidden \u{0} \u{7} \u{85}",
    "金额：￥100 [x] 🎉 `金额`",
    "https://",
    "://",
    "",
    "   ",
];

/// Returns the tokens of a file without its documentation and trailing commas, and with all texts
/// replaced by the same one.
fn skeleton(tokens: TokenStream) -> Vec<String> {
    let mut out = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                let inner = tokens.next_if(
                    |next| matches!(next, TokenTree::Punct(mark) if mark.as_char() == '!'),
                );
                let doc = |next: &TokenTree| {
                    matches!(next, TokenTree::Group(group)
                        if group.stream().to_string().starts_with("doc ="))
                };
                if tokens.next_if(doc).is_none() {
                    out.push("#".to_owned());
                    out.extend(inner.map(|_| "!".to_owned()));
                }
            }
            TokenTree::Group(group) => {
                out.push(format!("{:?}", group.delimiter()));
                out.extend(skeleton(group.stream()));
                out.push("end".to_owned());
            }
            TokenTree::Literal(literal) if literal.to_string().starts_with('"') => {
                out.push("text".to_owned());
            }
            TokenTree::Punct(mark) if mark.as_char() == ',' && tokens.peek().is_none() => {}
            TokenTree::Punct(_) | TokenTree::Ident(_) | TokenTree::Literal(_) => {
                out.push(token.to_string());
            }
        }
    }
    out
}

/// Collects the documentation texts of a file, one for each item.
fn documentation(tokens: TokenStream, out: &mut Vec<String>) {
    let mut current = String::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            continue;
        };
        match syn::parse2::<syn::MetaNameValue>(group.stream()) {
            Ok(syn::MetaNameValue {
                path,
                value:
                    syn::Expr::Lit(syn::ExprLit {
                        lit: syn::Lit::Str(text),
                        ..
                    }),
                ..
            }) if path.is_ident("doc") => {
                current.push_str(&text.value());
                current.push('\n');
            }
            _ => {
                if !current.is_empty() {
                    out.push(std::mem::take(&mut current));
                }
                documentation(group.stream(), out);
            }
        }
    }
    if !current.is_empty() {
        out.push(current);
    }
}

fn parsed(files: &[GeneratedFile]) -> Vec<TokenStream> {
    files
        .iter()
        .map(|file| {
            syn::parse_file(&file.contents)
                .expect("the output is Rust")
                .to_token_stream()
        })
        .collect()
}

fn options() -> Options {
    Options {
        spec: "spec".into(),
        root: Root::Crate,
        crate_name: None,
        package: None,
        operation_features: false,
        client: ClientCode::Absent,
    }
}

/// Returns the sample with this text in every place that accepts one.
fn with_text(text: &str) -> Model {
    let mut model = model();
    let text = || text.to_owned();
    let strength = || Strength {
        severity: Severity::Error,
        direction: None,
        sources: vec![],
        reason: Some(text()),
    };
    let origin = Default::default();
    let api = &mut model.apis[0];
    (api.title, api.description) = (text(), text());
    for source in &mut api.sources {
        (source.tag, source.title, source.date) = (text(), text(), text());
    }
    for prefix in &mut api.servers {
        (prefix.environment, prefix.prefix) = (text(), text());
    }
    for host in &mut api.hosts {
        (host.region, host.host) = (text(), text());
    }
    for item in &mut api.enums {
        item.description = text();
        for value in &mut item.values {
            value.description = text();
        }
    }
    api.signature = Some(Signature {
        algorithm: SignatureAlgorithm::RsaPkcs1V15Sha256,
        algorithm_name: text(),
        key_bits: 2048,
        request_content: text(),
        response_content: text(),
        uri: text(),
        encoding: vec![SignatureEncoding::Base64],
        header: text(),
        header_keys: vec![text()],
        notes: vec![text(), text()],
        sources: vec![],
        origin,
    });
    let operation = &mut api.operations[0];
    (operation.title, operation.description, operation.path) = (text(), text(), text());
    operation.deprecated = Some(Deprecated {
        reason: text(),
        replacement: None,
        sunset: None,
        date: None,
    });
    if let Some(rule) = &mut operation.idempotency {
        rule.description = text();
    }
    if let Some(result) = &mut operation.result {
        for decision in &mut result.decisions {
            decision.description = text();
        }
        for code in &mut result.codes {
            (code.meaning, code.action) = (text(), text());
        }
    }
    let bodies = [
        &mut operation.request,
        operation.response.as_mut().expect("a response"),
    ];
    let objects = bodies
        .into_iter()
        .map(|body| &mut body.object)
        .chain(&mut api.objects);
    for object in objects {
        object.description = text();
        for field in &mut object.fields {
            field.description = text();
            field.sources = vec![0, 0];
            field.example = Some(text());
            field.since = Some(Since {
                date: text(),
                note: Some(text()),
            });
            field.deprecated = Some(Deprecated {
                reason: text(),
                replacement: Some(text()),
                sunset: None,
                date: Some(text()),
            });
            field.default = Some(DefaultValue {
                text: text(),
                origin,
            });
            field.constraints = vec![
                constraint(Rule::Const(text())),
                constraint(Rule::Pattern(text())),
            ];
            field.required_when = vec![Condition {
                test: None,
                text: Some(text()),
                strength: strength(),
                origin,
            }];
        }
    }
    model
}

#[test]
fn a_deprecated_operation_warns_whoever_names_its_request() {
    let mut model = model();
    model.apis[0].operations[0].deprecated = Some(Deprecated {
        reason: "It is slow".to_owned(),
        replacement: Some("`ask`".to_owned()),
        sunset: None,
        date: None,
    });
    let files = emit(&model, &options()).expect("a sound model");
    let code: String = files.iter().map(|file| file.contents.as_str()).collect();
    let note = "#[deprecated(note = \"It is slow. Use `ask` instead.\")]";
    assert_eq!(code.matches("#[deprecated").count(), 2, "{code}");
    assert_eq!(
        code.matches(&format!("{note}\n#[non_exhaustive]\npub struct PayRequest"))
            .count(),
        1
    );
    assert!(code.contains("//! Deprecated: It is slow. Use `ask` instead."));
}

#[test]
fn no_text_becomes_code() {
    let plain = parsed(&emit(&with_text("Plain words."), &options()).expect("plain"));
    let plain: Vec<_> = plain.into_iter().map(skeleton).collect();
    for text in HOSTILE {
        let files = parsed(&emit(&with_text(text), &options()).expect("hostile"));
        let mut docs = Vec::new();
        for file in &files {
            documentation(file.clone(), &mut docs);
        }
        let files: Vec<_> = files.into_iter().map(skeleton).collect();
        for (file, plain) in files.iter().zip(&plain) {
            let first = file.iter().zip(plain).find(|(one, other)| one != other);
            assert!(file == plain, "{text:?} changes the code at {first:?}");
        }
        assert!(docs.len() > 20, "the documentation was not found");
        for doc in docs {
            assert_prose(&doc);
        }
    }
}

/// Asserts that Markdown shows nothing but paragraphs, code spans and our own lists and headings.
fn assert_prose(markdown: &str) {
    let own = [
        "# Signature",
        "<details><summary>Sources</summary>",
        "</details>",
    ];
    let lines = markdown.lines().filter(|line| !own.contains(&line.trim()));
    let markdown = &lines.collect::<Vec<_>>().join("\n");
    for event in Parser::new_ext(markdown, extensions()) {
        let plain = match &event {
            Event::Start(tag) => matches!(tag, Tag::Paragraph | Tag::List(None) | Tag::Item),
            Event::End(_) | Event::Text(_) | Event::Code(_) | Event::SoftBreak => true,
            _ => false,
        };
        assert!(plain, "{event:?} in {markdown:?}");
    }
}

fn extensions() -> Markdown {
    Markdown::ENABLE_TABLES
        | Markdown::ENABLE_FOOTNOTES
        | Markdown::ENABLE_STRIKETHROUGH
        | Markdown::ENABLE_TASKLISTS
}

#[test]
fn markdown_shows_the_text() {
    for text in HOSTILE {
        let mut docs = Docs::default();
        docs.own(&prose(text));
        let markdown = docs.lines().join("\n");
        assert_prose(&markdown);
        let mut shown = String::new();
        for event in Parser::new_ext(&markdown, extensions()) {
            match event {
                Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                Event::SoftBreak => shown.push(' '),
                _ => {}
            }
        }
        let without_ticks = |text: &str| text.replace('`', "");
        assert_eq!(
            without_ticks(&shown),
            without_ticks(&collapse(text)),
            "{markdown}"
        );
    }
}

#[test]
fn lines_are_short_and_never_look_like_a_block() {
    let words = ["-", "+", "#", "1.", "2)", "===", "---", ">", "word"].join(" ");
    let text = words.repeat(40);
    let mut docs = Docs::default();
    docs.own(&prose(&text));
    let lines = docs.lines();
    assert!(lines.len() > 10);
    assert!(lines.iter().all(|line| line.len() <= 100), "{lines:#?}");
    assert_prose(&lines.join("\n"));
}

#[test]
fn hostile_names_are_refused() {
    for name in ["a\"]b", "a b(c", "订单", "a\nb", ""] {
        let mut model = model();
        model.apis[0].objects[0].fields[0].name = name.into();
        let error = emit(&model, &options()).expect_err(name);
        assert!(matches!(error, EmitError::Name { .. }), "{error}");
    }
}

#[test]
fn what_stands_in_include_has_no_inner_attributes() {
    let options = Options {
        root: Root::Include,
        ..options()
    };
    let files = emit(&model(), &options).expect("the sample can be written");
    assert_eq!(files[0].path, "mod.rs");
    let root = syn::parse_file(&files[0].contents).expect("the output is Rust");
    assert!(root.attrs.is_empty());
    assert!(files[0].contents.starts_with("// @generated by payspec"));
}

#[test]
fn objects_that_contain_themselves_stand_in_a_box() {
    let files = emit(&model(), &options()).expect("the sample can be written");
    let types = files
        .iter()
        .find(|file| file.path == "shop/types.rs")
        .expect("types");
    let types = syn::parse_file(&types.contents).expect("the output is Rust");
    let tree = types.items.iter().find_map(|item| match item {
        syn::Item::Struct(item) if item.ident == "Tree" => Some(item),
        _ => None,
    });
    let shown: Vec<_> = tree
        .expect("a struct")
        .fields
        .iter()
        .map(|field| field.ty.to_token_stream().to_string())
        .collect();
    assert_eq!(
        shown,
        [
            "Option < Box < Tree > >",
            "Option < Vec < Tree > >",
            "Option < Kind >"
        ]
    );
}

#[test]
fn two_emissions_are_equal() {
    let files = || emit(&model(), &options()).expect("the sample can be written");
    assert_eq!(files(), files());
}

#[test]
fn an_api_names_nothing_of_another() {
    let mut both = model();
    let mut other = model().apis.remove(0);
    other.id = "depot".into();
    both.apis.push(other);
    let files = emit(&both, &options()).expect("the sample can be written");
    for (file, tokens) in files.iter().zip(parsed(&files)).skip(1) {
        let stranger = if file.path.starts_with("shop/") {
            "depot"
        } else {
            "shop"
        };
        let words = skeleton(tokens);
        assert!(!words.iter().any(|word| word == stranger), "{}", file.path);
        // A file refers to its API's module at most, and to nothing beyond it.
        let beyond = words
            .windows(4)
            .find(|w| w[0] == "super" && w[3] == "super");
        assert_eq!(beyond, None, "{}", file.path);
        assert!(!words.iter().any(|word| word == "crate"), "{}", file.path);
    }
}

#[test]
fn a_key_may_stand_below_the_top() {
    let mut model = model();
    let api = &mut model.apis[0];
    let holder = payspec_model::model::ObjectId(api.objects.len());
    let id = sample::field("id", payspec_model::model::Type::String, true);
    api.objects.push(sample::object("Holder", vec![id]));
    let operation = &mut api.operations[0];
    let field = sample::field("holder", payspec_model::model::Type::Object(holder), true);
    operation.request.object.fields.push(field);
    let rule = operation.idempotency.as_mut().expect("a rule");
    rule.key = vec!["holder".to_owned(), "id".to_owned()];
    let files = emit(&model, &options()).expect("the sample can be written");
    let reads = |file: &GeneratedFile| {
        file.contents
            .contains("const KEY: &'static str = \"/holder/id\";")
            && file.contents.contains("self.holder.id.as_str()")
    };
    assert!(files.iter().any(reads));
}
