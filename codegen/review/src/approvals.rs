//! The approvals file of a team: who accepted which findings, and which level a rule has.

use std::collections::BTreeMap;
use std::path::Path;

use super::finding::Level;
use super::report::{Accepted, Entry, Relevelled, Report, SourcedValue, Summary};
use super::{Impact, Rule, SemverBump, WireImpact};
use payspec_model::diagnostic::{self, Diagnostics};
use payspec_model::format::{Approval, RuleLevel};
use payspec_model::hash::fnv1a;
use payspec_model::source::{self, At, Disk, Files, SourceMap};
use payspec_runtime::closest;

/// The file's name. The file is next to the spec folder.
pub const FILE_NAME: &str = "payspec-approvals.yaml";

/// The content of an approvals file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Approvals {
    entries: Vec<(Approval, Place)>,
    levels: BTreeMap<String, (RuleLevel, Place)>,
}

/// A position in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as its user named it.
    pub(crate) file: String,
    /// Line, from 1.
    pub(crate) line: u32,
    /// Column in characters, from 1.
    pub(crate) column: u32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The reason why an approvals file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ApprovalsError {
    /// The file does not have the expected form. Holds the diagnostics with their positions.
    #[error("{0}")]
    Malformed(String),
    /// An entry contradicts the rules or the findings.
    #[error("{place}: {problem}\nhelp: {help}")]
    Entry {
        /// The entry.
        place: Place,
        /// A description of the problem.
        problem: String,
        /// A hint how to fix it.
        help: String,
    },
}

impl Approvals {
    /// Reads the file at a path.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or does not have the expected form, names an
    /// unknown rule, gives an invalid date, or approves the same finding twice.
    pub fn read(path: &Path) -> Result<Self, ApprovalsError> {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            Some(_) | None => Path::new("."),
        };
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Self::from_files(&Disk::new(folder), &name.unwrap_or_default())
    }

    /// Like [`Approvals::read`], for files that need not be on a disk.
    ///
    /// # Errors
    ///
    /// Like [`Approvals::read`].
    pub(crate) fn from_files(files: &dyn Files, path: &str) -> Result<Self, ApprovalsError> {
        let mut sources = SourceMap::new(files.root());
        let mut diagnostics = Diagnostics::default();
        let document = source::read_approvals(files, path, &mut sources, &mut diagnostics);
        let Some(document) = document.filter(|_| !diagnostics.has_errors()) else {
            let text = diagnostic::human(&diagnostics, &sources, false);
            return Err(ApprovalsError::Malformed(text.trim_end().to_owned()));
        };
        let root = At::root(&document.tree, &sources);
        let place = |at: At<'_>| {
            let origin = sources.origin(at.span());
            let shown = sources.path(at.span().file);
            Place {
                file: shown.strip_prefix("./").unwrap_or(&shown).to_owned(),
                line: origin.line,
                column: origin.column,
            }
        };
        let mut read = Approvals::default();
        for (approval, at) in document
            .value
            .approvals
            .into_iter()
            .zip(root.at("approvals").each())
        {
            check_rule(&approval.rule, || place(at.at("rule")))?;
            if !is_date(&approval.expires) {
                return Err(ApprovalsError::Entry {
                    place: place(at.at("expires")),
                    problem: format!("invalid date `{}`", approval.expires),
                    help: "write the last day of the approval, for example `2026-12-31`".to_owned(),
                });
            }
            let place = place(at.at("fingerprint"));
            let same = |(other, _): &&(Approval, Place)| other.fingerprint == approval.fingerprint;
            if let Some((_, first)) = read.entries.iter().find(same) {
                return Err(ApprovalsError::Entry {
                    problem: format!("duplicate approval of `{}`", approval.fingerprint),
                    help: format!("the first approval is at {first}; keep one of them"),
                    place,
                });
            }
            read.entries.push((approval, place));
        }
        for (rule, level) in document.value.levels {
            let place = place(root.at("levels").at(&rule));
            check_rule(&rule, || place.clone())?;
            read.levels.insert(rule, (level, place));
        }
        Ok(read)
    }
}

/// Returns an error with suggestions if the rule is unknown.
fn check_rule(rule: &str, place: impl FnOnce() -> Place) -> Result<(), ApprovalsError> {
    let ids: Vec<String> = super::rules().map(Rule::id).collect();
    let own = POLICY_RULES.iter().map(|one| one.id);
    let mut known = ids.iter().map(String::as_str).chain(own);
    if known.clone().any(|id| id == rule) {
        return Ok(());
    }
    Err(ApprovalsError::Entry {
        place: place(),
        problem: format!("unknown rule `{rule}`"),
        help: match closest(rule, &mut known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`payspec explain --all` lists the rules".to_owned(),
        },
    })
}

/// Returns whether a text is a valid date such as `2026-12-31`.
pub fn is_date(text: &str) -> bool {
    text.is_ascii() && payspec_runtime::rules::date(text)
}

/// A rule about approvals.
#[derive(Debug)]
pub struct PolicyRule {
    /// The id.
    pub id: &'static str,
    /// The finding in a few words.
    pub title: &'static str,
    /// The meaning of the finding, and what to do.
    pub explanation: &'static str,
    /// The level.
    pub level: Level,
}

/// The rules about approvals.
pub const POLICY_RULES: &[PolicyRule] = &[EXPIRED, UNUSED];

