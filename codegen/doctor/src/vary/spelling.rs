//! The spellings of one JSON text, which differ between serialisers.

use std::borrow::Cow;

use payspec_runtime::json::Node;

/// The characters of a string that a serialiser escapes without need.
#[derive(Clone, Copy)]
pub(super) struct Escapes {
    name: &'static str,
    /// The escaped characters below 128.
    ascii: &'static str,
    /// True if all characters from 128 are escaped.
    beyond_ascii: bool,
    /// True if hex digits are capitals.
    capitals: bool,
}

/// The escapes of serialisers.
pub(super) const ESCAPES: [Escapes; 8] = [
    Escapes::new("no needless escapes", "", false, false),
    Escapes::new("`/` as `\\/`", "/", false, false),
    Escapes::new("`\\u` escapes in small letters", "", true, false),
    Escapes::new(
        "`/` as `\\/` and `\\u` escapes in small letters",
        "/",
        true,
        false,
    ),
    Escapes::new("`\\u` escapes in capitals", "", true, true),
    Escapes::new("`<`, `>` and `&` as `\\u` escapes", "<>&", false, false),
    Escapes::new(
        "`<`, `>`, `&`, `=` and `'` as `\\u` escapes",
        "<>&='",
        false,
        false,
    ),
    Escapes::new(
        "all that HTML minds as `\\u` escapes in capitals",
        "\"&'+<>`\u{7f}",
        true,
        true,
    ),
];

impl Escapes {
    const fn new(
        name: &'static str,
        ascii: &'static str,
        beyond_ascii: bool,
        capitals: bool,
    ) -> Self {
        Escapes {
            name,
            ascii,
            beyond_ascii,
            capitals,
        }
    }

    fn write(&self, text: &str, out: &mut String) {
        out.push('"');
        for c in text.chars() {
            let short = match c {
                '/' if self.ascii.contains('/') => Some("\\/"),
                '"' if !self.ascii.contains('"') => Some("\\\""),
                '\\' => Some("\\\\"),
                '\n' => Some("\\n"),
                '\r' => Some("\\r"),
                '\t' => Some("\\t"),
                '\u{8}' => Some("\\b"),
                '\u{c}' => Some("\\f"),
                _ => None,
            };
            let is_escaped =
                c < ' ' || self.ascii.contains(c) || (self.beyond_ascii && !c.is_ascii());
            match short {
                Some(short) => out.push_str(short),
                None if is_escaped => {
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        *out += &match self.capitals {
                            true => format!("\\u{unit:04X}"),
                            false => format!("\\u{unit:04x}"),
                        };
                    }
                }
                None => out.push(c),
            }
        }
        out.push('"');
    }

    /// Writes a text as a JSON string.
    pub(super) fn string(&self, text: &str) -> String {
        let mut out = String::new();
        self.write(text, &mut out);
        out
    }
}

/// The blanks that a serialiser writes.
#[derive(Clone, Copy)]
struct Blanks {
    name: &'static str,
    /// Between a name and its value.
    colon: &'static str,
    /// Between two values on one line.
    comma: &'static str,
    /// Before each value, once per level of nesting; [`None`] puts all on one line.
    indent: Option<&'static str>,
    /// True if arrays stay on one line even so.
    flat_arrays: bool,
}

impl Blanks {
    const fn line(name: &'static str, colon: &'static str, comma: &'static str) -> Self {
        Blanks {
            name,
            colon,
            comma,
            indent: None,
            flat_arrays: false,
        }
    }

    const fn lines(name: &'static str, indent: &'static str) -> Self {
        Blanks {
            name,
            colon: ": ",
            comma: ",",
            indent: Some(indent),
            flat_arrays: false,
        }
    }
}

const BLANKS: [Blanks; 8] = [
    Blanks::line("compact", ":", ","),
    Blanks::line("one line, with a space behind `,` and `:`", ": ", ", "),
    Blanks::line("one line, with a space behind `:`", ": ", ","),
    Blanks::lines("indented by two spaces", "  "),
    Blanks::lines("indented by three spaces", "   "),
    Blanks::lines("indented by four spaces", "    "),
    Blanks::lines("indented by tabs", "\t"),
    Blanks {
        name: "indented by two spaces, with spaces around `:`",
        colon: " : ",
        comma: ", ",
        indent: Some("  "),
        flat_arrays: true,
    },
];

/// Writes a value as a form does: a text as it is, anything else as compact JSON.
pub(super) fn plain(node: &Node<'_>) -> String {
    if let Node::String(text) = node {
        return text.to_string();
    }
    let [blanks, ..] = BLANKS;
    let [escapes, ..] = ESCAPES;
    let spelling = Spelling {
        blanks,
        escapes,
        line_end: "",
    };
    let mut out = String::new();
    spelling.write(node, 0, &mut out);
    out
}

struct Spelling {
    blanks: Blanks,
    escapes: Escapes,
    line_end: &'static str,
}

