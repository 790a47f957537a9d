//! The filter of the status page, as its form sends it. `page.js` filters in the same way.

use super::log_entry::LogEntry;

/// The exchanges that the page shows; the default shows all.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    /// An operation; an empty text means all.
    pub(super) operation: String,
    /// A part of the key, or of the key of the payment that the exchange belongs to.
    pub(super) key: String,
    /// True to leave out what succeeded.
    pub(super) failures: bool,
}

impl Filter {
    /// Reads the query of the page's address. Unknown words have no effect.
    pub(super) fn of_query(query: &str) -> Self {
        let mut filter = Filter::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "operation" => filter.operation = value.into_owned(),
                "key" => filter.key = value.trim().to_owned(),
                "failures" => filter.failures = true,
                _ => {}
            }
        }
        filter
    }

    /// Creates the filter for the exchanges of one payment.
    pub(super) fn of_key(key: &str) -> Self {
        Filter {
            key: key.to_owned(),
            ..Filter::default()
        }
    }

    /// Returns whether an exchange passes.
    pub(super) fn shows(&self, record: &LogEntry) -> bool {
        let key = self.key.to_lowercase();
        let mut keys = [&record.key, &record.group].into_iter().flatten();
        let is_operation = record.operation.as_deref() == Some(self.operation.as_str());
        (self.operation.is_empty() || is_operation)
            && (key.is_empty() || keys.any(|one| one.to_lowercase().contains(&key)))
            && (!self.failures || record.is_failure())
    }

    /// Returns the address of the page with this filter.
    pub(super) fn link(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("operation", &self.operation), ("key", &self.key)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if self.failures {
            query.append_pair("failures", "on");
        }
        match query.finish() {
            query if query.is_empty() => "/".to_owned(),
            query => format!("/?{query}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::super::log_entry::{LogEntry, Verdict};
    use super::Filter;

    fn entry() -> LogEntry {
        let request = http::Request::post("/refund").body(Vec::new());
        let mut entry = LogEntry::of(&request.expect("a request"), SystemTime::UNIX_EPOCH);
        entry.operation = Some("refund".to_owned());
        entry.key = Some("Refund-1".to_owned());
        entry.group = Some("pay & 1".to_owned());
        entry
    }

    #[test]
    fn a_filter_finds_all_exchanges_of_a_payment() {
        let (mut entry, shows) = (entry(), |query: &str, entry: &LogEntry| {
            Filter::of_query(query).shows(entry)
        });
        for query in [
            "",
            "operation=&key=",
            "operation=refund",
            "key=refund-1",
            "key=PAY+%26+1",
            "operation=refund&key=pay",
        ] {
            assert!(shows(query, &entry), "{query}");
        }
        for query in ["operation=refun", "key=other", "failures=on"] {
            assert!(!shows(query, &entry), "{query}");
        }
        entry.verdict = Verdict::NoAnswer;
        assert!(shows("failures=on", &entry));
        entry.verdict = Verdict::Pending;
        assert!(!shows("failures=on", &entry));
        entry.faults = vec!["delay=1".to_owned()];
        assert!(shows("failures=on", &entry));
    }

    #[test]
    fn a_link_leads_to_its_filter() {
        for filter in [
            Filter::default(),
            Filter::of_key("a&b=c\"<é>"),
            Filter {
                operation: "pay".to_owned(),
                key: "x y".to_owned(),
                failures: true,
            },
        ] {
            let link = filter.link();
            let query = link
                .strip_prefix("/")
                .map(|rest| rest.trim_start_matches('?'));
            assert_eq!(query.map(Filter::of_query), Some(filter), "{link}");
        }
    }
}
