//! Hosts that the outside cannot reach.

use std::net::IpAddr;

use url::Host;

use super::public::{NotPublic, not_public};

/// Why a host is not reachable from outside; none where it is, as far as its name tells.
/// Sources: RFC 6761, 6762, 8375; addresses see [`not_public`].
pub fn unreachable(host: &str) -> Option<&'static str> {
    let address = match Host::parse(host) {
        Ok(Host::Ipv4(address)) => address.into(),
        Ok(Host::Ipv6(address)) => address.into(),
        Ok(Host::Domain(name)) => return internal(&name),
        Err(_) => host.parse::<IpAddr>().ok()?,
    };
    not_public(address).map(NotPublic::as_str)
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
