//! Builds scraper's tree and records the line of each node, which the parser knows and the tree
//! does not keep.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};
use scraper::{Html, HtmlTreeSink};

type Id = <HtmlTreeSink as TreeSink>::Handle;

/// The greatest nesting depth. No real page is deeper, and the time of an HTML parser grows with
/// the square of the depth.
const DEEPEST: u32 = 500;

/// The number of bytes that are parsed between two checks of the depth.
const CHUNK: usize = 4_096;

/// The first line of each element and each text.
pub(super) struct Lines(HashMap<Id, u32>);

impl Lines {
    /// Returns the line of a node, from 1.
    pub(super) fn of(&self, node: Id) -> u32 {
        self.0.get(&node).copied().unwrap_or(1)
    }
}

/// Parses the tree; [`None`] if it is too deep.
pub(super) fn parse(text: &str) -> Option<(Html, Lines)> {
    let sink = Sink {
        tree: HtmlTreeSink::new(Html::new_document()),
        line: Cell::new(1),
        lines: RefCell::default(),
        depths: RefCell::default(),
        is_deep: Cell::new(false),
    };
    let mut parser = html5ever::parse_document(sink, html5ever::ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.ceil_char_boundary(CHUNK);
        let (chunk, after) = rest.split_at(end);
        parser.process(chunk.into());
        if parser.tokenizer.sink.sink.is_deep.get() {
            return None;
        }
        rest = after;
    }
    Some(parser.finish())
}

struct Sink {
    tree: HtmlTreeSink,
    /// The current line of the parser.
    line: Cell<u32>,
    lines: RefCell<HashMap<Id, u32>>,
    /// The depth of each element.
    depths: RefCell<HashMap<Id, u32>>,
    is_deep: Cell<bool>,
}

impl Sink {
    /// Records the line of a new node; text that is added to a known node keeps the first line.
    fn note(&self, node: Option<Id>, newlines: u32) {
        if let Some(node) = node {
            let line = self.line.get().saturating_sub(newlines).max(1);
            self.lines.borrow_mut().entry(node).or_insert(line);
        }
    }
}

/// Counts the line feeds of a new text; [`None`] for an element.
fn newlines(child: &NodeOrText<Id>) -> Option<u32> {
    match child {
        NodeOrText::AppendText(text) => {
            let count = text.bytes().filter(|byte| *byte == b'\n').count();
            Some(u32::try_from(count).unwrap_or(u32::MAX))
        }
        NodeOrText::AppendNode(_) => None,
    }
}

/// Forwards everything to scraper's own sink.
impl TreeSink for Sink {
    type Handle = Id;
    type Output = (Html, Lines);
    type ElemName<'a> = <HtmlTreeSink as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self::Output {
        (self.tree.finish(), Lines(self.lines.into_inner()))
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Id {
        let node = self.tree.create_element(name, attrs, flags);
        self.note(Some(node), 0);
        node
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        if let NodeOrText::AppendNode(node) = &child {
            let mut depths = self.depths.borrow_mut();
            let depth = depths.get(parent).map_or(0, |depth| depth + 1);
            depths.insert(*node, depth);
            self.is_deep.set(self.is_deep.get() || depth > DEEPEST);
        }
        let newlines = newlines(&child);
        self.tree.append(parent, child);
        if let Some(newlines) = newlines {
            let tree = self.tree.0.borrow();
            let parent = tree.tree.get(*parent);
            let text = parent.and_then(|parent| parent.last_child());
            self.note(text.map(|text| text.id()), newlines);
        }
    }

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let newlines = newlines(&child);
        self.tree.append_before_sibling(sibling, child);
        if let Some(newlines) = newlines {
            let tree = self.tree.0.borrow();
            let sibling = tree.tree.get(*sibling);
            let text = sibling.and_then(|sibling| sibling.prev_sibling());
            self.note(text.map(|text| text.id()), newlines);
        }
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let inside = {
            let tree = self.tree.0.borrow();
            let node = tree.tree.get(*element);
            node.is_some_and(|node| node.parent().is_some())
        };
        if inside {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    // A page may have any number of HTML errors, and nothing reports them.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        self.tree.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Self::ElemName<'a> {
        self.tree.elem_name(target)
    }

    fn create_comment(&self, text: StrTendril) -> Id {
        self.tree.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Id {
        self.tree.create_pi(target, data)
    }

    fn append_doctype_to_document(
        &self,
        name: StrTendril,
        public_id: StrTendril,
        system_id: StrTendril,
    ) {
        self.tree
            .append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &Id) -> Id {
        self.tree.get_template_contents(target)
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        self.tree.same_node(x, y)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &Id, attrs: Vec<Attribute>) {
        self.tree.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &Id) {
        self.tree.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        self.tree.reparent_children(node, new_parent);
    }
}
