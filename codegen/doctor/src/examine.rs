//! Examines a message and finds its mistakes.

use super::case::Case;
use super::finding::{Certainty, Finding};
use super::hypothesis::{Hypothesis, Part, Test, Vary};
use super::keys::Standing;
use super::parts::{Parts, Variations};
use super::report::{Diagnosis, Verdict};
use super::signature::{DigestKind, OpenedSignature, is_pss};
use super::text;

/// The largest number of bytes that are compared with one signature: this takes seconds, not minutes.
const MOST_BYTES: usize = 256 << 20;

/// The mistakes to look for.
type Rows = &'static [Hypothesis];

/// Examines one message for these mistakes.
pub(super) fn examine(case: &Case<'_>, rows: Rows) -> Diagnosis {
    let mut findings = seen(case, rows);
    let (verdict, tried) = opened(case, rows, &mut findings);
    Diagnosis::new(case, verdict, findings, tried)
}

/// Returns the findings that show without opening the signature.
fn seen(case: &Case<'_>, rows: Rows) -> Vec<Finding> {
    let looks = rows.iter().filter_map(|hypothesis| {
        let remark = match hypothesis.test {
            Test::Remark(look) => look(case),
            Test::Repaired(look) => {
                let text = text::of_header(case.signature()?, &case.signing.keys)?;
                let (_, repaired) = repair_text(case, rows, text);
                look(case, &repaired)
            }
            Test::Text(_) | Test::Key(_) | Test::Algorithm | Test::Content(..) => None,
        }?;
        Some(hypothesis.found(remark.certainty, remark.detail))
    });
    looks.collect()
}

/// Repairs the text of a signature until it has the documented spelling. Returns the mistakes and the repaired
/// text.
fn repair_text(case: &Case<'_>, rows: Rows, text: &str) -> (Vec<Finding>, String) {
    let mut repaired = text.to_owned();
    let mut findings = Vec::new();
    for hypothesis in rows {
        let Test::Text(repair) = hypothesis.test else {
            continue;
        };
        if let Some((text, detail)) = repair(case, &repaired) {
            repaired = text;
            findings.push(hypothesis.found(Certainty::Proved, detail));
        }
    }
    (findings, repaired)
}

/// Opens the signature and searches for the content that was signed.
fn opened(case: &Case<'_>, rows: Rows, findings: &mut Vec<Finding>) -> (Verdict, usize) {
    let Some(header) = case.signature() else {
        return (Verdict::Unsigned, 0);
    };
    let Some(text) = text::of_header(header, &case.signing.keys) else {
        return (Verdict::Unreadable, 0);
    };
    let seen = findings.len();
    let (spellings, text) = repair_text(case, rows, text);
    findings.extend(spellings);
    let Ok(signature) = text::read(case, &text) else {
        return (Verdict::Unreadable, 0);
    };
    let keys = || case.settings.keys.standing(case.signatory);
    if keys().next().is_none() {
        return (Verdict::NoKey, 0);
    }
    let mut signatures = keys()
        .filter_map(|(standing, key)| Some((standing, OpenedSignature::open(key, &signature)?)));
    let Some((standing, signature)) = signatures.next() else {
        let content = case.parts.content();
        let pss = keys().find(|(_, key)| is_pss(key, &content, &signature));
        let Some((standing, _)) = pss else {
            return (Verdict::OtherKey, 0);
        };
        findings.extend(by_key(rows, standing));
        findings.extend(by_algorithm(rows, "RSASSA-PSS with SHA-256"));
        return (Verdict::Explained, 1);
    };
    findings.extend(by_key(rows, standing));
    if signature.kind != DigestKind::Sha256 {
        findings.extend(by_algorithm(rows, signature.kind.algorithm()));
    }
    let mut search = Search::new(case, rows, &signature);
    let found = match signature.can_compare() {
        true => search.find(),
        false => None,
    };
    let verdict = match found {
        None => Verdict::OtherContent,
        Some(steps) => {
            findings.extend(steps);
            match findings.len() == seen {
                true => Verdict::Good,
                false => Verdict::Explained,
            }
        }
    };
    (verdict, search.tried)
}

