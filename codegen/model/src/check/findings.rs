use crate::pointer::pointer;
use payspec_runtime::{Phrase, RuleId, Severity, Violation, Violations};

use crate::model::Origin;

/// A broken rule, and where the spec states the rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What is wrong with the message.
    pub violation: Violation,
    /// Where the rule stands.
    pub origin: Origin,
}

/// What is wrong with one message, in the order of the spec; at most
/// [`Violations::LIMIT`], and never two with the
/// same path and rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    omitted: usize,
    omitted_error: bool,
    /// Pointers of the values that generated types do not get; the message itself is the empty one.
    lost: Vec<String>,
    unreadable: bool,
}

impl Findings {
    /// The findings, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.kept.iter()
    }

    /// Returns how many are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Returns whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Returns how many more there were.
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// Returns whether the message may be sent or used: no finding is an error.
    pub fn is_valid(&self) -> bool {
        !self.omitted_error
            && !self
                .iter()
                .any(|finding| finding.violation.severity == Severity::Error)
    }

    /// Returns whether generated types can read the message. Of what comes in they drop what they cannot read,
    /// unless it decides. An answer that they cannot read decides nothing.
    pub fn is_readable(&self) -> bool {
        !self.unreadable
    }

    /// Returns whether generated types do not get the value at a path, because it cannot be read, or because
    /// an object around it cannot.
    pub(super) fn is_lost(&self, path: &[String]) -> bool {
        let mut parts = (0..=path.len()).filter_map(|end| path.get(..end));
        parts.any(|part| self.lost.contains(&pointer(part)))
    }
}

/// Findings in the making: keeps the path of the value that is looked at.
#[derive(Debug)]
pub(super) struct Report {
    findings: Findings,
    path: String,
    muted: bool,
}

/// Room for the pointers of most messages at once.
const PATH: usize = 96;

impl Report {
    pub(super) fn new() -> Self {
        Report {
            findings: Findings::default(),
            path: String::with_capacity(PATH),
            muted: false,
        }
    }

    /// Adds a violation at the present path, unless the same rule is known to be broken there.
    /// `texts` gives what was expected and what was found; it runs only when they are kept.
    pub(super) fn add(
        &mut self,
        rule: RuleId,
        severity: Severity,
        origin: Origin,
        texts: impl FnOnce() -> (Phrase, Phrase),
    ) {
        let findings = &mut self.findings;
        let known =
            |kept: &Finding| kept.violation.rule == rule && kept.violation.path == *self.path;
        if self.muted || findings.kept.iter().any(known) {
            return;
        }
        if findings.kept.len() == Violations::LIMIT {
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
        findings.kept.push(Finding { violation, origin });
    }

    /// Returns whether the generated types lose a value of the message.
    pub(super) fn has_lost_any(&self) -> bool {
        !self.findings.lost.is_empty()
    }

    /// Notes that generated types do not get the value at the present path.
    pub(super) fn lose(&mut self) {
        if !self.muted && !self.has_lost() {
            self.findings.lost.push(self.path.clone());
        }
    }

    /// Returns whether generated types do not get the value at the present path.
    pub(super) fn has_lost(&self) -> bool {
        self.findings.lost.contains(&self.path)
    }

    /// Steps into the member with this name, or the element with this number; returns what
    /// [`Report::leave`] wants.
    pub(super) fn enter(&mut self, name: &str) -> usize {
        let outer = self.path.len();
        crate::pointer::push(&mut self.path, name);
        outer
    }

    /// Steps out again.
    pub(super) fn leave(&mut self, outer: usize) {
        self.path.truncate(outer);
    }

    /// Stops taking violations, or starts again; returns what was the case before.
    pub(super) fn mute(&mut self, muted: bool) -> bool {
        std::mem::replace(&mut self.muted, muted)
    }

    /// The findings. `must_fit` lists what must be readable; without it, everything must.
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
