//! Searches for the mistakes that make the signature of a message.

use std::time::Duration;

use payspec_model::proof_recipe::ProofRecipe;
use payspec_runtime::client::{HeaderProblem, Unread};

use super::super::finding::Finding;
use super::super::report::{Diagnosis, Verdict};
use super::super::signature::{DigestKind, OpenedSignature};
use super::super::vary::time;
use super::covered::Covered;
use super::scene::Scene;
use super::secret::{ALGORITHMS, Function, Mac, algorithm};
use super::spelling;
use super::table::{PROOF_HYPOTHESES, ProofHypothesis, Test};

/// The largest number of mistakes that are looked for together.
const MOST: usize = 2;

/// The largest number of bytes that are compared with one signature: this takes seconds, not minutes.
const MOST_BYTES: usize = 256 << 20;

/// Examines a message.
pub(super) fn examine(scene: &Scene<'_>) -> Diagnosis {
    let (verdict, findings, tried) = examined(scene);
    Diagnosis {
        message: scene.side,
        method: scene.covered.method.clone(),
        uri: scene.covered.target.clone(),
        operation: scene.operation.map(|operation| operation.id.clone()),
        signed_by: scene.signatory.into(),
        verdict,
        findings,
        tried,
    }
}

fn examined(scene: &Scene<'_>) -> (Verdict, Vec<Finding>, usize) {
    let recipe = ProofRecipe::new(scene.proof, &scene.api.credentials);
    let recipe = recipe.recipe();
    let headers = &scene.headers;
    let header = |unread: Unread<'_>| {
        let rows = rows(|test| matches!(test, Test::Header));
        rows.map(|row| row.found(unread.to_string())).collect()
    };
    let texts = match recipe.signature.texts(headers) {
        Ok(texts) => texts,
        Err(unread) if unread.problem == HeaderProblem::Missing => {
            return (Verdict::Unsigned, header(unread), 0);
        }
        Err(unread) => return (Verdict::Unreadable, header(unread), 0),
    };
    let mut covered = scene.covered.clone();
    let time = recipe.time.map(|time| (time.place, false));
    let nonce = recipe.nonce.map(|nonce| (nonce.place, false));
    let key_id = recipe.key_id.map(|id| (id.place, id.optional));
    for (part, to) in [
        (time, &mut covered.time),
        (nonce, &mut covered.nonce),
        (key_id, &mut covered.key_id),
    ] {
        let Some((place, optional)) = part else {
            continue;
        };
        match place.text(headers) {
            Ok(text) => text.clone_into(to),
            Err(unread) if optional && is_absent(unread) => {}
            Err(unread) => return (Verdict::Unreadable, header(unread), 0),
        }
    }
    let candidates = match candidates(scene, &texts, recipe.key_encoding) {
        Ok(candidates) => candidates,
        Err(verdict) => return (verdict, Vec::new(), 0),
    };
    let mut search = Search {
        scene,
        candidates,
        tried: 0,
        left: scene.settings.most_contents,
        bytes_left: MOST_BYTES,
    };
    let found = search.find(&covered);
    let mut findings: Vec<Finding> = clock(scene, &covered.time).into_iter().collect();
    let verdict = match found {
        Some(mistakes) if mistakes.is_empty() => Verdict::Good,
        Some(mistakes) => {
            findings.extend(mistakes);
            Verdict::Explained
        }
        None if algorithm(scene.proof.algorithm).is_some() => Verdict::Unexplained,
        None => Verdict::OtherContent,
    };
    (verdict, findings, search.tried)
}

fn is_absent(unread: Unread<'_>) -> bool {
    matches!(
        unread.problem,
        HeaderProblem::Missing | HeaderProblem::NoParam
    )
}

fn rows(is: impl Fn(&Test) -> bool) -> impl Iterator<Item = &'static ProofHypothesis> {
    PROOF_HYPOTHESES.iter().filter(move |row| is(&row.test))
}