fn by_key(rows: Rows, standing: Standing) -> Option<Finding> {
    let hypothesis = rows.iter().find(|hypothesis| match hypothesis.test {
        Test::Key(one) => one == standing,
        Test::Remark(_)
        | Test::Repaired(_)
        | Test::Text(_)
        | Test::Algorithm
        | Test::Content(..) => false,
    })?;
    let detail = "the signature opens to a digest with this key, and with no other";
    Some(hypothesis.found(Certainty::Proved, detail))
}

fn by_algorithm(rows: Rows, name: &str) -> Option<Finding> {
    let is_it = |hypothesis: &&Hypothesis| matches!(hypothesis.test, Test::Algorithm);
    let hypothesis = rows.iter().find(is_it)?;
    let detail = format!("signed with {name}");
    Some(hypothesis.found(Certainty::Proved, detail))
}

/// A hypothesis about the content that was signed.
struct Suspect {
    hypothesis: &'static Hypothesis,
    part: Part,
    vary: Vary,
    /// The number of variations that it makes of the message.
    count: usize,
}

/// The search for the signed content: as it is, with one deviation, then with two.
struct Search<'c, 'a> {
    case: &'c Case<'a>,
    rows: Rows,
    signature: &'c OpenedSignature,
    tried: usize,
    /// The number of contents that may still be tried.
    left: usize,
    bytes_left: usize,
}

impl<'c, 'a> Search<'c, 'a> {
    fn new(case: &'c Case<'a>, rows: Rows, signature: &'c OpenedSignature) -> Self {
        Search {
            case,
            rows,
            signature,
            tried: 0,
            left: case.settings.most_contents,
            bytes_left: MOST_BYTES,
        }
    }

    /// Returns the deviations that explain the signature; an empty list if the content is as it should be.
    fn find(&mut self) -> Option<Vec<Finding>> {
        let case = self.case;
        if self.fits(&case.parts) {
            return Some(Vec::new());
        }
        let mut suspects = Vec::new();
        for hypothesis in self.rows {
            let Test::Content(part, vary) = hypothesis.test else {
                continue;
            };
            let mut variations = Variations::of(&case.parts);
            vary(case, &mut variations);
            let count = variations.found.len();
            for variation in variations.found {
                if self.fits(&variation.parts) {
                    return Some(vec![finding(hypothesis, variation.detail)]);
                }
            }
            suspects.push(Suspect {
                hypothesis,
                part,
                vary,
                count,
            });
        }
        self.pairs(&suspects)
    }

    /// Tries two deviations at once, and begins with the pairs that have the fewest variations.
    fn pairs(&mut self, suspects: &[Suspect]) -> Option<Vec<Finding>> {
        let mut pairs = Vec::new();
        for (index, first) in suspects.iter().enumerate() {
            for (other, second) in suspects.iter().enumerate() {
                // Of two changes of the same part, either may have come first.
                let is_new = other > index || first.part == second.part;
                if is_new && other != index {
                    pairs.push((
                        first.count.saturating_mul(second.count.max(1)),
                        first,
                        second,
                    ));
                }
            }
        }
        pairs.sort_by_key(|(count, _, _)| *count);
        for (_, first, second) in pairs {
            let mut variations = Variations::of(&self.case.parts);
            (first.vary)(self.case, &mut variations);
            for one in variations.found {
                let mut variations = Variations::of(&one.parts);
                (second.vary)(self.case, &mut variations);
                for both in variations.found {
                    if self.fits(&both.parts) {
                        return Some(vec![
                            finding(first.hypothesis, one.detail),
                            finding(second.hypothesis, both.detail),
                        ]);
                    }
                }
                if self.left == 0 || self.bytes_left == 0 {
                    return None;
                }
            }
        }
        None
    }

    fn fits(&mut self, parts: &Parts<'_>) -> bool {
        let content = parts.content();
        self.tried += 1;
        self.left = self.left.saturating_sub(1);
        self.bytes_left = self.bytes_left.saturating_sub(content.len());
        self.signature.is_of(&content)
    }
}

fn finding(hypothesis: &Hypothesis, detail: String) -> Finding {
    hypothesis.found(Certainty::Proved, detail)
}
