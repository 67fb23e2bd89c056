//! Hosts that the outside cannot reach.

use std::net::IpAddr;

use url::Host;

/// Why a host is not reachable from outside; none where it is, as far as its name tells.
/// Sources: RFC 1918, 3927, 4193, 4291, 5737, 6598, 6761, 6762, 8375.
pub fn unreachable(host: &str) -> Option<&'static str> {
    match Host::parse(host.trim_start_matches('[').trim_end_matches(']')) {
        Ok(Host::Ipv4(address)) => private(address.into()),
        Ok(Host::Ipv6(address)) => private(address.into()),
        Ok(Host::Domain(name)) => internal(&name),
        Err(_) => host.parse::<IpAddr>().ok().and_then(private),
    }
}

fn internal(name: &str) -> Option<&'static str> {
    let name = name.trim_end_matches('.');
    let last = name.rsplit('.').next().unwrap_or(name);
    if last == "localhost" {
        return Some("this machine only");
    }
    if !name.contains('.') {
        return Some("a name without a domain, known inside one network only");
    }
    if matches!(last, "local" | "internal" | "lan" | "corp" | "home")
        || name.ends_with(".home.arpa")
    {
        return Some("a name of a private network");
    }
    let cluster = last == "svc" || name.ends_with(".cluster.local");
    cluster.then_some("a name inside a cluster")
}

fn private(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(four) => {
            let [one, two, ..] = four.octets();
            if four.is_loopback() || four.is_unspecified() {
                Some("this machine only")
            } else if four.is_private() || (one == 100 && (64..128).contains(&two)) {
                Some("an address of a private network")
            } else if four.is_link_local() {
                Some("a link-local address")
            } else {
                None
            }
        }
        IpAddr::V6(six) => {
            if let Some(four) = six.to_ipv4_mapped() {
                return private(four.into());
            }
            let first = six.segments().first().copied().unwrap_or_default();
            if six.is_loopback() || six.is_unspecified() {
                Some("this machine only")
            } else if first & 0xfe00 == 0xfc00 {
                Some("an address of a private network")
            } else if first & 0xffc0 == 0xfe80 {
                Some("a link-local address")
            } else {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_private_address_is_known() {
        for host in [
            "localhost",
            "api.localhost",
            "127.0.0.1",
            "0x7f.1",
            "2130706433",
            "10.0.0.5",
            "192.168.1.20",
            "[::1]",
            "[::ffff:10.0.0.1]",
            "169.254.169.254",
            "100.64.0.1",
            "hooks.default.svc.cluster.local",
            "redis",
            "nas.local",
        ] {
            assert!(unreachable(host).is_some(), "{host}");
        }
        for host in ["api.lender.co.ke", "8.8.8.8", "100.128.0.1", "local.lender.co.ke"] {
            assert_eq!(unreachable(host), None, "{host}");
        }
    }
}
