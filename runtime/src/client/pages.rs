//! Lists that come in pages.

use super::asynchronous::AsyncRawClient;
use super::blocking::RawClient;
use super::call::{Answered, Call, Judgement};
use super::error::CallError;
use super::key::{Signer, Verifier};
use super::transport::{AsyncTransport, Transport};
use crate::{Valid, Violations};
use core::fmt;

/// A request whose answer is a page of a list.
pub trait Paged: Call + Clone {
    /// An element of the list.
    type Item;
    /// The value with which the next request continues.
    type Cursor: Clone + PartialEq;

    /// Returns the page that an answer has.
    fn page(response: &Self::Response) -> ListPage<Self::Item, Self::Cursor>;

    /// Returns the request of the page that begins at a cursor.
    #[must_use]
    fn after(&self, cursor: Self::Cursor) -> Self;
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage<I, C> {
    /// The elements; [`None`] if the answer has no list.
    pub items: Option<Vec<I>>,
    /// The cursor of the next page.
    pub next: Option<C>,
    /// True if another page follows, if the answer says so.
    pub more: Option<bool>,
}

/// The elements of a list, page by page. A page is fetched when its first element is asked for.
///
/// It ends after the last page, or after an error: a list that is not whole never ends without one.
#[must_use = "nothing is sent before an element is asked for"]
pub struct Pages<'c, R: Paged, T, S, V> {
    client: &'c RawClient<T, S, V>,
    walk: Walk<R>,
}

impl<T, S, V> RawClient<T, S, V> {
    /// Reads a list: the elements of all pages, from that of the request on, and of no more than `most` pages.
    pub fn pages<R: Paged>(&self, request: Valid<R>, most: u32) -> Pages<'_, R, T, S, V> {
        Pages {
            client: self,
            walk: Walk::new(request, most),
        }
    }
}

impl<R: Paged, T: Transport, S: Signer, V: Verifier> Iterator for Pages<'_, R, T, S, V> {
    type Item = Result<R::Item, PagesError<R>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.walk.step() {
                Step::Item(item) => return Some(Ok(item)),
                Step::Failed(error) => return Some(Err(error)),
                Step::Over => return None,
                Step::Fetch(request) => {
                    let answered = self.client.call(request);
                    self.walk.answered(answered);
                }
            }
        }
    }
}

/// The elements of a list, page by page, as [`Pages`] returns them.
#[must_use = "nothing is sent before an element is asked for"]
pub struct AsyncPages<'c, R: Paged, T, S, V> {
    client: &'c AsyncRawClient<T, S, V>,
    walk: Walk<R>,
}

impl<T, S, V> AsyncRawClient<T, S, V> {
    /// Reads a list: the elements of all pages, from that of the request on, and of no more than `most` pages.
    pub fn pages<R: Paged>(&self, request: Valid<R>, most: u32) -> AsyncPages<'_, R, T, S, V> {
        AsyncPages {
            client: self,
            walk: Walk::new(request, most),
        }
    }
}

impl<R: Paged, T: AsyncTransport, S: Signer, V: Verifier> AsyncPages<'_, R, T, S, V> {
    /// Returns the next element; [`None`] after the last one, or after an error.
    ///
    /// # Errors
    ///
    /// When the rest of the list cannot be read.
    pub async fn next(&mut self) -> Option<Result<R::Item, PagesError<R>>> {
        loop {
            match self.walk.step() {
                Step::Item(item) => return Some(Ok(item)),
                Step::Failed(error) => return Some(Err(error)),
                Step::Over => return None,
                Step::Fetch(request) => {
                    let answered = self.client.call(request).await;
                    self.walk.answered(answered);
                }
            }
        }
    }
}

/// The part of the walk that does no I/O.
struct Walk<R: Paged> {
    /// The request of the page that was fetched last.
    base: Option<R>,
    /// The request of the next page.
    next: Option<Valid<R>>,
    left: u32,
    most: u32,
    items: std::vec::IntoIter<R::Item>,
    cursors: Vec<R::Cursor>,
    failed: Option<PagesError<R>>,
}

/// The next thing to do.
enum Step<R: Paged> {
    Item(R::Item),
    Fetch(Valid<R>),
    Failed(PagesError<R>),
    Over,
}

impl<R: Paged> Walk<R> {
    fn new(request: Valid<R>, most: u32) -> Self {
        Self {
            base: None,
            next: Some(request),
            left: most,
            most,
            items: Vec::new().into_iter(),
            cursors: Vec::new(),
            failed: None,
        }
    }

