//! Decides where a request may go, before anything is sent and again for every address that its
//! host resolves to. The judged tree can widen none of it.

use std::fmt::{self, Debug, Formatter};
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use url::{Host, Url};

use super::filled::Filled;
use super::redact::Redactor;
use crate::pack::HostPattern;
use crate::project::{NotPublic, not_public};
use crate::source::{Foreign, Secret};

/// `--connect HOST=ADDR:PORT`: connections to `host` go to `address`, which may be private because
/// the command line says so. The certificate must still be for `host`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connect {
    /// The host of the URL, in lower case.
    pub host: String,
    /// Where it is reached.
    pub address: SocketAddr,
}

impl FromStr for Connect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || "write HOST=ADDR:PORT, as in api.begini.co=127.0.0.1:8443".to_owned();
        let (host, address) = text.split_once('=').ok_or_else(wrong)?;
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let host_ok = !host.is_empty() && !host.contains([':', '/', '@', ' ']);
        match address.parse() {
            Ok(address) if host_ok => Ok(Self { host, address }),
            _ => Err(wrong()),
        }
    }
}

/// Leave to deliver to one receiver of ours.
#[derive(Clone, Debug)]
pub struct ReceiverGrant {
    /// The URL. Its path may be its only guard, so it is never shown.
    pub url: Secret,
    /// Whether the grant names the URL itself, so that it may lie on a private address.
    pub allows_private: bool,
}

/// Who may be asked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule<'a> {
    /// A provider, at one of these hosts, over https, at the default port.
    Provider(&'a [HostPattern]),
    /// A receiver that was granted.
    Receiver {
        /// Whether it may lie on a private address.
        allows_private: bool,
    },
}

/// Why a request is not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The text is no URL.
    #[error("this is no URL that can be asked")]
    NoUrl,
    /// It is not https.
    #[error("only https is asked, and this is {0}")]
    Scheme(&'static str),
    /// Credentials stand in the URL.
    #[error("the URL holds a user name or a password")]
    UserInfo,
    /// The name uses characters that look like others.
    #[error("the host is written with letters that can look like others: {0}")]
    LookAlike(Foreign),
    /// The host is none of the pack's hosts for that environment.
    #[error("{0} is none of the hosts that the pack names for this environment")]
    Host(Foreign),
    /// Behind a proxy nothing can be seen of a host.
    #[error("behind --proxy the name and the certificate of {0} cannot be seen")]
    Proxied(Foreign),
    /// The port is not the default one.
    #[error("port {0} is not the default port")]
    Port(u16),
    /// The address is not public.
    #[error("{host} is {}", why.as_str())]
    Address {
        /// The host as it may be shown.
        host: Foreign,
        /// What sort of address it is.
        why: NotPublic,
    },
    /// Plain http is only for receivers on a private address.
    #[error("{0} is public, and plain http is only used to a private address")]
    PlainHttp(Foreign),
}

/// A URL that may be asked, parsed once.
#[derive(Clone)]
pub(crate) struct Target {
    /// What is asked: its host is lower case and without a trailing dot.
    pub(crate) url: Url,
    /// Scheme, host and port as they may be shown.
    pub(crate) origin: Foreign,
    /// The host as it may be shown.
    pub(crate) host: Foreign,
    /// Where the command line sends it.
    pub(crate) connect: Option<SocketAddr>,
    allows_private: bool,
}

impl Debug for Target {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "Target({})", self.origin)
    }
}

/// Parses a filled URL and decides whether it may be asked at all.
pub(crate) fn admit(
    text: &Filled,
    rule: Rule<'_>,
    connects: &[Connect],
) -> Result<Target, Refusal> {
    let redactor = Redactor::new(text.secrets());
    let exposed = text.expose();
    let show = |host: &str| match rule {
        Rule::Provider(_) => Foreign::new(redactor.text(host)),
        Rule::Receiver { .. } => Foreign::new(host),
    };
    let url = parse(exposed.expose(), rule, &show)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let shown = match rule {
        Rule::Provider(hosts) => provider_host(&url, &host, hosts, &show)?,
        Rule::Receiver { .. } => show(&host),
    };
    let allows_private = matches!(rule, Rule::Receiver { allows_private: true });
    let connect = connects.iter().find(|connect| connect.host == host);
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    let target = Target {
        origin: Foreign::new(format!("{}://{}{port}", url.scheme(), shown.raw())),
        host: shown,
        connect: connect.map(|connect| connect.address),
        allows_private,
        url,
    };
    if let Some(address) = target.literal() {
        target.check(address)?;
    }
    Ok(target)
}

