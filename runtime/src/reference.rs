//! The ids that a payment is known by.

use std::borrow::Cow;

/// An id in a message, as it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference<'a> {
    /// Name of the field on the wire.
    pub name: &'static str,
    /// Who gives such ids.
    pub issuer: Issuer,
    /// The id; [`None`] where the message has none.
    pub value: Option<&'a str>,
}

/// Who gives the ids of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Issuer {
    /// The merchant: with each request that the provider recognises by it.
    Merchant,
    /// The provider.
    Provider,
}

impl<'a> Reference<'a> {
    /// An id that the merchant gives.
    pub fn merchant(name: &'static str, value: Option<&'a str>) -> Self {
        let issuer = Issuer::Merchant;
        Self {
            name,
            issuer,
            value,
        }
    }

    /// An id that the provider gives.
    pub fn provider(name: &'static str, value: Option<&'a str>) -> Self {
        let issuer = Issuer::Provider;
        Self {
            name,
            issuer,
            value,
        }
    }

    /// The id, unless it is absent or empty.
    pub(crate) fn known(&self) -> Option<&'a str> {
        self.value.filter(|value| !value.is_empty())
    }
}

/// An id that a payment is known by.
///
/// The two kinds are told apart, since a field for one of them does not take the other.
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
    /// An id that the merchant gave it.
    Merchant {
        /// Name of the field on the wire.
        name: Cow<'static, str>,
        /// The id.
        value: String,
    },
    /// An id that the provider gave it.
    Provider {
        /// Name of the field on the wire.
        name: Cow<'static, str>,
        /// The id.
        value: String,
    },
}

impl PaymentReference {
    /// The first id that is there; an empty one is not.
    pub fn first(references: &[Reference<'_>]) -> Option<Self> {
        references.iter().find_map(Self::of)
    }

    /// An id that is there; an empty one is not.
    pub(crate) fn of(reference: &Reference<'_>) -> Option<Self> {
        let Reference { name, issuer, .. } = *reference;
        let value = reference.known()?.to_owned();
        let name = Cow::Borrowed(name);
        Some(match issuer {
            Issuer::Merchant => Self::Merchant { name, value },
            Issuer::Provider => Self::Provider { name, value },
        })
    }

    /// Name of the field on the wire.
    pub fn name(&self) -> &str {
        match self {
            Self::Merchant { name, .. } | Self::Provider { name, .. } => name,
        }
    }

    /// The id, if the merchant gave it.
    pub fn merchant_id(&self) -> Option<&str> {
        match self {
            Self::Merchant { value, .. } => Some(value),
            Self::Provider { .. } => None,
        }
    }

    /// The id, if the provider gave it.
    pub fn provider_id(&self) -> Option<&str> {
        match self {
            Self::Merchant { .. } => None,
            Self::Provider { value, .. } => Some(value),
        }
    }

    /// The id, whoever gave it: to compare and to show, not to fill in a request.
    #[cfg(feature = "client")]
    pub(crate) fn value(&self) -> &str {
        match self {
            Self::Merchant { value, .. } | Self::Provider { value, .. } => value,
        }
    }
}
