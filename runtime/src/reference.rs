//! The ids of a payment.

use std::borrow::Cow;

/// An id in a message, as written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference<'a> {
    /// Name of the field on the wire.
    pub name: &'static str,
    /// The side that issues such ids.
    pub issuer: Issuer,
    /// The id; [`None`] if the message has none.
    pub value: Option<&'a str>,
}

/// The side that issues the ids of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Issuer {
    /// The merchant, with each request that the provider recognises by the id.
    Merchant,
    /// The provider.
    Provider,
}

impl<'a> Reference<'a> {
    /// Makes an id that the merchant issues.
    pub fn merchant(name: &'static str, value: Option<&'a str>) -> Self {
        let issuer = Issuer::Merchant;
        Self {
            name,
            issuer,
            value,
        }
    }

    /// Makes an id that the provider issues.
    pub fn provider(name: &'static str, value: Option<&'a str>) -> Self {
        let issuer = Issuer::Provider;
        Self {
            name,
            issuer,
            value,
        }
    }

    /// Returns the id, unless it is absent or empty.
    pub(crate) fn known(&self) -> Option<&'a str> {
        self.value.filter(|value| !value.is_empty())
    }
}

/// An id of a payment.
///
/// The two kinds are distinct types of ids, because a field for one of them does not accept the other.
///
/// ```
/// use payspec_runtime::{PaymentReference, Reference};
///
/// let names = [
///     Reference::provider("paymentId", None),
///     Reference::merchant("paymentRequestId", Some("r1")),
/// ];
/// match PaymentReference::first(&names) {
///     Some(PaymentReference::Provider { value, .. }) => panic!("a refund takes {value}"),
///     Some(PaymentReference::Merchant { name, value }) => {
///         assert_eq!((&*name, value.as_str()), ("paymentRequestId", "r1"));
///     }
///     None => panic!("nobody can ask for it"),
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PaymentReference {
    /// An id that the merchant issued.
    Merchant {
        /// Name of the field on the wire.
        name: Cow<'static, str>,
        /// The id.
        value: String,
    },
    /// An id that the provider issued.
    Provider {
        /// Name of the field on the wire.
        name: Cow<'static, str>,
        /// The id.
        value: String,
    },
}

impl PaymentReference {
    /// Returns the first id that is present and not empty.
    pub fn first(references: &[Reference<'_>]) -> Option<Self> {
        references.iter().find_map(Self::of)
    }

    /// Returns the id if it is present and not empty.
    pub(crate) fn of(reference: &Reference<'_>) -> Option<Self> {
        let Reference { name, issuer, .. } = *reference;
        let value = reference.known()?.to_owned();
        let name = Cow::Borrowed(name);
        Some(match issuer {
            Issuer::Merchant => Self::Merchant { name, value },
            Issuer::Provider => Self::Provider { name, value },
        })
    }

    /// Returns the name of the field on the wire.
    pub fn name(&self) -> &str {
        match self {
            Self::Merchant { name, .. } | Self::Provider { name, .. } => name,
        }
    }

    /// Returns the id, if the merchant issued it.
    pub fn merchant_id(&self) -> Option<&str> {
        match self {
            Self::Merchant { value, .. } => Some(value),
            Self::Provider { .. } => None,
        }
    }

    /// Returns the id, if the provider issued it.
    pub fn provider_id(&self) -> Option<&str> {
        match self {
            Self::Merchant { .. } => None,
            Self::Provider { value, .. } => Some(value),
        }
    }

    /// Returns the id, whichever side issued it: for comparison and display, not for a request.
    #[cfg(feature = "client")]
    pub(crate) fn value(&self) -> &str {
        match self {
            Self::Merchant { value, .. } | Self::Provider { value, .. } => value,
        }
    }
}
