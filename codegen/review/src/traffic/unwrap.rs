//! Finds the notifications in a recorded message: those of a batch, unless they are encrypted.

use payspec_model::model::{Each, Side};
use payspec_runtime::json::Node;

use super::problem::Problem;
use super::routes::{Described, Routes, Spec};

/// Returns the messages that the rules of the spec are about: the message itself, or if it is a batch of one of these
/// operations, each notification in it or the reason why that cannot be judged.
pub(super) fn unwrapped<'n>(
    routes: &Routes<'_>,
    candidates: &[usize],
    side: Side,
    message: &'n Node<'n>,
) -> Vec<Result<&'n Node<'n>, Problem>> {
    if side == Side::Response {
        return vec![Ok(message)];
    }
    let lanes = candidates
        .iter()
        .filter_map(|number| routes.lanes().get(Routes::number(*number, side)));
    let described = lanes.flat_map(|lane| {
        let specs = [Spec::New, Spec::Old].into_iter();
        specs.filter_map(|spec| lane.described(spec))
    });
    for one in described {
        if is_encrypted(one, message) {
            return vec![Err(Problem::Encrypted)];
        }
        let each = one.operation.each.as_ref();
        if let Some(all) = each.and_then(|each| notifications(each, message)) {
            return all;
        }
    }
    vec![Ok(message)]
}

/// Returns the notifications of a batch; [`None`] if the message is not one. A recording can also have each notification
/// alone.
fn notifications<'n>(
    each: &Each,
    message: &'n Node<'n>,
) -> Option<Vec<Result<&'n Node<'n>, Problem>>> {
    let Some(Node::Array(elements)) = at(message, &each.list) else {
        return None;
    };
    let all = elements
        .iter()
        .map(|element| at(element, &each.inside).ok_or(Problem::NoNotification));
    let all: Vec<_> = all.collect();
    Some(match all.is_empty() {
        true => vec![Err(Problem::NoNotification)],
        false => all,
    })
}

fn at<'n>(node: &'n Node<'n>, path: &[String]) -> Option<&'n Node<'n>> {
    path.iter().try_fold(node, |node, name| node.get(name))
}

/// Returns whether the object that travels encrypted is in the message as it travels. A recording can also have the
/// plaintext.
fn is_encrypted(described: &Described<'_>, message: &Node<'_>) -> bool {
    let auth = described.api.auth.as_ref();
    let encryption = auth.and_then(|auth| auth.encryption.as_ref());
    let (Some(encrypted), Some(encryption)) = (&described.operation.encrypted, encryption) else {
        return false;
    };
    let object = message.get(&encrypted.field);
    [&encryption.ciphertext, &encryption.nonce]
        .into_iter()
        .all(|name| object.and_then(|object| object.get(name)).is_some())
}
