//! How far away an address is.

use std::net::IpAddr;

use http::Uri;

/// Where an address leads, as far as can be told from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To this machine: `localhost`, or an address of its own loop.
    ThisMachine,
    /// Elsewhere.
    Elsewhere,
    /// Nowhere: it is no address of HTTP.
    Nowhere,
}

impl Reach {
    /// Where an address leads. No name is looked up.
    pub(super) fn of(address: &str) -> Reach {
        let Ok(address) = address.parse::<Uri>() else {
            return Reach::Nowhere;
        };
        if !matches!(address.scheme_str(), Some("http" | "https")) {
            return Reach::Nowhere;
        }
        let Some(host) = address.host() else {
            return Reach::Nowhere;
        };
        let number = host.trim_start_matches('[').trim_end_matches(']');
        let here = match number.parse::<IpAddr>() {
            Ok(number) => is_here(number),
            Err(_) => host.eq_ignore_ascii_case("localhost"),
        };
        match here {
            true => Reach::ThisMachine,
            false => Reach::Elsewhere,
        }
    }
}

/// Whether a number is one of this machine's own loop, however it is written.
pub(super) fn is_here(number: IpAddr) -> bool {
    number.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::Reach;

    #[test]
    fn only_this_machine_is_near() {
        for (address, reach) in [
            ("http://127.0.0.1:9/n", Reach::ThisMachine),
            ("https://LOCALHOST/n?a=b", Reach::ThisMachine),
            ("http://[::1]:80/", Reach::ThisMachine),
            ("http://[::ffff:127.0.0.1]/", Reach::ThisMachine),
            ("http://127.9.9.9/", Reach::ThisMachine),
            ("http://169.254.169.254/latest/meta-data", Reach::Elsewhere),
            ("http://127.0.0.1@evil.example/", Reach::Elsewhere),
            ("http://localhost.evil.example/", Reach::Elsewhere),
            ("http://0.0.0.0/", Reach::Elsewhere),
            ("http://2130706433/", Reach::Elsewhere),
            ("https://shop.example/notify", Reach::Elsewhere),
            ("file:///etc/passwd", Reach::Nowhere),
            ("gopher://127.0.0.1/", Reach::Nowhere),
            ("/notify", Reach::Nowhere),
            ("", Reach::Nowhere),
        ] {
            assert_eq!(Reach::of(address), reach, "{address}");
        }
    }
}
