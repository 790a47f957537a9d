//! The places of a request in which values of a kind can travel.

use crate::{Kind, Location, MediaType, Style};

impl Kind {
    /// Returns whether its values can travel in this place of a request. A JSON body contains everything, a path or header
    /// one text, and a query or form what the style can write. Of an object only its own kind is judged here, not its
    /// fields.
    pub const fn fits(&self, location: Location, style: Style, media_type: MediaType) -> bool {
        match location {
            Location::Path | Location::Header => self.is_text() && !matches!(self, Self::Json(_)),
            Location::Body if matches!(media_type, MediaType::Json) => true,
            Location::WholeBody => matches!(media_type, MediaType::Json),
            Location::Query | Location::Body => match style {
                Style::Repeat | Style::Comma => match self {
                    Self::List(element) => element.is_text(),
                    other => other.is_text(),
                },
                Style::Brackets => self.fits_brackets(false),
                Style::EmptyBrackets => self.fits_brackets(true),
                Style::Json => true,
            },
        }
    }

    /// Returns whether its values are texts, numbers or booleans.
    const fn is_text(&self) -> bool {
        match self {
            Self::Text
            | Self::Integer
            | Self::Decimal
            | Self::Boolean
            | Self::DateTime
            | Self::Date
            | Self::Timestamp(_)
            | Self::Uuid
            | Self::Binary
            | Self::Url
            | Self::Country
            | Self::Currency(_)
            | Self::Enum(_)
            | Self::Json(_) => true,
            Self::Object(_)
            | Self::List(_)
            | Self::Map(_)
            | Self::Union(_)
            | Self::Any
            | Self::Nullable(_) => false,
        }
    }

    const fn fits_brackets(&self, are_empty: bool) -> bool {
        match self {
            Self::List(element) if are_empty => element.is_text(),
            Self::List(inner) | Self::Map(inner) => inner.fits_brackets(are_empty),
            Self::Object(_) => true,
            Self::Union(_) | Self::Any | Self::Nullable(_) => false,
            other => other.is_text(),
        }
    }

    /// Returns the place of a field of this kind.
    ///
    /// # Panics
    ///
    /// When its values cannot travel there. The derives call it while the table is compiled.
    #[doc(hidden)]
    pub const fn placed(
        &self,
        location: Location,
        style: Style,
        media_type: MediaType,
    ) -> Location {
        assert!(
            self.fits(location, style, media_type),
            "the style cannot write this type, or a path or header cannot contain it"
        );
        location
    }
}