fn parse(text: &str, rule: Rule<'_>, show: &dyn Fn(&str) -> Foreign) -> Result<Url, Refusal> {
    if text.chars().any(|each| each.is_control() || each.is_whitespace() || each == '\\') {
        return Err(Refusal::NoUrl);
    }
    let mut url = Url::parse(text).map_err(|_| Refusal::NoUrl)?;
    match (url.scheme(), rule) {
        ("https", _) | ("http", Rule::Receiver { allows_private: true }) => {}
        (scheme, _) => {
            let known = ["http", "file", "ftp", "ws", "wss", "data"];
            let known = known.into_iter().find(|known| *known == scheme);
            return Err(Refusal::Scheme(known.unwrap_or("another scheme")));
        }
    }
    if !url.username().is_empty() || url.password().is_some() || authority(text).contains('@') {
        return Err(Refusal::UserInfo);
    }
    let Some(Host::Domain(domain)) = url.host() else {
        return url.host().is_some().then_some(url).ok_or(Refusal::NoUrl);
    };
    if matches!(rule, Rule::Provider(_)) && !authority(text).is_ascii() {
        return Err(Refusal::LookAlike(show(domain)));
    }
    let plain = domain.trim_end_matches('.').to_ascii_lowercase();
    if plain.is_empty() || url.set_host(Some(&plain)).is_err() {
        return Err(Refusal::NoUrl);
    }
    url.set_fragment(None);
    Ok(url)
}

/// The host as it may be shown, where one of `hosts` means it.
fn provider_host(
    url: &Url,
    host: &str,
    hosts: &[HostPattern],
    show: &dyn Fn(&str) -> Foreign,
) -> Result<Foreign, Refusal> {
    let Some(pattern) = hosts.iter().find(|pattern| pattern.matches(host, url.path())) else {
        return Err(if let Some(why) = literal(url).and_then(not_public) {
            Refusal::Address { host: show(host), why }
        } else if host.split('.').any(|label| label.starts_with("xn--")) {
            Refusal::LookAlike(show(host))
        } else {
            Refusal::Host(show(host))
        });
    };
    if let Some(port) = url.port() {
        return Err(Refusal::Port(port));
    }
    Ok(Foreign::new(if pattern.subdomains {
        show(host).raw().to_owned()
    } else {
        pattern.host.clone()
    }))
}

/// What stands between the scheme and the path, as it was written.
fn authority(text: &str) -> &str {
    let after = text.split_once(':').map_or(text, |(_, after)| after).trim_start_matches('/');
    after.split(['/', '?', '#']).next().unwrap_or_default()
}

fn literal(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
    }
}

impl Target {
    /// The address that the URL names itself, in whatever spelling.
    pub(crate) fn literal(&self) -> Option<IpAddr> {
        literal(&self.url)
    }

    /// The port that is connected to.
    pub(crate) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    /// Decides about one address; what `--connect` names is never asked about.
    pub(crate) fn check(&self, address: IpAddr) -> Result<(), Refusal> {
        match not_public(address) {
            Some(why) if !self.allows_private || why == NotPublic::Metadata => {
                Err(Refusal::Address { host: self.host.clone(), why })
            }
            None if self.url.scheme() == "http" => Err(Refusal::PlainHttp(self.host.clone())),
            Some(_) | None => Ok(()),
        }
    }

    /// The addresses that a resolver gave, each checked: one that is not public refuses all, and
    /// exactly these are connected to.
    pub(crate) fn pin(&self, resolved: Vec<IpAddr>) -> Result<Vec<SocketAddr>, Refusal> {
        resolved
            .into_iter()
            .map(|address| self.check(address).map(|()| SocketAddr::new(address, self.port())))
            .collect()
    }

    /// Whether a `Location` of the answer stays at this scheme, host and port.
    pub(crate) fn stays(&self, location: &str) -> bool {
        let joined = self.url.join(location);
        joined.is_ok_and(|to| to.origin() == self.url.origin() && to.username().is_empty())
    }
}

#[cfg(test)]
mod tests;