const EXPIRED: PolicyRule = PolicyRule {
    id: "approval-expired",
    title: "an approval has expired",
    explanation: "The finding counts again. Review it: fix the spec, or renew the approval with a new date \
                  and a reason that still applies.",
    level: Level::Risky,
};

const UNUSED: PolicyRule = PolicyRule {
    id: "approval-unused",
    title: "an approval matches no finding",
    explanation: "The approved change is not part of this comparison: it was merged, reverted, or replaced \
                  by another change. Delete the entry, so that the file lists only current approvals.",
    level: Level::Compatible,
};

impl Report {
    /// Applies the approvals file as of a day: levels first, then approvals. No finding is dropped;
    /// an approval that has expired or matches nothing becomes a finding itself.
    ///
    /// # Errors
    ///
    /// Returns an error if an approval names another rule or place than the finding with its
    /// fingerprint, or if a level lowers a finding about money without a reason.
    pub fn apply(&mut self, approvals: &Approvals, today: &str) -> Result<(), ApprovalsError> {
        for entry in &mut self.findings {
            approvals.relevel(entry)?;
        }
        let mut own = Vec::new();
        for (approval, place) in &approvals.entries {
            let mut findings = self.findings.iter_mut();
            let found = findings.find(|entry| entry.fingerprint == approval.fingerprint);
            let rule = match found {
                None => &UNUSED,
                Some(entry) => {
                    agree(approval, place, entry)?;
                    if approval.expires.as_str() >= today {
                        entry.accepted = Some(Accepted {
                            reason: approval.reason.clone(),
                            owner: approval.owner.clone(),
                            expires: approval.expires.clone(),
                            spec: format!("{}:{}", place.file, place.line),
                        });
                        continue;
                    }
                    &EXPIRED
                }
            };
            let mut entry = finding(rule, approval, place);
            approvals.relevel(&mut entry)?;
            own.push(entry);
        }
        self.findings.extend(own);
        self.findings
            .sort_by_key(|entry| std::cmp::Reverse(entry.level));
        self.summary = Summary::of(&self.findings);
        Ok(())
    }
}

impl Approvals {
    /// Gives a finding the level that the approvals file sets for its rule.
    fn relevel(&self, entry: &mut Entry) -> Result<(), ApprovalsError> {
        let Some((ruling, place)) = self.levels.get(&entry.rule) else {
            return Ok(());
        };
        let (level, reason) = match ruling {
            RuleLevel::Word(level) => (*level, None),
            RuleLevel::Reasoned(ruling) => (ruling.level, Some(ruling.reason.clone())),
        };
        if entry.level == Level::Money && level < Level::Money && reason.is_none() {
            return Err(ApprovalsError::Entry {
                place: place.clone(),
                problem: format!(
                    "`{}` has a finding about money; lowering it to `{level}` needs a reason",
                    entry.rule
                ),
                help: format!("write `{}: {{ level: {level}, reason: … }}`", entry.rule),
            });
        }
        if level != entry.level {
            entry.relevelled = Some(Relevelled {
                was: entry.level,
                reason,
                spec: format!("{}:{}", place.file, place.line),
            });
            entry.level = level;
        }
        Ok(())
    }
}

/// Returns an error if the rule or the place in an approval differs from its finding.
fn agree(approval: &Approval, place: &Place, entry: &Entry) -> Result<(), ApprovalsError> {
    let (what, says, is) = if approval.rule != entry.rule {
        ("rule", &approval.rule, entry.rule.clone())
    } else if !entry.places.contains(&approval.place) {
        ("place", &approval.place, entry.places.join("`, `"))
    } else {
        return Ok(());
    };
    Err(ApprovalsError::Entry {
        place: place.clone(),
        problem: format!(
            "the finding `{}` has the {what} `{is}`, not `{says}`",
            approval.fingerprint
        ),
        help: "was the fingerprint copied to the wrong entry? `payspec diff --accept FINGERPRINT` prints \
               the correct entry"
            .to_owned(),
    })
}

/// Makes a finding about an approval itself.
fn finding(rule: &'static PolicyRule, approval: &Approval, place: &Place) -> Entry {
    let hashed = format!("{} {}", rule.id, approval.fingerprint);
    Entry {
        level: rule.level,
        rule: rule.id.to_owned(),
        title: rule.title,
        places: vec![approval.place.clone()],
        types: Vec::new(),
        operation: None,
        operations: Vec::new(),
        old: Some(SourcedValue {
            value: format!(
                "{} until {}, by {}: {}",
                approval.rule, approval.expires, approval.owner, approval.reason
            ),
            spec: format!("{}:{}", place.file, place.line),
            origin: None,
        }),
        new: None,
        wire: WireImpact {
            old_caller: Impact::None,
            new_caller: Impact::None,
        },
        rust: SemverBump::None,
        fingerprint: format!("{:016x}", fnv1a(hashed.as_bytes())),
        matched_by: None,
        accepted: None,
        relevelled: None,
        parts: Vec::new(),
        witnesses: Vec::new(),
        unseen: None,
        recorded: None,
    }
}

impl Entry {
    /// Returns the approval of this finding as an entry of the file. The reason, the owner and the
    /// last day are left empty for the user.
    pub fn approval(&self) -> String {
        let place = self.places.first().map_or("", String::as_str);
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        format!(
            "  - fingerprint: {}\n    rule: {}\n    place: {}\n    reason: \"\"\n    owner: \"\"\n    expires: \"\"\n",
            quoted(&self.fingerprint),
            self.rule,
            quoted(place)
        )
    }
}
