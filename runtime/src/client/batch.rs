//! Batches: messages with several notifications.

use super::envelope::Envelope;
use super::error::Refused;
use super::key::{Signer, Verifier};
use super::notification::{Accepted, Each, Notification, NotificationError, Received, Rejected};
use crate::json::{lenient_text, locate};
use core::fmt;
use http::{Request, Response};
use std::time::SystemTime;

/// The notifications of one message, each verified and read on its own.
///
/// Act upon those that were received, each [once](super::SeenNotifications), and then
/// [acknowledge](Envelope::acknowledge_batch) the batch: as long as one of them is refused, the provider must send all of them
/// again.
pub struct Batch<N: Notification> {
    items: Vec<Result<Received<N>, NotificationError>>,
    uri: String,
}

impl<N: Notification> Batch<N> {
    /// Returns the notifications in their order, at least one.
    pub fn items(&self) -> &[Result<Received<N>, NotificationError>] {
        &self.items
    }

    /// Returns those that were verified and read.
    pub fn received(&self) -> impl Iterator<Item = &Received<N>> {
        self.items.iter().filter_map(|item| item.as_ref().ok())
    }

    /// Returns the outcomes of those that were verified and read.
    pub fn outcomes(&self) -> impl Iterator<Item = &N::Outcome> {
        self.received().map(|received| &received.outcome)
    }

    /// Returns the reason why one of the notifications was refused, if one was.
    pub fn refused(&self) -> Option<&NotificationError> {
        self.items.iter().find_map(|item| item.as_ref().err())
    }
}

impl<S: Signer, V: Verifier> Envelope<S, V> {
    /// Verifies and reads the notifications of one message, each as [`receive`](Self::receive) does. A refused one decides
    /// nothing, and does not hide the others.
    ///
    /// # Errors
    ///
    /// When the message as a whole is not proved, or has no list of notifications, or an empty one.
    pub fn receive_batch<N: Notification>(
        &self,
        request: &Request<Vec<u8>>,
        now: SystemTime,
    ) -> Result<Batch<N>, NotificationError> {
        const {
            assert!(
                N::EACH.is_some(),
                "the message has one notification: use `receive`"
            )
        }
        let (proof, uri) = self.arrived::<N>(request, now)?;
        let text = lenient_text(request.body()).map_err(|_| NotificationError::NoItem)?;
        let items = N::EACH.map(|each| each.items(&text)).unwrap_or_default();
        if items.is_empty() {
            return Err(NotificationError::NoItem);
        }
        let items = items.into_iter().map(|item| {
            let item = item.ok_or(NotificationError::NoItem)?;
            self.read::<N>(proof, item.as_bytes(), uri)
        });
        Ok(Batch {
            items: items.collect(),
            uri: uri.to_owned(),
        })
    }

    /// Makes the reply to a batch: it accepts a batch whose notifications were all received, and rejects any other, so that the
    /// provider sends it again.
    ///
    /// # Errors
    ///
    /// When the reply cannot be signed.
    pub fn acknowledge_batch<N: Accepted + Rejected>(
        &self,
        batch: &Batch<N>,
        now: SystemTime,
    ) -> Result<Response<Vec<u8>>, Refused> {
        match batch.refused() {
            None => {
                let accepted = (<N as Accepted>::STATUS, N::ACCEPTED.into());
                self.reply::<N>(&batch.uri, accepted, now)
            }
            Some(_) => self.reject_batch(batch, now),
        }
    }

    /// Makes the reply to a batch of which a notification could not be booked. The provider sends all of it again.
    ///
    /// # Errors
    ///
    /// When the reply cannot be signed.
    pub fn reject_batch<N: Rejected>(
        &self,
        batch: &Batch<N>,
        now: SystemTime,
    ) -> Result<Response<Vec<u8>>, Refused> {
        self.reply::<N>(&batch.uri, (N::STATUS, N::REJECTED.into()), now)
    }
}

impl Each<'_> {
    /// Returns the notifications of a message; [`None`] for an element of the list without one. A message without the list has
    /// none.
    ///
    /// ```
    /// use payspec_runtime::client::Each;
    ///
    /// let each = Each { list: &["items"], inside: &["item"] };
    /// let items = each.items(r#"{"items": [{"item": {"id": 1}}, {}]}"#);
    /// assert_eq!(items, [Some(r#"{"id": 1}"#), None]);
    /// ```
    pub fn items<'t>(&self, message: &'t str) -> Vec<Option<&'t str>> {
        let list = locate::value(message, self.list).ok().flatten();
        let elements = list.and_then(|list| locate::elements(list).ok());
        let elements = elements.unwrap_or_default().into_iter();
        elements
            .map(|element| locate::value(element, self.inside).ok().flatten())
            .collect()
    }
}

impl<N: Notification + fmt::Debug> fmt::Debug for Batch<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.items).finish()
    }
}