    fn step(&mut self) -> Step<R> {
        if let Some(item) = self.items.next() {
            return Step::Item(item);
        }
        if let Some(error) = self.failed.take() {
            return Step::Failed(error);
        }
        match (self.next.take(), self.left.checked_sub(1)) {
            (None, _) => Step::Over,
            (Some(_), None) => Step::Failed(PagesError::TooMany { most: self.most }),
            (Some(request), Some(left)) => {
                self.left = left;
                self.base = Some((*request).clone());
                Step::Fetch(request)
            }
        }
    }

    fn answered(&mut self, answered: Result<Answered<R>, CallError<R>>) {
        let Answered {
            response,
            outcome,
            dropped,
        } = match answered {
            Ok(answered) => answered,
            Err(error) => return self.failed = Some(PagesError::Call(error)),
        };
        match R::judgement(&outcome) {
            Judgement::Decided => {}
            Judgement::Failed { .. } | Judgement::Pending { .. } => {
                return self.failed = Some(PagesError::Refused(outcome));
            }
        }
        let ListPage { items, next, more } = R::page(&response);
        // A list with an unreadable element is absent as a whole, and an unreadable cursor is absent, too.
        let is_unsure = items.is_none() || next.is_none() && more != Some(false);
        self.items = items.unwrap_or_default().into_iter();
        if is_unsure && !dropped.is_empty() {
            return self.failed = Some(PagesError::Unreadable(dropped));
        }
        let follows = match (more, next) {
            (Some(false), _) | (None, None) => Ok(None),
            (Some(true), None) => Err(PagesError::NoCursor),
            (Some(true) | None, Some(cursor)) if self.cursors.contains(&cursor) => {
                Err(PagesError::SameCursor)
            }
            (Some(true) | None, Some(cursor)) => self.follow(cursor),
        };
        match follows {
            Ok(next) => self.next = next,
            Err(error) => self.failed = Some(error),
        }
    }

    fn follow(&mut self, cursor: R::Cursor) -> Result<Option<Valid<R>>, PagesError<R>> {
        let Some(base) = self.base.take() else {
            return Ok(None);
        };
        self.cursors.push(cursor.clone());
        let request = Valid::new(base.after(cursor)).map_err(PagesError::Invalid)?;
        Ok(Some(request))
    }
}

/// The rest of a list cannot be read. The elements before it are right, and the list is not whole.
#[non_exhaustive]
pub enum PagesError<R: Call> {
    /// A call has no outcome.
    Call(CallError<R>),
    /// A call was refused: its outcome.
    Refused(R::Outcome),
    /// The list of a page, or its cursor, cannot be read.
    Unreadable(Violations),
    /// Another page may follow, and the answer has no cursor for it.
    NoCursor,
    /// A cursor came twice, so the pages would never end.
    SameCursor,
    /// A request with the cursor breaks a rule of the description.
    Invalid(Violations),
    /// More pages follow than the caller wanted to read.
    TooMany {
        /// The number of pages that were read.
        most: u32,
    },
}

impl<R: Call> fmt::Debug for PagesError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => f.debug_tuple("Call").field(error).finish(),
            Self::Refused(outcome) => f.debug_tuple("Refused").field(outcome).finish(),
            Self::Unreadable(violations) => f.debug_tuple("Unreadable").field(violations).finish(),
            Self::NoCursor => f.write_str("NoCursor"),
            Self::SameCursor => f.write_str("SameCursor"),
            Self::Invalid(violations) => f.debug_tuple("Invalid").field(violations).finish(),
            Self::TooMany { most } => f.debug_struct("TooMany").field("most", most).finish(),
        }
    }
}

impl<R: Call> fmt::Display for PagesError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => write!(f, "a page was not read: {error}"),
            Self::Refused(_) => f.write_str("a page was refused"),
            Self::Unreadable(violations) => {
                write!(
                    f,
                    "the list of a page or its cursor cannot be read: {violations}"
                )
            }
            Self::NoCursor => {
                f.write_str("another page may follow, and the answer has no cursor for it")
            }
            Self::SameCursor => f.write_str("a cursor came twice, so the pages would never end"),
            Self::Invalid(violations) => {
                write!(f, "the request of the next page is invalid: {violations}")
            }
            Self::TooMany { most } => write!(f, "the list has more than {most} pages"),
        }
    }
}

impl<R: Call> core::error::Error for PagesError<R> {}

impl<R: Paged, T, S, V> fmt::Debug for Pages<'_, R, T, S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.walk.debug("Pages", f)
    }
}

impl<R: Paged, T, S, V> fmt::Debug for AsyncPages<'_, R, T, S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.walk.debug("AsyncPages", f)
    }
}

impl<R: Paged> Walk<R> {
    /// Shows how far it is. The elements may hold sensitive values.
    fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("pages", &(self.most - self.left))
            .field("most", &self.most)
            .finish_non_exhaustive()
    }
}
