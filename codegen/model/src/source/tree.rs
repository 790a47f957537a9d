use super::{FileId, SourceMap, Span};

/// The nodes of one YAML document in its order: a node is followed by its children; in a mapping, key
/// and value alternate. Texts stay in the text of their file if they are unchanged there.
#[derive(Debug, Default)]
pub struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) cooked: Vec<Box<str>>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The file of the node: in a merged document, the nodes come from several files.
    pub(super) file: FileId,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Index of the node after this one and its children.
    pub(super) next: u32,
    pub(super) what: What,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Mapping,
    Sequence,
    /// The text is the span itself.
    Plain,
    /// The text is the span without its quotes.
    Quoted,
    /// The text is in `cooked`: escapes, folding, block scalars.
    Cooked {
        index: u32,
        plain: bool,
    },
}

/// Kinds of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Mapping,
    Sequence,
    /// A scalar without quotes, whose spelling determines its type.
    Plain,
    /// A scalar that can only be a text.
    Text,
}

const NO_KEY: u32 = u32::MAX;

/// A node of a tree, with the key that leads to it.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    tree: &'a Tree,
    pub(super) map: &'a SourceMap,
    node: u32,
    key: u32,
}

impl<'a> At<'a> {
    /// Returns the whole document.
    pub fn root(tree: &'a Tree, map: &'a SourceMap) -> Self {
        At {
            tree,
            map,
            node: 0,
            key: NO_KEY,
        }
    }