/// Returns the finding that a message is not recent.
fn clock(scene: &Scene<'_>, text: &str) -> Option<Finding> {
    let most = scene.proof.time.as_ref()?.tolerance_s?;
    let (now, sent) = (scene.settings.now?, time::read(text)?);
    let apart = now
        .duration_since(sent)
        .unwrap_or_else(|ahead| ahead.duration());
    let row = rows(|test| matches!(test, Test::Clock)).next()?;
    let detail = format!(
        "{} seconds apart, at most {most} are accepted",
        apart.as_secs()
    );
    (apart > Duration::from_secs(most.into())).then(|| row.found(detail))
}

/// A way in which the signature may have been made.
struct Candidate {
    mistakes: Vec<Finding>,
    made: Made,
}

enum Made {
    /// This function gives these bytes.
    By(Mac, Vec<u8>),
    /// The signature holds this digest.
    Opened(OpenedSignature),
}

impl Candidate {
    fn is_of(&self, content: &[u8]) -> bool {
        match &self.made {
            Made::By(mac, signature) => mac.of(content) == *signature,
            Made::Opened(signature) => signature.is_of(content),
        }
    }
}

/// Returns the bytes that the texts of the signature may stand for.
fn spelled(scene: &Scene<'_>, texts: &[&str]) -> Vec<(Option<Finding>, Vec<u8>)> {
    let proof = scene.proof;
    let mut found = Vec::new();
    for text in texts {
        found.extend(spelling::expected(proof, text).map(|bytes| (None, bytes)));
        for row in PROOF_HYPOTHESES {
            let Test::Spelling(read) = row.test else {
                continue;
            };
            let others = read(proof, text).into_iter();
            found.extend(others.map(|(detail, bytes)| (Some(row.found(detail)), bytes)));
        }
    }
    found
}

/// Returns the ways in which the signature may have been made, or the verdict if there are none.
fn candidates(
    scene: &Scene<'_>,
    texts: &[&str],
    encoding: Option<payspec_runtime::TextEncoding>,
) -> Result<Vec<Candidate>, Verdict> {
    let signatures = spelled(scene, texts);
    let mut candidates = Vec::new();
    let Some(hash) = algorithm(scene.proof.algorithm) else {
        let keys = || scene.settings.keys.standing(scene.signatory);
        if keys().next().is_none() {
            return Err(Verdict::NoKey);
        }
        for (standing, key) in keys() {
            for (spelling, bytes) in &signatures {
                let Some(opened) = OpenedSignature::open(key, bytes) else {
                    continue;
                };
                let by_key = rows(|test| matches!(test, Test::KeyPair(one) if *one == standing));
                let by_key = by_key.map(|row| {
                    row.found("the signature opens to a digest with this key, and with no other")
                });
                let by_hash = (opened.kind != DigestKind::Sha256).then_some(());
                let by_hash = by_hash.and_then(|()| {
                    let row = rows(|test| matches!(test, Test::Algorithm)).next()?;
                    Some(row.found(format!("signed with {}", opened.kind.algorithm())))
                });
                candidates.push(Candidate {
                    mistakes: spelling
                        .clone()
                        .into_iter()
                        .chain(by_key)
                        .chain(by_hash)
                        .collect(),
                    made: Made::Opened(opened),
                });
            }
        }
        return match candidates.is_empty() {
            true => Err(Verdict::OtherKey),
            false => Ok(candidates),
        };
    };
    let secret = scene.settings.secret.as_ref().ok_or(Verdict::NoKey)?;
    let key = secret.key(encoding);
    let mut macs: Vec<(Option<Finding>, Mac)> = Vec::new();
    // A secret that is not in its encoding makes no signature as it should be.
    let right = Mac {
        function: Function::Hmac,
        algorithm: hash,
        key: key.clone().unwrap_or_default(),
    };
    macs.extend(key.map(|_| (None, right.clone())));
    for row in PROOF_HYPOTHESES {
        match row.test {
            Test::Secret(change) => {
                macs.extend(change(secret, encoding).into_iter().map(|(detail, key)| {
                    (
                        Some(row.found(detail)),
                        Mac {
                            key,
                            ..right.clone()
                        },
                    )
                }))
            }
            Test::Algorithm => {
                macs.extend(ALGORITHMS.iter().filter(|one| one.name != hash.name).map(
                    |algorithm| {
                        let detail = format!("made with HMAC and {}", algorithm.name);
                        (
                            Some(row.found(detail)),
                            Mac {
                                algorithm,
                                ..right.clone()
                            },
                        )
                    },
                ))
            }
            Test::Function => macs.extend(FUNCTIONS.into_iter().map(|(function, detail)| {
                (
                    Some(row.found(detail)),
                    Mac {
                        function,
                        ..right.clone()
                    },
                )
            })),
            Test::Header
            | Test::Clock
            | Test::Spelling(_)
            | Test::KeyPair(_)
            | Test::Content(_) => {}
        }
    }
    for (mistake, mac) in macs {
        for (spelling, bytes) in &signatures {
            candidates.push(Candidate {
                mistakes: mistake
                    .clone()
                    .into_iter()
                    .chain(spelling.clone())
                    .collect(),
                made: Made::By(mac.clone(), bytes.clone()),
            });
        }
    }
    Ok(candidates)
}

