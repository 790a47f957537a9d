//! The small parts of pages. Each is a template of its own, which escapes the texts of the spec.

use askama::Template;
use askama::filters::HtmlSafe;
use payspec_model::describe::Statement;
use payspec_model::model::{Api, Deprecated, Dispute, Severity, Since, SourceIds};
use payspec_report::{Badge, Tone, plain, quoted};
use payspec_review::render::tone;

use crate::changes::Change;
use crate::context::ApiSite;
use crate::links;

/// A text of the spec: paragraphs, with the parts between backticks as code.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% for paragraph in paragraphs %}<p>{{ paragraph }}</p>{% endfor %}"
)]
pub(crate) struct Prose {
    paragraphs: Vec<Words>,
}

/// A text of the spec inside a paragraph.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% for (code, part) in parts %}{% if *code %}<code>{{ part }}</code>{% else %}{{ part }}{% endif %}{% endfor %}",
    whitespace = "preserve"
)]
pub(crate) struct Words {
    parts: Vec<(bool, String)>,
}

impl HtmlSafe for Prose {}
impl HtmlSafe for Words {}

impl Prose {
    pub(crate) fn new(text: &str) -> Self {
        let paragraphs = text.split("\n\n").filter(|part| !part.trim().is_empty());
        Prose {
            paragraphs: paragraphs.map(Words::new).collect(),
        }
    }
}

impl Words {
    pub(crate) fn new(text: &str) -> Self {
        let lines: Vec<&str> = text.split_whitespace().collect();
        let text = lines.join(" ");
        let parts = quoted(&text).into_iter();
        Words {
            parts: parts.map(|(code, part)| (code, plain(part))).collect(),
        }
    }
}

/// A link, or only its text where there is nothing to link to.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% if let Some(href) = href %}<a href=\"{{ href }}\">{{ text }}</a>{% else %}{{ text }}{% endif %}"
)]
pub(crate) struct Link {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
}

impl HtmlSafe for Link {}

impl Link {
    pub(crate) fn new(text: impl Into<String>, href: impl Into<Option<String>>) -> Self {
        Link {
            text: plain(&text.into()),
            href: href.into(),
        }
    }
}

/// The sources of a fact, each with its date.
#[derive(Default, Template)]
#[template(
    ext = "html",
    source = "{% for source in sources %}{% if !loop.first %}; {% endif %}<a href=\"{{ source.href }}\" title=\"{{ source.title }}\">{{ source.tag }}</a> ({{ source.date }}){% endfor %}"
)]
pub(crate) struct Sources<'m> {
    pub(crate) sources: Vec<SourceLink<'m>>,
}

impl HtmlSafe for Sources<'_> {}

/// A source with its link.
pub(crate) struct SourceLink<'m> {
    href: String,
    title: &'m str,
    tag: &'m str,
    date: &'m str,
}

impl<'m> Sources<'m> {
    pub(crate) fn new(site: &ApiSite<'m>, page: &str, ids: &SourceIds) -> Self {
        let sources = ids.iter().filter_map(|id| site.api.sources.get(*id));
        let sources = sources.map(|source| SourceLink {
            href: links::link_to(page, &site.sources, &links::anchor("source", &source.tag)),
            title: &source.title,
            tag: &source.tag,
            date: &source.date,
        });
        Sources {
            sources: sources.collect(),
        }
    }
}

/// A rule in words.
#[derive(Template)]
#[template(path = "rule.html")]
pub(crate) struct RuleView<'m> {
    /// The part of the value that it is about: `each element`.
    part: &'static str,
    rule: &'static str,
    expected: Words,
    is_warning: bool,
    /// The direction, where a page shows both.
    direction: Option<&'static str>,
    reason: Option<Words>,
    sources: Sources<'m>,
    /// True if the rule is one of this operation.
    here: bool,
}

impl HtmlSafe for RuleView<'_> {}

impl<'m> RuleView<'m> {
    pub(crate) fn new(
        site: &ApiSite<'m>,
        page: &str,
        statement: &Statement<'_>,
        with_direction: bool,
        known: &SourceIds,
    ) -> Self {
        let Statement {
            rule,
            inside,
            expected,
            severity,
            direction,
            reason,
            sources,
            origin: _,
        } = statement;
        RuleView {
            part: match inside.is_empty() {
                true => "",
                false => "each element",
            },
            rule,
            expected: Words::new(&expected.text()),
            is_warning: match severity {
                Severity::Error => false,
                Severity::Warning => true,
            },
            direction: match with_direction {
                true => direction.map(|direction| direction.as_str()),
                false => None,
            },
            reason: reason.map(Words::new),
            // What the field cites already needs no repetition.
            sources: match *sources == known {
                true => Sources::default(),
                false => Sources::new(site, page, sources),
            },
            here: false,
        }
    }