    fn raw(&self, node: u32) -> &'a Node {
        &self.tree.nodes[node as usize]
    }

    pub(super) fn node(&self) -> &'a Node {
        self.raw(self.node)
    }

    /// Returns the index of the node, and the node with everything below it.
    pub(super) fn nodes(&self) -> (usize, &'a [Node]) {
        let first = self.node as usize;
        (first, &self.tree.nodes[first..self.node().next as usize])
    }

    pub(super) fn cooked(&self, index: u32) -> &'a str {
        &self.tree.cooked[index as usize]
    }

    /// Returns the node of the key that leads here.
    pub fn key_node(&self) -> Option<At<'a>> {
        (self.key != NO_KEY).then_some(At {
            node: self.key,
            key: NO_KEY,
            ..*self
        })
    }

    fn node_text(&self, node: u32) -> Option<&'a str> {
        let node = self.raw(node);
        let (start, end) = (node.start as usize, node.end as usize);
        let text = self.map.text(node.file);
        match node.what {
            What::Mapping | What::Sequence => None,
            What::Plain => text.get(start..end),
            What::Quoted => text.get(start + 1..end - 1),
            What::Cooked { index, .. } => Some(&self.tree.cooked[index as usize]),
        }
    }

    fn node_span(&self, node: u32) -> Span {
        let node = self.raw(node);
        Span::new(node.file, node.start, node.end)
    }

    /// Returns the kind of the node.
    pub fn kind(&self) -> Kind {
        match self.raw(self.node).what {
            What::Mapping => Kind::Mapping,
            What::Sequence => Kind::Sequence,
            What::Plain | What::Cooked { plain: true, .. } => Kind::Plain,
            What::Quoted | What::Cooked { plain: false, .. } => Kind::Text,
        }
    }

    /// Returns the text of a scalar.
    pub fn text(&self) -> Option<&'a str> {
        self.node_text(self.node)
    }

    /// Returns the key that leads here.
    pub fn key(&self) -> Option<&'a str> {
        (self.key != NO_KEY).then(|| self.node_text(self.key))?
    }

    /// Returns the span of the key that leads here; for the document itself, of its first key.
    pub(crate) fn key_span(&self) -> Span {
        if self.key != NO_KEY {
            return self.node_span(self.key);
        }
        let raw = self.raw(self.node);
        match raw.what {
            What::Mapping if raw.next > self.node + 1 => self.node_span(self.node + 1),
            What::Mapping | What::Sequence | What::Plain | What::Quoted | What::Cooked { .. } => {
                self.value_span()
            }
        }
    }

    fn value_span(&self) -> Span {
        let span = self.node_span(self.node);
        let text = self.map.text(span.file);
        let text = text.get(span.start as usize..span.end as usize);
        let line = text.unwrap_or_default().lines().next().unwrap_or_default();
        Span::new(
            span.file,
            span.start,
            span.start + line.trim_end().len() as u32,
        )
    }

    /// Returns the span of the whole value, over all its lines.
    pub(crate) fn full_span(&self) -> Span {
        self.node_span(self.node)
    }

    /// Returns the span to underline for this value: a scalar itself, otherwise the key that leads to
    /// it.
    pub fn span(&self) -> Span {
        let scalar = matches!(self.kind(), Kind::Plain | Kind::Text);
        let span = self.value_span();
        if (scalar && span.end > span.start) || self.key == NO_KEY {
            return if scalar { span } else { self.key_span_or(span) };
        }
        self.key_span()
    }

    fn key_span_or(&self, span: Span) -> Span {
        match self.kind() {
            Kind::Mapping => self.key_span(),
            Kind::Sequence | Kind::Plain | Kind::Text => span,
        }
    }

    fn children(&self) -> impl Iterator<Item = u32> + use<'a> {
        let (tree, end) = (self.tree, self.raw(self.node).next);
        let scalar = matches!(self.kind(), Kind::Plain | Kind::Text);
        let first = self.node + 1;
        std::iter::successors((!scalar && first < end).then_some(first), move |node| {
            let next = tree.nodes[*node as usize].next;
            (next < end).then_some(next)
        })
    }

    /// Iterates over the values of a mapping, each with its key; empty for other nodes.
    pub fn entries(&self) -> impl Iterator<Item = At<'a>> + use<'a> {
        let at = *self;
        let mapping = at.kind() == Kind::Mapping;
        let mut nodes = at.children().filter(move |_| mapping);
        std::iter::from_fn(move || {
            let key = nodes.next()?;
            let node = nodes.next()?;
            Some(At { node, key, ..at })
        })
    }

    /// Iterates over the elements of a sequence; empty for other nodes.
    pub fn items(&self) -> impl Iterator<Item = At<'a>> + use<'a> {
        let at = *self;
        let sequence = at.kind() == Kind::Sequence;
        at.children().filter(move |_| sequence).map(move |node| At {
            node,
            key: NO_KEY,
            ..at
        })
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<At<'a>> {
        self.entries().find(|entry| entry.key() == Some(key))
    }

    /// Returns the value of a key, or this node if the key is absent.
    pub fn at(&self, key: &str) -> At<'a> {
        self.get(key).unwrap_or(*self)
    }

    /// Iterates over the elements of a sequence, then repeats this node forever: a single value in
    /// place of a list is its element.
    pub fn each(&self) -> impl Iterator<Item = At<'a>> + use<'a> {
        self.items().chain(std::iter::repeat(*self))
    }
}

/// Keys, beside `sensitive`, whose values can reveal sensitive data.
const REVEALING: &[&str] = &["const", "default", "example", "values"];

impl Tree {
    /// Returns the spans of values of fields that are marked `sensitive`.
    pub(super) fn sensitive(&self, map: &SourceMap) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut files: Vec<FileId> = self.nodes.iter().map(|node| node.file).collect();
        files.dedup();
        files.sort_unstable();
        files.dedup();
        if !files
            .iter()
            .any(|file| map.text(*file).contains("sensitive"))
        {
            return spans;
        }
        let root = At::root(self, map);
        for (index, node) in self.nodes.iter().enumerate() {
            if !matches!(node.what, What::Mapping) {
                continue;
            }
            let mapping = At {
                node: index as u32,
                ..root
            };
            if mapping.get("sensitive").is_none() {
                continue;
            }
            let revealing = mapping
                .entries()
                .filter(|entry| entry.key().is_some_and(|key| REVEALING.contains(&key)));
            spans.extend(revealing.map(|entry| entry.full_span()));
        }
        spans
    }
}
