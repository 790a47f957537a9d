//! The arms of the `match` over the status of a message.

use payspec_model::model::{Case, CaseValue};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The arms, in the order of the decisions.
#[derive(Default)]
pub(super) struct Arms(Vec<(String, Node)>);

/// A case on the way to a decision, with the expression of its field's text.
pub(super) struct Step<'d> {
    pub(super) case: &'d Case,
    pub(super) text: TokenStream,
}

/// The decision of a value.
enum Node {
    /// The outcome is unknown.
    Pending,
    /// An expression of type `Option` of the outcome.
    Decided(TokenStream),
    /// The text of another field decides.
    Split(Split),
}

/// The decisions by the text of a field.
struct Split {
    text: TokenStream,
    listed: Vec<(String, Node)>,
    /// The decision of every other text.
    other: Option<Box<Node>>,
}

impl Arms {
    /// Returns whether every message is pending.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, node)| node.is_pending())
    }

    /// Adds the decision of a status and the cases behind it; [`None`] if the outcome is unknown.
    pub(super) fn add(&mut self, status: &str, way: &[Step<'_>], decided: Option<TokenStream>) {
        let decided = decided.map_or(Node::Pending, Node::Decided);
        entry(&mut self.0, status).add(way, decided);
    }
}

impl Node {
    fn add(&mut self, way: &[Step<'_>], decided: Node) {
        let [Step { case, text }, way @ ..] = way else {
            *self = decided;
            return;
        };
        if !matches!(self, Node::Split(_)) {
            *self = Node::Split(Split {
                text: text.clone(),
                listed: Vec::new(),
                other: None,
            });
        }
        if let Node::Split(split) = self {
            match &case.value {
                CaseValue::Listed(value) => entry(&mut split.listed, value).add(way, decided),
                CaseValue::Other(_) => {
                    let other = split.other.get_or_insert_with(|| Box::new(Node::Pending));
                    other.add(way, decided);
                }
            }
        }
    }

    fn is_pending(&self) -> bool {
        match self {
            Node::Pending => true,
            Node::Decided(_) => false,
            Node::Split(Split { listed, other, .. }) => {
                let mut nodes = listed.iter().map(|(_, node)| node).chain(other.as_deref());
                nodes.all(Node::is_pending)
            }
        }
    }
}

/// Returns the node of a value, pending at first.
fn entry<'n>(nodes: &'n mut Vec<(String, Node)>, value: &str) -> &'n mut Node {
    let known = nodes.iter().position(|(known, _)| known == value);
    let index = known.unwrap_or(nodes.len());
    if known.is_none() {
        nodes.push((value.to_owned(), Node::Pending));
    }
    &mut nodes[index].1
}

impl ToTokens for Arms {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for (status, node) in self.0.iter().filter(|(_, node)| !node.is_pending()) {
            tokens.extend(quote!(Some(#status) => #node,));
        }
    }
}

impl ToTokens for Node {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Node::Pending => tokens.extend(quote!(None)),
            Node::Decided(decided) => decided.to_tokens(tokens),
            Node::Split(split) => split.to_tokens(tokens),
        }
    }
}

impl ToTokens for Split {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Split {
            text,
            listed,
            other,
        } = self;
        let other = other.as_deref().filter(|other| !other.is_pending());
        // Without another decision a pending text needs no arm.
        let listed = listed
            .iter()
            .filter(|(_, node)| other.is_some() || !node.is_pending());
        let listed = listed.map(|(value, node)| quote!(#value => #node));
        // An absent text, which reads as an empty one, never decides.
        let rest = other.map_or_else(
            || quote!(_ => None),
            |other| quote!("" => None, _ => #other),
        );
        tokens.extend(quote! {
            match #text {
                #(#listed,)*
                #rest,
            }
        });
    }
}
