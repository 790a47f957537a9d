//! Finds the payment that a notification is about.

use super::life::{Driven, Payment};
use super::notification::{Notification, Received};
use core::fmt;
use std::collections::HashMap;

/// Finds the payment that a notification is about by the ids that both contain.
///
/// It keeps one value for each payment: the payment itself, a lock around it, or the sender of a
/// channel to the task that drives it. Payments of different flows may be mixed.
///
/// ```
/// use payspec_runtime::client::{Dispatcher, Notification, NotAddressed, Received};
/// use payspec_runtime::client::life::{Driven, Payment};
/// use std::sync::mpsc::Sender;
///
/// /// To the thread that carries a payment.
/// type Mailbox<N> = Sender<Received<N>>;
///
/// fn enter<N: Notification, F: Driven>(
///     dispatcher: &mut Dispatcher<Mailbox<N>>,
///     payment: &Payment<F>,
///     mailbox: Mailbox<N>,
/// ) {
///     dispatcher.insert(payment, mailbox);
/// }
///
/// /// Reply to a notification of a payment that is not known here as to one that is booked, if the books say so.
/// fn deliver<N: Notification>(
///     dispatcher: &mut Dispatcher<Mailbox<N>>,
///     received: Received<N>,
/// ) -> Result<bool, NotAddressed> {
///     let mailbox = dispatcher.find(&received)?;
///     Ok(mailbox.send(received).is_ok())
/// }
/// ```
pub struct Dispatcher<P> {
    /// The kept values, by the first id of the payment.
    payments: HashMap<Named, P>,
    /// The first id of a payment, by each of its ids.
    names: HashMap<Named, Named>,
}

/// The name of a field, and its value.
type Named = (String, String);

impl<P> Dispatcher<P> {
    /// Enters a payment; it replaces one with the same id. Returns the value that was kept for that
    /// one.
    pub fn insert<F: Driven>(&mut self, payment: &Payment<F>, kept: P) -> Option<P> {
        let mut names = named(payment);
        let first = names.next()?;
        self.names.insert(first.clone(), first.clone());
        for name in names {
            self.names.insert(name, first.clone());
        }
        self.payments.insert(first, kept)
    }

    /// Removes a payment, for example when it is closed. Returns the value that was kept for it.
    pub fn remove<F: Driven>(&mut self, payment: &Payment<F>) -> Option<P> {
        let first = named(payment).next()?;
        self.names.retain(|_, of| *of != first);
        self.payments.remove(&first)
    }

    /// Returns the value that is kept for the payment that a notification is about.
    ///
    /// # Errors
    ///
    /// When the notification names no payment of this dispatcher, or more than one.
    pub fn find<N: Notification>(
        &mut self,
        received: &Received<N>,
    ) -> Result<&mut P, NotAddressed> {
        let mut found: Option<&Named> = None;
        for named in received.notification.named() {
            let value = named.value.unwrap_or_default().to_owned();
            match (self.names.get(&(named.name.to_owned(), value)), found) {
                (None, _) => {}
                (Some(one), Some(other)) if one != other => return Err(NotAddressed::Several),
                (Some(one), _) => found = Some(one),
            }
        }
        let kept = found.and_then(|first| self.payments.get_mut(first));
        kept.ok_or(NotAddressed::Unknown)
    }

    /// Returns the values that are kept for all payments.
    pub fn all(&mut self) -> impl Iterator<Item = &mut P> {
        self.payments.values_mut()
    }
}

fn named<F: Driven>(payment: &Payment<F>) -> impl Iterator<Item = Named> {
    let names = payment.names().iter();
    names.map(|name| (name.name().to_owned(), name.value().to_owned()))
}

impl<P> Default for Dispatcher<P> {
    fn default() -> Self {
        Self {
            payments: HashMap::new(),
            names: HashMap::new(),
        }
    }
}

impl<P> fmt::Debug for Dispatcher<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.payments.keys()).finish()
    }
}

/// A notification does not name exactly one payment of a [`Dispatcher`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotAddressed {
    /// It names no known payment: the payment is closed, or belongs to another program.
    Unknown,
    /// It names several payments, a different one by each of its ids. A person should look at it.
    Several,
}

impl fmt::Display for NotAddressed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "the notification names no payment that is known here",
            Self::Several => "the notification names several payments",
        })
    }
}

impl core::error::Error for NotAddressed {}
