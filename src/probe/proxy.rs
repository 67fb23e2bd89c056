//! The proxy of the command line. Those of the environment are never used.

use std::fmt::{self, Debug, Formatter};
use std::str::FromStr;

use url::Url;

/// `--proxy URL`: every request goes through it, and it looks hosts up, so that the guard can no
/// longer check addresses. Its URL may hold a password and is never shown.
#[derive(Clone)]
pub struct ProxyUrl(Url);

impl ProxyUrl {
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }
}

impl FromStr for ProxyUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(Self(url)),
            _ => Err("write an http or https URL, as in http://proxy.example:3128".to_owned()),
        }
    }
}

impl Debug for ProxyUrl {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("ProxyUrl")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_password_is_not_shown() {
        let proxy: ProxyUrl = "http://me:hunter2@proxy.example:3128".parse().unwrap();
        assert_eq!(format!("{proxy:?}"), "ProxyUrl");
        for wrong in ["proxy.example:3128", "socks5://x", "", "http://"] {
            assert!(wrong.parse::<ProxyUrl>().is_err(), "{wrong}");
        }
    }
}
