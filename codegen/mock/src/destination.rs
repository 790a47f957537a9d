//! Tells addresses of this machine from those of other machines.

use std::net::IpAddr;

use http::Uri;

/// The destination of an address, judged by its text alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// This machine: `localhost` or a loopback address.
    Loopback,
    /// Another machine.
    Remote,
    /// Not an HTTP address.
    Invalid,
}

impl Destination {
    /// Classifies an address without a DNS lookup.
    pub(super) fn of(address: &str) -> Destination {
        let Ok(address) = address.parse::<Uri>() else {
            return Destination::Invalid;
        };
        if !matches!(address.scheme_str(), Some("http" | "https")) {
            return Destination::Invalid;
        }
        let Some(host) = address.host() else {
            return Destination::Invalid;
        };
        let number = host.trim_start_matches('[').trim_end_matches(']');
        let here = match number.parse::<IpAddr>() {
            Ok(number) => is_here(number),
            Err(_) => host.eq_ignore_ascii_case("localhost"),
        };
        match here {
            true => Destination::Loopback,
            false => Destination::Remote,
        }
    }
}

/// Returns whether an IP address is a loopback address, in IPv4, IPv6 or IPv4-mapped form.
pub(super) fn is_here(number: IpAddr) -> bool {
    number.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::Destination;

    #[test]
    fn only_this_machine_is_near() {
        for (address, reach) in [
            ("http://127.0.0.1:9/n", Destination::Loopback),
            ("https://LOCALHOST/n?a=b", Destination::Loopback),
            ("http://[::1]:80/", Destination::Loopback),
            ("http://[::ffff:127.0.0.1]/", Destination::Loopback),
            ("http://127.9.9.9/", Destination::Loopback),
            (
                "http://169.254.169.254/latest/meta-data",
                Destination::Remote,
            ),
            ("http://127.0.0.1@evil.example/", Destination::Remote),
            ("http://localhost.evil.example/", Destination::Remote),
            ("http://0.0.0.0/", Destination::Remote),
            ("http://2130706433/", Destination::Remote),
            ("https://shop.example/notify", Destination::Remote),
            ("file:///etc/passwd", Destination::Invalid),
            ("gopher://127.0.0.1/", Destination::Invalid),
            ("/notify", Destination::Invalid),
            ("", Destination::Invalid),
        ] {
            assert_eq!(Destination::of(address), reach, "{address}");
        }
    }
}