    /// Marks the rule as one of this operation.
    pub(crate) fn here(mut self) -> Self {
        self.here = true;
        self
    }

    /// Marks the rule as one about a part of the value.
    pub(crate) fn about(mut self, part: &'static str) -> Self {
        self.part = part;
        self
    }
}

/// A dispute with its sides.
#[derive(Template)]
#[template(path = "dispute.html")]
pub(crate) struct DisputeView<'m> {
    pub(crate) id: &'m str,
    pub(crate) href: String,
    pub(crate) place: &'m str,
    pub(crate) question: Words,
    pub(crate) sides: Vec<SideView<'m>>,
    pub(crate) because: Words,
    pub(crate) open: bool,
}

impl HtmlSafe for DisputeView<'_> {}

/// A side of a dispute.
pub(crate) struct SideView<'m> {
    says: Words,
    taken: bool,
    sources: Sources<'m>,
}

impl<'m> DisputeView<'m> {
    pub(crate) fn new(site: &ApiSite<'m>, page: &str, dispute: &'m Dispute) -> Self {
        let sides = dispute.sides.iter().enumerate();
        let sides = sides.map(|(index, side)| SideView {
            says: Words::new(&side.says),
            taken: index == dispute.takes,
            sources: Sources::new(site, page, &side.sources),
        });
        DisputeView {
            id: &dispute.id,
            href: links::link_to(page, &site.sources, &dispute_anchor(dispute)),
            place: &dispute.place,
            question: Words::new(&dispute.question),
            sides: sides.collect(),
            because: Words::new(&dispute.because),
            open: false,
        }
    }
}

/// Returns the anchor of a dispute in the register of its API. Disputes of two places may share an id.
pub(crate) fn dispute_anchor(dispute: &Dispute) -> String {
    links::anchor("dispute", &format!("{}/{}", dispute.id, dispute.place))
}

/// A change since another revision.
#[derive(Template)]
#[template(path = "change.html")]
pub(crate) struct ChangeView<'m> {
    level: Badge,
    title: &'m str,
    rule: &'m str,
    old: Option<&'m str>,
    new: Option<&'m str>,
}

impl HtmlSafe for ChangeView<'_> {}

impl<'m> ChangeView<'m> {
    pub(crate) fn new(change: &'m Change) -> Self {
        ChangeView {
            level: Badge::new(tone(change.level), change.level.as_str()),
            title: change.title,
            rule: &change.rule,
            old: change.old.as_deref(),
            new: change.new.as_deref(),
        }
    }

    pub(crate) fn all(changes: Vec<&'m Change>) -> Vec<Self> {
        changes.into_iter().map(ChangeView::new).collect()
    }
}

/// A text to copy, such as a message or a program.
#[derive(Template)]
#[template(path = "sample.html", whitespace = "preserve")]
pub(crate) struct Sample {
    pub(crate) title: String,
    pub(crate) language: &'static str,
    pub(crate) text: String,
    pub(crate) note: Option<Words>,
    pub(crate) open: bool,
}

impl HtmlSafe for Sample {}

/// Returns the badge and the text of what should no longer be used.
pub(crate) fn deprecation(deprecated: &Deprecated) -> String {
    let Deprecated {
        reason,
        replacement,
        date,
        sunset,
    } = deprecated;
    let mut text = "Deprecated".to_owned();
    if let Some(date) = date {
        text += &format!(" since {date}");
    }
    text += &format!(": {reason}");
    if let Some(replacement) = replacement {
        text += &format!(" Use `{replacement}` instead.");
    }
    if let Some(sunset) = sunset {
        text += &format!(" Sunset: {sunset}.");
    }
    text
}

/// Returns since when a thing exists.
pub(crate) fn beginning(since: &Since) -> String {
    let Since { date, note } = since;
    match note {
        Some(note) => format!("Since {date}: {note}"),
        None => format!("Since {date}."),
    }
}

/// Returns the views of the disputes about some places.
pub(crate) fn disputes<'m>(
    site: &ApiSite<'m>,
    page: &str,
    origins: &[payspec_model::model::Origin],
    operation: Option<&str>,
) -> Vec<DisputeView<'m>> {
    let api: &'m Api = site.api;
    let places: Vec<String> = operation.into_iter().map(str::to_owned).collect();
    let disputes = api.disputes_about(origins, &places);
    disputes
        .into_iter()
        .map(|dispute| DisputeView::new(site, page, dispute))
        .collect()
}

/// A quiet badge.
pub(crate) fn quiet(word: &str) -> Badge {
    Badge::new(Tone::Quiet, word)
}
