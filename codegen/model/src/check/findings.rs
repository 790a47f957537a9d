use crate::pointer::pointer;
use payspec_runtime::{Phrase, RuleId, Severity, Violation, Violations};

use crate::model::Origin;

/// A broken rule, with the place where the spec states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The violation in the message.
    pub violation: Violation,
    /// The place of the rule in the spec.
    pub origin: Origin,
}

/// The findings of one message, in the order of the spec; at most [`Violations::LIMIT`], and never two
/// with the same path and rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    omitted: usize,
    omitted_error: bool,
    /// Pointers of the values that generated types drop; the message itself is the empty pointer.
    lost: Vec<String>,
    unreadable: bool,
    /// Pointer of the first field that the HTTP status of an answer requires and that is absent.
    lacking: Option<String>,
}

impl Findings {
    /// Iterates over the findings, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.kept.iter()
    }

    /// Returns the number of findings that are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Returns whether there are no findings.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Returns the number of findings that are not kept.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// Returns whether the message may be sent or used, because no finding is an error.
    pub fn is_valid(&self) -> bool {
        !self.omitted_error
            && !self
                .iter()
                .any(|finding| finding.violation.severity == Severity::Error)
    }

    /// Returns them without the violations at some paths. What generated types can read stays the same.
    pub(super) fn without(mut self, is_dropped: impl Fn(&str) -> bool) -> Self {
        self.kept
            .retain(|finding| !is_dropped(&finding.violation.path.to_string()));
        self
    }

    /// Returns whether generated types can read the message. They drop unreadable values of an incoming
    /// message, unless the value decides. An answer that they cannot read decides nothing.
    pub fn is_readable(&self) -> bool {
        !self.unreadable
    }

    /// Returns the pointer of the first field that the HTTP status of an answer requires and that is absent.
    pub(super) fn lacking(&self) -> Option<&str> {
        self.lacking.as_deref()
    }

    /// Returns whether generated types drop the value at a path, because it or an object around it
    /// cannot be read.
    pub(super) fn is_lost(&self, path: &[String]) -> bool {
        let mut parts = (0..=path.len()).filter_map(|end| path.get(..end));
        parts.any(|part| self.lost.contains(&pointer(part)))
    }
}

/// Collects findings, and keeps the path of the value that is being checked.
#[derive(Debug)]
pub(super) struct Report {
    findings: Findings,
    path: String,
    muted: bool,
}

/// Capacity that is enough for the pointers of most messages.
const PATH: usize = 96;

impl Report {
    pub(super) fn new() -> Self {
        Report {
            findings: Findings::default(),
            path: String::with_capacity(PATH),
            muted: false,
        }
    }

    /// Adds a violation at the present path, unless the same rule is already reported there and not as a warning
    /// that would hide an error. `texts`
    /// returns the expected and the actual value; it is only called if they are kept.
    pub(super) fn add(
        &mut self,
        rule: RuleId,
        severity: Severity,
        origin: Origin,
        texts: impl FnOnce() -> (Phrase, Phrase),
    ) {
        let findings = &mut self.findings;
        let is_known =
            |kept: &Finding| kept.violation.rule == rule && kept.violation.path == *self.path;
        let known = findings.kept.iter().position(is_known);
        let weaker = known.filter(|at| {
            let kept = &findings.kept[*at].violation;
            (kept.severity, severity) == (Severity::Warning, Severity::Error)
        });
        if self.muted || known.is_some() && weaker.is_none() {
            return;
        }
        if weaker.is_none() && findings.kept.len() == Violations::LIMIT {
            findings.omitted += 1;
            findings.omitted_error |= severity == Severity::Error;
            return;
        }
        let (expected, actual) = texts();
        let path = self.path.clone().into();
        let violation = Violation {
            path,
            rule,
            severity,
            expected,
            actual,
        };
        let finding = Finding { violation, origin };
        match weaker {
            Some(at) => findings.kept[at] = finding,
            None => findings.kept.push(finding),
        }
    }

    /// Returns whether generated types drop a value of the message.
    pub(super) fn has_lost_any(&self) -> bool {
        !self.findings.lost.is_empty()
    }

    /// Notes that generated types drop the value at the present path.
    pub(super) fn lose(&mut self) {
        if !self.muted && !self.has_lost() {
            self.findings.lost.push(self.path.clone());
        }
    }

    /// Notes that an answer lacks the field at the present path.
    pub(super) fn lack(&mut self) {
        let path = &self.path;
        self.findings.lacking.get_or_insert_with(|| path.clone());
    }

    /// Returns whether generated types drop the value at the present path.
    pub(super) fn has_lost(&self) -> bool {
        self.findings.lost.contains(&self.path)
    }

    /// Enters the member with this name, or the element with this number; returns the argument for
    /// [`Report::leave`].
    pub(super) fn enter(&mut self, name: &str) -> usize {
        let outer = self.path.len();
        crate::pointer::push(&mut self.path, name);
        outer
    }

    /// Leaves it again.
    pub(super) fn leave(&mut self, outer: usize) {
        self.path.truncate(outer);
    }

    /// Stops or starts recording violations; returns the previous setting.
    pub(super) fn mute(&mut self, muted: bool) -> bool {
        std::mem::replace(&mut self.muted, muted)
    }

    /// Returns the findings. `must_fit` lists the values that must be readable; without it, all must
    /// be.
    pub(super) fn finish(mut self, must_fit: Option<&[Vec<String>]>) -> Findings {
        self.findings.unreadable = match must_fit {
            Some(paths) => {
                let mut paths = paths.iter().map(Vec::as_slice).chain([&[][..]]);
                paths.any(|path| self.findings.is_lost(path))
            }
            None => !self.findings.lost.is_empty(),
        };
        self.findings
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.into_iter()
    }
}
