//! Which addresses are public, by the special-purpose registries of IANA:
//! <https://www.iana.org/assignments/iana-ipv4-special-registry> and
//! <https://www.iana.org/assignments/iana-ipv6-special-registry>.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotPublic {
    /// This machine.
    Loopback,
    /// A private network.
    Private,
    /// The local link.
    LinkLocal,
    /// A carrier's own network (100.64.0.0/10).
    CarrierGrade,
    /// A cloud's metadata or control service.
    Metadata,
    /// Many machines at once.
    Multicast,
    /// Documentation, benchmarks, future use and the like.
    Reserved,
}

impl NotPublic {
    /// In a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Loopback => "a loopback address",
            Self::Private => "a private address",
            Self::LinkLocal => "a link-local address",
            Self::CarrierGrade => "a carrier-grade NAT address",
            Self::Metadata => "a cloud metadata address",
            Self::Multicast => "a multicast address",
            Self::Reserved => "a reserved address",
        }
    }
}

/// Why `address` is not public; none where it is. An IPv4 address inside an IPv6 one (mapped,
/// compatible, NAT64, 6to4) counts as itself.
pub fn not_public(address: IpAddr) -> Option<NotPublic> {
    match address {
        IpAddr::V4(v4) => not_public_v4(v4),
        IpAddr::V6(v6) => not_public_v6(v6),
    }
}

fn not_public_v4(address: Ipv4Addr) -> Option<NotPublic> {
    match address.octets() {
        [127, ..] => Some(NotPublic::Loopback),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Some(NotPublic::Private),
        // Azure's wire server is a public address that only answers inside.
        [169, 254, 169, 254] | [168, 63, 129, 16] | [100, 100, 100, 200] | [192, 0, 0, 192] => {
            Some(NotPublic::Metadata)
        }
        [169, 254, ..] => Some(NotPublic::LinkLocal),
        [100, 64..=127, ..] => Some(NotPublic::CarrierGrade),
        [224..=239, ..] => Some(NotPublic::Multicast),
        [0 | 240..=255, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => Some(NotPublic::Reserved),
        _ => None,
    }
}

fn not_public_v6(address: Ipv6Addr) -> Option<NotPublic> {
    let embedded = |high: u16, low: u16| {
        let [first, second] = high.to_be_bytes();
        let [third, fourth] = low.to_be_bytes();
        not_public_v4(Ipv4Addr::new(first, second, third, fourth))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Some(NotPublic::Loopback),
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            embedded(high, low)
        }
        [0, 0, 0, 0, 0, 0, high, low] => embedded(high, low).or(Some(NotPublic::Reserved)),
        [0x2002, high, low, ..] => embedded(high, low),
        [0xfd00, 0x0ec2, ..] => Some(NotPublic::Metadata),
        [0xfc00..=0xfdff, ..] => Some(NotPublic::Private),
        [0xfe80..=0xfeff, ..] => Some(NotPublic::LinkLocal),
        [0xff00..=0xffff, ..] => Some(NotPublic::Multicast),
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some(NotPublic::Reserved),
        [0x2000..=0x3fff, ..] => None,
        _ => Some(NotPublic::Reserved),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_public() {
        for text in ["1.1.1.1", "100.63.0.1", "172.32.0.1", "192.0.1.1", "198.20.0.1"] {
            assert_eq!(not_public(text.parse().unwrap()), None, "{text}");
        }
        for text in ["2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::1"] {
            assert_eq!(not_public(text.parse().unwrap()), None, "{text}");
        }
    }

    #[test]
    fn everything_else_says_what_it_is() {
        let cases = [
            ("127.9.9.9", NotPublic::Loopback),
            ("::1", NotPublic::Loopback),
            ("10.0.0.1", NotPublic::Private),
            ("172.16.0.1", NotPublic::Private),
            ("192.168.1.1", NotPublic::Private),
            ("fd12::1", NotPublic::Private),
            ("169.254.1.1", NotPublic::LinkLocal),
            ("fe80::1", NotPublic::LinkLocal),
            ("100.64.0.1", NotPublic::CarrierGrade),
            ("169.254.169.254", NotPublic::Metadata),
            ("168.63.129.16", NotPublic::Metadata),
            ("100.100.100.200", NotPublic::Metadata),
            ("fd00:ec2::254", NotPublic::Metadata),
            ("224.0.0.1", NotPublic::Multicast),
            ("ff02::1", NotPublic::Multicast),
            ("0.0.0.0", NotPublic::Reserved),
            ("::", NotPublic::Reserved),
            ("255.255.255.255", NotPublic::Reserved),
            ("192.0.2.1", NotPublic::Reserved),
            ("2001:db8::1", NotPublic::Reserved),
            ("2001::1", NotPublic::Reserved),
            ("64:ff9b:1::1", NotPublic::Reserved),
            ("::8.8.8.8", NotPublic::Reserved),
            ("::ffff:127.0.0.1", NotPublic::Loopback),
            ("::ffff:a9fe:a9fe", NotPublic::Metadata),
            ("64:ff9b::10.0.0.1", NotPublic::Private),
            ("2002:7f00:1::", NotPublic::Loopback),
            ("2002:a9fe:a9fe::1", NotPublic::Metadata),
        ];
        for (text, expected) in cases {
            assert_eq!(not_public(text.parse().unwrap()), Some(expected), "{text}");
        }
    }
}
