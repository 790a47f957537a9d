use askama::Template;
use askama::filters::HtmlSafe;

/// The importance of a message, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Nothing to do.
    Quiet,
    /// As it should be.
    Good,
    /// To look at.
    Warn,
    /// Something is broken.
    Bad,
    /// Money is at stake.
    Worst,
}

impl Tone {
    /// Returns the CSS class of the page's style.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Quiet => "quiet",
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Worst => "worst",
        }
    }

    /// Returns a sign for places without colour, such as Markdown.
    pub const fn sign(self) -> &'static str {
        match self {
            Tone::Quiet => "⚪",
            Tone::Good => "🟢",
            Tone::Warn => "🟡",
            Tone::Bad => "🔴",
            Tone::Worst => "💰",
        }
    }
}

/// A word in a coloured pill.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    ext = "html",
    source = r#"<span class="badge {{ tone.class() }}">{{ word }}</span>"#
)]
pub struct Badge {
    tone: Tone,
    word: String,
}

impl Badge {
    /// Creates a pill with a word.
    pub fn new(tone: Tone, word: impl Into<String>) -> Self {
        let word = word.into();
        Badge { tone, word }
    }
}

impl HtmlSafe for Badge {}
