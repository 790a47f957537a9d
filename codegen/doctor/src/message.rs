//! A captured message.

/// A request, its answer, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// The request, if it was captured.
    pub request: Option<Message>,
    /// The response, if it was captured.
    pub response: Option<Message>,
}

/// One message, as it was captured.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// The first line.
    pub start: Start,
    /// The headers, in their order.
    pub headers: Vec<Field>,
    /// The body; [`None`] when the capture does not hold it.
    pub body: Option<Vec<u8>>,
}

/// The first line of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// The first line of a request.
    Request {
        /// The HTTP method.
        method: String,
        /// The target, as it was captured.
        target: String,
    },
    /// The first line of a response.
    Response {
        /// The HTTP status.
        status: u16,
    },
}

/// A header of a captured message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The value; a byte beyond ASCII becomes the character of the same number.
    pub value: String,
    /// True if the value was broken over several lines.
    pub(crate) folded: bool,
}

impl Message {
    /// Returns the headers with this name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Field> {
        let named = move |field: &&Field| field.name.eq_ignore_ascii_case(name);
        self.headers.iter().filter(named)
    }

    /// Returns the value of the first header with this name.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let named = |field: &&Field| field.name.eq_ignore_ascii_case(name);
        let first = self.headers.iter().find(named);
        first.map(|field| field.value.as_str())
    }

    /// Returns the length in the header `Content-Length`.
    pub(super) fn stated_length(&self) -> Option<usize> {
        self.value("content-length")?.parse().ok()
    }
}

impl std::fmt::Debug for Message {
    /// Leaves out header values and the body, because they may be sensitive.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self.headers.iter().map(|field| field.name.as_str());
        f.debug_struct("Message")
            .field("start", &self.start)
            .field("headers", &names.collect::<Vec<_>>())
            .field("body", &self.body.as_ref().map(Vec::len))
            .finish()
    }
}
