//! The colours of a diagram, on a light and on a dark page.

/// A colour with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hue {
    /// The colour of text.
    Text,
    /// It went well.
    Good,
    /// It failed, or something was removed.
    Bad,
    /// It goes on, or was cancelled.
    Calm,
    /// It is open, or something changed.
    Warn,
}

impl Hue {
    /// Returns the CSS class, one of [`COLOURS`].
    pub(super) const fn class(self) -> &'static str {
        match self {
            Hue::Text => "text",
            Hue::Good => "good",
            Hue::Bad => "bad",
            Hue::Calm => "calm",
            Hue::Warn => "warn",
        }
    }

    /// Returns a colour for lines on a page of unknown colour: visible on white and on dark grey.
    pub(super) const fn anywhere(self) -> &'static str {
        match self {
            Hue::Text => "#808080",
            Hue::Good => "#2f9e50",
            Hue::Bad => "#dd5566",
            Hue::Calm => "#4a8fe0",
            Hue::Warn => "#d9780f",
        }
    }
}

/// The classes of a diagram with their colours: on a light page, on a dark page.
pub(super) const COLOURS: [(&str, &str, &str); 8] = [
    ("back", "#ffffff", "#14171c"),
    ("panel", "#f6f7f9", "#1c2027"),
    ("text", "#1b1f26", "#e4e7ec"),
    ("faint", "#59616e", "#a0a8b5"),
    ("good", "#1a6b34", "#83d59b"),
    ("bad", "#b3151f", "#ff9b9b"),
    ("calm", "#0b57c9", "#7db3ff"),
    ("warn", "#855500", "#f0c56a"),
];

/// The class of every diagram, so that its style touches nothing else on a page.
pub(super) const DIAGRAM: &str = "payspec-diagram";

/// Returns the style of a diagram. It prints in light colours.
pub(super) fn style() -> String {
    let rules = |colour: fn(&(&str, &'static str, &'static str)) -> &'static str| {
        let rules = COLOURS.iter();
        let rules = rules.map(|all| format!(".{DIAGRAM} .{}{{color:{}}}", all.0, colour(all)));
        rules.collect::<String>()
    };
    format!(
        "{}@media screen and (prefers-color-scheme:dark){{{}}}",
        rules(|(_, light, _)| light),
        rules(|(_, _, dark)| dark)
    )
}