/// The functions that are no HMAC, as it should be.
const FUNCTIONS: [(Function, &str); 4] = [
    (
        Function::Swapped,
        "the content was the key of the HMAC, and the secret its message",
    ),
    (
        Function::SecretFirst,
        "the digest of the secret and the content was made",
    ),
    (
        Function::SecretLast,
        "the digest of the content and the secret was made",
    ),
    (
        Function::ContentAlone,
        "the digest of the content was made, without the secret",
    ),
];

/// The search for the content and the way of signing: as they should be, with one mistake, then with two.
struct Search<'s, 'a> {
    scene: &'s Scene<'a>,
    candidates: Vec<Candidate>,
    tried: usize,
    left: usize,
    bytes_left: usize,
}

impl<'a> Search<'_, 'a> {
    /// Returns the mistakes that explain the signature; an empty list if it is right.
    fn find(&mut self, covered: &Covered<'a>) -> Option<Vec<Finding>> {
        if let Some(mistakes) = self.fits(covered, MOST) {
            return Some(mistakes);
        }
        let first = self.changed(covered);
        for (row, detail, one) in &first {
            if let Some(mistakes) = self.fits(one, MOST - 1) {
                return Some(
                    std::iter::once(row.found(detail.as_str()))
                        .chain(mistakes)
                        .collect(),
                );
            }
        }
        for (row, detail, one) in &first {
            for (other, more, both) in self.changed(one) {
                if other.id == row.id {
                    continue;
                }
                if self.left == 0 || self.bytes_left == 0 {
                    return None;
                }
                if self.fits(&both, 0).is_some() {
                    return Some(vec![row.found(detail.as_str()), other.found(more)]);
                }
            }
        }
        None
    }

    /// Returns the contents with one deviation.
    fn changed(&self, of: &Covered<'a>) -> Vec<(&'static ProofHypothesis, String, Covered<'a>)> {
        let described = self.scene.described();
        let mut found = Vec::new();
        for row in PROOF_HYPOTHESES {
            let Test::Content(change) = row.test else {
                continue;
            };
            let changed = change(described, of).into_iter();
            let changed = changed.filter(|(_, covered)| covered != of);
            found.extend(changed.map(|(detail, covered)| (row, detail, covered)));
        }
        found
    }

    /// Returns the mistakes with which the signature is that of a content, at most so many.
    fn fits(&mut self, covered: &Covered<'_>, most: usize) -> Option<Vec<Finding>> {
        let content = covered.content();
        self.tried += 1;
        self.left = self.left.saturating_sub(1);
        self.bytes_left = self.bytes_left.saturating_sub(content.len());
        let candidates = self
            .candidates
            .iter()
            .filter(|one| one.mistakes.len() <= most);
        let mut fitting: Vec<_> = candidates.filter(|one| one.is_of(&content)).collect();
        fitting.sort_by_key(|one| one.mistakes.len());
        fitting.first().map(|one| one.mistakes.clone())
    }
}