/// Calls `take` with each spelling of a JSON text and a name that shows nothing of it. Does nothing if the text
/// is not JSON. `described` puts names into the order of the description.
pub(super) fn each(
    json: &[u8],
    described: impl for<'n> Fn(&Node<'n>) -> Node<'n>,
    mut take: impl FnMut(String, Vec<u8>),
) {
    let Ok(node) = Node::from_slice(json) else {
        return;
    };
    let in_order = described(&node);
    let is_new = in_order != node;
    let in_order = is_new.then_some((in_order, ", names in the order of the description"));
    let contents = [
        (node.clone(), ""),
        (sorted(&node), ", names in alphabetical order"),
        (without_nulls(&node), ", without what is `null`"),
        (
            sorted(&without_nulls(&node)),
            ", names in alphabetical order, without what is `null`",
        ),
    ];
    for (node, order) in contents.iter().chain(&in_order) {
        for escapes in ESCAPES {
            for blanks in BLANKS {
                let line_ends: &[_] = match blanks.indent {
                    None => &[("", "")],
                    Some(_) => &[("\n", ""), ("\r\n", ", lines ending in CR LF")],
                };
                for (line_end, ends) in line_ends {
                    let spelling = Spelling {
                        blanks,
                        escapes,
                        line_end,
                    };
                    let mut text = String::with_capacity(json.len() * 2);
                    spelling.write(node, 0, &mut text);
                    let (blanks, escapes) = (blanks.name, escapes.name);
                    let detail = format!("signed: {blanks}{ends}{order}, {escapes}");
                    take(detail, text.into_bytes());
                }
            }
        }
    }
}

fn sorted<'a>(node: &Node<'a>) -> Node<'a> {
    rebuilt(node, &|fields| {
        fields.sort_by(|(one, _), (other, _)| one.cmp(other))
    })
}

fn without_nulls<'a>(node: &Node<'a>) -> Node<'a> {
    rebuilt(node, &|fields| {
        fields.retain(|(_, value)| *value != Node::Null)
    })
}

type Fields<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

fn rebuilt<'a>(node: &Node<'a>, change: &dyn Fn(&mut Fields<'a>)) -> Node<'a> {
    match node {
        Node::Null | Node::Boolean(_) | Node::Number(_) | Node::String(_) | Node::Damaged(_) => {
            node.clone()
        }
        Node::Array(items) => Node::Array(items.iter().map(|item| rebuilt(item, change)).collect()),
        Node::Object(fields) => {
            let rebuilt =
                |(name, value): &(Cow<'a, str>, Node<'a>)| (name.clone(), rebuilt(value, change));
            let mut fields: Vec<_> = fields.iter().map(rebuilt).collect();
            change(&mut fields);
            Node::Object(fields)
        }
    }
}

impl Spelling {
    fn write(&self, node: &Node<'_>, depth: usize, out: &mut String) {
        match node {
            // Bodies are parsed strictly here, so that no damaged node occurs.
            Node::Damaged(_) => {}
            Node::Null => out.push_str("null"),
            Node::Boolean(true) => out.push_str("true"),
            Node::Boolean(false) => out.push_str("false"),
            Node::Number(digits) => out.push_str(digits),
            Node::String(text) => self.escapes.write(text, out),
            Node::Array(items) => {
                let is_flat = self.blanks.flat_arrays || self.blanks.indent.is_none();
                self.list(
                    ('[', ']'),
                    items,
                    is_flat,
                    depth,
                    out,
                    |item, depth, out| {
                        self.write(item, depth, out);
                    },
                );
            }
            Node::Object(fields) => {
                let is_flat = self.blanks.indent.is_none();
                self.list(
                    ('{', '}'),
                    fields,
                    is_flat,
                    depth,
                    out,
                    |(name, value), depth, out| {
                        self.escapes.write(name, out);
                        out.push_str(self.blanks.colon);
                        self.write(value, depth, out);
                    },
                );
            }
        }
    }

    fn list<T>(
        &self,
        (open, close): (char, char),
        items: &[T],
        is_flat: bool,
        depth: usize,
        out: &mut String,
        mut write: impl FnMut(&T, usize, &mut String),
    ) {
        out.push(open);
        let line = |depth: usize, out: &mut String| {
            if !is_flat && !items.is_empty() {
                out.push_str(self.line_end);
                let indent = self.blanks.indent.unwrap_or_default();
                (0..depth).for_each(|_| out.push_str(indent));
            }
        };
        // A serialiser with flat arrays writes spaces inside brackets on one line.
        let is_padded = self.blanks.flat_arrays && (is_flat || items.is_empty());
        if is_padded {
            out.push(' ');
        }
        for (index, item) in items.iter().enumerate() {
            match (index, is_flat) {
                (0, _) => {}
                (_, true) => out.push_str(self.blanks.comma),
                (_, false) => out.push(','),
            }
            // An object in an array on one line has the indent of that line.
            let inner = if is_flat { depth } else { depth + 1 };
            line(inner, out);
            write(item, inner, out);
        }
        if is_padded && !items.is_empty() {
            out.push(' ');
        }
        line(depth, out);
        out.push(close);
    }
}
